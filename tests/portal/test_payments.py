"""Pages of payment runs: from prepared to released by three people, and nobody past the order or past themselves."""

from __future__ import annotations

import io
import re
import uuid
import zipfile
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from lxml import etree

from balsts.access.acting import Acting, in_scope
from balsts.access.models import AccessRecord
from balsts.payments.models import Line, Run, RunStep
from balsts.payments.preview import preview_of
from balsts.portal.payments import line_views
from tests.access.people import LIEPAJA, auditor, office
from tests.cases.situations import head, worker
from tests.payments.situations import IBANS, Given, case_of, granted, overpaid_of, payee, prepared, released
from tests.portal.office import client_of
from tests.portal.paying import (
    FEBRUARY,
    JANUARY,
    ROLES,
    a_month,
    acknowledged,
    approver,
    in_state,
    nobody_else_writes,
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
NEXT = {"acknowledge": "acknowledged", "approve": "approved", "release": "released", "cancel": "cancelled"}


def page(client: Client, address: str, status: int = 200, lang: str = "en", **query: Any) -> str:
    answer = client.get(address, query, headers={"accept-language": lang})
    assert answer.status_code == status, (address, answer.status_code, answer.headers.get("Location"))
    return answer.content.decode()


def plain(text: str) -> str:
    """What a page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text).replace("\u00a0", " ").replace("&nbsp;", " "))


def at(run: Run, name: str, *more: Any) -> str:
    return reverse(name, args=[run.pk, *more])


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
    several = {"number": [1], "form": ["csv", "xlsx"], "step": list(STEPS), "matter": [1]}
    found = []
    for one in get_resolver().url_patterns:
        if isinstance(one, URLPattern) and str(one.name).startswith("payment_"):
            names = set(one.pattern.converters)
            more = names - {"run"}
            assert more <= several.keys(), one.name
            own = {"run": run.pk} if "run" in names else {}
            found += [reverse(str(one.name), kwargs=own | variant) for variant in
                      ([{name: value} for name in more for value in several[name]] or [{}])]  # fmt: skip
    return found


def test_there_are_all_pages_to_try() -> None:
    assert len(addresses(Run(pk=uuid.uuid4()))) == 21


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
            if "/steps/" in address or "/overpaid/" in address or address.endswith("/matters/1/"):
                continue
            expected = 403 if address.endswith("/prepare/") and role != "preparer" else 200
            for lang in ("lv", "en"):
                answer = client.get(address, headers={"accept-language": lang})
                assert answer.status_code == expected, address


def test_signing_in_leads_whoever_pays_to_runs() -> None:
    client = client_of(preparer())
    assert client.get("/").headers["Location"] == "/payments/"
    shown = page(client, "/payments/")
    assert 'href="/find/"' not in shown
    assert 'href="/payments/waiting/"' in shown


# ------------------------------------------------------------------------------------------- lines


def test_a_list_of_lines_names_nobody_and_tells_no_account() -> None:
    run = a_month()
    client = client_of(approver())
    with in_scope(auditor(), "log"):
        before = AccessRecord.objects.using("log").count()
    for query in ({}, {"finding": "new"}, {"held": "no_account"}, {"code": "gmi_benefit"}, {"finding": "arrears"}):
        shown = page(client, at(run, "payment_lines"), **query)
        assert "Bērziņa" not in shown
        assert IBANS[0][-4:] not in shown
        assert f"/runs/{run.pk}/lines/" in shown
    with in_scope(auditor(), "log"):
        assert AccessRecord.objects.using("log").count() == before


def test_a_line_opens_with_whose_it_is_and_the_person_sees_that_it_was_looked_at() -> None:
    run = a_month()
    with in_scope(PLATFORM):
        line = Line.objects.get(run=run, amount=2_500)
    shown = plain(page(client_of(approver()), at(run, "payment_line", line.number)))
    assert "Anna Bērziņa" in shown
    assert f"•••• {IBANS[0][-4:]}" in shown
    assert IBANS[0][:8] not in shown
    assert "Owed by decisions 125.00 € Paid by earlier runs 100.00 € This line 25.00 €" in shown
    with in_scope(auditor(), "log"):
        rows = list(AccessRecord.objects.using("log").filter(subject=line.payee_id, role="payment_head"))
    assert [one.detail for one in rows] == [f"a payment line; reason: payment 2026-02 monthly {line.number}"]
    record = plain(page(resident(line.payee_id), "/me/who-looked/"))
    assert "a line of a payment run: amount, why, account" in record
    assert "A payment run, by month, kind and number of the line: 2026-02 monthly" in record


def test_a_held_line_tells_why_and_what_to_do() -> None:
    run = a_month()
    with in_scope(PLATFORM):
        line = Line.objects.get(run=run, held="no_account")
    shown = page(client_of(preparer()), at(run, "payment_line", line.number))
    assert "there is no account that is valid on the payment day" in shown
    assert "asks the person for an account" in shown
    waiting = page(client_of(preparer()), "/payments/waiting/")
    assert "There is no account that is valid on the payment day" in waiting
    assert "1 line, 87.00 €" in plain(waiting)
    assert f"{at(run, 'payment_lines')}?held=no_account" in waiting


def test_an_overpayment_opens_with_what_is_owed_now_and_by_which_decision() -> None:
    case = case_of(payee())
    granted(case, Given(10_000, JANUARY))
    released("2026-01")
    granted(case, Given(9_000, JANUARY))
    run = prepared("2026-02")
    client = client_of(approver())
    assert at(run, "payment_overpaid", 1) in page(client, at(run, "payment_lines"), finding="overpaid")
    shown = plain(page(client, at(run, "payment_overpaid", 1)))
    assert "Owed by decisions 90.00 € Paid by earlier runs 100.00 € Overpaid 10.00 €" in shown
    assert "Anna Bērziņa" in shown


def test_every_finding_leads_to_its_lines() -> None:
    run = a_month()
    client = client_of(approver())
    shown = page(client, at(run, "payment_differences"))
    links = re.findall(r'href="([^"]+/lines/\?(?:finding|held)=\w+)"', shown)
    assert {one.partition("?")[2] for one in links} == {
        "finding=new", "finding=ended", "finding=changed", "finding=arrears", "held=no_account",
    }  # fmt: skip
    for one in links:
        assert "Line " in plain(page(client, one)), one


def test_lines_go_on_where_a_page_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        case = case_of(payee(f"Liepa{'a' * number}"))
        granted(case, *(Given(1_000, JANUARY, FEBRUARY, code) for code in ("gmi_benefit", "housing_benefit")))
    run = prepared("2026-01")
    monkeypatch.setattr(line_views, "page_of", partial(line_views.page_of, most=4))
    client, address, query, seen = client_of(preparer()), at(run, "payment_lines"), "", []
    while query is not None:
        shown = page(client, address + query).partition("<main")[2]
        seen.append(re.findall(r"/lines/(\d+)/", shown))
        found = re.search(r'href="(\?after=\d+)"', shown)
        query = found[1] if found else None
    assert seen == [["1", "2", "3", "4"], ["5", "6"]]


def test_a_page_of_lines_asks_for_no_more_than_it_shows() -> None:
    run = a_month()
    client = client_of(preparer())
    with connection.execute_wrapper(_asked := _Asked()):
        page(client, at(run, "payment_lines"))
    lines = [one for one in _asked.said if 'FROM "payments_line"' in one]
    assert lines
    assert all("LIMIT 51" in one for one in lines)


class _Asked:
    """What the database is asked."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        self.said.append(sql)
        return execute(sql, params, many, context)


def test_a_line_is_found_by_its_number() -> None:
    run = a_month()
    client, address = client_of(preparer()), at(run, "payment_find_line")
    assert client.get(address, {"number": "1"}).headers["Location"] == at(run, "payment_line", 1)
    assert "The run has no line 99." in page(client, address, number="99")
    for wrong in ("", "x", "0", "99999999999"):
        assert "Enter the number of a line" in page(client, address, 422, number=wrong)
    page(client, at(run, "payment_line", 99), 404)
    page(client, f"/payments/runs/{run.pk}/lines/99999999999/", 404)


def test_addresses_that_make_no_sense_are_answered_as_if_nothing_was_asked() -> None:
    run = a_month()
    client = client_of(preparer())
    for query in ({"after": "x"}, {"after": "-1"}, {"after": "9" * 30}, {"finding": "whatever"}, {"held": "'"}):
        assert "/lines/1/" in page(client, at(run, "payment_lines"), **query)
    page(client, at(run, "payment_left_out"), after="x")


def test_what_was_left_out_is_told_by_decision() -> None:
    granted(case_of(payee()), Given(1_707, JANUARY, code="blind_assistant_benefit", per="week"))
    run = prepared("2026-01")
    client = client_of(approver())
    assert client.get(at(run, "payment_lines"), {"finding": "left_out"}).headers["Location"] == (
        at(run, "payment_left_out")
    )
    assert "17.07 € a week" in plain(page(client, at(run, "payment_left_out")))


# ------------------------------------------------------------------------------------------- sums and proof


def test_the_sums_of_a_run_come_as_files_that_hold_nobodys_data_and_no_formula() -> None:
    run = a_month()
    client = client_of(approver())
    text = client.get(at(run, "payment_sums", "csv")).content.decode()
    assert text.startswith("\ufeffpayer,run,month_of_payment")
    rows = [one.split(",") for one in text.strip().splitlines()[1:]]
    assert sum(round(float(one[12]) * 100) for one in rows) == 15_000  # 25.00 late and 125.00; 87.00 is held
    assert sum(round(float(one[14]) * 100) for one in rows) == 8_700
    answer = client.get(at(run, "payment_sums", "xlsx"), headers={"accept-language": "lv"})
    assert answer.headers["Content-Disposition"].endswith('.xlsx"')
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    assert "Maksātājs" in sheet
    assert "<v>125.00</v>" in sheet
    assert "<f>" not in sheet
    etree.fromstring(sheet.encode())
    assert "Bērziņa" not in text + sheet
    assert client.get(at(run, "payment_sums", "pdf")).status_code == 404


def test_the_proof_names_what_differs_by_line() -> None:
    granted(case_of(payee()), Given(10_000, JANUARY))
    before, run = prepared("2026-01"), prepared("2026-02")
    client = client_of(preparer())
    client.post(at(before, "payment_step", "cancel"), {"reason": "wrong"})
    shown = plain(page(client, at(run, "payment_proof")))
    assert "sums differ" in shown
    assert "no line" in shown
    assert "100.00 € 0.00 € −100.00 €" in shown
    assert "all sums agree" in page(client, at(acknowledged(prepared("2026-01")), "payment_proof"))
