"""Reading a population: every mistake is told with file, column and row, and nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from balsts.law.engine.errors import InputError
from balsts.law.engine.many.columns import tie
from balsts.law.engine.quantities import month_from
from balsts.law.engine.wiring import wire
from balsts.law.latvia import CATALOGUE, latvia
from balsts.population.reader import Population, read_population
from balsts.population.simulate import needed_inputs, simulate
from tests.population.files import Row, person, read, table_of, written

MONTH = month_from("2026-02")
PARENT, CHILD = person(1), person(2, born="2020-05-04", sex="m", parent_1_id=1)


def refusal(folder: Path, table: pa.Table) -> str:
    """What is said of a population that cannot be read."""
    with pytest.raises(InputError) as caught:
        read(folder, table)
    (message,) = caught.value.messages
    path = folder / "population.parquet"
    assert message.startswith(f"{path}: ")
    return message.removeprefix(f"{path}: ")


def with_column(name: str, values: list[Any], kind: pa.DataType) -> pa.Table:
    """Two persons of two households, and one column more or instead."""
    table = table_of(person(1), person(2, 2))
    if name in table.column_names:
        return table.set_column(table.column_names.index(name), name, pa.array(values, kind))
    return table.append_column(name, pa.array(values, kind))


# ------------------------------------------------------------------------------------------- the file


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.parquet: cannot be read"):
        read_population(tmp_path / "gone.parquet", CATALOGUE)


@pytest.mark.parametrize("content", [b"", b"PAR1", b"person_id,household_id\n1,1\n", b"PAR1" + b"\0" * 100 + b"PAR1"])
def test_a_file_that_is_not_parquet_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "nation.parquet"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"nation\.parquet: (is not a Parquet file|cannot be read)") as caught:
        read_population(path, CATALOGUE)
    assert not str(caught.value).endswith("..")


@pytest.mark.parametrize("missing", ["person_id", "household_id", "born", "sex"])
def test_a_column_that_every_population_needs_is_asked_for(tmp_path: Path, missing: str) -> None:
    table = table_of(person(1)).drop_columns([missing])
    assert refusal(tmp_path, table) == f"has no column {missing}; every population needs it."


def test_an_unknown_column_is_told_with_the_nearest_name(tmp_path: Path) -> None:
    message = refusal(tmp_path, with_column("wage_net_cent", [1, 2], pa.int64()))
    assert message == ("column wage_net_cent is not known; a column of your own starts with x_. "
                       "Nearest known name: wage_net_cents.")  # fmt: skip


@pytest.mark.parametrize("name", ["parents", "parent_1", "wage_net_eur_month", "X_mine", "family", "birth_rank"])
def test_names_of_other_places_are_no_columns(tmp_path: Path, name: str) -> None:
    assert f"column {name} is not known" in refusal(tmp_path, with_column(name, [1, 2], pa.int64()))


def test_a_column_of_ones_own_may_hold_anything(tmp_path: Path) -> None:
    population = read(tmp_path, with_column("x_colour", ["red", None], pa.string()))
    assert population.columns.size == 2
    assert not any(name.startswith("x_") for name in population.columns.persons)


def test_a_population_of_no_one_is_read(tmp_path: Path) -> None:
    population = read(tmp_path, table_of(person(1)).slice(0, 0))
    tie(population.columns, CATALOGUE, MONTH)
    simulation, _ = simulate(latvia(), population, MONTH)
    assert (simulation.persons, simulation.households) == (0, 0)
    assert all(total.amount == 0 for total in simulation.totals.values())


# ------------------------------------------------------------------------------------------- ids and order


def test_rows_that_are_not_sorted_by_household_are_told_with_their_row(tmp_path: Path) -> None:
    table = table_of(person(1, 1), person(2, 3), person(3, 2))
    assert refusal(tmp_path, table) == "column household_id, row 3: rows are not sorted by household_id."


def test_a_household_that_comes_back_is_not_sorted(tmp_path: Path) -> None:
    assert "row 3: rows are not sorted" in refusal(tmp_path, table_of(person(1, 1), person(2, 2), person(3, 1)))


@pytest.mark.parametrize("households", [(1, 1), (1, 2)])
def test_a_person_who_stands_twice_is_told(tmp_path: Path, households: tuple[int, int]) -> None:
    table = table_of(*(person(7, household) for household in households))
    assert refusal(tmp_path, table) == "column person_id: 7 stands twice."


@pytest.mark.parametrize("column", ["person_id", "household_id"])
def test_an_id_is_a_whole_number_from_0_and_never_empty(tmp_path: Path, column: str) -> None:
    assert "holds string; expected whole numbers" in refusal(tmp_path, with_column(column, ["1", "2"], pa.string()))
    assert "holds double; expected whole numbers" in refusal(tmp_path, with_column(column, [1.0, 2.0], pa.float64()))
    assert "has 1 empty rows; every person needs one" in refusal(tmp_path, with_column(column, [1, None], pa.int64()))
    assert "expected whole numbers from 0 to" in refusal(tmp_path, with_column(column, [-1, 2], pa.int64()))
    assert "expected whole numbers from 0 to" in refusal(tmp_path, with_column(column, [1, 2**62 + 1], pa.int64()))


# ------------------------------------------------------------------------------------------- types

WRONG_TYPES = [
    ("wage_net_cents", [1.5, 2.0], pa.float64(), "holds double; expected whole numbers"),
    ("wage_net_cents", ["100", "200"], pa.string(), "holds string; expected whole numbers"),
    ("wage_net_cents", [True, False], pa.bool_(), "holds bool; expected whole numbers"),
    ("disability_group", [1.0, 2.0], pa.float64(), "holds double; expected whole numbers"),
    ("housing_costs_cents", [1.0, 2.0], pa.float64(), "holds double; expected whole numbers"),
    ("born", ["1990-01-01", "1991-01-01"], pa.string(), "holds string; expected days (date32)"),
    ("born", [19900101, 19910101], pa.int64(), "holds int64; expected days (date32)"),
    ("died", [None, None], pa.timestamp("s"), "expected days (date32)"),
    ("is_employed", [0, 1], pa.int64(), "holds int64; expected booleans"),
    ("has_needy_property", ["true", "false"], pa.string(), "holds string; expected booleans"),
    ("sex", [0, 1], pa.int64(), "holds int64; expected text, one of f, m"),
    ("education", [True, False], pa.bool_(), "holds bool; expected text, one of none, general"),
    ("applied_for", ["family_state_benefit", None], pa.string(), "holds string; expected lists of text"),
    ("housing_benefit_first_month", [202601, 202602], pa.int64(), "holds int64; expected months as text"),
    ("partner_id", ["2", "1"], pa.string(), "holds string; expected whole numbers"),
    ("weight", ["1", "1"], pa.string(), "holds string; expected doubles"),
    ("municipality", [1, 2], pa.int64(), "holds int64; expected text"),
]  # fmt: skip


@pytest.mark.parametrize(("column", "values", "kind", "expected"), WRONG_TYPES,
                         ids=[f"{one[0]} as {one[2]}" for one in WRONG_TYPES])  # fmt: skip
def test_a_column_of_another_type_is_told(
    tmp_path: Path, column: str, values: list[Any], kind: pa.DataType, expected: str
) -> None:
    message = refusal(tmp_path, with_column(column, values, kind))
    assert message.startswith(f"column {column} ")
    assert expected in message


WRONG_VALUES = [
    ("wage_net_cents", [100, -1], pa.int64(), "expected 0 to "),
    ("wage_net_cents", [100, 2**50], pa.int64(), "expected 0 to "),
    ("disability_group", [0, 4], pa.int64(), "expected 0 to 3, found 4"),
    ("assistant_hours", [0, 745], pa.int64(), "expected 0 to 744, found 745"),
    ("sex", ["f", "woman"], pa.string(), "expected one of f, m, found «woman»"),
    ("sex", ["f", None], pa.string(), "is empty; every person needs it"),
    ("born", [date(1990, 1, 1), None], pa.date32(), "is empty; every person needs it"),
    ("born", [date(1990, 1, 1), date(1849, 12, 31)], pa.date32(), "expected a day from 1850 to 2200, found 1849-12-31"),
    ("born", [date(1990, 1, 1), date(2200, 1, 2)], pa.date32(), "expected a day from 1850 to 2200"),
    ("resident_status", ["citizen", "visitor"], pa.string(), "found «visitor»"),
    ("education", [None, "General"], pa.string(), "found «General»"),
    ("housing_benefit_first_month", ["2026-01", "2026-13"], pa.string(), "expected a month such as 2026-02"),
    ("months_since_first_application", [0, 1441], pa.int64(), "expected 0 to 1440, found 1441"),
]  # fmt: skip


@pytest.mark.parametrize(("column", "values", "kind", "expected"), WRONG_VALUES,
                         ids=[f"{one[0]} {one[1][1]}" for one in WRONG_VALUES])  # fmt: skip
def test_a_value_that_cannot_be_is_told_with_its_row_and_person(
    tmp_path: Path, column: str, values: list[Any], kind: pa.DataType, expected: str
) -> None:
    message = refusal(tmp_path, with_column(column, values, kind))
    assert message.startswith(f"column {column}, row 2 (person_id 2): ")
    assert expected in message


@pytest.mark.parametrize("weight", [-1.0, float("nan"), float("inf")])
def test_a_weight_is_a_number_of_0_or_more(tmp_path: Path, weight: float) -> None:
    message = refusal(tmp_path, with_column("weight", [1.0, weight], pa.float64()))
    assert message == "column weight, row 2 (person_id 2): expected a number of 0 or more."


# ------------------------------------------------------------------------------------------- households and ties


@pytest.mark.parametrize(("column", "values"), [
    ("weight", (1.0, 2.0)), ("housing_costs_cents", (100, 200)), ("housing_costs_cents", (100, None)),
    ("has_needy_property", (True, False)), ("has_needy_property", (None, False)), ("crisis", (True, None)),
    ("municipality", ("0001000", "0002000")), ("housing_benefit_first_month", ("2026-01", None)),
])  # fmt: skip
def test_members_of_one_household_must_agree(tmp_path: Path, column: str, values: tuple[Any, Any]) -> None:
    message = refusal(tmp_path, table_of(*(person(at + 1, 1, **{column: one}) for at, one in enumerate(values))))
    assert message == f"column {column}, row 2 (person_id 2): members of one household disagree."


@pytest.mark.parametrize("other", [3, 99])
def test_a_relation_stays_within_the_household(tmp_path: Path, other: int) -> None:
    message = refusal(tmp_path, table_of(person(1, partner_id=other), person(2), person(3, 2)))
    assert message == f"column partner_id, row 1 (person_id 1): points to {other}, who is not in the household."


@pytest.mark.parametrize("link", ["partner", "parent_1", "parent_2", "guardian", "foster_parent_1", "foster_parent_2",
                                  "adoptive_parent_1", "adoptive_parent_2", "preadoption_carer"])  # fmt: skip
def test_nobody_is_related_to_themselves(tmp_path: Path, link: str) -> None:
    message = refusal(tmp_path, table_of(person(1, **{f"{link}_id": 1})))
    assert message == f"column {link}_id, row 1 (person_id 1): points to the person itself."


@pytest.mark.parametrize("link", ["parent_1", "parent_2", "adoptive_parent_1", "adoptive_parent_2"])
@pytest.mark.parametrize("born", ["1990-01-01", "1991-01-01"])
def test_a_parent_is_older_than_the_child(tmp_path: Path, link: str, born: str) -> None:
    message = refusal(tmp_path, table_of(person(1, born=born), person(2, **{f"{link}_id": 1})))
    assert message == f"column {link}_id, row 2 (person_id 2): the parent is not older than the child."


def test_partners_name_each_other(tmp_path: Path) -> None:
    message = refusal(tmp_path, table_of(person(1, partner_id=2), person(2, partner_id=3), person(3, partner_id=2)))
    assert message.startswith("column partner_id, row 1")
    rivals = table_of(person(1, partner_id=3), person(2, partner_id=3), person(3))
    assert "two persons name the same partner" in refusal(tmp_path, rivals)


def test_a_partner_stated_on_one_side_holds_for_both(tmp_path: Path) -> None:
    population = read(tmp_path, table_of(person(1), person(2, partner_id=1), person(3)))
    assert population.columns.persons["partner"].tolist() == [1, 0, -1]


# ------------------------------------------------------------------------------------------- defaults


def defaults(population: Population) -> dict[str, Any]:
    columns = population.columns
    return {name: column.tolist() for name, column in (columns.persons | columns.household).items()}


def test_a_missing_column_and_an_empty_cell_mean_the_default(tmp_path: Path) -> None:
    bare = table_of(person(1), person(2, 2))
    empty = {f"{name}_id": None for name in CATALOGUE.links}
    empty |= {one.column: None for one in CATALOGUE.inputs if one.kind != "link" and not one.required}
    full = table_of(person(1, **empty), person(2, 2, **empty))
    assert len(full.column_names) > 60
    found = defaults(read(tmp_path, bare))
    assert defaults(read(tmp_path, full)) == found
    assert found["has_needy_property"] == [1, 1]
    assert found["resident_status"] == [0, 0]
    assert found["died"] == [0, 0]
    assert found["partner"] == [-1, -1]


def test_a_gross_pension_is_the_pension_paid_out_unless_it_is_stated(tmp_path: Path) -> None:
    table = table_of(person(1, pension_cents=300, pension_gross_cents=400), person(2, 2, pension_cents=300),
                     person(3, 3, pension_gross_cents=0, pension_cents=300))  # fmt: skip
    assert read(tmp_path, table).columns.persons["pension_gross"].tolist() == [400, 300, 0]
    without = table.drop_columns(["pension_gross_cents"])
    assert read(tmp_path, without).columns.persons["pension_gross"].tolist() == [300, 300, 300]


def test_without_weights_each_household_counts_once(tmp_path: Path) -> None:
    assert read(tmp_path, table_of(person(1), person(2, 2))).weights.tolist() == [1.0, 1.0]
    weighted = table_of(person(1, weight=2.5), person(2, weight=2.5), person(3, 2, weight=None))
    assert read(tmp_path, weighted).weights.tolist() == [2.5, 1.0]


@pytest.mark.parametrize("change", [
    lambda column: column.dictionary_encode(), lambda column: column.cast(pa.large_string()),
])  # fmt: skip
def test_words_may_come_as_a_dictionary(tmp_path: Path, change: Callable[[Any], Any]) -> None:
    rows = [person(at, at, sex="fm"[at % 2], education=[None, "general", "vocational"][at % 3]) for at in range(1, 9)]
    table = table_of(*rows)
    for name in ("sex", "education"):
        table = table.set_column(table.column_names.index(name), name, change(table.column(name)))
    found, plain = read(tmp_path, table), read(tmp_path, table_of(*rows))
    for name in ("sex", "education"):
        assert np.array_equal(found.columns.persons[name], plain.columns.persons[name])


def test_whole_numbers_may_be_narrower(tmp_path: Path) -> None:
    table = with_column("disability_group", [3, None], pa.int8())
    assert read(tmp_path, table).columns.persons["disability_group"].tolist() == [3, 0]


def test_rights_applied_for_come_as_lists(tmp_path: Path) -> None:
    both = ["family_state_benefit", "gmi_benefit"]
    table = table_of(person(1, applied_for=both), person(2), person(3, applied_for=[]))
    path = written(tmp_path, table)
    found = read_population(path, CATALOGUE, names={"applied_for_family_state_benefit"})
    assert found.columns.persons["applied_for_family_state_benefit"].tolist() == [1, 0, 0]


# ------------------------------------------------------------------------------------------- the order of rows

FAMILY = [
    person(5, 1, "1985-05-04", wage_net_cents=20_000, housing_costs_cents=18_000),
    person(2, 1, "1983-01-30", "m", partner_id=5, housing_costs_cents=18_000),
    person(9, 1, "2025-06-11", parent_1_id=5, parent_2_id=2, housing_costs_cents=18_000),
    person(4, 1, "2019-06-11", "m", guardian_id=2, housing_costs_cents=18_000),
]


def rights_of(folder: Path, rows: tuple[Row, ...]) -> tuple[Any, dict[str, list[int]]]:
    path = written(folder, table_of(*rows, person(20, 2, disability_group=1)))
    population = read_population(path, CATALOGUE, names=needed_inputs([wire(latvia(), MONTH)]))
    tie(population.columns, CATALOGUE, MONTH)
    simulation, found = simulate(latvia(), population, MONTH, keep=True)
    return simulation.as_json()["rights"], {code: amounts.dense().tolist() for code, amounts in found.items()}


def test_rows_of_a_household_may_come_in_any_order(tmp_path: Path) -> None:
    first = rights_of(tmp_path, tuple(FAMILY))
    assert first[0]["childcare_benefit"]["recipients"] == 1
    assert first[0]["guardian_remuneration"]["amount_eur"] == "298.00"
    for rows in permutations(FAMILY):
        assert rights_of(tmp_path, rows) == first


def test_a_mistake_is_told_with_the_row_of_the_file(tmp_path: Path) -> None:
    message = refusal(tmp_path, table_of(person(3), person(1, disability_group=4), person(2)))
    assert message.startswith("column disability_group, row 2 (person_id 1): ")


def test_a_file_in_several_row_groups_is_read_as_one(tmp_path: Path) -> None:
    table = table_of(*FAMILY, person(20, 2, disability_group=1))
    path = tmp_path / "population.parquet"
    pq.write_table(table, path, row_group_size=2)
    found, whole = read_population(path, CATALOGUE), read(tmp_path, table)
    assert found.person_ids.tolist() == whole.person_ids.tolist() == [2, 4, 5, 9, 20]
    assert defaults(found) == defaults(whole)
