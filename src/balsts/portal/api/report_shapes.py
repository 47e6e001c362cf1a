"""What travels by the API about annual reports: their tables, each number with its source."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

ReportCode = Annotated[str, StringConstraints(max_length=20, pattern=r"^[a-z0-9]+$")]
ReportYear = Annotated[int, Field(ge=1990, le=2100)]


class ReportsOut(Schema):
    """The reports that can be had of an institution (`lm`) or a municipality (its ATVK code)."""

    code: str
    name: str
    is_live: bool = Field(description="whether it is counted from cases and payments, not published")
    years: list[int]


class PieceOut(Schema):
    """A piece of a cell: words, or a number with numbers of its sources and remarks."""

    text: str
    sources: list[int] = Field(description="one of a figure, several of what is computed of them, none of words")
    is_computed: bool
    remarks: list[int]
    light: Literal["", "reached", "partly", "open"]


class ReportRowOut(Schema):
    """A row; of a `group`, one cell that names the rows below it."""

    kind: Literal["", "total", "group"]
    cells: list[list[PieceOut]]


class ReportTableOut(Schema):
    """A table of a report, with the chapter it stands in."""

    chapter: str
    number: int
    caption: str
    columns: list[str]
    rows: list[ReportRowOut]


class ReportSourceOut(Schema):
    """Where a number is from: the code of the figure, the document or definition, the place in it, its page."""

    number: int
    code: str
    title: str
    value: str
    document: str
    place: str
    address: str
    note: str


class ReportRemarkOut(Schema):
    """A contradiction that a number takes part in."""

    number: int
    text: str


class AnnualReportOut(Schema):
    """An annual report: its tables, sources and remarks."""

    code: str
    year: int
    language: Literal["lv", "en"]
    name: str
    title: str
    documents: dict[str, str] = Field(description="short codes of documents or definitions, with what they are")
    tables: list[ReportTableOut]
    sources: list[ReportSourceOut]
    remarks: list[ReportRemarkOut]
