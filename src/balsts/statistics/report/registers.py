"""Registers that the reports have in words: studies, audits with their recommendations, projects, the recovery plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from balsts.figures.columns import COLUMNS
from balsts.figures.rows import Row
from balsts.law.engine.quantities import calendar_words
from balsts.statistics.report import form
from balsts.statistics.report.bench import NONE
from balsts.statistics.report.desk import Desk

_FOLLOWED: dict[str, form.Light] = {"done": "reached", "open": "partly"}
_DAY = 10


def rows_told(desk: Desk, table: str) -> list[Row]:
    """Rows of a table that the year's report of the institution tells: read in it, or of the year in a file."""
    return [row for row in desk.book.rows(table) if _year_of(row) == desk.year
            and row.get("institution") in ("", desk.institution.in_tables) and _is_ours(desk, row)]  # fmt: skip


def _year_of(row: Row) -> int | None:
    return row.document.year if row.document else row.year


def _is_ours(desk: Desk, row: Row) -> bool:
    return row.document is None or row.document.institution == desk.institution.in_tables


def studies(desk: Desk) -> list[form.Block]:
    """Each study with its aim and state."""
    rows, say = rows_told(desk, "research"), desk.say
    if not rows:
        return []
    columns = [form.Column(say("Pētījums", "Study"), share=4), form.Column(say("Nolūks", "Aim"), share=6),
               form.Column(say("Statuss", "Status"), share=2)]  # fmt: skip
    found = [form.Row(((*desk.words(row["research"]), _place(desk, row)), desk.words(row["aim"]), _status(desk, row)))
             for row in rows]  # fmt: skip
    return [desk.table(say("Pārskata gada pētījumi", "Studies of the year"), columns, found)]


def audits(desk: Desk) -> list[form.Block]:
    """Each audit with what it concluded, what it recommended, and whether that is carried out."""
    rows, say = rows_told(desk, "audits"), desk.say
    if not rows:
        return []
    columns = [form.Column(say("Revīzija vai audits, ieteikumu izpilde", "Audit, and whether it is followed"), share=4),
               form.Column(say("Secinājumi un ieteikumi", "Conclusions and recommendations"), share=9)]  # fmt: skip
    found: list[form.Row] = []
    for auditor in dict.fromkeys(row["auditor"] for row in rows):
        found.append(form.Row((desk.words(auditor),), "group"))
        found += [form.Row((
            (*desk.words(row["audit"]), _place(desk, row), form.Cell(". "), *_followed(desk, row)),
            _concluded(desk, row),
        )) for row in rows if row["auditor"] == auditor]  # fmt: skip
    return [desk.table(say("Revīzijas un auditi", "Audits"), columns, found)]


def _concluded(desk: Desk, row: Row) -> form.Pieces:
    """What an audit concluded, and after it what it recommended."""
    both = [desk.words(row[one]) for one in ("conclusion", "recommendation") if row[one]]
    between = form.Cell(desk.say(" Ieteikumi: ", " Recommendations: "))
    return (*both[0], between, *both[1]) if len(both) > 1 else both[0] if both else NONE


def _followed(desk: Desk, row: Row) -> form.Pieces:
    word = COLUMNS["follow_up"].word(row["follow_up"], desk.lang)
    state = form.Cell(word, light=_FOLLOWED.get(row["follow_up"], ""))
    return (state, form.Cell(desk.say("; termiņš ", "; term ")), *_day(desk, row["term"])) if row["term"] else (state,)


def projects(desk: Desk) -> form.Chapter | None:
    """Projects of EU funds and others, with their terms."""
    rows, say = rows_told(desk, "eu-projects"), desk.say
    if not rows:
        return None
    wanted = [(title, column) for title, column in (
        (say("Numurs", "Number"), "project_no"), (say("Sākums", "Begin"), "start_date"),
        (say("Beigas", "End"), "end_date"), (say("Statuss", "Status"), "status"),
    ) if any(row[column] for row in rows)]  # fmt: skip
    columns = [form.Column(say("Projekts", "Project"), share=6), *(form.Column(title, share=2) for title, _ in wanted)]
    found = [form.Row(((*desk.words(row["project"]), _place(desk, row)), *(
        _of_project(desk, row, column) for _, column in wanted))) for row in rows]  # fmt: skip
    named = say("Eiropas Savienības fondu un citi projekti", "Projects of EU funds and others")
    return form.Chapter(named, (desk.table(named, columns, found),))


def _of_project(desk: Desk, row: Row, column: str) -> form.Pieces:
    if column == "status":
        return _status(desk, row)
    return _day(desk, row[column]) if column.endswith("_date") else _said(desk, row, column)


def recovery(desk: Desk) -> form.Chapter | None:
    """The Recovery and Resilience Facility: investments and milestones that the report names."""
    rows, say = rows_told(desk, "recovery-plan"), desk.say
    if not rows:
        return None
    columns = [
        form.Column(say("Plāna daļa", "Part of the plan"), share=2), form.Column(say("Numurs", "Number"), share=2),
        form.Column(say("Nosaukums", "Name"), share=6), form.Column(say("Statuss", "Status"), share=2),
        form.Column(say("Vērtība", "Value"), is_number=True),
    ]  # fmt: skip
    found = [form.Row((
        (form.Cell(COLUMNS["element"].word(row["element"], desk.lang)),), _said(desk, row, "element_code"),
        (*desk.words(row["element_name"]), _place(desk, row)), _status(desk, row), desk.figure(row, "value"),
    )) for row in rows]  # fmt: skip
    named = say("Atveseļošanas un noturības mehānisms", "Recovery and Resilience Facility")
    return form.Chapter(named, (desk.table(named, columns, found),))


def evidence(desk: Desk, result: str) -> list[form.Pieces]:
    """What speaks for a result of the strategy, in words."""
    return [(*desk.words(row["evidence"]), _place(desk, row)) for row in rows_told(desk, "strategy-evidence")
            if row["result"] == result]  # fmt: skip


def _said(desk: Desk, row: Row, column: str) -> form.Pieces:
    return desk.words(row[column]) if row[column] else NONE


def _status(desk: Desk, row: Row) -> form.Pieces:
    return (form.Cell(COLUMNS["status"].word(row["status"], desk.lang)),) if row["status"] else NONE


def _day(desk: Desk, text: str) -> form.Pieces:
    if not text:
        return NONE
    return (form.Cell(calendar_words(date.fromisoformat(text), desk.lang) if len(text) == _DAY else text),)


def _place(desk: Desk, row: Row) -> form.Cell:
    """Where a row was read, after its words."""
    if row.document is None:
        return form.Cell("")
    desk.documents[row.document.code] = row.document.title(desk.lang)
    return form.Cell(desk.say(f" ({row.document.code}, {row.line}. rinda)", f" ({row.document.code}, line {row.line})"))


def section_of_audits(desk: Desk) -> Sequence[form.Section]:
    """Audits as a section of a chapter, where there are any."""
    blocks = audits(desk)
    return [form.Section(desk.say("Revīzijas un auditi", "Audits"), tuple(blocks))] if blocks else []
