"""Two periods of a series beside each other, with exact differences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from balsts.figures.rows import Row
from balsts.portal.statistics.shown import heading_of, signed
from balsts.portal.statistics.words import Said, figure_text, period_words, unit_words


@dataclass(frozen=True)
class Difference:
    """One figure in two periods; the change in percent is ours, rounded to a tenth, and missing from nothing."""

    heading: str
    unit: Said
    first: str
    second: str
    difference: str
    percent: str


@dataclass(frozen=True)
class Comparison:
    """Two periods with the figures that both have."""

    first: str
    second: str
    differences: tuple[Difference, ...]


def compared(rows: Sequence[Row], first: str, second: str, lang: str) -> Comparison | None:
    """Two periods of a series; None where it does not have both."""
    by_period = {row.period: row for row in rows}
    one, other = by_period.get(first), by_period.get(second)
    if one is None or other is None or one is other:
        return None
    both = [column for column in one.table.units if column in one.values and column in other.values]
    return Comparison(period_words(first), period_words(second),
                      tuple(_difference(one, other, column, lang) for column in both))  # fmt: skip


def _difference(one: Row, other: Row, column: str, lang: str) -> Difference:
    change = other.values[column] - one.values[column]
    percent = "" if other.unit(column) == "%" else _percent(change, one.values[column], lang)
    return Difference(heading_of(column, lang), unit_words(other.unit(column), lang), figure_text(one[column], lang),
                      figure_text(other[column], lang), signed(change, lang), percent)  # fmt: skip


def _percent(change: Decimal, base: Decimal, lang: str) -> str:
    """A change in percent of where it began; nothing where that was nothing or below it."""
    if base <= 0:
        return ""
    share = (100 * change / base).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{signed(share, lang)} %" if lang == "lv" else f"{signed(share, lang)}%"


def periods_of(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """The periods of a series, as they are sent and in words."""
    return [(one, period_words(one)) for one in dict.fromkeys(row.period for row in rows)]
