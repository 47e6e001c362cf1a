"""Pages of annual reports: which can be had, and each as PDF and as HTML; open to everybody."""

from __future__ import annotations

from dataclasses import dataclass

from csp.decorators import csp_exempt
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_GET

from balsts.documents.letter import Language
from balsts.figures import current
from balsts.figures.book import Book
from balsts.law.engine.errors import InputError
from balsts.portal.statistics.kept import Page, kept, page, shown, way_to
from balsts.portal.statistics.words import page_lang
from balsts.statistics.report.counted import municipalities
from balsts.statistics.report.html import policy
from balsts.statistics.report.institutions import INSTITUTIONS, available, title
from balsts.statistics.report.kept import FORMS, file_mark, live_file, report_file

_LANGUAGES: dict[str, Language] = {"lv": "lv", "en": "en"}


@dataclass(frozen=True)
class Offered:
    """The reports of an institution: its code, its name, its years with the title of each report."""

    code: str
    name: str
    years: tuple[tuple[int, str], ...]


@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """Which reports can be had."""
    return shown(request, _reports, _counted())


def _counted() -> tuple[Offered, ...]:
    """The reports of municipalities, out of live figures."""
    lang = _LANGUAGES[page_lang()]
    return tuple(Offered(code, name, tuple((year, title(year, lang)) for year in years))
                 for code, name, years in municipalities())  # fmt: skip


def _reports(book: Book, counted: tuple[Offered, ...], is_missing: bool = False) -> Page:
    lang = _LANGUAGES[page_lang()]
    offered = [Offered(one.code, one.name(lang), tuple((year, title(year, lang)) for year in years))
               for one, years in available(book) if years]  # fmt: skip
    return page(
        _("Annual reports"), way_to(), "reports", {"offered": offered, "counted": counted, "is_missing": is_missing}
    )


def _lang(request: HttpRequest) -> Language:
    """The language asked for in the address, else that of the visitor's pages."""
    return _LANGUAGES.get(request.GET.get("lang", ""), _LANGUAGES[page_lang()])


def _etag(request: HttpRequest, institution: str, year: int, form: str) -> str | None:
    if institution not in INSTITUTIONS:
        return None  # what is counted changes without the published figures
    return f'"{institution}-{year}-{form}-{_lang(request)}-{file_mark(current.book())}"'


@require_GET
@condition(etag_func=_etag)
@csp_exempt()  # type: ignore[arg-type]
def report(request: HttpRequest, institution: str, year: int, form: str) -> HttpResponse:
    """A report; of an institution or a year that has none, the page that lists what there is."""
    if form not in FORMS:
        raise Http404
    book, lang = current.book(), _lang(request)
    try:
        if institution in INSTITUTIONS:
            content = report_file(book, institution, year, lang, form)
        else:
            content = live_file(institution, year, lang, form)
    except InputError:
        return render(
            request, "portal/statistics/page.html", {"kept": kept(book, _reports, _counted(), True)}, status=404
        )
    answer = HttpResponse(content, content_type=FORMS[form])
    named = "inline" if form == "html" else "attachment"
    answer.headers["Content-Disposition"] = f'{named}; filename="{institution}-{year}-{lang}.{form}"'
    answer.headers["Content-Security-Policy"] = policy()
    answer.headers["Cache-Control"] = "public, max-age=300"
    answer.headers["Vary"] = "Accept-Language, Cookie"
    return answer
