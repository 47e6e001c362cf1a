"""Of one key and day at most one statement is believed: whoever writes, however, and however many at once."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from itertools import combinations

import psycopg
import pytest
from django.db import connections
from hypothesis import given
from hypothesis import strategies as st

from balsts.database.server import OWNER, Cluster
from balsts.registry.models import STATEMENTS, Statement
from balsts.registry.one_at_a_time import OneAtATime

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
A_WHILE, PATIENCE = 0.3, 20
SOURCE = "INSERT INTO registry_source (origin_id, reference, reason, at) VALUES (1, 'here', '', now()) RETURNING id"
STATE = """
    INSERT INTO registry_fact (id, source_id, recorded, visibility, person_id, type, origin_id, status, certainty,
                               valid, value)
    SELECT uuidv7(), %s, tstzrange(clock_timestamp(), NULL), 0, %s, type, 1, 0, 1, daterange(first, after), '1'
    FROM unnest(%s::smallint[], %s::date[], %s::date[]) AS one (type, first, after)"""
Period = tuple[int, int, int]
"""A type, the first month and the month after the last, in a year."""


@pytest.fixture
def anna(django_db_setup: None, cluster: Cluster) -> Iterator[tuple[uuid.UUID, int]]:
    """Somebody who is there for every connection, and a source."""
    person = uuid.uuid4()
    with cluster.connect(OWNER) as owner:
        owner.execute("INSERT INTO registry_person (id, created_at) VALUES (%s, now())", [person])
        row = owner.execute(SOURCE).fetchone()
        assert row is not None
    yield person, row[0]
    with cluster.connect(OWNER) as owner:
        owner.execute("DELETE FROM registry_fact WHERE person_id = %s", [person])
        owner.execute("DELETE FROM registry_person WHERE id = %s", [person])
        owner.execute("DELETE FROM registry_source WHERE id = %s", [row[0]])


def state(writer: psycopg.Connection, anna: tuple[uuid.UUID, int], *periods: Period) -> None:
    days = [[f"2025-{month:02}-01" for month in column] for column in list(zip(*periods, strict=True))[1:]]
    writer.execute(STATE, [anna[1], anna[0], [one[0] for one in periods], *days])


def test_every_kind_of_statement_has_its_constraint_in_the_database() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text, tgname FROM pg_trigger "
                       "WHERE tgfoid = 'registry_one_at_a_time'::regproc AND tgenabled = 'O'")  # fmt: skip
        kept = set(cursor.fetchall())
    for kind in STATEMENTS:
        declared = [one for one in kind._meta.constraints if isinstance(one, OneAtATime)]
        assert {(kind._meta.db_table, one.name) for one in declared} <= kept
        assert any(set(one.key) <= set(kind.KEY) for one in declared), kind


@pytest.mark.parametrize("kind", STATEMENTS)
def test_an_index_finds_what_a_new_statement_could_overlap(kind: type[Statement]) -> None:
    found = [list(one.fields) for one in kind._meta.indexes if one.fields]
    found += [[field.name] for field in kind._meta.fields if field.db_index]
    for one in kind._meta.constraints:
        if isinstance(one, OneAtATime):
            begins = list(one.key[: one.indexed])
            assert any(columns[: one.indexed] == begins for columns in found), (kind, one.name)


PERIODS = st.lists(st.tuples(st.integers(1, 2), st.integers(1, 11), st.integers(1, 11)), min_size=1, max_size=6).map(
    lambda found: [(kind, min(first, last), max(first, last) + 1) for kind, first, last in found]
)


@given(before=PERIODS, more=PERIODS)
def test_what_is_written_at_once_and_what_was_before_are_held_against_each_other(
    cluster: Cluster, before: list[Period], more: list[Period]
) -> None:
    """One person of a transaction that is rolled back: what the database says is what overlapping means."""
    with cluster.connect(OWNER) as owner:
        person = uuid.uuid4()
        owner.execute("INSERT INTO registry_person (id, created_at) VALUES (%s, now())", [person])
        row = owner.execute(SOURCE).fetchone()
        assert row is not None
        stated: list[Period] = []
        for periods in (before, more):
            together = stated + periods
            overlap = any(one[0] == other[0] and one[1] < other[2] and other[1] < one[2]
                          for one, other in combinations(together, 2))  # fmt: skip
            if not overlap:
                state(owner, (person, row[0]), *periods)
                stated = together
                continue
            with pytest.raises(psycopg.errors.ExclusionViolation) as refused, owner.transaction():
                state(owner, (person, row[0]), *periods)
            assert refused.value.diag.constraint_name == "one_fact_of_a_person_at_a_time"
            assert str(person) not in str(refused.value)
        owner.rollback()


@pytest.mark.parametrize("ends", ["commit", "rollback"])
def test_of_two_who_write_at_once_the_second_waits_and_is_refused_if_the_first_stays(
    cluster: Cluster, anna: tuple[uuid.UUID, int], ends: str
) -> None:
    with cluster.connect(OWNER) as first, cluster.connect(OWNER) as second, ThreadPoolExecutor(1) as other:
        state(first, anna, (1, 1, 7))
        waiting: Future[None] = other.submit(state, second, anna, (1, 6, 12))
        with pytest.raises(NotYet):
            waiting.result(A_WHILE)
        getattr(first, ends)()
        if ends == "rollback":
            waiting.result(PATIENCE)
        else:
            with pytest.raises(psycopg.errors.ExclusionViolation, match="one_fact_of_a_person"):
                waiting.result(PATIENCE)


def test_among_many_who_write_the_same_at_once_one_succeeds(cluster: Cluster, anna: tuple[uuid.UUID, int]) -> None:
    together = threading.Barrier(8, timeout=PATIENCE)

    def write(month: int) -> bool:
        with cluster.connect(OWNER) as writer:
            together.wait()
            try:
                state(writer, anna, (1, month, 12))
            except psycopg.errors.ExclusionViolation:
                return False
        return True

    with ThreadPoolExecutor(8) as writers:
        assert sum(writers.map(write, range(1, 9))) == 1


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_whoever_would_not_see_what_others_wrote_may_not_write(
    cluster: Cluster, anna: tuple[uuid.UUID, int], level: str
) -> None:
    with cluster.connect(OWNER) as writer:
        writer.execute(f"SET TRANSACTION ISOLATION LEVEL {level}".encode())
        with pytest.raises(psycopg.errors.FeatureNotSupported, match="read committed"):
            state(writer, anna, (1, 1, 2))
