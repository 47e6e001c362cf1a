"""Shapes that many registers share when a record is read as facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from balsts.exchange.contract import FactStatus, Finding, Value
from balsts.exchange.periods import Period, month_of, next_month, pieces
from balsts.exchange.texts import DISAGREES_WITH_ITSELF, NOT_REPORTED_YET, NOT_STATED, Text


def always(name: str, value: Value, window: Period) -> Finding:
    """A value that holds whenever it is asked about; None says that there is none, and that this is known."""
    return Finding(name, window, value)


def unstated(name: str, window: Period, reason: Text = NOT_STATED) -> Finding:
    """A fact that the record could hold and does not."""
    return Finding(name, window, None, FactStatus.MISSING, reason=reason)


def from_spells(
    name: str, spells: Iterable[tuple[Period, Value]], otherwise: Value, window: Period
) -> Iterator[Finding]:
    """A value during each spell, and another one, derived from there being no spell, outside them.

    Spells that overlap with different values contradict each other: the piece has no value.
    """
    for piece in pieces(window, spells):
        if not piece.values:
            yield Finding(name, piece.period, otherwise, is_derived=True)
        elif len(piece.values) == 1:
            yield Finding(name, piece.period, piece.values[0])
        else:
            yield Finding(name, piece.period, None, FactStatus.CONTRADICTORY, reason=DISAGREES_WITH_ITSELF)


def by_month(
    name: str, amounts_cents: dict[str, int], complete_to: str, window: Period, *, is_derived: bool = False
) -> Iterator[Finding]:
    """A sum a month, in cents: zero only where the month is reported in full and the register names no sum.

    Args:
        name: the fact.
        amounts_cents: cents by month (YYYY-MM).
        complete_to: the last month (YYYY-MM) that everybody has reported on.
        window: the days asked about.
        is_derived: whether the sums are worked out from the record.
    """
    reported = month_of(complete_to).until
    day = window.since.replace(day=1)
    while reported is not None and day < reported and (window.until is None or day < window.until):
        part = Period(day, next_month(day)).within(window)
        if part is not None:
            cents = amounts_cents.get(f"{day:%Y-%m}")
            yield Finding(name, part, cents or 0, is_derived=is_derived or cents is None)
        day = next_month(day)
    if window.until is None or day < window.until:
        yield unstated(name, Period(max(day, window.since), window.until), NOT_REPORTED_YET)
