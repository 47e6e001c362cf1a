"""Live figures for everybody: definitions, months, parts, files. Only protected points are read; no one signs in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from balsts.documents.charts import Frame, bars
from balsts.documents.spreadsheet import as_csv
from balsts.portal.statistics.live_shown import (
    beside,
    lines,
    months_of,
    tables,
    titled,
    value_text,
    years_of,
)
from balsts.portal.statistics.words import page_lang
from balsts.statistics.definitions.declared import Definition
from balsts.statistics.definitions.indicators import FAMILIES, INDICATORS
from balsts.statistics.disclosure import BASE, FEWEST
from balsts.statistics.esspros import ESSPROS, FUNCTIONS, SCHEMES
from balsts.statistics.live import (
    LivePoint,
    Sum,
    by_function,
    by_programme,
    ofs_of,
    points_of,
    refreshed_on,
    wholes,
    years,
)
from balsts.statistics.parts import SOURCES, UNITS

COLUMNS = ("indicator", "version", "period", "of", "split", "part", "value", "is_suppressed")
_DRAWN = 24
"""So many months are drawn; the table has all."""


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """All indicators with their definitions, and what the last year that was counted cost by function and programme."""
    lang, day = page_lang(), refreshed_on()
    counted = years()
    of_year = wholes(counted[-1]) if counted else []
    groups = [
        (SOURCES[source].in_(lang),
         [_listed(one, lang) for one in INDICATORS.values() if FAMILIES[one.family].source == source])
        for source in SOURCES
    ]  # fmt: skip
    return render(request, "portal/statistics/live.html", {
        "groups": groups, "refreshed_on": day, "fewest": FEWEST, "most_few": FEWEST - 1, "base": BASE,
        "year": counted[-1] if counted else "", "functions": _sums(by_function(of_year), FUNCTIONS, lang),
        "programmes": _sums(by_programme(of_year), {}, lang),
    })  # fmt: skip


def _listed(one: Definition, lang: str) -> dict[str, object]:
    return {"code": one.code, "name": one.name.in_(lang), "unit": UNITS[one.unit].in_(lang),
            "text": one.versions[-1].text.in_(lang), "version": one.versions[-1].number}  # fmt: skip


def _sums(found: Sequence[Sum], names: object, lang: str) -> list[dict[str, object]]:
    known = names if isinstance(names, dict) else {}
    return [{"name": known[one.name].in_(lang) if one.name in known else _programme(one.name),
             "text": value_text(one.value, lang), "suppressed": one.suppressed} for one in found]  # fmt: skip


def _programme(code: str) -> str:
    return {"own": _("municipalities' own budgets"), "": _("programme not known")}.get(code, code)


@require_GET
def indicator(request: HttpRequest, indicator: str) -> HttpResponse:
    """An indicator: its definition, months as a chart and a table, parts of one period, the published figure beside."""
    one, lang = _known(indicator), page_lang()
    ofs = titled(one, ofs_of(one.code), lang)
    of = _asked(request, "of", [code for code, _title in ofs])
    here = points_of(one.code, of)
    months, whole_years = months_of(here), years_of(here)
    periods = [point.period for point in (*months, *whole_years)]
    period = _asked(request, "period", periods[::-1] if not months else [months[-1].period, *periods])
    title = dict(ofs).get(of, "")
    return render(request, "portal/statistics/live_indicator.html", {
        "indicator": one, "name": one.name.in_(lang), "unit": UNITS[one.unit].in_(lang),
        "source": SOURCES[FAMILIES[one.family].source].in_(lang), "versions": _versions(one, lang),
        "ofs": ofs, "of": of,
        "of_title": title, "periods": periods, "period": period, "months": lines(months, lang),
        "years": lines(whole_years, lang), "picture": picture_of(one, title, months, lang),
        "tables": tables(one, here, period, lang), "beside": beside(one, of, here, lang),
        "esspros": esspros_of(of, lang),
        "fewest": FEWEST, "protection": FAMILIES[one.family].protection,
    })  # fmt: skip


def _known(indicator: str) -> Definition:
    if indicator not in INDICATORS:
        raise Http404
    return INDICATORS[indicator]


def _asked(request: HttpRequest, name: str, known: Sequence[str]) -> str:
    """What is asked for, if it is there; else the first."""
    asked = request.GET.get(name, "")
    return asked if asked in known else next(iter(known), "")


def _versions(one: Definition, lang: str) -> list[dict[str, object]]:
    return [{"number": version.number, "since": version.since, "until": version.until, "text": version.text.in_(lang),
             "changed": version.changed.in_(lang) if version.changed else ""}
            for version in reversed(one.versions)]  # fmt: skip


def esspros_of(code: str, lang: str) -> dict[str, str] | None:
    """Where a right stands in ESSPROS, in words; None for what is no right."""
    one = ESSPROS.get(code)
    if one is None:
        return None
    return {
        "function": FUNCTIONS[one.function].in_(lang), "scheme": SCHEMES[one.scheme].in_(lang),
        "form": _("in kind") if one.is_in_kind else _("cash"),
        "means": _("means-tested") if one.is_means_tested else _("not means-tested"),
        "question": one.question.in_(lang) if one.question else "",
    }  # fmt: skip


# -- pictures and files ------------------------------------------------------------------------------------------------


def picture_of(one: Definition, title: str, months: Sequence[LivePoint], lang: str) -> str:
    """Months that are shown as bars; what is suppressed is not drawn, and nothing is where fewer than two are shown."""
    shown = [(point.period, point.value) for point in months if point.value is not None][-_DRAWN:]
    if len(shown) < 2:
        return ""
    name = f"{one.name.in_(lang)}: {title}" if title else one.name.in_(lang)
    drawn = tuple((period, float(value), value_text(value, lang)) for period, value in shown)
    return _drawn(name, UNITS[one.unit].in_(lang), drawn, lang)


@lru_cache(maxsize=256)
def _drawn(name: str, unit: str, shown: tuple[tuple[str, float, str], ...], lang: str) -> str:
    most = max(shown, key=lambda point: point[1])[0]
    frame = Frame(
        _("%(name)s by month") % {"name": name}, _("The largest value is that of %(month)s.") % {"month": most},
        _("Month"), unit, "lv" if lang == "lv" else "en", height=40 + 26 * len(shown),
    )  # fmt: skip
    return bars([(period, value) for period, value, _told in shown], frame, [told for _period, _value, told in shown])


@require_GET
def download(request: HttpRequest, indicator: str) -> HttpResponse:
    """All points of an indicator as CSV; a suppressed one has no value and says so."""
    one = _known(indicator)
    answer = HttpResponse(csv_of(points_of(one.code)), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{one.code}.csv"'
    return answer


def csv_of(found: Sequence[LivePoint]) -> bytes:
    """Points as CSV."""
    return as_csv(COLUMNS, [
        (one.indicator, one.version, one.period, one.of, *one.part, "" if one.value is None else str(one.value),
         "yes" if one.is_suppressed else "no") for one in found
    ])  # fmt: skip
