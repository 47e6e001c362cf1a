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
_NO_NUL = r"^[^\x00]*$"
Short = Annotated[str, StringConstraints(max_length=200, pattern=_NO_NUL)]
Reasons = Annotated[str, StringConstraints(max_length=4000, pattern=_NO_NUL)]
Said = Annotated[str, StringConstraints(min_length=1, max_length=4000, pattern=_NO_NUL)]
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
    kind: str
    detail: str
    due_on: date | None
    made_at: datetime
    done_at: datetime | None


class NoteOut(Schema):
    """A note for colleagues."""

    id: uuid.UUID
    at: datetime
    by_staff: uuid.UUID
    text: str


class MessageOut(Schema):
    """A message between an office and a person."""

    id: uuid.UUID
    at: datetime
    by: Literal["person", "staff"]
    text: str
    read_at: datetime | None


# -- the chain -----------------------------------------------------------------------------------------------------


class DiscretionIn(In):
    """What staff decide where the act lets them."""

    code: Code
    effect: Literal["refuse", "set_amount", "accept_fact", "note"]
    reason: Said
    right: Code | None = None
    amount: int | None = Field(None, ge=1, le=10**12, description="cents, with `set_amount`")


class DeterminationIn(In):
    """What is to be worked out."""

    since: MonthDay
    cause: Literal["application", "fact", "error", "time"] = "application"
    anchor: MonthDay | None = Field(None, description="the month of application; left out, `since`")
    discretion: list[DiscretionIn] = Field(default_factory=list, max_length=20)


class LineOut(Schema):
    """One right or status of one payee over months: [since, until). `amount`: cents, or pieces."""

    kind: Literal["right", "status", "undetermined"]
    code: str
    payee: uuid.UUID | None
    beneficiaries: list[uuid.UUID]
    since: date
    until: date | None
    amount: int | None
    per: str
    question: str


class DoubtOut(Schema):
    """A fact that cannot carry an automatic decision."""

    about: uuid.UUID
    key: str
    why: str


class DeterminationOut(Schema):
    """What the law gives, month by month, of facts as they were known at a moment."""

    id: uuid.UUID
    case: uuid.UUID
    cause: str
    since: date
    until: date
    knowledge_at: datetime
    law: str
    made_at: datetime
    doubts: list[DoubtOut]
    lines: list[LineOut]


class ExplanationOut(Schema):
    """Why: a tree for each right, and what was refused with the conditions that failed."""

    language: Literal["lv", "en"]
    rights: list[dict[str, Any]]
    refused: list[dict[str, Any]]


class DecisionIn(In):
    """A decision to be drafted."""

    determination: uuid.UUID | None = None
    application: uuid.UUID | None = None
    replaces: uuid.UUID | None = None
    kind: Literal["grant", "refuse", "replace", "end", "dismiss"] | None = Field(
        None, description="left out, what the determination comes to"
    )
    reasons: Reasons = ""
    since: Day | None = None


class StepOut(Schema):
    """A step of a decision."""

    step: State
    at: datetime
    on: date
    by_staff: uuid.UUID | None
    detail: str


class DecisionOut(Schema):
    """A decision and how far it has come."""

    id: uuid.UUID
    case: uuid.UUID
    number: str
    kind: str
    state: State
    since: date
    determination: uuid.UUID | None
    application: uuid.UUID | None
    replaces: uuid.UUID | None
    is_automatic: bool
    needs_second: bool
    reasons: str
    made_at: datetime
    contest_by: date | None
    steps: list[StepOut]


class CheckIn(In):
    """What is noted with a check."""

    detail: Short = ""


class DiscardIn(In):
    """Why a draft is given up."""

    why: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=_NO_NUL)]


class NotifyIn(In):
    """When and how a decision was made known."""

    on: Day
    how: Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"^[a-z_]+$")] = "portal"


class AwardMonthOut(Schema):
    """What is granted for one month. `amount`: cents, or pieces; none of a status."""

    month: date
    kind: Literal["right", "status"]
    code: str
    payee: uuid.UUID
    amount: int | None
    per: str
    decision: uuid.UUID


class ChangeLineOut(Schema):
    """One month of one right: what it was and what it is."""

    month: date
    code: str
    payee: uuid.UUID | None
    before: int
    after: int


class ChangeOut(Schema):
    """What changed after a decision."""

    id: uuid.UUID
    cause: str
    state: Literal["proposed", "confirmed", "dismissed"]
    found_at: datetime
    before: uuid.UUID
    after: uuid.UUID
    reason: str
    decision: uuid.UUID | None
    lines: list[ChangeLineOut]


# -- appeals -------------------------------------------------------------------------------------------------------


class AppealIn(In):
    """Why a decision is contested."""

    grounds: Said
    received_on: Day | None = Field(None, description="of what staff enter; left out, today")


class HearIn(In):
    """What comes of a contested decision."""

    outcome: Literal["upheld", "changed", "annulled", "late"]
    reasons: Said
    discretion: list[DiscretionIn] = Field(default_factory=list, max_length=20)


class AppealOut(Schema):
    """A contested decision."""

    id: uuid.UUID
    case: uuid.UUID
    decision: uuid.UUID
    number: str
    received_on: date
    due_on: date
    grounds: str
    outcome: Literal["", "upheld", "changed", "annulled", "withdrawn", "late"]
    reasons: str
    decided_at: datetime | None
    new_decision: uuid.UUID | None


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
