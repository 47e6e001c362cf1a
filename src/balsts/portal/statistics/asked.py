"""What somebody asks of the pages of published figures, out of the address."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from balsts.figures.book import Book
from balsts.figures.columns import COLUMNS
from balsts.figures.datasets import DATASETS
from balsts.portal.folding import MOST_LETTERS
from balsts.portal.statistics.search import Asked, choices, filter_columns
from balsts.portal.statistics.words import Said, said
from balsts.portal.words import upper_first

FOUND_BY = ("period", "indicator_kind", "policy_area", "programme_code")
"""Columns by which everything is filtered, whatever table it stands in."""
_LAST_PAGE = 10_000
_LONGEST_CHOICE = 90


@dataclass(frozen=True)
class Choice:
    """A text to choose: as it is sent, in words, whether it is chosen."""

    sent: str
    words: Said
    is_chosen: bool


@dataclass(frozen=True)
class Field:
    """A list to choose from."""

    name: str
    label: str
    choices: tuple[Choice, ...]


def asked_everywhere(query: QueryDict) -> Asked:
    """What is asked of all tables."""
    table = query.get("table", "")
    return Asked(_words(query), table if table in DATASETS else "", _where(query, FOUND_BY),
                 query.get("contradictions") == "1")  # fmt: skip


def asked_of_table(query: QueryDict, book: Book, table: str) -> Asked:
    """What is asked of one table."""
    return Asked(_words(query), table, _where(query, filter_columns(book, table)), query.get("contradictions") == "1",
                 query.get("series", "")[:10])  # fmt: skip


def page_asked(query: QueryDict) -> int:
    """Which page of a list is asked for; the first where that is no number."""
    text = query.get("page", "")
    return min(int(text), _LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def as_query(asked: Asked, *, table: bool = False) -> str:
    """What is asked, as it stands in an address.

    Args:
        table: whether the table is asked for by the query, and not by the path.
    """
    told: dict[str, Any] = {"q": asked.words, "table": asked.table if table else "", **dict(asked.where),
                            "series": asked.series, "contradictions": "1" if asked.contradictions else ""}  # fmt: skip
    return urlencode({name: text for name, text in told.items() if text})


def fields_of(book: Book, asked: Asked, lang: str) -> list[Field]:
    """The lists by which rows of one table are chosen."""
    return [_field(book, asked, one, lang) for one in filter_columns(book, asked.table)]


def fields_everywhere(book: Book, asked: Asked, lang: str) -> list[Field]:
    """The lists by which rows of all tables are chosen."""
    tables = tuple(Choice(one.code, Said(one.title(lang)), one.code == asked.table) for one in DATASETS.values())
    anywhere = Asked(where=asked.where)
    return [Field("table", _("Table"), tables), *(_field(book, anywhere, one, lang) for one in FOUND_BY)]


def _field(book: Book, asked: Asked, column: str, lang: str) -> Field:
    label = _("Period") if column == "period" else COLUMNS[column].heading(lang)
    if column == "programme_code":
        label = COLUMNS["programme_name"].heading(lang)
    chosen = asked.of(column)
    found = [Choice(one, _cut(_choice_words(book, column, one, lang)), one == chosen)
             for one in choices(book, asked.table, column)]  # fmt: skip
    return Field(column, upper_first(label), tuple(found))


def _choice_words(book: Book, column: str, text: str, lang: str) -> Said:
    if column == "period":
        return said("year", text, lang)
    if column == "programme_code":
        name = said("programme_name", _programmes(book)[text], lang)
        return Said(f"{text} {name.text}", name.lang)
    return said(column, text, lang)


@lru_cache(maxsize=4)
def _programmes(book: Book) -> dict[str, str]:
    """Names of programmes by their codes."""
    return {row["programme_code"]: row["programme_name"] for table in DATASETS.values()
            if {"programme_code", "programme_name"} <= {*table.columns} for row in book.rows(table.code)}  # fmt: skip


def _cut(one: Said) -> Said:
    text = upper_first(one.text)
    return Said(text if len(text) <= _LONGEST_CHOICE else f"{text[: _LONGEST_CHOICE - 1]}…", one.lang)


def _words(query: QueryDict) -> str:
    return " ".join(query.get("q", "")[:MOST_LETTERS].split())


def _where(query: QueryDict, columns: tuple[str, ...] | list[str]) -> tuple[tuple[str, str], ...]:
    found = ((one, query.get(one, "")[:500]) for one in columns)
    return tuple((column, text) for column, text in found if text)
