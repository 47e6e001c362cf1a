"""The API where pages write: applications and documents, changes, an office's work, drafts of law, not claimed."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from balsts.access.acting import in_scope
from balsts.cases import runs
from balsts.cases.models import Application, Attachment, Case, Change, Decision, LawDraft, Run, Unclaimed
from balsts.cases.reassessing import reassess
from balsts.cases.take_up import begin_take_up
from tests.access.people import LIEPAJA
from tests.cases import documents
from tests.cases.situations import applied, head, home, worker
from tests.cases.test_reassessing import GMI_UP, granted, january_was
from tests.cases.test_rehearsal import analyst
from tests.cases.test_uploads import ATTACKS
from tests.portal.callers import V1, Caller, resident, staff
from tests.portal.test_api import key, records
from tests.registry.situations import PLATFORM

pytestmark = pytest.mark.django_db(databases=["default", "log"])
ACCOUNT = "LV80 BANK 0000 4351 9500 1"


def begun(caller: Caller, person: uuid.UUID, type_code: str = "crisis") -> dict[str, Any]:
    found: dict[str, Any] = caller.post("/drafts", {"type": type_code, "subject": str(person)}, 201)
    return found


def answered(caller: Caller, draft: dict[str, Any], page: str, answers: list[dict[str, Any]], status: int = 200,
             version: int | None = None, **headers: str) -> Any:  # fmt: skip
    body = {"version": draft["version"] if version is None else version, "answers": answers}
    return caller.send("put", f"/drafts/{draft['id']}/pages/{page}", body, status, **headers)


def filled(caller: Caller, person: uuid.UUID) -> dict[str, Any]:
    """An application of the type "crisis" with all its answers."""
    draft = begun(caller, person)
    event = [{"question": "what_happened", "value": "Izdega virtuve."},
             {"question": "happened_on", "value": "1.2.2026"}]  # fmt: skip
    draft = answered(caller, draft, "event", event)
    draft = answered(caller, draft, "crisis", [{"question": "crisis", "value": "true"}])
    found: dict[str, Any] = answered(
        caller, draft, "account", [{"question": "account", "about": str(person), "value": ACCOUNT}]
    )
    return found


def handed_in(caller: Caller, draft: str, content: bytes, name: str = "bill.pdf", kind: str = "",
              once: str = "") -> Any:  # fmt: skip
    token = caller.get("/session")["csrf_token"]
    file = SimpleUploadedFile(name, content, content_type="application/pdf")
    headers = caller.headers | {"Idempotency-Key": once or key(), "X-CSRFToken": token}
    return caller.client.post(f"{V1}/drafts/{draft}/documents", {"kind": kind, "document": file}, headers=headers)


# -- applications and documents ------------------------------------------------------------------------------------


def test_an_application_is_begun_answered_and_sent_once() -> None:
    found = home()
    worker()
    caller = resident(found.mother.pk)
    draft = filled(caller, found.mother.pk)
    assert [one["is_done"] for one in draft["pages"]] == [True, True, True]
    assert draft["version"] == 3
    assert [one["id"] for one in caller.get("/drafts")] == [draft["id"]]
    body, once = {"version": 3, "is_true": True}, key()
    sent = caller.post(f"/drafts/{draft['id']}/send", body, 201, Idempotency_Key=once)
    assert caller.post(f"/drafts/{draft['id']}/send", body, 201, Idempotency_Key=once) == sent
    assert caller.post(f"/drafts/{draft['id']}/send", body, 201) == sent
    caller.get(f"/drafts/{draft['id']}", 404)
    assert caller.get("/applications") == [sent]
    with in_scope(PLATFORM):
        application = Application.objects.get()
        assert (application.key, application.by_person_id) == (uuid.UUID(draft["id"]), found.mother.pk)
        assert application.answers["details"]["is_true"] == "true"
    assert any(one.startswith("an application; reason: own data") for one in records(found.mother.pk))


def test_what_is_missing_or_is_no_answer_is_named_and_nothing_is_sent() -> None:
    found = home()
    worker()
    caller = resident(found.mother.pk)
    draft = begun(caller, found.mother.pk)
    said = caller.post(f"/drafts/{draft['id']}/send", {"version": 0, "is_true": True}, 422)
    assert {one["place"] for one in said["places"]} >= {"pages.event", "pages.account"}
    caller.post(f"/drafts/{draft['id']}/send", {"version": 0, "is_true": False}, 422)
    wrong = [{"question": "happened_on", "value": "31.02.2026"}]
    assert answered(caller, draft, "event", wrong, 422)["places"][0]["place"].startswith("body.answers.")
    answered(caller, draft, "event", [{"question": "crisis", "value": "true"}], 422)
    answered(caller, draft, "no_such_page", [], 404)
    assert caller.get(f"/drafts/{draft['id']}")["version"] == 0
    with in_scope(PLATFORM):
        assert not Case.objects.exists()


def test_a_page_saved_twice_under_its_key_is_saved_once_and_a_late_one_overwrites_nothing() -> None:
    found = home()
    worker()
    caller = resident(found.mother.pk)
    draft, once = begun(caller, found.mother.pk), key()
    crisis = [{"question": "crisis", "value": "true"}]
    first = answered(caller, draft, "crisis", crisis, Idempotency_Key=once)
    assert answered(caller, draft, "crisis", crisis, Idempotency_Key=once)["version"] == first["version"] == 1
    assert answered(caller, draft, "crisis", crisis, 409)["type"] == "urn:balsts:ChangedElsewhere"
    assert answered(caller, draft, "crisis", [], 409, Idempotency_Key=once)["type"] == "urn:balsts:KeyUsed"


def test_what_the_state_knows_is_confirmed_or_contradicted() -> None:
    found = home()
    worker()
    caller = resident(found.mother.pk)
    draft = begun(caller, found.mother.pk, "assistance")
    means = next(one for one in draft["pages"] if one["code"] == "means-1")
    known = {one["question"]: one["known"]["value"] for one in means["questions"] if one["known"]}
    assert known["wage_net_eur_month"] == "64.00"
    mother = str(found.mother.pk)
    answers = [{"question": one["question"], "about": mother, "is_right": True} for one in means["questions"]]
    wage = next(one for one in answers if one["question"] == "wage_net_eur_month")
    answered(caller, draft, "means-1", [one for one in answers if one is not wage], 422)
    wage |= {"is_right": False, "value": "80,5"}
    saved = answered(caller, draft, "means-1", answers)
    means = next(one for one in saved["pages"] if one["code"] == "means-1")
    assert {(one["value"], one["is_confirmed"]) for one in means["questions"]} == {("80.50", False), (None, True)}


def test_documents_are_handed_in_taken_back_and_go_to_the_case() -> None:
    found = home()
    worker()
    caller, stranger = resident(found.mother.pk), resident(home(LIEPAJA, "Kalniņa").mother.pk)
    draft = filled(caller, found.mother.pk)
    kind, once = draft["evidence"][0]["code"], key()
    first = handed_in(caller, draft["id"], documents.pdf(), kind=kind, once=once)
    assert first.status_code == 201, first.content
    assert handed_in(caller, draft["id"], documents.pdf(), kind=kind, once=once).json() == first.json()
    assert handed_in(caller, draft["id"], documents.png(), "b.png", kind, once).status_code == 409
    second = handed_in(caller, draft["id"], documents.png(), "b.png", kind).json()
    caller.send_gone(f"/drafts/{draft['id']}/documents/{second['id']}")
    assert [one["id"] for one in caller.get(f"/drafts/{draft['id']}")["documents"]] == [first.json()["id"]]
    assert handed_in(caller, draft["id"], documents.pdf(), kind="passport").status_code == 422
    assert handed_in(stranger, draft["id"], documents.pdf(), kind=kind).status_code == 404
    sent = caller.post(f"/drafts/{draft['id']}/send", {"version": 3, "is_true": True}, 201)
    for reader in (caller, staff(worker())):
        (one,) = reader.get(f"/cases/{sent['case']}/documents")
        file = reader.client.get(f"{V1}/documents/{one['id']}", headers=reader.headers)
        assert (file.headers["Content-Type"], file.content[:5]) == ("application/pdf", b"%PDF-")
        assert file.headers["Content-Disposition"].startswith("attachment")
    for other in (stranger, staff(worker(LIEPAJA))):
        assert other.client.get(f"{V1}/documents/{one['id']}", headers=other.headers).status_code == 404


def test_a_document_that_pages_refuse_is_refused_here_too() -> None:
    found = home()
    worker()
    caller = resident(found.mother.pk)
    draft = begun(caller, found.mother.pk)
    for name, (content, says) in ATTACKS.items():
        answer = handed_in(caller, draft["id"], content, name, draft["evidence"][0]["code"])
        assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json"), name
        assert answer.json()["detail"] == says.en, name
    with in_scope(PLATFORM):
        assert not Attachment.objects.exists()


def test_a_draft_is_of_whoever_began_it_and_is_thrown_away_by_them() -> None:
    found = home()
    caller, other = resident(found.mother.pk), staff(worker())
    draft = begun(caller, found.mother.pk)
    for path in (f"/drafts/{draft['id']}",):
        other.get(path, 404)
    assert other.client.delete(f"{V1}/drafts/{draft['id']}", headers=other.headers).status_code == 404
    caller.send_gone(f"/drafts/{draft['id']}")
    caller.get(f"/drafts/{draft['id']}", 404)
    stranger = home(LIEPAJA, "Kalniņa")
    caller.post("/drafts", {"type": "crisis", "subject": str(stranger.mother.pk)}, 404)
    staff(analyst()).post("/drafts", {"type": "crisis", "subject": str(found.mother.pk)}, 403)


# -- steps under a key ---------------------------------------------------------------------------------------------


def test_a_step_sent_again_under_its_key_is_answered_as_the_first_and_taken_once() -> None:
    found, caller, chief = home(), staff(worker()), staff(head())
    case = str(applied(worker(), found.mother).case.pk)
    once = key()
    made = caller.post(f"/cases/{case}/determinations", {"since": "2026-02-01"}, 201, Idempotency_Key=once)
    assert caller.post(f"/cases/{case}/determinations", {"since": "2026-02-01"}, 201, Idempotency_Key=once) == made
    assert len(caller.get(f"/cases/{case}")["determinations"]) == 1
    body, once = {"determination": made["id"]}, key()
    drafted = caller.post(f"/cases/{case}/decisions", body, 201, Idempotency_Key=once)
    assert caller.post(f"/cases/{case}/decisions", body, 201, Idempotency_Key=once)["id"] == drafted["id"]
    once = key()
    for _ in range(2):
        checked = chief.post(f"/decisions/{drafted['id']}/check", {}, 200, Idempotency_Key=once)
        assert [one["step"] for one in checked["steps"]] == ["drafted", "checked"]
    chief.post(f"/decisions/{drafted['id']}/check", {}, 409)
    chief.post(f"/decisions/{drafted['id']}/sign", {}, 409, Idempotency_Key=once)
    caller.post(f"/decisions/{drafted['id']}/discard", {"why": "x"}, 409, Idempotency_Key=once)
    assert caller.get(f"/decisions/{drafted['id']}")["state"] == "checked"


def test_a_step_that_failed_leaves_its_key_free() -> None:
    found, caller, once = home(), staff(worker()), key()
    case = applied(worker(), found.mother).case
    body = {"determination": str(uuid.uuid4())}
    caller.post(f"/cases/{case.pk}/decisions", body, 422, Idempotency_Key=once)
    caller.post(f"/cases/{case.pk}/determinations", {"since": "2026-02-01"}, 201, Idempotency_Key=once)


# -- changes -------------------------------------------------------------------------------------------------------


def changed() -> tuple[Decision, Change]:
    found = home()
    decision = granted(found.mother)
    january_was(found.mother, "100.00")
    change = reassess(decision.case_id, "fact").change
    assert change is not None
    return decision, change


def test_a_change_is_confirmed_by_a_draft_that_replaces_the_decision() -> None:
    decision, change = changed()
    caller, once = staff(worker()), key()
    (told,) = caller.get(f"/cases/{decision.case_id}/changes")
    assert (told["state"], told["because"][0]["key"]) == ("proposed", "wage_net_eur_month")
    staff(worker(LIEPAJA)).post(f"/changes/{change.pk}/confirm", {}, 404)
    drafted = caller.post(f"/changes/{change.pk}/confirm", {"reasons": "x"}, 201, Idempotency_Key=once)
    assert drafted["replaces"] == str(decision.pk)
    again = caller.post(f"/changes/{change.pk}/confirm", {"reasons": "x"}, 201, Idempotency_Key=once)
    assert again["id"] == drafted["id"]
    caller.post(f"/changes/{change.pk}/dismiss", {"reason": "no"}, 409)
    assert caller.get(f"/cases/{decision.case_id}/changes")[0]["state"] == "confirmed"


def test_a_change_is_dismissed_for_a_reason_by_staff_alone() -> None:
    decision, change = changed()
    caller = staff(worker())
    caller.post(f"/changes/{change.pk}/dismiss", {}, 422)
    resident(decision.case.subject_id).post(f"/changes/{change.pk}/dismiss", {"reason": "no"}, 403)
    told = caller.post(f"/changes/{change.pk}/dismiss", {"reason": "a message came twice"})
    assert (told["state"], told["reason"]) == ("dismissed", "a message came twice")


# -- an office's work ----------------------------------------------------------------------------------------------


def test_a_case_is_taken_given_back_assigned_and_found_in_lists() -> None:
    found, who = home(), worker()
    caller, chief = staff(who), staff(head())
    case = str(applied(who, found.mother).case.pk)
    assert [one["id"] for one in caller.get("/worklists/unassigned")["items"]] == [case]
    assert caller.post(f"/cases/{case}/take")["assigned_to"] == str(who.staff)
    (row,) = caller.get("/worklists/mine")["items"]
    assert (row["id"], row["name"]) == (case, None)
    assert caller.get("/worklists/mine", names="true")["items"][0]["name"] == "Anna Bērziņa"
    assert any(one.startswith("names in a list of cases; reason: application") for one in records(found.mother.pk))
    assert {one["name"]: one["count"] for one in caller.get("/worklists")}["mine"] == 1
    assert caller.post(f"/cases/{case}/give-back")["assigned_to"] is None
    caller.post(f"/cases/{case}/assign", {"staff": str(who.staff)}, 403)
    assert chief.post(f"/cases/{case}/assign", {"staff": str(who.staff)})["assigned_to"] == str(who.staff)
    assert str(who.staff) in [one["id"] for one in chief.get("/colleagues")]
    chief.post(f"/cases/{case}/take", {}, 409)
    assert chief.get("/figures")["loads"][0] == {"staff": str(who.staff), "to_do": 1, "overdue": 1}
    caller.get("/figures", 403)
    other = staff(worker(LIEPAJA))
    other.post(f"/cases/{case}/take", {}, 404)
    assert other.get("/worklists/all") == {"items": [], "next": None}


def test_cases_are_found_by_number_and_by_name_in_ones_own_office() -> None:
    found, who = home(), worker()
    case = applied(who, found.mother).case
    caller = staff(who)
    assert [one["id"] for one in caller.post("/cases/find", {"number": case.number})] == [str(case.pk)]
    assert caller.post("/cases/find", {"name": "Bērziņa"})[0]["name"] == "Anna Bērziņa"
    assert staff(worker(LIEPAJA)).post("/cases/find", {"number": case.number}) == []
    for wrong in ({}, {"name": "Bē"}, {"number": case.number, "name": "Bērziņa"}):
        caller.post("/cases/find", wrong, 422)
    resident(found.mother.pk).post("/cases/find", {"number": case.number}, 403)


def test_an_absence_is_entered_once_and_removed() -> None:
    who, chief, once = worker(), head(), key()
    caller = staff(who)
    away = {"staff": str(who.staff), "since": "2026-12-01", "until": "2026-12-05", "substitute": str(chief.staff)}
    made = caller.post("/absences", away, 201, Idempotency_Key=once)
    assert caller.post("/absences", away, 201, Idempotency_Key=once) == made
    caller.post("/absences", away, 409)
    caller.post("/absences", away | {"staff": str(chief.staff), "substitute": None}, 403)
    assert caller.get("/absences") == [made]
    caller.send_gone(f"/absences/{made['id']}")
    caller.send_gone(f"/absences/{made['id']}")
    assert caller.get("/absences") == []


# -- drafts of law, and what nobody has claimed --------------------------------------------------------------------


def test_a_draft_of_law_is_loaded_rehearsed_and_enacted_by_somebody_else() -> None:
    for _ in range(5):
        granted(home().mother)
    caller = staff(analyst())
    draft = caller.post("/law-drafts", {"text": GMI_UP}, 201)["id"]
    once = key()
    for _ in range(2):
        begun = caller.post(f"/law-drafts/{draft}/rehearse", {"month": "2026-02-01"}, 202, Idempotency_Key=once)
        assert begun["rehearsal"]["is_finished"] is False
    with in_scope(PLATFORM):
        runs.work(Run.objects.get().pk)
    told = caller.get(f"/law-drafts/{draft}", lang="en")["rehearsal"]
    assert [(one["code"], one["winners"]) for one in told["by_right"] if one["code"] == "gmi_benefit"] == [
        ("gmi_benefit", 5)
    ]
    caller.post(f"/law-drafts/{draft}/enact", {"since": "2099-01-01"}, 409)
    other = staff(analyst("second"))
    assert other.post(f"/law-drafts/{draft}/enact", {"since": "2099-01-01"})["status"] == "enacted"
    assert [one["id"] for one in other.get("/law-drafts")] == [draft]
    staff(worker()).get("/law-drafts", 404)
    caller.post("/law-drafts", {"text": "name: x\nrules: evil.py"}, 422)
    with in_scope(PLATFORM):
        assert LawDraft.objects.count() == 1


def test_what_nobody_has_claimed_is_offered_by_the_office_and_declined_by_the_person() -> None:
    found, caller = home(), staff(worker())
    runs.work(begin_take_up().pk)
    hint = next(one for one in caller.get("/unclaimed") if one["code"] == "gmi_benefit")
    assert (hint["person"], hint["amount"]) == (str(found.mother.pk), 254_00)
    assert staff(worker(LIEPAJA)).get("/unclaimed") == []
    once, path = key(), f"/unclaimed/{hint['id']}/settle"
    for _ in range(2):
        assert caller.post(path, {"state": "offered"}, 200, Idempotency_Key=once)["state"] == "offered"
    person = resident(found.mother.pk)
    person.post(path, {"state": "offered"}, 422)
    resident(home(surname="Cita").mother.pk).post(path, {"state": "declined"}, 404)
    assert person.post(path, {"state": "declined"})["state"] == "declined"
    with in_scope(PLATFORM):
        assert Unclaimed.objects.get(pk=hint["id"]).state == "declined"
