"""What must hold of the law of Latvia however its figures stand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from balsts.law.engine.quantities import euros
from tests.law.test_independent import answer

MONTHS = ["2020-03", "2021-08", "2022-02", "2022-12", "2023-07", "2024-06", "2025-05", "2026-01", "2026-06"]
MEANS_TESTED = ("gmi_benefit", "housing_benefit")
money = st.integers(0, 90_000)
person = st.fixed_dictionaries(
    {
        "born": st.dates(date(1935, 1, 1), date(2019, 12, 1)).map(str),
        "sex": st.sampled_from(["f", "m"]),
        "wage_net_eur_month": money.map(euros),
        "disability_group": st.integers(0, 3).map(str),
        "is_employed": st.sampled_from(["true", "false"]),
    }
)
household = st.lists(person, min_size=1, max_size=5)


def named(people: list[dict[str, Any]], names: str = "abcdefgh") -> dict[str, dict[str, Any]]:
    """Persons under ids."""
    return dict(zip(names, people, strict=False))


def amounts(on: str, persons: dict[str, dict[str, Any]], **facts: str) -> dict[str, int]:
    """The sum of every code."""
    found = answer(on, persons, **facts)
    return {one.code: found.amount(one.code) for one in found.rights}


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(MONTHS), household, money, st.randoms())
def test_the_order_and_the_names_of_members_change_nothing(
    on: str, people: list[dict[str, Any]], costs: int, chance: Any
) -> None:
    shuffled = list(people)
    chance.shuffle(shuffled)
    facts = {"housing_costs_eur_month": euros(costs)}
    assert amounts(on, named(people), **facts) == amounts(on, named(shuffled, "stuvwxyz"), **facts)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(MONTHS), household, household)
def test_personal_rights_of_two_strangers_households_do_not_touch_each_other(
    on: str, first: list[dict[str, Any]], second: list[dict[str, Any]]
) -> None:
    first, second = first[:4], second[:4]
    together = answer(on, named([*first, *second]))
    apart = [answer(on, named(first)), answer(on, named(second))]
    for code in ("state_social_security_benefit", "family_state_benefit", "childcare_benefit", "transport_benefit"):
        assert together.amount(code) == sum(one.amount(code) for one in apart)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(MONTHS), household, money, money)
def test_a_cent_more_income_never_raises_a_means_tested_right_and_takes_no_more_than_a_limit_lets_it(
    on: str, people: list[dict[str, Any]], income: int, costs: int
) -> None:
    def with_income(cents: int) -> dict[str, int]:
        changed = [dict(people[0], other_counted_income_eur_month=euros(cents)), *people[1:]]
        return amounts(on, named(changed), housing_costs_eur_month=euros(costs))

    before, after = with_income(income), with_income(income + 1)
    for code in MEANS_TESTED:
        assert after.get(code, 0) <= before.get(code, 0)
    lost = sum(before.get(code, 0) - after.get(code, 0) for code in MEANS_TESTED)
    if before.get("gmi_benefit", 0) > 1:  # below the GMI threshold one is far below every limit of status
        assert before["gmi_benefit"] - after.get("gmi_benefit", 0) <= 1
        assert lost <= 2


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(MONTHS), st.dates(date(1990, 1, 2), date(2019, 11, 27)))
def test_born_a_day_later_in_the_middle_of_a_month_changes_nothing(on: str, born: date) -> None:
    later = born + timedelta(days=1)
    if born.month != later.month or born.day == 1 or later.isoformat()[:7] == "2026-11":
        return

    def with_child(day: date) -> dict[str, int]:
        return amounts(on, {"m": {"born": "1960-05-05", "sex": "f"},
                            "c": {"born": str(day), "sex": "f", "parents": ["m"], "education": "general"}})  # fmt: skip

    assert with_child(born) == with_child(later)
