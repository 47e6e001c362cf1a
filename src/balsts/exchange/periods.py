"""Days: half-open periods, and the pieces into which spells cut a window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

DayOrOpen = date | None
Value = TypeVar("Value")


@dataclass(frozen=True)
class Period:
    """From `since` to the day before `until`; open-ended where `until` is None.

    Raises:
        ValueError: the period ends before it has begun.
    """

    since: date
    until: DayOrOpen

    def __post_init__(self) -> None:
        if self.until is not None and self.until <= self.since:
            raise ValueError(f"A period from {self.since} must end after that day, not on {self.until}.")

    def within(self, window: Period) -> Period | None:
        """The part of the period inside a window, or None."""
        since = max(self.since, window.since)
        until = earlier(self.until, window.until)
        return None if until is not None and until <= since else Period(since, until)


@dataclass(frozen=True)
class Piece(Generic[Value]):
    """A part of a window, and every different value that spells give it (none, one, or several that disagree)."""

    period: Period
    values: tuple[Value, ...]


def earlier(one: DayOrOpen, other: DayOrOpen) -> DayOrOpen:
    """The earlier of two ends."""
    if one is None or other is None:
        return other if one is None else one
    return min(one, other)


def pieces(window: Period, spells: Iterable[tuple[Period, Value]]) -> Iterator[Piece[Value]]:
    """The window cut into as few pieces as hold the same values throughout; together they are exactly the window."""
    inside = [(part, value) for period, value in spells if (part := period.within(window)) is not None]
    cuts = {window.since} | {part.since for part, _ in inside} | {part.until for part, _ in inside if part.until}
    starts = sorted(cut for cut in cuts if window.until is None or cut < window.until)
    waiting: Piece[Value] | None = None
    for since, until in zip(starts, [*starts[1:], window.until], strict=True):
        values = _values_on(since, inside)
        if waiting is not None and waiting.values == values:
            waiting = Piece(Period(waiting.period.since, until), values)
            continue
        if waiting is not None:
            yield waiting
        waiting = Piece(Period(since, until), values)
    if waiting is not None:
        yield waiting


def _values_on(day: date, spells: list[tuple[Period, Value]]) -> tuple[Value, ...]:
    found: list[Value] = []
    for period, value in spells:
        if period.since <= day and (period.until is None or day < period.until) and value not in found:
            found.append(value)
    return tuple(found)


def month_of(text: str) -> Period:
    """The days of a month written YYYY-MM.

    Raises:
        ValueError: it is not a month.
    """
    first = date.fromisoformat(f"{text}-01")
    return Period(first, next_month(first))


def next_month(day: date) -> date:
    """The first day of the month after a day."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def months_back(day: date, months: int) -> date:
    """The first day of the month that stands a number of months before the month of a day."""
    count = day.year * 12 + day.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)
