"""Pages of European funds: money against results, what is at risk, projects, payment requests, the recovery plan."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from balsts.budget import eu_funds
from balsts.budget.eu_funds import AHEAD, ENOUGH, NEAR, Measure, Project, Sum, Target
from balsts.budget.picked import figure
from balsts.figures.book import Book
from balsts.portal.statistics import plan_pictures as pictures
from balsts.portal.statistics.kept import Page, page, shown, way_to
from balsts.portal.statistics.plan_tables import (
    Cell,
    both,
    first_upper,
    heading,
    linked,
    of,
    percent_words,
    row_linked,
    small,
    table,
    words,
)
from balsts.portal.statistics.words import Said

RISKS = {
    "ends_soon_behind": gettext_lazy("ends within a year, and money or a target is behind"),
    "money_ahead": gettext_lazy("money runs ahead of results"),
    "not_begun": gettext_lazy("of a target nothing is reached yet"),
    "ended_below": gettext_lazy("ended with a target below the plan, or not told"),
}
"""What our rule finds of a measure, in words."""


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All measures."""
    return shown(request, _index)


@require_GET
def one(request: HttpRequest, code: str) -> HttpResponse:
    """A measure with its targets and projects."""
    return shown(request, _one, code)


def _index(book: Book) -> Page:
    several = eu_funds.measures(book)
    return page(_("EU funds: money and results"), way_to(), "plans/eu_funds", {
        "as_of": several[0].as_of if several else None, "sums": _sums(book, eu_funds.sums(book)),
        "measures": _measures(book, several), "picture": pictures.money_and_results(several),
        "at_risk": [(_link(one), [RISKS[risk] for risk in one.risks]) for one in several if one.risks],
        "days": NEAR.days, "enough": ENOUGH, "ahead": AHEAD,
        "projects": _projects(book, eu_funds.projects(book)), "funded": _funded(book),
        "requests": table(book, _("Payment requests"), (heading("indicator"), heading("year"), heading("value")), (
            (row_linked(row, first_upper(of(row, "indicator_name"))), row["year"], figure(row, "value"))
            for row in eu_funds.payment_requests(book))),
        "recovery": _recovery(book), "recovery_money": _recovery_money(book),
    })  # fmt: skip


def _one(book: Book, code: str) -> Page:
    found = eu_funds.measure(book, code)
    if found is None:
        raise Http404
    name = words(found.name, "measure_name")
    way = way_to((reverse("statistics_eu_funds"), _("EU funds")))
    return page(Said(f"{code} {name.text}", name.lang), way, "plans/eu_fund", {
        "measure": found, "fund": of(found.row, "fund"), "group": of(found.row, "group_name"),
        "total": linked(book, found.total, has_unit=True) if found.total else "",
        "invested": linked(book, found.invested, has_unit=True) if found.invested else "",
        "published": linked(book, found.published, has_unit=True) if found.published else "",
        "money": percent_words(found.money), "results": percent_words(found.results),
        "status": of(found.row, "status"), "risks": [RISKS[one] for one in found.risks],
        "targets": table(book, _("Targets"), (heading("target"), heading("unit"), heading("planned"),
                                              heading("achieved"), _("Percent, worked out"),
                                              heading("percent_published")),
                         (_target(one) for one in found.targets)),
        "picture": pictures.targets_of(found), "has_inverse": any(one.is_inverse for one in found.targets),
        "projects": _projects(book, eu_funds.projects(book, code)),
    })  # fmt: skip


def _target(one: Target) -> tuple[Cell, ...]:
    beside = small(_("less is better: percent is planned of reached")) if one.is_inverse else ""
    return (both(row_linked(one.row, first_upper(of(one.row, "target"))), beside), of(one.row, "unit"), one.planned,
            one.reached, percent_words(one.progress), one.published)  # fmt: skip


def _sums(book: Book, several: Iterable[Sum]) -> SafeString:
    rows: list[tuple[Cell, ...]] = []
    for one in several:
        total, invested = one.summed
        name = first_upper(of(one.row, "measure_name"))
        rows.append((name, one.total, total, one.invested, invested, percent_words(one.percent), one.published))
    return table(book, _("Sums of funds and groups"), (
        _("What"), heading("total_eur"), _("Sum of measures, worked out"), heading("invested_eur"),
        _("Sum of measures, worked out"), _("Percent, worked out"), heading("percent_published")), rows)  # fmt: skip


def _measures(book: Book, several: Iterable[Measure]) -> SafeString:
    rows = (
        (both(_link(one), small(of(one.row, "group_name"))), one.total, one.invested, percent_words(one.money),
         one.published, percent_words(one.results),
         both(_end(one), *(small(str(RISKS[risk])) for risk in one.risks)))
        for one in several
    )  # fmt: skip
    return table(book, _("Measures"), (
        heading("measure_name"), heading("total_eur"), heading("invested_eur"), _("Money, %, worked out"),
        heading("percent_published"), _("Results, %, worked out"), _("Ends")), rows)  # fmt: skip


def _end(one: Measure) -> Cell:
    return of(one.row, "end_date") if one.ends else of(one.row, "status")


def _link(one: Measure) -> SafeString:
    return format_html('<a class="govuk-link" href="{}">{} {}</a>', reverse("statistics_eu_fund", args=(one.code,)),
                       one.code, words(one.name, "measure_name").html)  # fmt: skip


def _projects(book: Book, several: Iterable[Project]) -> SafeString:
    rows = ((both(row_linked(one.row, words(one.name, "project")), small(of(one.row, "source_note"))),
             both(one.number, *(small(_("also printed: %(number)s") % {"number": other})
                                for other in one.also_numbered)),
             of(one.row, "fund"), of(one.row, "institution"), of(one.row, "start_date"), of(one.row, "end_date"),
             of(one.row, "status")) for one in several)  # fmt: skip
    return table(book, _("Projects"), (
        heading("project"), heading("project_no"), heading("fund"), heading("institution"), heading("start_date"),
        heading("end_date"), heading("status")), rows)  # fmt: skip


def _funded(book: Book) -> SafeString:
    rows = ((row_linked(one.row, first_upper(of(one.row, "item"))), of(one.row, "year"), one)
            for one in eu_funds.funded_projects(book))  # fmt: skip
    return table(book, _("Money of projects in the budget frame"), (heading("project"), heading("period"),
                                                                    _("Million EUR")), rows)  # fmt: skip


def _recovery(book: Book) -> SafeString:
    rows = (
        (both(row_linked(row, first_upper(of(row, "element_name"))), small(of(row, "value_text")),
              small(of(row, "source_note"))), of(row, "element"), row["element_code"], of(row, "institution"),
         of(row, "status"), of(row, "end_date"), figure(row, "value"))
        for row in eu_funds.recovery_plan(book)
    )  # fmt: skip
    return table(book, _("Recovery and Resilience Facility"), (
        heading("element_name"), heading("element"), heading("element_code"), heading("institution"),
        heading("status"), heading("end_date"), heading("value")), rows)  # fmt: skip


def _recovery_money(book: Book) -> SafeString:
    rows = (
        (row_linked(row, f"{row['programme_code']} {of(row, 'programme_name').text}"), row["year"],
         figure(row, "actual"), figure(row, "percent_published"))
        for row in eu_funds.recovery_money(book)
    )  # fmt: skip
    return table(book, _("Money of the Recovery and Resilience Facility"), (
        heading("programme_name"), heading("year"), _("Execution, thousand EUR"), heading("percent_published")),
        rows)  # fmt: skip
