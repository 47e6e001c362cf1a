"""The day on which a run pays: a working day of Latvia."""

from __future__ import annotations

from datetime import date, timedelta

from balsts.cases.terms import is_working_day

DAY_OF_MONTH = 15
"""On which day of the month a payer pays where it names none. Open question: no act that was read names a day."""


def working_day_before(day: date) -> date:
    """The day itself, or the last working day before it.

    Unverified: that a payment day on a day off moves before it, not after, is not read in an act yet; so money is never
    late.
    """
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def payment_day(month: date, day: date | None = None) -> date:
    """The payment day of a month: the day named, or the usual one, moved to a working day."""
    return working_day_before(day or month.replace(day=DAY_OF_MONTH))
