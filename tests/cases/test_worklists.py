"""Lists of an office's cases: order, paging, what waits for whom, and what a page costs."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from balsts.access.acting import Acting, in_scope, the_person
from balsts.access.errors import AccessDenied
from balsts.cases.appeals import contest
from balsts.cases.assessing import assess, draft
from balsts.cases.chain import check
from balsts.cases.figures import figures_of
from balsts.cases.models import Case, Change
from balsts.cases.selectors import months_of
from balsts.cases.tasks import finish_task, make_task
from balsts.cases.worklists import LISTS, Place, counts, types_of, worklist
from balsts.cases.writing import write
from balsts.law.engine.errors import DomainError
from tests.access.people import LIEPAJA, RIGA, at_work, office
from tests.cases.situations import applied, decided, head, home, worker
from tests.registry.situations import PLATFORM, somebody

pytestmark = pytest.mark.django_db(databases=["default", "log"])


def many(number: int, who: Acting, *, stage: str = "received", without_term: int = 0) -> list[Case]:
    """So many cases of the office of who acts, each with a term a day later than the one before, some without."""
    subject, today = somebody(), timezone.localdate()
    with in_scope(PLATFORM):
        return Case.objects.bulk_create([
            Case(number=f"ZZ-2026-{uuid.uuid4().hex[:9]}", type="assistance", purpose="social_assistance",
                 institution_id=who.institution, subject=subject, stage=stage,
                 due_on=None if one < without_term else today + timedelta(days=one - number // 2))
            for one in range(number)
        ])  # fmt: skip


def all_of(who: Acting, name: str, **asked: str) -> list[Case]:
    """A whole list, page after page."""
    found, after = [], None
    with in_scope(who):
        while True:
            page = worklist(who, name, after=after, most=7, **asked)
            found += page.cases
            if page.following is None:
                return found
            after = Place.read(str(page.following))
            assert after == page.following


def test_pages_follow_each_other_without_a_gap_the_nearest_term_first_and_those_without_last() -> None:
    who = worker()
    many(40, who, without_term=9)
    many(12, who, stage="assessed", without_term=3)
    many(5, worker(LIEPAJA))
    found = all_of(who, "all")
    assert len({one.pk for one in found}) == len(found) == 52
    assert [(one.due_on or date.max) for one in found] == sorted((one.due_on or date.max) for one in found)
    assert len(all_of(who, "all", stage="assessed")) == 12
    assert all_of(who, "all", type_code="crisis") == []


def test_lists_and_their_counts_agree() -> None:
    who = worker()
    mine = many(20, who)[:3]
    with in_scope(who):
        for one in mine:
            one.assigned_to_id = who.staff
            one.save(update_fields=["assigned_to"])
        numbers = counts(who)
        assert "assistance" in types_of(who)
    assert numbers["mine"] == 3
    assert numbers["unassigned"] == 17
    assert numbers["overdue"] == 10
    assert numbers["week"] == 7
    for name in LISTS:
        assert len(all_of(who, name)) == numbers[name], name


def test_a_draft_waits_for_a_second_pair_of_eyes_and_never_for_whoever_drafted_it() -> None:
    chief = head()
    other = at_work("other-head", office(RIGA), "social_service_head", "social_assistance")
    case = applied(chief, home().mother).case
    decision = draft(chief, case, determination=assess(chief, case, seen=None).pk)
    assert all_of(chief, "second") == []
    assert all_of(other, "second") == [case]
    check(other, decision)
    assert all_of(other, "second") == [case]


def test_a_page_asks_the_database_as_often_whatever_it_shows() -> None:
    who = worker()

    def asked() -> int:
        with in_scope(who), CaptureQueriesContext(connection) as queries:
            list(worklist(who, "all").cases)
            counts(who)
        return len(queries)

    many(3, who)
    few = asked()
    many(60, who)
    assert asked() <= few


def test_a_list_is_read_along_an_index() -> None:
    who = worker()
    many(3000, who)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        with in_scope(who):
            cursor.execute(
                "EXPLAIN SELECT id FROM cases_case WHERE institution_id = %s AND stage = 'received' AND due_on >= %s "
                "ORDER BY due_on, id LIMIT 26", [who.institution, timezone.localdate()],
            )  # fmt: skip
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "case_worklist" in plan
    assert "Sort" not in plan


def test_figures_of_the_office_count_what_its_lists_hold() -> None:
    who, chief = worker(), head()
    decided(who, chief, home().mother)
    many(20, who)
    with in_scope(who):
        numbers = counts(who)
    found = figures_of(chief, timezone.localdate().replace(day=1))
    assert (found.to_do, found.overdue) == (20, numbers["overdue"])
    assert found.stages == {"received": 20, "running": 1}
    assert (found.decided, found.automatic) == ({"grant": 1}, 0)
    assert [(one.staff, one.to_do) for one in found.loads] == [(None, 20)]
    with pytest.raises(AccessDenied):
        figures_of(who, timezone.localdate())


def test_what_is_granted_stands_in_its_months() -> None:
    decision = decided(worker(), head(), home().mother)
    with in_scope(PLATFORM):
        found = months_of(decision.awards.prefetch_related("spans"), date(2026, 3, 1), date(2027, 1, 1))
    money = [(one.month - 24312, one.amount) for one in found if one.award.code == "gmi_benefit"]
    assert money == [(2, 254_00), (3, 254_00)]


def test_a_task_is_done_once_by_whoever_was_first_and_messages_say_something() -> None:
    who, chief = worker(), head()
    case = applied(who, home().mother).case
    key = uuid.uuid4()
    task = make_task(who, case, key=key, detail="Piezvanīt", due_on=None)
    assert make_task(who, case, key=key, detail="Piezvanīt", due_on=None).pk == task.pk
    finish_task(who, task)
    finish_task(chief, task)
    with in_scope(who):
        task.refresh_from_db()
        assert task.done_by == who.staff
        assert case.events.filter(kind="task_done").count() == 1
    with pytest.raises(DomainError, match="Write something"):
        write(who, case, "  ", key=uuid.uuid4())
    with pytest.raises(AccessDenied):
        write(worker(LIEPAJA), case, "x", key=uuid.uuid4())


def test_counts_of_whoever_hears_appeals_are_those_of_their_lists() -> None:
    found = home()
    decision = decided(worker(), head(), found.mother)
    contest(the_person(found.mother.pk), decision, key=uuid.uuid4(), grounds="Alga ir mazāka.",
            received_on=date(2026, 3, 2))  # fmt: skip
    hearer = at_work("hearer", office(RIGA), "appeals_officer", "appeal")
    with in_scope(PLATFORM):
        Change.objects.create(case=decision.case, before=decision.determination, after=decision.determination,
                              cause="fact")  # fmt: skip
    with in_scope(hearer):
        numbers = counts(hearer)
    assert numbers["contested"] == 1
    for name in LISTS:
        assert len(all_of(hearer, name)) == numbers[name], name
