"""What can be made to go wrong in the simulated state, and what can be made to happen there."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from balsts.exchange.messages import PersonalCode, places_of
from balsts.law.engine.errors import InputError


class _Order(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Fault(_Order):
    """Something wrong with one register, for a number of requests or until it is taken away."""

    register_code: str
    requests: Annotated[int, Field(ge=1)] | None = None


class Lag(_Fault):
    """The register's data stand for an earlier moment; it answers at once."""

    fault: Literal["lag"]
    hours: Annotated[float, Field(gt=0)]


class Slow(_Fault):
    """The register answers late."""

    fault: Literal["slow"]
    seconds: Annotated[float, Field(gt=0, le=600)]


class Hang(_Fault):
    """The register takes the question and never answers."""

    fault: Literal["hang"]


class Fail(_Fault):
    """The register answers with an error; `retry_after` seconds are named in the answer when given."""

    fault: Literal["fail"]
    status: Annotated[int, Field(ge=400, le=599)] = 503
    retry_after: Annotated[int, Field(ge=0)] | None = None


class Malformed(_Fault):
    """The register answers with something that is not what was agreed."""

    fault: Literal["malformed"]
    how: Literal[
        "html", "not_json", "missing_field", "wrong_type", "unsigned", "bad_signature", "unknown_key", "other_question",
        "other_person",
    ] = "missing_field"  # fmt: skip


Fault = Annotated[Lag | Slow | Hang | Fail | Malformed, Field(discriminator="fault")]
AnyFault = Lag | Slow | Hang | Fail | Malformed


class _AboutAPerson(_Order):
    register_code: str
    personal_code: PersonalCode
    set: dict[str, Any]


class ChangeRecord(_AboutAPerson):
    """The register's entry changes, and the feed tells of it."""

    event: Literal["change"]


class Contradict(_AboutAPerson):
    """The register says something else than before, without a word about it."""

    event: Literal["contradict"]


class CorrectLate(_AboutAPerson):
    """The register finds that it was wrong from a day on, and the feed tells of it."""

    event: Literal["correct"]
    wrong_since: date


class MergePersons(_Order):
    """The population register finds that two entries are one person."""

    event: Literal["merge"]
    personal_code: PersonalCode
    into: PersonalCode


class ChangeCode(_Order):
    """The population register gives a person another personal code; without one, the next free synthetic one."""

    event: Literal["change_code"]
    personal_code: PersonalCode
    new_code: PersonalCode | None = None


class Duplicate(_Order):
    """The feed sends a message once more, the last or one so many before it: the same, or altered under its id."""

    event: Literal["duplicate"]
    register_code: str
    altered: bool = False
    before_the_last: Annotated[int, Field(ge=0)] = 0


class Today(_Order):
    """The day that is today in the simulated state; messages carry real moments all the same."""

    event: Literal["today"]
    day: date


Event = Annotated[
    ChangeRecord | Contradict | CorrectLate | MergePersons | ChangeCode | Duplicate | Today,
    Field(discriminator="event"),
]
AnyEvent = ChangeRecord | Contradict | CorrectLate | MergePersons | ChangeCode | Duplicate | Today

_FAULTS: TypeAdapter[AnyFault] = TypeAdapter(Fault)
_EVENTS: TypeAdapter[AnyEvent] = TypeAdapter(Event)


def read_fault(text: bytes) -> AnyFault:
    """A fault as the admin's address takes it.

    Raises:
        InputError: it is not one.
    """
    try:
        return _FAULTS.validate_json(text)
    except ValidationError as error:
        raise InputError(f"This is no fault: {places_of(error)}. See docs/developers/exchange.md.") from None


def read_event(text: bytes) -> AnyEvent:
    """An event as the admin's address takes it.

    Raises:
        InputError: it is not one.
    """
    try:
        return _EVENTS.validate_json(text)
    except ValidationError as error:
        raise InputError(f"This is no event: {places_of(error)}. See docs/developers/exchange.md.") from None


class FaultBook:
    """The faults in force, the newest of a register last; each is counted down as requests meet it."""

    def __init__(self) -> None:
        self._faults: list[tuple[AnyFault, list[int | None]]] = []

    def add(self, fault: AnyFault) -> None:
        """Put a fault in force."""
        self._faults.append((fault, [fault.requests]))

    def clear(self, register_code: str | None = None) -> None:
        """Take away the faults of a register, or all."""
        self._faults = [one for one in self._faults if register_code not in (None, one[0].register_code)]

    def met(self, register_code: str) -> list[AnyFault]:
        """The faults that this request meets."""
        found = [one for one in self._faults if one[0].register_code == register_code]
        for _, left in found:
            if left[0] is not None:
                left[0] -= 1
        self._faults = [one for one in self._faults if one[1][0] != 0]
        return [fault for fault, _ in found]
