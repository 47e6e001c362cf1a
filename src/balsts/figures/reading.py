"""Reads a table from CSV or XLSX: each cell is checked against its column; a file is taken whole or not at all."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NoReturn

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from balsts.figures.columns import COLUMNS, Column
from balsts.figures.datasets import DATASETS, Dataset
from balsts.figures.documents import DOCUMENTS
from balsts.figures.rows import Row, row_of
from balsts.law.engine.errors import InputError, nearest

MOST_BYTES, MOST_ROWS, MOST_LETTERS = 5_000_000, 20_000, 2_000
_MOST_ERRORS = 50
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,6})?")
_YEAR = re.compile(r"(19|20)\d\d")
_SPAN = re.compile(r"((19|20)\d\d-(19|20)\d\d|līdz (19|20)\d\d)")
_FORMULA = ("=", "+", "@", "\t", "\r")
_EXAMPLES = {"number": "such as 1234.5, without spaces and with a decimal point", "year": "such as 2021",
             "date": "such as 2021-12-31", "line": "a whole number"}  # fmt: skip


@dataclass(frozen=True)
class Grid:
    """The cells of a file as texts, row by row; `formulas` are the addresses of cells that hold one."""

    name: str
    rows: Sequence[Sequence[str]]
    formulas: Sequence[str] = ()


def read(table: Dataset, path: Path, year: int | None = None) -> list[Row]:
    """Read a file of a table.

    Args:
        year: the year it must report; left out, any.

    Raises:
        InputError: what is wrong, cell by cell; nothing of the file is used.
    """
    return checked(table, grid_of(path.name, path.read_bytes()), year)


def grid_of(name: str, content: bytes) -> Grid:
    """The cells of a file, CSV in UTF-8 or the first sheet of an XLSX workbook.

    Raises:
        InputError: it is neither, or too large.
    """
    if len(content) > MOST_BYTES:
        raise InputError(f"{name}: {len(content):,} bytes; expected at most {MOST_BYTES:,}. Split the file by years.")
    return _workbook(name, content) if content.startswith(b"PK") else _text(name, content)


def checked(table: Dataset, grid: Grid, year: int | None = None) -> list[Row]:
    """The rows of a file, once every cell was found to be what its column is.

    Raises:
        InputError: what is wrong, with the address of each cell.
    """
    wrong = [f"{grid.name}, cell {at}: a formula; expected what it comes to, as a plain value." for at in grid.formulas]
    wrong += _heading(table, grid)
    if wrong:
        _refuse(wrong)
    found: list[Row] = []
    seen: dict[tuple[str, ...], int] = {}
    alike: Counter[tuple[str, ...]] = Counter()
    for number, texts in enumerate(grid.rows[1:], 2):
        errors = _row(table, grid.name, number, texts, year)
        cells = dict(zip(table.columns, texts, strict=False))
        if not errors:
            errors = _again(table, grid.name, number, cells, seen)
        if errors:
            wrong += errors
            continue
        key = tuple(cells[one] for one in table.key)
        found.append(row_of(table, number, cells, alike[key]))
        alike[key] += 1
    if not grid.rows[1:]:
        wrong.append(f"{grid.name}: no rows below the heading; expected at least one.")
    if wrong:
        _refuse(wrong)
    return found


def table_named(code: str) -> Dataset:
    """The table of a code.

    Raises:
        InputError: there is none.
    """
    if code not in DATASETS:
        raise InputError(f"{code}: no such table; expected one of {', '.join(DATASETS)}.{nearest(code, DATASETS)}")
    return DATASETS[code]


def address(column: int, row: int) -> str:
    """The address of a cell in a spreadsheet, both counted from 1: N12."""
    return f"{get_column_letter(column)}{row}"


# -- the file ----------------------------------------------------------------------------------------------------


def _text(name: str, content: bytes) -> Grid:
    try:
        text = content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InputError(f"{name}, line {line}: not UTF-8; expected CSV in UTF-8 or an XLSX workbook. "
                         "In a spreadsheet, save it as «CSV UTF-8».") from None  # fmt: skip
    except csv.Error as error:
        raise InputError(f"{name}: not CSV ({error}); expected fields divided by commas.") from None
    while rows and not any(rows[-1]):
        rows.pop()
    return Grid(name, [[one.strip() for one in row] for row in rows])


def _workbook(name: str, content: bytes) -> Grid:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(one.file_size for one in packed.infolist()) > MOST_BYTES * 20:
                raise InputError(f"{name}: far larger once unpacked than a table can be; nothing of it was read.")
        sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=False).worksheets[0]
        rows, formulas = [], []
        for number, cells in enumerate(sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=60), 1):
            formulas += [address(at, number) for at, one in enumerate(cells, 1) if one.data_type == "f"]
            rows.append([_written(one.value) for one in cells])
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, SyntaxError) as error:
        raise InputError(f"{name}: cannot be read as an XLSX workbook ({type(error).__name__}); expected one, or CSV "
                         "in UTF-8. Open it in a spreadsheet and save it anew.") from None  # fmt: skip
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((at for row in rows for at, one in enumerate(row, 1) if one), default=0)
    return Grid(name, [row[:width] for row in rows], formulas)


def _written(value: object) -> str:
    """A cell of a workbook as text; numbers with the fewest digits that mean the same."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, date):
        return value.isoformat()[:10]
    return str(value).strip()


# -- its cells ---------------------------------------------------------------------------------------------------


def _heading(table: Dataset, grid: Grid) -> list[str]:
    if not grid.rows:
        return [f"{grid.name}: empty; expected a heading with the columns {', '.join(table.columns)}."]
    given, wanted = list(grid.rows[0]), list(table.columns)
    if len(grid.rows) > MOST_ROWS + 1:
        return [f"{grid.name}: more than {MOST_ROWS:,} rows; split the file by years."]
    if given == wanted:
        return []
    wrong = [f"{grid.name}, cell {address(at, 1)}: column «{one[:60]}» is not one of this table.{nearest(one, wanted)}"
             for at, one in enumerate(given, 1) if one not in wanted]  # fmt: skip
    wrong += [f"{grid.name}, cell {address(at, 1)}: column «{one}» stands twice."
              for at, one in enumerate(given, 1) if one in wanted and one in given[: at - 1]]  # fmt: skip
    wrong += [f"{grid.name}, row 1: column «{one}» is missing." for one in wanted if one not in given]
    if not wrong:
        at = next(at for at, (one, other) in enumerate(zip(given, wanted, strict=True), 1) if one != other)
        wrong.append(f"{grid.name}, cell {address(at, 1)}: column «{given[at - 1]}»; expected «{wanted[at - 1]}» here: "
                     "the columns stand in another order than in the template.")  # fmt: skip
    return wrong


def _row(table: Dataset, name: str, number: int, texts: Sequence[str], year: int | None) -> list[str]:
    if len(texts) != len(table.columns):
        told = f"{len(texts)} cells; expected {len(table.columns)}"
        return [f"{name}, row {number}: {told}. A cell is missing or too many, so that all after it have shifted."]
    wrong = []
    for at, (column, text) in enumerate(zip(table.columns, texts, strict=True), 1):
        said = _cell(table, COLUMNS[column], text)
        if not said and column == table.period and text:
            said = _wrong_year(table, text, year)
        if said:
            wrong.append(f"{name}, cell {address(at, number)} ({column}): {said}")
    return wrong


def _cell(table: Dataset, column: Column, text: str) -> str:
    """What is wrong with a cell, or nothing."""
    if not text:
        return "empty; it must be filled." if column.name in table.required else ""
    if len(text) > MOST_LETTERS:
        return f"{len(text):,} letters; expected at most {MOST_LETTERS:,}."
    shown = f"«{text[:40]}»"
    if column.kind in ("number", "line"):
        right = _NUMBER.fullmatch(text) if column.kind == "number" else text.isascii() and text.isdigit()
        return "" if right else f"{shown}; expected a number, {_EXAMPLES[column.kind]}."
    if text.startswith(_FORMULA) or (text.startswith("-") and len(text) > 1):
        return f"{shown} begins as a formula of a spreadsheet does; expected plain text. Write it without the sign."
    if any(ord(one) < ord(" ") for one in text):
        return f"{shown} holds a control character; expected one line of text."
    return _worded(table, column, text, shown)


def _worded(table: Dataset, column: Column, text: str, shown: str) -> str:
    if column.kind == "year" and not (_YEAR.fullmatch(text) or (table.spans and _SPAN.fullmatch(text))):
        return f"{shown}; expected a year, {_EXAMPLES['year']}{', or a span such as 2026-2030' if table.spans else ''}."
    if column.kind == "date" and not _is_date(text):
        return f"{shown}; expected a day, {_EXAMPLES['date']}."
    if column.kind == "choice":
        known = table.choices.get(column.name) or tuple(column.choices or {})
        return "" if text in known else f"{shown}; expected one of {', '.join(known)}.{nearest(text, known)}"
    if column.name == "source_file" and text not in DOCUMENTS:
        return f"{shown} is not a known document. Leave it empty: the file itself is the source then."
    if column.kind == "text" and _NUMBER.fullmatch(text):
        return f"{shown} is a number where words are expected: the cells of this row may have shifted."
    return ""


def _wrong_year(table: Dataset, text: str, year: int | None) -> str:
    if year is None or not text[:4].isdigit() or table.years_before is None:
        return ""
    given = int(text[-4:] if table.period != "as_of" else text[:4])
    if year - table.years_before <= given <= year:
        return ""
    from_year = f"{year - table.years_before} to " if table.years_before else ""
    return f"«{text}»; expected {from_year}{year}, the year that is loaded."


def _again(table: Dataset, name: str, number: int, cells: dict[str, str],
           seen: dict[tuple[str, ...], int]) -> list[str]:  # fmt: skip
    """A row that stands twice: by its code where it has one, else by its key."""
    key = tuple(cells[one] for one in ((table.row_code,) if table.row_code else table.key))
    if key not in seen:
        seen[key] = number
        return []
    at = address(table.columns.index(table.row_code or table.key[-1]) + 1, number)
    told = ", ".join(one for one in key if one)
    return [f"{name}, cell {at}: the row is the same as row {seen[key]} ({told[:80]}); expected one row for each."]


def _is_date(text: str) -> bool:
    if _YEAR.fullmatch(text):  # some acts are dated by their year alone
        return True
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _refuse(wrong: Sequence[str]) -> NoReturn:
    more = [f"… and {len(wrong) - _MOST_ERRORS} more."] if len(wrong) > _MOST_ERRORS else []
    raise InputError(*wrong[:_MOST_ERRORS], *more)
