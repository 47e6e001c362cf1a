"""Pages of published figures: tables, one table, one row, finding, contradictions, what others may embed."""

from __future__ import annotations

from typing import Any

from csp.decorators import csp_replace
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_GET

from balsts.figures import current
from balsts.figures.book import Book
from balsts.figures.datasets import DATASETS
from balsts.figures.documents import DOCUMENTS
from balsts.portal.statistics import asked as asking
from balsts.portal.statistics.downloads import FORMS
from balsts.portal.statistics.kept import Page, kept, page, shown, way_to, way_to_tables
from balsts.portal.statistics.row_page import embedded_page, row_page
from balsts.portal.statistics.search import Asked, rows_found
from balsts.portal.statistics.shown import (
    columns_in,
    finding_shown,
    heading_of,
    line_shown,
    relation_counts,
    relation_words,
)
from balsts.portal.statistics.words import page_lang, period_words

A_PAGE = 50
_FINDINGS_A_PAGE = 20


@require_GET
def tables(request: HttpRequest) -> HttpResponse:
    """All tables."""
    return shown(request, _tables)


@require_GET
def table(request: HttpRequest, dataset: str) -> HttpResponse:
    """One table, filtered and in pages."""
    if dataset not in DATASETS:
        raise Http404
    book = current.book()
    asked = asking.asked_of_table(request.GET, book, dataset)
    return shown(request, _table, asked, asking.page_asked(request.GET), book=book)


@require_GET
def row(request: HttpRequest, dataset: str, key: str) -> HttpResponse:
    """One row: all that is known of an indicator in a period, and its history."""
    book = current.book()
    if book.row(dataset, key) is None:
        raise Http404
    periods = request.GET.get("from", "")[:20], request.GET.get("to", "")[:20]
    return shown(request, row_page, dataset, key, periods, request.build_absolute_uri("/"), book=book)


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Rows of all tables by words and filters."""
    return shown(request, _find, asking.asked_everywhere(request.GET), asking.page_asked(request.GET))


@require_GET
def findings(request: HttpRequest) -> HttpResponse:
    """All contradictions, by relation and document."""
    relation, document = request.GET.get("relation", "")[:60], request.GET.get("document", "")[:60]
    return shown(request, _findings, relation, document, asking.page_asked(request.GET))


@require_GET
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]
def embed(request: HttpRequest, dataset: str, key: str) -> HttpResponse:
    """One row alone, for pages of others: this page and no other may stand in a frame."""
    book = current.book()
    if book.row(dataset, key) is None:
        raise Http404
    lang = request.GET.get("lang", "")
    with translation.override(lang if lang in ("lv", "en") else page_lang()):
        found = kept(book, embedded_page, dataset, key, request.build_absolute_uri("/"))
        answer = render(request, "portal/statistics/embed.html", {"kept": found})
    answer.headers["Cache-Control"] = "public, max-age=300"
    answer.headers["Vary"] = "Accept-Language, Cookie"
    return answer


# -- what they say -------------------------------------------------------------------------------------------------


def _tables(book: Book) -> Page:
    lang, told = page_lang(), []
    for code, one in DATASETS.items():
        rows = book.rows(code)
        documents = dict.fromkeys(row.document.title(lang) for row in rows if row.document)
        found = dict.fromkeys(each for row in rows for each in book.findings_of_row(row))
        told.append({"code": code, "title": one.title(lang), "rows": len(rows), "documents": list(documents),
                     "figures": sum(len(row.values) for row in rows), "findings": len(found),
                     "periods": _periods(book, code)})  # fmt: skip
    return page(_("Tables of published figures"), way_to(), "tables", {"tables": told})


def _periods(book: Book, code: str) -> str:
    found = sorted({row.period for row in book.rows(code)} - {""})
    words = [period_words(one) for one in found]
    return words[0] if len(words) == 1 else f"{words[0]} … {words[-1]}" if words else ""


def _table(book: Book, asked: Asked, number: int) -> Page:
    lang, one = page_lang(), DATASETS[asked.table]
    rows = rows_found(book, asked)
    listed = Paginator(rows, A_PAGE).get_page(number)
    columns = columns_in(rows)
    query = asking.as_query(asked)
    return page(one.title(lang), way_to_tables(), "table", {
        "table": one, "asked": asked, "number": len(rows), "all": len(book.rows(one.code)), "listed": listed,
        "lines": [line_shown(book, row, columns, lang) for row in listed.object_list],
        "headings": [heading_of(column, lang) for column in columns],
        "has_texts": any(row.get("value_text") for row in rows), "query": query,
        "fields": asking.fields_of(book, asked, lang), "forms": list(FORMS.values()),
        "has_figures": one.has_figures, "columns": _columns(one.code),
    })  # fmt: skip


def _columns(table: str) -> list[dict[str, Any]]:
    """What each column of a file means."""
    lang = page_lang()
    return [{"name": name, "heading": heading_of(name, lang)} for name in DATASETS[table].columns]


def _find(book: Book, asked: Asked, number: int) -> Page:
    lang = page_lang()
    is_asked = asked != Asked()
    rows = rows_found(book, asked) if is_asked else []
    listed = Paginator(rows, A_PAGE).get_page(number)
    lines = [line_shown(book, row, columns_in([row]), lang) for row in listed.object_list]
    return page(_("Find a figure"), way_to(), "find", {
        "asked": asked, "is_asked": is_asked, "number": len(rows), "listed": listed, "lines": lines,
        "query": asking.as_query(asked, table=True), "fields": asking.fields_everywhere(book, asked, lang),
    })  # fmt: skip


def _findings(book: Book, relation: str, document: str, number: int) -> Page:
    lang = page_lang()
    places = {one: {figure.row.get("source_file") for code in (one.figure, *one.others)
                    if (figure := book.figure(code)) is not None} for one in book.findings}  # fmt: skip
    fits = [one for one in book.findings if (not relation or one.relation == relation)
            and (not document or document in places[one])]  # fmt: skip
    listed = Paginator(fits, _FINDINGS_A_PAGE).get_page(number)
    relations = sorted({one.relation for one in book.findings})
    documents = sorted({file for several in places.values() for file in several if file in DOCUMENTS})
    return page(_("Contradictions in the documents"), way_to(), "findings", {
        "findings": [finding_shown(book, one, lang) for one in listed.object_list], "number": len(fits),
        "all": len(book.findings), "listed": listed, "relation": relation, "document": document,
        "relations": [(one, relation_words(one, lang), sum(each.relation == one for each in book.findings))
                      for one in relations], "counts": relation_counts(book, lang),
        "documents": [(one, DOCUMENTS[one].title(lang)) for one in documents],
        "query": "&".join(f"{name}={text}" for name, text in (("relation", relation), ("document", document)) if text),
    })  # fmt: skip
