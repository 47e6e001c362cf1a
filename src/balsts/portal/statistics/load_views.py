"""A new year of a published table, for policy analysts: a template, a look through, and the file is taken in."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from balsts.access.acting import Acting
from balsts.documents.spreadsheet import XLSX
from balsts.figures import templates
from balsts.figures.datasets import DATASETS
from balsts.figures.faults import FileRefused
from balsts.figures.models import Load
from balsts.figures.offering import offer, offered, plan_of_offer, take_in, throw_away
from balsts.law.engine.errors import DomainError, InputError
from balsts.portal.statistics.load_forms import LoadForm
from balsts.portal.statistics.words import page_lang

_SHOWN = 50
_MEDIA = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX}


def _analyst(request: HttpRequest) -> Acting:
    """Who takes tables in; for whoever does not, these pages are not there."""
    who: Acting = request.acting  # type: ignore[attr-defined]
    if not who.may("publish_figures"):
        raise Http404
    return who


def _said(error: DomainError) -> list[str]:
    """What is wrong with a file, cell by cell, in the language of the page."""
    return error.sentences(page_lang()) if isinstance(error, FileRefused) else list(error.messages)


@require_http_methods(["GET", "POST"])
def load(request: HttpRequest) -> HttpResponse:
    """The form, templates, and what was loaded; a file is looked through, and each wrong cell is told."""
    who, lang = _analyst(request), page_lang()
    form = LoadForm(request.POST or None, request.FILES or None)
    page: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = offer(who, said["table"], said["file"].name, said["file"].read(), said["year"])
            return redirect("statistics_offer", made.pk)
        except InputError as error:
            page["wrong"] = _said(error)
    page["tables"] = [(code, one.title(lang)) for code, one in DATASETS.items()]
    page["loads"] = [(DATASETS[one.table_code].title(lang), one) for one in Load.objects.order_by("-pk")[:_SHOWN]]
    return render(request, "portal/statistics/load.html", page, status=422 if "wrong" in page else 200)


@require_GET
def template(request: HttpRequest, dataset: str, form: str) -> HttpResponse:
    """An empty file of a table."""
    _analyst(request)
    if dataset not in DATASETS or form not in _MEDIA:
        raise Http404
    table = DATASETS[dataset]
    content = templates.as_csv(table) if form == "csv" else templates.as_xlsx(table, page_lang())
    return HttpResponse(content, content_type=_MEDIA[form], headers={
        "Content-Disposition": f'attachment; filename="{dataset}.{form}"',
    })  # fmt: skip


@require_GET
def looked_through(request: HttpRequest, offer: uuid.UUID) -> HttpResponse:
    """What a file would bring."""
    found = offered(_analyst(request), offer)
    if found is None:
        raise Http404
    page: dict[str, object] = {"offer": found, "lang": page_lang()}
    try:
        plan = plan_of_offer(found)
        page |= {"plan": plan, "title": plan.table.title(page_lang()), "changed": plan.changed[:_SHOWN],
                 "contradictions": [one.sentence(page_lang()) for one in plan.contradictions]}  # fmt: skip
    except DomainError as error:
        page["wrong"] = _said(error)
    return render(request, "portal/statistics/offer.html", page)


@require_POST
def settle(request: HttpRequest, offer: uuid.UUID) -> HttpResponse:
    """Take a file in, or leave it."""
    who = _analyst(request)
    found = offered(who, offer)
    if found is None:
        raise Http404
    if request.POST.get("do") != "take":
        throw_away(who, found)
        return redirect("statistics_load")
    table = found.table_code
    take_in(who, found)
    return redirect("statistics_table", table)
