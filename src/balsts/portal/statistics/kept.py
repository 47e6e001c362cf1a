"""The content of pages, kept: it is the same for everybody until the figures change.

What stands around it (header, language, session) is made for each visitor; a token of a form is never kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from balsts.figures import current
from balsts.figures.book import Book
from balsts.figures.datasets import DATASETS
from balsts.portal.statistics.words import Said, page_lang


@dataclass(frozen=True)
class Page:
    """What a page says: its title, the way to it (addresses and titles), its content."""

    title: Said
    way: tuple[tuple[str, str], ...]
    content: SafeString


Build = Callable[..., Page]
"""Makes a page of a book and what is asked, in the language that is active."""


def page(title: Said | str, way: tuple[tuple[str, str], ...], template: str, content: dict[str, Any]) -> Page:
    """A page by its template."""
    told = title if isinstance(title, Said) else Said(title)
    return Page(told, way, render_to_string(f"portal/statistics/{template}.html", {**content, "title": told}))


def way_to(*more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """The way to a page: the figures, then what is given."""
    return ((reverse("statistics"), _("Published figures")), *more)


def way_to_tables(*more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """The way to a page below the tables."""
    return way_to((reverse("statistics_tables"), _("Tables")), *more)


def shown(request: HttpRequest, build: Build, *asked: Any, book: Book | None = None) -> HttpResponse:
    """Answer with a page, made anew only when the figures changed since it was last asked for.

    Args:
        book: the book as it stands, where it was looked at before.
    """
    content = kept(book or current.book(), build, *asked)
    return render(request, "portal/statistics/page.html", {"kept": content})


def kept(book: Book, build: Build, *asked: Any) -> Page:
    """A page of a book, in the language that is active."""
    return _kept(book, page_lang(), build, *asked)


@lru_cache(maxsize=600)
def _kept(book: Book, lang: str, build: Build, *asked: Any) -> Page:
    return build(book, *asked)


@lru_cache(maxsize=4)
def version(book: Book) -> str:
    """A mark of all figures and contradictions of a book, for browsers that keep what they were sent."""
    told = hashlib.sha256()
    for table in DATASETS:
        for row in book.rows(table):
            told.update("\x1f".join((table, row.key, *row.cells.values())).encode())
    for finding in book.findings:
        told.update(repr(finding).encode())
    return told.hexdigest()[:20]
