"""Pages of payment runs: from prepared to released by three people, and nobody past the order or past themselves."""

from __future__ import annotations

import re
import uuid
from itertools import product

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from balsts.access.acting import Acting, in_scope
from balsts.payments.models import Line, Run, RunStep
from balsts.payments.preview import preview_of
from tests.access.people import LIEPAJA, office
from tests.cases.situations import head, worker
from tests.payments.situations import Given, case_of, granted, overpaid_of, payee
from tests.portal.office import client_of
from tests.portal.paying import (
    JANUARY,
    ROLES,
    a_month,
    approver,
    at,
    in_state,
    nobody_else_writes,
    page,
    plain,
    preparer,
    releaser,
)
from tests.portal.visitors import resident
from tests.registry.situations import PLATFORM

__all__ = ["nobody_else_writes"]
pytestmark = pytest.mark.django_db(databases=["default", "log"])
STATES = ("prepared", "acknowledged", "approved", "released", "cancelled")
STEPS = ("acknowledge", "approve", "release", "cancel")
OPEN = {
    ("preparer", "prepared", "cancel"), ("preparer", "acknowledged", "cancel"), ("preparer", "approved", "cancel"),
    ("approver", "prepared", "acknowledge"), ("approver", "prepared", "cancel"),
    ("approver", "acknowledged", "acknowledge"), ("approver", "acknowledged", "approve"),
    ("approver", "acknowledged", "cancel"), ("approver", "approved", "cancel"),
    ("releaser", "prepared", "acknowledge"), ("releaser", "prepared", "cancel"),
    ("releaser", "acknowledged", "acknowledge"), ("releaser", "acknowledged", "cancel"),
    ("releaser", "approved", "release"), ("releaser", "approved", "cancel"),
}  # fmt: skip
"""Who may take which step in which state; the approver is who acknowledged, and approved where that is done."""
NOBODYS = uuid.uuid4()
"""Of no claim, order or choice."""
OF_ONE = ("/steps/", "/overpaid/", "/matters/1/", "/payouts/1/", "/payouts/post", "/unclaimed/1/", str(NOBODYS))
"""In addresses of what a new month has none of, or of steps."""
NEXT = {"acknowledge": "acknowledged", "approve": "approved", "release": "released", "cancel": "cancelled"}


def seen_by(who: Acting, run: Run) -> str:
    with in_scope(who):
        return preview_of(run).digest


def state_of(run: Run) -> str:
    with in_scope(PLATFORM):
        return Run.objects.get(pk=run.pk).state


# ------------------------------------------------------------------------------------------- the way of a run


def test_a_run_goes_its_way_by_pages_through_three_people() -> None:
    granted(case_of(payee()), Given(10_000, JANUARY))
    officer, first, second = (client_of(who()) for who in ROLES.values())
    assert "Prepare the run of a month" in page(officer, "/payments/")
    answer = officer.post("/payments/prepare/", {"month": "2026-01", "kind": "monthly", "key": uuid.uuid4()})
    assert answer.status_code == 302
    here = answer.headers["Location"]
    differences = page(first, f"{here}differences/")
    seen = re.search(r'name="seen" value="(\w{64})"', differences)
    assert seen is not None
    assert first.post(f"{here}steps/acknowledge/", {"seen": seen[1]}).headers["Location"] == here
    for client, step in ((first, "approve"), (second, "release")):
        assert f"{here}steps/{step}/" in page(client, here)
        assert "100.00 €" in plain(page(client, f"{here}steps/{step}/"))
        assert client.post(f"{here}steps/{step}/").headers["Location"] == here
    shown = plain(page(officer, here))
    assert "released for payment" in shown
    assert all(name in shown for name in ("To be paid, 1 line 100.00 €", "Where it stands", "What is paid, by right"))
    assert "all sums agree" in page(officer, f"{here}proof/")
    with in_scope(PLATFORM):
        assert [one.step for one in RunStep.objects.order_by("pk")] == [
            "prepared", "acknowledged", "approved", "released",
        ]  # fmt: skip


def test_a_form_sent_twice_prepares_one_run_and_another_of_the_month_is_refused() -> None:
    client, said = client_of(preparer()), {"month": "2026-01", "kind": "monthly", "key": str(uuid.uuid4())}
    first, again = (client.post("/payments/prepare/", said) for _ in range(2))
    assert (first.status_code, first.headers["Location"]) == (302, again.headers["Location"])
    for lang, words in (("en", "there is a run of this payer"), ("lv", "saraksts jau ir")):
        answer = client.post("/payments/prepare/", said | {"key": uuid.uuid4()}, headers={"accept-language": lang})
        assert answer.status_code == 409
        assert words in answer.content.decode()
    assert client.post("/payments/prepare/", said | {"month": "soon", "key": uuid.uuid4()}).status_code == 422
    other = said | {"month": "2026-02", "pay_on": "15.02.2026", "key": str(uuid.uuid4())}
    assert client.post("/payments/prepare/", other).status_code == 302
    with in_scope(PLATFORM):
        assert {f"{one.month:%m} {one.pay_on}" for one in Run.objects.all()} == {"01 2026-01-15", "02 2026-02-13"}


def test_a_step_sent_twice_is_taken_once_and_is_no_error() -> None:
    run = in_state("approved")
    client = client_of(releaser())
    for _ in range(2):
        assert client.post(at(run, "payment_step", "release")).headers["Location"] == at(run, "payment_run")
    with in_scope(PLATFORM):
        assert RunStep.objects.filter(run=run, step="released").count() == 1


def test_a_run_is_cancelled_with_a_reason_that_stands_with_it() -> None:
    run = in_state("approved")
    client, address = client_of(preparer()), at(run, "payment_step", "cancel")
    answer = client.post(address, {"reason": "  "}, headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert "Say why the run is cancelled." in answer.content.decode()
    assert client.post(address, {"reason": "the bank is closed"}).status_code == 302
    assert "the bank is closed" in page(client, at(run, "payment_run"))
    assert state_of(run) == "cancelled"


def test_what_was_seen_must_be_what_there_is() -> None:
    run, client = a_month(), client_of(approver())
    old = seen_by(approver(), run)
    for said in ({"seen": "0" * 64}, {"seen": ""}, {}):
        answer = client.post(at(run, "payment_step", "acknowledge"), said, headers={"accept-language": "lv"})
        assert answer.status_code in (409, 422)
        assert old in answer.content.decode()
    assert "tā atšķirības kopš tam ir mainījušās" in client.post(
        at(run, "payment_step", "acknowledge"), {"seen": "0" * 64}, headers={"accept-language": "lv"}
    ).content.decode()  # fmt: skip
    assert state_of(run) == "prepared"


# ------------------------------------------------------------------------------------------- nobody past the order


@pytest.mark.parametrize("state", STATES)
def test_no_role_takes_a_step_out_of_order_or_twice_as_another_by_any_address(state: str) -> None:
    run = in_state(state)
    for role, who in ROLES.items():
        client, shown = client_of(who()), page(client_of(who()), at(run, "payment_run"))
        for step in STEPS:
            address = at(run, "payment_step", step)
            is_open = (role, state, step) in OPEN
            assert (f'href="{address}"' in shown) is is_open, (role, state, step)
            if is_open:
                continue
            if step != "acknowledge":
                assert client.get(address).headers["Location"] == at(run, "payment_run")
            answer = client.post(address, {"seen": seen_by(who(), run), "reason": "x"})
            is_own = (role, step, state) in (("approver", "approve", "approved"), ("releaser", "release", "released"),
                                             ("preparer", "cancel", "cancelled"))  # fmt: skip
            assert answer.status_code == (302 if is_own else 403 if _cannot(role, step) else 409), (role, state, step)
            assert state_of(run) == state


def _cannot(role: str, step: str) -> bool:
    return role == "preparer" and step != "cancel"


@pytest.mark.parametrize(("role", "state", "step"), sorted(OPEN))
def test_every_step_that_is_offered_can_be_taken(role: str, state: str, step: str) -> None:
    run, who = in_state(state), ROLES[role]()
    answer = client_of(who).post(at(run, "payment_step", step), {"seen": seen_by(who, run), "reason": "x"})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    assert state_of(run) == NEXT[step]


def test_whoever_looked_through_nothing_is_told_to_do_so_first() -> None:
    run = in_state("acknowledged")
    client = client_of(releaser())
    assert "Look through the differences first" in page(client, at(run, "payment_run"))
    answer = client.post(at(run, "payment_step", "approve"), headers={"accept-language": "en"})
    assert answer.status_code == 409
    assert "looks through its differences first" in answer.content.decode()


def test_steps_are_sent_by_forms_alone_and_with_their_token() -> None:
    run = in_state("approved")
    client = client_of(releaser())
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(at(run, "payment_step", "release")).status_code == 403
    assert client.put(at(run, "payment_step", "release")).status_code == 405
    assert client.post(at(run, "payment_step", "prepared")).status_code == 404
    assert state_of(run) == "approved"


# ------------------------------------------------------------------------------------------- walls


def addresses(run: Run) -> list[str]:
    """Every address of payments."""
    several = {"number": [1], "form": ["csv", "xlsx"], "step": list(STEPS), "matter": [1], "channel": ["post"],
               "overpaid": [1]}  # fmt: skip
    several |= {one: [NOBODYS] for one in ("claim", "plan", "write_off", "order", "choice")}
    found = []
    for one in get_resolver().url_patterns:
        if isinstance(one, URLPattern) and str(one.name).startswith("payment_"):
            names = set(one.pattern.converters)
            more = names - {"run"}
            assert more <= several.keys(), one.name
            own = {"run": run.pk} if "run" in names else {}
            ways = product(*([(name, value) for value in several[name]] for name in sorted(more)))
            found += [reverse(str(one.name), kwargs=own | dict(way)) for way in ways]
    return found


def test_there_are_all_pages_to_try() -> None:
    assert len(addresses(Run(pk=uuid.uuid4()))) == 50


def test_for_whoever_does_not_pay_there_are_no_pages_of_payments() -> None:
    run = a_month()
    with in_scope(PLATFORM):
        person = Line.objects.filter(run=run).first().payee_id  # type: ignore[union-attr]
    for client in (client_of(worker()), client_of(head())):
        for address in addresses(run):
            assert client.get(address).status_code == 404, address
            assert client.post(address, {"seen": "x", "reason": "x"}).status_code in (404, 405), address
    for address in addresses(run):
        assert resident(person).get(address).status_code == 302, address
        assert Client().get(address).headers["Location"].startswith("/sign-in/"), address


@pytest.mark.parametrize("role", list(ROLES))
def test_what_is_of_another_payer_does_not_exist(role: str) -> None:
    run = a_month()
    client = client_of(ROLES[role](office(LIEPAJA)))
    for address in addresses(run):
        if str(run.pk) in address:
            assert client.get(address).status_code == 404, address
            answer = client.post(address, {"seen": "x", "reason": "x"})
            assert answer.status_code in (404, 405), address
    for address in ("/payments/", "/payments/waiting/"):
        assert str(run.pk) not in page(client, address)
    assert state_of(run) == "prepared"


def test_every_page_opens_for_each_role_in_both_languages() -> None:
    run = a_month()
    assert overpaid_of(run) == []
    for role, who in ROLES.items():
        client = client_of(who())
        for address in addresses(run):
            if any(one in address for one in OF_ONE):
                continue
            is_officers = address.endswith(("/prepare/", "/new/", "/answer/"))
            expected = 403 if is_officers and role != "preparer" else 200
            for lang in ("lv", "en"):
                answer = client.get(address, headers={"accept-language": lang})
                assert answer.status_code == expected, address


def test_signing_in_leads_whoever_pays_to_runs() -> None:
    client = client_of(preparer())
    assert client.get("/").headers["Location"] == "/payments/"
    shown = page(client, "/payments/")
    assert 'href="/find/"' not in shown
    assert 'href="/payments/waiting/"' in shown
