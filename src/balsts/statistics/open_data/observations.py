"""A published figure as an observation of SDMX: its key, its value as printed, what is told of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from balsts.figures.book import Book
from balsts.figures.documents import DOCUMENTS
from balsts.figures.english import worded
from balsts.figures.rows import Figure, Row
from balsts.statistics.open_data.codes import TOTAL, code_of
from balsts.statistics.open_data.structures import SEX_COLUMNS, Component, Structure, concept_id, document_code

_SPAN, _UNTIL = re.compile(r"(\d{4})-(\d{4})"), re.compile(r"līdz (\d{4})")
_SEXES = {"female": "F", "male": "M"}

Keep = Callable[["Observation"], bool]


@dataclass(frozen=True)
class Observation:
    """One figure.

    Attributes:
        key: the code of each dimension, and the period.
        value: the figure with the digits it was printed with.
        attributes: what is told of it; what is not known is left out.
    """

    key: Mapping[str, str]
    value: str
    attributes: Mapping[str, str]


def observations(book: Book, structure: Structure, keep: Keep | None = None) -> Iterator[Observation]:
    """The figures of a table, in the order of its rows and columns.

    Args:
        keep: which to take; left out, all.
    """
    for row in book.rows(structure.table.code):
        for figure in row.figures():
            one = observation(book, structure, figure)
            if keep is None or keep(one):
                yield one


def observation(book: Book, structure: Structure, figure: Figure) -> Observation:
    """A figure of a table."""
    row = figure.row
    period, basis = period_of(book, row)
    known = {
        "FIGURE": concept_id("value" if figure.column in SEX_COLUMNS else figure.column),
        "SEX": SEX_COLUMNS.get(figure.column) or _SEXES.get(row.get("sex"), TOTAL),
        "SERIES": row.series, "TIME_PERIOD": period, "TIME_BASIS": basis,
    }  # fmt: skip
    key = {one.id: known[one.id] if one.id in known else code_of(row[one.column]) for one in structure.key}
    return Observation(key, figure.text, dict(_told(book, structure, figure, period, basis)))


def period_of(book: Book, row: Row) -> tuple[str, str]:
    """The period of a row as SDMX writes it, and how it is known: spans as a first day with a number of years."""
    text, basis = row.period, "PRINTED" if row.table.period else "TABLE"
    if not text:
        document = row.document
        last = max((one.year for one in book.rows(row.dataset) if one.year), default=0)
        return f"{document.year if document else last:04}", "ASSUMED"
    if until := _UNTIL.fullmatch(text):
        return until[1], "UNTIL"
    if span := _SPAN.fullmatch(text):
        return f"{span[1]}-01-01/P{int(span[2]) - int(span[1]) + 1}Y", basis
    return text, basis


def _told(book: Book, structure: Structure, figure: Figure, period: str, basis: str) -> Iterator[tuple[str, str]]:
    row, findings = figure.row, book.findings_of(figure)
    around = {
        "UNIT_MEASURE": code_of(figure.unit), "OBS_STATUS": "U" if findings else "A", "TIME_BASIS": basis,
        "PERIOD_PRINTED": row.period if row.period != period else "", "FIGURE_CODE": figure.code,
        "CONTRADICTION_LV": " ".join(one.lv for one in findings),
        "CONTRADICTION_EN": " ".join(one.en for one in findings),
    }  # fmt: skip
    for one in structure.attributes:
        text = around[one.id] if one.id in around else _cell(row, one)
        if text:
            yield one.id, text


def _cell(row: Row, part: Component) -> str:
    """What a cell tells of a figure: a code, or a text in the language of the attribute."""
    text = row[part.column]
    if not text:
        return ""
    if part.lang:
        return worded(text, part.lang)
    if part.codelist == "CL_DOCUMENT":
        return document_code(DOCUMENTS[text])
    return code_of(text) if part.codelist else text
