"""What is kept back from payments, on pages and by calls: for staff by line, for the person with what is open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from balsts.access.acting import in_scope
from balsts.database.server import Cluster
from balsts.payments.lines import Asked, page_of
from balsts.payments.models import Run
from balsts.payments.preview import preview_of
from balsts.payments.sums import withheld_of
from balsts.registry.models import Person
from tests.payments.situations import approver, payee, prepared, released
from tests.payments.withholding_situations import claimed, line_of, ordered, overpaid_case, pensioner, touched_database
from tests.portal.callers import resident as calling
from tests.portal.callers import staff
from tests.portal.office import client_of
from tests.portal.paying import at, nobody_else_writes, page, plain
from tests.portal.visitors import resident

__all__ = ["nobody_else_writes"]
pytestmark = [pytest.mark.usefixtures("touched"), pytest.mark.django_db(databases=["default", "log"])]


@pytest.fixture(scope="module")
def touched(django_db_setup: None, django_db_blocker: DjangoDbBlocker, cluster: Cluster) -> Iterator[None]:
    yield from touched_database(django_db_blocker, cluster)


@pytest.fixture
def person() -> Person:
    """A pensioner from whose 600.00 a bailiff gets 120.00 a month."""
    found = pensioner()
    ordered(found)
    return found


@pytest.fixture
def run(person: Person) -> Run:
    return released("2026-01")


def test_a_run_tells_what_is_kept_back_of_it_and_its_findings_lead_to_the_lines(run: Run) -> None:
    client = client_of(approver())
    assert "Of it kept back 63.00 €" in plain(page(client, at(run, "payment_run")))
    shown = page(client, at(run, "payment_differences"))
    for finding in ("withheld", "new_creditor"):
        assert f"?finding={finding}" in shown
        assert "kept back 63.00 €" in plain(page(client, at(run, "payment_lines"), finding=finding))
    with in_scope(approver()):
        found = {one.kind: one.many for one in preview_of(run).findings}
        assert withheld_of(run) == 6_300
        for finding in ("withheld", "new_creditor"):
            assert len(page_of(run, Asked(finding)).rows) == found[finding] == 1
    assert "Kept back from lines 63.00 € Taken by orders 63.00 €" in plain(page(client, at(run, "payment_proof")))


def test_a_creditor_who_got_something_before_is_no_new_one(run: Run) -> None:
    following = prepared("2026-02")
    with in_scope(approver()):
        assert page_of(following, Asked("new_creditor")).rows == ()
        assert len(page_of(following, Asked("withheld")).rows) == 1


def test_a_line_tells_for_whom_what_is_kept_back_and_what_goes_to_the_account(run: Run, person: Person) -> None:
    number = line_of(run, person).number
    shown = plain(page(client_of(approver()), at(run, "payment_line", number)))
    assert "Maintenance Zvērināts tiesu izpildītājs Nr. 1 12-345/2026 63.00 €" in shown
    assert "What goes to the account 537.00 €" in shown
    told = staff(approver()).get(f"/payment-runs/{run.pk}/lines/{number}")
    assert [(one["kind"], one["cents"]) for one in told["kept_back"]] == [("maintenance", 6_300)]
    assert (told["line"]["amount"], told["line"]["withheld"]) == (60_000, 6_300)


def test_the_person_sees_line_by_line_what_was_kept_back_and_for_whom(run: Run, person: Person) -> None:
    told = plain(page(resident(person.pk), "/me/payments/").partition("What was paid</h2>")[2])
    assert "January 2026: 537.00 €" in told
    assert "kept back 63.00 €: maintenance, Zvērināts tiesu izpildītājs Nr. 1, 12-345/2026" in told
    assert "to the account 537.00 €" in told
    found = calling(person.pk).get("/my-payments")["items"]
    assert [(one["amount"], one["withheld"]) for one in found] == [(60_000, 6_300)]


def test_the_person_sees_what_is_claimed_back_what_was_kept_of_it_and_what_is_open() -> None:
    person, _case = overpaid_case()
    claimed()
    run = released("2026-03")
    shown = plain(page(resident(person.pk), "/me/payments/"))
    assert "What is to be paid back" in shown
    assert "ienākumi nebija norādīti" in shown
    assert "Kept back from payments 5.00 €, paid back 0.00 €, still open 5.00 € ." in shown.replace("€.", "€ .")
    assert "5.00 € a month is kept back, from March 2026 on." in shown
    line = plain(page(client_of(approver()), at(run, "payment_line", line_of(run, person).number)))
    assert "An overpayment that is paid back" in line
    stranger = payee("Ozola")
    assert "What is to be paid back" not in page(resident(stranger.pk), "/me/payments/")
