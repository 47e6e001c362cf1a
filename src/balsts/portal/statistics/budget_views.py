"""Pages of the budget: plan and execution, consolidated against gross, priority measures, years to come."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from balsts.budget import execution, measures, transfers
from balsts.budget.execution import YearsOf
from balsts.budget.transfers import Side
from balsts.figures.book import Book
from balsts.figures.rows import Row
from balsts.portal.statistics import plan_pictures as pictures
from balsts.portal.statistics.execution_tables import line_table, line_tables, programme_link, programme_table
from balsts.portal.statistics.frame_tables import frame_content
from balsts.portal.statistics.kept import Page, page, shown, way_to
from balsts.portal.statistics.plan_tables import (
    Cell,
    both,
    first_upper,
    heading,
    linked,
    of,
    row_linked,
    small,
    table,
    thousands,
    words,
)

_PAGES = ("statistics_budget", "statistics_budget_consolidated", "statistics_budget_measures",
          "statistics_budget_frame")  # fmt: skip


@require_GET
def budget(request: HttpRequest) -> HttpResponse:
    """Plan and execution."""
    return shown(request, _budget)


@require_GET
def consolidated(request: HttpRequest) -> HttpResponse:
    """The special budget with its transfers and without."""
    return shown(request, _consolidated)


@require_GET
def priority_measures(request: HttpRequest) -> HttpResponse:
    """Priority measures: money and results."""
    return shown(request, _measures)


@require_GET
def years_to_come(request: HttpRequest) -> HttpResponse:
    """The frame of the years to come."""
    return shown(request, _frame)


def pages(here: str) -> list[tuple[str, str, bool]]:
    """The pages of the budget: address, name, whether it is this one."""
    names = (_("Plan and execution"), _("Consolidated and gross"), _("Priority measures"), _("Years to come"))
    return [(reverse(one), name, one == here) for one, name in zip(_PAGES, names, strict=True)]


def _way() -> tuple[tuple[str, str], ...]:
    return way_to((reverse("statistics_budget"), _("Budget")))


def _budget(book: Book) -> Page:
    lines = execution.lines(book, execution.BASIC)
    year = execution.reported_year(book, execution.BASIC)
    return page(_("Budget: plan and execution"), way_to(), "plans/budget", {
        "pages": pages("statistics_budget"), "year": year,
        "basic": line_table(book, _("Basic budget by line, EUR"), lines), "picture": pictures.execution_of(lines),
        "years": [_years(book, one) for one in execution.side_by_side(book)],
        "groups": programme_table(book, _("Basic budget by programme"), execution.by_programme(book)),
        "totals": line_table(book, _("Whole budgets, thousand EUR"), execution.totals(book)),
        "agency": [(first_upper(words(name, "programme_name")), several[0].programme_code,
                    line_table(book, name, several)) for name, several in execution.agency(book)],
        "agency_whole": line_tables(book, execution.lines(book, execution.AGENCY_SUMMARY)),
        "agency_year": execution.reported_year(book, execution.AGENCY_SUMMARY),
    })  # fmt: skip


def _years(book: Book, one: YearsOf) -> dict[str, object]:
    name = f"{words(one.name, 'programme_name').text}: {words(one.side, 'line').text}"
    rows = ((str(year), amount, percent) for year, amount, percent in one.years)
    headings = (heading("year"), _("Million EUR"), heading("percent_published"))
    return {"name": name, "picture": pictures.years_of(one), "table": table(book, name, headings, rows)}


def _consolidated(book: Book) -> Page:
    return page(_("Consolidated and gross"), _way(), "plans/consolidated", {
        "pages": pages("statistics_budget_consolidated"),
        "sides": [_side(book, one) for one in transfers.sides(book)],
        "lines": line_table(book, _("Special budget by sub-budget, consolidated, EUR"),
                            execution.lines(book, execution.SPECIAL)),
        "gross": line_table(book, _("Special budget by sub-budget, gross, thousand EUR"),
                            [one for one in execution.lines(book, execution.GROSS) if one.row["budget"] == "special"]),
    })  # fmt: skip


def _side(book: Book, side: Side) -> dict[str, object]:
    rows: list[tuple[Cell, ...]] = [
        (programme_link(one.code, words(one.name, "programme_name")), one.gross, one.consolidated,
         thousands(one.transfer)) for one in side.parts
    ]  # fmt: skip
    name = first_upper(words(side.side, "line")).text
    headings = (_("Sub-budget"), _("Gross, thousand EUR"), _("Consolidated, EUR"),
                _("Transfers, worked out, thousand EUR"))  # fmt: skip
    caption = _("Sub-budgets: %(side)s") % {"side": name}
    return {
        "name": name, "table": table(book, caption, headings, rows), "picture": pictures.transfers_of(side),
        "gross": thousands(side.gross), "total": linked(book, side.total, has_unit=True),
        "eliminated": thousands(side.eliminated), "year": side.year,
        "twice": linked(book, side.printed_twice, has_unit=True) if side.printed_twice else "",
    }  # fmt: skip


def _measures(book: Book) -> Page:
    found = measures.funded(book)
    return page(_("Priority measures"), _way(), "plans/measures", {
        "pages": pages("statistics_budget_measures"), "funded": found,
        "table": _funded(book, found) if found else "", "picture": pictures.measures_of(found) if found else "",
        "consolidated": linked(book, found.consolidated, has_unit=True) if found and found.consolidated else "",
        "groups": [(first_upper(of(one.row, "measure_name")), linked(book, one, has_unit=True))
                   for one in (found.groups if found else ())],
        "reported": [_reported(book, one) for one in measures.reported(book)],
    })  # fmt: skip


def _funded(book: Book, found: measures.Funded) -> SafeString:
    rows: list[tuple[Cell, ...]] = [
        (row_linked(one.row, f"{one.number}. {words(one.name, 'measure_name').text}"), one.basic, one.special,
         one.total, one.in_text) for one in found.measures
    ]  # fmt: skip
    basic, special = found.summed
    rows.append((_("Sum of the measures, worked out"), basic, special, basic + special, None))
    if found.total:
        rows.append((_("Total as printed"), found.total.basic, found.total.special, found.total.total, None))
    return table(book, _("Priority measures and their money"), (
        _("Measure"), heading("basic_budget_eur"), heading("special_budget_eur"), _("Both, worked out, EUR"),
        heading("text_amount_million_eur")), rows)  # fmt: skip


def _reported(book: Book, one: measures.ReportedMeasure) -> dict[str, object]:
    rows: list[tuple[Cell, ...]] = [
        (both(*_results(block.results or (block.spending,))), block.spending["programme_code"],
         block.amount or row_linked(block.spending, "×")) for block in one.blocks
    ]  # fmt: skip
    rows += [(both(*_results((row,))), row["programme_code"], None) for row in one.without_spending]
    headings = (_("Results"), heading("programme_code"), _("Spent on them, EUR"))
    name = f"{one.number} {words(one.name, 'priority_measure_name').text}"
    return {
        "name": name, "spent": one.spent,
        "not_printed": one.not_printed, "same": [words(name, "priority_measure_name") for name in one.same_number],
        "number": one.number, "table": table(book, f"{_('Results')}: {name}", headings, rows),
    }  # fmt: skip


def _results(rows: Iterable[Row]) -> list[SafeString]:
    """Results by their indicators, with what was reached; a row of spending alone says what it was for."""
    told = []
    for row in rows:
        column = next(one for one in ("indicator_name", "result", "priority_measure_name") if row[one])
        name = of(row, column)
        value = row["value"] if row["indicator_name"] else ""
        told.append(both(row_linked(row, first_upper(name)), small(f"{value} {of(row, 'unit').text}" if value else "")))
    return told


def _frame(book: Book) -> Page:
    return page(_("The frame of the years to come"), _way(), "plans/frame",
                {"pages": pages("statistics_budget_frame"), **frame_content(book)})  # fmt: skip
