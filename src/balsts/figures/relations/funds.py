"""Relations between measures of EU funds, their groups and funds, and the targets of measures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from balsts.figures.relations.shelf import Shelf, figures, grouped, matching, only
from balsts.figures.relations.trying import Tried, same, share, total
from balsts.figures.rows import Figure, Row

AMOUNTS = ("total_eur", "invested_eur")
LEVELS = (
    ("group_total", "measure", ("group_code",)),
    ("fund_total", "group_total", ("fund",)),
    ("total", "fund_total", ()),
)
"""A total, the rows that it is the sum of, and the columns that both have in common."""
FALLING = "samazināšanās"
"""In the name of a target: the fewer the better, so that its percentage is the plan against what was reached."""
_STAGE = re.compile(r"\d+\. kārta: (?P<target>.+)")
_INVESTED = "investēts"


def tried(shelf: Shelf) -> Iterator[Tried]:
    """Every relation between EU funds' figures, tried."""
    funds = shelf.rows("eu-funds")
    for as_of in grouped(funds, "as_of"):
        for column in AMOUNTS:
            yield from _totals(as_of, column)
        for row in as_of:
            if "percent_published" in row.values:
                printed = Figure(row, "percent_published")
                one = share("percent-of-whole", printed, [Figure(row, "invested_eur")], [Figure(row, "total_eur")])
                if one:
                    yield one
    for measure in grouped(shelf.rows("eu-funds-targets"), "measure_code"):
        yield from _targets(measure)
        yield from _stages(measure, funds)


def _totals(rows: Sequence[Row], column: str) -> Iterator[Tried]:
    for level, below, common in LEVELS:
        for row in matching(rows, row_type=level):
            parts = figures(matching(rows, row_type=below, **{one: row[one] for one in common}), column)
            if parts:
                yield total("parts-and-whole", Figure(row, column), parts)


def _targets(rows: Sequence[Row]) -> Iterator[Tried]:
    for row in rows:
        if {"planned", "achieved", "percent_published"} <= row.values.keys():
            planned, achieved = Figure(row, "planned"), Figure(row, "achieved")
            above, below = (planned, achieved) if FALLING in row["target"] else (achieved, planned)
            if one := share("percent-of-plan", Figure(row, "percent_published"), [above], [below]):
                yield one


def _stages(rows: Sequence[Row], funds: Sequence[Row]) -> Iterator[Tried]:
    """The stages of a measure add up to it: in the target of the same name, money in the table of finance."""
    stages = [(found["target"], row) for row in rows if (found := _STAGE.fullmatch(row["target"]))]
    for target in dict.fromkeys(name for name, _ in stages):
        parts = figures((row for name, row in stages if name == target), "achieved")
        whole = only(matching(rows, target=target), "achieved")
        if target == _INVESTED:
            whole = only(matching(funds, row_type="measure", measure_code=rows[0]["measure_code"]), "invested_eur")
        if whole and len(parts) > 1:
            yield total("parts-and-whole", whole, parts)
        elif whole and parts:
            yield same("printed-twice", whole, parts[0])
