"""A report of a municipality's own year, out of live figures: counted from its cases and payments, already disclosed.

Which figures there are, and who may be shown what, is not decided here: `LiveFigures` hands over what may be shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, Protocol

from balsts.documents.letter import Language
from balsts.law.engine.errors import InputError
from balsts.statistics.report import form
from balsts.statistics.report.bench import Bench, grouped
from balsts.statistics.report.institutions import title
from balsts.statistics.report.numbers import plain, shown
from balsts.statistics.report.whole import numbered

Part = Literal["applications", "decisions", "support", "appeals", "overpayments", "providers"]
_HEADINGS: dict[Part, tuple[str, str]] = {
    "applications": ("Iesniegumi", "Applications"),
    "decisions": ("Lēmumi un to termiņi", "Decisions and their terms"),
    "support": ("Atbalsta saņēmēji un summas", "Recipients of support and amounts"),
    "appeals": ("Apstrīdēšana", "Appeals"),
    "overpayments": ("Pārmaksas", "Overpayments"),
    "providers": ("Sociālo pakalpojumu sniedzēji", "Providers of social services"),
}
"""Chapters, in their order."""
_MOST_BARS = 20


@dataclass(frozen=True)
class LiveIndicator:
    """A live indicator: what it is called, what it counts, by which definition.

    Attributes:
        part: the chapter it stands in.
        definition: the code and version of its definition; `says`: what that version says is counted.
        address: the page of its definition in the portal.
    """

    code: str
    lv: str
    en: str
    unit_lv: str
    unit_en: str
    part: Part
    definition_lv: str
    definition_en: str
    says_lv: str
    says_en: str
    address: str


class LivePoint(Protocol):
    """A live figure as anybody may see it, as `statistics.live` hands it over."""

    @property
    def indicator(self) -> str:
        """The code of its indicator."""

    @property
    def period(self) -> str:
        """A year (2026) or a month (2026-03)."""

    @property
    def dimensions(self) -> tuple[tuple[str, str], ...]:
        """What it is a part of: names of dimensions with codes of their values; none for the whole."""

    @property
    def value(self) -> Decimal | None:
        """The number, rounded as disclosure control rounds it; None where it is suppressed."""

    @property
    def is_suppressed(self) -> bool:
        """Whether it is kept back."""


class LiveFigures(Protocol):
    """Where live figures come from."""

    def name(self, municipality: str, lang: Language) -> str | None:
        """What a municipality is called; None for a code that is none."""

    def years(self, municipality: str) -> Sequence[int]:
        """The years of which there are figures of it."""

    def indicators(self) -> Sequence[LiveIndicator]:
        """All indicators, in the order in which they are told."""

    def points(self, municipality: str, year: int) -> Iterable[LivePoint]:
        """Its figures of a year and of the months of it."""

    def dimension(self, name: str, lang: Language) -> str:
        """What a dimension is called, for the head of a column."""

    def word(self, name: str, value: str, lang: Language) -> str:
        """What a value of a dimension is called."""


def live_report(figures: LiveFigures, municipality: str, year: int, lang: Language) -> form.Report:
    """The report of a municipality and a year, out of its live figures.

    Raises:
        InputError: there is no such municipality, or nothing was counted of that year; it lists the years there are.
    """
    name = figures.name(municipality, lang)
    if name is None:
        raise InputError(f"{municipality}: no municipality has this code; expected one of ATVK, such as 0001000.")
    years = figures.years(municipality)
    if year not in years:
        told = f"figures were counted of {', '.join(map(str, years))}" if years else "nothing was counted of it yet"
        raise InputError(f"{municipality} {year}: no live figures of that year; {told}.")
    bench = Bench(year, lang)
    points = list(figures.points(municipality, year))
    chapters = [one for one in (_chapter(bench, figures, points, part) for part in _HEADINGS) if one is not None]
    used = {point.indicator for point in points}
    bench.documents = {_definition(one, lang): f"{_named(one, lang)}. {bench.say(one.says_lv, one.says_en)}"
                       for one in figures.indicators() if one.code in used}  # fmt: skip
    return form.Report(
        lang,
        municipality,
        year,
        name,
        title(year, lang),
        _colophon(bench),
        tuple(numbered(one, number) for number, one in enumerate(chapters, 1)),
        tuple(bench.sources),
        (),
        tuple(bench.documents.items()),
    )


def _colophon(bench: Bench) -> tuple[str, ...]:
    return (
        bench.say("Saskaitīts no lietām un maksājumiem pēc definīcijām, kas pierakstītas kā kods.",
                  "Counted from cases and payments by definitions kept as code."),
        bench.say("Skaitļi noapaļoti; ja aiz skaitļa ir tikai daži cilvēki, tā vietā ir vārdi «nav publicējams».",
                  "Numbers are rounded; where only a few people are behind a number, “not shown” stands in its place."),
        bench.say("Katra skaitļa definīcija ir pielikumā «Skaitļu avoti».",
                  "The definition of each number is in the appendix “Sources of figures”."),
    )  # fmt: skip


def _chapter(bench: Bench, figures: LiveFigures, points: Sequence[LivePoint], part: Part) -> form.Chapter | None:
    sections = []
    for indicator in (one for one in figures.indicators() if one.part == part):
        own = [point for point in points if point.indicator == indicator.code]
        if own:
            sections.append(form.Section(_named(indicator, bench.lang), tuple(_blocks(bench, figures, indicator, own))))
    return form.Chapter(bench.say(*_HEADINGS[part]), (), tuple(sections)) if sections else None


def _blocks(
    bench: Bench, figures: LiveFigures, indicator: LiveIndicator, points: Sequence[LivePoint]
) -> list[form.Block]:
    """The year as a whole in a sentence; then a table for each way in which it is split, and one of months."""
    whole = [point for point in points if point.period == str(bench.year) and not point.dimensions]
    found: list[form.Block] = [
        bench.paragraph(f"{_named(indicator, bench.lang)}: ", _shown(bench, figures, indicator, one), ".")
        for one in whole
    ]
    rest = [point for point in points if point not in whole and not _is_in_the_year(bench, point, points)]
    for _, some in grouped(rest, lambda one: f"{len(one.period)} {[name for name, _ in one.dimensions]}"):
        table = _table(bench, figures, indicator, some)
        found += [table, *_chart(bench, figures, indicator, some, table)]
    return found


def _is_in_the_year(bench: Bench, point: LivePoint, points: Sequence[LivePoint]) -> bool:
    """Whether a month of a part is told by the year of the same part: its months are on the page of the indicator."""
    return bool(point.dimensions) and len(point.period) > len(str(bench.year)) and any(
        one.period == str(bench.year) and one.dimensions == point.dimensions for one in points
    )  # fmt: skip


def _table(bench: Bench, figures: LiveFigures, indicator: LiveIndicator, points: Sequence[LivePoint]) -> form.Table:
    is_monthly = points[0].period != str(bench.year)
    names = [name for name, _ in points[0].dimensions]
    columns = [form.Column(bench.say("Mēnesis", "Month"), share=2)] if is_monthly else []
    columns += [form.Column(figures.dimension(name, bench.lang), share=3) for name in names]
    columns += [form.Column(bench.say(indicator.unit_lv, indicator.unit_en), is_number=True)]
    rows = []
    for point in sorted(points, key=lambda one: (one.dimensions, one.period)):
        cells = [(form.Cell(point.period),)] if is_monthly else []
        cells += [(form.Cell(figures.word(name, value, bench.lang)),) for name, value in point.dimensions]
        rows.append(form.Row((*cells, _shown(bench, figures, indicator, point))))
    split = [figures.dimension(name, bench.lang) for name in names]
    split += [bench.say("mēnesis", "month")] if is_monthly else []
    return bench.table(f"{_named(indicator, bench.lang)}: {', '.join(split)}", columns, rows)


def _chart(bench: Bench, figures: LiveFigures, indicator: LiveIndicator, points: Sequence[LivePoint],
           table: form.Table) -> list[form.Block]:  # fmt: skip
    """What can be drawn of a table: months as a line, one dimension as bars; what is suppressed is left out."""
    known = [point for point in points if point.value is not None]
    is_monthly = points[0].period != str(bench.year)
    most = 0 if is_monthly else 1
    if not 1 < len(known) <= _MOST_BARS or len(points[0].dimensions) != most:
        return []
    labels = [one.period if is_monthly else figures.word(*one.dimensions[0], bench.lang) for one in known]
    measured = bench.say(indicator.unit_lv, indicator.unit_en)
    across = bench.say("Mēnesis", "Month") if is_monthly else figures.dimension(points[0].dimensions[0][0], bench.lang)
    return [bench.chart("lines" if is_monthly else "bars", table, table.caption, labels,
                        ((measured, [one.value for one in known]),), across, measured)]  # fmt: skip


def _shown(bench: Bench, figures: LiveFigures, indicator: LiveIndicator, point: LivePoint) -> form.Pieces:
    """A number with its source, or that it is not shown."""
    text = (
        bench.say("nav publicējams", "not shown")
        if point.is_suppressed or point.value is None
        else shown(plain(point.value), bench.lang)
    )
    code = "/".join(("live", point.indicator, point.period, *(value for _, value in point.dimensions)))
    said = ", ".join(figures.word(name, value, bench.lang) for name, value in point.dimensions)
    title = f"{_named(indicator, bench.lang)}{f': {said}' if said else ''}"
    if code not in bench.used:
        number = bench.used[code] = len(bench.sources) + 1
        bench.sources.append(
            form.Source(number, code, title, text, _definition(indicator, bench.lang), point.period, indicator.address)
        )
    return (form.Cell(text, (bench.used[code],)),)


def _named(indicator: LiveIndicator, lang: Language) -> str:
    return indicator.lv if lang == "lv" else indicator.en


def _definition(indicator: LiveIndicator, lang: Language) -> str:
    return indicator.definition_lv if lang == "lv" else indicator.definition_en
