"""The API as staff and residents use it: the whole way of a case, the walls, what is sent twice, what goes wrong."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

from balsts.access.acting import in_scope
from balsts.access.models import AccessRecord
from balsts.cases.models import Application, Case
from tests.access.people import LIEPAJA, auditor
from tests.cases.situations import FEBRUARY, applied, decided, head, home, worker
from tests.portal.callers import V1, WHY, Caller, by_session, resident, staff
from tests.registry.situations import PLATFORM, somebody

pytestmark = pytest.mark.django_db(databases=["default", "log"])


def application(subject: uuid.UUID, **more: Any) -> dict[str, Any]:
    return {"type": "assistance", "subject": str(subject), "since": "2026-02-01"} | more


def key() -> str:
    return str(uuid.uuid4())


def records(person: uuid.UUID) -> list[str]:
    with in_scope(auditor(), "log"):
        return [one.detail for one in AccessRecord.objects.using("log").filter(subject=person)]


def test_a_case_goes_all_its_way_by_the_api() -> None:
    found, by_worker, by_head = home(), staff(worker()), staff(head())
    sent = by_worker.post("/applications", application(found.mother.pk, channel="in_person"), 201,
                          Idempotency_Key=key())  # fmt: skip
    case = sent["case"]
    made = by_worker.post(f"/cases/{case}/determinations", {"since": "2026-02-01"}, 201)
    assert {(one["code"], one["amount"]) for one in made["lines"]} >= {
        ("gmi_benefit", 25400),
        ("needy_household", None),
    }
    assert by_worker.get(f"/determinations/{made['id']}") == made
    assert by_worker.get(f"/determinations/{made['id']}/explanation", lang="en")["rights"]
    drafted = by_worker.post(f"/cases/{case}/decisions", {"determination": made["id"]}, 201)
    decision = f"/decisions/{drafted['id']}"
    assert by_worker.post(f"{decision}/check", {}, 403)["type"] == "about:blank"
    assert by_worker.post(f"{decision}/notify", {"on": "2026-02-20"}, 409)["type"] == "urn:balsts:CaseNotReady"
    assert by_head.post(f"{decision}/check")["state"] == "checked"
    assert by_head.post(f"{decision}/sign")["state"] == "signed"
    assert by_worker.post(f"{decision}/notify", {"on": "2026-02-20"})["state"] == "in_force"
    months = by_worker.get(f"/cases/{case}/awards", since="2026-01-01", until="2026-07-01")
    assert [one["month"] for one in months if one["code"] == "gmi_benefit"] == [
        "2026-02-01",
        "2026-03-01",
        "2026-04-01",
    ]
    assert {one["amount"] for one in months if one["code"] == "gmi_benefit"} == {25400}

    person = resident(found.mother.pk)
    assert person.get(decision)["contest_by"]
    assert person.get(f"{decision}/explanation")["language"] == "lv"
    notice = person.client.get(f"{V1}{decision}/notice")
    assert notice.headers["Content-Type"] == "application/pdf"
    assert notice.content.startswith(b"%PDF")
    once = key()
    appeal = person.post(f"{decision}/appeals", {"grounds": "The rent is higher."}, 201, Idempotency_Key=once)
    again = person.post(f"{decision}/appeals", {"grounds": "The rent is higher."}, 201, Idempotency_Key=once)
    assert again["id"] == appeal["id"]
    person.post(f"{decision}/appeals", {"grounds": "Something else."}, 409, Idempotency_Key=once)
    assert person.post(f"/appeals/{appeal['id']}/withdraw")["outcome"] == "withdrawn"
    assert {one["kind"] for one in person.get(f"/cases/{case}/events")} >= {"received", "signed", "contested"}


def test_an_application_sent_twice_is_one_and_another_body_under_its_key_is_refused() -> None:
    found, once = home(), key()
    worker()  # their office is there
    person = resident(found.mother.pk)
    first = person.post("/applications", application(found.mother.pk), 201, Idempotency_Key=once)
    assert person.post("/applications", application(found.mother.pk), 201, Idempotency_Key=once) == first
    person.post("/applications", application(found.mother.pk, since="2026-03-01"), 409, Idempotency_Key=once)
    staff(worker()).post("/applications", application(found.mother.pk), 409, Idempotency_Key=once)
    with in_scope(PLATFORM):
        assert Application.objects.get().channel == "api"


def test_what_an_application_says_is_read_as_the_form_reads_it() -> None:
    found, caller = home(), staff(worker())
    wrong = application(found.mother.pk, answers={"housing_costs_eur_month": {"": "much"}})
    assert caller.post("/applications", wrong, 422, Idempotency_Key=key())["places"][0]["problem"] == "value"
    right = application(found.mother.pk, answers={"housing_costs_eur_month": {"": "120.00"}})
    caller.post("/applications", right, 201, Idempotency_Key=key())
    with in_scope(PLATFORM):
        assert Application.objects.get().answers["values"] == right["answers"]


def test_what_is_written_twice_under_one_key_is_written_once() -> None:
    found, who = home(), worker()
    case, other = (str(applied(who, found.mother).case.pk) for _ in range(2))
    by_worker, person, once = staff(who), resident(found.mother.pk), key()
    for kind, body in (("notes", {"text": "seen"}), ("tasks", {"detail": "call"}), ("messages", {"text": "hello"})):
        once = key()
        first = by_worker.post(f"/cases/{case}/{kind}", body, 201, Idempotency_Key=once)
        assert by_worker.post(f"/cases/{case}/{kind}", body, 201, Idempotency_Key=once)["id"] == first["id"]
        by_worker.post(f"/cases/{other}/{kind}", body, 409, Idempotency_Key=once)
        assert first in by_worker.get(f"/cases/{case}/{kind}")
    person.post(f"/cases/{case}/messages", {"text": "here I am"}, 201, Idempotency_Key=key())
    person.post(f"/cases/{case}/notes", {"text": "x"}, 403, Idempotency_Key=key())
    assert [one["by"] for one in person.get(f"/cases/{case}/messages")] == ["staff", "person"]
    tasks = by_worker.get(f"/cases/{case}/tasks")
    done = by_worker.post(f"/tasks/{tasks[0]['id']}/done")
    assert done["done_at"] is not None
    staff(worker(LIEPAJA)).post(f"/tasks/{tasks[0]['id']}/done", {}, 404)


def test_nobody_applies_for_whom_they_may_not_see() -> None:
    found, stranger = home(), home(LIEPAJA, "Kalniņa")
    for caller in (resident(found.mother.pk), staff(worker())):
        caller.post("/applications", application(stranger.mother.pk), 404, Idempotency_Key=key())
    with in_scope(PLATFORM):
        assert not Case.objects.exists()


def addresses(case: str, decision: str, determination: str) -> list[str]:
    of_case = ("", "/events", "/tasks", "/notes", "/messages", "/changes", "/decisions",
               "/awards?since=2026-01-01&until=2026-03-01")  # fmt: skip
    return [
        *(f"/cases/{case}{one}" for one in of_case), f"/decisions/{decision}", f"/decisions/{decision}/explanation",
        f"/decisions/{decision}/notice", f"/determinations/{determination}",
        f"/determinations/{determination}/explanation",
    ]  # fmt: skip


def posts(case: str, decision: str) -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"/cases/{case}/determinations", {"since": "2026-02-01"}), (f"/cases/{case}/decisions", {}),
        (f"/decisions/{decision}/check", {}), (f"/decisions/{decision}/sign", {}),
        (f"/decisions/{decision}/notify", {"on": "2026-02-20"}), (f"/decisions/{decision}/discard", {"why": "x"}),
        (f"/decisions/{decision}/appeals", {"grounds": "x"}),
    ]  # fmt: skip


def test_what_is_of_another_office_or_person_does_not_exist() -> None:
    found, stranger = home(), home(LIEPAJA, "Kalniņa")
    decision = decided(worker(), head(), found.mother)
    case, its = str(decision.case_id), (str(decision.case_id), str(decision.pk), str(decision.determination_id))
    for caller in (staff(worker(LIEPAJA)), staff(head(LIEPAJA)), resident(stranger.mother.pk)):
        is_staff = bool(caller.headers)
        for path in addresses(*its):
            status = 403 if not is_staff and path.endswith(("/tasks", "/notes")) else 404
            answer = caller.client.get(f"{V1}{path}", headers=caller.headers)
            assert answer.status_code == status, path
            assert str(decision.number) not in answer.content.decode()
        for path, body in posts(case, its[1]):
            status = 404 if is_staff or path.endswith("appeals") else 403
            caller.post(path, body, status, Idempotency_Key=key())
        assert caller.get("/cases") == {"items": [], "next": None}
        caller.get("/cases", 404, subject=str(found.mother.pk))
    for path in addresses(*its):
        assert staff(worker()).client.get(f"{V1}{path}", headers=WHY).status_code == 200, path


def test_without_signing_in_there_is_a_problem_and_no_redirect() -> None:
    for path in ("/cases", f"/cases/{uuid.uuid4()}", "/session", "/statuses/changes"):
        answer = Client().get(f"{V1}{path}")
        assert answer.status_code == 401
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    for path in ("/api/v1/nothing", "/api/", "/api/v2/cases"):
        assert Client().get(path).headers["Content-Type"] == "application/problem+json"
    answer = Client().delete(f"{V1}/cases")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET")
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_staff_without_a_second_factor_are_not_known() -> None:
    who = worker()
    client = by_session(who)
    from balsts.access.models import StaffAccount

    StaffAccount.objects.get(pk=who.staff).authenticator_set.all().delete()
    assert client.get(f"{V1}/session").status_code == 401


def test_what_changes_something_needs_the_token_of_the_session() -> None:
    found = home()
    client = by_session(worker(), enforce_csrf=True)
    body = application(found.mother.pk)

    def send(**more: str) -> int:
        return client.post(f"{V1}/applications", body, content_type="application/json",
                           headers=WHY | {"Idempotency-Key": key()} | more).status_code  # fmt: skip

    assert send() == 403
    token = client.get(f"{V1}/session").json()["csrf_token"]
    assert send(**{"X-CSRFToken": "x" * len(token)}) == 403
    assert send(**{"X-CSRFToken": token}) == 201


def test_staff_say_why_they_look_and_it_stands_in_the_persons_record() -> None:
    found, who = home(), worker()
    case = applied(who, found.mother).case
    client = by_session(who)
    for headers in ({}, {"Balsts-Reason": "curiosity"}, {"Balsts-Reason": "request", "Balsts-Reference": "Ā<script>"}):
        answer = client.get(f"{V1}/cases/{case.pk}", headers={name: value.encode().decode("latin-1")
                                                              for name, value in headers.items()})  # fmt: skip
        assert answer.status_code == 422
        assert answer.json()["places"][0]["place"].startswith("header.Balsts-")
    Caller(client, {"Balsts-Reason": "request", "Balsts-Reference": "SP-7"}).get(f"/cases/{case.pk}")
    assert "a case; reason: request SP-7" in records(found.mother.pk)
    resident(found.mother.pk).get(f"/cases/{case.pk}")
    assert "a case; reason: own data" in records(found.mother.pk)


def test_lists_go_on_where_a_page_ended() -> None:
    found, who = home(), worker()
    cases = [str(applied(who, found.mother).case.pk) for _ in range(3)]
    caller = staff(who)
    first = caller.get("/cases", limit=2)
    second = caller.get("/cases", limit=2, after=first["next"])
    assert [one["id"] for one in first["items"] + second["items"]] == cases[::-1]
    assert second["next"] is None
    assert [one["id"] for one in caller.get("/cases", stage="received", type="assistance")["items"]] == cases[::-1]
    assert caller.get("/cases", stage="closed")["items"] == []


def test_what_does_not_fit_is_told_by_its_place_and_never_repeated() -> None:
    found, caller = home(), staff(worker())
    secret = "010190-Anna"
    wrong = application(found.mother.pk, since="2026-02-02", answers={"x": {"": secret}}, more=secret)
    said = caller.post("/applications", wrong, 422, Idempotency_Key=key())
    assert {one["place"] for one in said["places"]} == {"body.since", "body.more"}
    assert secret not in str(said)
    unknown = application(found.mother.pk, answers={"no_such_question": {"": secret}})
    said = caller.post("/applications", unknown, 422, Idempotency_Key=key())
    assert said["places"] == [{"place": "body.answers.no_such_question", "problem": "value"}]
    caller.post("/applications", application(found.mother.pk, since="2060-01-01"), 422, Idempotency_Key=key())
    answer = caller.client.post(f"{V1}/applications", application(found.mother.pk), content_type="application/json",
                                headers=WHY)  # fmt: skip
    assert answer.json()["places"] == [{"place": "header.Idempotency-Key", "problem": "missing"}]


@pytest.mark.parametrize(("body", "kind", "status"), [
    (b"{", "application/json", 400), (b"\xff", "application/json", 400), (b'{"a": NaN}', "application/json", 400),
    (b"[" * 100_000, "application/json", 400), (b"a=b", "application/x-www-form-urlencoded", 415),
    (b'"' + b"a" * 300_000 + b'"', "application/json", 413), (b"[]", "application/json", 422),
])  # fmt: skip
def test_a_body_that_is_no_json_is_refused(body: bytes, kind: str, status: int) -> None:
    answer = by_session(worker()).post(f"{V1}/applications", body, content_type=kind,
                                       headers=WHY | {"Idempotency-Key": key()})  # fmt: skip
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_somebody_in_no_household_is_told_what_to_do() -> None:
    alone = somebody("Jānis", "Ozols", municipality="0001000")
    said = staff(worker()).post("/applications", application(alone.pk), 422, Idempotency_Key=key())
    assert "household" in said["detail"]


def test_what_goes_wrong_with_us_tells_nothing_of_how(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_arguments: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("balsts.portal.api.case_calls.case_row", fails)
    found, who = home(), worker()
    applied(who, found.mother)
    client = by_session(who)
    client.raise_request_exception = False
    answer = client.get(f"{V1}/cases", headers=WHY)
    assert (answer.status_code, answer.headers["Content-Type"]) == (500, "application/problem+json")
    assert "secret" not in answer.content.decode()


def test_case_types_are_open_to_everybody() -> None:
    answer = Client().get(f"{V1}/case-types/assistance").json()
    assert answer["name"]["en"].startswith("Benefits")
    assert "needy_household" in answer["statuses"]
    assert Client().get(f"{V1}/case-types/nothing").status_code == 404
    assert Client().get(f"{V1}/registers/nothing/entries").status_code == 404


def test_a_determination_begins_with_the_month_that_was_asked() -> None:
    found, who = home(), worker()
    case = applied(who, found.mother).case
    made = staff(who).post(f"/cases/{case.pk}/determinations", {"since": str(FEBRUARY), "discretion": [
        {"code": "no_cooperation", "effect": "refuse", "reason": "did not come"}]}, 201)  # fmt: skip
    assert made["lines"] == []
    wrong = {"since": str(FEBRUARY), "discretion": [{"code": "made_up", "effect": "refuse", "reason": "x"}]}
    assert staff(who).post(f"/cases/{case.pk}/determinations", wrong, 422)["places"]
