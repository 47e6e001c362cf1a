"""Live figures in the language of a page: values, periods, tables. All of it is made of points, which are protected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from balsts.figures.current import book
from balsts.portal.statistics.words import figure_text
from balsts.statistics.definitions.declared import Definition
from balsts.statistics.definitions.indicators import FAMILIES
from balsts.statistics.live import LivePoint, mean_of_months
from balsts.statistics.parts import PARTS, SPLITS, of_words, part_words

WHOLE = ("", "")
_YEAR = len("2026")


def value_text(value: Decimal | None, lang: str) -> str:
    """A value with its thousands apart, as the language writes it; empty where it is suppressed."""
    return "" if value is None else figure_text(f"{value:f}", lang)


@dataclass(frozen=True)
class Line:
    """A line of a table: what it is about, its value in words; suppressed ones have none."""

    name: str
    text: str
    is_suppressed: bool


@dataclass(frozen=True)
class Table:
    """A table of parts of one split."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Beside:
    """A published figure beside the live one: its document's text, the mean of the live months, what differs."""

    name: str
    period: str
    text: str
    live: str
    note: str


def months_of(points: Iterable[LivePoint]) -> list[LivePoint]:
    """The wholes of months, in order."""
    return sorted((one for one in points if one.part == WHOLE and len(one.period) > _YEAR), key=lambda one: one.period)


def years_of(points: Iterable[LivePoint]) -> list[LivePoint]:
    """The wholes of years, in order."""
    return sorted((one for one in points if one.part == WHOLE and len(one.period) == _YEAR), key=lambda one: one.period)


def lines(points: Iterable[LivePoint], lang: str) -> list[Line]:
    """A line for each period."""
    return [Line(one.period, value_text(one.value, lang), one.is_suppressed) for one in points]


def tables(indicator: Definition, points: Sequence[LivePoint], period: str, lang: str) -> list[Table]:
    """A table for each split of a period that has parts."""
    found = []
    for split in FAMILIES[indicator.family].splits:
        parts = {one.part[1]: one for one in points if one.period == period and one.part[0] == split.code}
        order = [*(code for code in PARTS[split.code] if code in parts),
                 *sorted((code for code in parts if code not in PARTS[split.code]),
                         key=lambda code: part_words(split.code, code, lang))]  # fmt: skip
        if order:
            shown = [Line(part_words(split.code, code, lang), value_text(parts[code].value, lang),
                          parts[code].is_suppressed) for code in order]  # fmt: skip
            found.append(Table(SPLITS[split.code].in_(lang), tuple(shown)))
    return found


def beside(indicator: Definition, of: str, points: Sequence[LivePoint], lang: str) -> Beside | None:
    """The published figure that is declared to be shown beside a live one."""
    match = next((one for one in indicator.outside if one.of == of), None)
    figure = book().figure(match.figure) if match else None
    if match is None or figure is None:
        return None
    mean = mean_of_months([one for one in points if one.part == WHOLE])
    name = figure.row.get("indicator_name") or figure.heading(lang)
    return Beside(name, figure.row.period, figure.text, value_text(mean, lang), match.note.in_(lang))


def titled(indicator: Definition, ofs: Iterable[str], lang: str) -> list[tuple[str, str]]:
    """What an indicator is counted of, by titles."""
    what = FAMILIES[indicator.family].of
    return sorted(((of, of_words(what, of, lang)) for of in ofs), key=lambda one: one[1])
