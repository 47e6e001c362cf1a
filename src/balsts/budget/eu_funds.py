"""European funds: measures, their money and their targets, side by side, and what is at risk by a rule of ours.

What is invested is what approved payment requests come to on the day of the state (a footnote of the document says so);
how many requests there were is not printed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from balsts.budget.picked import figure, grouped, percent, rounded
from balsts.figures.book import Book
from balsts.figures.rows import Figure, Row

FUNDS, TARGETS, PROJECTS, RECOVERY = "eu-funds", "eu-funds-targets", "eu-projects", "recovery-plan"
WHOLE = Decimal(100)
NEAR = timedelta(days=366)
"""A measure ends soon if it ends within so long of the day of the state."""
ENOUGH = Decimal(80)
"""Money or a result is behind, for a measure that ends soon, below so many percent."""
AHEAD = Decimal(20)
"""Money runs ahead of results by more than so many points of percent."""
RISKS = ("ends_soon_behind", "money_ahead", "not_begun", "ended_below")
"""What may be found of a measure; `risks` says when."""
_REDUCED = "samazināšanās"
"""A word in the name of a target that is to be brought down to a number: less is better."""


@dataclass(frozen=True)
class Target:
    """What a measure is to reach, and has.

    Attributes:
        is_inverse: it is to be brought down to the number planned, as children in institutions are.
    """

    row: Row
    name: str
    planned: Figure | None
    reached: Figure | None
    published: Figure | None
    is_inverse: bool

    @property
    def progress(self) -> Decimal | None:
        """How far it is, in percent: reached of planned; of an inverse target planned of reached."""
        if self.planned is None or self.reached is None:
            return None
        part, whole = (self.planned, self.reached) if self.is_inverse else (self.reached, self.planned)
        return percent(part.value, whole.value)

    @property
    def is_not_begun(self) -> bool:
        """Whether something is planned, and nothing is printed as reached."""
        return self.planned is not None and self.reached is None


@dataclass(frozen=True)
class Measure:
    """A measure (SAM pasākums) on the day of the state."""

    row: Row
    code: str
    name: str
    fund: str
    group: str
    total: Figure | None
    invested: Figure | None
    published: Figure | None
    targets: tuple[Target, ...]

    @property
    def is_finished(self) -> bool:
        """Whether it is over."""
        return self.row["status"] == "finished"

    @property
    def ends(self) -> date | None:
        """Its last day; None where the document prints none, as of finished ones."""
        return date.fromisoformat(self.row["end_date"]) if self.row["end_date"] else None

    @property
    def as_of(self) -> date:
        """The day of the state."""
        return date.fromisoformat(self.row["as_of"])

    @property
    def money(self) -> Decimal | None:
        """Invested in percent of the finance."""
        return percent(self.invested.value, self.total.value) if self.invested and self.total else None

    @property
    def results(self) -> Decimal | None:
        """The mean of its targets' progress, each at most 100 %; a target with nothing reached counts 0.

        None where no target has both a plan and what was reached.
        """
        planned = [one for one in self.targets if one.planned is not None]
        if not any(one.progress is not None for one in planned):
            return None
        shares = [min(one.progress or Decimal(0), WHOLE) for one in planned]
        return percent(sum(shares, Decimal(0)), WHOLE * len(shares))

    @property
    def risks(self) -> tuple[str, ...]:
        """What is at risk by our rule, as codes of `RISKS`.

        - `ends_soon_behind`: it is under way and ends within a year, and money or a target is below 80 %;
        - `money_ahead`: it is under way, and money is more than 20 points ahead of its results;
        - `not_begun`: it is under way, and of a target nothing is reached yet;
        - `ended_below`: it is over, and a target is below 100 % (in whole percent), or what was reached is not printed.
        """
        behind = [one for one in self.targets if one.planned is not None
                  and (one.progress is None or one.progress < ENOUGH)]  # fmt: skip
        if self.is_finished:
            below = any(one.planned is not None and (one.progress is None or rounded(one.progress, 0) < WHOLE)
                        for one in self.targets)  # fmt: skip
            return ("ended_below",) if below else ()
        found = []
        is_near = self.ends is not None and self.ends - self.as_of <= NEAR
        if is_near and (behind or (self.money is not None and self.money < ENOUGH)):
            found.append("ends_soon_behind")
        if self.money is not None and self.results is not None and self.money - self.results > AHEAD:
            found.append("money_ahead")
        if any(one.is_not_begun for one in self.targets):
            found.append("not_begun")
        return tuple(found)


@dataclass(frozen=True)
class Sum:
    """A sum that the document prints: of a group, a fund or all.

    Attributes:
        measures: the measures that it is the sum of.
    """

    row: Row
    name: str
    total: Figure | None
    invested: Figure | None
    published: Figure | None
    measures: tuple[Measure, ...]

    @property
    def summed(self) -> tuple[Decimal, Decimal]:
        """Finance and investment of its measures, added up, EUR."""
        return (sum((one.total.value for one in self.measures if one.total), Decimal(0)),
                sum((one.invested.value for one in self.measures if one.invested), Decimal(0)))  # fmt: skip

    @property
    def percent(self) -> Decimal | None:
        """Invested in percent of the finance."""
        return percent(self.invested.value, self.total.value) if self.invested and self.total else None


@dataclass(frozen=True)
class Project:
    """A project that a document names."""

    row: Row
    name: str
    number: str
    also_numbered: tuple[str, ...]
    """Other numbers that documents print for a project of the same name."""


def measures(book: Book) -> tuple[Measure, ...]:
    """All measures, in the order of the document."""
    targets = grouped(book.rows(TARGETS), lambda row: row["measure_code"])
    return tuple(_measure(row, targets.get(row["measure_code"], ())) for row in book.rows(FUNDS)
                 if row["row_type"] == "measure")  # fmt: skip


def measure(book: Book, code: str) -> Measure | None:
    """The measure of a code."""
    return next((one for one in measures(book) if one.code == code), None)


def sums(book: Book) -> tuple[Sum, ...]:
    """The sums printed: all, each fund, each group of measures."""
    every = measures(book)
    same = {"total": (), "fund_total": ("fund",), "group_total": ("group_code",)}
    found = []
    for row in book.rows(FUNDS):
        if row["row_type"] in same:
            columns = same[row["row_type"]]
            parts = tuple(one for one in every if all(one.row[column] == row[column] for column in columns))
            found.append(Sum(row, row["measure_name"], *_money(row), parts))
    return tuple(found)


def projects(book: Book, code: str | None = None) -> tuple[Project, ...]:
    """Projects that documents name; of a measure, those whose number begins with its code."""
    by_name = grouped(book.rows(PROJECTS), lambda row: row["project"])
    found = []
    for row in book.rows(PROJECTS):
        if code is None or row["measure_code"] == code:
            others = [one["project_no"] for one in by_name[row["project"]] if one["project_no"] != row["project_no"]]
            found.append(Project(row, row["project"], row["project_no"], tuple(others)))
    return tuple(found)


def funded_projects(book: Book) -> tuple[Figure, ...]:
    """The money of projects that the budget frame prints."""
    found = (figure(row, "value") for row in book.rows("budget-frame") if row["section"] == "projekti")
    return tuple(one for one in found if one is not None)


def payment_requests(book: Book) -> tuple[Row, ...]:
    """What documents print of payment requests and applications: indicators that count them."""
    words = ("maksājumu piepras", "maksājumu pieteik")
    return tuple(row for row in book.rows("indicators")
                 if any(word in row["indicator_name"].lower() for word in words))  # fmt: skip


def recovery_plan(book: Book) -> tuple[Row, ...]:
    """What documents print of the Recovery and Resilience Facility: investments, milestones, projects."""
    return book.rows(RECOVERY)


def recovery_money(book: Book) -> tuple[Row, ...]:
    """Execution of the programmes of the Recovery and Resilience Facility (74.00.00)."""
    return tuple(row for row in book.rows("budget-execution") if row["programme_code"].startswith("74."))


def _measure(row: Row, targets: Iterable[Row]) -> Measure:
    return Measure(row, row["measure_code"], row["measure_name"], row["fund"], row["group_name"], *_money(row),
                   tuple(_target(one) for one in targets))  # fmt: skip


def _money(row: Row) -> tuple[Figure | None, Figure | None, Figure | None]:
    return figure(row, "total_eur"), figure(row, "invested_eur"), figure(row, "percent_published")


def _target(row: Row) -> Target:
    return Target(row, row["target"], figure(row, "planned"), figure(row, "achieved"),
                  figure(row, "percent_published"), _REDUCED in row["target"])  # fmt: skip
