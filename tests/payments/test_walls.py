"""What nobody can do to the books by SQL either, and who sees what of payments."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from balsts.access.acting import Acting, in_scope, the_person
from balsts.access.errors import AccessDenied
from balsts.cases.models import Award, Case
from balsts.law.engine.quantities import month_from
from balsts.payments.models import LedgerEntry, Line, Posting, Run, RunStep
from balsts.payments.preview import preview_of
from balsts.payments.proof import prove
from balsts.payments.selectors import lines_of_person, run_of
from balsts.payments.use_cases import acknowledge, prepare_run, release_run
from balsts.registry.models import BankAccount, Person
from tests.access.people import LIEPAJA, RIGA, office
from tests.cases.situations import head, worker
from tests.payments.situations import (
    IBANS,
    Given,
    approved,
    approver,
    case_of,
    granted,
    lines_of,
    payee,
    prepared,
    preparer,
    refused,
    released,
    releaser,
)
from tests.registry.situations import PLATFORM

pytestmark = pytest.mark.django_db(databases=["default", "log"])
JANUARY = date(2026, 1, 1)


def a_run() -> Run:
    granted(case_of(payee()), Given(8_700, JANUARY))
    return prepared("2026-01")


_STEP = "INSERT INTO payments_runstep (run_id, step, at, by_staff, detail) VALUES (%s, %s, now(), %s, %s)"


def test_no_step_is_skipped_or_taken_by_the_same_person_by_sql() -> None:
    run, who, other = a_run(), approver(), releaser()
    refused(who, _STEP, [run.pk, "approved", who.staff, "x"], "cannot follow the state prepared")
    refused(who, _STEP, [run.pk, "released", who.staff, "x"], "cannot follow the state prepared")
    refused(who, _STEP, [run.pk, "acknowledged", other.staff, "x"], "taken by who acts")
    refused(preparer(), _STEP, [run.pk, "acknowledged", preparer().staff, "x"], "for staff of the payer who may do it")
    approved(run)
    refused(who, _STEP, [run.pk, "released", who.staff, ""], "whoever took an earlier step")
    refused(releaser(office(LIEPAJA)), _STEP, [run.pk, "released", releaser(office(LIEPAJA)).staff, ""],
            "for staff of the payer")  # fmt: skip


def test_whoever_prepared_cannot_approve_or_release_in_another_role() -> None:
    run, who = a_run(), preparer()
    both = Acting(who.staff, who.institution, who.municipality, "payment_head", "payments")
    refused(both, _STEP, [run.pk, "acknowledged", who.staff, "x"], "whoever took an earlier step")
    approved(run)
    refused(both, _STEP, [run.pk, "released", who.staff, ""], "whoever took an earlier step")


def test_an_approval_rests_on_ones_own_acknowledgement() -> None:
    run, who, other = a_run(), approver(), releaser()
    with in_scope(other):
        seen = preview_of(run).digest
    acknowledge(other, run, seen)
    refused(who, _STEP, [run.pk, "approved", who.staff, ""], "has looked through its differences")


@pytest.mark.parametrize(
    "text",
    [
        "UPDATE payments_run SET state = 'released'",
        "UPDATE payments_line SET amount = 1",
        "DELETE FROM payments_line",
        "UPDATE payments_runstep SET by_staff = gen_random_uuid()",
        "DELETE FROM payments_posting",
        "UPDATE payments_programme SET programme = '04.01.00'",
        "INSERT INTO payments_ledgerentry (run_id, line_id, at) SELECT run_id, id, now() FROM payments_line",
        "SELECT payments_post(id) FROM payments_run",
        "SELECT payments_write_lines(id, month, pay_on, snapshot_at) FROM payments_run",
    ],
)
def test_the_application_changes_nothing_of_the_books_by_itself(text: str) -> None:
    a_run()
    refused(releaser(), text, [], "permission denied|does not exist")


def released_run() -> Run:
    granted(case_of(payee()), Given(8_700, JANUARY))
    return released("2026-01")


# ------------------------------------------------------------------------------------------- who sees what


def test_staff_of_another_municipality_see_nothing_and_can_do_nothing() -> None:
    run, there = released_run(), office(LIEPAJA)
    for who in (preparer(there), approver(there), releaser(there)):
        with in_scope(who):
            assert not Run.objects.exists()
            assert not any(kind.objects.exists() for kind in (RunStep, Line, LedgerEntry, Posting))
            assert preview_of(run).findings == ()
            assert prove(run).decided == 0
    with pytest.raises(AccessDenied):
        release_run(releaser(there), run)


def test_staff_who_decide_cases_see_and_prepare_no_payments() -> None:
    released_run()
    for who in (worker(), head()):
        with in_scope(who):
            assert not Line.objects.exists()
            assert not Posting.objects.exists()
        with pytest.raises(AccessDenied):
            prepare_run(who, run_month())


def run_month() -> Any:
    return month_from("2026-02")


def test_somebody_sees_their_own_lines_once_they_are_released_and_nobody_elses() -> None:
    mine, theirs = payee(), payee("Ozola", IBANS[1])
    for one in (mine, theirs):
        granted(case_of(one), Given(8_700, JANUARY))
    run = approved(prepared("2026-01"))
    with in_scope(the_person(mine.pk)):
        assert not Line.objects.exists()
    release_run(releaser(), run)
    with in_scope(the_person(mine.pk)):
        assert [(one.payee_id, one.amount) for one in Line.objects.all()] == [(mine.pk, 8_700)]
        assert [one.amount for one in lines_of_person(mine.pk)] == [8_700]
        assert not lines_of_person(theirs.pk).exists()
        assert not Posting.objects.exists()
        assert not Run.objects.exists()


def test_a_run_of_a_payer_takes_the_cases_of_that_payer_alone() -> None:
    here, there = office(RIGA), office(LIEPAJA)
    granted(case_of(payee(), here), Given(8_700, JANUARY))
    granted(case_of(payee("Ozola", IBANS[1], LIEPAJA), there), Given(6_100, JANUARY))
    assert [one[2] for one in lines_of(prepared("2026-01", here))] == [8_700]
    run = prepared("2026-01", there)
    assert [one[2] for one in lines_of(run)] == [6_100]
    with in_scope(preparer(here)):
        assert run_of(preparer(here), run_month() - 1) is not None
        assert Run.objects.count() == 1


def test_an_officer_of_payments_sees_no_case_and_no_person() -> None:
    released_run()
    with in_scope(preparer()):
        assert not any(kind.objects.exists() for kind in (Award, Case, BankAccount, Person))
    with in_scope(PLATFORM):
        assert Award.objects.exists()
