"""Chapters of the ministry's report in years whose performance indicators and EU funds are published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from balsts.figures.columns import COLUMNS
from balsts.figures.rows import Row
from balsts.law.engine.quantities import calendar_words
from balsts.statistics.report import form
from balsts.statistics.report.bench import NONE, grouped
from balsts.statistics.report.desk import Desk
from balsts.statistics.report.numbers import shown
from balsts.statistics.report.shapes import bars


def indicators(desk: Desk) -> form.Chapter | None:
    """Results and performance indicators, by policy area and programme."""
    rows = [row for row in desk.book.rows("indicators") if row.year == desk.year]
    if not rows:
        return None
    say = desk.say
    sections = []
    for area, some in grouped(rows, lambda row: row["policy_area"]):
        named = desk.name(area) if area else say("Politikas joma nav noteikta", "No policy area is known")
        sections.append(form.Section(named, (_of_area(desk, some, named),)))
    told = desk.paragraph(
        say(
            "Rādītāji kārtoti pa politikas jomām un budžeta programmām. Salikta vērtība (12/0) stāv tā, kā publicēta.",
            "Indicators stand by policy area and budget programme. A composite value (as 12/0) stands as published.",
        ),
        say(" Veidi: ", " Kinds: "),
        _kinds(desk, rows),
    )
    return form.Chapter(say("Darbības rezultāti un rezultatīvie rādītāji", "Results and performance indicators"),
                        (told,), tuple(sections))  # fmt: skip


def _kinds(desk: Desk, rows: Sequence[Row]) -> str:
    """The kinds of indicators with their words, for tables that have the codes alone."""
    there = dict.fromkeys(row["indicator_kind"] for row in rows)
    return "; ".join(f"{one} – {COLUMNS['indicator_kind'].word(one, desk.lang)}" for one in there) + "."


def _of_area(desk: Desk, rows: Sequence[Row], area: str) -> form.Table:
    say = desk.say
    columns = [
        form.Column(say("Rādītājs", "Indicator"), share=7), form.Column(say("Veids", "Kind"), share=2),
        form.Column(say("Mērvienība", "Unit"), share=2), form.Column(say("Vērtība", "Value"), is_number=True),
        form.Column(say("Sievietes", "Women"), is_number=True), form.Column(say("Vīrieši", "Men"), is_number=True),
    ]  # fmt: skip
    found: list[form.Row] = []
    for programme, some in grouped(rows, lambda row: f"{row['programme_code']}\x1f{row['programme_name']}"):
        code, _, name = programme.partition("\x1f")
        if name:
            found.append(form.Row(((form.Cell(f"{code} "), *desk.words(name)),), "group"))
        found += [form.Row((
            _indicator(desk, row), (form.Cell(row["indicator_kind"]),),
            desk.words(row["unit"]), _value(desk, row), desk.figure(row, "female"), desk.figure(row, "male"),
        )) for row in some]  # fmt: skip
    return desk.table(say(f"Rādītāji: {area}", f"Indicators: {area}"), columns, found)


def _indicator(desk: Desk, row: Row) -> form.Pieces:
    parent = (*desk.words(row["indicator_parent"]), form.Cell(": ")) if row["indicator_parent"] else ()
    # Money of a priority measure has no label of its own: it is named by the measure.
    return *parent, *desk.words(row["indicator_name"] or row["priority_measure_name"] or row["result"])


def _value(desk: Desk, row: Row) -> form.Pieces:
    """The value; of a composite one, its parts as they are printed together."""
    if not row["value_text"]:
        return desk.figure(row, "value")
    rest, found = row["value_text"], []
    for column in ("value_part1", "value_part2"):
        if column in row.values:
            cell = desk.figure(row, column)
            printed = _as_printed(row[column], rest)
            before, _, rest = rest.partition(printed)
            found += [*([form.Cell(before)] if before else []), *cell]
    return (*found, form.Cell(rest)) if rest else tuple(found)


def _as_printed(number: str, text: str) -> str:
    """How a number stands in a text of a document: with a comma, and with spaces between thousands."""
    candidates = (shown(number, "lv"), shown(number, "lv").replace("\u00a0", " "), number.replace(".", ","), number)
    return next((one for one in candidates if one in text), number)


def eu_funds(desk: Desk) -> form.Chapter | None:
    """EU-funded measures: money, and targets."""
    rows = [row for row in desk.book.rows("eu-funds") if row.year == desk.year]
    if not rows:
        return None
    say = desk.say
    day = calendar_words(date.fromisoformat(rows[0]["as_of"]), desk.lang)
    table = _money(desk, rows, day)
    measures = [row for row in rows if row["row_type"] == "measure" and "percent_published" in row.values]
    chart = bars(
        desk,
        table,
        say("Cik no finansējuma ieguldīts", "How much of the funding is invested"),
        [
            (f"{row['measure_code']} {desk.name(row['measure_name'])}", row.values["percent_published"])
            for row in measures
        ],
        say("Pasākums", "Measure"),
        "%",
    )
    return form.Chapter(
        say("Eiropas Savienības fondi", "European Union funds"), (table, chart, *_targets(desk, measures))
    )


def _money(desk: Desk, rows: Sequence[Row], day: str) -> form.Table:
    say = desk.say
    columns = [
        form.Column(say("Kods", "Code")),
        form.Column(say("Pasākums", "Measure"), share=5),
        form.Column(say("Fonds", "Fund")),
        form.Column(say("Finansējums, EUR", "Funding, EUR"), is_number=True),
        form.Column(say("Ieguldīts, EUR", "Invested, EUR"), is_number=True),
        form.Column("%", is_number=True),
        form.Column(say("Beigu datums", "End date"), share=2),
    ]
    found = [
        form.Row(
            (
                (form.Cell(row["measure_code"]),),
                desk.words(row["measure_name"]),
                (form.Cell(row["fund"]),),
                desk.figure(row, "total_eur"),
                desk.figure(row, "invested_eur"),
                desk.figure(row, "percent_published"),
                _end(desk, row),
            ),
            "" if row["row_type"] == "measure" else "total",
        )
        for row in rows
    ]
    return desk.table(
        say(f"Pasākumu finansējums, stāvoklis {day}", f"Funding of measures, as of {day}"), columns, found
    )


def _end(desk: Desk, row: Row) -> form.Pieces:
    if row["end_date"]:
        return (form.Cell(calendar_words(date.fromisoformat(row["end_date"]), desk.lang)),)
    return (form.Cell(COLUMNS["status"].word(row["status"], desk.lang)),) if row["status"] else NONE


def _targets(desk: Desk, measures: Sequence[Row]) -> list[form.Block]:
    say = desk.say
    named = {row["measure_code"]: row["measure_name"] for row in measures}
    rows = [row for row in desk.book.rows("eu-funds-targets") if row["measure_code"] in named
            and row.document is not None and row.document.year == desk.year]  # fmt: skip
    if not rows:
        return []
    columns = [
        form.Column(say("Mērķis", "Target"), share=6),
        form.Column(say("Mērvienība", "Unit"), share=2),
        form.Column(say("Plānots", "Planned"), is_number=True),
        form.Column(say("Sasniegts", "Reached"), is_number=True),
        form.Column("%", is_number=True),
    ]
    found: list[form.Row] = []
    for code, some in grouped(rows, lambda row: row["measure_code"]):
        found.append(form.Row(((form.Cell(f"{code} "), *desk.words(named[code])),), "group"))
        found += [
            form.Row(
                (
                    desk.words(row["target"]),
                    desk.words(row["unit"]),
                    desk.figure(row, "planned"),
                    desk.figure(row, "achieved"),
                    desk.figure(row, "percent_published"),
                )
            )
            for row in some
        ]
    return [desk.table(say("Rādītāju mērķi", "Targets"), columns, found)]
