"""What travels by the API about applications that are being written, and documents handed in."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from balsts.portal.api.shapes import NO_NUL, Code, Day, In, Text

About = Annotated[str, StringConstraints(pattern=r"^([0-9a-f-]{36})?$"),
                  Field(description="a person's id; empty: the case itself")]  # fmt: skip
Version = Annotated[int, Field(ge=0, le=2**31 - 1, description="of the draft that the change was made from")]


class DraftIn(In):
    """An application that is begun."""

    type: Code
    subject: uuid.UUID = Field(description="whose matter it is")
    channel: Literal["in_person", "post", "phone"] = Field("in_person", description="of what staff enter")
    received_on: Day | None = Field(None, description="of what staff enter; left out, today")


class DraftRow(Schema):
    """An application that is being written, in a list."""

    id: uuid.UUID
    type: str
    subject: uuid.UUID | None
    version: int
    updated_at: datetime


class MonthKnown(Schema):
    """What is known of one month of a window."""

    month: str
    value: str


class KnownOut(Schema):
    """What the state knows of a question already: the value, who says it, since when it is known."""

    value: str
    origin: str
    as_of: date
    months: list[MonthKnown]


class AnswerOut(Schema):
    """A question of a page and what is answered. What is `known` is to be confirmed or contradicted."""

    question: str
    about: str
    kind: str
    title: Text
    is_required: bool
    choices: list[str]
    value: str | None
    is_confirmed: bool
    known: KnownOut | None


class SheetOut(Schema):
    """A page of the form."""

    code: str
    title: Text
    about: str
    is_done: bool
    questions: list[AnswerOut]


class EvidenceOut(Schema):
    """A document that is asked for."""

    code: str
    title: Text
    is_required: bool
    is_there: bool


class DocumentOut(Schema):
    """A document that was handed in; its content is at `/documents/{id}`."""

    id: uuid.UUID
    kind: str
    name: str
    media_type: str
    size: int
    received_at: datetime


class DraftOut(DraftRow):
    """An application that is being written: its pages as far as the answers so far ask for them, its documents."""

    received_on: date
    pages: list[SheetOut]
    evidence: list[EvidenceOut]
    documents: list[DocumentOut]


class AnswerIn(In):
    """An answer as it would be typed, or (`is_right`) that what is known is right or is not."""

    question: Code
    about: About = ""
    value: Annotated[str, StringConstraints(max_length=4000, pattern=NO_NUL)] = ""
    is_right: bool | None = None


class SheetIn(In):
    """All answers of a page; a question left out is answered with nothing."""

    version: Version
    answers: list[AnswerIn] = Field(max_length=200)


class SendIn(In):
    """That an application is sent, and that what it says is true."""

    version: Version
    is_true: Literal[True]
