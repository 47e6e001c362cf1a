"""The simulated state: what each register holds today, and the feed of what has changed there."""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

from joserfc.jwk import ECKey
from pydantic import ValidationError

from balsts.exchange.catalogue import register
from balsts.exchange.contract import Record
from balsts.exchange.messages import (
    Change,
    ChangesPage,
    Message,
    MessageKind,
    Query,
    SnapshotPage,
    as_json,
    message_type,
    places_of,
    sign,
    snapshot_type,
)
from balsts.exchange.periods import Period, months_back
from balsts.exchange.simulation.faults import (
    AnyEvent,
    ChangeCode,
    ChangeRecord,
    Contradict,
    CorrectLate,
    Duplicate,
    FaultBook,
    MergePersons,
    Today,
)
from balsts.exchange.simulation.identities import PERSONS_AT_MOST, personal_code
from balsts.exchange.simulation.people import People, Person
from balsts.exchange.simulation.records import RECORDS
from balsts.law.engine.errors import InputError

_MONTHS_IN_THE_FEED = 12
_POPULATION = "population_register"


class SimulatedState:
    """All registers over one population. Nothing of it is kept when the process ends."""

    def __init__(self, people: People, today: date) -> None:
        self.people = people
        self.today = today
        self.key = ECKey.generate_key("P-256", {"kid": f"simulated-state-{uuid.uuid4().hex[:8]}", "use": "sig"})
        self.faults = FaultBook()
        self._said: dict[tuple[str, int], dict[str, Any]] = defaultdict(dict)
        self._feeds: dict[str, list[bytes]] = defaultdict(list)
        self._former_codes: dict[int, tuple[str, ...]] = {}
        self._merged_into: dict[int, int] = {}

    # ------------------------------------------------------------------------------------------ what registers tell

    def answer(self, register_code: str, query: Query, *, lag: timedelta) -> Message[Any]:
        """The register's answer to a question."""
        person_id = self.people.person_of(query.personal_code)
        record = None if person_id is None else self._record(register_code, person_id, query.window())
        return self._message(register_code, "answer", query.personal_code, record, lag, request_id=query.request_id)

    def changes(self, register_code: str, after: int, limit: int) -> ChangesPage:
        """The feed after a position."""
        feed = self._feeds[register_code]
        entries = enumerate(feed[after : after + limit], start=after + 1)
        changes = tuple(Change(position=position, message=sign(payload, self.key)) for position, payload in entries)
        return ChangesPage(changes=changes, has_more=after + limit < len(feed))

    def snapshot(self, register_code: str, after: str | None, limit: int, *, lag: timedelta) -> SnapshotPage[Any]:
        """A page of everything that the register holds."""
        start = None if after is None else self.people.person_of(after)
        if after is not None and start is None:
            raise InputError("This is no place in the snapshot; begin it anew without after.")
        found = list(self.people.ids_after(start, limit + 1))
        window = self._window()
        shown = found[:limit]
        silent = self._merged_into if register_code != _POPULATION else {}
        now = datetime.now(UTC)
        return snapshot_type(register(register_code))(
            message_id=str(uuid.uuid4()),
            register_code=register_code,
            issued_at=now,
            as_of=now - lag,
            records=tuple(self._record(register_code, one, window) for one in shown if one not in silent),
            next_after=personal_code(shown[-1]) if len(found) > limit else None,
            feed_position=len(self._feeds[register_code]),
        )

    def record(self, register_code: str, person_id: int) -> Record:
        """What a register states of a person today, with the months that a message of the feed states."""
        return self._record(register_code, person_id, self._window())

    def _record(self, register_code: str, person_id: int, window: Period) -> Record:
        survivor = person_id
        if register_code != _POPULATION:
            survivor = self._merged_into.get(person_id, person_id)
        made = RECORDS[register_code](self._person(survivor), window)
        said = self._said.get((register_code, survivor))
        return _with_said(made, said) if said else made

    def _person(self, person_id: int) -> Person:
        into = self._merged_into.get(person_id)
        return Person(
            self.people,
            person_id,
            self.today,
            former_codes=self._former_codes.get(person_id, ()),
            merged_into=None if into is None else self.people.code_of(into),
        )

    def _window(self) -> Period:
        return Period(months_back(self.today, _MONTHS_IN_THE_FEED), None)

    def _message(
        self, register_code: str, kind: MessageKind, code: str, record: Record | None, lag: timedelta, **more: Any
    ) -> Message[Any]:
        now = datetime.now(UTC)
        return message_type(register(register_code))(
            message_id=str(uuid.uuid4()),
            register_code=register_code,
            kind=kind,
            personal_code=code,
            issued_at=now,
            as_of=now - lag,
            record=record,
            **more,
        )

    # ------------------------------------------------------------------------------------------ what happens there

    def happen(self, event: AnyEvent) -> str:
        """Let something happen; returns what did, in a sentence without personal data.

        Raises:
            InputError: the person, the register or what is to be set is not there.
        """
        if isinstance(event, ChangeRecord | Contradict | CorrectLate):
            return self._say(event)
        if isinstance(event, MergePersons):
            return self._merge(event)
        if isinstance(event, ChangeCode):
            return self._change_code(event)
        if isinstance(event, Duplicate):
            return self._send_again(event)
        return self._set_today(event)

    def _say(self, event: ChangeRecord | Contradict | CorrectLate) -> str:
        person = self._found(event.personal_code)
        fields = register(event.register_code).record.model_fields
        unknown = sorted(set(event.set) - set(fields))
        if unknown:
            raise InputError(f"{event.register_code} has no field {unknown[0]}; it has {', '.join(fields)}.")
        said = self._said[event.register_code, person] | event.set
        _with_said(self._record(event.register_code, person, self._window()), said)
        self._said[event.register_code, person] = said
        if isinstance(event, Contradict):
            return "The register says it from now on."
        wrong_since = event.wrong_since if isinstance(event, CorrectLate) else None
        kind: MessageKind = "change" if wrong_since is None else "correction"
        self._tell(event.register_code, person, kind, wrong_since=wrong_since)
        return "The register says it from now on, and its feed tells of it."

    def _merge(self, event: MergePersons) -> str:
        one, into = self._found(event.personal_code), self._found(event.into)
        if one == into:
            raise InputError("Both codes are of one person already.")
        self._merged_into[one] = into
        self._former_codes[into] = (*self._former_codes.get(into, ()), self.people.code_of(one))
        self._tell(_POPULATION, one)
        self._tell(_POPULATION, into)
        return "The entries are merged, and the feed of the population register tells of both."

    def _change_code(self, event: ChangeCode) -> str:
        person = self._found(event.personal_code)
        new = event.new_code or self._free_code()
        if self.people.person_of(new) is not None:
            raise InputError("The new personal code belongs to somebody already.")
        old = self.people.code_of(person)
        self._former_codes[person] = (*self._former_codes.get(person, ()), old)
        self.people.give_code(person, new)
        self._tell(_POPULATION, person, known_as=old)
        return "The person has another code, and the feed of the population register tells of it."

    def _free_code(self) -> str:
        number = PERSONS_AT_MOST - 1
        while self.people.person_of(personal_code(number)) is not None:
            number -= 1
        return personal_code(number)

    def _send_again(self, event: Duplicate) -> str:
        register(event.register_code)
        feed = self._feeds[event.register_code]
        if len(feed) <= event.before_the_last:
            raise InputError(
                f"The feed of {event.register_code} has {len(feed)} messages: there is none to send again."
            )
        sent = feed[-1 - event.before_the_last]
        again = message_type(register(event.register_code)).model_validate_json(sent)
        feed.append(as_json(again.model_copy(update={"record": None})) if event.altered else sent)
        return "The message stands in the feed once more."

    def _set_today(self, event: Today) -> str:
        self.today = event.day
        return f"Today is {event.day}."

    def _tell(
        self,
        register_code: str,
        person_id: int,
        kind: MessageKind = "change",
        *,
        known_as: str | None = None,
        wrong_since: date | None = None,
    ) -> None:
        record = self._record(register_code, person_id, self._window())
        code = known_as or self.people.code_of(person_id)
        message = self._message(register_code, kind, code, record, timedelta(0), wrong_since=wrong_since)
        self._feeds[register_code].append(as_json(message))

    def _found(self, code: str) -> int:
        person_id = self.people.person_of(code)
        if person_id is None:
            raise InputError("Nobody in the population has this personal code.")
        return person_id


def _with_said(record: Record, said: dict[str, Any]) -> Record:
    plain = record.model_dump(mode="json") | said
    try:
        return type(record).model_validate_json(json.dumps(plain))
    except ValidationError as error:
        raise InputError(f"What is to be set does not fit the register: {places_of(error)}.") from None
