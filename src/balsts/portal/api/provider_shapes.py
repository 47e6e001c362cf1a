"""What travels by the API about the register of providers: applications for registration, entries, complaints."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field, StringConstraints

from balsts.portal.api.draft_shapes import DocumentOut, Version
from balsts.portal.api.shapes import NO_NUL, Code, Day, In, Reasons, Said, Short

Number = Annotated[str, StringConstraints(pattern=r"^[0-9]{11}$"), Field(description="as in the enterprise register")]
Value = Annotated[str, StringConstraints(max_length=1000, pattern=NO_NUL)] | Annotated[int, Field(ge=0, le=999_999)]
Fields = Annotated[dict[Code, Value], Field(max_length=40, description="by the codes of the register's fields")]
EntryKey = Annotated[str, StringConstraints(min_length=1, max_length=400, pattern=NO_NUL)]


class ProviderDraftIn(In):
    """An application for registration: the provider, answers to the case type's questions, an entry a service."""

    provider: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_NUL)]
    number: Number
    answers: Annotated[dict[Code, Short], Field(max_length=40)] = Field(default_factory=dict)
    entries: list[Fields] = Field(default_factory=list, max_length=100)


class ProviderDraftSaveIn(ProviderDraftIn):
    """The same, saved whole."""

    version: Version


class ProviderDraftOut(Schema):
    """An application for registration that is being written."""

    id: uuid.UUID
    version: int
    updated_at: datetime
    provider: str
    number: str
    answers: dict[str, Any]
    entries: list[dict[str, Any]]
    documents: list[DocumentOut]


class EntryFullOut(Schema):
    """An entry for the office that keeps the register: all its fields; valid in [since, until)."""

    key: str
    since: date
    until: date
    fields: dict[str, Any]


class RegistrationOut(Schema):
    """A case of registration for the office: what is asked for and entered, whether the right to act is verified."""

    case: uuid.UUID
    number: str
    provider: str
    registration_number: str
    is_verified: bool
    asked: list[dict[str, Any]]
    entries: list[EntryFullOut]


class EnterIn(In):
    """What a decision would enter or change; a change names the `key` of an entry with the fields that differ."""

    enter: list[Fields] = Field(default_factory=list, max_length=100)
    change: list[dict[Code, Value]] = Field(default_factory=list, max_length=100)
    since: Day
    reasons: Reasons = ""


class EndIn(In):
    """Which entries a decision would end, on a declared ground."""

    keys: list[EntryKey] = Field(min_length=1, max_length=100)
    ground: Code
    since: Day
    reasons: Said


class AuthorityIn(In):
    """By what it was seen that whoever applied may act for the provider."""

    how: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_NUL)]


class RenameIn(In):
    """By what name the provider is known from now on."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_NUL)]


class ComplaintOut(Schema):
    """A complaint that the office has."""

    id: uuid.UUID
    number: str
    registration_number: str | None
    channel: str
    text: str
    received_on: date
    due_on: date | None
    answered_at: datetime | None
    result: str


class AnswerComplaintIn(In):
    """What came of a complaint."""

    result: Said


class HandOverIn(In):
    """To which institution a complaint goes, and why."""

    institution: uuid.UUID
    reason: Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=NO_NUL)]
