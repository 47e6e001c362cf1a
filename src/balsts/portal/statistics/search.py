"""Finding rows of published tables: by words of what they are about, in either language, and by filters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from balsts.figures.book import Book
from balsts.figures.datasets import DATASETS
from balsts.figures.rows import Row
from balsts.portal.folding import folded, looked_for
from balsts.portal.statistics.words import dimensions, name_of

_ASIDE = ("policy_area_source", "validity_basis")
"""Columns of remarks: nobody looks for them, or chooses by them."""
_NAMED_BY_ANOTHER = ("criterion_no", "group_code", "priority_measure_no", "programme_name")
"""Columns that say the same as another by which one chooses."""
MOST_CHOICES = 80
"""A column with more different texts than these is no list to choose from; its words are found."""


@dataclass(frozen=True)
class Asked:
    """What somebody looks for: words, and texts that columns must have (`year` is a row's period)."""

    words: str = ""
    table: str = ""
    where: tuple[tuple[str, str], ...] = ()
    contradictions: bool = False
    series: str = ""

    def of(self, column: str) -> str:
        """The text that a column must have; empty for any."""
        return dict(self.where).get(column, "")


@lru_cache(maxsize=4)
def _index(book: Book) -> tuple[tuple[Row, str, str], ...]:
    """Each row with what it is called and all it is about, folded, in both languages."""
    found = []
    for table in DATASETS:
        for row in book.rows(table):
            name = folded(" ".join(name_of(row, lang).text for lang in ("lv", "en")))
            told = [one.text for lang in ("lv", "en") for _heading, one in dimensions(row, lang)]
            codes = [row[one.name] for one in row.table.dimensions if one.name not in _ASIDE]
            titles = [row.table.lv, row.table.en]
            found.append((row, name, folded(" ".join(dict.fromkeys([*told, *codes, *titles])))))
    return tuple(found)


def rows_found(book: Book, asked: Asked) -> list[Row]:
    """Rows that hold all that is asked: those whose name has the words first, shorter names before longer ones."""
    wanted = looked_for(asked.words)
    fits = _fits(book, asked)
    ranked = [
        (not all(one in name for one in wanted), len(name) if wanted else 0, place, row)
        for place, (row, name, text) in enumerate(_index(book))
        if (not asked.table or row.dataset == asked.table) and fits(row) and all(one in text for one in wanted)
    ]
    return [row for *_rank, row in sorted(ranked, key=lambda one: one[:3])]


def _fits(book: Book, asked: Asked) -> Callable[[Row], bool]:
    where = dict(asked.where)
    year = where.pop("period", "")

    def fits(row: Row) -> bool:
        if year and row.period != year:
            return False
        if any(row.get(column) != text for column, text in where.items()):
            return False
        if asked.series and row.series != asked.series:
            return False
        return not asked.contradictions or bool(book.findings_of_row(row))

    return fits


@lru_cache(maxsize=256)
def choices(book: Book, table: str, column: str) -> tuple[str, ...]:
    """The different texts of a column of a table, sorted; of `period` and without a table, of all that have it."""
    tables = [table] if table else list(DATASETS)
    found = {row.period if column == "period" else row.get(column) for one in tables for row in book.rows(one)}
    return tuple(sorted(found - {""}))


def filter_columns(book: Book, table: str) -> list[str]:
    """The columns of a table by which its rows can be chosen: those that differ, and not in every row."""
    own = DATASETS[table]
    found = []
    for column in own.dimensions:
        if column.name in (*_ASIDE, *_NAMED_BY_ANOTHER, own.row_code, own.period):
            continue
        if 2 <= len(choices(book, table, column.name)) <= min(MOST_CHOICES, len(book.rows(table)) // 2):
            found.append(column.name)
    return ["period", *found] if own.period and len(choices(book, table, "period")) > 1 else found
