"""Education, employment and unemployment."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from balsts.population.synthesis.ages import persons_by_age
from balsts.population.synthesis.draw import Draw
from balsts.population.synthesis.facts import (
    AGES,
    Bools,
    Floats,
    Ints,
    assumed,
    assumed_by_age,
    assumed_groups,
    per_person,
    published,
    rate,
)
from balsts.population.synthesis.health import Health
from balsts.population.synthesis.people import People

EDUCATION = ("none", "general", "vocational", "higher_full_time", "other")
NO_EDUCATION, GENERAL, VOCATIONAL, HIGHER = 0, 1, 2, 3
_ADULT = 18
_WORKING_AGE_END = 65
_INFANT_MONTHS = 18


@dataclass(frozen=True)
class Work:
    """What persons do; `unemployed_since` is days since 1970, 0 for none; `advantage` is shared by a household."""

    advantage: Floats
    education: Ints
    has_infant: Bools
    is_employed: Bools
    unemployed_since: Ints
    has_unemployment_benefit: Bools

    @property
    def is_student(self) -> Bools:
        """In education."""
        return self.education > NO_EDUCATION


def draw_work(draw: Draw, people: People, health: Health) -> Work:
    """Who learns, who works and who is registered as unemployed."""
    advantage = draw.normal(len(people.size))[people.household]
    education = _education(draw, people)
    has_infant = people.raises(people.is_younger_than(_INFANT_MONTHS))
    is_employed = _employment(draw, people, health, education, has_infant, advantage)
    since, has_benefit = _unemployment(draw, people, health, education, has_infant | is_employed, advantage)
    return Work(advantage, education, has_infant, is_employed, since, has_benefit)


def _education(draw: Draw, people: People) -> Ints:
    """The kind of education, by age."""
    edges = np.zeros(len(people))
    chance = draw.uniform(len(people))
    education = np.zeros(len(people), dtype=np.int64)
    for code, group in ((GENERAL, "general"), (VOCATIONAL, "vocational"), (HIGHER, "higher_full_time")):
        before = edges
        edges = edges + assumed_by_age("in_education", group=group)[people.age]
        education[(chance >= before) & (chance < edges) & ~people.is_prisoner] = code
    return education


def employment_rates(totals: Floats) -> Floats:
    """Employment rates by sex and age, scaled to the published numbers of employed persons.

    Args:
        totals: persons of the country by sex and age, shape (2, 106).
    """
    rates = np.array([assumed_by_age("employment", sex=sex) for sex in ("F", "M")])
    scale = float(totals.sum()) / published("population")
    for _ in range(20):
        for ages, persons in _employed_by_age(totals, rates):
            rates[:, ages] *= persons / max(float((rates * totals)[:, ages].sum()), 1e-9)
        for sex, key in ((0, "employed_women_15_74"), (1, "employed_men_15_74")):
            young = float((rates * totals)[sex, 15:25].sum())
            rates[sex, 25:75] *= (published(key) * scale - young) / float((rates * totals)[sex, 25:75].sum())
        rates = np.minimum(rates, assumed("highest_employment_rate"))
    return rates


def _employed_by_age(totals: Floats, rates: Floats) -> list[tuple[slice, float]]:
    """Employed persons by broad age: 25 to 64 follows from the rate of 20 to 64, 65 to 74 is the rest."""
    scale = float(totals.sum()) / published("population")
    young = published("employed_15_24") * scale
    twenties = float((rates * totals)[:, 20:25].sum())
    middle = rate("employment_rate_20_64") * float(totals[:, 20:65].sum()) - twenties
    old = published("employed_15_74") * scale - young - middle
    return [
        (slice(15, 25), young),
        (slice(25, 65), middle),
        (slice(65, 75), max(old, 0.0)),
        (slice(75, AGES), published("employed_75_89") * scale),
    ]


def _employment(
    draw: Draw, people: People, health: Health, education: Ints, has_infant: Bools, advantage: Floats
) -> Bools:
    """As many employed persons in each age group as published; who they are depends on health, family and household."""
    rates = employment_rates(persons_by_age(people.calendar))
    band = np.minimum(people.age // 5, 17) * 2 + people.sex
    expected = np.bincount(band, rates[people.sex, np.minimum(people.age, AGES - 1)], minlength=36)
    quota = np.array([draw.count(number) for number in expected], dtype=np.int64)
    factor = assumed_groups("employment_weight")
    weight = np.array([1.0, factor["group 1"], factor["group 2"], factor["group 3"]])[health.group]
    weight *= np.where(people.age >= _WORKING_AGE_END, np.where(health.group > 0, factor["disabled senior"], 1.0), 1.0)
    weight *= np.where(education > NO_EDUCATION, factor["student"], 1.0)
    weight *= np.where(has_infant & ~people.is_man, factor["mother of an infant"], 1.0)
    weight *= np.exp(assumed("advantage_in_employment") * advantage)
    weight[people.is_inside | (people.age < 15)] = 0.0
    return draw.choose_by_group(band, weight, quota)


def _unemployment(
    draw: Draw, people: People, health: Health, education: Ints, is_excluded: Bools, advantage: Floats
) -> tuple[Ints, Bools]:
    """The registered unemployed: since when, and who of them draws the benefit."""
    may = (people.age >= _ADULT) & (people.age < _WORKING_AGE_END - 1) & (education == NO_EDUCATION)
    may &= ~is_excluded & ~people.is_inside & (health.group != 1)
    weight = may * np.where(health.group > 0, assumed("unemployed_disabled"), 1.0)
    weight *= np.exp(-assumed("advantage_in_unemployment") * advantage)
    number = draw.count(people.expected(per_person("registered_unemployed")))
    chosen = draw.choose(np.arange(len(people)), number, weight)
    short, long = rate("share_unemployed_up_to_5_months"), rate("share_long_term_unemployed")
    length = draw.category([short, max(1 - short - long, 0.0), long], len(chosen))
    start, end = np.array([0, 5, 12])[length], np.array([5, 12, int(assumed("longest_unemployment_months"))])[length]
    months = start + draw.uniform(len(chosen)) * (end - start)
    since = np.zeros(len(people), dtype=np.int64)
    since[chosen] = people.calendar.first_day - np.floor(months * 30.4).astype(np.int64)
    share = published("unemployment_benefit_recipients") / published("registered_unemployed_2024")
    recent = -months + assumed("unemployment_benefit_blur") * draw.normal(len(chosen))
    has_benefit = np.zeros(len(people), dtype=np.bool_)
    has_benefit[chosen[np.argsort(-recent, kind="stable")[: draw.count(share * len(chosen))]]] = True
    return since, has_benefit
