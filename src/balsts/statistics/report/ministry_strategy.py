"""Annexes 6 and 7 of the ministry's report: how its strategy was carried out, by the documents' own traffic lights."""

from __future__ import annotations

from collections.abc import Sequence

from balsts.figures.columns import COLUMNS
from balsts.figures.rows import Row
from balsts.statistics.report import form
from balsts.statistics.report.bench import NONE
from balsts.statistics.report.desk import Desk
from balsts.statistics.report.registers import evidence

_FEWEST_YEARS = 3
_STATUS: dict[str, form.Light] = {"IZPILDĪTS": "reached", "PROCESĀ": "partly"}


def _rows(desk: Desk, *kinds: str) -> list[Row]:
    """Rows of the strategy that the year's report of the institution evaluates."""
    return [row for row in desk.book.rows("strategy") if row["row_type"] in kinds and _reported_in(row) == desk.year]


def _reported_in(row: Row) -> int | None:
    return row.document.year if row.document else row.year


def in_short(desk: Desk) -> form.Chapter | None:
    """How many results and indicators were reached; the rest is in the annexes."""
    results, key = _rows(desk, "result"), _rows(desk, "kpi")
    if not results:
        return None
    say = desk.say
    reached = [sum(row["status"] == "IZPILDĪTS" for row in some) for some in (results, key)]
    told = desk.paragraph(
        say(
            f"No {len(results)} plānotajiem rezultātiem izpildīti {reached[0]}, no {len(key)} galvenajiem snieguma "
            f"rādītājiem izpildīti {reached[1]}. Mērķu novērtējums ir 6. pielikumā, rezultāti un rādītāji ar "
            "pamatojumu 7. pielikumā.",
            f"Of {len(results)} planned results {reached[0]} were reached, of {len(key)} key performance indicators "
            f"{reached[1]}. Goals are assessed in annex 6; results and indicators with their evidence are in annex 7.",
        )
    )
    return form.Chapter(say("Darbības stratēģijas ieviešana", "Carrying out the strategy"), (told,))


def evaluation(desk: Desk) -> form.Chapter | None:
    """Annex 6: each goal's light, its values, and what staff said."""
    goals = _rows(desk, "goal_assessment")
    if not goals:
        return None
    say = desk.say
    marks = {row["goal_no"]: row for row in _rows(desk, "goal_values_matrix")}
    columns = [
        form.Column(say("Mērķis", "Goal"), share=5), form.Column(say("Vai sasniegts", "Was it reached"), share=4),
        form.Column(say("Vai rezultāti atbilst mērķim", "Do the results correspond to it"), share=4),
        form.Column(say("Vērtības, skaits", "Values, number"), is_number=True),
    ]  # fmt: skip
    found: list[form.Row] = []
    for priority in dict.fromkeys(row["priority"] for row in goals):
        found.append(form.Row((desk.words(priority),), "group"))
        for row in (one for one in goals if one["priority"] == priority):
            reached, _, corresponds = _halves(desk, row)
            mark = marks.get(row["goal_no"])
            found.append(form.Row((
                (form.Cell(f"{row['goal_no']}. "), *desk.words(row["goal"])), reached, corresponds,
                desk.figure(mark, "value") if mark else NONE,
            )))  # fmt: skip
    told = desk.paragraph(
        say(
            "Luksofora princips: ● sasniegts vai atbilst; ▲ daļēji vai nevar noteikt; ■ nav sasniegts termiņā. "
            "Vārdi stāv blakus.",
            "Traffic lights: ● reached or corresponding; ▲ partly, or it cannot be told; ■ not reached in time. "
            "Words stand beside.",
        )
    )
    table = desk.table(say("Mērķi un to novērtējums", "Goals and their assessment"), columns, found)
    return form.Chapter(say("6. pielikums. Darbības stratēģijas novērtējums", "Annex 6. Evaluation of the strategy"),
                        (told, table, *_asked(desk)))  # fmt: skip


def _halves(desk: Desk, row: Row) -> tuple[form.Pieces, str, form.Pieces]:
    """The two halves of an assessment ("sasniegts termiņā / atbilst"), each with its light."""
    first, slash, second = row["value_text"].partition(" / ")
    named = desk.name(row["value_text"]).partition(" / ")
    reached: form.Light = (
        "reached" if first.startswith("sasniegts") else "open" if first.startswith("nav ") else "partly"
    )
    corresponds: form.Light = "partly" if second.startswith("daļēji") else "reached"
    return (form.Cell(named[0], light=reached),), slash, (form.Cell(named[2], light=corresponds),)


def _asked(desk: Desk) -> list[form.Block]:
    """What else annex 6 says in numbers: the survey of staff, and priorities with their values."""
    rows = _rows(desk, "annex6_figure")
    found: list[form.Block] = (
        [_metrics(desk, rows, desk.say("Aptauja un kopsavilkums", "Survey and summary"))] if rows else []
    )
    priorities = _rows(desk, "priority_values_matrix")
    if priorities:
        columns = [
            form.Column(desk.say("Prioritāte", "Priority"), share=6),
            form.Column(desk.say("Atzīmētās vērtības, skaits", "Values marked, number"), is_number=True),
        ]
        shown = [form.Row((desk.words(row["priority"]), desk.figure(row, "value"))) for row in priorities]
        found.append(desk.table(desk.say("Prioritātes un vērtības", "Priorities and values"), columns, shown))
    return found


def _metrics(desk: Desk, rows: Sequence[Row], caption: str) -> form.Table:
    columns = [form.Column(desk.say("Ko mēra", "What is measured"), share=6), *_last_columns(desk)]
    return desk.table(
        caption, columns, [form.Row((desk.words(row["metric"]), *_last_cells(desk, row))) for row in rows]
    )


def _last_columns(desk: Desk) -> list[form.Column]:
    say = desk.say
    return [form.Column(say("Vērtība", "Value"), is_number=True), form.Column(say("Mērvienība", "Unit"), share=2),
            form.Column(say("Gads", "Year"), share=2)]  # fmt: skip


def _last_cells(desk: Desk, row: Row) -> tuple[form.Pieces, ...]:
    return desk.figure(row, "value"), desk.words(row["unit"]), (form.Cell(row["year"].replace("-", "–")),)


def carried_out(desk: Desk) -> form.Chapter | None:
    """Annex 7: results and key performance indicators, with status and evidence."""
    results, key = _rows(desk, "result", "result_figure"), _rows(desk, "kpi", "kpi_figure")
    if not results and not key:
        return None
    say = desk.say
    sections = []
    if results:
        table = _with_evidence(desk, results, "result", say("Rezultāti un to pamatojums", "Results and their evidence"))
        sections.append(form.Section(say("Plānotie rezultāti", "Planned results"), (table,)))
    if key:
        table = _with_evidence(desk, key, "indicator", say("Galvenie snieguma rādītāji", "Key performance indicators"))
        sections.append(form.Section(say("Galvenie snieguma rādītāji", "Key performance indicators"),
                                     (table, *_over_years(desk, key, table))))  # fmt: skip
    return form.Chapter(say("7. pielikums. Darbības stratēģijas rādītāju ieviešana",
                            "Annex 7. Indicators of the strategy"), (), tuple(sections))  # fmt: skip


def _with_evidence(desk: Desk, rows: Sequence[Row], column: str, caption: str) -> form.Table:
    """Each result or indicator with its status, and below it the numbers that speak for it."""
    say = desk.say
    columns = [form.Column(say("Rezultāts un tā pamatojums", "Result and its evidence"), share=6),
               form.Column(say("Statuss vai mērķis", "Status or target"), share=3), *_last_columns(desk)]  # fmt: skip
    found: list[form.Row] = []
    for row in rows:
        if row["row_type"] in ("result", "kpi"):
            goal = f"{row['goal_no']}. " if row["goal_no"] else ""
            status = form.Cell(COLUMNS["status"].word(row["status"], desk.lang), light=_STATUS.get(row["status"], ""))
            cells = (form.Cell(goal), *desk.words(row[column])), (status,), NONE, NONE, NONE
            found.append(form.Row(cells, "total"))
            found += [form.Row((told, NONE, NONE, NONE, NONE)) for told in evidence(desk, row[column])]
        else:
            target = _target(desk, row)
            found.append(form.Row((desk.words(row["metric"]), target, *_last_cells(desk, row))))
    return desk.table(caption, columns, found)


def _target(desk: Desk, row: Row) -> form.Pieces:
    if not row["target"]:
        return NONE
    shown = desk.name(row["target"]).replace(">=", "≥\u00a0").replace("<=", "≤\u00a0")
    return (form.Cell(desk.say("mērķis: ", "target: ") + shown),)


def _over_years(desk: Desk, rows: Sequence[Row], table: form.Table) -> list[form.Block]:
    """A line for each indicator whose number is known of several years."""
    found: list[form.Block] = []
    single = [row for row in rows if row["row_type"] == "kpi_figure" and row.year is not None]
    for indicator, metric in dict.fromkeys((row["indicator"], row["metric"]) for row in single):
        same = sorted((row for row in single if (row["indicator"], row["metric"]) == (indicator, metric)),
                      key=lambda row: row.period)  # fmt: skip
        if len(same) >= _FEWEST_YEARS:
            found.append(desk.chart(
                "lines", table, desk.name(indicator), [row.period for row in same],
                ((desk.name(metric), [row.values.get("value") for row in same]),), desk.say("Gads", "Year"),
                desk.name(same[0]["unit"]),
            ))  # fmt: skip
    return found
