"""The benefit reforms of the 2026 budget, costed from the published recipients by running the old and the new law."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from balsts.law.engine.answer import entitle
from balsts.law.engine.household import read_household
from balsts.law.engine.law import Law
from balsts.law.engine.quantities import cents_from, month_from
from balsts.law.engine.text import Node, read_file

_DATA = Path(__file__).parent / "data"
OLD, NEW = month_from("2025-12"), month_from("2026-01")
BENEFITS_ACT = "Grozījumi Valsts sociālo pabalstu likumā"


@dataclass(frozen=True)
class Case:
    """One household before and after, in cents."""

    lv: str
    en: str
    old: int
    new: int

    @property
    def change(self) -> int:
        """What the reform adds."""
        return self.new - self.old


@dataclass(frozen=True)
class Line:
    """One published line of the package.

    Attributes:
        recipients: as published; the assumed number where none is, with its source in `assumed_from`.
        times: how often a year the change is paid.
        published: the old and new amounts of the line's rows in cents; None where not printed.
    """

    lv: str
    en: str
    code: str
    cases: tuple[Case, ...]
    times: int
    recipients: int
    assumed_from: tuple[str, str] | None
    published: tuple[tuple[int | None, int | None], ...] = field(default=())

    @property
    def lowest(self) -> int:
        """The year's cost in cents if every recipient were the cheapest case."""
        return min(case.change for case in self.cases) * self.recipients * self.times

    @property
    def highest(self) -> int:
        """The year's cost in cents if every recipient were the dearest case."""
        return max(case.change for case in self.cases) * self.recipients * self.times


def package(law: Law) -> list[Line]:
    """Every line of the amendments to the benefits act, with what the law itself gives before and after."""
    rows = published_rows()
    tree = read_file(_DATA / "package_2026.yaml", shown="package_2026.yaml")
    return [_line(law, node, rows) for node in tree.sequence("the lines of the package")]


@lru_cache(maxsize=1)
def published_rows() -> tuple[dict[str, str], ...]:
    """The rows of the published table."""
    with (_DATA / "benefit_reforms_2026.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


def published_cost(act: str) -> str:
    """The published cost of an act's amendments in 2026, in million euros, as printed."""
    return next(row["cost_2026_million_eur"] for row in published_rows()
                if row["row_type"] == "law_cost" and row["law"] == act)  # fmt: skip


def _line(law: Law, node: Node, rows: tuple[dict[str, str], ...]) -> Line:
    fields = node.mapping("a line")
    code = fields["code"].text("a code")
    places = [tuple(one.text("text") for one in pair.sequence("benefit and condition"))
              for pair in fields["rows"].sequence("rows")]  # fmt: skip
    found = [next(row for row in rows if (row["benefit"], row["condition"]) == place) for place in places]
    title = fields["title"].mapping("titles")
    assumed = None
    recipients = next((int(row["recipients_published"]) for row in found if row["recipients_published"]), None)
    if recipients is None:
        words = fields["assumed_from"].mapping("words")
        assumed = (words["lv"].text("text"), words["en"].text("text"))
        recipients = int(fields["assumed_recipients"].text("a number"))
    return Line(
        lv=title["lv"].text("text"),
        en=title["en"].text("text"),
        code=code,
        cases=tuple(_case(law, code, one) for one in fields["cases"].sequence("cases")),
        times=int(fields["times"].text("a number")),
        recipients=recipients,
        assumed_from=assumed,
        published=tuple((_cents(row["old_amount"]), _cents(row["new_amount"])) for row in found),
    )


def _case(law: Law, code: str, node: Node) -> Case:
    fields = node.mapping("a case")
    who = fields["who"].mapping("words")
    amounts = []
    for month, household in ((OLD, fields["old"]), (NEW, fields.get("new", fields["old"]))):
        facts, _ = read_household(household, law.catalogue, law.rights(), month)
        amounts.append(entitle(law, facts, month).amount(code))
    return Case(who["lv"].text("text"), who["en"].text("text"), *amounts)


def _cents(text: str) -> int | None:
    return cents_from(text) if text else None
