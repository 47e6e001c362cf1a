"""Published figures: tables, rows, figures, contradictions. Open to everybody, and the same for everybody."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import TypeAdapter

from balsts.figures import current
from balsts.figures.book import Book
from balsts.figures.columns import COLUMNS, Column
from balsts.figures.datasets import DATASETS, OF_ROW, Dataset
from balsts.figures.findings import Finding
from balsts.figures.rows import Figure, Row
from balsts.portal.api.figure_shapes import (
    ColumnName,
    Condition,
    ContradictionOut,
    ContradictionsOut,
    PublishedColumnOut,
    PublishedFigureOut,
    PublishedRowOut,
    PublishedRowsOut,
    PublishedTableOut,
    RowKey,
    SourceDocumentOut,
    TableCode,
    Words,
)
from balsts.portal.api.problems import Refused
from balsts.portal.api.shapes import Text
from balsts.portal.statistics.search import Asked, rows_found

router = Router()
_TAG = ["published figures"]
After = Annotated[int, Query(ge=0, le=1_000_000, description="how many were read before")]
Limit = Annotated[int, Query(ge=1, le=500)]
Where = Annotated[
    list[Condition], Query(max_length=20, description="column:text; period is the year, span or day of a row")
]


_TABLES = TypeAdapter(list[PublishedTableOut])


def _answer(build: Callable[..., bytes], *asked: Any) -> HttpResponse:
    """Answer with what is kept, made anew only when the figures changed since it was last asked for."""
    return HttpResponse(_kept(current.book(), build, *asked), content_type="application/json; charset=utf-8")


@lru_cache(maxsize=100)
def _kept(book: Book, build: Callable[..., bytes], *asked: Any) -> bytes:
    return build(book, *asked)


@router.get("/statistics/tables", auth=None, response=list[PublishedTableOut], tags=_TAG, summary="Published tables")
def list_tables(request: HttpRequest) -> HttpResponse:
    """All tables with their columns and how much is in them. Open to everybody."""
    return _answer(_tables)


@router.get("/statistics/tables/{dataset}", auth=None, response=PublishedTableOut, tags=_TAG,
            summary="A published table")  # fmt: skip
def read_table(request: HttpRequest, dataset: TableCode) -> PublishedTableOut:
    """A table with its columns. Open to everybody."""
    return _table(current.book(), _known(dataset))


@router.get("/statistics/tables/{dataset}/rows", auth=None, response=PublishedRowsOut, tags=_TAG,
            summary="Rows of a table")  # fmt: skip
def list_rows(
    request: HttpRequest, dataset: TableCode, where: Where = [],  # noqa: B006 - never changed
    words: Words = "", series: RowKey | None = None, contradictions: bool = False, after: After = 0, limit: Limit = 100,
) -> HttpResponse:  # fmt: skip
    """Rows that hold all that is asked: texts of columns, words of either language, a series. Open to everybody."""
    table = _known(dataset)
    asked = Asked(words, table.code, tuple(_condition(table, one) for one in where), contradictions, series or "")
    return _answer(_rows, asked, after, limit)


@router.get("/statistics/tables/{dataset}/rows/{key}", auth=None, response=PublishedRowOut, tags=_TAG,
            summary="A row of a table")  # fmt: skip
def read_row(request: HttpRequest, dataset: TableCode, key: RowKey) -> PublishedRowOut:
    """A row with its figures, their contradictions and its place in the document. Open to everybody."""
    book = current.book()
    found = book.row(_known(dataset).code, key)
    if found is None:
        raise Http404
    return _row(book, found)


@router.get("/statistics/figures/{dataset}/{key}/{column}", auth=None, response=PublishedFigureOut, tags=_TAG,
            summary="A published figure")  # fmt: skip
def read_figure(request: HttpRequest, dataset: TableCode, key: RowKey, column: ColumnName) -> PublishedFigureOut:
    """One figure by its code. Open to everybody."""
    book = current.book()
    found = book.figure(f"{_known(dataset).code}/{key}/{column}")
    if found is None:
        raise Http404
    return _figure(book, found)


@router.get("/statistics/findings", auth=None, response=ContradictionsOut, tags=_TAG,
            summary="Contradictions in published figures")  # fmt: skip
def list_findings(
    request: HttpRequest, relation: Words = "", dataset: TableCode | None = None, after: After = 0, limit: Limit = 100,
) -> ContradictionsOut:  # fmt: skip
    """Relations that ought to hold between figures and do not; by relation, or by table. Open to everybody."""
    table = _known(dataset).code if dataset else ""
    fits = [one for one in current.book().findings if (not relation or one.relation == relation)
            and (not table or any(code.startswith(f"{table}/") for code in (one.figure, *one.others)))]  # fmt: skip
    return ContradictionsOut(total=len(fits), next=_next(len(fits), after, limit),
                       findings=[_finding(one) for one in fits[after : after + limit]])  # fmt: skip


# -- what is asked -------------------------------------------------------------------------------------------------


def _known(dataset: str) -> Dataset:
    if dataset not in DATASETS:
        raise Http404
    return DATASETS[dataset]


def _condition(table: Dataset, text: str) -> tuple[str, str]:
    """A column and the text that it must have.

    Raises:
        Refused: the table has no such column.
    """
    column, _, wanted = text.partition(":")
    if column != "period" and column not in table.columns:
        raise Refused(422, f"The table has no column {column}; it has {', '.join(table.columns)}.",
                      [{"place": "query.where", "problem": "unknown column"}])  # fmt: skip
    return column, wanted


def _next(total: int, after: int, limit: int) -> int | None:
    return after + limit if after + limit < total else None


# -- what is answered ----------------------------------------------------------------------------------------------


def _tables(book: Book) -> bytes:
    return _TABLES.dump_json([_table(book, one) for one in DATASETS.values()])


def _rows(book: Book, asked: Asked, after: int, limit: int) -> bytes:
    rows = sorted(rows_found(book, asked), key=lambda row: (row.number, row.key))
    found = PublishedRowsOut(total=len(rows), next=_next(len(rows), after, limit),
                    rows=[_row(book, one) for one in rows[after : after + limit]])  # fmt: skip
    return found.model_dump_json().encode()


def _table(book: Book, table: Dataset) -> PublishedTableOut:
    rows = book.rows(table.code)
    return PublishedTableOut(
        code=table.code, title=Text(lv=table.lv, en=table.en), rows=len(rows),
        figures=sum(len(one.values) for one in rows),
        contradictions=len({each for one in rows for each in book.findings_of_row(one)}),
        columns=[_column(table, COLUMNS[one]) for one in table.columns],
    )  # fmt: skip


def _column(table: Dataset, column: Column) -> PublishedColumnOut:
    unit = table.units.get(column.name, "")
    known = table.choices.get(column.name) or tuple(column.choices or {})
    choices = {one: Text(lv=column.word(one, "lv"), en=column.word(one, "en")) for one in known}
    return PublishedColumnOut(name=column.name, heading=Text(lv=column.lv, en=column.en), kind=column.kind,
                     is_figure=column.name in table.units, unit="" if unit == OF_ROW else unit,
                     choices=choices)  # fmt: skip


def _row(book: Book, row: Row) -> PublishedRowOut:
    document = row.document
    source = None
    if document is not None:
        source = SourceDocumentOut(code=document.code, title=Text(lv=document.lv, en=document.en),
                             institution=document.institution, line=row.line)  # fmt: skip
    return PublishedRowOut(table=row.dataset, key=row.key, series=row.series, period=row.period, cells=dict(row.cells),
                  figures=[_figure(book, one) for one in row.figures()], source=source)  # fmt: skip


def _figure(book: Book, one: Figure) -> PublishedFigureOut:
    return PublishedFigureOut(
        code=one.code, table=one.row.dataset, row=one.row.key, column=one.column,
        heading=Text(lv=one.heading("lv"), en=one.heading("en")), value=one.text, unit=one.unit, period=one.row.period,
        contradictions=[_finding(each) for each in book.findings_of(one)],
    )  # fmt: skip


def _finding(one: Finding) -> ContradictionOut:
    return ContradictionOut(
        relation=one.relation, figure=one.figure, others=list(one.others), printed=f"{one.printed:f}",
        computed=f"{one.computed:f}", sentence=Text(lv=one.lv, en=one.en),
    )  # fmt: skip
