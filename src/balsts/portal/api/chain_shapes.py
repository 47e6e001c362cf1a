"""What travels by the API about determinations, decisions, changes and appeals."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from balsts.portal.api.shapes import NO_NUL, Code, Day, In, MonthDay, Reasons, Said, Short, State


class DiscretionIn(In):
    """What staff decide where the act lets them."""

    code: Code
    effect: Literal["refuse", "set_amount", "accept_fact", "note"]
    reason: Said
    right: Code | None = None
    amount: int | None = Field(None, ge=1, le=10**12, description="cents, with `set_amount`")
    fact: Code | None = Field(None, description="the law's input, with `accept_fact`")
    about: uuid.UUID | None = Field(None, description="the person or household that the fact is about")
    value: Short | None = Field(None, description="as in a household file; left out: there is none")


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

    why: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_NUL)]


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
    arrears: int = Field(description="cents granted too little for past months")
    overpaid: int = Field(description="cents granted too much for past months; never set off here")
    monthly: int = Field(description="the difference in the present month, in cents")
    because: list[dict[str, Any]] = Field(description="to staff: what differs from what was decided on")


class ConfirmIn(In):
    """What staff add to the reasons of the decision that confirms a change."""

    reasons: Annotated[str, StringConstraints(max_length=1000, pattern=NO_NUL)] = ""


class DismissIn(In):
    """Why a proposed change is dismissed."""

    reason: Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern=NO_NUL)]


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
