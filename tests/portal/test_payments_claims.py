"""Claims of overpayments on pages: decided by one, agreed to by another, paid back, given up; who sees what."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from balsts.access.acting import in_scope
from balsts.access.models import AccessRecord
from balsts.database.server import Cluster
from balsts.law.engine.quantities import month_from
from balsts.payments import claims as use_cases
from balsts.payments.models import Claim, Overpaid, Plan, Repayment, WriteOff
from tests.access.people import LIEPAJA, auditor, office
from tests.payments.situations import Given, approver, case_of, granted, payee, preparer, released, releaser
from tests.payments.withholding_situations import claimed, decided, line_of, overpaid_case, touched_database
from tests.portal.office import client_of
from tests.portal.paying import JANUARY, ROLES, nobody_else_writes, page, plain
from tests.portal.visitors import resident
from tests.registry.situations import PLATFORM

__all__ = ["nobody_else_writes"]
pytestmark = [pytest.mark.usefixtures("touched"), pytest.mark.django_db(databases=["default", "log"])]
HERE = "/payments/claims/"
STEPS = ("agree", "plan", "repaid", "write-off", "withdraw")
PLAN = {"since": "2026-03", "months": "2", "how": "withheld"}
SAID: dict[str, dict[str, Any]] = {
    "agree": {}, "withdraw": {"reason": "kļūda"}, "plan": PLAN,
    "repaid": {"amount": "4,00", "on": "01.03.2026", "reference": "B-17"},
    "write-off": {"amount": "4,00", "reason": "miris, 12. pants"},
}  # fmt: skip
OPEN = {
    ("preparer", "proposed"): {"withdraw"}, ("approver", "proposed"): {"agree", "withdraw"},
    ("releaser", "proposed"): {"agree", "withdraw"}, ("preparer", "on_plan"): {"plan", "repaid", "write-off"},
    ("preparer", "open"): {"plan", "repaid", "write-off"},
}  # fmt: skip
"""Which steps are open to whom; in other states, and to others, none."""
OWN = {("approver", "agree", one) for one in ("on_plan", "settled", "written_off")} | {
    ("preparer", "withdraw", "withdrawn")
}
"""Who took which step already: sent again, it is no error."""
CANNOT = {"preparer": {"agree"}} | {one: {"plan", "repaid", "write-off"} for one in ("approver", "releaser")}


@pytest.fixture(scope="module")
def touched(django_db_setup: None, django_db_blocker: DjangoDbBlocker, cluster: Cluster) -> Iterator[None]:
    yield from touched_database(django_db_blocker, cluster)


def at(claim: Claim, step: str = "") -> str:
    return reverse("payment_claim_step", args=[claim.pk, step]) if step else reverse("payment_claim", args=[claim.pk])


def send(client: Client, address: str, said: dict[str, Any] | None = None, key: str = "", lang: str = "en") -> Any:
    return client.post(address, (said or {}) | {"key": key or str(uuid.uuid4())}, headers={"accept-language": lang})


def in_state(state: str) -> Claim:
    """A claim of 10.00 in a state."""
    overpaid_case()
    if state == "proposed":
        return decided()
    if state == "withdrawn":
        return use_cases.withdraw_claim(preparer(), decided(), "kļūda")
    claim = claimed(is_withheld=False)
    if state == "settled":
        with in_scope(PLATFORM):
            day = claim.at.date()
        use_cases.record_repayment(preparer(), claim, 1_000, day, "B-1")
    if state == "written_off":
        use_cases.agree_write_off(approver(), use_cases.propose_write_off(preparer(), claim, 1_000, "miris"))
    return claim


def as_it_is(claim: Claim) -> tuple[int, ...]:
    """How much was ever written of a claim, for holding that nothing was."""
    with in_scope(PLATFORM):
        one = Claim.objects.get(pk=claim.pk)
        counts = (kind.objects.filter(claim=claim).count() for kind in (Plan, WriteOff, Repayment))
        return (one.agreed_by is not None, one.ended_by is not None, *counts)


# ------------------------------------------------------------------------------------------- the way of a claim


def test_an_overpayment_is_claimed_agreed_to_and_paid_back_by_pages() -> None:
    person, _case = overpaid_case()
    officer, head = client_of(preparer()), client_of(approver())
    assert "Overpayments that nobody has claimed back yet" in page(officer, HERE)
    shown = page(officer, f"{HERE}unclaimed/")
    address = re.search(r'href="(/payments/claims/unclaimed/\d+/)"', shown)
    assert address is not None
    assert "10.00 €" in plain(shown)
    asked = page(officer, address[1])
    assert "Anna Bērziņa" in asked
    with in_scope(PLATFORM):
        part = Overpaid.objects.get().pk
    said = PLAN | {"parts": [str(part)], "amount": "8,00", "reason": "ienākumi nebija norādīti"}
    here = send(officer, address[1], said).headers["Location"]
    assert "waits for a second person" in page(officer, here)
    assert "A head of payments agrees" in page(officer, here)
    assert send(head, f"{here}steps/agree/").headers["Location"] == here
    run = released("2026-03")
    told = plain(page(head, here))
    assert "Claimed back 8.00 € Kept back from payments 4.00 € Paid back by the debtor 0.00 €" in told
    assert f"Line {line_of(run, person).number} of 03.2026 : 4.00 €" in told
    assert "2 months from 03.2026 on, 4.00 € a month; kept back from payments" in told
    send(officer, f"{here}steps/repaid/", SAID["repaid"] | {"amount": "1,00"})
    send(officer, f"{here}steps/write-off/", SAID["write-off"] | {"amount": "3,00"})
    with in_scope(PLATFORM):
        gift = WriteOff.objects.get()
    assert "Agree to the write-off of 3.00 €" in page(head, here)
    assert "miris, 12. pants" in page(head, f"{here}write-offs/{gift.pk}/")
    assert send(head, f"{here}write-offs/{gift.pk}/").headers["Location"] == here
    told = plain(page(head, here))
    assert "settled, a part was given up" in told
    assert "Given up 3.00 € Still open 0.00 €" in told
    assert "ienākumi nebija norādīti" in page(officer, HERE, state="written_off")
    assert "None is in this state." in page(officer, HERE, state="open")
    assert "Given up by the payer: 3.00" in plain(page(resident(person.pk), "/me/payments/"))


def test_another_plan_takes_the_place_of_the_one_before_once_somebody_else_agrees() -> None:
    claim = in_state("on_plan")
    officer, head = client_of(preparer()), client_of(approver())
    assert "Which article lets an overpaid benefit be kept back" in page(officer, at(claim, "plan"))
    send(officer, at(claim, "plan"), PLAN | {"months": "4"})
    with in_scope(PLATFORM):
        new = Plan.objects.get(months=4)
    address = reverse("payment_claim_plan", args=[claim.pk, new.pk])
    assert address in page(head, at(claim))
    assert address not in page(officer, at(claim))
    assert send(officer, address).status_code == 403
    assert "2.50 €" in page(head, address).replace("\u00a0", " ")
    for _ in range(2):
        assert send(head, address).headers["Location"] == at(claim)
    assert "4 months from 03.2026 on, 2.50 € a month" in plain(page(head, at(claim)))
    with in_scope(PLATFORM):
        assert Plan.objects.filter(claim=claim, agreed_by__isnull=False, ended_by__isnull=True).get() == new
    page(head, reverse("payment_claim_plan", args=[claim.pk, uuid.uuid4()]), 404)
    page(head, reverse("payment_claim_write_off", args=[claim.pk, uuid.uuid4()]), 404)


def test_forms_sent_twice_do_it_once() -> None:
    overpaid_case()
    officer, head = client_of(preparer()), client_of(approver())
    with in_scope(PLATFORM):
        part = Overpaid.objects.get().pk
    key, address = str(uuid.uuid4()), reverse("payment_claim_decide", args=[part])
    said = PLAN | {"parts": [str(part)], "reason": "kļūda aprēķinā"}
    places = {send(officer, address, said, key).headers["Location"] for _ in range(2)}
    assert len(places) == 1
    with in_scope(PLATFORM):
        claim = Claim.objects.get()
    assert send(head, at(claim, "agree")).status_code == send(head, at(claim, "agree")).status_code == 302
    for step in ("plan", "repaid", "write-off"):
        key = str(uuid.uuid4())
        for _ in range(2):
            assert send(officer, at(claim, step), SAID[step], key).status_code == 302
    assert as_it_is(claim) == (True, False, 2, 1, 1)


def test_what_is_typed_wrongly_is_told_at_its_field_and_what_cannot_be_done_above() -> None:
    claim = in_state("on_plan")
    officer = client_of(preparer())
    for step, said, words in (
        ("write-off", {"amount": "4.5.6", "reason": "x"}, "Enter an amount such as 120,50."),
        ("write-off", {"amount": "0", "reason": "x"}, "Enter an amount such as 120,50."),
        ("write-off", {"amount": "1,00", "reason": " "}, "Say why it is given up"),
        ("repaid", {"amount": "1", "on": "01.01.2099", "reference": "B"}, "The day has not come yet."),
        ("plan", PLAN | {"months": "0"}, "Enter a number of months from 1 to 600."),
        ("plan", PLAN | {"since": "2026-13"}, "Enter a month such as 2026-12."),
    ):
        answer = send(officer, at(claim, step), said)
        assert answer.status_code == 422, step
        assert "govuk-error-summary" in answer.content.decode()
        assert words in answer.content.decode(), step
    too_much = send(officer, at(claim, "write-off"), {"amount": "10,01", "reason": "x"}, lang="lv")
    assert too_much.status_code == 409
    assert "norakstīšanai vajag" in too_much.content.decode()
    assert "angļu valodā" not in too_much.content.decode()
    assert as_it_is(claim) == (True, False, 1, 0, 0)


def test_more_than_was_overpaid_cannot_be_claimed() -> None:
    overpaid_case()
    with in_scope(PLATFORM):
        part = Overpaid.objects.get().pk
    said = PLAN | {"parts": [str(part)], "amount": "10,01", "reason": "x"}
    answer = send(client_of(preparer()), reverse("payment_claim_decide", args=[part]), said)
    assert answer.status_code == 422
    assert "It is of one overpayment, and not more than it" in answer.content.decode()
    with in_scope(PLATFORM):
        assert not Claim.objects.exists()


# ------------------------------------------------------------------------------------------- nobody past the order


@pytest.mark.parametrize("state", ["proposed", "on_plan", "settled", "written_off", "withdrawn"])
def test_no_role_takes_a_step_that_is_not_open_by_any_address(state: str) -> None:
    claim = in_state(state)
    before = as_it_is(claim)
    for role, who in ROLES.items():
        client = client_of(who())
        shown = page(client, at(claim))
        for step in STEPS:
            is_open = step in OPEN.get((role, state), set())
            assert (f'href="{at(claim, step)}"' in shown) is is_open, (role, step)
            if is_open:
                assert client.get(at(claim, step)).status_code == 200
                continue
            answer = send(client, at(claim, step), SAID[step])
            is_own = (role, step, state) in OWN
            cannot = step in CANNOT[role]
            assert answer.status_code == (302 if is_own else 403 if cannot else 409), (role, step)
            assert client.get(at(claim, step)).status_code == (403 if cannot else 302)
            assert as_it_is(claim) == before


def test_whoever_decided_a_claim_does_not_agree_to_it_even_as_a_head() -> None:
    claim = in_state("proposed")
    with in_scope(PLATFORM):
        stated_by = Claim.objects.get(pk=claim.pk).by_staff
    assert stated_by == preparer().staff
    assert "href" in page(client_of(releaser()), at(claim))
    assert send(client_of(preparer()), at(claim, "agree")).status_code == 403
    assert as_it_is(claim)[:2] == (False, False)


def test_what_is_of_another_payer_does_not_exist() -> None:
    claim = in_state("on_plan")
    with in_scope(PLATFORM):
        overpaid = Overpaid.objects.get().pk
    for who in ROLES.values():
        client = client_of(who(office(LIEPAJA)))
        assert str(claim.pk) not in page(client, HERE)
        page(client, at(claim), 404)
        for step in STEPS:
            assert send(client, at(claim, step), SAID[step]).status_code == 404
    page(client_of(preparer(office(LIEPAJA))), reverse("payment_claim_decide", args=[overpaid]), 404)
    page(client_of(preparer()), reverse("payment_claim_decide", args=[99999999]), 404)
    assert as_it_is(claim) == (True, False, 1, 0, 0)


def test_lists_name_nobody_and_an_opened_claim_stands_in_the_persons_record() -> None:
    person, _case = overpaid_case()
    claim = claimed()
    client = client_of(approver())
    for address in (HERE, f"{HERE}unclaimed/", f"{HERE}?state=on_plan"):
        assert "Bērziņa" not in page(client, address)
    with in_scope(auditor(), "log"):
        before = AccessRecord.objects.using("log").filter(subject=person.pk, action="read").count()
    assert "Anna Bērziņa" in page(client, at(claim))
    with in_scope(auditor(), "log"):
        rows = list(AccessRecord.objects.using("log").filter(subject=person.pk, action="read").order_by("number"))
    assert len(rows) == before + 1
    assert (rows[-1].role, rows[-1].detail) == ("payment_head", "claim of an overpayment")
    assert "a claim of an overpayment: why, how much, what is settled" in page(resident(person.pk), "/me/who-looked/")


def test_the_number_of_questions_to_the_database_does_not_grow_with_claims() -> None:
    client = client_of(preparer())

    def asked(address: str) -> int:
        page(client, address)
        with CaptureQueriesContext(connection) as queries:
            page(client, address)
        return len(queries)

    cases = [(case_of(payee(f"Liepa-{number}")), number) for number in range(6)]
    for case, _number in cases:
        granted(case, Given(10_000, JANUARY))
    released("2026-01")
    for case, _number in cases:
        granted(case, Given(9_000, JANUARY))
    released("2026-02")
    who = preparer()
    found = use_cases.undecided(who)
    for one in found[:1]:
        use_cases.decide_claim(who, [(one, None)], "kļūda", use_cases.By(month_from("2026-03"), 2))
    few = [asked(address) for address in (HERE, f"{HERE}?state=proposed")]
    for one in found[1:4]:
        use_cases.decide_claim(who, [(one, None)], "kļūda", use_cases.By(month_from("2026-03"), 2))
    assert [asked(address) for address in (HERE, f"{HERE}?state=proposed")] == few
    assert page(client, HERE).count("<tbody") == 1


def test_claims_go_on_after_one_and_addresses_that_make_no_sense_are_as_if_nothing_was_asked() -> None:
    claim = in_state("on_plan")
    client, link = client_of(preparer()), f'href="{at(claim)}"'
    assert link in page(client, HERE, after=uuid.UUID(int=2**128 - 1))
    assert link not in page(client, HERE, after=claim.pk)
    for wrong in ({"after": "x"}, {"state": "x"}):
        assert link in page(client, HERE, **wrong)
