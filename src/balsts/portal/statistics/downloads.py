"""Published tables as files: CSV, XLSX, Parquet. Figures are exact, and columns are those that tables are loaded with.

Two columns more stand at the end: the key of the row, by which it is found on pages and in the API, and what it
contradicts. No cell is a formula.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import condition, require_GET

from balsts.documents.spreadsheet import XLSX, Cell, as_csv, as_xlsx
from balsts.figures import current
from balsts.figures.book import Book
from balsts.figures.columns import COLUMNS
from balsts.figures.datasets import DATASETS, Dataset
from balsts.figures.rows import Row
from balsts.portal.statistics.asked import asked_of_table
from balsts.portal.statistics.kept import version
from balsts.portal.statistics.search import Asked, rows_found
from balsts.portal.statistics.words import page_lang

ADDED = ("row_key", "contradictions")
"""Columns that files have beside those of the table."""
_DIGITS = 38
Write = Callable[[Book, Dataset, Sequence[Row], str], bytes]


@dataclass(frozen=True)
class Form:
    """A form of file: how its name ends, what it is called, its media type, what writes it.

    `write` is given the book, the table, the rows, and the language of what is said of contradictions.
    """

    ending: str
    name: str
    media_type: str
    write: Write


def _etag(request: HttpRequest, dataset: str, form: str) -> str | None:
    if dataset not in DATASETS or form not in FORMS:
        return None
    return f'"{version(current.book())}-{form}-{page_lang()}"'


@require_GET
@condition(etag_func=_etag)
def download(request: HttpRequest, dataset: str, form: str) -> HttpResponse:
    """A table, or the rows of it that a page shows, as a file."""
    if dataset not in DATASETS or form not in FORMS:
        raise Http404
    content = written(current.book(), dataset, form, request.GET, page_lang())
    answer = HttpResponse(content, content_type=FORMS[form].media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{dataset}.{form}"'
    answer.headers["Cache-Control"] = "public, max-age=300"
    answer.headers["Vary"] = "Accept-Language, Cookie"
    return answer


def written(book: Book, dataset: str, form: str, query: QueryDict, lang: str) -> bytes:
    """A file of the rows of a table that fit what is asked, in the order of the table."""
    return _written(book, asked_of_table(query, book, dataset), form, lang)


@lru_cache(maxsize=100)
def _written(book: Book, asked: Asked, form: str, lang: str) -> bytes:
    rows = sorted(rows_found(book, asked), key=lambda row: row.number)
    return FORMS[form].write(book, DATASETS[asked.table], rows, lang)


# -- the forms -----------------------------------------------------------------------------------------------------


def _csv(book: Book, table: Dataset, rows: Sequence[Row], lang: str) -> bytes:
    return as_csv([*table.columns, *ADDED], _cells(book, table, rows, lang))


def _xlsx(book: Book, table: Dataset, rows: Sequence[Row], lang: str) -> bytes:
    return as_xlsx(table.code, [*table.columns, *ADDED], _cells(book, table, rows, lang))


def _cells(book: Book, table: Dataset, rows: Sequence[Row], lang: str) -> Iterator[list[Cell]]:
    for row in rows:
        yield [*(_cell(row, one) for one in table.columns), row.key, told_of(book, row, lang)]


def _cell(row: Row, column: str) -> Cell:
    if column in row.values:
        return row.values[column]
    text = row[column]
    is_whole = COLUMNS[column].kind == "line" or (COLUMNS[column].kind == "year" and text.isdigit())
    return int(text) if text and is_whole else text


def told_of(book: Book, row: Row, lang: str) -> str:
    """What a row contradicts, in sentences."""
    return " ".join(one.sentence(lang) for one in book.findings_of_row(row))


def _parquet(book: Book, table: Dataset, rows: Sequence[Row], lang: str) -> bytes:
    columns: dict[str, pa.Array] = {}
    for name in table.columns:
        if name in table.units:
            kind = pa.decimal128(_DIGITS, _scale(book, table, name))
            columns[name] = pa.array([row.values.get(name) for row in rows], kind)
        elif COLUMNS[name].kind == "line":
            columns[name] = pa.array([int(row[name]) if row[name] else None for row in rows], pa.int32())
        else:
            columns[name] = pa.array([row[name] or None for row in rows], pa.string())
    columns["row_key"] = pa.array([row.key for row in rows], pa.string())
    columns["contradictions"] = pa.array([told_of(book, row, lang) or None for row in rows], pa.string())
    told = {"table": table.code, "title": table.title(lang)}
    out = io.BytesIO()
    parquet.write_table(pa.table(columns).replace_schema_metadata(told), out, compression="zstd")
    return out.getvalue()


def _scale(book: Book, table: Dataset, column: str) -> int:
    """The most decimals of a column in the whole table, so that its type does not change with what is asked."""
    return max((_decimals(row.values[column]) for row in book.rows(table.code) if column in row.values), default=0)


def _decimals(value: Decimal) -> int:
    exponent: Any = value.as_tuple().exponent
    return max(0, -int(exponent))


FORMS: dict[str, Form] = {
    one.ending: one
    for one in (
        Form("csv", "CSV", "text/csv; charset=utf-8", _csv),
        Form("xlsx", "XLSX", XLSX, _xlsx),
        Form("parquet", "Parquet", "application/vnd.apache.parquet", _parquet),
    )
}
"""The forms by how names of files end."""
