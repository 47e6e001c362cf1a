"""Rows at hand for trying relations: found by what stands in their columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from balsts.figures.rows import Figure, Row


class Shelf:
    """The rows of all tables."""

    def __init__(self, rows: Mapping[str, Sequence[Row]]) -> None:
        self._rows = rows

    def rows(self, dataset: str, **cells: str) -> list[Row]:
        """The rows of a table with these texts in these columns."""
        return matching(self._rows.get(dataset, ()), **cells)

    def figure(self, dataset: str, column: str = "value", **cells: str) -> Figure | None:
        """The figure of the one row with these texts; None where there is none, or where more than one row has it."""
        return only(self.rows(dataset, **cells), column)

    def years(self, dataset: str) -> list[str]:
        """The periods that rows of a table are about."""
        return sorted({row.period for row in self._rows.get(dataset, ())})


def matching(rows: Iterable[Row], **cells: str) -> list[Row]:
    """Of these rows, those with these texts."""
    wanted = cells.items()
    return [row for row in rows if all(row.cells[column] == text for column, text in wanted)]


def only(rows: Iterable[Row], column: str = "value") -> Figure | None:
    """The figure of a column, where exactly one of the rows has it."""
    found = [row for row in rows if column in row.values]
    return Figure(found[0], column) if len(found) == 1 else None


def figures(rows: Iterable[Row], column: str = "value") -> list[Figure]:
    """The figures of a column, of the rows that have it."""
    return [Figure(row, column) for row in rows if column in row.values]


def grouped(rows: Iterable[Row], *columns: str) -> Iterator[list[Row]]:
    """The rows by what stands in these columns, in the order in which that first came."""
    found: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        found[tuple(row.cells[one] for one in columns)].append(row)
    return iter(found.values())
