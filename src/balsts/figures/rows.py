"""Rows of published tables as they were printed, and the figures in them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from balsts.figures.columns import COLUMNS
from balsts.figures.datasets import DATASETS, OF_ROW, Dataset
from balsts.figures.documents import DOCUMENTS, Document

_DIGITS = 10
_LINES = ("source_line", "source_line_planned", "source_line_achieved")


@dataclass(frozen=True)
class Row:
    """A row of a table.

    Attributes:
        dataset: the code of its table.
        number: its place in the file, the heading being 1: the row of a spreadsheet.
        key: ten hexadecimal digits of what makes the row its own; the same whenever the same row is loaded again.
        series: ten digits of the same without the period: rows of other years have it too.
        cells: text of each column as printed, figures too, with the digits they were printed with.
        values: the figures that are there, by column.
    """

    dataset: str
    number: int
    key: str
    series: str
    cells: Mapping[str, str]
    values: Mapping[str, Decimal]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def get(self, column: str) -> str:
        """The text of a column, nothing where the table has no such column."""
        return self.cells.get(column, "")

    @property
    def table(self) -> Dataset:
        """The declaration of its table."""
        return DATASETS[self.dataset]

    @property
    def period(self) -> str:
        """The year, span of years or day that the row is about."""
        table = self.table
        return self.cells[table.period] if table.period else table.about_period

    @property
    def year(self) -> int | None:
        """The year that the row is about, or None where it is about a span."""
        first = self.period[:4]
        return int(first) if first.isdigit() and (len(self.period) == 4 or self.table.period == "as_of") else None

    @property
    def document(self) -> Document | None:
        """The document it was read in, or None where it came in a file of its own."""
        return DOCUMENTS.get(self.get("source_file"))

    @property
    def line(self) -> int | None:
        """The line of the document's text."""
        found = next((self.cells[one] for one in _LINES if self.cells.get(one)), "")
        return int(found) if found else None

    def unit(self, column: str) -> str:
        """What the figure of a column is measured in."""
        unit = self.table.units[column]
        return self.cells["unit"] if unit == OF_ROW else unit

    def figures(self) -> Iterator[Figure]:
        """Its figures, in the order of columns."""
        for column in self.table.units:
            if column in self.values:
                yield Figure(self, column)


@dataclass(frozen=True)
class Figure:
    """One published figure: a cell of a row."""

    row: Row
    column: str

    @property
    def code(self) -> str:
        """Its name everywhere: table, row, column."""
        return f"{self.row.dataset}/{self.row.key}/{self.column}"

    @property
    def value(self) -> Decimal:
        """The figure, with the digits it was printed with."""
        return self.row.values[self.column]

    @property
    def text(self) -> str:
        """The figure as it was printed."""
        return self.row.cells[self.column]

    @property
    def unit(self) -> str:
        """What it is measured in, as the document says it."""
        return self.row.unit(self.column)

    def heading(self, lang: str) -> str:
        """The heading of its column."""
        return COLUMNS[self.column].heading(lang)


def row_of(table: Dataset, number: int, cells: Mapping[str, str], occurrence: int) -> Row:
    """A row, once its cells are checked.

    Args:
        occurrence: how many rows before it in the file have the same key; 0 but where a document leaves rows alike.
    """
    values = {one: Decimal(cells[one]) for one in table.units if cells[one]}
    more = [str(occurrence)] if occurrence else []
    return Row(table.code, number, _digest(table.code, *(cells[one] for one in table.key), *more),
               _digest(table.code, *(cells[one] for one in table.series_key), *more), dict(cells), values)  # fmt: skip


def kept_row(table: str, number: int, key: str, series: str, cells: Mapping[str, str]) -> Row:
    """A row that was read before, as it was kept."""
    values = {one: Decimal(cells[one]) for one in DATASETS[table].units if cells.get(one)}
    return Row(table, number, key, series, cells, values)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:_DIGITS]
