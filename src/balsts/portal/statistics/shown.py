"""Figures, rows and contradictions as pages show them: in words, with addresses and places in the documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from balsts.figures.book import Book
from balsts.figures.columns import COLUMNS
from balsts.figures.findings import Finding
from balsts.figures.relations import counts
from balsts.figures.relations.kinds import KINDS
from balsts.figures.rows import Figure, Row
from balsts.portal.statistics.words import (
    Said,
    beside_html,
    exact_text,
    figure_text,
    name_of,
    period_words,
    said,
    unit_words,
)
from balsts.portal.words import upper_first

PARTS = ("value_part1", "value_part2")
"""Figures that are parts of a composite value."""


@dataclass(frozen=True)
class FigureShown:
    """A figure: as it was printed, with its unit, its row, and whether it contradicts others."""

    column: str
    heading: str
    text: str
    unit: Said
    is_contradicted: bool
    address: str
    name: Said
    period: str
    place: str


@dataclass(frozen=True)
class FindingShown:
    """A contradiction: the sentence, both values, the figures."""

    relation: str
    sentence: str
    printed: str
    computed: str
    difference: str
    figure: FigureShown
    others: tuple[FigureShown, ...]


@dataclass(frozen=True)
class Line:
    """A row in a list: where it leads, its name, what tells it from others, its figures by column (or nothing)."""

    address: str
    name: Said
    beside: str
    table: str
    period: str
    cells: tuple[FigureShown | None, ...]
    unit: Said
    text: Said
    is_contradicted: bool


@dataclass(frozen=True)
class Source:
    """Where a row was read."""

    title: str
    institution: str
    line: int | None
    note: Said


def address_of(row: Row) -> str:
    """The address of the page of a row."""
    return reverse("statistics_row", args=(row.dataset, row.key))


def figure_shown(book: Book, figure: Figure, lang: str) -> FigureShown:
    """A figure for a page."""
    row = figure.row
    return FigureShown(
        figure.column, upper_first(figure.heading(lang)), figure_text(figure.text, lang),
        unit_words(figure.unit, lang), bool(book.findings_of(figure)), address_of(row), name_of(row, lang),
        period_words(row.period), place_of(row),
    )  # fmt: skip


def figures_shown(book: Book, row: Row, lang: str) -> list[FigureShown]:
    """The figures of a row."""
    return [figure_shown(book, one, lang) for one in row.figures()]


def finding_shown(book: Book, finding: Finding, lang: str) -> FindingShown:
    """A contradiction for a page."""
    several = [figure_shown(book, figure, lang) for code in dict.fromkeys((finding.figure, *finding.others))
               if (figure := book.figure(code)) is not None]  # fmt: skip
    difference = finding.printed - finding.computed
    return FindingShown(
        relation_words(finding.relation, lang), finding.sentence(lang), exact_text(finding.printed, lang),
        exact_text(finding.computed, lang), signed(difference, lang), several[0], tuple(several[1:]),
    )  # fmt: skip


def findings_shown(book: Book, findings: Iterable[Finding], lang: str) -> list[FindingShown]:
    """Contradictions for a page."""
    return [finding_shown(book, one, lang) for one in findings]


def relation_words(code: str, lang: str) -> str:
    """What ought to hold, in words."""
    return upper_first(KINDS[code].name(lang) if code in KINDS else code)


@dataclass(frozen=True)
class RelationCount:
    """How many relations of a kind were tried, hold, and do not."""

    name: str
    tried: int
    hold: int
    do_not: int


def relation_counts(book: Book, lang: str) -> list[RelationCount]:
    """How many relations of each kind were tried on a book."""
    return [RelationCount(upper_first(one.kind.name(lang)), one.tried, one.hold, one.do_not)
            for one in counts(book.tried)]  # fmt: skip


def line_shown(book: Book, row: Row, columns: Sequence[str], lang: str) -> Line:
    """A row for a list with some columns of figures."""
    cells = tuple(figure_shown(book, Figure(row, one), lang) if one in row.values else None for one in columns)
    unit = next((one.unit for one in cells if one is not None and one.unit.text), Said(""))
    if row.get("unit"):
        unit = unit_words(row["unit"], lang)
    text = said("value_text", row["value_text"], lang) if row.get("value_text") else Said("")
    return Line(address_of(row), name_of(row, lang), beside_html(row, lang), row.table.title(lang),
                period_words(row.period), cells, unit, text, bool(book.findings_of_row(row)))  # fmt: skip


def columns_in(rows: Iterable[Row]) -> list[str]:
    """The columns of figures that are there in some rows of one table, in their order.

    Parts of a composite value are left to its text, as the document prints it: `6 425/97%`.
    """
    several = list(rows)
    if not several:
        return []
    return [one for one in several[0].table.units
            if one not in PARTS and any(one in row.values for row in several)]  # fmt: skip


def source_of(row: Row, lang: str) -> Source:
    """Where a row was read."""
    document = row.document
    note = said("source_note", row["source_note"], lang) if row.get("source_note") else Said("")
    if document is None:
        return Source(_("A file of its own"), "", row.line, note)
    institution = said("institution", document.institution, lang).text
    return Source(document.title(lang), institution, row.line, note)


def place_of(row: Row) -> str:
    """The document by its number and the line, in short: 001:1353."""
    code = row.document.code if row.document else "–"
    return f"{code}:{row.line}" if row.line else code


def signed(value: Decimal, lang: str) -> str:
    """A difference with its sign, whichever it is."""
    return f"+{exact_text(value, lang)}" if value > 0 else exact_text(value, lang)


def heading_of(column: str, lang: str) -> str:
    """The heading of a column."""
    return upper_first(COLUMNS[column].heading(lang))
