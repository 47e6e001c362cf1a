"""Pages of the strategy: goals with their lights, results and indicators; audits; studies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from balsts.budget import strategy
from balsts.budget.strategy import DONE, Goal, Result
from balsts.figures.book import Book
from balsts.figures.columns import COLUMNS
from balsts.figures.rows import Figure
from balsts.portal.statistics import plan_pictures as pictures
from balsts.portal.statistics.kept import Page, page, shown, way_to
from balsts.portal.statistics.plan_tables import (
    both,
    first_upper,
    heading,
    linked,
    of,
    row_linked,
    small,
    table,
    words,
)
from balsts.portal.statistics.words import page_lang, period_words, unit_words

LIGHTS = {
    "green": gettext_lazy("green: the results fit the goal"),
    "orange": gettext_lazy("orange: a result could have been worded in more detail"),
    "red": gettext_lazy("red: the results fit the goal in part"),
}
"""The document's traffic light, in words."""


@require_GET
def goals(request: HttpRequest) -> HttpResponse:
    """Goals, results, key performance indicators."""
    return shown(request, _goals)


@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """Audits and what they recommended."""
    return shown(request, _audit)


@require_GET
def research(request: HttpRequest) -> HttpResponse:
    """Studies."""
    return shown(request, _research)


def _way() -> tuple[tuple[str, str], ...]:
    return way_to((reverse("statistics_strategy"), _("Strategy")))


def _pages(here: str) -> list[tuple[str, str, bool]]:
    named = (("statistics_strategy", _("Goals and results")), ("statistics_audit", _("Audits")),
             ("statistics_research", _("Studies")))  # fmt: skip
    return [(reverse(one), name, one == here) for one, name in named]


def _goals(book: Book) -> Page:
    results, indicators = strategy.results(book), strategy.key_indicators(book)
    found = strategy.goals(book)
    return page(_("Strategy 2020–2023: goals and results"), way_to(), "plans/strategy", {
        "pages": _pages("statistics_strategy"), "lights": LIGHTS.values(),
        "principle": strategy.PRINCIPLE_LINES, "reached": strategy.REACHED_LINES,
        "goals": table(book, _("Goals"), (
            heading("goal"), _("Light"), _("How results fit"), _("How far it was reached"), _("Results"),
            _("Values marked")), (_goal(one) for one in found)),
        "picture": pictures.statuses_of(results, indicators),
        "statuses": [(title, [(COLUMNS["status"].word(status, page_lang()), number)
                              for status, number in strategy.statuses(several)])
                     for title, several in ((_("Planned results"), results),
                                            (_("Key performance indicators"), indicators))],
        "results": [_result(book, one) for one in results], "indicators": [_result(book, one) for one in indicators],
        "others": _figures(book, _("Other figures of annex 6"), strategy.other_figures(book)),
    })  # fmt: skip


def _goal(one: Goal) -> tuple[Any, ...]:
    tag = "sure" if one.light == "green" else "warn"
    light = format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', tag, LIGHTS[one.light]) if one.light \
        else None  # fmt: skip
    own = both(*(f"{first_upper(words(result.name, 'result')).text}: "
                 f"{COLUMNS['status'].word(result.status, page_lang())}" for result in one.results))  # fmt: skip
    told = of(one.row, "value_text").text.partition(" / ")
    return (both(row_linked(one.row, f"{one.number}. {words(one.name, 'goal').text}"), small(of(one.row, "priority"))),
            light, told[2], told[0], own, one.values)  # fmt: skip


def _result(book: Book, one: Result) -> dict[str, Any]:
    return {
        "name": first_upper(words(one.name, "result" if one.goals != ("",) else "indicator")),
        "indicator": first_upper(words(one.indicator, "indicator")) if one.indicator != one.name else "",
        "status": COLUMNS["status"].word(one.status, page_lang()), "is_done": one.status == DONE,
        "target": of(one.row, "target"), "goals": ", ".join(number for number in one.goals if number),
        "link": row_linked(one.row, _("as printed")), "figures": _figures(book, one.name, one.figures),
        "evidence": [(row_linked(row, of(row, "evidence"))) for row in one.evidence],
        "note": of(one.row, "source_note"),
    }  # fmt: skip


def _figures(book: Book, caption: str, several: Iterable[Figure]) -> SafeString:
    rows = ((_named(one), period_words(one.row.period), one, unit_words(one.unit, page_lang())) for one in several)
    return table(book, caption, (heading("metric"), heading("period"), heading("value"), heading("unit")), rows)


def _named(one: Figure) -> SafeString:
    row = one.row
    name = first_upper(of(row, "metric") if row.get("metric") else of(row, "indicator"))
    beside = [small(of(row, column)) for column in ("group", "priority") if row.get(column) and not row.get("goal_no")
              and column in row.cells]  # fmt: skip
    return both(name, *beside)


def _audit(book: Book) -> Page:
    found = strategy.recommendations(book)
    rows = ((both(row_linked(row, first_upper(of(row, "audit"))), small(of(row, "auditor")),
                  small(f"{of(row, 'institution').text}, {row['year']}")), of(row, "conclusion"),
             of(row, "recommendation"), both(of(row, "follow_up"), small(of(row, "source_note"))), of(row, "term"))
            for row in strategy.audits(book))  # fmt: skip
    return page(_("Audits and recommendations"), _way(), "plans/audit", {
        "pages": _pages("statistics_audit"), "recommendations": found,
        "made": linked(book, found.made) if found else "", "done": linked(book, found.done) if found else "",
        "later": linked(book, found.later) if found else "",
        "picture": pictures.recommendations_of(found) if found else "",
        "table": table(book, _("Audits"), (heading("audit"), heading("conclusion"), heading("recommendation"),
                                           heading("follow_up"), heading("term")), rows),
        "figures": _figures(book, _("Figures of audits"), strategy.audit_figures(book)),
    })  # fmt: skip


def _research(book: Book) -> Page:
    several = strategy.study_figures(book)
    money = [one for one in several if one.row["indicator"] == "finansējums" and one.row["group"] != "kopā"]
    rows = ((row_linked(row, first_upper(of(row, "research"))), of(row, "aim"), of(row, "status"), row["year"])
            for row in strategy.studies(book))  # fmt: skip
    return page(_("Studies"), _way(), "plans/research", {
        "pages": _pages("statistics_research"), "number": len(strategy.studies(book)),
        "table": table(book, _("Studies"), (heading("research"), heading("aim"), heading("status"), heading("year")),
                       rows),
        "figures": _figures(book, _("How many studies, and what they cost"), several),
        "picture": pictures.figures_of(_("What studies cost, by source"), _("EUR without VAT"), money, "group"),
    })  # fmt: skip
