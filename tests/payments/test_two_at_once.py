"""Runs on connections that commit: two at once, decisions that come between steps, and a process that is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import date
from functools import partial
from typing import Any

import psycopg
import pytest
from django.db import connection

from balsts.access.acting import in_scope
from balsts.database.server import APPLICATION, OWNER, PORT, Cluster
from balsts.law.engine.quantities import month_from
from balsts.payments.errors import RunExists, RunNotReady
from balsts.payments.models import Line, Overpaid, Posting, Run, RunStep
from balsts.payments.proof import prove
from balsts.payments.use_cases import prepare_run, release_run
from tests.access.people import LIEPAJA, office
from tests.database.apart import PATIENCE, Connections
from tests.payments.situations import (
    IBANS,
    Given,
    approved,
    approver,
    balance,
    case_of,
    granted,
    lines_of,
    overpaid_of,
    payee,
    prepared,
    preparer,
    releaser,
)
from tests.registry.situations import PLATFORM

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)
MONTH, NEXT = month_from("2026-01"), month_from("2026-02")


def test_of_two_runs_of_one_month_at_once_one_is_prepared(apart: Connections) -> None:
    granted(case_of(payee()), Given(8_700, JANUARY))
    who = preparer()
    found = apart.at_once(*[partial(prepare_run, who, MONTH)] * 2)
    assert sorted(type(one).__name__ for one in found) == ["Run", "RunExists"]
    with in_scope(PLATFORM):
        assert Line.objects.count() == 1


def test_runs_of_two_months_at_once_pay_each_month_once(apart: Connections) -> None:
    case = case_of(payee())
    granted(case, Given(8_700, JANUARY))
    who = preparer()
    found = apart.at_once(partial(prepare_run, who, MONTH), partial(prepare_run, who, NEXT))
    assert all(isinstance(one, Run | RunExists) for one in found), found
    assert set(balance(case).values()) == {8_700}
    assert [one.held for one in _lines()] == [""] * len(balance(case))


def test_a_case_that_moves_to_another_payer_is_paid_by_one_of_them(apart: Connections) -> None:
    case = case_of(payee())
    granted(case, Given(8_700, JANUARY, FEBRUARY))
    here, there = preparer(), preparer(office(LIEPAJA))

    def both() -> list[Any]:
        with in_scope(PLATFORM):
            type(case).objects.filter(pk=case.pk).update(institution=office(LIEPAJA))
        return [prepare_run(there, MONTH)]

    apart.at_once(partial(prepare_run, here, MONTH), both)
    assert list(balance(case).values()) == [8_700]


def test_of_two_who_release_at_once_one_does_and_it_is_posted_once(apart: Connections) -> None:
    granted(case_of(payee()), Given(8_700, JANUARY))
    run = approved(prepared("2026-01"))
    found = apart.at_once(*[partial(release_run, releaser(), run)] * 2)
    assert sorted(type(one).__name__ for one in found) == ["Run", "RunNotReady"]
    assert isinstance(next(one for one in found if isinstance(one, Exception)), RunNotReady)
    with in_scope(PLATFORM):
        assert Posting.objects.count() == 2


def test_a_decision_between_steps_changes_nothing_of_the_run_and_all_of_the_next(apart: Connections) -> None:
    del apart
    case, later = case_of(payee()), case_of(payee("Ozola", IBANS[1]))
    granted(case, Given(10_000, JANUARY))
    run = prepared("2026-01")
    granted(case, Given(6_000, JANUARY))
    granted(later, Given(5_000, JANUARY))
    assert lines_of(release_run(releaser(), approved(run))) == [("gmi_benefit", "2026-01", 10_000, "current", "")]
    with in_scope(approver()):
        assert prove(run).holds
    following = prepared("2026-02")
    assert overpaid_of(following) == [("gmi_benefit", "2026-01", 4_000)]
    assert sorted(one[1:3] for one in lines_of(following)) == [
        ("2026-01", 5_000), ("2026-02", 5_000), ("2026-02", 6_000)
    ]  # fmt: skip


def test_a_decision_that_is_being_signed_meanwhile_comes_with_the_next_run(apart: Connections) -> None:
    case = case_of(payee())
    began, goes_on = threading.Event(), threading.Event()

    def signing() -> None:
        granted(case, Given(8_700, JANUARY, FEBRUARY))
        began.set()
        assert goes_on.wait(PATIENCE)

    signed = apart.transact(signing)
    assert began.wait(PATIENCE)
    run = prepared("2026-01")
    goes_on.set()
    signed.result(PATIENCE)
    assert lines_of(run) == []
    with in_scope(approver()):
        # The run rests on a moment before the decision began, so the proof comes out the same for ever.
        assert prove(run).holds
    assert lines_of(prepared("2026-02")) == [("gmi_benefit", "2026-01", 8_700, "arrears", "")]


def test_what_is_added_to_the_books_sums_to_zero(apart: Connections, cluster: Cluster) -> None:
    granted(case_of(payee()), Given(8_700, JANUARY))
    released = release_run(releaser(), approved(prepared("2026-01")))
    add = ("INSERT INTO payments_posting (entry_id, run_id, number, of, account, programme, code, month, cents) "
           "SELECT id, run_id, 1, 'line', 'expense', 'own', 'gmi_benefit', '2026-01-01', side "
           "FROM payments_ledgerentry, unnest(%s::bigint[]) AS side WHERE run_id = %s")  # fmt: skip
    with cluster.connect(OWNER, apart.database) as owner:
        with pytest.raises(psycopg.Error, match="does not balance: 1 postings, 5 cents too much"):
            owner.execute(add, [[5], released.pk])
        owner.rollback()
        with pytest.raises(psycopg.Error, match="does not balance: 2 postings, -1 cents too much"):
            owner.execute(add, [[5, -6], released.pk])
        owner.rollback()
        owner.execute(add, [[5, -5], released.pk])
        owner.commit()


def test_no_entry_of_the_books_is_without_postings(apart: Connections, cluster: Cluster) -> None:
    granted(case_of(payee()), Given(8_700, JANUARY))
    run = approved(prepared("2026-01"))
    with cluster.connect(OWNER, apart.database) as owner:
        owner.execute("INSERT INTO payments_ledgerentry (run_id, line_id, at) SELECT run_id, id, now() "
                      "FROM payments_line WHERE run_id = %s", [run.pk])  # fmt: skip
        with pytest.raises(psycopg.Error, match="has no postings"):
            owner.commit()


@pytest.mark.parametrize(
    "text",
    ["UPDATE payments_line SET amount = 1", "DELETE FROM payments_posting", "DELETE FROM payments_runstep",
     "TRUNCATE payments_posting", "UPDATE payments_run SET month = '2026-02-01'", "DELETE FROM payments_run"],
)  # fmt: skip
def test_the_owner_cannot_change_what_is_written_either(apart: Connections, cluster: Cluster, text: str) -> None:
    granted(case_of(payee()), Given(8_700, JANUARY))
    release_run(releaser(), approved(prepared("2026-01")))
    with cluster.connect(OWNER, apart.database) as owner:
        with pytest.raises(psycopg.Error, match="never change"):
            owner.execute(text)
        owner.rollback()


_WORKER = """
import sys, uuid, django
django.setup()
from balsts.access.acting import Acting
from balsts.payments import use_cases
staff, institution, municipality, month = sys.argv[1:]
who = Acting(uuid.UUID(staff), uuid.UUID(institution), municipality, "payment_officer", "payments")
print("ready", flush=True)
use_cases.prepare_run(who, int(month))
"""


def _lines() -> list[Line]:
    with in_scope(PLATFORM):
        return list(Line.objects.order_by("number"))


def _is_writing() -> bool:
    """Whether a process waits at the last thing that preparing does: the first step of the run."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE relation = 'payments_runstep'::regclass AND NOT granted")
        return bool((cursor.fetchone() or (0,))[0])


def test_a_process_that_is_killed_while_it_prepares_leaves_nothing_half(apart: Connections, cluster: Cluster) -> None:
    for number in range(3):
        granted(case_of(payee(f"Liepa{'a' * number}", IBANS[number % 2])), Given(8_700, JANUARY, FEBRUARY))
    who = preparer()
    address = (f"postgresql://{APPLICATION}:{cluster.password(APPLICATION)}@/{apart.database}?host={cluster.socket}"
               f"&port={PORT}")  # fmt: skip
    surroundings = os.environ | {"DATABASE_URL": address, "BALSTS_SECRET_KEY": "0" * 50,
                                 "DJANGO_SETTINGS_MODULE": "balsts.settings"}  # fmt: skip
    arguments = [str(one) for one in (who.staff, who.institution, who.municipality, int(MONTH))]
    holds, lets_go = threading.Event(), threading.Event()

    def hold() -> None:
        """Nobody adds steps for now, so that whoever prepares stops when the lines are written."""
        with cluster.connect(OWNER, apart.database) as owner:
            owner.execute("LOCK TABLE payments_runstep IN SHARE MODE")
            holds.set()
            assert lets_go.wait(PATIENCE)
            owner.rollback()

    holding = apart.begin(hold)
    assert holds.wait(PATIENCE)
    with subprocess.Popen([sys.executable, "-c", _WORKER, *arguments], env=surroundings, stdout=subprocess.PIPE,
                          text=True) as killed:  # fmt: skip
        assert killed.stdout is not None
        assert killed.stdout.readline() == "ready\n"
        _until(_is_writing)
        killed.send_signal(signal.SIGKILL)
    lets_go.set()
    holding.result(PATIENCE)
    _until(lambda: not _others_prepare())
    with in_scope(PLATFORM):
        assert not any(kind.objects.exists() for kind in (Run, RunStep, Line, Overpaid))
    run = prepared("2026-01")
    assert [one[1:3] for one in lines_of(run)] == [("2026-01", 8_700)] * 3
    with in_scope(approver()):
        assert prove(run).holds


def _others_prepare() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%%payments_runstep%%' "
                       "AND state = 'active' AND pid <> pg_backend_pid()")  # fmt: skip
        return bool((cursor.fetchone() or (0,))[0])


def _until(found: Any) -> None:
    for _ in range(10 * PATIENCE):
        if found():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come to that")
