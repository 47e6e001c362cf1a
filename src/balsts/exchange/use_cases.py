"""Asking registers about persons, and reading the feeds: what comes is kept, then stated in the registry."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from asgiref.sync import async_to_sync, sync_to_async
from django.db import IntegrityError, transaction
from django.utils import timezone

from balsts.access.acting import Acting, in_scope, the_platform
from balsts.exchange.answers import Answer
from balsts.exchange.breaker import CircuitBreaker
from balsts.exchange.catalogue import register
from balsts.exchange.client import FeedEntry, RegisterClient
from balsts.exchange.connections import Connection, Patience
from balsts.exchange.contract import AnyContract
from balsts.exchange.database_store import DatabaseStore
from balsts.exchange.facts import Source as SaidBy
from balsts.exchange.facts import facts_of_record
from balsts.exchange.identities import person_known_by_code, person_with_code, persons_with_codes, record_identity
from balsts.exchange.intake import record_facts, record_household_facts
from balsts.exchange.lines import NoAnswer
from balsts.exchange.messages import SnapshotPage
from balsts.exchange.models import FeedPosition, LastTold, MergeTold
from balsts.exchange.periods import Period, months_back
from balsts.exchange.population_register.contract import CivilRecord
from balsts.exchange.store import Question, Requester
from balsts.law.engine.errors import DomainError
from balsts.registry.models import Household, Identifier, Person, Source
from balsts.registry.recording import days, new_source
from balsts.registry.selectors import known, members_during
from balsts.registry.use_cases import reading

_CIRCUITS: dict[tuple[str, str], CircuitBreaker] = {}
"""How registers have fared in this process."""
_LOG = logging.getLogger(__name__)
MONTHS_OF_A_CHANGE = 12
"""A message of a feed states at least so many months back from its day."""
_MOST_OF_AN_ID = 48


@dataclass(frozen=True)
class FeedReading:
    """What reading a feed came to.

    Attributes:
        taken: messages that were taken into the registry.
        set_aside: messages about nobody we know, older than what stands, or that could not be read or stated.
        problem: why the reading ended before the end of the feed; empty when it did not.
    """

    taken: int
    set_aside: int
    problem: str = ""


def ask_registers(
    who: Acting,
    household: Household,
    register_codes: Iterable[str],
    window: Period,
    connections: Mapping[str, Connection],
    patience: Patience | None = None,
) -> list[Answer]:
    """Ask registers about every member of a household, and state what they told.

    Args:
        who: for whose work and purpose; must be allowed to record about each member.
        window: the days asked about.
        connections: by code of the register; `*` stands for all others.

    Returns:
        The answers, by register and member. Whatever a register did or failed to do stands in the registry.

    Raises:
        AccessDenied: a member is not in the scope of who acts.
        InputError: there is no such register or connection, or it may not be asked for this purpose.
        DomainError: a member has no personal code.
    """
    codes = list(register_codes)
    members = _codes_of_members(who, household, codes)
    requester = Requester(who.role, who.staff, who.institution)
    questions = [
        Question(code, personal_code, window, who.purpose, requester, person)
        for code in codes
        for person, personal_code in members.items()
    ]
    answers = async_to_sync(_ask)(questions, connections, patience)
    people = {personal_code: Person(pk=person) for person, personal_code in members.items()}
    for code in codes:
        _record_answers(household, people, [one for one in answers if one.contract.code == code])
    return answers


def read_feed(
    register_code: str, connections: Mapping[str, Connection], patience: Patience | None = None
) -> FeedReading:
    """Take in what changed in a register since it was last read. May be stopped and begun anew at any moment.

    Each message is stated together with the position of the feed. What comes again, or late, brings nothing back.

    Raises:
        InputError: there is no such register or connection.
    """
    return async_to_sync(_read_feed)(register_code, connections, patience)


def read_snapshot(
    register_code: str, connections: Mapping[str, Connection], patience: Patience | None = None
) -> FeedReading:
    """Take in all that a register tells of persons we know; its feed is read on from where the snapshot began.

    Begun anew, it changes nothing that stands already. Persons whom nobody has entered stay unknown.

    Raises:
        InputError: there is no such register or connection.
    """
    return async_to_sync(_read_snapshot)(register_code, connections, patience)


# ------------------------------------------------------------------------------------------- asking


def _codes_of_members(who: Acting, household: Household, register_codes: list[str]) -> dict[uuid.UUID, str]:
    with in_scope(the_platform()):
        today = timezone.localdate()
        persons = [one.person_id for one in members_during(household.pk, days(today, today + timedelta(days=1)))]
    with reading(who, persons, f"registers asked: {', '.join(register_codes)}", "record", "registry.record"):
        found = known(Identifier).filter(person__in=persons, scheme="personal_code", valid__contains=today)
        codes = {one.person_id: one.value for one in found}
    if not persons:
        raise DomainError(f"Household {household.pk} has no members today; there is nobody to ask about.")
    without = [person for person in persons if person not in codes]
    if without:
        raise DomainError(
            f"Household {household.pk}: {len(without)} of {len(persons)} members have no personal code; registers "
            f"cannot be asked about them. Record the code first."
        )
    return codes


async def _ask(
    questions: list[Question], connections: Mapping[str, Connection], patience: Patience | None
) -> list[Answer]:
    async with RegisterClient(connections, DatabaseStore(), patience, _CIRCUITS) as client:
        return await client.ask_all(questions)


def _record_answers(household: Household, people: dict[str, Person], answers: list[Answer]) -> None:
    with in_scope(the_platform()):
        told = []
        source = None
        for answer in answers:
            source = _source_of(answer)
            facts = answer.facts()
            told += facts
            person = people[answer.query.personal_code]
            if answer.source.answered_at is not None and not _is_newest(answer.source, person):
                continue
            record_facts(person, source, facts)
            if isinstance(answer.record, CivilRecord):
                _record_entry(person, source, answer.record, answer.source, timezone.localdate())
        if source is not None:
            record_household_facts(household, source, told)


def _source_of(answer: Answer) -> Source:
    said = answer.source
    reference = _reference(said) if said.message_hash else f"question {answer.query.request_id}"
    return new_source(answer.contract.code, reference, reason="the register was asked")


def _reference(said: SaidBy) -> str:
    return f"{(said.message_id or 'unreadable')[:_MOST_OF_AN_ID]} sha256 {said.message_hash}"


def _record_entry(person: Person, source: Source, record: CivilRecord, said: SaidBy, on: date) -> None:
    """State who somebody is; of an entry that was merged into another one, only that this was told."""
    if record.merged_into is None:
        record_identity(person, source, record, on)
        return
    assert said.answered_at is not None
    assert said.message_id is not None
    into = person_known_by_code(record.merged_into, source)
    if into.pk != person.pk:
        MergeTold.objects.get_or_create(
            merged=person.pk, into=into.pk, defaults={"told_at": said.answered_at, "message_id": said.message_id}
        )


def _is_newest(said: SaidBy, person: Person) -> bool:
    """Whether nothing that the register signed later stands in the registry; notes the message as the newest then."""
    assert said.answered_at is not None
    LastTold.objects.get_or_create(register=said.register, person=person.pk, defaults={"issued_at": said.answered_at})
    last = LastTold.objects.select_for_update().get(register=said.register, person=person.pk)
    if said.answered_at < last.issued_at:
        return False
    last.issued_at = said.answered_at
    last.save(update_fields=["issued_at"])
    return True


# ------------------------------------------------------------------------------------------- the feed


async def _read_feed(
    register_code: str, connections: Mapping[str, Connection], patience: Patience | None
) -> FeedReading:
    contract = register(register_code)
    taken = seen = 0
    problem = ""
    async with RegisterClient(connections, DatabaseStore(), patience, _CIRCUITS) as client:
        try:
            async for entry in client.changes(register_code, await sync_to_async(_position)(register_code)):
                seen += 1
                taken += await sync_to_async(_take_in)(contract, entry)
        except NoAnswer as lost:
            problem = lost.detail
    return FeedReading(taken, seen - taken, problem)


def _position(register_code: str) -> int:
    with in_scope(the_platform()):
        found = FeedPosition.objects.filter(pk=register_code).first()
        return found.position if found else 0


def _take_in(contract: AnyContract, entry: FeedEntry) -> bool:
    """State an entry and move the position past it, both or neither; one that cannot be stated holds up no other."""
    with in_scope(the_platform()):
        FeedPosition.objects.get_or_create(pk=contract.code)
        read = FeedPosition.objects.select_for_update().get(pk=contract.code)
        if entry.position <= read.position:
            return False
        is_taken = False
        try:
            with transaction.atomic():
                is_taken = _state_change(contract, entry)
        except (DomainError, IntegrityError) as error:
            _LOG.warning("%s, position %d: not stated: %s", contract.code, entry.position, type(error).__name__)
        read.position = entry.position
        read.save(update_fields=["position", "read_at"])
        return is_taken


def _state_change(contract: AnyContract, entry: FeedEntry) -> bool:
    message = entry.message
    if message is None or message.record is None:
        return False
    person = person_with_code(message.personal_code)
    keeps_identities = isinstance(message.record, CivilRecord)
    if person is None or not (keeps_identities or message.record.personal_code == message.personal_code):
        return False
    if not _is_newest(entry.source, person):
        return False
    on = timezone.localdate(message.issued_at)
    since = min(message.wrong_since or on, months_back(on, MONTHS_OF_A_CHANGE))
    reason = "the register tells of a change" if message.kind == "change" else "the register corrects what it told"
    source = new_source(contract.code, _reference(entry.source), reason=reason)
    facts = facts_of_record(contract, message.record, message.personal_code, Period(since, None), entry.source)
    record_facts(person, source, facts)
    if isinstance(message.record, CivilRecord):
        _record_entry(person, source, message.record, entry.source, on)
    return True


# ------------------------------------------------------------------------------------------- the snapshot


async def _read_snapshot(
    register_code: str, connections: Mapping[str, Connection], patience: Patience | None
) -> FeedReading:
    contract = register(register_code)
    taken = seen = 0
    first: SnapshotPage[Any] | None = None
    async with RegisterClient(connections, DatabaseStore(), patience, _CIRCUITS) as client:
        try:
            async for page in client.snapshot(register_code):
                first = first or page
                seen += len(page.records)
                taken += await sync_to_async(_state_page)(contract, page)
        except NoAnswer as lost:
            return FeedReading(taken, seen - taken, lost.detail)
    if first is not None:
        await sync_to_async(_read_on_from)(first)
    return FeedReading(taken, seen - taken)


def _state_page(contract: AnyContract, page: SnapshotPage[Any]) -> int:
    said = SaidBy(contract.code, page.message_id, None, page.as_of, page.issued_at)
    on = timezone.localdate(page.issued_at)
    window = Period(months_back(on, MONTHS_OF_A_CHANGE), None)
    taken = 0
    with in_scope(the_platform()):
        reason = "the register's snapshot was read"
        source = new_source(contract.code, f"snapshot {page.message_id[:_MOST_OF_AN_ID]}", reason=reason)
        persons = persons_with_codes(record.personal_code for record in page.records)
        for record in page.records:
            person = persons.get(record.personal_code)
            if person is None or not _is_newest(said, person):
                continue
            record_facts(person, source, facts_of_record(contract, record, record.personal_code, window, said))
            if isinstance(record, CivilRecord):
                _record_entry(person, source, record, said, on)
            taken += 1
    return taken


def _read_on_from(page: SnapshotPage[Any]) -> None:
    with in_scope(the_platform()):
        FeedPosition.objects.update_or_create(pk=page.register_code, defaults={"position": page.feed_position})
