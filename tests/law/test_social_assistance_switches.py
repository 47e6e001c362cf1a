"""What the rules of social assistance do with values that nobody knows yet, once they are known (as a reform)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from balsts.law.engine.answer import Answer, entitle
from balsts.law.engine.household import read_household
from balsts.law.engine.law import Law, changed
from balsts.law.engine.quantities import month_from
from balsts.law.engine.text import parse
from balsts.law.latvia import latvia

COUPLE = (
    "{ada: {born: 1985-03-10, sex: f, wage_net_eur_month: '%s', savings_eur: '%s'}, ben: {born: 1984-07-21, sex: m}}"
)


def law_with(**values: int) -> Law:
    """The law with one value, from 2020 on, in place of all values of a parameter."""
    parameters = []
    for name, value in values.items():
        parameter = latvia().parameters[name]
        first = replace(parameter.values[0], value=value, since=date(2020, 1, 1))
        parameters.append(parameter.revalued((first,)))
    return changed(latvia(), parameters=parameters, by="test")


def answer(law: Law, month: str, persons: str, costs: str = "0.00") -> Answer:
    text = f"{{persons: {persons}, housing_costs_eur_month: '{costs}'}}"
    facts, on = read_household(parse(text.encode(), "test"), law.catalogue, law.rights(), month_from(month))
    return entitle(law, facts, on)


@pytest.mark.parametrize(
    ("wage", "needy", "low_income"),
    [("256.12", True, False), ("256.13", False, True), ("400.00", False, True), ("400.01", False, False)],
)
def test_a_municipal_low_income_limit_of_2020_is_met_exactly_by_each_person(
    wage: str, needy: bool, low_income: bool
) -> None:
    law = law_with(thresholds_low_income_first=20000)
    found = answer(law, "2020-06", COUPLE % (wage, "0.00"))
    assert found.statuses == {"needy_household": needy, "low_income_household": low_income}
    assert found.undetermined == []


@pytest.mark.parametrize(("savings", "needy"), [("0.00", True), ("128.05", True), ("128.06", True), ("128.07", False)])
def test_a_savings_limit_of_2020_may_be_met_exactly(savings: str, needy: bool) -> None:
    law = law_with(means_test_savings_first=12806, thresholds_low_income_first=20000)
    assert answer(law, "2020-06", COUPLE % ("10.00", savings)).statuses["needy_household"] is needy


def test_without_the_ceiling_the_housing_benefit_exceeds_the_costs() -> None:
    # 1.3 x 318.00 + 220.00 - 400.00
    law = law_with(housing_benefit_is_capped_at_costs=0)
    assert answer(law, "2026-05", COUPLE % ("400.00", "0.00"), "220.00").amount("housing_benefit") == 23340


def test_without_counting_the_gmi_benefit_the_housing_benefit_is_larger() -> None:
    # 1.3 x 318.00 + 220.00 - 100.00, and with the GMI benefit of 218.00 counted 218.00 less
    open_ended = law_with(housing_benefit_is_capped_at_costs=0)
    assert answer(open_ended, "2026-05", COUPLE % ("100.00", "0.00"), "220.00").amount("housing_benefit") == 31540
    law = law_with(housing_benefit_is_capped_at_costs=0, housing_benefit_counts_gmi=0)
    assert answer(law, "2026-05", COUPLE % ("100.00", "0.00"), "220.00").amount("housing_benefit") == 53340


@pytest.mark.parametrize(("switch", "cents"), [(0, 76330), (1, 89800)])
def test_the_coefficient_of_any_household_with_children_can_be_switched_on(switch: int, cents: int) -> None:
    # 1.7 x 449.00 or 2 x 449.00, with costs of 500.00 and an income of 500.00
    law = law_with(housing_benefit_any_household_with_children=switch)
    persons = (COUPLE % ("500.00", "0.00"))[:-1] + ", cia: {born: 2012-04-05, sex: f, parents: [ada]}}"
    assert answer(law, "2026-03", persons, "500.00").amount("housing_benefit") == min(cents, 50000)
    assert answer(law, "2026-03", persons, "500.00").results.value("housing_minimum", None) == cents


def test_a_household_without_children_keeps_its_coefficient_when_the_switch_is_on() -> None:
    law = law_with(housing_benefit_any_household_with_children=1)
    # 1.7 x 318.00
    assert answer(law, "2026-03", COUPLE % ("500.00", "0.00")).results.value("housing_minimum", None) == 54060
