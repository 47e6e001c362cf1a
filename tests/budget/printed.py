"""The tables of the product read without the product: plain CSV, for sums made by hand."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import balsts.figures

_DATA = Path(balsts.figures.__file__).parent / "data"


def printed(file: str, **wanted: str) -> list[dict[str, str]]:
    """The rows of a file that have what is wanted in their columns."""
    with (_DATA / file).open(encoding="utf-8", newline="") as opened:
        return [row for row in csv.DictReader(opened)
                if all(row[column] == text for column, text in wanted.items())]  # fmt: skip


def summed(rows: list[dict[str, str]], column: str) -> Decimal:
    """The sum of a column; what is not printed counts nothing."""
    return sum((Decimal(row[column]) for row in rows if row[column]), Decimal(0))
