"""What travels by the API about an office's work: lists, finding, who works on what, absences, figures."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, StringConstraints, model_validator

from balsts.portal.api.shapes import NO_NUL, CaseRow, Day, In, MonthDay

ListName = Literal["mine", "unassigned", "overdue", "week", "second", "unsent", "contested", "changes", "all"]


class WorklistOut(Schema):
    """A list of the office's cases; `count` stops at 1001, `more than a thousand`."""

    name: ListName
    count: int


class WorkRow(CaseRow):
    """A case in a list of the office; `name` of whose it is only where it was asked for."""

    assigned_to: uuid.UUID | None
    name: str | None


class WorkPage(Schema):
    """A page of a list, the nearest term first; `next` is given as `after` for the next page."""

    items: list[WorkRow]
    next: str | None


class FindIn(In):
    """By what a case is looked for: one of the three."""

    number: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,4}(-[A-Z])?-\d{4}-\d{1,9}$")] | None = None
    personal_code: Annotated[str, StringConstraints(pattern=r"^[0-9]{11}$")] | None = None
    name: Annotated[str, StringConstraints(min_length=3, max_length=120, pattern=NO_NUL)] | None = None

    @model_validator(mode="after")
    def _one(self) -> FindIn:
        if len([one for one in (self.number, self.personal_code, self.name) if one is not None]) != 1:
            raise ValueError("one of number, personal_code, name")
        return self


class StaffOut(Schema):
    """A colleague who decides cases in the office today."""

    id: uuid.UUID
    name: str


class AssignIn(In):
    """To whom a case is assigned; none: nobody."""

    staff: uuid.UUID | None


class AbsenceIn(In):
    """Who is away, and who stands in. `until` is the first day back."""

    staff: uuid.UUID
    since: Day
    until: Day
    substitute: uuid.UUID | None = None


class AbsenceOut(Schema):
    """Who is away, and who stands in. `until` is the first day back."""

    id: int
    staff: uuid.UUID
    since: date
    until: date
    substitute: uuid.UUID | None


class LoadOut(Schema):
    """The cases of one member of staff that wait for something; `staff` none: those of nobody."""

    staff: uuid.UUID | None
    to_do: int
    overdue: int


class AgeOut(Schema):
    """How many cases wait since less than so many days; `under_days` none: all older ones."""

    under_days: int | None
    number: int


class FiguresOut(Schema):
    """An office now, and what it decided in a month."""

    counted_at: datetime
    stages: dict[str, int]
    overdue: int
    ages: list[AgeOut]
    loads: list[LoadOut]
    decided: dict[str, int]
    automatic: int


# -- rights that nobody has claimed; drafts of law -----------------------------------------------------------------


class UnclaimedOut(Schema):
    """A right that somebody may have and has not claimed. `amount`: cents, or pieces; a hint, not a decision."""

    id: uuid.UUID
    person: uuid.UUID
    code: str
    type: str
    month: date
    amount: int
    state: Literal["found", "offered", "declined", "claimed", "over"]


class SettleIn(In):
    """What came of it: staff offered it, or the person does not want it."""

    state: Literal["offered", "declined"]


class LawDraftIn(In):
    """The text of a draft: a reform file (YAML) without rules."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=200_000, pattern=NO_NUL)]


class LawDraftRow(Schema):
    """A draft of law."""

    id: uuid.UUID
    name: str
    sha256: str
    status: Literal["draft", "enacted"]
    loaded_at: datetime
    since: date | None


class RehearsalRow(Schema):
    """What a draft does in one municipality or to one right; none where too few persons are behind a number."""

    code: str
    name: str
    winners: int | None
    losers: int | None
    cost_cents_month: int | None
    cost_cents_year: int | None
    redone: int | None


class RehearsalOut(Schema):
    """A rehearsal: how far it is; and once it is finished, what it came to."""

    id: uuid.UUID
    month: date
    done: int
    total: int
    is_finished: bool
    cases: int | None = None
    redone: int | None = None
    notices: int | None = None
    by_right: list[RehearsalRow] = Field(default_factory=list)
    by_place: list[RehearsalRow] = Field(default_factory=list)
    steps: dict[str, list[int | None]] = Field(default_factory=dict, description="payees of each right by difference")


class LawDraftOut(LawDraftRow):
    """A draft of law with its text and its last rehearsal."""

    text: str
    rehearsal: RehearsalOut | None


class RehearseIn(In):
    """From which month a draft is tried; left out, the present one."""

    month: MonthDay | None = None


class EnactIn(In):
    """From which day a draft is part of the law."""

    since: Day
