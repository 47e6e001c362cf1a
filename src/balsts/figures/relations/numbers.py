"""What a printed number allows: the span that its digits leave open, and its unit against others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from balsts.figures.datasets import DATASETS, OF_ROW
from balsts.figures.rows import Figure

_ROUNDED = re.compile(r"%|eur|milj|million|thousand|tūkst|procentpunkt|reizes|slodz|gadi|MWh", re.IGNORECASE)
_AVERAGE = re.compile(r"\bvid\.|\bvidēji\b|\bvidējais\b", re.IGNORECASE)
"""Units of what is rounded when it is printed whole, and the words for an average. All else whole is counted."""
_SET_BY_LAW = ("amounts", "benefit-reforms")
"""Tables of amounts that acts set: 298 euros a month are 298.00."""
_TIMES = (("milj", 6), ("million", 6), ("tūkst", 3), ("thousand", 3))
_NAMES = ("unit", "indicator_name", "indicator", "group", "item", "metric")


@dataclass(frozen=True)
class Span:
    """The numbers that a printed one may stand for, ends included; both ends are one where it is exact."""

    low: Decimal
    high: Decimal

    def plus(self, other: Span) -> Span:
        """The sum."""
        return Span(self.low + other.low, self.high + other.high)

    def times(self, factor: Decimal) -> Span:
        """A multiple, the ends in order."""
        ends = (self.low * factor, self.high * factor)
        return Span(min(ends), max(ends))

    def over(self, other: Span) -> Span:
        """The quotient. The divisor must not reach zero."""
        ends = [one / two for one in (self.low, self.high) for two in (other.low, other.high)]
        return Span(min(ends), max(ends))

    def meets(self, other: Span) -> bool:
        """Whether both may stand for one number. Two rounded ones that only touch were rounded to different digits."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return low < high or (low == high and (self.low == self.high or other.low == other.high))


def places(figure: Figure) -> int:
    """How many decimals it is printed with."""
    return len(figure.text.partition(".")[2])


def is_exact(figure: Figure) -> bool:
    """Whether it is what it says: a number of persons or things, or an amount, age or share that a law sets.

    All else was rounded when it was printed: money that was spent or planned, percentages, averages, multiples.
    """
    row = figure.row
    if row.dataset in _SET_BY_LAW and "milj" not in figure.unit:
        return True
    if places(figure) or _is_rounded(figure.unit):
        return False
    return DATASETS[row.dataset].units[figure.column] != OF_ROW or not any(_is_average(row.get(one)) for one in _NAMES)


@cache
def _is_rounded(unit: str) -> bool:
    return _ROUNDED.search(unit) is not None


@cache
def _is_average(name: str) -> bool:
    return _AVERAGE.search(name) is not None


def span(figure: Figure, *, is_rounded: bool = False) -> Span:
    """What it may stand for: half a unit of its last printed place to both sides, nothing more where it is exact."""
    if is_exact(figure) and not is_rounded:
        return Span(figure.value, figure.value)
    half = Decimal(1).scaleb(-places(figure)) / 2
    return Span(figure.value - half, figure.value + half)


def scale(figure: Figure) -> Decimal:
    """By what it must be multiplied to stand in single units: a million where it is printed in millions."""
    return next((Decimal(1).scaleb(power) for word, power in _TIMES if word in figure.unit), Decimal(1))


def shown(value: Decimal, printed: Figure, least: int = 0) -> Decimal:
    """A computed value with the decimals of the printed one, and more only where it would look the same."""
    for more in range(7):
        digits = min(max(places(printed), least) + more, 6)
        rounded = value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        if rounded != printed.value or value == printed.value:
            return rounded
    return rounded
