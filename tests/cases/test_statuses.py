"""Statuses for other systems: the feed, its order whoever commits first, and yes or no to one question."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import psycopg
import pytest
from django.db import connection, connections, transaction

from balsts.access.acting import Acting, in_scope
from balsts.access.clients import Calling, open_client
from balsts.access.models import AccessRecord, SystemClient
from balsts.access.roles import Ability
from balsts.cases.chain import check, draft_decision, sign
from balsts.cases.determining import determine
from balsts.cases.models import StatusNews
from balsts.cases.statuses import News, holds_status, news_of_statuses
from balsts.database.server import OWNER, Cluster
from balsts.law.engine.errors import InputError
from balsts.registry.use_cases import state_code
from tests.access.people import LONG_AGO, agency, auditor
from tests.cases.situations import FEBRUARY, Home, decided, head, home, told, worker
from tests.registry.situations import PLATFORM, declaration

in_the_database = pytest.mark.django_db(databases=["default", "log"])
CODE, NOBODYS = "32010112345", "32010154321"


def with_code(found: Home) -> Home:
    with in_scope(PLATFORM):
        state_code(found.mother, declaration(), CODE)
    return found


def news(after: int = 0, most: int = 100) -> tuple[list[News], bool]:
    connection.check_constraints()  # what waits for the commit happens now
    return news_of_statuses(system("status_feed"), after, most, asker="NVA")


def system(ability: Ability) -> Acting:
    """A system of the agency that has one ability."""
    found = SystemClient.objects.filter(name=ability).first()
    found = found or open_client(name=ability, institution=agency(), abilities=[ability], since=LONG_AGO)[0]
    return Calling(found, frozenset([ability])).acting(ability)


def holds(code: str = CODE, on: date = FEBRUARY, status: str = "needy_household") -> bool:
    return holds_status(system("status_verify"), personal_code=code, status=status, on=on, asker="NVA")


@in_the_database
def test_a_status_that_is_granted_and_one_that_ends_are_told_in_order() -> None:
    who, chief, found = worker(), head(), with_code(home())
    first = decided(who, chief, found.mother)
    told_first, _more = news()
    assert [(one.status, one.since, one.until, one.is_ended) for one in told_first] == [
        ("needy_household", FEBRUARY, date(2026, 5, 1), False)
    ] * 2
    assert {one.personal_code for one in told_first} == {CODE, None}
    told(found.mother, "tax_authority", "wage_net_eur_month", "5000.00", date(2025, 11, 1), date(2026, 2, 1))
    march = date(2026, 3, 1)
    again = draft_decision(who, first.case, replaces=first,
                           determination=determine(who, first.case, march, "fact", anchor=march))  # fmt: skip
    check(chief, again)
    sign(chief, again)
    mine = [one for one in news(told_first[-1].position)[0] if one.personal_code == CODE]
    assert [(one.since, one.until, one.is_ended) for one in mine] == [
        (FEBRUARY, date(2026, 5, 1), True), (FEBRUARY, march, False)
    ]  # fmt: skip
    assert holds(on=FEBRUARY)
    assert not holds(on=march)


@in_the_database
def test_the_feed_is_read_in_parts_without_a_gap() -> None:
    decided(worker(), head(), home().mother)
    everything, more = news()
    assert not more
    first, more = news(most=1)
    assert more
    assert first + news(first[-1].position)[0] == everything
    positions = [one.position for one in everything]
    assert positions == list(range(positions[0], positions[0] + len(positions)))


@in_the_database
def test_everybody_in_the_feed_sees_who_was_told() -> None:
    found = home()
    decided(worker(), head(), found.mother)
    news()
    with in_scope(auditor(), "log"):
        record = AccessRecord.objects.using("log").get(subject=found.child.pk, action="export")
    assert record.detail == "status passed on; reason: system NVA"
    assert record.role == "status_subscriber"
    assert record.institution == agency().pk


@in_the_database
def test_nobody_else_reads_the_feed_and_nobody_writes_it() -> None:
    decided(worker(), head(), home().mother)
    connection.check_constraints()
    for who in (worker(), head(), system("status_verify")):
        assert news_of_statuses(who, 0, 10, asker="x") == ([], False)
    with pytest.raises(Exception, match="permission denied"), in_scope(PLATFORM), transaction.atomic():
        StatusNews.objects.all().delete()
    with pytest.raises(Exception, match="permission denied"), in_scope(PLATFORM), transaction.atomic():
        StatusNews.objects.create(position=1, at="2026-01-01T00:00Z", award=uuid.uuid4(), person=uuid.uuid4(), code="x",
                                  months=(FEBRUARY, None), is_ended=False)  # fmt: skip


@in_the_database
def test_the_answer_is_yes_or_no_and_the_question_stands_in_the_persons_record() -> None:
    found = with_code(home())
    decided(worker(), head(), found.mother)
    assert holds()
    assert not holds(on=date(2026, 1, 31))
    assert not holds(on=date(2026, 5, 1))
    assert not holds(status="low_income_household")
    with in_scope(auditor(), "log"):
        records = AccessRecord.objects.using("log").filter(subject=found.mother.pk, role="status_verifier")
        asked = ("needy_household", "low_income_household")
        assert {one.detail for one in records} == {f"status asked: {one}; reason: system NVA" for one in asked}


@in_the_database
def test_of_whom_nobody_knows_the_answer_is_no_after_the_same_work() -> None:
    with_code(home())
    system("status_verify")
    counts = []
    for code in (CODE, NOBODYS):
        with CountedQueries() as counted:
            assert not holds(code)
        counts.append(counted.number)
    assert counts[0] == counts[1]
    with pytest.raises(InputError):
        holds(status="made_up")


class CountedQueries:
    """Counts what is asked of the database, on both connections."""

    def __enter__(self) -> CountedQueries:
        self.number = 0
        self._wrappers = [connections[name].execute_wrapper(self._count) for name in ("default", "log")]
        for one in self._wrappers:
            one.__enter__()
        return self

    def _count(self, execute: Any, *arguments: Any) -> Any:
        self.number += 1
        return execute(*arguments)

    def __exit__(self, *error: object) -> None:
        for one in self._wrappers:
            one.__exit__(*error)


# -- whoever commits first -----------------------------------------------------------------------------------------


class Granting:
    """A person with a status of which months can be granted by connections that commit; the owner's, whom no policy
    holds up."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster, self.ids = (
            cluster,
            {name: uuid.uuid4() for name in ("office", "person", "case", "decision", "award")},
        )
        with cluster.connect(OWNER) as owner:
            for sql in _ROWS:
                owner.execute(sql, self.ids)

    def grant(self, at: psycopg.Connection[Any], number: int) -> None:
        """Within a transaction of somebody: the month of a number."""
        first = date(2020 + number // 12, number % 12 + 1, 1)
        at.execute("INSERT INTO cases_awardholder (award_id, person_id, code, months, is_believed) VALUES "
                   "(%s, %s, 'needy_household', daterange(%s, (%s::date + interval '1 month')::date), true)",
                   [self.ids["award"], self.ids["person"], first, first])  # fmt: skip

    def told(self, at: psycopg.Connection[Any]) -> list[tuple[int, int]]:
        """Positions and the numbers of months, as a reader sees them now."""
        found = at.execute("SELECT position, lower(months) FROM cases_statusnews WHERE person = %s ORDER BY position",
                           [self.ids["person"]]).fetchall()  # fmt: skip
        return [(position, (month.year - 2020) * 12 + month.month - 1) for position, month in found]

    def take_away(self) -> None:
        with self.cluster.connect(OWNER) as owner:
            for sql in _AWAY:
                owner.execute(sql, self.ids)


_ROWS = """
INSERT INTO access_institution (id, name_lv, name_en, kind, address, telephone, email)
VALUES (%(office)s, %(office)s, 'x', 'agency', '', '', '');
INSERT INTO registry_person (id, created_at) VALUES (%(person)s, now());
INSERT INTO cases_case (id, number, type, purpose, institution_id, subject_id, stage, opened_at)
VALUES (%(case)s, left(%(case)s::text, 20), 'assistance', 'social_assistance', %(office)s, %(person)s, 'received',
        now());
INSERT INTO cases_decision (id, case_id, number, kind, since, is_automatic, needs_second, reasons, content, made_at,
                            state)
VALUES (%(decision)s, %(case)s, left(%(case)s::text, 24), 'grant', '2026-01-01', true, false, '', '{}', now(),
        'drafted');
INSERT INTO cases_decisionstep (decision_id, step, at, "on", detail)
VALUES (%(decision)s, 'drafted', now(), now(), '');
INSERT INTO cases_decisionstep (decision_id, step, at, "on", detail)
VALUES (%(decision)s, 'signed', now(), now(), '');
INSERT INTO cases_award (id, decision_id, case_id, kind, code, payee_id, months, recorded)
VALUES (%(award)s, %(decision)s, %(case)s, 'status', 'needy_household', %(person)s, '[2020-01-01,)',
        tstzrange(now(), NULL))
""".split(";")
_AWAY = [
    "ALTER TABLE cases_statusnews DISABLE TRIGGER refuse_change",
    "DELETE FROM cases_statusnews WHERE person = %(person)s",
    "ALTER TABLE cases_statusnews ENABLE TRIGGER refuse_change",
    "DELETE FROM cases_awardholder WHERE award_id = %(award)s",
    "DELETE FROM cases_award WHERE id = %(award)s",
    "DELETE FROM cases_decisionstep WHERE decision_id = %(decision)s",
    "DELETE FROM cases_decision WHERE id = %(decision)s",
    "DELETE FROM cases_case WHERE id = %(case)s",
    "DELETE FROM registry_person WHERE id = %(person)s",
    "DELETE FROM access_institution WHERE id = %(office)s",
]


@pytest.fixture
def granting(django_db_setup: None, cluster: Cluster) -> Iterator[Granting]:
    found = Granting(cluster)
    yield found
    found.take_away()


def test_whoever_commits_first_stands_first_and_nobody_waits_for_the_other(
    granting: Granting, cluster: Cluster
) -> None:
    with cluster.connect(OWNER, autocommit=True) as reader:
        with cluster.connect(OWNER) as slow:
            granting.grant(slow, 1)
            with cluster.connect(OWNER) as quick:
                granting.grant(quick, 2)  # begun later, committed first, while the other is still open
            [(first, month)] = granting.told(reader)
            assert month == 2
        assert granting.told(reader) == [(first, 2), (first + 1, 1)]


def test_what_is_rolled_back_leaves_no_gap(granting: Granting, cluster: Cluster) -> None:
    with cluster.connect(OWNER) as one:
        granting.grant(one, 1)
        one.rollback()
        granting.grant(one, 2)
        one.commit()
        granting.grant(one, 3)
        one.commit()
        (first, _), (second, _) = granting.told(one)
        assert second == first + 1


def test_a_reader_never_meets_a_gap_that_is_filled_later(granting: Granting, cluster: Cluster) -> None:
    writers, months = 3, 12

    def write(writer: int) -> None:
        with cluster.connect(OWNER) as own:
            for number in range(months):
                granting.grant(own, writer * months + number)
                own.commit()

    with cluster.connect(OWNER, autocommit=True) as reader, ThreadPoolExecutor(writers) as threads:
        work = [threads.submit(write, one) for one in range(writers)]
        seen: list[tuple[int, int]] = []
        while not all(one.done() for one in work):
            now = granting.told(reader)
            assert now[: len(seen)] == seen  # nothing came in before what was read already
            seen = now
        for one in work:
            one.result()
        seen = granting.told(reader)
    positions = [position for position, _month in seen]
    assert positions == list(range(positions[0], positions[0] + writers * months))
    assert {month for _position, month in seen} == set(range(writers * months))
