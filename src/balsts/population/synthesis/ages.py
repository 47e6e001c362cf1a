"""Ages, sexes and dates of birth, exactly in the published proportions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from balsts.population.synthesis.calendar import Calendar
from balsts.population.synthesis.draft import Draft
from balsts.population.synthesis.draw import Draw
from balsts.population.synthesis.facts import AGES, Bools, Floats, Ints, population_by_age, published, rate

_FIRST_BIRTH_YEAR = 2021
_LAST_AGE_YEAR = 2025
_COUNTED_BIRTHS_AGES = 5


@dataclass(frozen=True)
class Cells:
    """Groups of one sex born in one period, with the persons there are in the country."""

    start: Ints
    days: Ints
    is_man: Bools
    persons: Floats


def draw_persons(draw: Draw, calendar: Calendar, persons: int) -> Draft:
    """Exactly `persons` persons; a single person is an adult, as a child lives with somebody."""
    cells = _cells(calendar)
    weights = cells.persons
    if persons == 1:
        weights = np.where(cells.start < calendar.birthdays[19], weights, 0.0)
    counts = draw.allocate(weights, persons)
    cell = draw.shuffled(np.repeat(np.arange(len(counts)), counts))
    born = cells.start[cell] + np.floor(draw.uniform(persons) * cells.days[cell]).astype(np.int64)
    return Draft(calendar, cells.is_man[cell], born, calendar.age(born))


def make_adult(draw: Draw, draft: Draft, persons: Ints) -> None:
    """Draw these persons anew among adults of working age."""
    weights = population_by_age(_LAST_AGE_YEAR).sum(axis=0)
    weights = np.where((np.arange(AGES) >= 18) & (np.arange(AGES) < 65), weights, 0.0)
    age = draw.category(weights, len(persons))
    oldest, youngest = draft.calendar.birthdays[age + 1], draft.calendar.birthdays[age]
    draft.move_birth(persons, oldest + np.floor(draw.uniform(len(persons)) * (youngest - oldest)).astype(np.int64))


def persons_by_age(calendar: Calendar) -> Floats:
    """Persons of the country by sex (0 women, 1 men) and age in the month, shape (2, 106)."""
    cells = _cells(calendar)
    age = np.minimum(calendar.age(cells.start), AGES - 1)
    totals = np.zeros((2, AGES))
    np.add.at(totals, (cells.is_man.astype(np.int64), age), cells.persons)
    return totals


def _cells(calendar: Calendar) -> Cells:
    """Months of birth where the births are counted, years of birth otherwise."""
    young = _counted_births(calendar)
    by_age = _scaled_ages(calendar, young)
    starts, ends, men, persons = [], [], [], []
    for month, births in young:
        for is_man, share in ((False, 1 - _share_of_boys()), (True, _share_of_boys())):
            starts.append(calendar.months_before_end(month + 1))
            ends.append(calendar.months_before_end(month))
            men.append(is_man)
            persons.append(births * share)
    first_age = _COUNTED_BIRTHS_AGES if young else 0
    for age in range(first_age, 101):
        for sex in (0, 1):
            starts.append(int(calendar.birthdays[age + 1 if age < 100 else 105]))
            ends.append(int(calendar.birthdays[age]))
            men.append(sex == 1)
            persons.append(float(by_age[sex, age]))
    start = np.array(starts, dtype=np.int64)
    return Cells(start, np.array(ends, dtype=np.int64) - start, np.array(men, dtype=np.bool_), np.array(persons))


def _share_of_boys() -> float:
    return published("births_2025_jan_oct_boys") / published("births_2025_jan_oct")


def _counted_births(calendar: Calendar) -> list[tuple[int, float]]:
    """Months before the end of the month asked, with births; empty where the counts do not reach back five years."""
    if calendar.months_before_end(12 * _COUNTED_BIRTHS_AGES) < np.datetime64(f"{_FIRST_BIRTH_YEAR}-01-01").astype(int):
        return []
    births = []
    for month in range(12 * _COUNTED_BIRTHS_AGES):
        year = (calendar.year * 12 + calendar.month - 1 - month) // 12
        counted = published(f"births_{year}") / 12 if year < _LAST_AGE_YEAR else published("births_2025_jan_oct") / 10
        births.append((month, counted))
    return births


def _scaled_ages(calendar: Calendar, young: list[tuple[int, float]]) -> Floats:
    """Persons by sex and age; from 2025 in the broad shares that were published for that year."""
    year = min(calendar.year, _LAST_AGE_YEAR)
    by_age = population_by_age(year).copy()
    if year < _LAST_AGE_YEAR:
        return by_age
    total = published("population")
    children = total * rate("share_aged_0_14") - sum(births for _, births in young)
    first = _COUNTED_BIRTHS_AGES if young else 0
    for ages, persons in (
        (slice(first, 15), children),
        (slice(15, 65), total * rate("share_aged_15_64")),
        (slice(65, AGES), total * rate("share_aged_65_plus")),
    ):
        by_age[:, ages] *= persons / by_age[:, ages].sum()
    return by_age
