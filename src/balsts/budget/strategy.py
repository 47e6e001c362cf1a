"""The strategy of 2020 to 2023: goals, results, indicators; how far they are; audits; studies.

Lights. Annex 6 of the report marks goals by the principle of a traffic light: green where the results fit the goal,
orange where a result could have been worded in more detail, red where they fit in part (footnote 16, lines 2288–2289).
The colours themselves are lost in the text of the document; they are worked out here from how the text judges each
goal. How far a goal was reached is another judgement (lines 2408–2413), and is told beside the light.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from balsts.budget.picked import figure, grouped
from balsts.figures.book import Book
from balsts.figures.columns import COLUMNS
from balsts.figures.rows import Figure, Row

TABLE = "strategy"
LIGHTS = ("green", "orange", "red")
PRINCIPLE_LINES, REACHED_LINES = (2288, 2289), (2408, 2413)
DONE, UNDER_WAY = "IZPILDĪTS", "PROCESĀ"
_IN_PART, _COULD_BE_PRECISE = "daļēji atbilst", "jābūt precīzākiem"


@dataclass(frozen=True)
class Result:
    """A planned result, or a key performance indicator, with its figures and what was done.

    Attributes:
        goals: the numbers of the goals it belongs to.
        target: what was to be reached; of key performance indicators alone.
        has_evidence: whether the document prints a figure or a sentence of what was done.
    """

    row: Row
    name: str
    indicator: str
    status: str
    target: str
    goals: tuple[str, ...]
    figures: tuple[Figure, ...]
    evidence: tuple[Row, ...]

    @property
    def is_done(self) -> bool:
        """Whether the document says it is reached."""
        return self.status == DONE

    @property
    def has_evidence(self) -> bool:
        """Whether a figure or a sentence of what was done is printed."""
        return bool(self.figures or self.evidence)


@dataclass(frozen=True)
class Goal:
    """A goal with the results it was to be reached by.

    Attributes:
        light: green, orange or red, by the document's principle; nothing where it is not judged.
        results: the results that the document's annex 7 lists under it.
    """

    number: str
    name: str
    priority: str
    row: Row
    light: str
    results: tuple[Result, ...]
    values: Figure | None


@dataclass(frozen=True)
class Recommendations:
    """Recommendations of the agency's audits in a year: made, carried out, with a later term."""

    made: Figure
    done: Figure
    later: Figure

    @property
    def not_told(self) -> Decimal:
        """Those of which the document says neither."""
        return self.made.value - self.done.value - self.later.value


def goals(book: Book) -> tuple[Goal, ...]:
    """The goals by number, each with its light."""
    found = results(book)
    values = {row["goal_no"]: figure(row, "value") for row in _rows(book, "goal_values_matrix")}
    made = []
    for row in _rows(book, "goal_assessment"):
        number = row["goal_no"]
        own = tuple(one for one in found if number in one.goals)
        made.append(Goal(number, row["goal"], row["priority"], row, light(row["value_text"]), own, values.get(number)))
    return tuple(made)


def light(assessed: str) -> str:
    """The colour of a goal, by how its results were judged to fit it.

    Args:
        assessed: the judgement in words; after a slash it says how results fit the goal.
    """
    fits = assessed.partition(" / ")[2]
    if not fits:
        return ""
    if _IN_PART in fits:
        return "red"
    return "orange" if _COULD_BE_PRECISE in fits else "green"


def results(book: Book) -> tuple[Result, ...]:
    """The planned results with their figures and evidence."""
    figures = grouped(_rows(book, "result_figure"), lambda row: row["result"])
    evidence = grouped(book.rows("strategy-evidence"), lambda row: row["result"])
    return tuple(_result(row, row["result"], figures.get(row["result"], []), evidence.get(row["result"], []))
                 for row in _rows(book, "result"))  # fmt: skip


def key_indicators(book: Book) -> tuple[Result, ...]:
    """The key performance indicators with their figures."""
    figures = grouped(_rows(book, "kpi_figure"), lambda row: row["indicator"])
    return tuple(_result(row, row["indicator"], figures.get(row["indicator"], []), []) for row in _rows(book, "kpi"))


def other_figures(book: Book) -> tuple[Figure, ...]:
    """What else annex 6 counts: the survey of values, priorities with values, goals reached."""
    rows = (*_rows(book, "annex6_figure"), *_rows(book, "priority_values_matrix"))
    found = (figure(row, "value") for row in rows)
    return tuple(one for one in found if one is not None)


def statuses(several: tuple[Result, ...]) -> tuple[tuple[str, int], ...]:
    """How many are reached and how many under way."""
    return tuple((one, sum(result.status == one for result in several)) for one in (DONE, UNDER_WAY))


def audits(book: Book) -> tuple[Row, ...]:
    """Audits and what they recommended: what is under way first, with a term before without."""
    order = list(COLUMNS["follow_up"].choices or {})
    first = ["open", *(one for one in order if one != "open")]
    return tuple(sorted(book.rows("audits"), key=lambda row: (first.index(row["follow_up"]), not row["term"],
                                                              row["term"])))  # fmt: skip


def recommendations(book: Book) -> Recommendations | None:
    """What the agency's own audits recommended; None where it is not printed."""
    of_audits = [row for row in book.rows("siva") if row["section"] == "kvalitates_vadiba"]
    rows = {row["indicator"]: figure(row, "value") for row in of_audits}
    later = next((one for name, one in rows.items() if name.startswith("ieteikumi ar termiņu")), None)
    made, done = rows.get("ieteikumi"), rows.get("ieviesti ieteikumi")
    return Recommendations(made, done, later) if made and done and later else None


def audit_figures(book: Book) -> tuple[Figure, ...]:
    """Figures of audits: the agency's, and what the report says of the fund for the most deprived."""
    rows = [row for row in book.rows("siva") if row["section"] == "kvalitates_vadiba"]
    rows += [row for row in book.rows("report-figures") if row["section"] == "revizijas"]
    return tuple(one for row in rows for one in row.figures())


def studies(book: Book) -> tuple[Row, ...]:
    """Studies by title, as the report lists them."""
    return book.rows("research")


def study_figures(book: Book) -> tuple[Figure, ...]:
    """How many studies by field and kind, and what they cost."""
    return tuple(one for row in book.rows("report-figures") if row["section"] == "petijumi" for one in row.figures())


def _rows(book: Book, row_type: str) -> list[Row]:
    return [row for row in book.rows(TABLE) if row["row_type"] == row_type]


def _result(row: Row, name: str, figures: list[Row], evidence: list[Row]) -> Result:
    found = tuple(one for several in figures for one in several.figures())
    return Result(row, name, row["indicator"], row["status"], row["target"], tuple(row["goal_no"].split("+")), found,
                  tuple(evidence))  # fmt: skip
