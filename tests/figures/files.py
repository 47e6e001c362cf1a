"""Files of published tables for tests: cells in, CSV or XLSX out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from functools import cache

import pytest
from openpyxl import Workbook

from balsts.figures.columns import COLUMNS
from balsts.figures.datasets import DATASETS, Dataset
from balsts.figures.faults import Fault, FileRefused, address_of
from balsts.figures.grid import grid_of
from balsts.figures.reading import checked
from balsts.figures.rows import Row

Cells = list[list[str]]
SERVICES = DATASETS["public-services"]
HEADING = list(SERVICES.columns)
ROW = ["2024", "Jauns pakalpojums", "started", "applications", "total", "6", "gadījumi", "", "", ""]
OTHER = ["2024", "Jauns pakalpojums", "started", "applications", "post", "0", "gadījumi", "", "", ""]


@cache
def _printed(code: str) -> tuple[tuple[str, ...], ...]:
    with DATASETS[code].path.open(encoding="utf-8", newline="") as file:
        return tuple(tuple(row) for row in csv.reader(file))


def printed(table: Dataset, rows: int | None = None) -> Cells:
    """The cells of the product's own file, heading first; only the first rows where a number is given."""
    return [list(row) for row in _printed(table.code)[: None if rows is None else rows + 1]]


def as_csv(cells: Sequence[Sequence[str]]) -> bytes:
    """CSV in UTF-8."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(cells)
    return out.getvalue().encode()


def services(*rows: Sequence[str]) -> bytes:
    """CSV of public services with these rows."""
    return as_csv([HEADING, *rows])


def one_cell(table: Dataset, column: str, text: str, row: int = 2) -> bytes:
    """CSV of the first rows of the product's file, with one cell written over."""
    cells = printed(table, row)
    cells[row - 1][table.columns.index(column)] = text
    return as_csv(cells)


def as_xlsx(cells: Sequence[Sequence[object]], formats: Mapping[str, str] | None = None) -> bytes:
    """A workbook: texts as texts, and cells of columns of figures as the numbers they are, shown as printed.

    Args:
        formats: formats of cells by address; a figure has one with the decimals it is printed with.
    """
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for number, row in enumerate(cells, 1):
        for at, text in enumerate(row, 1):
            name = cells[0][at - 1] if at <= len(cells[0]) else ""
            cell = sheet.cell(number, at)
            if number > 1 and name in COLUMNS and COLUMNS[str(name)].kind == "number" and _is_exact(text):
                decimals = len(str(text).partition(".")[2])
                cell.value = float(str(text)) if decimals else int(str(text))
                cell.number_format = f"0.{'0' * decimals}" if decimals else "General"
            elif text != "":
                cell.value = text  # type: ignore[assignment]
    for place, shown in (formats or {}).items():
        sheet[place].number_format = shown
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _is_exact(text: object) -> bool:
    """Whether a text is a number that a workbook can hold: it keeps fifteen digits, and no sign of zero."""
    found = re.fullmatch(r"-?([0-9]+)(\.[0-9]+)?", text) if isinstance(text, str) else None
    return found is not None and sum(one.isdigit() for one in found[0]) <= 15 and not re.fullmatch(r"-[0.]+", found[0])


def taken(table: Dataset, content: bytes, year: int | None = None) -> list[Row]:
    """The rows of a file."""
    return checked(table, grid_of("file.csv", content), year)


def refused(table: Dataset, content: bytes, year: int | None = None) -> list[Fault]:
    """What is wrong in a file that is refused."""
    with pytest.raises(FileRefused) as caught:
        taken(table, content, year)
    assert caught.value.messages == caught.value.sentences("en")
    assert len(caught.value.sentences("lv")) == len(caught.value.messages)
    return list(caught.value.faults)


def places(faults: Sequence[Fault]) -> list[tuple[str, str]]:
    """The code and the cell of each fault."""
    return [(one.code, one.address) for one in faults]


def at(table: Dataset, column: str, row: int) -> str:
    """The address of a cell of a column."""
    return address_of(table.columns.index(column) + 1, row)
