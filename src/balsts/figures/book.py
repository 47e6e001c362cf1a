"""All published figures at hand: a few thousand rows, kept in memory as one book that never changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property

from balsts.figures.datasets import DATASETS
from balsts.figures.findings import Finding
from balsts.figures.reading import read
from balsts.figures.relations import contradictions, tried
from balsts.figures.relations.trying import Tried
from balsts.figures.rows import Figure, Row


class Book:
    """The tables as they stand, and what contradicts itself in them.

    Args:
        tables: rows by the code of their table.
        findings: the contradictions in them.
    """

    def __init__(self, tables: Mapping[str, Sequence[Row]], findings: Iterable[Finding]) -> None:
        self._tables = {code: tuple(tables.get(code, ())) for code in DATASETS}
        self.findings = tuple(findings)
        self._rows = {(row.dataset, row.key): row for rows in self._tables.values() for row in rows}
        self._series: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self._rows.values():
            self._series[row.dataset, row.series].append(row)
        self._found: dict[str, list[Finding]] = defaultdict(list)
        for finding in self.findings:
            for code in dict.fromkeys((finding.figure, *finding.others)):
                self._found[code].append(finding)

    def rows(self, dataset: str) -> tuple[Row, ...]:
        """The rows of a table, in the order of its file."""
        return self._tables[dataset]

    @cached_property
    def tried(self) -> tuple[Tried, ...]:
        """Every stated relation between the figures of these tables, those that hold too."""
        return tuple(tried(self._tables))

    def row(self, dataset: str, key: str) -> Row | None:
        """The row of a key."""
        return self._rows.get((dataset, key))

    def series(self, dataset: str, series: str) -> list[Row]:
        """The rows of a series, by period."""
        return sorted(self._series.get((dataset, series), ()), key=lambda row: row.period)

    def figure(self, code: str) -> Figure | None:
        """The figure of a code (table/row/column)."""
        dataset, _, rest = code.partition("/")
        key, _, column = rest.partition("/")
        row = self.row(dataset, key)
        return Figure(row, column) if row is not None and column in row.values else None

    def figures(self) -> Iterator[Figure]:
        """Every figure of every table."""
        for rows in self._tables.values():
            for row in rows:
                yield from row.figures()

    def findings_of(self, figure: Figure) -> list[Finding]:
        """The contradictions that a figure takes part in."""
        return self._found.get(figure.code, [])

    def findings_of_row(self, row: Row) -> list[Finding]:
        """The contradictions that any figure of a row takes part in."""
        return list(dict.fromkeys(one for figure in row.figures() for one in self.findings_of(figure)))


@cache
def packaged() -> Book:
    """The book of the files that are part of the product, without a database."""
    tables = {code: read(table, table.path) for code, table in DATASETS.items()}
    return Book(tables, contradictions(tables))
