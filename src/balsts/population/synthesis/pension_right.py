"""Who draws a state pension, and of which kind."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from balsts.population.synthesis.draw import Draw
from balsts.population.synthesis.facts import (
    Bools,
    Floats,
    Ints,
    assumed,
    assumed_by_age,
    assumed_per_person,
    per_person,
    published,
    rate,
)
from balsts.population.synthesis.health import Health
from balsts.population.synthesis.people import People
from balsts.population.synthesis.work import Work

_ADULT = 18


@dataclass(frozen=True)
class PensionRights:
    """Yes or no for each kind; nobody has two. `lost_breadwinner_on` is days since 1970, 0 for none."""

    old_age: Bools
    is_early: Bools
    disability: Bools
    survivor: Bools
    service: Bools
    lost_breadwinner_on: Ints

    @property
    def any(self) -> Bools:
        """Draws a state pension."""
        return self.old_age | self.disability | self.survivor | self.service


def pension_age_years(year: int) -> float:
    """63.75 in 2020, three months more each year, 65 from 2025."""
    reached = published("pension_age_2020") + 0.25 * (year - 2020)
    return min(reached, published("pension_age_2025"))


def draw_pension_rights(draw: Draw, people: People, health: Health, work: Work) -> PensionRights:
    """Old-age pensioners first, then disability, survivor and service pensioners among the others."""
    has_reached = people.age_in_years() >= pension_age_years(people.calendar.year)
    old_age, is_early = _old_age(draw, people, work, has_reached, health.group > 0)
    may = (health.group > 0) & ~old_age & ~has_reached
    number = draw.count(people.expected(per_person("disability_pensioners")))
    weight = np.where(health.since_childhood, assumed("pension_of_disabled_since_childhood"), 1.0)
    weight = may * weight * assumed_by_age("disability_pension")[people.age]
    disability = _pick(draw, people, number, weight)
    survivor, lost_on = _survivors(draw, people, work, old_age | disability)
    may = ~(old_age | disability | survivor | has_reached | people.is_inside) & (health.group == 0)
    number = draw.count(people.expected(per_person("service_pensioners")))
    weight = (
        may
        * assumed_by_age("service_pension")[people.age]
        * np.where(people.is_man, assumed("service_pension_men"), 1.0)
    )
    return PensionRights(old_age, is_early, disability, survivor, _pick(draw, people, number, weight), lost_on)


def _pick(draw: Draw, people: People, number: int, weight: Floats) -> Bools:
    chosen = np.zeros(len(people), dtype=np.bool_)
    chosen[draw.choose(np.arange(len(people)), number, weight)] = True
    return chosen


def _old_age(draw: Draw, people: People, work: Work, has_reached: Bools, disabled: Bools) -> tuple[Bools, Bools]:
    """All of pension age but those with the social security benefit, and younger ones up to the published number.

    Disabled persons keep what they have until the pension age.
    """
    without = rate("pension_age_social_security_benefit_share")
    without_work = has_reached & ~work.is_employed & ~people.is_inside
    number = draw.count(without * has_reached.sum())
    no_pension = _pick(draw, people, number, without_work.astype(np.float64))
    old_age = has_reached & ~no_pension
    years = people.age_in_years()
    before = pension_age_years(people.calendar.year) - years
    weight = (
        np.where(before <= 2, assumed("early_pension_weight"), 1.0)
        * (before <= assumed("special_pension_years"))
        * (before > 0)
    )
    missing = people.expected(per_person("old_age_pensioners")) - old_age.sum()
    younger = _pick(draw, people, draw.count(missing), weight * ~people.is_inside * ~disabled)
    return old_age | younger, younger & (before <= 2)


def _survivors(draw: Draw, people: People, work: Work, has_pension: Bools) -> tuple[Bools, Ints]:
    """Children who lost a parent: they live with one parent or a guardian, and study if they are adults."""
    parent_1, parent_2 = people.relations["parent_1"], people.relations["parent_2"]
    lone = (parent_1 >= 0) & (parent_2 < 0) & (people.relations["partner"][np.maximum(parent_1, 0)] < 0)
    may = lone | ((people.relations["guardian"] >= 0) & ~people.is_emergency_ward)
    may &= (people.age < _ADULT) | ((people.age < 24) & work.is_student)
    weight = may * ~has_pension * assumed_by_age("lost_breadwinner")[people.age]
    pensioners = draw.count(people.expected(per_person("survivor_pensioners")))
    without = draw.count(people.expected(assumed_per_person("survivors_without_pension")))
    chosen = draw.shuffled(draw.choose(np.arange(len(people)), pensioners + without, weight))
    lost_on = np.zeros(len(people), dtype=np.int64)
    days = people.calendar.end - people.born[chosen]
    lost_on[chosen] = people.born[chosen] + np.floor(draw.uniform(len(chosen)) * days).astype(np.int64)
    survivor = np.zeros(len(people), dtype=np.bool_)
    survivor[chosen[:pensioners]] = True
    return survivor, lost_on
