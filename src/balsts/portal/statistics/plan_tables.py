"""Tables of the pages of programmes, budget, funds, strategy and services: figures linked, contradictions in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from balsts.figures.book import Book
from balsts.figures.columns import COLUMNS
from balsts.figures.rows import Figure, Row
from balsts.portal.statistics.shown import address_of
from balsts.portal.statistics.words import Said, exact_text, figure_text, page_lang, said, unit_words
from balsts.portal.words import upper_first


class Worked(str):
    """A number worked out, in words: it stands to the right as figures do."""

    __slots__ = ()


Cell = Figure | Decimal | Said | str | int | None
"""A figure as printed, a value worked out, words of a document, words of ours, a count, nothing."""


@dataclass(frozen=True)
class CellShown:
    """A cell of a table for a page: what stands in it, under which heading, whether it is a number."""

    html: SafeString
    heading: str
    is_number: bool
    is_empty: bool


@dataclass(frozen=True)
class TableShown:
    """A table for a page: caption, headings (and whether numbers stand below), rows."""

    caption: str
    headings: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[CellShown, ...], ...]


def table(book: Book, caption: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> SafeString:
    """A table as HTML; a column with a figure, a value or a count in it is one of numbers. Nothing without rows.

    A column in which nothing stands is left out.
    """
    several = [tuple(row) for row in rows]
    if not several:
        return SafeString("")
    used = [at for at in range(len(headings)) if at == 0 or not all(_is_empty(row[at]) for row in several)]
    numbers = {at: any(_is_number(row[at]) for row in several) for at in used}
    shown = tuple(tuple(CellShown(cell(book, row[at]), headings[at], numbers[at], _is_empty(row[at])) for at in used)
                  for row in several)  # fmt: skip
    told = TableShown(caption, tuple((headings[at], numbers[at]) for at in used), shown)
    return SafeString(render_to_string("portal/statistics/plans/table.html", {"table": told}))


def cell(book: Book, one: Cell) -> SafeString:
    """What stands in a cell."""
    if one is None or _is_empty(one):
        return format_html('<span aria-hidden="true">–</span><span class="govuk-visually-hidden">{}</span>',
                           _("not published"))  # fmt: skip
    if isinstance(one, Figure):
        return linked(book, one)
    if isinstance(one, Said):
        return one.html
    if isinstance(one, Decimal | int | Worked):
        shown = one if isinstance(one, Worked) else number(one)
        return format_html('<span class="balsts-nowrap">{}</span>', shown)
    return SafeString(conditional_escape(one))


def linked(book: Book, one: Figure, has_unit: bool = False) -> SafeString:
    """A figure as printed, leading to its row; each contradiction that it takes part in is told beside it."""
    lang = page_lang()
    shown = format_html('<a class="govuk-link balsts-nowrap" href="{}">{}</a>', address_of(one.row),
                        figure_text(one.text, lang))  # fmt: skip
    if has_unit:
        shown = format_html("{} {}", shown, unit_words(one.unit, lang).html)
    found = format_html_join("", '<br><strong>≠ {}</strong> <span class="balsts-small">{}</span>',
                             ((_("Contradiction:"), one.sentence(lang)) for one in book.findings_of(one)))  # fmt: skip
    return format_html("{}{}", shown, found)


def row_linked(row: Row, text: Said | str) -> SafeString:
    """Words that lead to the page of a row."""
    shown = text.html if isinstance(text, Said) else text
    return format_html('<a class="govuk-link" href="{}">{}</a>', address_of(row), shown)


def both(*parts: Any) -> SafeString:
    """Parts of a cell under each other, those that say nothing left out."""
    told = [part.html if isinstance(part, Said) else part for part in parts if part not in (None, "", Said(""))]
    return format_html_join(SafeString("<br>"), "{}", ((one,) for one in told))


def small(text: Said | str) -> SafeString:
    """Words beside others, smaller."""
    shown = text.html if isinstance(text, Said) else text
    return format_html('<span class="balsts-small">{}</span>', shown) if shown else SafeString("")


def words(text: str, column: str = "item") -> Said:
    """A text of a document in the language of the page."""
    return said(column, text, page_lang()) if text else Said("")


def first_upper(one: Said) -> Said:
    """The same with a capital at its beginning."""
    return Said(upper_first(one.text), one.lang)


def of(row: Row, column: str) -> Said:
    """What a row says in a column, in the language of the page."""
    return words(row.get(column), column)


def heading(column: str) -> str:
    """The heading of a column."""
    return upper_first(COLUMNS[column].heading(page_lang()))


def number(value: Decimal | int) -> str:
    """A value worked out, with the digits it has; whole amounts without a point."""
    if isinstance(value, int):
        return figure_text(str(value), page_lang())
    return exact_text(value.quantize(Decimal(1)) if value == value.to_integral_value() else value, page_lang())


def signed(value: Decimal | None) -> Worked:
    """A difference with its sign; nothing where there is none."""
    if value is None:
        return Worked("")
    return Worked(f"+{number(value)}" if value > 0 else number(value))


def percent_words(value: Decimal | None) -> Worked:
    """A percent worked out, with its place after the point; nothing where there is none."""
    return Worked("" if value is None else f"{exact_text(value, page_lang())}\u00a0%")


def thousands(euros: Decimal) -> Worked:
    """Euros as thousands, to one place, as annex 3 prints them."""
    return Worked(exact_text((euros / 1000).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP), page_lang()))


def _is_empty(one: Cell) -> bool:
    return one is None or one == "" or one == Said("")


def _is_number(one: Cell) -> bool:
    return isinstance(one, Figure | Decimal | int | Worked)
