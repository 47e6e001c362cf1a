"""Payments by the API: the way of a run, nobody past the order, lines page by page, a resident's own payments."""

from __future__ import annotations

import uuid

import pytest

from balsts.access.acting import in_scope
from balsts.access.models import AccessRecord
from balsts.payments.models import Line, Run, RunStep
from balsts.payments.preview import preview_of
from tests.access.people import LIEPAJA, auditor, office
from tests.cases.situations import head, worker
from tests.payments.situations import IBANS, Given, case_of, granted, payee, prepared, released
from tests.portal.callers import resident, staff
from tests.portal.paying import (
    FEBRUARY,
    JANUARY,
    ROLES,
    a_month,
    approver,
    in_state,
    nobody_else_writes,
    preparer,
    releaser,
)
from tests.portal.test_payments import NEXT, OPEN, STATES, STEPS
from tests.registry.situations import PLATFORM

__all__ = ["nobody_else_writes"]
pytestmark = pytest.mark.django_db(databases=["default", "log"])
ZERO = "0" * 64
BODIES = {"acknowledge": {"digest": ZERO}, "cancel": {"reason": "x"}}


def test_a_run_goes_its_way_by_the_api_through_three_people() -> None:
    granted(case_of(payee()), Given(10_000, JANUARY))
    officer, first, second = (staff(who()) for who in ROLES.values())
    run = officer.post("/payment-runs", {"month": "2026-01-01", "pay_on": "2026-01-20"}, 201)
    assert (run["state"], run["pay_on"], run["totals"]["paid_cents"]) == ("prepared", "2026-01-20", 10_000)
    here = f"/payment-runs/{run['id']}"
    found = first.get(f"{here}/findings")
    assert [(one["kind"], one["many"]) for one in found["findings"]] == [("new", 1)]
    assert first.post(f"{here}/acknowledge", {"digest": ZERO}, 409)["type"] == "urn:balsts:NotAcknowledged"
    assert first.post(f"{here}/acknowledge", {"digest": found["digest"]})["state"] == "acknowledged"
    assert first.post(f"{here}/approve")["state"] == "approved"
    assert first.post(f"{here}/release", {}, 409)["type"] == "urn:balsts:RunNotReady"
    done = second.post(f"{here}/release")
    assert [one["step"] for one in done["steps"]] == ["prepared", "acknowledged", "approved", "released"]
    proof = officer.get(f"{here}/proof")
    assert (proof["holds"], proof["differences"]) == (True, [])
    assert {name: proof[name] for name in ("decided", "lines", "to_post", "posted", "executed")} == dict.fromkeys(
        ("decided", "lines", "to_post", "posted", "executed"), 10_000
    )
    assert officer.get("/payment-runs")["items"][0]["state"] == "released"
    assert [(one["programme"], one["code"], one["paid_cents"]) for one in officer.get(f"{here}/sums")] == [
        ("own", "gmi_benefit", 10_000)
    ]


def test_what_is_sent_twice_under_one_key_is_done_once() -> None:
    officer, key = staff(preparer()), str(uuid.uuid4())
    body = {"month": "2026-01-01"}
    first = officer.post("/payment-runs", body, 201, Idempotency_Key=key)
    assert officer.post("/payment-runs", body, 201, Idempotency_Key=key)["id"] == first["id"]
    assert officer.post("/payment-runs", body, 409)["type"] == "urn:balsts:RunExists"
    officer.post("/payment-runs", {"month": "2026-02-01"}, 409, Idempotency_Key=key)


def test_a_release_sent_twice_under_one_key_is_one() -> None:
    run, key = in_state("approved"), str(uuid.uuid4())
    for _ in range(2):
        assert staff(releaser()).post(f"/payment-runs/{run.pk}/release", Idempotency_Key=key)["state"] == "released"
    with in_scope(PLATFORM):
        assert RunStep.objects.filter(run=run, step="released").count() == 1


def test_a_second_try_at_the_same_month_is_refused_and_leaves_its_key_free() -> None:
    prepared("2026-01")
    officer, key = staff(preparer()), str(uuid.uuid4())
    officer.post("/payment-runs", {"month": "2026-01-01"}, 409, Idempotency_Key=key)
    officer.post("/payment-runs", {"month": "2026-01-01", "kind": "extra"}, 201, Idempotency_Key=key)


@pytest.mark.parametrize("state", STATES)
def test_no_role_takes_a_step_out_of_order_or_twice_as_another_by_the_api(state: str) -> None:
    run = in_state(state)
    for role, who in ROLES.items():
        for step in STEPS:
            if (role, state, step) not in OPEN:
                body = _body(who(), run, step)
                status = 403 if role == "preparer" and step != "cancel" else 409
                staff(who()).post(f"/payment-runs/{run.pk}/{step}", body, status)
                with in_scope(PLATFORM):
                    assert Run.objects.get(pk=run.pk).state == state, (role, step)


@pytest.mark.parametrize(("role", "state", "step"), sorted(OPEN))
def test_every_step_that_is_open_can_be_taken(role: str, state: str, step: str) -> None:
    run, who = in_state(state), ROLES[role]()
    done = staff(who).post(f"/payment-runs/{run.pk}/{step}", _body(who, run, step))
    assert done["state"] == NEXT[step]


def _body(who, run: Run, step: str) -> dict[str, str]:
    with in_scope(who):
        seen = preview_of(run).digest
    return (BODIES | {"acknowledge": {"digest": seen}}).get(step, {})


READ = ("", "/findings", "/lines", "/lines/1", "/overpaid/1", "/sums", "/proof")


def test_for_others_there_are_no_payments() -> None:
    run = a_month()
    here = f"/payment-runs/{run.pk}"
    with in_scope(PLATFORM):
        person = Line.objects.filter(run=run).first().payee_id  # type: ignore[union-attr]
    for caller in (staff(worker()), staff(head()), resident(person)):
        for path in ("/payment-runs", *(here + one for one in READ)):
            caller.get(path, 403)
        caller.post("/payment-runs", {"month": "2026-03-01"}, 403)
        for step in STEPS:
            caller.post(f"{here}/{step}", BODIES.get(step, {}), 403)
    for who in ROLES.values():
        caller = staff(who(office(LIEPAJA)))
        for path in READ:
            caller.get(here + path, 404)
        for step in STEPS:
            caller.post(f"{here}/{step}", BODIES.get(step, {}), 404)
        assert caller.get("/payment-runs") == {"items": [], "next": None}
    staff(approver()).get("/my-payments", 403)


def test_lines_go_on_after_a_number_and_fit_what_was_asked() -> None:
    run = a_month()
    caller, here = staff(approver()), f"/payment-runs/{run.pk}/lines"
    first = caller.get(here, limit=2)
    second = caller.get(here, limit=2, after=first["next"])
    assert [one["number"] for one in first["items"] + second["items"]] == [1, 2, 3]
    assert second["next"] is None
    assert "payee" not in first["items"][0]
    assert {one["held"] for one in caller.get(here, held="no_account")["items"]} == {"no_account"}
    assert [one["kind"] for one in caller.get(here, finding="arrears")["items"]] == ["arrears"]
    assert caller.get(here, code="housing_benefit")["items"] == []
    ended = caller.get(here, finding="ended")["items"]
    assert [(one["code"], one["before"]) for one in ended] == [("housing_benefit", 6_000)]
    assert ended[0]["run"] != str(run.pk)
    for wrong in ({"finding": "x"}, {"after": -1}, {"limit": 201}, {"held": "'"}):
        caller.get(here, 422, **wrong)


def test_a_line_tells_whose_it_is_to_staff_who_say_why_and_leaves_a_record() -> None:
    run = a_month()
    with in_scope(PLATFORM):
        line = Line.objects.get(run=run, amount=2_500)
    caller, here = staff(approver()), f"/payment-runs/{run.pk}/lines/{line.number}"
    assert caller.client.get(f"/api/v1{here}").status_code == 422
    found = caller.get(here)
    assert (found["payee"], found["account"], found["owed"], found["before"]) == (
        "Anna Bērziņa", f"•••• {IBANS[0][-4:]}", 12_500, 10_000,
    )  # fmt: skip
    assert IBANS[0] not in str(found)
    with in_scope(auditor(), "log"):
        rows = AccessRecord.objects.using("log").filter(subject=line.payee_id, role="payment_head")
        assert [one.detail for one in rows] == ["a payment line; reason: application SP-1"]
    caller.get(f"/payment-runs/{run.pk}/lines/99", 404)
    caller.get(f"/payment-runs/{run.pk}/overpaid/1", 404)


def test_runs_go_on_where_a_page_ended() -> None:
    runs = [str(prepared(f"2026-0{month}").pk) for month in (1, 2, 3)]
    caller = staff(preparer())
    first = caller.get("/payment-runs", limit=2)
    second = caller.get("/payment-runs", limit=2, after=first["next"])
    assert [one["id"] for one in first["items"] + second["items"]] == runs[::-1]
    assert second["next"] is None


def test_a_resident_is_told_their_own_payments_alone() -> None:
    mine, other = payee(), payee("Ozola", None)
    granted(case_of(mine), Given(10_000, JANUARY, FEBRUARY))
    granted(case_of(other), Given(6_000, JANUARY, FEBRUARY))
    released("2026-01")
    prepared("2026-02")
    found = resident(mine.pk).get("/my-payments")
    assert [(one["amount"], one["pay_on"], one["account"], one["held"]) for one in found["items"]] == [
        (10_000, "2026-01-15", f"•••• {IBANS[0][-4:]}", "")
    ]
    assert found["items"][0]["decision"] is not None
    assert [one["held"] for one in resident(other.pk).get("/my-payments")["items"]] == ["no_account"]
