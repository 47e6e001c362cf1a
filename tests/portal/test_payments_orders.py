"""Orders of creditors on pages and by calls: recorded by one, confirmed by another, changed, ended; what is closed."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from pytest_django import DjangoDbBlocker

from balsts.access.acting import in_scope
from balsts.access.models import AccessRecord
from balsts.database.server import Cluster
from balsts.payments.agreed_selectors import law_of
from balsts.payments.models import WithholdingOrder
from balsts.payments.orders import record_order
from balsts.payments.withholding import Kind
from balsts.payments.withholding_law import INTEREST_QUESTION, LIMITS, RANK_QUESTION
from balsts.portal.payments.agreed_words import law_rows, question_words
from balsts.registry.models import Identifier, Person
from balsts.registry.recording import days, state
from tests.access.people import LIEPAJA, auditor, office
from tests.payments.situations import approver, preparer, released, releaser
from tests.payments.withholding_situations import BAILIFF, line_of, ordered, pensioner, terms, touched_database
from tests.portal.callers import staff
from tests.portal.office import client_of
from tests.portal.paying import ROLES, nobody_else_writes, page, plain
from tests.portal.test_payments_claims import send
from tests.registry.situations import PLATFORM, declaration

__all__ = ["nobody_else_writes"]
pytestmark = [pytest.mark.usefixtures("touched"), pytest.mark.django_db(databases=["default", "log"])]
HERE, CODE = "/payments/orders/", "01019012345"
SAID = {
    "kind": "enforcement", "creditor": "Zvērināts tiesu izpildītājs Nr. 1", "iban": "LV97 HABA 0012 3456 7891 0",
    "reference": "12-345/2026", "monthly": "120,00", "total": "1000,50", "children": "0", "since": "01.01.2026",
    "until": "",
}  # fmt: skip


@pytest.fixture(scope="module")
def touched(django_db_setup: None, django_db_blocker: DjangoDbBlocker, cluster: Cluster) -> Iterator[None]:
    yield from touched_database(django_db_blocker, cluster)


@pytest.fixture
def person() -> Person:
    """Somebody whom the payer has paid before."""
    found = pensioner()
    with in_scope(PLATFORM):
        state(Identifier(person=found, source=declaration(), scheme="personal_code", value=CODE, valid=days(None)))
    released("2026-01")
    return found


def at(order: WithholdingOrder, step: str = "") -> str:
    return reverse("payment_order_step", args=[order.pk, step]) if step else reverse("payment_order", args=[order.pk])


def recorded(person: Person, **more: Any) -> WithholdingOrder:
    return record_order(preparer(), person.pk, terms(**more))


def believed(order: WithholdingOrder) -> tuple[bool, bool]:
    with in_scope(PLATFORM):
        one = WithholdingOrder.objects.get(pk=order.pk)
    return one.agreed_by is not None, one.ended_by is not None


def test_an_order_is_recorded_confirmed_taken_changed_and_ended_by_pages(person: Person) -> None:
    officer, head = client_of(preparer()), client_of(approver())
    key, said = str(uuid.uuid4()), SAID | {"code": CODE}
    here = {send(officer, f"{HERE}new/", said, key).headers["Location"] for _ in range(2)}
    assert len(here) == 1
    address = here.pop()
    assert "A head of payments agrees" in page(officer, address)
    told = plain(page(head, address))
    assert "Anna Bērziņa" in told
    assert BAILIFF in told
    assert "At most a month 120.00 € In all 1,000.50 €" in told.replace("1000.50", "1,000.50")
    for _ in range(2):
        assert send(head, f"{address}steps/confirm/").headers["Location"] == address
    run = released("2026-02")
    told = plain(page(officer, address))
    assert "Kept back so far 63.00 € Remains 937.50 €" in told
    assert f"Line {line_of(run, person).number}, February 2026, monthly : 63.00 €" in told
    listed = plain(page(officer, HERE, state="in_force"))
    assert "12-345/2026 a bailiff's order in force" in listed.replace("&#x27;", "'")
    assert "63.00 € 937.50 €" in listed
    changed = send(officer, f"{address}change/", SAID | {"monthly": "50,00", "total": ""}).headers["Location"]
    assert "Kept back so far 63.00 €" in plain(page(head, changed))
    send(head, f"{changed}steps/confirm/")
    assert "changed by another order" in page(officer, address)
    assert send(officer, f"{changed}steps/end/", {"reason": "samaksāts"}).headers["Location"] == changed
    assert "samaksāts" in page(officer, changed)
    assert "None is in this state." in page(officer, HERE, state="in_force")
    assert page(officer, HERE, state="over").count("12-345/2026") == 2


@pytest.mark.parametrize(("said", "words"), [
    ({"iban": "LV00HABA0012345678910"}, "Enter an account such as"),
    ({"code": "123"}, "A personal code has eleven digits"),
    ({"monthly": "", "total": ""}, "Enter how much is kept back a month, or in all."),
    ({"monthly": "12,345"}, "Enter an amount such as 120,50."),
    ({"until": "01.12.2025"}, "The last day is before the first one."),
    ({"kind": "recovery"}, "Select a valid choice"),
    ({"rank": "10"}, "Enter a number from 1 to 9."),
])  # fmt: skip
def test_what_is_typed_wrongly_is_told_at_its_field(said: dict[str, str], words: str) -> None:
    answer = send(client_of(preparer()), f"{HERE}new/", SAID | {"code": "010190-12345"} | said)
    assert answer.status_code == 422
    assert "govuk-error-summary" in answer.content.decode()
    assert words in answer.content.decode()


def test_of_whom_this_payer_pays_nothing_no_order_is_recorded(person: Person) -> None:
    client = client_of(preparer(office(LIEPAJA)))
    for lang, words in (("en", "This payer pays nobody of that personal code"), ("lv", "šis maksātājs neko neizmaksā")):
        answer = send(client, f"{HERE}new/", SAID | {"code": CODE}, lang=lang)
        assert answer.status_code == 409
        assert words in answer.content.decode()
    with in_scope(PLATFORM):
        assert not WithholdingOrder.objects.exists()


@pytest.mark.parametrize("where", ["proposed", "in_force", "over"])
def test_no_role_takes_a_step_that_is_not_open_by_any_address(person: Person, where: str) -> None:
    order = recorded(person) if where == "proposed" else ordered(person)
    if where == "over":
        send(client_of(approver()), at(order, "end"), {"reason": "samaksāts"})
    before = believed(order)
    opened = {"proposed": {("approver", "confirm"), ("releaser", "confirm")}, "in_force": set(), "over": set()}[where]
    for role, who in ROLES.items():
        client = client_of(who())
        shown = page(client, at(order))
        change = reverse("payment_order_change", args=[order.pk])
        assert (f'href="{change}"' in shown) is (role == "preparer" and where == "in_force")
        assert (f'href="{at(order, "end")}"' in shown) is (where != "over")
        assert (f'href="{at(order, "confirm")}"' in shown) is ((role, "confirm") in opened)
        if role == "preparer" and where != "in_force":
            assert send(client, change, SAID).headers["Location"] == at(order)
            with in_scope(PLATFORM):
                assert WithholdingOrder.objects.count() == 1
        if role != "preparer":
            assert send(client, change, SAID).status_code == send(client, f"{HERE}new/", SAID).status_code == 403
        if (role, "confirm") not in opened:
            is_own = role == "approver" and where in ("in_force", "over")
            expected = 403 if role == "preparer" else 302 if is_own else 409
            assert send(client, at(order, "confirm")).status_code == expected, role
        if where == "over":
            expected = 302 if role == "approver" else 409
            assert send(client, at(order, "end"), {"reason": "x"}).status_code == expected
        assert believed(order) == before


def test_an_order_is_ended_with_a_reason_alone_and_no_other_step_has_an_address(person: Person) -> None:
    order, client = ordered(person), client_of(releaser())
    assert send(client, at(order, "end"), {"reason": " "}).status_code == 422
    assert send(client, at(order, "delete")).status_code == 404
    assert believed(order) == (True, False)


def test_what_is_of_another_payer_does_not_exist_and_plans_of_claims_are_no_orders(person: Person) -> None:
    order = ordered(person)
    for who in ROLES.values():
        client = client_of(who(office(LIEPAJA)))
        assert str(order.pk) not in page(client, HERE)
        page(client, at(order), 404)
        for step in ("confirm", "end"):
            assert send(client, at(order, step), {"reason": "x"}).status_code == 404
        assert staff(who(office(LIEPAJA))).get("/payment-orders") == {"items": [], "next": None}
        staff(who(office(LIEPAJA))).get(f"/payment-orders/{order.pk}", 404)
    assert believed(order) == (True, False)


def test_a_list_names_nobody_and_an_opened_order_stands_in_the_persons_record(person: Person) -> None:
    order = ordered(person)
    shown = page(client_of(preparer()), HERE)
    assert "Bērziņa" not in shown
    assert "izpildītājs" not in shown
    assert "Anna Bērziņa" in page(client_of(preparer()), at(order))
    told = staff(approver()).get(f"/payment-orders/{order.pk}")
    assert (told["debtor"], told["account"], told["state"]) == ("Anna Bērziņa", f"•••• {BAILIFF[-4:]}", "in_force")
    with in_scope(auditor(), "log"):
        rows = AccessRecord.objects.using("log").filter(subject=person.pk, action="read").order_by("-number")[:2]
        assert [one.detail for one in rows] == ["orders to withhold; reason: application SP-1", "orders to withhold"]


def test_the_number_of_questions_to_the_database_does_not_grow_with_orders(person: Person) -> None:
    client = client_of(preparer())

    def asked() -> int:
        page(client, HERE)
        with CaptureQueriesContext(connection) as queries:
            page(client, HERE)
        return len(queries)

    ordered(person)
    one = asked()
    for number in range(5):
        ordered(person, reference=f"2-{number}")
    assert asked() == one
    found = staff(preparer()).get("/payment-orders", limit=4)
    rest = staff(preparer()).get("/payment-orders", limit=4, page=found["next"])
    assert [len(found["items"]), len(rest["items"]), rest["next"]] == [4, 2, None]
    assert staff(preparer()).get("/payment-orders", page=9)["items"] == []


def test_what_the_law_closes_is_said_with_its_reason(person: Person) -> None:
    shown = plain(page(client_of(preparer()), at(ordered(person))))
    assert "Nothing may be taken from this payment (Civil Procedure Law, art. 596)" in shown
    assert "At most 30 % of what is above 390.00 €" in shown
    assert "The wording of CPL 596 in force is not read." in shown
    with in_scope(PLATFORM):
        groups = law_of(Kind.ENFORCEMENT)
        codes = [code for one in groups for code in one.codes]
    assert len(codes) == len(set(codes)) == len({one.code for one in LIMITS if one.kind == Kind.ENFORCEMENT})
    assert law_rows(groups)[0]["is_open"]


def test_every_open_question_of_the_law_has_words_in_latvian() -> None:
    with override("lv"):
        for question in {one.question for one in LIMITS if one.question} | {RANK_QUESTION, INTEREST_QUESTION}:
            assert question_words(question) != question
