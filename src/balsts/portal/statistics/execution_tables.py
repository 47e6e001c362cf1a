"""Tables of plan and execution, line by line."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from balsts.budget.execution import Group, Line
from balsts.budget.picked import euros, grouped, rounded
from balsts.figures.book import Book
from balsts.portal.statistics.plan_tables import (
    Cell,
    both,
    first_upper,
    of,
    percent_words,
    signed,
    small,
    table,
    thousands,
    words,
)
from balsts.portal.statistics.words import Said, page_lang, unit_words


def line_table(book: Book, caption: str, lines: Iterable[Line]) -> SafeString:
    """A table of lines: plan, execution, what they differ by, percent worked out beside percent published."""
    several = list(lines)
    has_programmes = len({(one.programme_code, one.row["programme_name"]) for one in several}) > 1
    year = next((one.row.year for one in several), None)
    headings = [_("Line"), _("Plan"), _("Execution"), _("Difference, worked out"), _("Percent, worked out"),
                _("Percent as published")]  # fmt: skip
    has_before = any(one.before for one in several)
    if has_before:
        headings.append(_("Execution of %(year)s") % {"year": year - 1 if year else ""})
    return table(book, caption, headings, (_cells(one, has_programmes, has_before) for one in several))


def programme_table(book: Book, caption: str, groups: Iterable[Group]) -> SafeString:
    """The subprogrammes of each programme with its sum, in thousand euros as annex 3 prints them."""
    rows: list[tuple[Cell, ...]] = []
    for group in groups:
        name = programme_link(group.code, words(group.name, "programme_name"))
        rows.append((format_html("<strong>{}</strong>", name), thousands(group.total), None))
        rows += [(programme_link(one.programme_code, of(one.row, "programme_name")), one.actual, one.published)
                 for one in group.lines]  # fmt: skip
    headings = (_("Programme, with its sum worked out, and subprogrammes"), _("Execution, thousand EUR"),
                _("Percent as published"))  # fmt: skip
    return table(book, caption, headings, rows)


def programme_link(code: str, name: Said) -> SafeString:
    """A programme by its code and name, leading to its page."""
    return format_html('<a class="govuk-link" href="{}">{} {}</a>', reverse("statistics_programme", args=(code,)), code,
                       name.html)  # fmt: skip


def line_tables(book: Book, lines: Iterable[Line]) -> list[tuple[str, SafeString]]:
    """A table for each table of the documents that prints some of the lines, with its name and year."""
    found = []
    for several in grouped(lines, lambda one: (one.row["table"], one.row["year"], one.row["unit"])).values():
        row = several[0].row
        name, unit = first_upper(of(row, "table")).text, unit_words(row["unit"], page_lang()).text
        caption = f"{name}, {row['year']}, {unit}"
        found.append((caption, line_table(book, caption, several)))
    return found


def _cells(one: Line, has_programmes: bool, has_before: bool) -> tuple[Cell, ...]:
    name = first_upper(of(one.row, "line"))
    programme = ""
    if has_programmes:
        programme = format_html("{} {}", one.programme_code, of(one.row, "programme_name").html)
    plan: Cell = one.plan
    if one.borrowed:
        plan = both(_in_unit(one), small(_("from the annex that prints the same amount")))
    told = (both(format_html("{} {}", one.code, name.html) if one.code else name, small(programme)), plan, one.actual,
            signed(_difference(one)), percent_words(one.percent), one.published)  # fmt: skip
    return (*told, one.before) if has_before else told


def _in_unit(one: Line) -> str:
    """A plan printed in another annex, in the unit of this table."""
    return thousands(euros(one.borrowed)) if one.borrowed else ""


def _difference(one: Line) -> Decimal | None:
    """The difference in the unit of the table."""
    if one.difference is None:
        return None
    return rounded(one.difference / 1000) if one.row["unit"] == "thousand EUR" else one.difference
