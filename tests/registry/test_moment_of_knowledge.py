"""A moment of knowledge against a writer on another connection: what was known at it never changes afterwards."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from datetime import datetime
from typing import TypeVar

import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker

from balsts.access.acting import in_scope
from balsts.database.server import OWNER, Cluster
from balsts.registry.models import Person
from balsts.registry.recording import ALWAYS, moment_of_knowledge
from balsts.registry.selectors import facts_on
from balsts.registry.use_cases import state_fact
from tests.registry.situations import LONG_AGO, PLATFORM, declaration

SAVINGS = 36
PATIENCE, A_WHILE, TIMES = 20, 0.3, 40
Result = TypeVar("Result")
Known = list[str | None]


class Connections:
    """Runs work on threads, each piece on a connection of its own, which commits."""

    def __init__(self, threads: ThreadPoolExecutor) -> None:
        self.threads = threads

    def begin(self, work: Callable[[], Result]) -> Future[Result]:
        def alone() -> Result:
            try:
                return work()
            finally:
                connections.close_all()

        return self.threads.submit(alone)

    def transact(self, work: Callable[[], Result]) -> Future[Result]:
        def within() -> Result:
            with in_scope(PLATFORM):
                return work()

        return self.begin(within)

    def do(self, work: Callable[[], Result]) -> Result:
        return self.transact(work).result(PATIENCE)


@pytest.fixture
def apart(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Connections]:
    with django_db_blocker.unblock(), ThreadPoolExecutor(3) as threads:
        yield Connections(threads)


@pytest.fixture
def anna(django_db_setup: None, cluster: Cluster) -> Iterator[Person]:
    """Somebody who is there for every connection; taken away by the owner at the end."""
    person = Person(pk=uuid.uuid4())
    with cluster.connect(OWNER) as owner:
        owner.execute("INSERT INTO registry_person (id, created_at) VALUES (%s, now())", [person.pk])
    yield person
    with cluster.connect(OWNER) as owner:
        found = owner.execute("DELETE FROM registry_fact WHERE person_id = %s RETURNING source_id, ended_by_id",
                              [person.pk]).fetchall()  # fmt: skip
        owner.execute("DELETE FROM registry_person WHERE id = %s", [person.pk])
        sources = {one for row in found for one in row if one is not None}
        owner.execute("DELETE FROM registry_source WHERE id = ANY (%s)", [list(sources)])


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
