"""News of the registry start the work that takes them: one job, however much was stated, after the commit."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from balsts.access.acting import in_scope
from balsts.cases.dependency import has_news
from balsts.cases.models import Change
from balsts.database.server import APPLICATION, PORT, Cluster
from balsts.registry import waking
from balsts.registry.models import Duplicate, Fact
from balsts.registry.recording import ALWAYS, state, withdraw
from balsts.registry.use_cases import state_address, state_fact
from tests.access.people import RIGA
from tests.cases.situations import home
from tests.cases.test_reassessing import granted, january_was
from tests.database.apart import Connections
from tests.registry.situations import PLATFORM, declaration, finding, somebody


def jobs() -> list[tuple[str, str]]:
    """Jobs that look at news, oldest first."""
    with in_scope(PLATFORM):
        found = ProcrastinateJob.objects.filter(task_name="cases.news").order_by("pk")
        return list(found.values_list("status", "queueing_lock"))


WAITING = [("todo", "cases.news")]


def test_a_fact_that_is_recorded_leads_to_one_job_and_many_facts_leave_one(apart: Connections) -> None:
    assert jobs() == []
    anna = somebody()
    assert jobs() == WAITING
    for cents in range(3):
        with in_scope(PLATFORM):
            state_fact(declaration(), "savings_eur", cents, ALWAYS, person=anna)
            state_fact(declaration(), "wage_net_eur_month", cents, ALWAYS, person=anna)
    apart.at_once(*[lambda: state_savings(anna, 7), lambda: state_savings(somebody("Ilze"), 8)] * 2)
    assert jobs() == WAITING


def state_savings(person, cents: int) -> Fact:
    with in_scope(PLATFORM):
        return state_fact(declaration(), "savings_eur", cents, ALWAYS, person=person)


def test_whoever_wants_to_know_is_woken_once_for_a_transaction(
    apart: Connections, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[bool] = []
    monkeypatch.setattr(waking, "_SLEEPERS", [lambda: woken.append(True)])
    anna = somebody()
    assert woken == [True]
    with in_scope(PLATFORM):
        for cents in range(5):
            state_fact(declaration(), "savings_eur", cents, ALWAYS, person=anna)
        assert woken == [True]
    assert woken == [True] * 2


def test_what_is_rolled_back_or_is_no_news_leads_to_no_job(apart: Connections) -> None:
    anna = somebody()
    forget()
    with pytest.raises(RuntimeError):
        state_and_break_off(anna)
    with in_scope(PLATFORM):
        state_address(anna, declaration(), text="Lielā iela 1", municipality=RIGA)
    assert jobs() == []


def state_and_break_off(person) -> None:
    with in_scope(PLATFORM):
        state_fact(declaration(), "savings_eur", 1, ALWAYS, person=person)
        raise RuntimeError


def test_what_is_no_longer_believed_leads_to_a_job_too(apart: Connections) -> None:
    anna = somebody()
    with in_scope(PLATFORM):
        fact = state_fact(declaration(), "savings_eur", 1, ALWAYS, person=anna)
    forget()
    with in_scope(PLATFORM):
        withdraw(fact, declaration("it was somebody else's"))
    assert jobs() == WAITING


def test_two_entries_found_to_be_one_person_lead_to_a_job(apart: Connections) -> None:
    anna, again = somebody(), somebody("Anna", "Berzina")
    forget()
    with in_scope(PLATFORM):
        state(Duplicate(person=again, same_as=anna, source=finding("the same person"), valid=ALWAYS))
    assert jobs() == WAITING


def forget() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def test_a_waking_that_fails_is_logged_and_what_was_stated_stands(
    apart: Connections, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise ConnectionError("no more connections")

    monkeypatch.setattr(waking, "_SLEEPERS", [fail])
    anna = somebody()
    with in_scope(PLATFORM):
        assert Fact.objects.filter(person=anna).count() == 2
        assert has_news()
    assert "no more connections" in caplog.text


def test_a_fact_that_touches_a_decided_case_becomes_a_proposed_change_by_the_worker_alone(
    apart: Connections, cluster: Cluster
) -> None:
    found = home()
    decision = granted(found.mother)
    forget()
    january_was(found.mother, "100.00")
    work_once(cluster, apart.database)
    with in_scope(PLATFORM):
        change = Change.objects.get()
        assert (change.case_id, change.cause) == (decision.case_id, "fact")
        assert {one.month for one in change.lines.filter(code="gmi_benefit")} == {
            date(2026, month, 1) for month in (2, 3, 4)
        }  # fmt: skip
        assert not has_news()
    assert jobs() == []


def work_once(cluster: Cluster, database: str) -> None:
    """A worker in a process of its own does what is deferred."""
    address = (
        f"postgresql://{APPLICATION}:{cluster.password(APPLICATION)}@/{database}?host={cluster.socket}&port={PORT}"
    )
    surroundings = os.environ | {"DATABASE_URL": address, "BALSTS_SECRET_KEY": "0" * 50}
    subprocess.run([sys.executable, "-m", "balsts.cli", "cases", "work", "--once"], env=surroundings, check=True)
