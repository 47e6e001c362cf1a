"""What must hold in every population file, whatever was drawn."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

RELATIONS = (
    "partner", "parent_1", "parent_2", "guardian", "foster_parent_1", "foster_parent_2",
    "adoptive_parent_1", "adoptive_parent_2", "preadoption_carer",
)  # fmt: skip
DATES = (
    "born",
    "died",
    "care_granted_on",
    "adopted_on",
    "mobility_opinion_on",
    "lost_breadwinner_on",
    "unemployed_since",
)
HOUSEHOLD_COLUMNS = ("housing_costs_cents", "municipality", "has_needy_property", "months_since_first_application")


def dates(table: pa.Table, name: str) -> np.ndarray:
    return table[name].to_numpy().astype("datetime64[D]")


def flags(table: pa.Table, name: str) -> np.ndarray:
    return pc.fill_null(table[name], False).to_numpy()


def numbers(table: pa.Table, name: str) -> np.ndarray:
    return pc.fill_null(table[name], 0).to_numpy()


def years_later(days: np.ndarray, years: int) -> np.ndarray:
    """The same day of the month some years later; 29 February becomes 1 March."""
    months = days.astype("datetime64[M]")
    return (months + 12 * years).astype("datetime64[D]") + (days - months.astype("datetime64[D]"))


def positions(table: pa.Table, name: str) -> np.ndarray:
    """Rows of the persons related, -1 for none."""
    ids = numbers(table, f"{name}_id")
    person = table["person_id"].to_numpy()
    row = np.minimum(np.searchsorted(person, ids), len(person) - 1)
    assert (person[row] == ids)[ids > 0].all(), f"{name}_id names nobody"
    return np.where(ids > 0, row, -1)


def age(table: pa.Table, on: str) -> np.ndarray:
    """Completed years on the last day of the month."""
    born, last = dates(table, "born"), end_of(on) - 1
    years = (last.astype("datetime64[Y]") - born.astype("datetime64[Y]")).astype(int)
    return years - (years_later(born, years) > last)


def end_of(on: str) -> np.datetime64:
    """The first day after the month."""
    return (np.datetime64(on, "M") + 1).astype("datetime64[D]")


def check_population(table: pa.Table, persons: int, on: str) -> None:
    """Everything that the format of population files and common sense ask for."""
    check_ids(table, persons)
    check_relations(table)
    check_dates(table, on)
    check_households(table, on)
    check_facts(table, on)


def check_ids(table: pa.Table, persons: int) -> None:
    assert len(table) == persons
    assert (table["person_id"].to_numpy() == np.arange(1, persons + 1)).all()
    household = table["household_id"].to_numpy()
    assert household[0] == 1
    assert np.isin(np.diff(household), (0, 1)).all(), "households are sorted and numbered without gaps"
    for name in ("person_id", "household_id", "born", "sex"):
        assert table[name].null_count == 0


def check_relations(table: pa.Table) -> None:
    household, born = table["household_id"].to_numpy(), dates(table, "born")
    own = np.arange(len(table))
    for name in RELATIONS:
        other = positions(table, name)
        has = other >= 0
        assert (household[other] == household)[has].all(), f"{name} lives in another household"
        assert (other != own)[has].all(), f"{name} is the person itself"
        if name != "partner":  # whoever is related upwards is older, so there can be no cycle
            least = 14 if name.startswith("parent") else 18
            assert (years_later(born[other], least) <= born)[has].all(), f"{name} is too young"
    partner = positions(table, "partner")
    assert (partner[partner] == own)[partner >= 0].all()
    for first, second in (("parent_1", "parent_2"), ("adoptive_parent_1", "adoptive_parent_2")):
        one, two = positions(table, first), positions(table, second)
        assert (one != two)[two >= 0].all()
        assert (one >= 0)[two >= 0].all()
    check_births(table)


def check_births(table: pa.Table) -> None:
    """Minor brothers and sisters are twins or at least nine months apart."""
    mother = numbers(table, "parent_1_id")
    is_child = (mother > 0) & (dates(table, "born") > np.datetime64("2009-01-01"))
    rows = np.flatnonzero(is_child)
    rows = rows[np.lexsort((dates(table, "born")[rows], mother[rows]))]
    same = mother[rows][1:] == mother[rows][:-1]
    days = np.diff(dates(table, "born")[rows]).astype(int)[same]
    assert ((days == 0) | (days >= 270)).all()


def check_dates(table: pa.Table, on: str) -> None:
    born = dates(table, "born")
    for name in DATES:
        day = dates(table, name)
        known = ~np.isnat(day)
        assert (day < end_of(on))[known].all(), f"{name} lies after the month"
        assert (day >= born)[known].all(), f"{name} lies before birth"
    died = dates(table, "died")
    assert (died >= np.datetime64(on, "M").astype("datetime64[D]"))[~np.isnat(died)].all()


def check_households(table: pa.Table, on: str) -> None:
    household = table["household_id"].to_numpy() - 1
    size = np.bincount(household)
    inside = flags(table, "is_in_long_term_care") | flags(table, "is_imprisoned")
    assert size.max() <= 100
    assert (size[household] == 1)[inside].all()
    adults = np.bincount(household, age(table, on) >= 18)
    assert ((adults[household] > 0) | inside).all(), "a minor lives without an adult"
    for name in HOUSEHOLD_COLUMNS:
        values = pc.fill_null(table[name].cast(pa.string()), "").to_numpy(zero_copy_only=False)
        assert (values[1:] == values[:-1])[np.diff(household) == 0].all(), f"members disagree on {name}"


def check_facts(table: pa.Table, on: str) -> None:
    years = age(table, on)
    for name in table.column_names:
        if name.endswith("_cents") or name == "assistant_hours":
            assert (numbers(table, name) >= 0).all()
    assert set(pc.unique(table["disability_group"]).to_pylist()) <= {None, 1, 2, 3}
    assert (years >= 18)[numbers(table, "disability_group") > 0].all()
    assert (years < 20)[flags(table, "is_disabled_child")].all()
    assert (numbers(table, "disability_group") > 0)[flags(table, "needs_special_care") & (years >= 18)].all()
    assert flags(table, "is_disabled_child")[flags(table, "needs_special_care") & (years < 18)].all()
    assert (numbers(table, "disability_group") == 1)[flags(table, "has_sight_disability_group_1")].all()
    assert (years >= 15)[flags(table, "is_employed")].all()
    assert (~flags(table, "is_employed"))[~np.isnat(dates(table, "unemployed_since"))].all()
    assert flags(table, "is_employed")[numbers(table, "wage_net_cents") > 0].all()
    assert ((years >= 18) & (years < 24))[flags(table, "is_orphan_after_care")].all()
