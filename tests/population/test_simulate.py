"""`balsts simulate`: totals are those of every household by itself, exact to the cent, however they are worked out."""

from __future__ import annotations

import json
import os
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from balsts.law.engine.answer import HOUSEHOLD, entitle
from balsts.law.engine.household import read_household
from balsts.law.engine.law import Law
from balsts.law.engine.many.columns import tie
from balsts.law.engine.many.passes import run
from balsts.law.engine.quantities import month_from, round_half_up
from balsts.law.engine.reform import with_reforms
from balsts.law.engine.text import parse
from balsts.law.engine.wiring import wire
from balsts.law.latvia import latvia
from balsts.population import simulate as module
from balsts.population.reader import Population, read_population
from balsts.population.simulate import Simulation, Total, merged, needed_inputs, part_of, simulate, weighted
from tests.command import Command
from tests.population.files import households_in, person, table_of, written
from tests.population.nations import nation

MONTHS = ("2021-03", "2022-04", "2022-12", "2025-12", "2026-01")
WEEKLY = '''"""A grant for every adult, by the week."""

from balsts.law.engine.declare import right
from balsts.law.engine.vocabulary import Cents


@right(act="IDEA", article="1", lv="Nedēļas pabalsts", en="Weekly grant", since="2026-01-01", payer="state", per="week",
       counted=False)
def weekly_grant(is_adult: bool, childcare_benefit_amount: Cents) -> Cents:
    """For each adult."""
    if not is_adult:
        return Cents(0)
    return childcare_benefit_amount
'''
RAISED = 'parameters: {childcare_benefit.amount: {from: 2026-01-01, value: "340.00", reference: idea}}\n'


def population_of(folder: Path, table: pa.Table, month: str, law: Law | None = None) -> Population:
    """A population read and tied as the command does."""
    law = law or latvia()
    names = needed_inputs([wire(law, month_from(month))])
    population = read_population(written(folder, table), law.catalogue, names=names)
    tie(population.columns, law.catalogue, month_from(month))
    return population


def totals(folder: Path, table: pa.Table, month: str, law: Law | None = None, **more: Any) -> dict[str, Total]:
    law = law or latvia()
    return simulate(law, population_of(folder, table, month, law), month_from(month), **more)[0].totals


def one_by_one(table: pa.Table, month: str, law: Law | None = None) -> dict[str, Total]:
    """The same totals from `entitle` on each household, written as a household file."""
    law, on = law or latvia(), month_from(month)
    found = {code: Total(unit=wire(law, on).version(code).right.unit) for code in wire(law, on).rights}  # type: ignore[union-attr]
    for _, weight, text in households_in(table):
        facts, _ = read_household(parse(text.encode(), "household"), law.catalogue, law.rights(), on)
        answer = entitle(law, facts, on)
        exact = Fraction(weight)
        people: dict[str, set[str]] = {}
        for one in answer.rights:
            terms = one.version.right
            assert terms is not None
            amount = one.amount if terms.per != "week" else round_half_up(one.amount * 52, 12)
            people.setdefault(one.code, set()).update(one.members)
            found[one.code] += Total(exact, Fraction(0), amount * exact, unit=terms.unit)
        for code, members in people.items():
            found[code] += Total(beneficiaries=len(members) * exact, unit=found[code].unit)
        for unknown in answer.undetermined:
            if unknown.code in found:
                found[unknown.code] += Total(undetermined=exact, unit=found[unknown.code].unit)
        assert all(one.who == HOUSEHOLD or one.who in facts.ids for one in answer.rights)
    return found


# ------------------------------------------------------------------------------------------- against one by one


@pytest.mark.parametrize("month", MONTHS)
def test_totals_are_the_sum_over_households(tmp_path: Path, month: str) -> None:
    table = nation(400, month, weights=True)
    expected = one_by_one(table, month)
    assert totals(tmp_path, table, month) == expected
    paid = [code for code, total in expected.items() if total.amount]
    assert len(paid) >= 15, paid


def test_the_compiled_pass_gives_the_same_totals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if "BALSTS_CACHE" not in os.environ:
        monkeypatch.setenv("BALSTS_CACHE", str(tmp_path_factory.getbasetemp() / "compiled"))
    table = nation(400, "2026-01", weights=True)
    codes = ["childcare_benefit", "guardian_remuneration", "family_state_benefit", "food_kits"]
    plain = totals(tmp_path, table, "2026-01", codes=codes)
    monkeypatch.setattr(module, "run", partial(run, compile_from=0))
    assert totals(tmp_path, table, "2026-01", codes=codes) == plain
    assert all(total.amount for total in plain.values())


@pytest.mark.parametrize("codes", [["gmi_benefit"], ["food_kits", "childcare_benefit"], ["transport_benefit"]])
def test_some_rights_alone_are_what_they_are_among_all(tmp_path: Path, codes: list[str]) -> None:
    table = nation(200, "2026-01", weights=True)
    every, some = totals(tmp_path, table, "2026-01"), totals(tmp_path, table, "2026-01", codes=codes)
    assert some == {code: every[code] for code in codes}


def test_a_one_off_counts_in_its_month_only(tmp_path: Path) -> None:
    table = table_of(person(1, 1, "1990-01-01"), person(2, 1, "2026-01-31", parent_1_id=1))
    amounts = {month: totals(tmp_path, table, month)["childbirth_benefit"].amount
               for month in ("2025-12", "2026-01", "2026-02")}  # fmt: skip
    assert amounts == {"2025-12": 0, "2026-01": 60_000, "2026-02": 0}


def test_a_half_yearly_right_counts_in_its_month_only(tmp_path: Path) -> None:
    table = table_of(person(1, 1, "1990-01-01", mobility_opinion_on="2025-08-15"))
    due = [month for month in range(1, 13) if totals(tmp_path, table, f"2026-{month:02}", codes=["transport_benefit"])
           ["transport_benefit"].amount == 10_500]  # fmt: skip
    assert due == [2, 8]


def test_a_weekly_right_is_turned_into_a_month_for_each_payee(tmp_path: Path) -> None:
    (tmp_path / "weekly.py").write_text(WEEKLY)
    (tmp_path / "weekly.yaml").write_text("rules: weekly.py\n")
    law = with_reforms(latvia(), [tmp_path / "weekly.yaml"])
    table = table_of(*(person(at, at, weight=1.5) for at in range(1, 4)))
    # 298.00 x 52 / 12 = 1291.333…, rounded for each of three payees, each standing for one and a half
    total = totals(tmp_path, table, "2026-01", law)["weekly_grant"]
    assert (total.recipients, total.amount) == (Fraction(9, 2), Fraction(129_133 * 9, 2))
    assert one_by_one(table, "2026-01", law)["weekly_grant"] == total
    assert total.as_json()["amount_eur"] == "5810.99"  # 5810.985, half up, once


def test_an_undetermined_right_is_counted_apart(tmp_path: Path) -> None:
    table = table_of(person(1, 1, assistant_hours=40, weight=2.0), person(2, 2, weight=3.0))
    total = totals(tmp_path, table, "2026-01")["assistant_service_funding"]
    assert (total.recipients, total.amount, total.undetermined) == (0, 0, 2)
    assert total.as_json() == {"recipients": 0, "beneficiaries": 0, "amount_eur": "0.00", "undetermined": 2}


def test_households_apart_come_to_what_they_come_to_together(tmp_path: Path) -> None:
    population = population_of(tmp_path, nation(200, "2026-01", weights=True), "2026-01")
    whole, _ = simulate(latvia(), population, month_from("2026-01"))
    cut = population.columns.households // 3
    parts = []
    for first, last in ((0, cut), (cut, population.columns.households)):
        part = part_of(population, first, last)
        parts.append(simulate(latvia(), part, month_from("2026-01"))[0])
    joint = merged(parts)
    assert (joint.totals, joint.persons, joint.households) == (whole.totals, whole.persons, whole.households)


# ------------------------------------------------------------------------------------------- weights


@given(st.lists(st.tuples(st.integers(0, 2**40), st.floats(0, 1e9)), max_size=60))
def test_weighted_sums_are_exact(pairs: list[tuple[int, float]]) -> None:
    values, weights = np.array([one for one, _ in pairs], np.int64), np.array([one for _, one in pairs])
    assert weighted(values, weights) == sum((value * Fraction(weight) for value, weight in pairs), Fraction(0))


@pytest.mark.parametrize("weight", [0.1, 1 / 3, 1.0, 2.0**-1074, 1e300, 0.0])
def test_weights_that_are_all_alike_are_as_exact(weight: float) -> None:
    values = np.arange(100, dtype=np.int64)
    assert weighted(values, np.full(100, weight)) == 4950 * Fraction(weight)
    assert weighted(values, np.array([weight])) == 4950 * Fraction(weight)
    assert weighted(values > 49, np.full(100, weight)) == 50 * Fraction(weight)


def test_many_large_sums_do_not_overflow() -> None:
    values = np.full(100_000, 2**40, np.int64)
    weights = np.where(np.arange(100_000) % 2 == 0, 1e9, 0.1)
    assert weighted(values, weights) == 50_000 * 2**40 * (Fraction(1e9) + Fraction(0.1))


def test_an_amount_is_rounded_once_and_half_up() -> None:
    assert Total(amount=Fraction(1, 2)).as_json()["amount_eur"] == "0.01"
    assert Total(amount=Fraction(49, 100)).as_json()["amount_eur"] == "0.00"
    assert sum((Total(amount=Fraction(1, 4)) for _ in range(2)), Total()).as_json()["amount_eur"] == "0.01"
    assert (Total() - Total(amount=Fraction(150))).as_json()["amount_eur"] == "-1.50"


def test_counts_are_whole_where_weights_are() -> None:
    found = Total(Fraction(4), Fraction(9, 2)).as_json()
    assert (found["recipients"], found["beneficiaries"]) == (4, 4.5)
    assert isinstance(found["recipients"], int)


def test_the_form_of_a_simulation() -> None:
    found = Simulation(month_from("2026-01"), 3, 1).as_json()
    assert list(found) == ["on", "persons", "households", "seconds", "rights"]


# ------------------------------------------------------------------------------------------- the command


@pytest.fixture(scope="module")
def population_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("population"), nation(300, "2026-01", weights=True))


def simulated(command: Command, *arguments: str | Path) -> Any:
    """What `simulate --json` says, but for the seconds it took."""
    done = command("simulate", *arguments, "--json")
    assert done.code == 0, done.err
    found = json.loads(done.out)
    assert found.pop("seconds") >= 0
    return found


def test_json_has_the_form_of_the_contract(command: Command, population_file: Path) -> None:
    found = simulated(command, population_file, "--on", "2026-01")
    assert list(found) == ["on", "persons", "households", "rights"]
    assert (found["on"], found["persons"]) == ("2026-01", 331)
    assert list(found["rights"]) == wire(latvia(), month_from("2026-01")).rights
    assert list(found["rights"]["childcare_benefit"]) == ["recipients", "beneficiaries", "amount_eur"]
    assert list(found["rights"]["food_kits"]) == ["recipients", "beneficiaries", "pieces"]


def test_several_processes_come_to_the_same(command: Command, population_file: Path) -> None:
    options = (population_file, "--on", "2026-01", "--output", "childcare_benefit,gmi_benefit,food_kits")
    assert simulated(command, *options, "--workers", "2") == simulated(command, *options)


def test_a_reform_is_told_beside_the_law_with_the_difference(command: Command, population_file: Path) -> None:
    path = command.file(RAISED, "raised.yaml")
    found = simulated(command, population_file, "--on", "2026-01", "--reform", path)
    assert found["rights"] == simulated(command, population_file, "--on", "2026-01")["rights"]
    assert found["reform"].keys() == found["difference"].keys() == found["rights"].keys()

    def cents(part: str, code: str) -> int:
        return int(found[part][code]["amount_eur"].replace(".", ""))

    for code in ("childcare_benefit", "gmi_benefit", "family_state_benefit"):
        assert abs(cents("difference", code) - (cents("reform", code) - cents("rights", code))) <= 1
    assert cents("difference", "childcare_benefit") > 0
    assert cents("difference", "gmi_benefit") < 0
    assert cents("difference", "family_state_benefit") == 0


def test_reforms_are_applied_in_order(command: Command, population_file: Path) -> None:
    first = command.file(RAISED, "first.yaml")
    second = command.file(RAISED.replace("340.00", "298.00"), "second.yaml")
    options = (population_file, "--on", "2026-01", "--output", "childcare_benefit", "--reform")
    assert simulated(command, *options, first, "--reform", second)["difference"]["childcare_benefit"] == {
        "recipients": 0, "beneficiaries": 0, "amount_eur": "0.00",
    }  # fmt: skip
    assert simulated(command, *options, second, "--reform", first) == simulated(command, *options, first)


def test_a_right_that_only_the_reform_has_is_asked_for_like_any_other(command: Command, population_file: Path) -> None:
    command.file(WEEKLY, "weekly.py")
    path = command.file("rules: weekly.py\n", "weekly.yaml")
    found = simulated(command, population_file, "--on", "2026-01", "--output", "weekly_grant", "--reform", path)
    assert found["rights"] == {}
    assert found["reform"] == found["difference"]
    assert found["reform"]["weekly_grant"]["recipients"] > 0


def test_rows_of_rights_sum_to_the_totals(command: Command, tmp_path: Path) -> None:
    path, out = written(tmp_path, nation(300, "2026-01")), tmp_path / "rights.parquet"
    found = simulated(command, path, "--on", "2026-01", "--out", out)["rights"]
    rows = pq.read_table(out)
    assert rows.column_names == ["household_id", "person_id", "code", "amount_cents", "pieces"]
    by_code: dict[str, list[dict[str, Any]]] = {}
    for row in rows.to_pylist():
        by_code.setdefault(row["code"], []).append(row)
    assert set(by_code) == {code for code, total in found.items() if total["recipients"]}
    household_of = dict(zip(*(pq.read_table(path)[name].to_pylist() for name in ("person_id", "household_id")),
                            strict=True))  # fmt: skip
    for code, mine in by_code.items():
        assert len(mine) == found[code]["recipients"]
        if "pieces" in found[code]:
            assert sum(row["pieces"] for row in mine) == found[code]["pieces"]
            assert all(row["amount_cents"] is None for row in mine)
        else:
            cents = sum(row["amount_cents"] for row in mine)
            assert f"{cents // 100}.{cents % 100:02}" == found[code]["amount_eur"]
        of_household = wire(latvia(), month_from("2026-01")).version(code).entity == "household"
        for row in mine:
            if of_household:
                assert row["person_id"] is None
            else:
                assert household_of[row["person_id"]] == row["household_id"]


def test_rows_of_no_rights_are_an_empty_table_of_the_same_form(command: Command, tmp_path: Path) -> None:
    path, out = written(tmp_path, table_of(person(1))), tmp_path / "rights.parquet"
    for code in ("childcare_benefit", "energy_benefit"):
        simulated(command, path, "--on", "2026-01", "--out", out, "--output", code)
        assert pq.read_schema(out).names == ["household_id", "person_id", "code", "amount_cents", "pieces"]
        assert pq.read_metadata(out).num_rows == 0


@pytest.mark.parametrize("lang", ["lv", "en"])
def test_the_table_says_what_json_says(command: Command, population_file: Path, lang: str) -> None:
    found = simulated(command, population_file, "--on", "2026-01")
    path = command.file(RAISED, "raised.yaml")
    out = command("simulate", population_file, "--on", "2026-01", "--lang", lang, "--reform", path).out
    assert {"lv": "2026. gada janvāris", "en": "January 2026"}[lang] in out
    assert {"lv": "nav nosakāms", "en": "cannot be determined for"}[lang] in out
    for code in found["rights"]:
        assert f"\n{code} " in out


@pytest.mark.parametrize(("options", "expected"), [
    (["--on", "2026-13"], "--on: expected a month such as 2026-02, found 2026-13."),
    (["--on", "2019-12"], "the month asked is 2019-12; the law is held from 2020-01 on."),
    (["--on", "2026-01", "--output", "gmi_benfit"], "gmi_benfit is not the code of a right. Nearest known"),
    (["--on", "2026-01", "--output", ","], "expected codes of rights with commas between"),
    (["--on", "2026-01", "--workers", "0"], "--workers: expected 1 or more, found 0."),
    (["--on", "2026-01", "--out", "rights.csv"], "--out: expected a file that ends in .parquet, found rights.csv."),
    (["--on", "2026-01", "--out", "gone/rights.parquet"], "--out: there is no folder gone; make it first."),
    (["--on", "2026-01", "--reform", "gone.yaml"], "gone.yaml: cannot be read"),
])  # fmt: skip
def test_options_that_cannot_be_used_are_told(
    command: Command, population_file: Path, options: list[str], expected: str
) -> None:
    assert expected in command.refuses("simulate", population_file, *options)


def test_a_population_that_cannot_be_used_is_told_by_the_command(command: Command, tmp_path: Path) -> None:
    assert "gone.parquet: cannot be read" in command.refuses("simulate", tmp_path / "gone.parquet", "--on", "2026-01")
    assert "is not a Parquet file" in command.refuses("simulate", command.file("x", "a.parquet"), "--on", "2026-01")
    path = written(tmp_path, table_of(person(1, disability_group=4)))
    assert "expected 0 to 3, found 4" in command.refuses("simulate", path, "--on", "2026-01")
    assert "expected 0 to 3, found 4" in command.refuses("simulate", path, "--on", "2026-01", "--workers", "2")
