"""Open data for everybody: the page that lists it, the catalogue, SDMX structures and data."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from balsts.figures.current import book
from balsts.figures.datasets import DATASETS
from balsts.law.engine.errors import InputError
from balsts.portal.statistics.words import page_lang
from balsts.statistics.open_data.about import about
from balsts.statistics.open_data.asked import kept_by
from balsts.statistics.open_data.catalogue import FORMATS, catalogue, written
from balsts.statistics.open_data.changed import changed_at
from balsts.statistics.open_data.files import (
    COLUMNS_ENDING,
    ROOT,
    STRUCTURE_FORMS,
    Files,
    Form,
    files_of,
    forms_of,
    structure_place,
    table_place,
)
from balsts.statistics.open_data.publisher import LICENCES, NO_LICENCE, Publishing, publishing

_KEPT_BY_BROWSERS_SECONDS = 600


@dataclass(frozen=True)
class _Shown:
    """A form that something can be had in, as the page lists it."""

    name: str
    address: str
    bytes: int | None


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """All tables with the forms they can be had in, the structures, the catalogue; licence or that none is chosen."""
    files, lang = _files(), page_lang()
    here = _here(request)
    rows = files.book.rows
    tables = [
        {"code": code, "title": table.title(lang), "about": about(code).names[lang], "rows": len(rows(code)),
         "figures": sum(len(one.values) for one in rows(code)),
         "forms": [_shown(files, one, table_place(table, one.ending), lang) for one in forms_of(table)],
         "columns": f"/{ROOT}{table_place(table, COLUMNS_ENDING)}"}
        for code, table in DATASETS.items()
    ]  # fmt: skip
    return render(request, "portal/statistics/open_data.html", {
        "tables": tables, "catalogues": [f"/{ROOT}catalog.{one}" for one in FORMATS],
        "structures": [_shown(files, one, structure_place(one.ending), lang) for one in STRUCTURE_FORMS],
        "changed_at": files.changed_at, "contact": here.contact,
        "licence": LICENCES[here.licence][lang] if here.licence else "", "no_licence": NO_LICENCE[lang],
    })  # fmt: skip


@require_safe
def catalogue_file(request: HttpRequest, form: str) -> HttpResponse:
    """The catalogue (DCAT-AP 3), with the portal's address, or the one that it was asked by."""
    if form not in FORMATS:
        raise Http404
    return _answer(request, _catalogue(_files(), _here(request), form), FORMATS[form][1], f"catalog.{form}")


@require_safe
def structure_file(request: HttpRequest, form: str) -> HttpResponse:
    """The SDMX structures of all tables."""
    found = next((one for one in STRUCTURE_FORMS if one.ending == form), None)
    if found is None:
        raise Http404
    place = structure_place(form)
    return _answer(request, _files().content(place), found.media_type, f"structure.{form}")


@require_safe
def data_file(request: HttpRequest, dataset: str, form: str) -> HttpResponse:
    """A table by SDMX: all of it, or what is asked for by codes of its dimensions."""
    table = DATASETS.get(dataset)
    found = next((one for one in forms_of(table) if one.ending == f"sdmx.{form}"), None) if table else None
    if table is None or found is None:
        raise Http404
    files = _files()
    try:
        keep = kept_by(files.structure(dataset), ((name, str(codes)) for name, codes in request.GET.items()))
    except InputError as error:
        return HttpResponse("\n".join(error.messages), status=400, content_type="text/plain; charset=utf-8")
    content = files.table(dataset, found.ending, keep) if keep else files.content(table_place(table, found.ending))
    return _answer(request, content, found.media_type, f"{dataset}.{found.ending}")


@require_safe
def loaded_file(request: HttpRequest, dataset: str, ending: str, media_type: str) -> HttpResponse:
    """A table as it was loaded, or what its columns mean (CSV on the Web)."""
    table = DATASETS.get(dataset)
    if table is None:
        raise Http404
    return _answer(request, _files().content(table_place(table, ending)), media_type, f"{dataset}.{ending}")


# -- parts ---------------------------------------------------------------------------------------------------------


def _files() -> Files:
    return files_of(book(), changed_at())


def _here(request: HttpRequest) -> Publishing:
    return publishing(os.environ.get("BALSTS_PUBLIC_ADDRESS") or request.build_absolute_uri("/"))


@lru_cache(maxsize=24)
def _catalogue(files: Files, here: Publishing, form: str) -> bytes:
    return written(catalogue(files, here), form)


def _shown(files: Files, form: Form, place: str, lang: str) -> _Shown:
    size = len(files.content(place)) if form.is_made_here else None
    return _Shown(form.names[lang], f"/{ROOT}{place}", size)


def _answer(request: HttpRequest, content: bytes, media_type: str, name: str) -> HttpResponse:
    """A file, or that the one the browser has is still the same."""
    mark = f'"{hashlib.sha256(content).hexdigest()[:24]}"'
    if mark in request.headers.get("If-None-Match", ""):
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(content, content_type=media_type)
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["ETag"] = mark
    patch_cache_control(response, public=True, max_age=_KEPT_BY_BROWSERS_SECONDS)
    return response
