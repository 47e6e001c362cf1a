"""A run at the bank, as pages and calls tell it: files, what came back and what it means, matters and how they end."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from balsts.access.acting import in_scope, the_person
from balsts.access.models import AccessRecord
from balsts.payments.bank_work import settle_matter
from balsts.payments.models import BankFile, Line, Matter, Run
from balsts.registry.models import Person
from balsts.registry.recording import days
from balsts.registry.use_cases import state_account
from tests.access.people import LIEPAJA, auditor, office
from tests.payments.at_the_bank import bank, days_at, open_account, round_at
from tests.payments.payout_situations import SUPPLIER, chosen, to_supplier
from tests.payments.situations import IBANS, Given, case_of, granted, payee, prepared, released
from tests.portal.callers import staff
from tests.portal.office import client_of
from tests.portal.paying import FEBRUARY, JANUARY, approver, at, nobody_else_writes, page, plain, preparer
from tests.portal.visitors import resident
from tests.registry.situations import LONG_AGO, PLATFORM, declaration

__all__ = ["nobody_else_writes"]
pytestmark = pytest.mark.django_db(databases=["default", "log"])


@pytest.fixture(autouse=True)
def _kept_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "PAYMENT_FILES", tmp_path / "kept" / "payments")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """A released January: one line paid out, one returned because its account is closed."""
    open_account()
    granted(case_of(payee("Ozola", IBANS[0])), Given(12_345, JANUARY, FEBRUARY))
    granted(case_of(payee("Bērziņa", IBANS[1])), Given(8_700, JANUARY, FEBRUARY))
    made = released("2026-01")
    with bank(tmp_path / "bank", returned_accounts={IBANS[1]: "AC04"}) as running:
        round_at(running)
        days_at(running, 3)
    return made


def returned(run: Run) -> Line:
    with in_scope(PLATFORM):
        return Line.objects.get(run=run, amount=8_700)


def the_matter() -> Matter:
    with in_scope(PLATFORM):
        return Matter.objects.get(settled_at=None)


def test_the_files_of_a_run_stand_with_their_hash_sums_and_steps(run: Run) -> None:
    with in_scope(PLATFORM):
        file = BankFile.objects.get(run=run)
    shown = plain(page(client_of(approver()), at(run, "payment_files")))
    assert all(one in shown for one in (file.sha256, file.name, "210.45 €", "2 transfers", "lines 1 to 2"))
    assert all(one in shown for one in ("Kept, not sent yet", "Received by the bank", "Accepted by the bank"))
    assert "Paid out 2 210.45 €" in shown
    assert "Returned 1 87.00 €" in shown
    assert [one["state"] for one in staff(approver()).get(f"/payment-runs/{run.pk}/files")] == ["accepted"]


def test_what_came_back_stands_with_its_code_what_it_means_and_what_to_do(run: Run) -> None:
    shown = plain(page(client_of(approver()), at(run, "payment_returns")))
    assert "AC04: The account is closed." in shown
    assert "Ask the payee for another account" in shown
    assert "AC04: Konts ir slēgts." in page(client_of(approver()), at(run, "payment_returns"), lang="lv")
    found = staff(approver()).get(f"/payment-runs/{run.pk}/returns")
    assert [(one["number"], one["kind"], one["reason"]) for one in found["items"]] == [
        (returned(run).number, "returned", "AC04")
    ]
    line = plain(page(client_of(approver()), at(run, "payment_line", returned(run).number)))
    assert "In file 1: accepted by the bank" in line
    assert "AC04: The account is closed." in line


def test_the_next_run_holds_what_would_go_to_the_same_account(run: Run) -> None:
    following = prepared("2026-02")
    with in_scope(PLATFORM):
        line = Line.objects.get(run=following)
    assert (line.kind, line.held) == ("again", "account_back")
    shown = plain(page(client_of(preparer()), at(following, "payment_line", line.number)))
    assert "the bank does not pay to this account" in shown
    assert "the bank sent it back" in shown
    assert "1 matter of the bank is to be settled" in plain(page(client_of(preparer()), "/payments/waiting/"))


def test_a_matter_is_settled_once_by_a_payment_officer_alone(run: Run) -> None:
    matter, officer = the_matter(), client_of(preparer())
    here = f"/payments/matters/{matter.pk}/"
    assert here in page(officer, "/payments/matters/")
    assert "A payment officer settles it." in page(client_of(approver()), here)
    assert client_of(approver()).post(here, {"note": "x"}).status_code == 403
    assert officer.post(here, {"note": " "}).status_code == 422
    assert officer.post(here, {"note": "asked for another account"}).headers["Location"] == "/payments/matters/"
    assert here not in page(officer, "/payments/matters/")
    assert "asked for another account" in page(officer, here)
    answer = officer.post(here, {"note": "again"}, headers={"accept-language": "lv"})
    assert answer.status_code == 409
    assert "Jautājums jau ir nokārtots" in answer.content.decode()


def test_a_matter_is_settled_by_the_api_and_twice_under_one_key_is_once(run: Run) -> None:
    matter, key = the_matter(), "0b0d9a3e-6b7e-4f2c-9d3e-000000000001"
    staff(approver()).post(f"/payment-matters/{matter.pk}/settle", {"note": "x"}, 403)
    assert [one["kind"] for one in staff(preparer()).get("/payment-matters")["items"]] == ["back"]
    for _ in range(2):
        done = staff(preparer()).post(f"/payment-matters/{matter.pk}/settle", {"note": "x"}, Idempotency_Key=key)
        assert done["settled_at"] is not None
    staff(preparer()).post(f"/payment-matters/{matter.pk}/settle", {"note": "x"}, 409)
    assert staff(preparer()).get("/payment-matters")["items"] == []


def test_another_payer_sees_neither_files_nor_matters(run: Run) -> None:
    matter, there = the_matter(), preparer(office(LIEPAJA))
    client = client_of(there)
    assert f"/matters/{matter.pk}/" not in page(client, "/payments/matters/")
    assert client.get(f"/payments/matters/{matter.pk}/").status_code == 404
    assert client.post(f"/payments/matters/{matter.pk}/", {"note": "x"}).status_code == 404
    assert client.get("/payments/matters/99999999999999999999/").status_code == 404
    staff(there).post(f"/payment-matters/{matter.pk}/settle", {"note": "x"}, 404)
    staff(there).get(f"/payment-runs/{run.pk}/files", 404)
    assert the_matter().pk == matter.pk


def test_looking_at_a_matter_of_somebody_leaves_a_record(run: Run) -> None:
    matter = the_matter()
    page(client_of(preparer()), f"/payments/matters/{matter.pk}/")
    with in_scope(auditor(), "log"):
        rows = AccessRecord.objects.using("log").filter(subject=matter.person_id, role="payment_officer")
        assert [one.detail for one in rows] == [f"a payment line; reason: payment 2026-01 monthly {matter.number}"]


def test_the_person_is_told_what_came_back_and_what_to_do(run: Run) -> None:
    mine = returned(run)
    told = plain(page(resident(mine.payee_id), "/me/payments/").partition("What was paid</h2>")[2])
    assert "came back" in told
    assert "Your bank did not take the payment to this account." in told
    assert "January 2026: 0.00 €" in told
    with in_scope(PLATFORM):
        other = Line.objects.get(run=run, amount=12_345)
    told = plain(page(resident(other.payee_id), "/me/payments/").partition("What was paid</h2>")[2])
    assert "January 2026: 123.45 €" in told
    assert "paid out" in told
    assert "came back" not in told


def test_of_what_an_account_of_a_supplier_did_not_take_the_person_is_told_whose_account_it_was(tmp_path: Path) -> None:
    open_account()
    person = payee()
    granted(case_of(person), Given(8_700, JANUARY))
    chosen(person, to_supplier())
    first = released("2026-01")
    with bank(tmp_path / "bank", returned_accounts={SUPPLIER: "AC04"}) as running:
        round_at(running)
        days_at(running, 3)
    client = resident(person.pk)
    shown = plain(page(client, "/me/payments/"))
    assert "The account of SIA Siltums did not take the payment." in shown
    second = released("2026-02")
    shown = plain(page(client, "/me/payments/"))
    assert "The account of SIA Siltums did not take an earlier payment." in shown
    assert "Your bank" not in shown
    assert "saņēmēja SIA Siltums konts" in page(client, "/me/payments/", lang="lv")
    assert "Jūsu banka" not in page(client, "/me/payments/", lang="lv")
    with in_scope(PLATFORM):
        held = Line.objects.filter(run=second).order_by("number")[0].number
    assert "record a choice with it" in page(client_of(approver()), at(second, "payment_line", held))
    assert "Line 1, January 2026" in plain(page(client_of(approver()), f"/payments/choices/{choice_of(first)}/"))


def choice_of(run: Run) -> str:
    with in_scope(PLATFORM):
        return str(Line.objects.get(run=run).choice_id)


def test_what_came_back_is_told_as_paid_later_only_once_it_stays(run: Run) -> None:
    mine = returned(run)
    with in_scope(PLATFORM):
        person = Person.objects.get(pk=mine.payee_id)
        state_account(person, declaration(), IBANS[0], days(LONG_AGO))
    settle_matter(preparer(), the_matter(), "stated another account")
    released("2026-02")
    told = plain(page(resident(mine.payee_id), "/me/payments/").partition("What was paid</h2>")[2])
    assert "paid later" in told
    assert "February 2026: 87.00 €" in told
    assert "paid again after it came back" in told


def test_a_person_learns_nothing_of_what_the_bank_said_of_others(run: Run) -> None:
    mine = returned(run)
    with in_scope(PLATFORM):
        other = Line.objects.get(run=run, amount=12_345)
    for who, expected in ((the_person(mine.payee_id), {mine.pk}), (the_person(other.payee_id), {other.pk}),
                          (approver(), set())):  # fmt: skip
        with in_scope(who), connection.cursor() as cursor:
            cursor.execute("SELECT line FROM payments_said_of_own(%s)", [[mine.pk, other.pk]])
            assert {row[0] for row in cursor.fetchall()} == expected


def test_the_proof_goes_down_to_what_the_bank_paid_and_what_came_back(run: Run) -> None:
    shown = plain(page(client_of(approver()), at(run, "payment_proof")))
    assert "all sums agree" in shown
    assert "What goes to the bank 210.45 € In files 210.45 €" in shown
    assert "Paid out by the bank, less what it returned 123.45 € in the ledger 123.45 €" in shown
    assert "Came back or never went, to be paid again 87.00 €" in shown
    assert "Execution of the budget by this run 123.45 €" in shown
    found = staff(approver()).get(f"/payment-runs/{run.pk}/proof")
    assert (found["paid"], found["back"], found["waiting"], found["executed"]) == (12_345, 8_700, 0, 12_345)
