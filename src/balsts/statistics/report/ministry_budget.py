"""Chapters of the ministry's report: its finances, and annexes 1 to 4."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from balsts.figures.columns import COLUMNS
from balsts.figures.rows import Row
from balsts.statistics.report import form
from balsts.statistics.report.bench import NONE, capital, grouped, words_of
from balsts.statistics.report.desk import Desk
from balsts.statistics.report.shapes import bars, budget_rows, execution

_LONGEST_CHART = 12
_YEARS_COMPARED = 3
_MILLION = 1_000_000
_THOUSAND = 1_000


def finances(desk: Desk) -> form.Chapter | None:
    """Money in short: three years of each budget, and what priority measures brought."""
    rows = budget_rows(desk, "summary")
    if not rows:
        return None
    say = desk.say
    told = _in_short(desk, rows)
    table = _years(desk, rows)
    blocks: list[form.Block] = [told, table, _years_chart(desk, rows, table)]
    measures = [row for row in _measures(desk) if row["row_type"] == "total_consolidated_text"]
    for row in measures:
        blocks.append(desk.paragraph(
            say(f"{desk.year}. gadā prioritārajiem pasākumiem papildus piešķirti ",
                f"In {desk.year} a further "), desk.figure(row, "text_amount_million_eur"),
            say(" milj. EUR (kopā, konsolidējot transfertus no pamatbudžeta uz speciālo budžetu). ",
                " million EUR was given to priority measures (in all, transfers from the basic to the special budget "
                "counted once). "),
            say("Pasākumi pa vienam: 4. pielikumā.", "The measures one by one: annex 4."),
        ))  # fmt: skip
    return form.Chapter(say("Finanšu resursi", "Financial resources"), tuple(blocks))


def _in_short(desk: Desk, rows: list[Row]) -> form.Paragraph:
    parts: list[str | form.Pieces] = []
    for row in rows:
        parts += [
            f"{' ' if parts else ''}{_budget_line(desk, row)}: ", desk.figure(row, "actual"),
            desk.say(" milj. EUR jeb ", " million EUR, "), desk.figure(row, "percent_published"),
            desk.say("\u00a0% no plānotā.", "\u00a0% of what was planned."),
        ]  # fmt: skip
    return desk.paragraph(*parts)


def _budget_line(desk: Desk, row: Row) -> str:
    return f"{desk.name(row['programme_name'])}, {desk.name(row['line'])}"


def _compared(desk: Desk, row: Row) -> dict[int, Row]:
    """The row and those of the years before, by year."""
    first = desk.year - _YEARS_COMPARED + 1
    return {one.year: one for one in desk.book.series(row.dataset, row.series)
            if one.year is not None and first <= one.year <= desk.year}  # fmt: skip


def _years(desk: Desk, rows: list[Row]) -> form.Table:
    compared = [_compared(desk, row) for row in rows]
    years = sorted({year for one in compared for year in one})
    columns = [form.Column(desk.say("Budžets", "Budget"), share=4)]
    for year in years:
        columns += [form.Column(desk.say(f"{year}, milj. EUR", f"{year}, million EUR"), is_number=True),
                    form.Column(desk.say("% no plāna", "% of plan"), is_number=True)]  # fmt: skip
    found = []
    for row, by_year in zip(rows, compared, strict=True):
        cells: list[form.Pieces] = [(form.Cell(_budget_line(desk, row)),)]
        for year in years:
            known = by_year.get(year)
            cells += [desk.figure(known, one) if known else NONE for one in ("actual", "percent_published")]
        found.append(form.Row(tuple(cells)))
    return desk.table(desk.say("Budžeta izpilde pa gadiem", "Execution of the budget by year"), columns, found)


def _years_chart(desk: Desk, rows: list[Row], table: form.Table) -> form.Chart:
    compared = [_compared(desk, row) for row in rows]
    years = sorted({year for one in compared for year in one})
    series = [
        (_budget_line(desk, row), [by_year[year].values.get("actual") if year in by_year else None for year in years])
        for row, by_year in zip(rows, compared, strict=True)
    ]
    return desk.chart("columns", table, desk.say("Budžeta izpilde pa gadiem", "Execution of the budget by year"),
                      [str(year) for year in years], series, desk.say("Gads", "Year"),
                      desk.say("milj. EUR", "million EUR"))  # fmt: skip


def basic_budget(desk: Desk) -> form.Chapter | None:
    """Annex 1: the basic budget, line by line."""
    rows = budget_rows(desk, "annex1")
    if not rows:
        return None
    say = desk.say
    table = execution(desk, rows, say("Valsts pamatbudžets, EUR", "The basic state budget, EUR"))
    spent = [row for row in rows if row["line_code"].startswith("2.1.") or row["line_code"] == "2.2"]
    drawn = [(desk.name(row["line"]), row.values["actual"] / _MILLION) for row in spent if "actual" in row.values]
    caption = say("Pamatbudžeta izdevumi pēc veida", "Spending of the basic budget by kind")
    return form.Chapter(
        say("1. pielikums. Valsts budžeta finansējums un tā izlietojums: pamatbudžets",
            "Annex 1. State funding and how it was used: the basic budget"),
        (table, bars(desk, table, caption, drawn, say("Izdevumu veids", "Kind of spending"),
                     say("milj. EUR", "million EUR"))),
    )  # fmt: skip


def special_budget(desk: Desk) -> form.Chapter | None:
    """Annex 2: the special budget of social insurance and its sub-budgets, consolidated."""
    rows = budget_rows(desk, "annex2")
    if not rows:
        return None
    say = desk.say
    table = execution(
        desk,
        rows,
        say(
            "Valsts sociālās apdrošināšanas speciālais budžets, EUR",
            "The special budget of state social insurance, EUR",
        ),
        _programme(desk),
    )
    spent = [row for row in rows if row["line"] == "expenditure" and not row["programme_code"].endswith(".00.00")]
    sides = [(say("plāns", "plan"), "plan"), (say("izpilde", "execution"), "actual")]
    series = [(named, [row.values[side] / _MILLION if side in row.values else None for row in spent])
              for named, side in sides]  # fmt: skip
    chart = desk.chart(
        "bars",
        table,
        say("Speciālā budžeta izdevumi: plāns un izpilde", "Spending of the special budget: plan and execution"),
        [desk.name(row["programme_name"]) for row in spent],
        series,
        say("Apakšbudžets", "Sub-budget"),
        say("milj. EUR", "million EUR"),
    )
    told = desk.paragraph(say(
        "Summas ir konsolidētas: pārskaitījumi starp apakšbudžetiem ieskaitīti vienu reizi.",
        "The sums are consolidated: transfers between sub-budgets are counted once.",
    ))  # fmt: skip
    return form.Chapter(
        say("2. pielikums. Valsts budžeta finansējums un tā izlietojums: speciālais budžets",
            "Annex 2. State funding and how it was used: the special budget"), (told, table, chart))  # fmt: skip


def _programme(desk: Desk) -> Callable[[Row], str]:
    """What a programme is called, with its code."""
    return lambda row: f"{row['programme_code']} {desk.name(row['programme_name'])}".strip()


def programmes(desk: Desk) -> form.Chapter | None:
    """Annex 3: execution by programme."""
    rows = budget_rows(desk, "annex3")
    if not rows:
        return None
    say = desk.say
    table = _by_programme(desk, rows)
    basic = [row for row in rows if row["budget"] == "basic" and row["programme_code"] and "actual" in row.values]
    largest = sorted(basic, key=lambda row: -row.values["actual"])[:_LONGEST_CHART]
    drawn = [(_programme(desk)(row), row.values["actual"] / _THOUSAND) for row in largest]
    caption = say("Pamatbudžeta lielākās programmas", "The largest programmes of the basic budget")
    chart = bars(desk, table, caption, drawn, say("Programma", "Programme"), say("milj. EUR", "million EUR"))
    told = desk.paragraph(say(
        "Apakšbudžetu summas šeit nav konsolidētas; tās atšķiras no 2. pielikuma par savstarpējiem pārskaitījumiem.",
        "Sums of sub-budgets are not consolidated here, and so differ from annex 2 by the transfers between them.",
    ))  # fmt: skip
    return form.Chapter(say("3. pielikums. Pārskata gada budžeta programmu izpilde",
                            "Annex 3. Execution of the year's budget programmes"), (told, table, chart))  # fmt: skip


def _by_programme(desk: Desk, rows: Sequence[Row]) -> form.Table:
    say = desk.say
    columns = [
        form.Column(say("Kods", "Code")),
        form.Column(say("Programma vai apakšprogramma", "Programme or subprogramme"), share=6),
        form.Column(say("Rinda", "Line"), share=2),
        form.Column(say("Izpilde, tūkst. EUR", "Execution, thousand EUR"), is_number=True),
        form.Column(say("Izpilde pret plānoto, %", "Execution against plan, %"), is_number=True),
    ]
    found: list[form.Row] = []
    for budget, some in grouped(rows, lambda row: row["budget"]):
        found.append(form.Row(words_of(capital(COLUMNS["budget"].word(budget, desk.lang))), "group"))
        for row in some:
            cells = ((form.Cell(row["programme_code"]),), desk.words(row["programme_name"]), desk.words(row["line"]),
                     desk.figure(row, "actual"), desk.figure(row, "percent_published"))  # fmt: skip
            found.append(form.Row(cells, "" if row["programme_code"] else "total"))
    caption = say("Budžeta programmu (apakšprogrammu) izpilde", "Execution of budget programmes (subprogrammes)")
    return desk.table(caption, columns, found)


def _measures(desk: Desk) -> list[Row]:
    return [row for row in desk.book.rows("priority-measures") if row.year == desk.year]


def priority_measures(desk: Desk) -> form.Chapter | None:
    """Annex 4: priority measures and their money."""
    rows = _measures(desk)
    if not rows:
        return None
    say = desk.say
    columns = [
        form.Column(say("Nr.", "No.")), form.Column(say("Pasākums", "Measure"), share=6),
        form.Column(say("Pamatbudžets, EUR", "Basic budget, EUR"), is_number=True),
        form.Column(say("Sociālās apdrošināšanas budžets, EUR", "Social insurance budget, EUR"), is_number=True),
        form.Column(say("Summa tekstā, milj. EUR", "Sum in the text, million EUR"), is_number=True),
    ]  # fmt: skip
    found = [form.Row((
        (form.Cell(row["measure_no"]),), desk.words(row["measure_name"]), desk.figure(row, "basic_budget_eur"),
        desk.figure(row, "special_budget_eur"), desk.figure(row, "text_amount_million_eur"),
    ), "total" if row["row_type"].startswith("total") else "") for row in rows]  # fmt: skip
    table = desk.table(
        say(f"Prioritārie pasākumi, {desk.year}. gada plāns", f"Priority measures, plan for {desk.year}"),
        columns,
        found,
    )
    measures = [row for row in rows if row["row_type"] == "measure"]
    drawn = [(f"{row['measure_no']}. {desk.name(row['measure_name'])}", _money(row) / _MILLION) for row in measures]
    chart = bars(desk, table, say("Prioritāro pasākumu finansējums, abi budžeti kopā",
                                  "Funding of priority measures, both budgets together"), drawn,
                 say("Pasākums", "Measure"), say("milj. EUR", "million EUR"))  # fmt: skip
    return form.Chapter(say("4. pielikums. Pārskata gadam apstiprinātie prioritārie pasākumi",
                            "Annex 4. Priority measures approved for the year"), (table, chart))  # fmt: skip


def _money(row: Row) -> Decimal:
    return sum((row.values[one] for one in ("basic_budget_eur", "special_budget_eur") if one in row.values), Decimal(0))
