"""Budget programmes: codes with the names that documents print for them, and what each was to bring about.

The tree goes from policy area to policy card, programme or subprogramme, result and indicator; each indicator stands
in it once. A code such as 20.01.00 is a subprogramme of 20.00.00; whether the programme itself is printed is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from balsts.budget.measures import spending_blocks
from balsts.budget.picked import figure, grouped
from balsts.figures.book import Book
from balsts.figures.columns import COLUMNS
from balsts.figures.documents import DOCUMENTS, Document
from balsts.figures.rows import Figure, Row

CODE = re.compile(r"\d\d\.\d\d\.\d\d")
_NAMED_IN = ("programme-headings", "indicators", "budget-execution", "eu-projects")


@dataclass(frozen=True)
class Named:
    """A name that a document prints for a code.

    Attributes:
        budget: `basic` or `special`; nothing where the document does not say.
        years: the years for which the document prints it.
        row: the first row that has it.
    """

    name: str
    budget: str
    document: Document | None
    years: tuple[int, ...]
    row: Row


@dataclass(frozen=True)
class Programme:
    """A code of the budget: a programme (20.00.00) or a subprogramme (20.01.00).

    Attributes:
        names: the names printed for it; none where only its subprogrammes are printed.
        parent: the code of the programme that a subprogramme belongs to.
        parts: the subprogrammes of a programme.
    """

    code: str
    names: tuple[Named, ...]
    parent: str | None
    parts: tuple[Programme, ...] = ()

    @property
    def is_printed(self) -> bool:
        """Whether any document prints the code itself."""
        return bool(self.names)

    @property
    def titles(self) -> tuple[str, ...]:
        """What the latest document calls it; two where it is a programme of the basic and of the special budget."""
        last = max((one.years[-1] for one in self.names if one.years), default=0)
        return tuple(dict.fromkeys(one.name for one in self.names if one.years[-1:] == (last,)))

    @property
    def has_several_names(self) -> bool:
        """Whether documents call it differently."""
        return len({one.name for one in self.names}) > 1


@dataclass(frozen=True)
class Indicator:
    """An indicator of a year, as it was printed.

    Attributes:
        first, second: the parts of a composite value such as 4/646, which is kept as it is.
        spending: of a row that prints what a priority measure spent, the results just above it; see `measures`.
    """

    row: Row
    value: Figure | None
    female: Figure | None
    male: Figure | None
    first: Figure | None
    second: Figure | None
    spending: tuple[Row, ...] = ()

    @property
    def kind(self) -> str:
        """Its kind, by the document's abbreviation."""
        return self.row["indicator_kind"]

    @property
    def name(self) -> str:
        """Its name; spending has none."""
        return self.row["indicator_name"]

    @property
    def are_sexes_rates(self) -> bool:
        """Whether women and men are rates of their own group, not parts of the value."""
        return self.row["unit"] == "%" and self.female is not None

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All its figures."""
        return tuple(self.row.figures())


@dataclass(frozen=True)
class Result:
    """What was to be brought about (darbības rezultāts); a policy outcome has none above it."""

    name: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True)
class Branch:
    """What stands under one code within a card; policy outcomes have no code."""

    code: str
    name: str
    results: tuple[Result, ...]


@dataclass(frozen=True)
class Card:
    """A policy and resource management card as printed; rows printed without one stand under an empty name."""

    name: str
    branches: tuple[Branch, ...]


@dataclass(frozen=True)
class Area:
    """A policy area; rows of no known area stand under an empty name.

    Attributes:
        known: how the area of its indicators is known (published, derived, assigned), with how many of each.
    """

    name: str
    known: tuple[tuple[str, int], ...]
    cards: tuple[Card, ...]

    @property
    def number(self) -> int:
        """How many indicators it has."""
        return sum(len(result.indicators) for card in self.cards for branch in card.branches
                   for result in branch.results)  # fmt: skip


def areas(book: Book) -> tuple[Area, ...]:
    """The whole tree, in the order of the document; what has no known area last."""
    blocks = _blocks(book)
    by_area = grouped(book.rows("indicators"), lambda row: row["policy_area"])
    order = sorted(by_area, key=lambda name: not name)
    return tuple(_area(name, by_area[name], blocks) for name in order)


def codes(book: Book) -> tuple[str, ...]:
    """Every code that a document prints, and the programme of each subprogramme."""
    printed = {row["programme_code"] for table in _NAMED_IN for row in book.rows(table) if row["programme_code"]}
    return tuple(sorted(printed | {programme_of(one) for one in printed}))


def programme_of(code: str) -> str:
    """The programme that a code belongs to: 20.01.00 to 20.00.00, which belongs to itself."""
    return f"{code[:2]}.00.00"


def programmes(book: Book) -> tuple[Programme, ...]:
    """All programmes with their subprogrammes, by code."""
    every = codes(book)
    return tuple(_programme(book, one, [other for other in every if programme_of(other) == one and other != one])
                 for one in every if programme_of(one) == one)  # fmt: skip


def programme(book: Book, code: str) -> Programme | None:
    """The programme or subprogramme of a code, or None where no document prints it."""
    every = codes(book)
    if code not in every:
        return None
    return _programme(book, code, [one for one in every if programme_of(one) == code != one])


def results(book: Book, code: str) -> tuple[Result, ...]:
    """What a code was to bring about, with the indicators of each result."""
    rows = [row for row in book.rows("indicators") if row["programme_code"] == code]
    return _results(rows, _blocks(book))


def areas_of(book: Book, code: str) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
    """The policy areas of a code's indicators, with how each is known and of how many."""
    rows = [row for row in book.rows("indicators") if row["programme_code"] == code]
    return tuple((area, _known(several)) for area, several in grouped(rows, lambda row: row["policy_area"]).items())


def kinds(book: Book) -> tuple[tuple[str, int], ...]:
    """The kinds of indicators that documents use, with how many of each there are; words stand in `COLUMNS`."""
    found = grouped(book.rows("indicators"), lambda row: row["indicator_kind"])
    return tuple((kind, len(found.get(kind, ()))) for kind in COLUMNS["indicator_kind"].choices or {})


def names(book: Book, code: str) -> tuple[Named, ...]:
    """The names printed for a code: by document and budget, with the years."""
    rows = [row for table in _NAMED_IN for row in book.rows(table)
            if row["programme_code"] == code and row.get("programme_name")]  # fmt: skip
    found = grouped(rows, lambda row: (row["programme_name"], row.get("budget"), row["source_file"]))
    return tuple(Named(name, budget, DOCUMENTS.get(file), tuple(sorted({row.year for row in of_it if row.year})),
                       of_it[0]) for (name, budget, file), of_it in found.items())  # fmt: skip


def indicator(book: Book, row: Row) -> Indicator:
    """A row of the table of indicators as one."""
    return _indicator(row, _blocks(book))


# -- building ----------------------------------------------------------------------------------------------------


def _programme(book: Book, code: str, parts: Iterable[str]) -> Programme:
    parent = programme_of(code)
    below = tuple(Programme(one, names(book, one), code) for one in parts)
    return Programme(code, names(book, code), None if parent == code else parent, below)


def _area(name: str, rows: list[Row], blocks: dict[str, tuple[Row, ...]]) -> Area:
    by_card = grouped(rows, lambda row: row["policy_card"])
    cards = tuple(Card(card, _branches(of_card, blocks)) for card, of_card in by_card.items())
    return Area(name, _known(rows), cards)


def _known(rows: list[Row]) -> tuple[tuple[str, int], ...]:
    found = grouped(rows, lambda row: row["policy_area_source"])
    return tuple((how, len(several)) for how, several in found.items())


def _branches(rows: list[Row], blocks: dict[str, tuple[Row, ...]]) -> tuple[Branch, ...]:
    found = grouped(rows, lambda row: (row["programme_code"], row["programme_name"]))
    return tuple(Branch(code, name, _results(several, blocks)) for (code, name), several in found.items())


def _results(rows: list[Row], blocks: dict[str, tuple[Row, ...]]) -> tuple[Result, ...]:
    found = grouped(rows, lambda row: row["result"])
    return tuple(Result(name, tuple(_indicator(row, blocks) for row in several)) for name, several in found.items())


def _indicator(row: Row, blocks: dict[str, tuple[Row, ...]]) -> Indicator:
    return Indicator(row, figure(row, "value"), figure(row, "female"), figure(row, "male"), figure(row, "value_part1"),
                     figure(row, "value_part2"), blocks.get(row.key, ()))  # fmt: skip


def _blocks(book: Book) -> dict[str, tuple[Row, ...]]:
    """By the key of a row of spending, the rows of results it was spent on."""
    return {one.spending.key: one.results for one in spending_blocks(book)}
