"""The law against calculations made by hand a second time, without the engine and without its parameters."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from balsts.law.engine.answer import Answer, entitle
from balsts.law.engine.household import read_household
from balsts.law.engine.quantities import euros, month_from
from balsts.law.engine.text import Node, Place
from balsts.law.latvia import latvia
from tests.law.independent.family_benefit import family_benefit_cents
from tests.law.independent.social_assistance import gmi_cents, housing_cents

HOUSING_MONTHS = [f"{year}-{month:02d}" for year in range(2021, 2027) for month in range(1, 13)][6:]
FAMILY_MONTHS = [f"{year}-{month:02d}" for year in range(2020, 2027) for month in range(1, 13)]
money = st.integers(0, 120_000)


def answer(on: str, persons: dict[str, dict[str, Any]], **household: str) -> Answer:
    """What the law gives a household stated as plain values."""
    law = latvia()
    facts, month = read_household(_node({"persons": persons, **household}), law.catalogue, law.rights(), month_from(on))
    return entitle(law, facts, month)


def _node(value: Any) -> Node:
    place = Place("test")
    if isinstance(value, dict):
        return Node({key: _node(item) for key, item in value.items()}, place)
    if isinstance(value, list):
        return Node([_node(item) for item in value], place)
    return Node(str(value), place)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(HOUSING_MONTHS), st.integers(0, 2), st.integers(0, 2), st.integers(0, 3), money, money)
def test_gmi_and_housing_benefit_are_as_worked_out_by_hand(
    on: str, elderly: int, adults: int, children: int, income: int, costs: int
) -> None:
    if elderly + adults == 0:
        elderly = 1
    born = {f"e{number}": {"born": "1940-03-05", "sex": "f"} for number in range(elderly)}
    born |= {f"w{number}": {"born": "1985-03-05", "sex": "m"} for number in range(adults)}
    # children without a payee in the file have no benefits of their own that would count as income
    born |= {f"c{number}": {"born": "2014-03-05", "sex": "f"} for number in range(children)}
    first = next(iter(born))
    born[first] |= {"other_counted_income_eur_month": euros(income)}
    if first.startswith("e"):
        for number in range(elderly):  # a pension of a cent keeps the old from the social security benefit
            born[f"e{number}"] |= {"pension_eur_month": "0.01"}
    income += elderly
    found = answer(on, born, housing_costs_eur_month=euros(costs))
    assert found.amount("gmi_benefit") == gmi_cents(on, elderly + adults + children, income)
    assert found.amount("housing_benefit") == housing_cents(on, elderly, adults, children, income, costs)


child = st.fixed_dictionaries(
    {
        "born": st.dates(date(2000, 1, 1), date(2025, 12, 31)).map(str),
        "education": st.sampled_from(["none", "general", "vocational", "higher_full_time", "other"]),
        "is_married": st.booleans(),
        "is_disabled": st.booleans(),
        "applied": st.booleans(),
    }
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(FAMILY_MONTHS), st.lists(child, min_size=1, max_size=6, unique_by=lambda one: one["born"]))
def test_the_family_benefit_is_as_worked_out_by_hand(on: str, children: list[dict[str, Any]]) -> None:
    children = [one for one in children if one["born"][:7] <= on]
    persons: dict[str, dict[str, Any]] = {"mother": {"born": "1970-01-01", "sex": "f"}}
    for number, one in enumerate(children):
        facts: dict[str, Any] = {"born": one["born"], "sex": "m", "parents": ["mother"], "education": one["education"]}
        facts |= {"is_married": str(one["is_married"]).lower(), "is_disabled_child": str(one["is_disabled"]).lower()}
        if one["applied"]:
            facts["applied_for"] = ["family_state_benefit"]
        persons[f"child{number}"] = facts
    assert answer(on, persons).amount("family_state_benefit") == family_benefit_cents(on, children)
