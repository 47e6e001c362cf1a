"""What travels by the API about published figures: texts as the documents printed them, digit by digit."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from balsts.portal.api.shapes import NO_NUL, Text

TableCode = Annotated[str, StringConstraints(max_length=48, pattern=r"^[a-z][a-z-]*$")]
RowKey = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{10}$")]
ColumnName = Annotated[str, StringConstraints(max_length=48, pattern=r"^[a-z][a-z0-9_]*$")]
Condition = Annotated[str, StringConstraints(max_length=500, pattern=r"^[a-z][a-z0-9_]*:[^\x00]+$")]
Words = Annotated[str, StringConstraints(max_length=100, pattern=NO_NUL)]
Printed = Annotated[str, Field(description="with the digits it was printed with, and a decimal point")]


class PublishedColumnOut(Schema):
    """A column of a table; of a figure, what it is measured in: empty where the row says it."""

    name: str
    heading: Text
    kind: Literal["text", "code", "number", "year", "date", "choice", "line"]
    is_figure: bool
    unit: str
    choices: dict[str, Text] = Field(description="words of the codes in it")


class PublishedTableOut(Schema):
    """A published table."""

    code: str
    title: Text
    rows: int
    figures: int
    contradictions: int
    columns: list[PublishedColumnOut]


class SourceDocumentOut(Schema):
    """Where a row was read."""

    code: str
    title: Text
    institution: str
    line: int | None


class ContradictionOut(Schema):
    """A contradiction: a relation that ought to hold between figures, and does not. Figures by their codes."""

    relation: str
    figure: str
    others: list[str]
    printed: Printed
    computed: Printed
    sentence: Text


class PublishedFigureOut(Schema):
    """One published figure; its code is table/row/column."""

    code: str
    table: str
    row: str
    column: str
    heading: Text
    value: Printed
    unit: str
    period: str
    contradictions: list[ContradictionOut]


class PublishedRowOut(Schema):
    """A row of a table: all cells as printed, the figures among them, where it was read."""

    table: str
    key: str
    series: str = Field(description="the same for rows that differ by their period alone")
    period: str
    cells: dict[str, str]
    figures: list[PublishedFigureOut]
    source: SourceDocumentOut | None


class PublishedRowsOut(Schema):
    """Rows of a table in its order, in pages: the next one is asked for by `next`."""

    total: int
    next: int | None
    rows: list[PublishedRowOut]


class ContradictionsOut(Schema):
    """Contradictions, in pages."""

    total: int
    next: int | None
    findings: list[ContradictionOut]
