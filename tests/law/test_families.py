"""Families worked out from ties: who raises whom, who is paid, who was born first."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balsts.law.engine.answer import entitle
from balsts.law.engine.household import derive, read_household
from balsts.law.engine.law import Law
from balsts.law.engine.many import columns as columns_module
from balsts.law.engine.many.columns import Columns
from balsts.law.engine.one import Facts
from balsts.law.engine.quantities import month_from
from balsts.law.engine.text import parse
from balsts.law.latvia import latvia
from tests.law.populations import random_columns, tied
from tests.law.small_country import small_country

ON = "2026-02"
ANNA, JURIS = "anna: {born: 1985-05-04, sex: f}", "juris: {born: 1983-01-30, sex: m}"
COUPLE = "anna: {born: 1985-05-04, sex: f, partner: juris}, juris: {born: 1983-01-30, sex: m}"


def facts_of(*persons: str, law: Law | None = None, on: str = ON) -> Facts:
    """Persons written as a household file writes them."""
    text = f"{{on: {on}, persons: {{{', '.join(persons)}}}}}"
    country = law or latvia()
    return read_household(parse(text.encode(), "household"), country.catalogue, country.rights())[0]


def tie_of(facts: Facts, name: str) -> dict[str, str | None]:
    """A link of every person, by ids."""
    return {one: facts.ids[to] if to >= 0 else None for one, to in zip(facts.ids, facts.persons[name], strict=True)}


def number_of(facts: Facts, name: str) -> dict[str, int]:
    return dict(zip(facts.ids, facts.persons[name], strict=True))


def payee(*persons: str, of: str = "liene") -> str | None:
    return tie_of(facts_of(*persons), "family_payee")[of]


def test_the_mother_is_paid_for_a_child_of_both() -> None:
    assert payee(COUPLE, "liene: {born: 2020-06-11, sex: f, parents: [juris, anna]}") == "anna"


def test_the_father_is_paid_when_the_mother_is_no_member() -> None:
    assert payee(JURIS, "liene: {born: 2020-06-11, sex: f, parents: [juris]}") == "juris"


@pytest.mark.parametrize(("one", "other", "paid"), [
    ("1985-05-04", "1983-01-30", "zane"), ("1983-01-30", "1985-05-04", "anna"), ("1983-01-30", "1983-01-30", "anna"),
])  # fmt: skip
@pytest.mark.parametrize("sex", ["f", "m"])
def test_of_two_of_one_sex_the_older_is_paid_else_the_smaller_id(one: str, other: str, paid: str, sex: str) -> None:
    found = payee(f"anna: {{born: {one}, sex: {sex}}}", f"zane: {{born: {other}, sex: {sex}}}",
                  "liene: {born: 2020-06-11, sex: f, parents: [zane, anna]}")  # fmt: skip
    assert found == paid


def test_children_of_either_partner_are_one_family_paid_to_the_mother_in_it() -> None:
    facts = facts_of(COUPLE, "liene: {born: 2010-06-11, sex: f, parents: [juris]}",
                     "oto: {born: 2020-06-11, sex: m, parents: [anna]}")  # fmt: skip
    assert tie_of(facts, "family_payee") == {"anna": None, "juris": None, "liene": "anna", "oto": "anna"}
    assert tie_of(facts, "family") == {"anna": None, "juris": None, "liene": "liene", "oto": "liene"}


def test_a_partner_without_children_of_her_own_here_is_not_paid() -> None:
    assert payee(COUPLE, "liene: {born: 2010-06-11, sex: f, parents: [juris]}") == "juris"


def test_children_of_two_who_are_not_partners_are_two_families() -> None:
    facts = facts_of(ANNA, JURIS, "liene: {born: 2010-06-11, sex: f, parents: [juris]}",
                     "oto: {born: 2020-06-11, sex: m, parents: [anna]}")  # fmt: skip
    assert tie_of(facts, "family") == {"anna": None, "juris": None, "liene": "liene", "oto": "oto"}


def test_a_ward_is_a_family_apart_from_the_guardians_own_children() -> None:
    facts = facts_of(ANNA, "liene: {born: 2010-06-11, sex: f, parents: [anna]}",
                     "oto: {born: 2012-06-11, sex: m, guardian: anna}",
                     "uldis: {born: 2014-06-11, sex: m, guardian: anna}")  # fmt: skip
    assert tie_of(facts, "family_payee") == {"anna": None, "liene": "anna", "oto": "anna", "uldis": "anna"}
    assert tie_of(facts, "family") == {"anna": None, "liene": "liene", "oto": "oto", "uldis": "oto"}


def test_wards_foster_children_and_children_before_adoption_are_groups_of_their_own() -> None:
    facts = facts_of(ANNA, "liene: {born: 2010-06-11, sex: f, foster_parents: [anna]}",
                     "oto: {born: 2012-06-11, sex: m, guardian: anna}",
                     "uldis: {born: 2014-06-11, sex: m, preadoption_carer: anna}")  # fmt: skip
    assert tie_of(facts, "family") == {"anna": None, "liene": "liene", "oto": "oto", "uldis": "uldis"}


def test_the_guardian_goes_before_a_parent_who_lives_there_too() -> None:
    assert payee(ANNA, JURIS, "liene: {born: 2010-06-11, sex: f, parents: [anna], guardian: juris}") == "juris"


def test_of_two_foster_parents_the_woman_is_paid() -> None:
    facts = facts_of(ANNA, JURIS, "liene: {born: 2010-06-11, sex: f, foster_parents: [juris, anna]}")
    assert tie_of(facts, "family_payee")["liene"] == tie_of(facts, "foster_payee")["liene"] == "anna"


def test_adoptive_parents_are_parents_and_go_before_parents_by_birth() -> None:
    facts = facts_of(ANNA, JURIS, "liene: {born: 2010-06-11, sex: f, parents: [anna], adoptive_parents: [juris]}",
                     "oto: {born: 2012-06-11, sex: m, parents: [juris]}")  # fmt: skip
    assert tie_of(facts, "family_payee") == {"anna": None, "juris": None, "liene": "juris", "oto": "juris"}
    assert tie_of(facts, "family")["oto"] == "liene"


def test_a_minor_parent_heads_a_family_and_stays_a_child_of_her_own_mother() -> None:
    facts = facts_of(ANNA, "liene: {born: 2009-06-11, sex: f, parents: [anna]}",
                     "oto: {born: 2025-06-11, sex: m, parents: [liene]}")  # fmt: skip
    assert tie_of(facts, "family_payee") == {"anna": None, "liene": "anna", "oto": "liene"}
    answer = entitle(latvia(), facts, month_from(ON))
    assert {one.who: one.members for one in answer.rights if one.code == "childcare_benefit"} == {"liene": ("oto",)}


def test_a_mother_who_died_is_paid_no_more_from_that_month() -> None:
    father = "juris: {born: 1983-01-30, sex: m}"
    child = "liene: {born: 2010-06-11, sex: f, parents: [anna, juris]}"
    for died, paid in (("2026-01-31", "juris"), ("2026-02-28", "juris"), ("2026-03-01", "anna")):
        mother = f"anna: {{born: 1985-05-04, sex: f, partner: juris, died: {died}}}"
        assert payee(mother, father, child) == paid, died


def test_a_child_whose_only_parent_died_has_nobody_to_be_paid_and_no_family() -> None:
    facts = facts_of("anna: {born: 1985-05-04, sex: f, died: 2026-01-31}",
                     "liene: {born: 2010-06-11, sex: f, parents: [anna]}")  # fmt: skip
    assert tie_of(facts, "family_payee")["liene"] is None
    assert tie_of(facts, "family")["liene"] is None


def test_a_dead_child_belongs_to_no_family() -> None:
    facts = facts_of(ANNA, "liene: {born: 2010-06-11, sex: f, parents: [anna], died: 2026-02-01}",
                     "oto: {born: 2012-06-11, sex: m, parents: [anna]}")  # fmt: skip
    assert tie_of(facts, "family") == {"anna": None, "liene": None, "oto": "oto"}


def test_children_are_placed_in_the_order_of_birth_of_their_mother() -> None:
    facts = facts_of(COUPLE, "liene: {born: 2010-06-11, sex: f, parents: [juris]}",
                     "oto: {born: 2012-06-11, sex: m, parents: [juris, anna]}",
                     "uldis: {born: 2008-06-11, sex: m, parents: [anna]}")  # fmt: skip
    assert number_of(facts, "birth_order") == {"anna": 1, "juris": 1, "liene": 1, "oto": 2, "uldis": 1}


def test_a_stated_order_of_birth_goes_before_the_one_in_the_file() -> None:
    facts = facts_of(ANNA, "liene: {born: 2010-06-11, sex: f, parents: [anna], birth_order: 4}",
                     "oto: {born: 2012-06-11, sex: m, parents: [anna]}")  # fmt: skip
    assert number_of(facts, "birth_order") == {"anna": 1, "liene": 4, "oto": 2}


def test_twins_are_ranked_and_placed_by_id() -> None:
    twins = [f"{one}: {{born: 2025-12-11, sex: f, parents: [anna]}}" for one in ("liene", "madara", "nora")]
    facts = facts_of(ANNA, *twins, "oto: {born: 2012-06-11, sex: m, parents: [anna]}")
    assert number_of(facts, "birth_rank") == {"anna": 0, "liene": 0, "madara": 1, "nora": 2, "oto": 0}
    assert number_of(facts, "birth_order") == {"anna": 1, "liene": 2, "madara": 3, "nora": 4, "oto": 1}


def test_children_of_one_day_without_a_common_parent_are_no_twins() -> None:
    facts = facts_of(COUPLE, "liene: {born: 2020-06-11, sex: f, parents: [juris]}",
                     "madara: {born: 2020-06-11, sex: f, parents: [anna]}")  # fmt: skip
    assert number_of(facts, "birth_rank")["madara"] == 0


def test_a_common_adoptive_parent_makes_twins_too() -> None:
    facts = facts_of(ANNA, "liene: {born: 2020-06-11, sex: f, adoptive_parents: [anna]}",
                     "madara: {born: 2020-06-11, sex: f, parents: [anna]}")  # fmt: skip
    assert number_of(facts, "birth_rank")["madara"] == 1


def test_a_partner_stated_on_one_side_holds_for_both() -> None:
    assert tie_of(facts_of(COUPLE), "partner") == {"anna": "juris", "juris": "anna"}


def test_a_dead_partner_is_no_partner() -> None:
    facts = facts_of("anna: {born: 1985-05-04, sex: f, partner: juris}",
                     "juris: {born: 1983-01-30, sex: m, died: 2026-01-01}")  # fmt: skip
    assert tie_of(facts, "partner") == {"anna": None, "juris": None}


def household(population: Columns, number: int) -> Facts:
    """One household as facts without anything worked out."""
    facts = population.facts(number)
    facts.persons = {name: list(values) for name, values in facts.persons.items()}
    return facts


def assert_as_one_by_one(law: Law, population: Columns, month: int) -> None:
    catalogue = law.catalogue
    together = tied(population, catalogue, month)
    for number in range(population.households):
        alone, expected = household(population, number), together.facts(number)
        derive(alone, catalogue, month)
        for name in (*catalogue.links, *catalogue.worked_out, *catalogue.ties.payees):
            assert alone.persons[name] == expected.persons[name], (number, name)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32), is_latvia=st.booleans())
def test_ties_of_a_population_are_those_of_each_household(seed: int, is_latvia: bool) -> None:
    law, month = latvia() if is_latvia else small_country(), month_from(ON)
    assert_as_one_by_one(law, random_columns(law, month, 8, seed), month)


@pytest.mark.parametrize("law", [latvia(), small_country()], ids=lambda law: law.code)
def test_compiled_ties_are_those_of_each_household(law: Law, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns_module, "COMPILE_FROM_HOUSEHOLDS", 0)
    month = month_from(ON)
    assert_as_one_by_one(law, random_columns(law, month, 600, seed=3), month)


def worked_out(population: Columns, law: Law, month: int) -> dict[str, Any]:
    together = tied(population, law.catalogue, month)
    return {name: together.persons[name] for name in (*law.catalogue.links, *law.catalogue.worked_out)}


def test_ties_can_be_worked_out_anew_for_another_month() -> None:
    law, month = latvia(), month_from(ON)
    population = random_columns(law, month, 300, seed=4)
    later = tied(tied(population, law.catalogue, month), law.catalogue, month + 2)
    for name, expected in worked_out(population, law, month + 2).items():
        assert np.array_equal(later.persons[name], expected), name


def test_a_household_is_tied_as_if_it_were_the_only_one() -> None:
    law, month = latvia(), month_from(ON)
    population = random_columns(law, month, 40, seed=5)
    whole = tied(population, law.catalogue, month)
    first, last = int(population.starts[7]), int(population.starts[8])
    alone = Columns(np.array([0, last - first], np.uint64),
                    {name: column[first:last] for name, column in population.persons.items()},
                    {name: column[7:8] for name, column in population.household.items()})  # fmt: skip
    for name, column in worked_out(alone, law, month).items():
        assert np.array_equal(column, whole.persons[name][first:last]), name
