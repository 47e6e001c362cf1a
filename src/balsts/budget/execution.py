"""Plan and execution as documents print them, and what follows from them: difference, percent, years side by side.

The plan of the ministry's annexes is what the law approved together with the Ministry of Finance's orders of the year:
amendments are in it and are not printed apart. Annex 3 prints the execution of each programme and its percent of a plan
that it does not print; where annex 1 or 2 prints the plan of the very same amount, the percent is worked out from that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from balsts.budget.picked import euros, figure, grouped, latest, percent, rounded
from balsts.budget.programmes import programme_of
from balsts.figures.book import Book
from balsts.figures.rows import Figure, Row

TABLE = "budget-execution"
BASIC, SPECIAL, GROSS, SUMMARY = "001_annex1", "001_annex2", "001_annex3", "001_summary"
AGENCY = ("003_table2", "003_table3", "003_table4", "003_table5")
AGENCY_SUMMARY = "003_summary"
INCOME, EXPENDITURE = "income", "expenditure"


@dataclass(frozen=True)
class Line:
    """A line of a table: one year with its plan, and the year before.

    Attributes:
        code: the line's number (2.1.1), or nothing.
        plan: what was planned; None where the document does not print it.
        borrowed: the plan of the same amount in another annex, where this table prints none.
        before: the execution of the year before.
        published: the percent that the document prints.
    """

    row: Row
    code: str
    name: str
    plan: Figure | None
    actual: Figure | None
    before: Figure | None
    published: Figure | None
    borrowed: Figure | None = None

    @property
    def programme_code(self) -> str:
        """The code of its programme; nothing where the document prints none."""
        return self.row["programme_code"]

    @property
    def difference(self) -> Decimal | None:
        """Execution less plan, in euros; less than nothing where less was spent or received than planned."""
        plan = self.plan or self.borrowed
        return euros(self.actual) - euros(plan) if plan and self.actual else None

    @property
    def percent(self) -> Decimal | None:
        """Execution in percent of the plan, worked out; None without a plan, and of balances, which may be negative."""
        plan = self.plan or self.borrowed
        if plan is None or self.actual is None or plan.value <= 0 or self.actual.value < 0:
            return None
        return percent(euros(self.actual), euros(plan))


@dataclass(frozen=True)
class Group:
    """The subprogrammes of a programme in annex 3, with their sum.

    Attributes:
        heading: the row in which the document prints the programme itself; None where it does not.
    """

    code: str
    heading: Row | None
    lines: tuple[Line, ...]

    @property
    def name(self) -> str:
        """What the document calls the programme; nothing where it does not print it."""
        return self.heading["programme_name"] if self.heading else ""

    @property
    def total(self) -> Decimal:
        """The sum of its lines, in euros; the document prints none."""
        return sum((euros(one.actual) for one in self.lines if one.actual), Decimal(0))


@dataclass(frozen=True)
class YearsOf:
    """A budget, one side of it, over the years."""

    name: str
    budget: str
    side: str
    years: tuple[tuple[int, Figure, Figure | None], ...]
    """Year, amount, percent as published."""


def lines(book: Book, table: str) -> tuple[Line, ...]:
    """The lines of a table in its order: the last year with its plan, and the year before beside it."""
    rows = [row for row in book.rows(TABLE) if row["table"] == table]
    year = latest(rows)
    found = grouped(rows, _same_line)
    made = []
    for several in found.values():
        by_year = {row.year: row for row in several}
        if year in by_year:
            made.append(_line(book, by_year[year], by_year.get(year - 1 if year else None)))
    return tuple(made)


def reported_year(book: Book, table: str) -> int | None:
    """The year that a table reports."""
    return latest(row for row in book.rows(TABLE) if row["table"] == table)


def by_programme(book: Book, side: str = EXPENDITURE) -> tuple[Group, ...]:
    """The basic budget by programme and subprogramme (annex 3)."""
    headings = {row["programme_code"]: row for row in book.rows("programme-headings") if row["budget"] == "basic"}
    found: dict[str, list[Line]] = {}
    for one in lines(book, GROSS):
        if one.row["budget"] == "basic" and one.programme_code and one.name == side:
            found.setdefault(programme_of(one.programme_code), []).append(one)
    return tuple(Group(code, headings.get(code), tuple(several)) for code, several in found.items())


def totals(book: Book) -> tuple[Line, ...]:
    """The lines of annex 3 that are of a whole budget."""
    return tuple(one for one in lines(book, GROSS) if not one.programme_code)


def of_programme(book: Book, code: str) -> tuple[Line, ...]:
    """The lines of a code, and of the subprogrammes of a programme, in every table that prints them."""
    tables = dict.fromkeys(row["table"] for row in book.rows(TABLE))
    return tuple(line for table in tables for line in lines(book, table) if (own := line.programme_code)
                 and code in (own, programme_of(own)))  # fmt: skip


def side_by_side(book: Book) -> tuple[YearsOf, ...]:
    """The budgets over the years, as the report's summary prints them."""
    rows = [row for row in book.rows(TABLE) if row["table"] == SUMMARY]
    found = grouped(rows, lambda row: (row["programme_name"], row["budget"], row["line"]))
    return tuple(YearsOf(name, budget, side, tuple(sorted(_years(several)))) for (name, budget, side), several
                 in found.items())  # fmt: skip


def agency(book: Book) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """The tables of the State Social Integration Agency, each with the name of its programme."""
    found = ((table, lines(book, table)) for table in AGENCY)
    return tuple((several[0].row["programme_name"], several) for _, several in found if several)


def _same_line(row: Row) -> tuple[str, ...]:
    return row["programme_code"], row["programme_name"], row["line_code"], row["line"], row["unit"]


def _line(book: Book, row: Row, before: Row | None) -> Line:
    plan = figure(row, "plan")
    borrowed = None if plan else _borrowed(book, row)
    return Line(row, row["line_code"], row["line"], plan, figure(row, "actual"), figure(before, "actual"),
                figure(row, "percent_published"), borrowed)  # fmt: skip


def _borrowed(book: Book, row: Row) -> Figure | None:
    """The plan of the row of annex 1 or 2 that has the same amount, of the same budget, programme and side."""
    if row["table"] != GROSS or (actual := figure(row, "actual")) is None:
        return None
    for one in book.rows(TABLE):
        if one["table"] not in (BASIC, SPECIAL) or one.year != row.year or one["budget"] != row["budget"]:
            continue
        plan, whole = figure(one, "plan"), figure(one, "actual")
        if plan and whole and _side(one) == row["line"] and one["programme_code"] in (row["programme_code"], *_WHOLE) \
                and rounded(euros(whole) / 1000) == actual.value:  # fmt: skip
            return plan
    return None


_WHOLE = ("", "04.00.00")
"""Rows of a whole budget: annex 1 has no code, annex 2 that of social insurance."""


def _side(row: Row) -> str:
    """Whether a row of annex 1 or 2 is income or expenditure of a whole budget or sub-budget."""
    return {"1": INCOME, "2": EXPENDITURE}.get(row["line_code"], "")


def _years(rows: Iterable[Row]) -> list[tuple[int, Figure, Figure | None]]:
    found = []
    for row in rows:
        actual = figure(row, "actual")
        if row.year is not None and actual is not None:
            found.append((row.year, actual, figure(row, "percent_published")))
    return found
