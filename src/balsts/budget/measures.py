"""Priority measures: what they were given, what they brought about, and what was spent on which results.

Numbers of measures are not unique in the report of 2020: a measure is known by its number and its name together.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from balsts.budget.picked import euros, figure, grouped, latest
from balsts.figures.book import Book
from balsts.figures.rows import Figure, Row

_MOST_CHOSEN = 12
SPENDING = "PPIzd"
"""The kind of an indicator that prints what was spent on a priority measure."""


@dataclass(frozen=True)
class SpendingBlock:
    """A row of spending, and the rows of results printed just above it, on which it was spent.

    The document names neither: three pairs of such rows are alike but for their place.
    """

    spending: Row
    amount: Figure | None
    results: tuple[Row, ...]


@dataclass(frozen=True)
class ReportedMeasure:
    """A priority measure of a report of results, by its number and its name."""

    number: str
    name: str
    blocks: tuple[SpendingBlock, ...]
    without_spending: tuple[Row, ...]
    same_number: tuple[str, ...]

    @property
    def spent(self) -> Decimal | None:
        """What is printed as spent, in euros; None where no row prints it."""
        printed = [euros(one.amount) for one in self.blocks if one.amount is not None]
        return sum(printed, Decimal(0)) if printed else None

    @property
    def not_printed(self) -> int:
        """How many rows of spending are printed as ×."""
        return sum(one.amount is None for one in self.blocks)


@dataclass(frozen=True)
class FundedMeasure:
    """A priority measure with the money approved for a year.

    Attributes:
        basic, special: of the basic and of the special budget, EUR.
        in_text: the rounded amount that the running text gives, million EUR.
    """

    number: str
    name: str
    row: Row
    basic: Figure | None
    special: Figure | None
    in_text: Figure | None

    @property
    def total(self) -> Decimal:
        """Both budgets together, in euros; transfers between them counted twice."""
        return sum((one.value for one in (self.basic, self.special) if one is not None), Decimal(0))


@dataclass(frozen=True)
class Funded:
    """The priority measures of a year with their money.

    Attributes:
        total: the row that prints the sums of both budgets.
        consolidated: the amount of the text without transfers from the basic to the special budget, million EUR.
        groups: amounts of the text that take several measures together; which ones is not printed.
    """

    year: int
    measures: tuple[FundedMeasure, ...]
    total: FundedMeasure | None
    consolidated: Figure | None
    groups: tuple[Figure, ...]

    @property
    def summed(self) -> tuple[Decimal, Decimal]:
        """The sums of the measures: basic and special budget, EUR."""
        return (sum((one.basic.value for one in self.measures if one.basic), Decimal(0)),
                sum((one.special.value for one in self.measures if one.special), Decimal(0)))  # fmt: skip

    @property
    def transfer(self) -> Decimal | None:
        """What both budgets print and the consolidated amount does not: paid from the basic to the special, EUR."""
        if self.total is None or self.consolidated is None:
            return None
        return self.total.total - euros(self.consolidated)

    @property
    def transferred(self) -> tuple[FundedMeasure, ...]:
        """The measures whose special parts together are the transfer, where exactly one choice of them is."""
        wanted, special = self.transfer, [one for one in self.measures if one.special]
        found = [choice for choice in _choices(special)
                 if sum((one.special.value for one in choice if one.special), Decimal(0)) == wanted]  # fmt: skip
        return found[0] if len(found) == 1 else ()


def funded(book: Book) -> Funded | None:
    """The priority measures of the last year that has any, with their money."""
    year = latest(book.rows("priority-measures"))
    rows = [row for row in book.rows("priority-measures") if row.year == year]
    if year is None:
        return None
    by_type = grouped(rows, lambda row: row["row_type"])
    totals = [_funded(row) for row in by_type.get("total", ())]
    consolidated = [figure(row, "text_amount_million_eur") for row in by_type.get("total_consolidated_text", ())]
    groups = [figure(row, "text_amount_million_eur") for row in by_type.get("text_group", ())]
    return Funded(year, tuple(_funded(row) for row in by_type.get("measure", ())), next(iter(totals), None),
                  next(iter(consolidated), None), tuple(one for one in groups if one is not None))  # fmt: skip


def reported(book: Book) -> tuple[ReportedMeasure, ...]:
    """The priority measures of the reports of results, by number and name, in the order of the document."""
    rows = [row for row in book.rows("indicators") if row["priority_measure_no"]]
    found = grouped(rows, _measure)
    blocks = grouped_blocks(book)
    numbers = grouped(rows, lambda row: row["priority_measure_no"])
    return tuple(
        ReportedMeasure(
            number, name, tuple(blocks.get((number, name), ())), _without(several, blocks.get((number, name), ())),
            tuple(dict.fromkeys(row["priority_measure_name"] for row in numbers[number]
                                if row["priority_measure_name"] != name)),
        )
        for (number, name), several in found.items()
    )  # fmt: skip


def grouped_blocks(book: Book) -> dict[tuple[str, str], list[SpendingBlock]]:
    """Blocks of spending by the number and name of their measure."""
    found: dict[tuple[str, str], list[SpendingBlock]] = {}
    for one in spending_blocks(book):
        found.setdefault(_measure(one.spending), []).append(one)
    return found


def spending_blocks(book: Book) -> tuple[SpendingBlock, ...]:
    """Each row of spending with the results above it: those of its measure and programme since the last such row."""
    found, above = [], list[Row]()
    for row in book.rows("indicators"):
        if above and _place(above[-1]) != _place(row):
            above = []
        if row["indicator_kind"] == SPENDING:
            found.append(SpendingBlock(row, figure(row, "value"), tuple(above)))
            above = []
        elif row["priority_measure_no"]:
            above.append(row)
    return tuple(found)


def _measure(row: Row) -> tuple[str, str]:
    return row["priority_measure_no"], row["priority_measure_name"]


def _place(row: Row) -> tuple[str, str, str]:
    return *_measure(row), row["programme_code"]


def _without(rows: list[Row], blocks: list[SpendingBlock] | tuple[SpendingBlock, ...]) -> tuple[Row, ...]:
    """Results under which no spending is printed."""
    told = {row.key for one in blocks for row in (one.spending, *one.results)}
    return tuple(row for row in rows if row.key not in told)


def _funded(row: Row) -> FundedMeasure:
    return FundedMeasure(row["measure_no"], row["measure_name"], row, figure(row, "basic_budget_eur"),
                         figure(row, "special_budget_eur"), figure(row, "text_amount_million_eur"))  # fmt: skip


def _choices(several: list[FundedMeasure]) -> list[tuple[FundedMeasure, ...]]:
    """Every choice of some of them; none where they are too many to try."""
    if len(several) > _MOST_CHOSEN:
        return []
    found: list[tuple[FundedMeasure, ...]] = [()]
    for one in several:
        found += [(*choice, one) for choice in found]
    return found[1:]
