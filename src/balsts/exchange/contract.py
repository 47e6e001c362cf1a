"""What is agreed with a register: what it tells, why we may ask, how fresh it is, and which facts it stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Generic, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, model_validator

from balsts.exchange.periods import Period
from balsts.exchange.texts import Text

Value = bool | int | str | date | tuple[str, ...] | None
"""Money in whole cents; a choice by its word in household files; a link by personal code; None: there is none."""

Certainty = Literal["read", "seen", "derived", "unverified", "unknown"]
"""How a statement about the law is known, in the words of the law files."""


class FactStatus(StrEnum):
    """How far a fact from a register can be relied on. Only `known` may carry an automatic decision.

    `contradictory`: entries of the one register contradict each other. What two registers tell differently is for the
    registry to show, where both stand.
    """

    KNOWN = "known"
    STALE = "stale"
    PARTIAL = "partial"
    MISSING = "missing"
    UNAVAILABLE = "unavailable"
    UNREADABLE = "unreadable"
    CONTRADICTORY = "contradictory"


class Record(BaseModel):
    """A register's statement about one person. Types are strict; fields that the contract does not name are left."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")


RecordType = TypeVar("RecordType", bound=Record)


class Spell(Record):
    """A period in a register: from `since` to the day before `until`, or still going on."""

    since: date
    until: date | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.until is not None and self.until <= self.since:
            raise ValueError(f"until {self.until} is not after since {self.since}")
        return self

    def period(self) -> Period:
        """The days of the spell."""
        return Period(self.since, self.until)


@dataclass(frozen=True)
class Finding:
    """One fact that a record stands for, during a period."""

    name: str
    period: Period
    value: Value
    status: FactStatus = FactStatus.KNOWN
    is_derived: bool = False
    reason: Text | None = None


@dataclass(frozen=True)
class LegalBasis:
    """Why the law lets us ask.

    Attributes:
        act: short name of the act, as in the law files.
        article: the provision; empty where it is not known.
        says: what it allows, in our words.
        rests_on: where that was read.
    """

    act: str
    article: str
    says: Text
    certainty: Certainty
    rests_on: str


@dataclass(frozen=True)
class Freshness:
    """How old the data of an answer may be at most.

    Attributes:
        promised: from the moment that the data stand for to the moment of the answer.
        certainty: how the promise is known.
        rests_on: where it was read.
    """

    promised: timedelta
    certainty: Certainty
    rests_on: str


@dataclass(frozen=True)
class Contract(Generic[RecordType]):
    """Everything agreed with one register.

    Attributes:
        code: its name in addresses, scopes and stored messages.
        purposes: codes of the purposes (`balsts.access.roles`) for which it may be asked; `register_intake` is the
            platform's own reading of feeds and snapshots.
        record: the type of its statement about a person.
        supplies: facts of the law's catalogue that it can supply, and so must account for in every answer.
        read: turns a record into findings that account for every supplied fact in the whole window asked.
        open_questions: what nobody could tell us yet.
    """

    code: str
    name: Text
    holder: Text
    purposes: tuple[str, ...]
    legal_bases: tuple[LegalBasis, ...]
    freshness: Freshness
    record: type[RecordType]
    supplies: tuple[str, ...]
    read: Callable[[RecordType, Period], Iterable[Finding]]
    open_questions: tuple[Text, ...] = ()


AnyContract = Contract[Any]
