"""Figures picked out of rows, brought to one unit of money, and compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

from balsts.figures.rows import Figure, Row

_Key = TypeVar("_Key")
_One = TypeVar("_One")
_EUROS = {"EUR": 1, "euro": 1, "thousand EUR": 1_000, "million EUR": 1_000_000}


def figure(row: Row | None, column: str) -> Figure | None:
    """The figure of a column, or None where the row or the figure is not there."""
    return Figure(row, column) if row is not None and column in row.values else None


def euros(one: Figure) -> Decimal:
    """An amount in euros, whatever unit it was printed in.

    Raises:
        KeyError: it is no amount of money.
    """
    return one.value * _EUROS[one.unit]


def rounded(value: Decimal, places: int = 1) -> Decimal:
    """A number to so many places, half away from zero, as the documents round."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def percent(part: Decimal, whole: Decimal) -> Decimal | None:
    """A part in percent of the whole, to one place; None of nothing."""
    return rounded(part * 100 / whole) if whole else None


def latest(rows: Iterable[Row]) -> int | None:
    """The last year that rows are about."""
    return max((one.year for one in rows if one.year is not None), default=None)


def grouped(several: Iterable[_One], key: Callable[[_One], _Key]) -> dict[_Key, list[_One]]:
    """Things by a key, keys in the order of the first that has them."""
    found: dict[_Key, list[_One]] = {}
    for one in several:
        found.setdefault(key(one), []).append(one)
    return found
