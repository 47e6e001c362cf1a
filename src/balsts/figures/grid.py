"""The cells of a file as texts, as they are shown: CSV in UTF-8, or the first sheet of an XLSX workbook."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from balsts.figures.faults import Fault, FileRefused, address_of, fault

MOST_BYTES, MOST_ROWS, MOST_COLUMNS = 5_000_000, 20_000, 100
_MOST_UNPACKED = 20 * MOST_BYTES
_SHEET_ROWS = 1_048_576
_DECIMALS = 6
_BROKEN = (
    InvalidFileException, zipfile.BadZipFile, zlib.error, SyntaxError, EOFError, OSError, LookupError, ValueError,
    TypeError, AttributeError, ArithmeticError, RuntimeError,
)  # fmt: skip
"""What reading a damaged, locked or made-up workbook ends in."""
_LITERALS = re.compile(r'"[^"]*"|\[[^]]*]|[\\_*].')
_PLACES = re.compile(r"[0#?]\.(0+)")
_IS_SCALED = re.compile(r"%|[0#?],+(?![0#?,])")


@dataclass(frozen=True)
class Grid:
    """The cells of a file as texts, row by row, and what is wrong with cells whatever their column."""

    name: str
    rows: Sequence[Sequence[str]]
    faults: Sequence[Fault] = ()


def grid_of(name: str, content: bytes) -> Grid:
    """The cells of a file.

    Raises:
        FileRefused: it is neither CSV in UTF-8 nor an XLSX workbook, or too large.
    """
    if len(content) > MOST_BYTES:
        raise FileRefused(name, fault("too-large", given=f"{len(content):,}", most=f"{MOST_BYTES:,}"))
    return _workbook(name, content) if content.startswith(b"PK") else _text(name, content)


# -- CSV ---------------------------------------------------------------------------------------------------------


def _text(name: str, content: bytes) -> Grid:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileRefused(name, fault("not-utf8", line=content[: error.start].count(b"\n") + 1)) from None
    heading = text.partition("\n")[0]
    divided = next((one for one in (";", "\t") if one in heading and "," not in heading), "")
    if divided:
        raise FileRefused(name, fault("divided-otherwise", "A1", given=";" if divided == ";" else "tab"))
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        rows = _without_empty_end([[_tidy(one) for one in row] for row in lines])
    except csv.Error as error:
        raise FileRefused(name, fault("not-csv", line=lines.line_num, why=error)) from None
    if len(rows) > MOST_ROWS + 1:
        raise FileRefused(name, _too_many_rows())
    return Grid(name, rows)


# -- XLSX --------------------------------------------------------------------------------------------------------


def _workbook(name: str, content: bytes) -> Grid:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions that the library drops are not read here
            return _sheet(name, content)
    except _BROKEN as error:
        raise FileRefused(name, fault("not-a-workbook", why=type(error).__name__)) from None


def _sheet(name: str, content: bytes) -> Grid:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(one.file_size for one in packed.infolist()) > _MOST_UNPACKED:
            raise FileRefused(name, fault("bomb"))
    sheet: Any = load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
    sheet.reset_dimensions()  # what a workbook says of its size may be wrong: rows would be left out
    rows: list[list[str]] = []
    faults: list[Fault] = []
    for number, cells in enumerate(sheet.iter_rows(), 1):
        beyond = next((at for at, one in enumerate(cells, 1) if at > MOST_COLUMNS and one.value is not None), 0)
        if beyond:
            raise FileRefused(name, fault("beside", address_of(beyond, number)))
        if number > MOST_ROWS + 1:
            if number > _SHEET_ROWS or any(one.value is not None for one in cells):
                raise FileRefused(name, _too_many_rows())
            continue
        rows.append([_shown(one) for one in cells[:MOST_COLUMNS]])
        faults += [fault(code, address_of(at, number)) for at, one in enumerate(cells[:MOST_COLUMNS], 1)
                   if (code := _wrong(one))]  # fmt: skip
    rows = _without_empty_end(rows)
    width = max((at for row in rows for at, one in enumerate(row, 1) if one), default=0)
    return Grid(name, [[*row, *[""] * width][:width] for row in rows], faults)


def _wrong(cell: Any) -> str:
    """The code of what is wrong with a cell of a workbook, whatever its column is; nothing where it is right."""
    if cell.value is None:
        return ""
    if cell.data_type == "d":
        is_day = isinstance(cell.value, date) and (not isinstance(cell.value, datetime) or cell.value.time() == time())
        return "" if is_day else "time-cell"
    if cell.data_type == "n" and _IS_SCALED.search(_format(cell)):
        return "scaled-cell"
    return {"f": "formula-cell", "e": "error-cell", "b": "yes-no-cell"}.get(cell.data_type, "")


def _shown(cell: Any) -> str:
    """A cell of a workbook as text: a number with the decimals that its format shows, a day as 2021-12-31."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _digits(value, _format(cell))
    if isinstance(value, date):
        return value.isoformat()[:10]
    return _tidy(str(value))


def _digits(value: float, shown: str) -> str:
    """A number as a spreadsheet shows it: with 15 digits at most, and no fewer decimals than its format has.

    None is cut off: what a format only hides is there.
    """
    exact = Decimal(value) if isinstance(value, int) else Decimal(format(value, ".15g"))
    found = _PLACES.search(shown)
    places = min(len(found[1]), _DECIMALS) if found else 0
    text = format(exact, "f")
    return text if len(text.partition(".")[2]) >= places else f"{exact:.{places}f}"


def _format(cell: Any) -> str:
    """The part of a cell's format that is for positive numbers, without what it prints as it is."""
    return _LITERALS.sub("", cell.number_format or "").partition(";")[0]


def _tidy(text: str) -> str:
    """A text without spaces around it; letters with diacritics in one piece, so that the same text is the same."""
    return unicodedata.normalize("NFC", text.strip())


def _without_empty_end(rows: list[list[str]]) -> list[list[str]]:
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _too_many_rows() -> Fault:
    return fault("too-many-rows", most=f"{MOST_ROWS:,}")
