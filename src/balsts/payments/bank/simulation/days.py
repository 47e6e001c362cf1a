"""Banking days: those on which banks of the euro area settle with each other."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import holidays

_SATURDAY = 5


def later(day: date, banking_days: int) -> date:
    """The day so many banking days after another; with none, the day itself."""
    for _ in range(banking_days):
        day = banking_day(day + timedelta(days=1))
    return day


def banking_day(day: date) -> date:
    """The day itself, or the next one on which banks are open."""
    while day.weekday() >= _SATURDAY or day in _closed(day.year):
        day += timedelta(days=1)
    return day


@cache
def _closed(year: int) -> frozenset[date]:
    return frozenset(holidays.financial_holidays("ECB", years=year))
