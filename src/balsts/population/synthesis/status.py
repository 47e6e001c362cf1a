"""Residence, care dates, guarantees after care, and other facts of few persons."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from balsts.population.synthesis.draw import Draw
from balsts.population.synthesis.facts import (
    AGES,
    Bools,
    Floats,
    Ints,
    assumed,
    assumed_by_age,
    death_rates,
    per_person,
    published,
)
from balsts.population.synthesis.people import People
from balsts.population.synthesis.work import NO_EDUCATION, Work

RESIDENT_STATUS = ("citizen", "permanent", "temporary", "refugee", "alternative", "ukraine_civilian")
_REFUGEE, _ALTERNATIVE, _UKRAINE = 3, 4, 5
_ADULT = 18
_GUARANTEES_UNTIL = 24


@dataclass(frozen=True)
class Status:
    """Days are since 1970, 0 for none; `resident_status` is a position in RESIDENT_STATUS."""

    resident_status: Ints
    months_since_application: Ints
    is_emergency_guardian: Bools
    care_granted_on: Ints
    adopted_on: Ints
    is_orphan_after_care: Bools
    is_chernobyl_participant: Bools
    died: Ints
    applies_as_student: Bools


def draw_status(draw: Draw, people: People, work: Work, has_pension: Bools) -> Status:
    """The remaining facts of persons."""
    guardian = people.relations["guardian"]
    emergency = np.zeros(len(people), dtype=np.bool_)
    emergency[guardian[people.is_emergency_ward]] = True
    care, adopted = _care_dates(draw, people)
    residence = _residence(draw, people, emergency, has_pension)
    return Status(
        residence,
        _months_since_application(draw, people, residence == _UKRAINE),
        emergency,
        care,
        adopted,
        _orphans(draw, people),
        _chernobyl(draw, people),
        _deaths(draw, people),
        (work.education > NO_EDUCATION) & (people.age >= 16) & (people.age < 20),
    )


def _residence(draw: Draw, people: People, emergency: Bools, has_pension: Bools) -> Ints:
    """Ukrainian civilians in whole households; the few refugees live alone."""
    settled = (people.is_inside | has_pension | (people.age >= 65)).astype(np.int64)
    for name in ("guardian", "foster_parent_1", "adoptive_parent_1", "preadoption_carer"):
        settled |= (people.relations[name] >= 0) & ~people.is_emergency_ward
    hosts = people.total(emergency) > 0
    minors = people.total(people.age < _ADULT)
    women = people.total(~people.is_man & (people.age >= _ADULT))
    weight = np.where((minors > 0) & (women > 0), assumed("ukrainian_households_with_minors"), 1.0)
    weight *= (people.total(settled) == 0) & (people.size <= assumed("ukrainian_household_size"))
    key = draw.generator.standard_exponential(len(people.size)) / np.maximum(weight, 1e-300)
    key[hosts] = 0.0
    target = people.expected(per_person("ukrainian_civilians")) if people.calendar.has_ukrainian_civilians else 0.0
    chosen = first_households(draw, people, key, (weight > 0) | hosts, target)
    status = np.where(chosen[people.household], _UKRAINE, 0)
    single = (people.size[people.household] == 1) & (status == 0) & ~people.is_inside & ~has_pension
    refugees = draw.choose(
        np.flatnonzero(single & (people.age <= assumed("refugees_until"))),
        draw.count(people.expected(per_person("refugee_benefit"))),
    )
    status[refugees] = np.where(
        draw.happens(len(refugees), assumed("refugees_with_full_status")), _REFUGEE, _ALTERNATIVE
    )
    return status.astype(np.int64)


def _months_since_application(draw: Draw, people: People, is_ukrainian: Bools) -> Ints:
    """Months since a Ukrainian household first asked for help, -1 for others; few came in the last three months."""
    since = int(assumed("ukrainian_civilians_since"))
    longest = (people.calendar.year - since // 100) * 12 + people.calendar.month - since % 100
    recent = published("immigrants_from_ukraine") / 4 / published("ukrainian_civilians")
    is_new = draw.happens(len(people.size), recent if longest > 2 else 1.0)
    first, last = np.where(is_new, 0, 3), np.where(is_new, min(max(longest, 0), 2), max(longest, 3))
    months = first + np.floor(draw.uniform(len(people.size)) * (last - first + 1)).astype(np.int64)
    return np.where(is_ukrainian, months[people.household], -1)


def first_households(draw: Draw, people: People, key: Floats, may: Bools, persons: float) -> Bools:
    """The households with the smallest keys, as many as hold the number of persons asked for."""
    order = np.argsort(np.where(may, key, np.inf), kind="stable")
    held = np.cumsum(people.size[order])
    taken = np.zeros(len(order), dtype=np.bool_)
    taken[order] = held - people.size[order] / 2 < draw.count(persons)
    return taken & may


def _care_dates(draw: Draw, people: People) -> tuple[Ints, Ints]:
    """When children were placed and adopted: some day of their life; carers before adoption took them in lately."""
    calendar = people.calendar
    care = np.zeros(len(people), dtype=np.int64)
    adopted = np.zeros(len(people), dtype=np.int64)
    for names, dates, months in (
        (("guardian", "foster_parent_1"), care, 12 * _ADULT),
        (("preadoption_carer",), care, int(assumed("months_before_adoption"))),
        (("adoptive_parent_1",), adopted, 12 * _ADULT),
    ):
        child = np.flatnonzero(np.any([people.relations[name] >= 0 for name in names], axis=0))
        earliest = np.maximum(people.born[child], calendar.months_before_end(months + 1))
        span = calendar.first_day - earliest
        dates[child] = earliest + np.floor(draw.uniform(len(child)) * np.maximum(span, 1)).astype(np.int64)
    children = np.flatnonzero(adopted > 0)
    number = draw.count(people.expected(per_person("adoptions_a_month")))
    fresh = draw.choose(children, number, (people.born[children] < calendar.first_day).astype(np.float64))
    adopted[fresh] = calendar.first_day + draw.category([1.0] * 28, len(fresh))
    return care, adopted


def _orphans(draw: Draw, people: People) -> Bools:
    """Young adults who left out-of-family care at 18: without a parent at home, as many as hold a certificate."""
    may = (people.age >= _ADULT) & (people.age < _GUARANTEES_UNTIL) & (people.relations["parent_1"] < 0)
    may &= (people.relations["partner"] < 0) & ~people.is_inside
    candidates = np.flatnonzero(may)
    number = draw.count(people.expected(per_person("orphan_certificates")))
    quota = draw.allocate(np.ones(_GUARANTEES_UNTIL - _ADULT), number)  # every year about as many leave care
    chosen = draw.choose_by_group(people.age[candidates] - _ADULT, np.ones(len(candidates)), quota)
    orphans = np.zeros(len(people), dtype=np.bool_)
    orphans[candidates[chosen]] = True
    return orphans


def _chernobyl(draw: Draw, people: People) -> Bools:
    """Participants in the clean-up and families of the dead, by the published number of men and women."""
    participant = np.zeros(len(people), dtype=np.bool_)
    women = published("chernobyl_women") / published("chernobyl_participants")
    for is_man, share in ((False, women), (True, 1 - women)):
        weight = assumed_by_age("chernobyl_participant")[people.age] * (people.is_man == is_man) * ~people.is_prisoner
        number = draw.count(people.expected(per_person("chernobyl_participants") * share))
        participant[draw.choose(np.arange(len(people)), number, weight)] = True
    return participant


def _deaths(draw: Draw, people: People) -> Ints:
    """Deaths in the month, by age and sex; not of those who raise a minor, whose children would be left alone."""
    rates = death_rates()[people.sex, np.minimum(people.age, AGES - 1)]
    minor = people.age < _ADULT
    weight = np.where(people.raises(minor) | minor, 0.0, rates)
    number = draw.count(people.expected(per_person("deaths_2024") / 12))
    dead = draw.choose(np.arange(len(people)), number, weight)
    died = np.zeros(len(people), dtype=np.int64)
    days = people.calendar.end - people.calendar.first_day
    died[dead] = people.calendar.first_day + np.floor(draw.uniform(len(dead)) * days).astype(np.int64)
    return died
