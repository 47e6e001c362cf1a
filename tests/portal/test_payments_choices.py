"""Choices of where money goes, and what is handed out by post and in cash: on pages and by calls, by role and state."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from balsts.access.acting import in_scope
from balsts.access.models import AccessRecord
from balsts.payments.models import Event, PayoutChoice, Run
from balsts.payments.payout_lists import path_of
from balsts.payments.payouts import record_choice
from balsts.registry.models import Identifier, Person
from balsts.registry.recording import days, state
from tests.access.people import LIEPAJA, auditor, office
from tests.payments.payout_situations import HOME, SUPPLIER, answer, by_post, chosen, in_cash, named, to_supplier
from tests.payments.situations import Given, approver, case_of, granted, payee, prepared, preparer, released, releaser
from tests.portal.callers import resident as calling
from tests.portal.callers import staff
from tests.portal.office import client_of
from tests.portal.paying import JANUARY, ROLES, at, nobody_else_writes, page, plain
from tests.portal.test_payments_claims import send
from tests.portal.visitors import resident
from tests.registry.situations import PLATFORM, declaration

__all__ = ["nobody_else_writes"]
pytestmark = pytest.mark.django_db(databases=["default", "log"])
HERE, CODE = "/payments/choices/", "01019012345"
SAID = {
    "code": CODE, "right": "", "channel": "account", "name": "SIA Siltums", "iban": SUPPLIER, "reference": "L-12/345",
    "address": "", "basis": "lēmums par dzīvokļa pabalstu", "since": "01.01.2026", "until": "31.12.2026",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _kept_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "PAYMENT_FILES", tmp_path / "payments")


@pytest.fixture
def person() -> Person:
    """Somebody to whom 87.00 is granted."""
    found = payee()
    with in_scope(PLATFORM):
        state(Identifier(person=found, source=declaration(), scheme="personal_code", value=CODE, valid=days(None)))
    granted(case_of(found), Given(8_700, JANUARY))
    return found


def of(choice: PayoutChoice, step: str = "") -> str:
    args = [choice.pk, step] if step else [choice.pk]
    return reverse("payment_choice_step" if step else "payment_choice", args=args)


def believed(choice: PayoutChoice) -> tuple[bool, bool]:
    with in_scope(PLATFORM):
        one = PayoutChoice.objects.get(pk=choice.pk)
    return one.agreed_by is not None, one.ended_by is not None


def upload(content: bytes) -> dict[str, Any]:
    return {"answer": SimpleUploadedFile("answer.csv", content, content_type="text/csv")}


# ------------------------------------------------------------------------------------------- choices


def test_a_choice_is_recorded_agreed_to_followed_and_ended_by_pages(person: Person) -> None:
    officer, head = client_of(preparer()), client_of(approver())
    key = str(uuid.uuid4())
    found = {send(officer, f"{HERE}new/", SAID, key).headers["Location"] for _ in range(2)}
    assert len(found) == 1
    here = found.pop()
    told = plain(page(head, here))
    assert "Anna Bērziņa" in told
    assert f"SIA Siltums, {SUPPLIER}" in told
    assert "01.01.2026 – 31.12.2026" in told
    assert "Where your money goes" not in page(resident(person.pk), "/me/payments/")
    for _ in range(2):
        assert send(head, f"{here}steps/agree/").headers["Location"] == here
    released("2026-01")
    assert "Line 1, January 2026, monthly : 87.00 €" in plain(page(officer, here))
    own = plain(page(resident(person.pk), "/me/payments/"))
    assert "To an account of an institution or supplier: SIA Siltums, •••• 0017" in own
    assert "lēmums par dzīvokļa pabalstu" in own
    assert "in force" in page(officer, HERE, state="in_force")
    assert send(officer, f"{here}steps/end/", {"reason": "izīrē citur"}).headers["Location"] == here
    assert "None is in this state." in page(officer, HERE, state="in_force")
    assert "Where your money goes" not in page(resident(person.pk), "/me/payments/")


@pytest.mark.parametrize(("said", "words"), [
    ({"iban": ""}, "Fill this in."),
    ({"iban": "LV00"}, "Enter an account such as"),
    ({"channel": "post", "name": "", "iban": "", "reference": ""}, "Fill this in."),
    ({"channel": "cash"}, "Leave this empty: it does not belong to the way that is chosen."),
    ({"channel": ""}, "Choose where the money goes."),
    ({"until": "31.12.2025"}, "The last day is before the first one."),
    ({"basis": ""}, "Say why."),
])  # fmt: skip
def test_what_is_typed_wrongly_is_told_at_its_field(person: Person, said: dict[str, str], words: str) -> None:
    answered = send(client_of(preparer()), f"{HERE}new/", SAID | said)
    assert answered.status_code == 422
    assert words in answered.content.decode()
    with in_scope(PLATFORM):
        assert not PayoutChoice.objects.filter(payee=person).exists()


@pytest.mark.parametrize("where", ["proposed", "in_force", "over"])
def test_no_role_takes_a_step_that_is_not_open_by_any_address(person: Person, where: str) -> None:
    choice = record_choice(preparer(), person.pk, in_cash()) if where == "proposed" else chosen(person, in_cash())
    if where == "over":
        send(client_of(approver()), of(choice, "end"), {"reason": "kļūda"})
    before = believed(choice)
    for role, who in ROLES.items():
        client = client_of(who())
        shown = page(client, of(choice))
        is_open = where == "proposed" and role != "preparer"
        assert (f'href="{of(choice, "agree")}"' in shown) is is_open
        assert (f'href="{of(choice, "end")}"' in shown) is (where != "over")
        if role != "preparer":
            assert send(client, f"{HERE}new/", SAID).status_code == 403
            assert client.post(f"{HERE}answer/", upload(b"x")).status_code == 403
        if not is_open:
            is_own = role == "approver"
            expected = 403 if role == "preparer" else 302 if is_own else 409
            assert send(client, of(choice, "agree")).status_code == expected, role
        if where == "over":
            assert send(client, of(choice, "end"), {"reason": "x"}).status_code == (302 if role == "approver" else 409)
        assert believed(choice) == before


def test_what_is_of_another_payer_does_not_exist(person: Person) -> None:
    choice = chosen(person, by_post())
    for who in ROLES.values():
        client, caller = client_of(who(office(LIEPAJA))), staff(who(office(LIEPAJA)))
        assert str(choice.pk) not in page(client, HERE)
        page(client, of(choice), 404)
        for step in ("agree", "end"):
            assert send(client, of(choice, step), {"reason": "x"}).status_code == 404
        assert caller.get("/payment-choices") == {"items": [], "next": None}
        caller.get(f"/payment-choices/{choice.pk}", 404)
    assert believed(choice) == (True, False)


def test_a_list_names_nobody_and_an_opened_choice_stands_in_the_persons_record(person: Person) -> None:
    choice = chosen(person, by_post())
    shown = page(client_of(preparer()), HERE)
    assert "Bērziņa" not in shown
    assert HOME not in shown
    assert HOME in page(client_of(preparer()), of(choice))
    told = staff(approver()).get(f"/payment-choices/{choice.pk}")
    assert (told["payee"], told["address"], told["channel"]) == ("Anna Bērziņa", HOME, "post")
    assert HOME not in str(staff(approver()).get("/payment-choices", state="in_force"))
    with in_scope(auditor(), "log"):
        rows = AccessRecord.objects.using("log").filter(subject=person.pk, action="read").order_by("-number")[:2]
        assert [one.detail for one in rows] == ["where payments go; reason: application SP-1", "where payments go"]
    assert "where payments go, if not to your own account" in page(resident(person.pk), "/me/who-looked/")


def test_the_number_of_questions_to_the_database_does_not_grow_with_choices(person: Person) -> None:
    client = client_of(preparer())

    def asked() -> int:
        page(client, HERE)
        with CaptureQueriesContext(connection) as queries:
            page(client, HERE)
        return len(queries)

    chosen(person, in_cash())
    one = asked()
    for number in range(4):
        record_choice(preparer(), person.pk, to_supplier(reference=f"L-{number}"))
    assert asked() == one


# ------------------------------------------------------------------------------------------- post and cash


def paid_in(person: Person, payout: Any) -> Run:
    chosen(person, payout)
    return released("2026-01")


def test_lists_are_written_saved_and_the_answer_of_the_post_is_applied_by_pages(person: Person) -> None:
    run = paid_in(person, by_post())
    officer, head, here = client_of(preparer()), client_of(approver()), at(run, "payment_payouts")
    assert "No list is written yet." in page(officer, here)
    assert "Write the lists" not in page(head, here)
    assert head.post(here).status_code == 403
    for _ in range(2):
        assert officer.post(here).headers["Location"] == here
    told = plain(page(officer, here))
    assert "1 payout, 87.00 €" in told
    assert "nothing was said of it yet" in told
    assert "Bērziņa" not in told
    saved = officer.get(at(run, "payment_payout_list", "post"))
    assert HOME in saved.content.decode()
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert head.get(at(run, "payment_payout_list", "post")).status_code == 403
    page(officer, at(run, "payment_payout_list", "cash"), 404)
    with in_scope(auditor(), "log"):
        rows = AccessRecord.objects.using("log").filter(subject=person.pk, action="export")
        assert {one.detail for one in rows} == {"list of payouts: post"}
        assert len(rows) == 3
    for new in (1, 0):
        done = officer.post(f"{HERE}answer/", upload(answer((named(run), "undelivered"))))
        shown = page(officer, done.headers["Location"])
        assert f"0 paid out, 1 undelivered; {new} of them were new." in shown
    assert "not handed out, owed again" in page(officer, here)
    assert "The payment was not handed out." in page(resident(person.pk), "/me/payments/")
    found = staff(approver()).get(f"/payment-runs/{run.pk}/payouts", channel="post")
    assert [(one["number"], one["state"], one["cents"]) for one in found["items"]] == [(1, "again", 8_700)]
    assert staff(approver()).get(f"/payment-runs/{run.pk}/payouts", channel="cash")["items"] == []


def test_a_list_whose_bytes_are_gone_is_said_to_be_and_can_be_written_anew(person: Person) -> None:
    run = paid_in(person, by_post())
    officer, here = client_of(preparer()), at(run, "payment_payouts")
    officer.post(here)
    with in_scope(PLATFORM):
        kept = path_of(run.payout_lists.get().sha256)
    kept.unlink()
    for lang, words in (("en", "its bytes are not kept any more"), ("lv", "datnes vairs nav")):
        answered = officer.get(at(run, "payment_payout_list", "post"), headers={"accept-language": lang})
        assert answered.status_code == 409
        assert words in answered.content.decode()
    officer.post(here)
    assert officer.get(at(run, "payment_payout_list", "post")).status_code == 200


def test_an_answer_that_does_not_fit_is_told_by_row_and_changes_nothing(person: Person) -> None:
    run = paid_in(person, by_post())
    client = client_of(preparer())
    for content, lang, words in (
        (answer((named(run), "paid"), ("B000000001L000000001K00", "paid")), "en", "row 3: the number is not one"),
        (answer((named(run), "lost")), "lv", "2. rinda: šāda stāvokļa nav"),
        (b"\xff", "lv", "Atbilde nav CSV tabula"),
    ):
        answered = client.post(f"{HERE}answer/", upload(content), headers={"accept-language": lang})
        assert answered.status_code == 409
        assert words in answered.content.decode()
        assert "angļu valodā" not in answered.content.decode()
    for said in ({}, upload(b"")):
        assert client.post(f"{HERE}answer/", said).status_code == 422
    with in_scope(PLATFORM):
        assert not Event.objects.filter(run=run).exists()


@pytest.mark.parametrize(("became", "shown"), [("paid", "paid out"), ("again", "not handed out, owed again")])
def test_what_became_of_cash_is_said_once(person: Person, became: str, shown: str) -> None:
    run = paid_in(person, in_cash())
    client, address = client_of(preparer()), at(run, "payment_cash", 1)
    here = at(run, "payment_payouts") + "?channel=cash"
    assert address in page(client, at(run, "payment_payouts"), channel="cash")
    said = {"became": became, "on": f"{timezone.localdate():%d.%m.%Y}", "receipt": "K-7"}
    assert client.post(address, said | {"receipt": ""}).status_code == 422
    assert client.post(address, said | {"on": "01.01.2099"}).status_code == 422
    other = client.post(address, said | {"on": "01.01.2026"}, headers={"accept-language": "lv"})
    assert other.status_code == 409
    assert "diena ir pirms nodošanas izmaksai" in other.content.decode()
    for who in (approver(), releaser()):
        assert client_of(who).post(address, said).status_code == 403
        assert address not in page(client_of(who), at(run, "payment_payouts"), channel="cash")
    for _ in range(2):
        assert client.post(address, said).headers["Location"] == here
    assert shown in plain(page(client, at(run, "payment_payouts"), channel="cash"))
    assert client.get(address).headers["Location"] == here
    with in_scope(PLATFORM):
        assert Event.objects.filter(run=run, receipt="K-7").count() == (1 if became == "paid" else 2)


def test_what_is_not_released_is_not_handed_out_and_other_lines_have_no_such_page(person: Person) -> None:
    chosen(person, in_cash())
    run = prepared("2026-01")
    client = client_of(preparer())
    assert "Lists are written once the run is released." in page(client, at(run, "payment_payouts"))
    answered = client.post(at(run, "payment_payouts"), headers={"accept-language": "lv"})
    assert answered.status_code == 409
    assert "nav nodots izmaksai" in answered.content.decode()
    said = {"became": "paid", "on": f"{timezone.localdate():%d.%m.%Y}", "receipt": "K-7"}
    assert client.post(at(run, "payment_cash", 1), said).status_code == 409
    page(client, at(run, "payment_cash", 99), 404)


# ------------------------------------------------------------------------------------------- calls, and the person


def test_a_line_tells_its_channel_and_whether_it_goes_to_a_supplier(person: Person) -> None:
    granted(case_of(person), Given(2_500, JANUARY, code="housing_benefit"))
    chosen(person, in_cash())
    run = paid_in(person, to_supplier(code="housing_benefit"))
    ways = [("cash", False), ("bank", True)]
    caller = staff(approver())
    found = caller.get(f"/payment-runs/{run.pk}/lines")["items"]
    assert [(one["channel"], one["to_supplier"]) for one in found] == ways
    told = caller.get(f"/payment-runs/{run.pk}/lines/2")["line"]
    assert (told["channel"], told["to_supplier"]) == ("bank", True)
    own = calling(person.pk).get("/my-payments")["items"]
    assert sorted((one["channel"], one["to_supplier"]) for one in own) == sorted(ways)
