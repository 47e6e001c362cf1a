"""Reads a table: each cell is checked against its column; a file is taken whole, or refused with each wrong cell."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from pathlib import Path

from balsts.figures.columns import COLUMNS, Column
from balsts.figures.datasets import DATASETS, Dataset
from balsts.figures.documents import DOCUMENTS
from balsts.figures.faults import Fault, FileRefused, address_of, fault
from balsts.figures.grid import Grid, grid_of
from balsts.figures.rows import Row, row_of
from balsts.law.engine.errors import InputError, nearest

MOST_LETTERS = 2_000
_SHOWN = 40
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?")
_LINE = re.compile(r"[1-9][0-9]{0,6}")
_YEAR = re.compile(r"(19|20)[0-9]{2}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SPAN = re.compile(r"(19|20)[0-9]{2}-(19|20)[0-9]{2}|līdz (19|20)[0-9]{2}")
_FORMULA = "=+@＝＋－＠"
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
"""Kinds of signs that nobody sees: control signs, marks of direction, signs without a meaning, ends of lines."""


def read(table: Dataset, path: Path, year: int | None = None) -> list[Row]:
    """Read a file of a table.

    Args:
        year: the year it must report; left out, any.

    Raises:
        FileRefused: what is wrong, cell by cell; nothing of the file is used.
    """
    return checked(table, grid_of(path.name, path.read_bytes()), year)


def checked(table: Dataset, grid: Grid, year: int | None = None) -> list[Row]:
    """The rows of a file, once every cell was found to be what its column is.

    Args:
        year: the year it must report; left out, any.

    Raises:
        FileRefused: what is wrong, with the address of each cell.
    """
    heading = _heading(table, grid.rows)
    if heading:
        raise FileRefused(grid.name, *heading, *grid.faults)
    faults = list(grid.faults)
    known = {one.address for one in grid.faults}
    found: list[Row] = []
    seen: dict[tuple[str, ...], int] = {}
    alike: Counter[tuple[str, ...]] = Counter()
    for number, texts in enumerate(grid.rows[1:], 2):
        cells = dict(zip(table.columns, texts, strict=False))
        wrong = _row(table, number, texts, year, known) or _again(table, number, cells, seen)
        faults += wrong
        if not wrong and not faults:
            key = tuple(cells[one] for one in table.key)
            found.append(row_of(table, number, cells, alike[key]))
            alike[key] += 1
    if faults:
        raise FileRefused(grid.name, *faults)
    return found


def table_named(code: str) -> Dataset:
    """The table of a code.

    Raises:
        InputError: there is none.
    """
    if code not in DATASETS:
        raise InputError(f"{code}: no such table; expected one of {', '.join(DATASETS)}.{nearest(code, DATASETS)}")
    return DATASETS[code]


# -- the heading -------------------------------------------------------------------------------------------------


def _heading(table: Dataset, rows: Sequence[Sequence[str]]) -> list[Fault]:
    if not rows:
        return [fault("empty-file", columns=", ".join(table.columns))]
    given, wanted = rows[0], table.columns
    if tuple(given) != wanted:
        return [*_wrong_columns(given, wanted)] or [_out_of_order(given, wanted)]
    return [fault("no-rows", "A2")] if len(rows) == 1 else []


def _wrong_columns(given: Sequence[str], wanted: Sequence[str]) -> Iterable[Fault]:
    for at, one in enumerate(given, 1):
        place, shown = address_of(at, 1), _visible(one[:_SHOWN])
        if not one:
            yield fault("unnamed-column", place)
        elif one not in wanted:
            yield fault("unknown-column", place, given=shown, known=wanted)
        elif one in given[: at - 1]:
            yield fault("column-twice", place, given=shown)
    for at, one in enumerate(wanted, 1):
        if one not in given:
            yield fault("missing-column", address_of(at, 1), given=one)


def _out_of_order(given: Sequence[str], wanted: Sequence[str]) -> Fault:
    at = next(at for at, (one, other) in enumerate(zip(given, wanted, strict=True)) if one != other)
    return fault("out-of-order", address_of(at + 1, 1), given=given[at], wanted=wanted[at])


# -- a row -------------------------------------------------------------------------------------------------------


def _row(table: Dataset, number: int, texts: Sequence[str], year: int | None, known: Collection[str]) -> list[Fault]:
    """What is wrong in a row, but for the cells that are known to be wrong."""
    wanted = len(table.columns)
    if len(texts) != wanted:
        place = address_of(min(len(texts), wanted) + 1, number)
        return [fault("shifted", place, given=len(texts), wanted=wanted)]
    faults = []
    for at, (name, text) in enumerate(zip(table.columns, texts, strict=True), 1):
        place = address_of(at, number)
        if place not in known:
            faults += _cell(table, COLUMNS[name], text, place)
            faults += _wrong_year(table, text, year, place) if name == table.period and text else []
    return faults


def _again(table: Dataset, number: int, cells: dict[str, str], seen: dict[tuple[str, ...], int]) -> list[Fault]:
    """A row that stands twice: by its code where it has one, else by its key."""
    key = tuple(cells[one] for one in ((table.row_code,) if table.row_code else table.key))
    if key not in seen:
        seen[key] = number
        return []
    column = table.row_code or table.key[-1]
    told = ", ".join(one for one in key if one)[: _SHOWN * 2]
    return [fault("row-twice", address_of(table.columns.index(column) + 1, number), column, row=seen[key], what=told)]


# -- a cell ------------------------------------------------------------------------------------------------------


def _cell(table: Dataset, column: Column, text: str, place: str) -> list[Fault]:
    """What is wrong with a cell."""
    if not text:
        return [fault("empty", place, column.name)] if column.name in table.required else []
    code = _wrong(table, column, text)
    known = _choices(table, column) if code == "not-a-choice" else ()
    given = f"{len(text):,}" if code == "too-long" else _visible(text[:_SHOWN])
    return [fault(code, place, column.name, given=given, known=known, most=f"{MOST_LETTERS:,}")] if code else []


def _wrong(table: Dataset, column: Column, text: str) -> str:
    """The code of what is wrong with a text; nothing where it is what its column holds."""
    if len(text) > MOST_LETTERS:
        return "too-long"
    if column.kind == "number":
        return "" if _NUMBER.fullmatch(text) else "not-a-number"
    if column.kind == "line":
        return "" if _LINE.fullmatch(text) else "not-a-line"
    if text[0] in _FORMULA or (text.startswith("-") and len(text) > 1):
        return "formula-text"
    if any(unicodedata.category(one) in _UNSEEN for one in text):
        return "unseen"
    if column.kind == "year":
        is_right = _YEAR.fullmatch(text) or (table.spans and _SPAN.fullmatch(text))
        return "" if is_right else "not-a-span" if table.spans else "not-a-year"
    if column.kind == "date":  # some acts are dated by their year alone
        return "" if _YEAR.fullmatch(text) or _is_day(text) else "not-a-day"
    if column.kind == "choice":
        return "" if text in _choices(table, column) else "not-a-choice"
    return _wrong_words(column, text)


def _wrong_words(column: Column, text: str) -> str:
    if column.name == "source_file":
        return "" if text in DOCUMENTS else "not-a-document"
    if column.kind == "text" and _NUMBER.fullmatch(text):
        return "number-for-words"
    return "day-for-code" if column.kind == "code" and _is_day(text) else ""


def _wrong_year(table: Dataset, text: str, year: int | None, place: str) -> list[Fault]:
    said = text[:4] if table.period == "as_of" else text[-4:]
    if year is None or table.years_before is None or not (text[:4] + said).isdecimal():
        return []
    given = int(said)
    first = year - table.years_before
    if first <= given <= year:
        return []
    code = "wrong-years" if table.years_before else "wrong-year"
    return [fault(code, place, table.period, given=text[:_SHOWN], year=year, first=first)]


def _choices(table: Dataset, column: Column) -> tuple[str, ...]:
    return table.choices.get(column.name) or tuple(column.choices or {})


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text)) and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _visible(text: str) -> str:
    """A text with a mark in place of each sign that cannot be seen."""
    return "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(one) in _UNSEEN else one for one in text)
