"""Housing costs, savings and property, so that about the published numbers of persons are needy.

Entitlement by income alone is far wider than the published numbers, because many do not claim or own too much. A
population file cannot say that somebody does not claim. Households that are entitled by income but not among the
recipients therefore get savings or property over the limit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from balsts.population.synthesis.draw import Draw
from balsts.population.synthesis.facts import (
    Bools,
    Floats,
    Ints,
    assumed,
    assumed_groups,
    municipalities,
    per_person,
    published,
    threshold,
)
from balsts.population.synthesis.health import Health
from balsts.population.synthesis.income import Income
from balsts.population.synthesis.pension_right import PensionRights, pension_age_years
from balsts.population.synthesis.people import People
from balsts.population.synthesis.status import first_households
from balsts.population.synthesis.work import Work


@dataclass(frozen=True)
class Means:
    """By person, the same for all of a household but for savings, which the eldest member holds; money in cents."""

    savings: Ints
    housing_costs: Ints
    has_needy_property: Bools
    municipality: Ints


def draw_means(draw: Draw, people: People, health: Health, work: Work, rights: PensionRights, income: Income) -> Means:
    """Decide which households are needy, low-income or get the housing benefit, and give all the fitting means."""
    counted = household_income(people, health, work, rights, income)
    day = people.calendar.iso
    others: Floats = people.size.astype(np.float64) - 1
    needy_limit = threshold("needy_first", day) + threshold("needy_other", day) * others
    low_limit = threshold("low_income_first", day) + threshold("low_income_other", day) * others
    outside = people.total(people.is_inside) == 0
    costs = _housing_costs(draw, people)
    may_have_housing = _housing_formula(people, health, costs, counted)
    key = draw.generator.standard_exponential(len(people.size)) / _claim_weight(people, health, work, may_have_housing)
    is_poor, is_low = outside & (counted <= needy_limit), outside & (counted > needy_limit) & (counted <= low_limit)
    needy = first_households(draw, people, key, is_poor, people.expected(per_person("needy_persons")))
    low = first_households(draw, people, key, is_low, people.expected(per_person("low_income_persons")))
    share = float(people.size[low].sum() / max(people.size[is_low].sum(), 1))
    above = outside & (counted > low_limit) & draw.happens(len(people.size), share)
    key, may = draw.uniform(len(people.size)), (needy | low) & may_have_housing
    gets_housing = first_households(draw, people, key, may, people.expected(per_person("housing_benefit_persons")))
    costs = np.where((needy | low) & ~gets_housing, 0.0, costs)
    savings, has_property = _savings(draw, people, needy | low | above | ~outside, needy_limit)
    places = municipalities(people.calendar.has_varaklani)[1]
    by_person = np.zeros(len(people), dtype=np.int64)
    by_person[people.first] = np.rint(savings * 100).astype(np.int64)
    return Means(
        by_person,
        np.rint(costs * outside * 100).astype(np.int64)[people.household],
        has_property[people.household],
        draw.category(places, len(people.size))[people.household],
    )


def household_income(people: People, health: Health, work: Work, rights: PensionRights, income: Income) -> Floats:
    """Counted income by household, EUR: what is stated, and two benefits in short."""
    has_reached = people.age_in_years() >= pension_age_years(people.calendar.year)
    return people.total(
        counted_income(
            people.calendar.iso,
            (income.wage + income.pension + income.other) / 100,
            is_infant=people.is_younger_than(18),
            disability_group=health.group,
            is_old_without_work=has_reached & ~work.is_employed,
            has_pension=rights.any,
        )
    )


def counted_income(
    day: str,
    stated: Floats,
    *,
    is_infant: Bools,
    disability_group: Ints,
    is_old_without_work: Bools,
    has_pension: Bools,
) -> Floats:
    """Counted income of persons, EUR: what is stated, childcare and social security benefit; the law is exact."""
    factor = np.array([1.0, *assumed_groups("social_security_benefit_by_group").values()])[disability_group]
    entitled = ~has_pension & ((disability_group > 0) | is_old_without_work)
    benefit = entitled * factor * threshold("minimum_first", day)
    return np.asarray(stated + is_infant * threshold("childcare", day) + benefit)


def _claim_weight(people: People, health: Health, work: Work, may_have_housing: Bools) -> Floats:
    """Who is likelier to be among the recipients: entitled to the housing benefit, minors, disabled, unemployed."""
    factor = assumed_groups("claims_assistance")
    weight = np.where(may_have_housing, factor["housing"], 1.0)
    for name, has in (
        ("minors", people.age < 18),
        ("disabled", (health.group > 0) | health.is_disabled_child),
        ("unemployed", work.unemployed_since > 0),
    ):
        weight *= np.where(people.total(has) > 0, factor[name], 1.0)
    return weight


def _housing_costs(draw: Draw, people: People) -> Floats:
    """Housing costs of a household, EUR a month."""
    mean = assumed("housing_costs_first") + assumed("housing_costs_other") * (people.size - 1)
    sigma = assumed("housing_costs_spread")
    return np.asarray(mean * np.exp(sigma * draw.normal(len(people.size)) - sigma**2 / 2))


def _housing_formula(people: People, health: Health, costs: Floats, counted: Floats) -> Bools:
    """Whether the formula of the housing benefit leaves something to pay; of the entitled, some show no bills."""
    day = people.calendar.iso
    has_reached = people.age_in_years() >= pension_age_years(people.calendar.year)
    only = people.total(has_reached | (health.group > 0)) == people.size
    factor = assumed_groups("housing_coefficient")
    coefficient = np.where(only, np.where(people.size == 1, factor["alone"], factor["only"]), factor["other"])
    minimum = threshold("minimum_first", day) + threshold("minimum_other", day) * (people.size - 1)
    return np.asarray(coefficient * minimum + costs > counted)


def _savings(draw: Draw, people: People, within: Bools, limit: Floats) -> tuple[Floats, Bools]:
    """Savings and whether the property is within the limits; outside, one of the two (or both) is over."""
    size = len(people.size)
    rich_in_property = ~within & draw.happens(size, assumed("over_limit_by_property"))
    rich_in_savings = ~within & (~rich_in_property | draw.happens(size, assumed("over_limit_by_both")))
    has_some = draw.happens(size, assumed("share_with_small_savings"))
    small = np.where(has_some, limit * assumed("small_savings_up_to") * draw.uniform(size), 0.0)
    large = draw.generator.standard_exponential(size) * assumed("savings_over_limit")
    large = limit * (assumed("savings_over_limit_from") + large)
    return np.where(rich_in_savings, large, small), ~rich_in_property


def care_costs(draw: Draw, people: People) -> Ints:
    """The monthly price of long-term care of adult residents, cents."""
    sigma = assumed("care_cost_spread")
    drawn = published("care_centre_price") * np.exp(sigma * draw.normal(len(people)) - sigma**2 / 2)
    return np.where(people.is_resident & (people.age >= 18), np.rint(drawn) * 100, 0).astype(np.int64)
