"""Consolidated against gross: annex 2 leaves out what sub-budgets of social insurance pay each other, annex 3 does not.

The document does not say so; the sums show it. What is left out is worked out here from both annexes, never stated.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from balsts.budget.execution import EXPENDITURE, GROSS, INCOME, SPECIAL, TABLE, reported_year
from balsts.budget.picked import euros, figure
from balsts.figures.book import Book
from balsts.figures.rows import Figure, Row

_LINES = {INCOME: "1", EXPENDITURE: "2"}


@dataclass(frozen=True)
class SubBudget:
    """A sub-budget on one side: what it has with transfers (annex 3) and without (annex 2)."""

    code: str
    name: str
    gross: Figure
    consolidated: Figure

    @property
    def transfer(self) -> Decimal:
        """What it receives from, or pays to, other sub-budgets, in euros; as exact as annex 3, to a hundred euros."""
        return euros(self.gross) - euros(self.consolidated)


@dataclass(frozen=True)
class Side:
    """One side of the special budget: income or expenditure.

    Attributes:
        total: the whole as annex 3 prints it, which is consolidated.
        printed_twice: the same as annex 2 prints it.
    """

    side: str
    year: int
    parts: tuple[SubBudget, ...]
    total: Figure
    printed_twice: Figure | None

    @property
    def gross(self) -> Decimal:
        """The sum of the sub-budgets with their transfers, in euros."""
        return sum((euros(one.gross) for one in self.parts), Decimal(0))

    @property
    def eliminated(self) -> Decimal:
        """What consolidation leaves out, in euros."""
        return self.gross - euros(self.total)


def sides(book: Book) -> tuple[Side, ...]:
    """Income and expenditure of the special budget, where both annexes print them."""
    found = (_side(book, side) for side in _LINES)
    return tuple(one for one in found if one is not None)


def _side(book: Book, side: str) -> Side | None:
    year = reported_year(book, GROSS)
    gross = {row["programme_code"]: row for row in _rows(book, GROSS, year) if row["line"] == side}
    consolidated = {row["programme_code"]: row for row in _rows(book, SPECIAL, year)
                    if row["line_code"] == _LINES[side]}  # fmt: skip
    total = figure(gross.get(""), "actual")
    if year is None or total is None:
        return None
    parts = []
    for code, row in gross.items():
        amount, less = figure(row, "actual"), figure(consolidated.get(code), "actual")
        if code and amount and less:
            parts.append(SubBudget(code, row["programme_name"], amount, less))
    whole = next((row for row in consolidated.values() if row["programme_code"].endswith(".00.00")), None)
    return Side(side, year, tuple(parts), total, figure(whole, "actual"))


def _rows(book: Book, table: str, year: int | None) -> list[Row]:
    return [row for row in book.rows(TABLE)
            if row["table"] == table and row.year == year and row["budget"] == "special"]  # fmt: skip
