"""Statuses for other systems: the feed, its order whoever commits first, and yes or no to one question."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import psycopg
import pytest
from django.db import connection, connections, transaction

from balsts.access.acting import Acting, in_scope, the_person
from balsts.access.clients import Calling, open_client
from balsts.access.models import AccessRecord, SystemClient
from balsts.access.roles import Ability
from balsts.cases.appeals import contest, hear, withdraw
from balsts.cases.chain import check, draft_decision, notify, sign
from balsts.cases.determining import determine
from balsts.cases.models import StatusNews
from balsts.cases.statuses import News, holds_status, news_of_statuses
from balsts.database.server import OWNER, Cluster
from balsts.law.engine.errors import InputError
from balsts.registry.use_cases import state_code
from tests.access.people import LONG_AGO, agency, auditor
from tests.cases.situations import FEBRUARY, Home, applied, decided, head, home, told, worker
from tests.cases.test_appeals import hearer
from tests.database.apart import Connections
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
    assert news(told_first[-1].position) == ([], False)
    assert holds(on=march)  # nobody knows of the decision yet
    notify(who, again, on=date(2026, 3, 5), how="portal")
    mine = [one for one in news(told_first[-1].position)[0] if one.personal_code == CODE]
    assert [(one.since, one.until, one.is_ended) for one in mine] == [
        (FEBRUARY, date(2026, 5, 1), True), (FEBRUARY, march, False)
    ]  # fmt: skip
    assert holds(on=FEBRUARY)
    assert not holds(on=march)


@in_the_database
def test_a_status_is_told_when_the_person_was_notified_and_not_before() -> None:
    who, chief, found = worker(), head(), with_code(home())
    case = applied(who, found.mother).case
    decision = draft_decision(who, case, determination=determine(who, case, FEBRUARY, "application"))
    check(chief, decision)
    sign(chief, decision)
    assert news() == ([], False)
    assert not holds()
    notify(who, decision, on=date(2026, 2, 20), how="portal")
    assert [(one.status, one.since, one.is_ended) for one in news()[0]] == [("needy_household", FEBRUARY, False)] * 2
    assert holds()


@in_the_database
def test_a_decision_that_stands_after_an_appeal_is_not_told_again() -> None:
    found = home()
    decision = decided(worker(), head(), found.mother)
    told_first, _more = news()
    appeal = contest(the_person(found.mother.pk), decision, key=uuid.uuid4(), grounds="Alga ir mazāka.")
    assert news() == (told_first, False)
    withdraw(the_person(found.mother.pk), appeal)
    assert news() == (told_first, False)


@in_the_database
def test_an_annulled_decision_ends_its_statuses_in_the_feed() -> None:
    found = with_code(home())
    decision = decided(worker(), head(), found.mother)
    told_first, _more = news()
    appeal = contest(the_person(found.mother.pk), decision, key=uuid.uuid4(), grounds="Ienākumi ir lielāki.")
    hear(hearer(), appeal, "annulled", "The household has no right to it.")
    ended, _more = news(told_first[-1].position)
    assert [(one.since, one.is_ended) for one in ended] == [(FEBRUARY, True)] * 2
    assert not holds()


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
    """Decisions on a status of one person, a month each, that connections which commit can bring into force; as the
    owner, whom no policy holds up."""

    def __init__(self, cluster: Cluster, database: str, months: int) -> None:
        self.cluster, self.database = cluster, database
        self.common = {name: uuid.uuid4() for name in ("office", "person")}
        self.decisions = [uuid.uuid4() for _ in range(months)]
        with self.connect() as owner:
            for sql in _COMMON:
                owner.execute(sql, self.common)
            for number, decision in enumerate(self.decisions):
                first = date(2020 + number // 12, number % 12 + 1, 1)
                row = {"case": uuid.uuid4(), "decision": decision, "award": uuid.uuid4(), "first": first,
                       "number": f"X-{number}"}  # fmt: skip
                for sql in _SIGNED:
                    owner.execute(sql, row | self.common)

    def connect(self, *, autocommit: bool = False) -> psycopg.Connection[Any]:
        return self.cluster.connect(OWNER, self.database, autocommit=autocommit)

    def grant(self, at: psycopg.Connection[Any], number: int) -> None:
        """Within a transaction of somebody: the decision on the month of a number comes into force."""
        for step in ("notified", "in_force"):
            at.execute(_STEP, {"decision": self.decisions[number], "step": step})

    def told(self, at: psycopg.Connection[Any]) -> list[tuple[int, int]]:
        """Positions and the numbers of months, as a reader sees them now."""
        found = at.execute("SELECT position, lower(months) FROM cases_statusnews ORDER BY position").fetchall()
        return [(position, (month.year - 2020) * 12 + month.month - 1) for position, month in found]


_COMMON = """
INSERT INTO access_institution (id, name_lv, name_en, kind, address, telephone, email)
VALUES (%(office)s, 'x', 'x', 'agency', '', '', '');
INSERT INTO registry_person (id, created_at) VALUES (%(person)s, now())
""".split(";")
_STEP = """INSERT INTO cases_decisionstep (decision_id, step, at, "on", detail)
VALUES (%(decision)s, %(step)s, now(), now(), '')"""
_SIGNED = """
INSERT INTO cases_case (id, number, type, purpose, institution_id, subject_id, stage, opened_at)
VALUES (%(case)s, %(number)s, 'assistance', 'social_assistance', %(office)s, %(person)s, 'received', now());
INSERT INTO cases_decision (id, case_id, number, kind, since, is_automatic, needs_second, reasons, content, made_at,
                            state)
VALUES (%(decision)s, %(case)s, %(number)s, 'grant', '2026-01-01', true, false, '', '{}', now(), 'drafted');
INSERT INTO cases_decisionstep (decision_id, step, at, "on", detail) VALUES (%(decision)s, 'drafted', now(), now(), '');
INSERT INTO cases_decisionstep (decision_id, step, at, "on", detail) VALUES (%(decision)s, 'signed', now(), now(), '');
INSERT INTO cases_award (id, decision_id, case_id, kind, code, payee_id, months, recorded)
SELECT %(award)s, %(decision)s, %(case)s, 'status', 'needy_household', %(person)s, m.months, tstzrange(now(), NULL)
FROM (SELECT daterange(%(first)s, (%(first)s::date + interval '1 month')::date) AS months) AS m;
INSERT INTO cases_awardholder (award_id, person_id, code, months, is_believed)
SELECT id, payee_id, code, months, true FROM cases_award WHERE id = %(award)s
""".split(";")
WRITERS, EACH = 3, 12


@pytest.fixture
def granting(apart: Connections, cluster: Cluster) -> Granting:
    return Granting(cluster, apart.database, WRITERS * EACH)


def test_a_decision_that_is_signed_is_in_no_feed(granting: Granting) -> None:
    with granting.connect() as reader:
        assert reader.execute("SELECT count(*) FROM cases_awardholder").fetchone() == (WRITERS * EACH,)
        assert granting.told(reader) == []


def test_whoever_commits_first_stands_first_and_nobody_waits_for_the_other(granting: Granting) -> None:
    with granting.connect(autocommit=True) as reader:
        with granting.connect() as slow:
            granting.grant(slow, 1)
            with granting.connect() as quick:
                granting.grant(quick, 2)  # begun later, committed first, while the other is still open
            assert granting.told(reader) == [(1, 2)]
        assert granting.told(reader) == [(1, 2), (2, 1)]


def test_what_is_rolled_back_leaves_no_gap(granting: Granting) -> None:
    with granting.connect() as one:
        granting.grant(one, 1)
        one.rollback()
        for number in (2, 3):
            granting.grant(one, number)
            one.commit()
        assert granting.told(one) == [(1, 2), (2, 3)]


def test_a_reader_never_meets_a_gap_that_is_filled_later(granting: Granting) -> None:
    def write(writer: int) -> None:
        with granting.connect() as own:
            for number in range(EACH):
                granting.grant(own, writer * EACH + number)
                own.commit()

    with granting.connect(autocommit=True) as reader, ThreadPoolExecutor(WRITERS) as threads:
        work = [threads.submit(write, one) for one in range(WRITERS)]
        seen: list[tuple[int, int]] = []
        while not all(one.done() for one in work):
            now = granting.told(reader)
            assert now[: len(seen)] == seen  # nothing came in before what was read already
            seen = now
        for one in work:
            one.result()
        seen = granting.told(reader)
    assert [position for position, _month in seen] == list(range(1, WRITERS * EACH + 1))
    assert {month for _position, month in seen} == set(range(WRITERS * EACH))
