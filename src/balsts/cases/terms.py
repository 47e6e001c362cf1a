"""Terms of procedure: the last day of so many days, working days or months (Administratīvā procesa likums)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import holidays

from balsts.cases.types.declaration import Term

_MONTHS = 12


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("LV", years=year))


def is_working_day(day: date) -> bool:
    """Monday to Friday, and no public holiday of Latvia."""
    return day.weekday() < 5 and day not in _holidays(day.year)


def last_day(term: Term, from_day: date) -> date:
    """The last day of a term that runs from the day after something happened.

    A term of days or months that would end on a day off ends on the next working day. Unverified: that rule of the
    Administrative Procedure Law is not read in the act yet.
    """
    if term.unit == "working_days":
        return plus_working_days(from_day, term.count)
    found = from_day + timedelta(days=term.count) if term.unit == "days" else _plus_months(from_day, term.count)
    while not is_working_day(found):
        found += timedelta(days=1)
    return found


def plus_working_days(day: date, count: int) -> date:
    """The day so many working days later."""
    left = count
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day)
    return day


def day_after_years(day: date, years: int) -> date:
    """The first day after so many years: the same day of the last year still belongs to them."""
    return _plus_months(day, years * _MONTHS) + timedelta(days=1)


def _plus_months(day: date, count: int) -> date:
    """The same day so many months later, or the last of that month where it has no such day."""
    years, month = divmod(day.month - 1 + count, _MONTHS)
    first = date(day.year + years, month + 1, 1)
    following = date(first.year + first.month // _MONTHS, first.month % _MONTHS + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))
