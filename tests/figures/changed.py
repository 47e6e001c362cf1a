"""Rows with other cells than were printed, to see what is noticed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from balsts.figures.rows import Row


def with_cells(row: Row, **cells: str) -> Row:
    """The row as if these cells had been printed."""
    changed = dict(row.cells) | cells
    return replace(row, cells=changed, values={one: Decimal(changed[one]) for one in row.table.units if changed[one]})
