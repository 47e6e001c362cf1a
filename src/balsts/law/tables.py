"""Plain text in columns, for a terminal of 100 characters."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

WIDTH = 100
_GAP, _NARROWEST = 2, 10


def table(rows: Sequence[Sequence[str]], *, indent: int = 2) -> list[str]:
    """Rows in columns as wide as they need; the last column takes what is left and goes on below itself."""
    return [line for lines in table_rows(rows, indent=indent) for line in lines]


def table_rows(rows: Sequence[Sequence[str]], *, indent: int = 2) -> list[list[str]]:
    """As `table`, with the lines of each row by themselves."""
    if not rows:
        return []
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    before = indent + sum(widths[:-1]) + _GAP * (len(widths) - 1)
    found = []
    for row in rows:
        cells = [cell.ljust(wide) for cell, wide in zip(row[:-1], widths, strict=False)]
        first, *more = wrapped(row[-1], max(WIDTH - before, _NARROWEST)) or [""]
        line = (" " * indent + (" " * _GAP).join([*cells, first])).rstrip()
        found.append([line, *(" " * before + one for one in more)])
    return found


def paragraph(text: str, *, indent: int = 2, hang: int = 0) -> list[str]:
    """A text within the width; lines after the first stand `hang` further in."""
    lines = wrap(text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + hang),
                 break_long_words=False, break_on_hyphens=False)  # fmt: skip
    return lines or [""]


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a text within a width; a long word stays whole."""
    return wrap(text, width, break_long_words=False, break_on_hyphens=False)
