"""Relations in tables of budget execution: lines and their parts, balances, percentages, the same totals elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from balsts.figures.relations.shelf import Shelf, figures, grouped, matching, only
from balsts.figures.relations.trying import Tried, behind, less, same, share, total, within
from balsts.figures.rows import Figure, Row

AMOUNTS = ("plan", "actual")
DIVIDED_LINES = ("1", "2")
"""Resources and expenditure are the sum of the lines below them (1 = 1.1 + 1.2 + …, 2.1 = 2.1.1 + …).

The financial balance (3) is not: what stands below it finances it, and has relations of its own.
"""
BALANCE, FINANCED_BY, CLOSED = "Finansiālā bilance", "naudas līdzekļi", "Slēgtie budžeta asignējumi"
CHANGE_IN_FUNDS = "naudas līdzekļu atlikumu izmaiņas"
AGAINST_RESOURCES = ("SIVA",)
"""Institutions whose text gives expenditure in percent of the resources received («pret pieejamiem līdzekļiem»)."""

ALL_PROGRAMMES = "(visas programmas un projekti)"

GROSS_TABLE, CONSOLIDATED_TABLE = "annex3", "annex2"
"""Sub-budgets of the special budget: annex 2 leaves out what they transfer to one another, annex 3 does not.

A sub-budget may therefore be larger in annex 3, and their sum is larger than the total, which is consolidated.
"""
WHOLE_BUDGETS: tuple[tuple[dict[str, str], ...], ...] = (
    (
        {"table": "annex1", "budget": "basic", "programme_code": "", "line_code": "2"},
        {"table": "annex3", "budget": "basic", "programme_code": "", "line": "expenditure"},
        {"table": "summary", "budget": "basic", "programme_code": "", "line": "expenditure"},
    ),
    *(
        (
            {"table": "annex2", "budget": "special", "programme_code": "04.00.00", "line": line},
            {"table": "annex3", "budget": "special", "programme_code": "", "line": line},
            {"table": "summary", "budget": "special", "programme_code": "04.00.00", "line": line},
        )
        for line in ("income", "expenditure")
    ),
)
"""Where one report prints the same total of a budget, the place with most digits first."""


def tried(shelf: Shelf) -> Iterator[Tried]:
    """Every relation in tables of budget execution, tried."""
    rows = shelf.rows("budget-execution")
    for part in grouped(rows, "table", "institution", "year", "budget", "programme_code", "programme_name", "unit"):
        for column in AMOUNTS:
            yield from _lines(part, column)
            yield from _balances(part, column)
        yield from _percentages(part)
        yield from _closed(part)
    for year in grouped(rows, "institution", "year"):
        yield from _whole_budgets(year)
        yield from _sub_budgets(year)
        yield from _programmes(year)
        yield from _agency(year)


def _lines(rows: Sequence[Row], column: str) -> Iterator[Tried]:
    """A line is the sum of the lines whose code is its own with one more number."""
    for row in rows:
        code = row["line_code"]
        below = [one for one in rows if code and one["line_code"].rpartition(".")[0] == code]
        parts = figures(below, column)
        if code.partition(".")[0] in DIVIDED_LINES and parts and len(parts) == len(below) and column in row.values:
            yield total("parts-and-whole", Figure(row, column), parts)


def _balances(rows: Sequence[Row], column: str) -> Iterator[Tried]:
    resources, expenditure = (only(matching(rows, line_code=one), column) for one in ("1", "2"))
    balance = only(matching(rows, line=BALANCE), column)
    if balance is None:
        return
    if resources and expenditure:
        yield total("balance", balance, [resources, less(expenditure)])
    changes = figures((row for row in rows if CHANGE_IN_FUNDS in row["line"]), column)
    funds = only(matching(rows, line=FINANCED_BY), column)
    if funds:
        yield same("balance", funds, balance, sign=-1)
        if changes:
            yield total("balance", funds, changes)
    elif len(changes) == 1:
        yield same("balance", changes[0], balance)


def _percentages(rows: Sequence[Row]) -> Iterator[Tried]:
    for row in rows:
        if not {"percent_published", "actual"} <= row.values.keys():
            continue
        printed, actual = Figure(row, "percent_published"), Figure(row, "actual")
        resources = only(matching(rows, line_code="1"), "actual")
        if row["institution"] in AGAINST_RESOURCES and row["line_code"] == "2" and resources:
            one = share("percent-of-whole", printed, [actual], [resources])
        elif "plan" in row.values:
            one = share("percent-of-plan", printed, [actual], [Figure(row, "plan")])
        else:
            continue
        if one:
            yield one


def _closed(rows: Sequence[Row]) -> Iterator[Tried]:
    """Assignments that were closed are what was planned and not spent, below zero."""
    closed = only(matching(rows, line=CLOSED), "actual")
    spent, planned = (only(matching(rows, line_code="2"), one) for one in ("actual", "plan"))
    if closed and spent and planned:
        yield total("balance", closed, [spent, less(planned)])


def _whole_budgets(rows: Sequence[Row]) -> Iterator[Tried]:
    """The same total in annexes and in the summary, and its percentage against the plan of the first of them."""
    for places in WHOLE_BUDGETS:
        found = [row for one in places if (row := _place(rows, one)) is not None]
        for row in found[1:]:
            yield same("printed-twice", Figure(row, "actual"), Figure(found[0], "actual"))
            if "percent_published" in row.values and "plan" in found[0].values:
                printed = Figure(row, "percent_published")
                one = share("percent-of-plan", printed, [Figure(found[0], "actual")], [Figure(found[0], "plan")])
                if one:
                    yield one
        percents = figures(found, "percent_published")
        for figure in percents[1:]:
            yield same("printed-twice", figure, percents[0])


def _place(rows: Sequence[Row], wanted: dict[str, str]) -> Row | None:
    rest = {column: text for column, text in wanted.items() if column != "table"}
    found = [row for row in matching(rows, **rest) if _is_table(row, wanted["table"]) and "actual" in row.values]
    return found[0] if len(found) == 1 else None


def _is_table(row: Row, name: str) -> bool:
    """Whether a row is of the table so named in whatever report: 001_annex1 is annex1."""
    return row["table"].rpartition("_")[2] == name


def _sub_budgets(rows: Sequence[Row]) -> Iterator[Tried]:
    special = matching(rows, budget="special")
    consolidated = [row for row in special if _is_table(row, CONSOLIDATED_TABLE)]
    gross = [row for row in special if _is_table(row, GROSS_TABLE)]
    for group in grouped(consolidated, "line_code"):
        for column in AMOUNTS:
            whole = only((row for row in group if row["programme_code"].endswith(".00.00")), column)
            parts = figures((row for row in group if not row["programme_code"].endswith(".00.00")), column)
            if whole and parts:
                yield total("parts-and-whole", whole, parts)
    for row in gross:
        less_ = only(matching(consolidated, programme_code=row["programme_code"], line=row["line"]), "actual")
        if less_ and row["programme_code"]:
            yield within("gross-and-consolidated", Figure(row, "actual"), [less_])
    yield from _transfers(gross)


def _transfers(gross: Sequence[Row]) -> Iterator[Tried]:
    """What sub-budgets have more than the consolidated total is the same in income and in expenditure."""
    sides = [matching(gross, line=one) for one in ("expenditure", "income")]
    wholes = [only(matching(side, programme_code=""), "actual") for side in sides]
    spent, received = (figures((row for row in side if row["programme_code"]), "actual") for side in sides)
    if wholes[0] and wholes[1] and spent and received:
        yield total("transfers", wholes[0], [*spent, *map(less, received), wholes[1]])


def _programmes(rows: Sequence[Row]) -> Iterator[Tried]:
    """The basic budget of annex 3 is the sum of its programmes, and so is the plan that their percentages are of."""
    basic = [row for row in matching(rows, budget="basic") if _is_table(row, GROSS_TABLE)]
    whole = only(matching(basic, programme_code=""), "actual")
    programmes = [row for row in basic if row["programme_code"]]
    parts = figures(programmes, "actual")
    if whole and parts:
        yield total("parts-and-whole", whole, parts)
    expenditure = _place(rows, WHOLE_BUDGETS[0][0])
    if expenditure and "plan" in expenditure.values and _have_percentages(programmes):
        pairs = [(Figure(row, "actual"), Figure(row, "percent_published")) for row in programmes]
        yield behind("plan-behind-percentages", Figure(expenditure, "plan"), pairs)


def _have_percentages(rows: Sequence[Row]) -> bool:
    """Whether every row has what was spent and in percent of which plan, as much as can be divided by."""
    return bool(rows) and all("actual" in row.values and row.values.get("percent_published", 0) >= 1 for row in rows)


def _agency(rows: Sequence[Row]) -> Iterator[Tried]:
    """All programmes and projects of an institution together are the sum of its tables."""
    for row in rows:
        if row["line_code"] or row["programme_code"] or not row["programme_name"].endswith(ALL_PROGRAMMES):
            continue
        others = [one for one in matching(rows, line_code="1") if one["table"] != row["table"]]
        for column in AMOUNTS:
            parts = figures(others, column)
            if parts and column in row.values:
                yield total("parts-and-whole", Figure(row, column), parts)
