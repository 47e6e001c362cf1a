"""Tables that several reports have: execution of a budget, indicators of a section, plan and result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from balsts.figures.rows import Row
from balsts.statistics.report import form
from balsts.statistics.report.bench import NONE, grouped, words_of
from balsts.statistics.report.desk import Desk


def budget_rows(desk: Desk, table: str) -> list[Row]:
    """Rows of a table of the budget for the year, in the order of the document.

    Args:
        table: the name of the table without the document that printed it, as `annex1`.
    """
    return [
        row for row in desk.book.rows("budget-execution")
        if row["institution"] == desk.institution.in_tables and row.year == desk.year
        and row["table"].partition("_")[2] == table
    ]  # fmt: skip


def execution(desk: Desk, rows: Sequence[Row], caption: str, group: Callable[[Row], str] | None = None) -> form.Table:
    """Plan and execution, with the execution of the year before where it is known.

    Args:
        group: what the rows of a group are called, where the table has groups.
    """
    year, say = desk.year, desk.say
    is_published = any("percent_published" in row.values for row in rows)
    columns = [
        form.Column(say("Nr.", "No.")), form.Column(say("Finanšu rādītājs", "Item"), share=5),
        form.Column(say(f"{year - 1}. gada izpilde", f"{year - 1}, execution"), is_number=True),
        form.Column(say(f"{year}. gada plāns", f"{year}, plan"), is_number=True),
        form.Column(say(f"{year}. gada izpilde", f"{year}, execution"), is_number=True),
        form.Column(say("Izpilde pret plānu, %", "Execution against plan, %") if is_published else
                    say("Izpilde pret plānu, % (aprēķināts)", "Execution against plan, % (computed)"), is_number=True),
    ]  # fmt: skip
    found: list[form.Row] = []
    for named, some in grouped(rows, group or (lambda _: "")):
        if named:
            found.append(form.Row(words_of(named), "group"))
        above = {row["line_code"].rpartition(".")[0] for row in some}
        found += [_line(desk, row, is_published=is_published, is_total=row["line_code"] in above) for row in some]
    return desk.table(caption, columns, found)


def _line(desk: Desk, row: Row, *, is_published: bool, is_total: bool) -> form.Row:
    earlier = desk.before(row)
    percent = desk.figure(row, "percent_published") if is_published else desk.share(row, "actual", "plan")
    cells = (
        (form.Cell(row["line_code"]),), desk.words(row["line"]), desk.figure(earlier, "actual") if earlier else NONE,
        desk.figure(row, "plan"), desk.figure(row, "actual"), percent,
    )  # fmt: skip
    return form.Row(cells, "total" if is_total and "." not in row["line_code"] and row["line_code"] else "")


def indicators(desk: Desk, rows: Sequence[Row], caption: str) -> form.Table:
    """Indicators of a section: by sex, with a plan, percent and other years where rows have them."""
    say = desk.say
    has_group = any(row.get("group") for row in rows)
    has_sex = any(row.get("sex") for row in rows)
    has_years = len({row.period for row in rows}) > 1
    has_plan = any("plan" in row.values for row in rows)
    has_percent = any("percent_published" in row.values for row in rows)
    columns = [form.Column(say("Rādītājs", "Indicator"), share=5)]
    columns += [form.Column(say("Grupa", "Group"), share=4)] if has_group else []
    columns += [form.Column(say("Gads", "Year"))] if has_years else []
    columns += [form.Column(say("Plāns", "Plan"), is_number=True)] if has_plan else []
    columns += [form.Column(say("Vērtība", "Value"), is_number=True)]
    columns += [form.Column(one, is_number=True) for one in (say("Sievietes", "Women"), say("Vīrieši", "Men"))
                if has_sex]  # fmt: skip
    columns += [form.Column("%", is_number=True)] if has_percent else []
    columns += [form.Column(say("Mērvienība", "Unit"), share=2)]
    found = []
    for _, same in grouped(
        rows, lambda row: "\x1f".join((row["indicator"], row.get("group"), row.period, row["unit"]))
    ):
        whole = next((row for row in same if not row.get("sex")), None)
        by_sex = {row.get("sex"): row for row in same}
        first = whole or same[0]
        cells = [desk.words(first["indicator"])]
        cells += [desk.words(first.get("group"))] if has_group else []
        cells += [(form.Cell(first.period),)] if has_years else []
        cells += [desk.figure(whole, "plan") if whole else NONE] if has_plan else []
        cells += [desk.figure(whole, "value") if whole else NONE]
        cells += [desk.figure(by_sex[sex], "value") if sex in by_sex else NONE for sex in ("female", "male")
                  if has_sex]  # fmt: skip
        cells += [desk.figure(whole, "percent_published") if whole else NONE] if has_percent else []
        cells += [desk.words(first["unit"])]
        found.append(form.Row(tuple(cells)))
    return desk.table(caption, columns, found)


def bars(desk: Desk, table: form.Table, caption: str, values: Sequence[tuple[str, Decimal]], across: str,
         measured: str) -> form.Chart:  # fmt: skip
    """A bar for each name, in the order given."""
    labels, numbers = [one for one, _ in values], [value for _, value in values]
    return desk.chart("bars", table, caption, labels, ((measured, numbers),), across, measured)


def by_group(
    desk: Desk, rows: Sequence[Row], indicator: str, without: Sequence[str] = ("kopā",)
) -> list[tuple[str, Decimal]]:
    """The values of an indicator by group, for a chart: without the total."""
    return [(desk.name(row["group"]), row.values["value"]) for row in rows
            if row["indicator"] == indicator and row["group"] not in without and "value" in row.values]  # fmt: skip
