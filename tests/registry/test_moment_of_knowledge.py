"""A moment of knowledge against a writer on another connection: what was known at it never changes afterwards."""

from __future__ import annotations

import threading
from concurrent.futures import TimeoutError as NotYet
from datetime import datetime

import pytest

from balsts.access.acting import in_scope
from balsts.registry.models import Person
from balsts.registry.recording import ALWAYS, moment_of_knowledge
from balsts.registry.selectors import facts_on
from balsts.registry.use_cases import state_fact
from tests.database.apart import Connections
from tests.registry.situations import LONG_AGO, PLATFORM, declaration, somebody

SAVINGS = 36
PATIENCE, A_WHILE, TIMES = 20, 0.3, 40
Known = list[str | None]


@pytest.fixture
def anna(apart: Connections) -> Person:
    """Somebody who is there for every connection."""
    return apart.do(somebody)


def save(person: Person, cents: int) -> datetime:
    """State savings; the moment at which belief began."""
    found: datetime = state_fact(declaration(), "savings_eur", cents, ALWAYS, person=person).recorded.lower
    return found


def known_at(person: Person, moment: datetime) -> Known:
    return list(facts_on(LONG_AGO, moment, [person.pk]).filter(type=SAVINGS).values_list("value", flat=True))


def test_a_moment_waits_for_a_writer_who_has_not_committed(apart: Connections, anna: Person) -> None:
    written, go_on = threading.Event(), threading.Event()

    def write() -> datetime:
        began = save(anna, 1)
        written.set()
        assert go_on.wait(PATIENCE)
        return began

    writer = apart.transact(write)
    assert written.wait(PATIENCE)
    asked = apart.transact(lambda: moment_of_knowledge([anna.pk]))
    with pytest.raises(NotYet):
        asked.result(A_WHILE)
    go_on.set()
    moment = asked.result(PATIENCE)
    assert writer.result(PATIENCE) < moment
    assert apart.do(lambda: known_at(anna, moment)) == ["0.01"]


def test_a_writer_waits_for_whoever_has_taken_a_moment(apart: Connections, anna: Person) -> None:
    apart.do(lambda: save(anna, 1))
    taken, go_on = threading.Event(), threading.Event()

    def decide() -> tuple[datetime, Known]:
        moment = moment_of_knowledge([anna.pk])
        taken.set()
        assert go_on.wait(PATIENCE)
        return moment, known_at(anna, moment)

    deciding = apart.transact(decide)
    assert taken.wait(PATIENCE)
    writer = apart.transact(lambda: save(anna, 2))
    with pytest.raises(NotYet):
        writer.result(A_WHILE)
    go_on.set()
    moment, known = deciding.result(PATIENCE)
    assert known == ["0.01"]
    assert writer.result(PATIENCE) > moment
    assert apart.do(lambda: known_at(anna, moment)) == known


def test_what_was_known_at_any_moment_of_a_race_never_changes(apart: Connections, anna: Person) -> None:
    together = threading.Barrier(2, timeout=PATIENCE)

    def write() -> None:
        together.wait()
        for cents in range(TIMES):
            with in_scope(PLATFORM):
                save(anna, cents)

    def ask() -> list[tuple[datetime, Known]]:
        together.wait()
        return [decide() for _ in range(TIMES)]

    def decide() -> tuple[datetime, Known]:
        with in_scope(PLATFORM):
            moment = moment_of_knowledge([anna.pk])
            return moment, known_at(anna, moment)

    writer, asked = apart.begin(write), apart.begin(ask)
    writer.result(PATIENCE)
    answers = asked.result(PATIENCE)
    assert len({tuple(known) for _, known in answers}) > 2, "they did not meet"
    again = apart.do(lambda: [(moment, known_at(anna, moment)) for moment, _ in answers])
    assert again == answers
