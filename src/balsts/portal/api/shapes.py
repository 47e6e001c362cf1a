"""What travels by the API: typed, described, checked. Amounts are whole cents (or pieces), days are ISO 8601."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

_FIRST_YEAR, _LAST_YEAR = 2020, 2100


def _of_our_time(day: date) -> date:
    if not _FIRST_YEAR <= day.year < _LAST_YEAR:
        raise ValueError("out of range")
    return day


def _first_of_month(day: date) -> date:
    if day.day != 1:
        raise ValueError("not the first day of a month")
    return day


Day = Annotated[date, AfterValidator(_of_our_time), Field(description="a day from 2020 to 2099")]
MonthDay = Annotated[
    date, AfterValidator(_of_our_time), AfterValidator(_first_of_month),
    Field(description="the first day of a month from 2020 to 2099"),
]  # fmt: skip
# A text of PostgreSQL holds no NUL.
NO_NUL = r"^[^\x00]*$"
Short = Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL)]
Reasons = Annotated[str, StringConstraints(max_length=4000, pattern=NO_NUL)]
Said = Annotated[str, StringConstraints(min_length=1, max_length=4000, pattern=NO_NUL)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=48, pattern=r"^[a-z][a-z0-9_]*$")]
PersonalCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{11}$"), Field(description="eleven digits, no dash")]
Stage = Literal["received", "waiting", "assessed", "deciding", "running", "contested", "closed"]
State = Literal["drafted", "checked", "signed", "notified", "in_force", "appealed", "replaced", "ended", "discarded"]


class In(BaseModel):
    """What is sent: no field but those described."""

    model_config = ConfigDict(extra="forbid")


class Text(Schema):
    """A text in both languages."""

    lv: str
    en: str


class Office(Schema):
    """An institution."""

    id: uuid.UUID
    name: Text


class SessionOut(Schema):
    """Who calls, and the token that unsafe methods send as X-CSRFToken."""

    kind: Literal["staff", "resident"]
    role: str
    purpose: str
    institution: uuid.UUID | None
    person: uuid.UUID | None
    csrf_token: str


# -- case types ----------------------------------------------------------------------------------------------------


class TermOut(Schema):
    """A term of procedure, with the article it rests on."""

    count: int
    unit: Literal["days", "working_days", "months"]
    act: str
    article: str


class QuestionOut(Schema):
    """A question of a form."""

    code: str
    kind: str
    about: str
    title: Text
    is_required: bool
    choices: list[str]


class CaseTypeOut(Schema):
    """A case type: what one application asks for, who decides, by when."""

    code: str
    name: Text
    says: Text
    act: str
    article: str
    subject: Literal["household", "person", "organisation"]
    office: str
    rights: list[str]
    statuses: list[str]
    is_automatic: bool
    terms: dict[str, TermOut]
    questions: list[QuestionOut]


# -- applications and cases ----------------------------------------------------------------------------------------


class ApplicationIn(In):
    """An application. `answers`: by question, then by whom it is about (a person's id; empty: the case itself)."""

    type: Code
    subject: uuid.UUID = Field(description="whose matter it is")
    since: MonthDay
    answers: dict[Code, dict[Annotated[str, StringConstraints(pattern=r"^([0-9a-f-]{36})?$")], Short]] = Field(
        default_factory=dict, max_length=100
    )
    channel: Literal["in_person", "post", "phone", "api"] = "api"
    received_on: Day | None = Field(None, description="of what staff enter; left out, today")


class ApplicationOut(Schema):
    """An application as it was taken in, and the case it opened."""

    id: uuid.UUID
    case: uuid.UUID
    number: str
    type: str
    channel: str
    received_on: date
    since: date
    due_on: date | None


class CaseRow(Schema):
    """A case in a list: nothing that tells whose it is."""

    id: uuid.UUID
    number: str
    type: str
    stage: Stage
    opened_at: datetime
    due_on: date | None
    review_on: date | None


class CasesOut(Schema):
    """A page of cases, the newest first; `next` is given as `after` for the next page."""

    items: list[CaseRow]
    next: uuid.UUID | None


class CaseOut(CaseRow):
    """A case with the numbers of what is in it."""

    institution: Office
    subject: uuid.UUID | None
    household: uuid.UUID | None
    organisation: uuid.UUID | None
    closed_at: datetime | None
    assigned_to: uuid.UUID | None
    applications: list[uuid.UUID]
    determinations: list[uuid.UUID]
    decisions: list[uuid.UUID]
    appeals: list[uuid.UUID]


class EventOut(Schema):
    """Something that happened in a case."""

    at: datetime
    kind: str
    about: uuid.UUID | None
    by: Literal["platform", "person", "staff"]
    detail: str


class TaskOut(Schema):
    """Something to do in a case."""

    id: uuid.UUID
    case: uuid.UUID
    kind: str
    detail: str
    due_on: date | None
    assigned_to: uuid.UUID | None
    made_at: datetime
    done_at: datetime | None


class NoteOut(Schema):
    """A note for colleagues."""

    id: uuid.UUID
    at: datetime
    by_staff: uuid.UUID
    text: str


class TaskIn(In):
    """Something to do."""

    detail: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_NUL)]
    due_on: Day | None = None
    assigned_to: uuid.UUID | None = Field(None, description="a colleague; left out, whoever has the case")


class NoteIn(In):
    """A note for colleagues."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=NO_NUL)]


class MessageIn(In):
    """A message."""

    text: Said
    waits: bool = Field(False, description="of staff: whether the case waits for the answer")


class MessageOut(Schema):
    """A message between an office and a person."""

    id: uuid.UUID
    at: datetime
    by: Literal["person", "staff"]
    text: str
    read_at: datetime | None


# -- registers and statuses ----------------------------------------------------------------------------------------


class EntryOut(Schema):
    """An entry of a public register: the fields that its declaration makes public."""

    id: uuid.UUID
    register_code: str
    registration_number: str | None
    organisation: str | None
    valid_from: date | None
    valid_until: date | None
    fields: dict[str, Any]


class EntriesOut(Schema):
    """A page of entries; `next` is given as `after` for the next page."""

    items: list[EntryOut]
    next: uuid.UUID | None


class NewsOut(Schema):
    """A status that was granted for months [since, until), or (`is_ended`) no longer holds in them."""

    position: int
    at: datetime
    personal_code: str | None
    status: str
    since: date
    until: date | None
    is_ended: bool


class ChangesOut(Schema):
    """A part of the feed. `has_more` says that newer entries wait."""

    changes: list[NewsOut]
    has_more: bool


class VerifyIn(In):
    """One question: whether somebody has a status on a day."""

    personal_code: PersonalCode
    status: Code
    on: Day


class VerifyOut(Schema):
    """Yes or no, and nothing else."""

    holds: bool
