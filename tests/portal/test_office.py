"""Pages of cases for staff."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from balsts.access.acting import in_scope
from balsts.cases.assessing import assess, draft
from balsts.cases.chain import check, notify, sign
from balsts.cases.models import Case, Decision, Determination
from balsts.cases.reassessing import reassess
from tests.access.people import RIGA, at_work, office
from tests.cases.situations import decided, head, home, told, worker
from tests.portal.office import client_of, contested, matter, received
from tests.portal.visitors import resident
from tests.registry.situations import PLATFORM

pytestmark = pytest.mark.django_db(databases=["default", "log"])


def test_a_worker_and_a_head_take_a_case_from_application_to_a_decision_in_force() -> None:
    case = received()
    at_desk, chief = client_of(worker(), lang="en"), client_of(head(), lang="en")
    base = f"/cases/{case.pk}/"
    for path in ("/work/", "/work/?list=unassigned", base, f"{base}assessment/"):
        assert at_desk.get(path).status_code == 200, path
    assert at_desk.post(f"{base}take/").status_code == 302
    assert at_desk.post(f"{base}assessment/", {"seen": ""}).status_code == 302
    assert "254.00 €" in at_desk.get(f"{base}assessment/").content.decode()
    with in_scope(PLATFORM):
        newest = Determination.objects.get(case=case)
    assert "254.00 €" in at_desk.get(f"{base}decide/").content.decode()
    answer = at_desk.post(f"{base}decide/", {"determination": newest.pk, "reasons": "Viss izvērtēts."})
    with in_scope(PLATFORM):
        decision = Decision.objects.get(case=case)
    one = f"{base}decisions/{decision.pk}/"
    assert answer.headers["Location"] == one
    assert "somebody else checks and signs it" in at_desk.get(one).content.decode()
    assert case.number in chief.get("/work/?list=second").content.decode()
    for who, step, said in ((chief, "check", {}), (chief, "sign", {}),
                            (at_desk, "notify", {"how": "in_person", "on": "20.02.2026"})):  # fmt: skip
        assert "254.00 €" in who.get(f"{one}{step}/").content.decode() or step == "notify"
        assert who.post(f"{one}{step}/", said).headers["Location"] == one, step
    with in_scope(PLATFORM):
        assert Decision.objects.get(pk=decision.pk).state == "in_force"
    page = at_desk.get(base).content.decode()
    assert "Granted, by month" in page
    assert "April 2026" in page


def drafted():
    """A case with a drafted decision, the address of the decision, and the worker who drafted it."""
    case = received()
    decision = draft(worker(), case, determination=assess(worker(), case, seen=None).pk)
    return case, decision, f"/cases/{case.pk}/decisions/{decision.pk}/"


def state_of(decision: Decision) -> str:
    with in_scope(PLATFORM):
        return Decision.objects.get(pk=decision.pk).state


def test_two_heads_sign_at_once_and_the_second_is_told_who_was_first() -> None:
    _, decision, address = drafted()
    first = client_of(head())
    second = client_of(at_work("second-head", office(RIGA), "social_service_head", "social_assistance"), lang="en")
    assert first.post(f"{address}check/").status_code == 302
    assert first.post(f"{address}sign/").status_code == 302
    answer = second.post(f"{address}sign/")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert f"Decision {decision.number} is signed now: Head-{RIGA}" in page
    assert "Nothing was changed" in page
    assert state_of(decision) == "signed"


def test_whoever_drafted_a_decision_is_told_that_somebody_else_signs_it() -> None:
    case = received()
    decision = draft(head(), case, determination=assess(head(), case, seen=None).pk)
    client = client_of(head(), lang="en")
    address = f"/cases/{case.pk}/decisions/{decision.pk}/"
    assert client.get(f"{address}check/").status_code == 302
    answer = client.post(f"{address}check/")
    assert answer.status_code == 409
    assert "Somebody else must check and sign it" in answer.content.decode()
    assert f"{address}check/" not in client.get(address).content.decode()


def test_a_step_out_of_order_changes_nothing_and_says_where_the_decision_is() -> None:
    _, decision, address = drafted()
    answer = client_of(worker(), lang="en").post(f"{address}notify/", {"how": "post", "on": "20.02.2026"})
    assert answer.status_code == 409
    assert f"Decision {decision.number} is drafted now" in answer.content.decode()


def test_a_worker_cannot_check_or_sign() -> None:
    _, decision, address = drafted()
    for step in ("check", "sign"):
        assert client_of(worker()).post(f"{address}{step}/").status_code == 403
    assert state_of(decision) == "drafted"


def test_forms_sent_twice_or_from_an_old_page_do_their_work_once() -> None:
    case = received()
    at_desk, chief, base = client_of(worker()), client_of(head()), f"/cases/{case.pk}/"
    key = uuid.uuid4()
    for _ in range(2):
        assert at_desk.post(f"{base}take/").status_code == 302
        assert at_desk.post(f"{base}assessment/", {"seen": ""}).status_code == 302
        assert at_desk.post(f"{base}notes/", {"text": "Piezīme", "key": key}).status_code == 302
        assert at_desk.post(f"{base}messages/", {"text": "Ziņa", "key": key}).status_code == 302
        assert at_desk.post(f"{base}tasks/new/", {"detail": "Zvanīt", "key": key}).status_code == 302
        assert at_desk.post(f"{base}tasks/{key}/done/").status_code == 302
    with in_scope(PLATFORM):
        found = Determination.objects.get(case=case)
        assert (case.notes.count(), case.messages.count(), case.tasks.count()) == (1, 1, 1)
    for _ in range(2):
        assert at_desk.post(f"{base}decide/", {"determination": found.pk}).status_code == 302
    with in_scope(PLATFORM):
        decision = Decision.objects.get(case=case)
    address = f"{base}decisions/{decision.pk}/"
    for _ in range(2):
        assert chief.post(f"{address}check/").status_code == 302
    for _ in range(2):
        assert chief.post(f"{address}sign/").status_code == 302
    assert chief.post(f"{address}check/").status_code == 302
    assert state_of(decision) == "signed"


def test_a_case_determined_anew_meanwhile_is_not_decided_on_what_was_seen_before() -> None:
    case = received()
    base = f"/cases/{case.pk}/"
    old = assess(worker(), case, seen=None)
    refused = {"no_cooperation_is": "on", "no_cooperation_reason": "Neieradās."}
    assert client_of(head()).post(f"{base}assessment/", {"seen": old.pk, **refused}).status_code == 302
    answer = client_of(worker(), lang="en").post(f"{base}decide/", {"determination": old.pk})
    assert answer.status_code == 409
    assert "The case was changed after you opened the page" in answer.content.decode()


def test_discretion_needs_a_reason_and_stands_in_what_is_decided() -> None:
    case = received()
    base, client = f"/cases/{case.pk}/", client_of(worker(), lang="en")
    answer = client.post(f"{base}assessment/", {"seen": "", "no_cooperation_is": "on"})
    assert answer.status_code == 200
    assert "Say why; the person reads it." in answer.content.decode()
    said = {"seen": "", "no_cooperation_is": "on", "no_cooperation_reason": "Neieradās uz sarunu."}
    assert client.post(f"{base}assessment/", said).status_code == 302
    page = client.get(f"{base}decide/").content.decode()
    assert "Neieradās uz sarunu." in page
    assert "The decision will be to refuse." in page


def test_a_case_is_one_workers_until_given_back_and_a_substitute_takes_it_meanwhile() -> None:
    case = received()
    other = at_work("other", office(RIGA), "social_worker", "social_assistance")
    mine, theirs = client_of(worker()), client_of(other)
    assert mine.post(f"/cases/{case.pk}/take/").status_code == 302
    assert theirs.post(f"/cases/{case.pk}/take/").status_code == 409
    today = timezone.localdate()
    away = {"staff": worker().staff, "since": f"{today:%d.%m.%Y}", "until": f"{today + timedelta(days=3):%d.%m.%Y}",
            "substitute": other.staff}  # fmt: skip
    assert theirs.post("/work/away/", away).status_code == 200  # nobody enters somebody else's absence
    assert mine.post("/work/away/", away).status_code == 302
    assert mine.post("/work/away/", away).status_code == 409
    assert case.number in theirs.get("/work/?list=mine").content.decode()
    assert theirs.post(f"/cases/{case.pk}/take/").status_code == 302
    assert client_of(head()).post(f"/cases/{case.pk}/assign/", {"staff": worker().staff}).status_code == 302
    assert mine.post(f"/cases/{case.pk}/give-back/").status_code == 302
    with in_scope(PLATFORM):
        assert Case.objects.get(pk=case.pk).assigned_to is None


def test_a_persons_message_makes_a_task_that_the_answer_ends() -> None:
    found = matter()
    person, at_desk = resident(found.home.mother.pk), client_of(worker(), lang="en")
    assert (
        person.post(f"/me/cases/{found.case.pk}/", {"text": "Vai nauda būs?", "key": uuid.uuid4()}).status_code == 302
    )
    assert "Answer the person&#x27;s message" in at_desk.get(f"/cases/{found.case.pk}/").content.decode()
    at_desk.post(f"/cases/{found.case.pk}/messages/", {"text": "Būs.", "key": uuid.uuid4()})
    assert "Answer the person&#x27;s message" not in at_desk.get(f"/cases/{found.case.pk}/").content.decode()
    assert "Būs." in person.get(f"/me/cases/{found.case.pk}/").content.decode()


def test_a_resident_reads_the_decision_down_to_the_article_and_contests_it_once() -> None:
    today = timezone.localdate()
    case = received()
    decision = draft(worker(), case, determination=assess(worker(), case, seen=None).pk)
    check(head(), decision)
    sign(head(), decision)
    notify(worker(), decision, on=today, how="portal")
    client = resident(case.subject_id)
    headers = {"accept-language": "en"}
    assert case.number in client.get("/me/cases/", headers=headers).content.decode()
    page = client.get(f"/me/cases/{case.pk}/decisions/{decision.pk}/", headers=headers).content.decode()
    for said in ("254.00 €", "SPSPL", "Contest the decision", "187.00"):
        assert said in page, said
    assert "254.00 €" in client.get("/me/payments/", headers=headers).content.decode()
    notice = client.get(f"/cases/{case.pk}/decisions/{decision.pk}/notice/lv.pdf")
    assert notice.content.startswith(b"%PDF")
    address, key = f"/me/cases/{case.pk}/decisions/{decision.pk}/contest/", uuid.uuid4()
    assert client.get(address).status_code == 200
    for _ in range(2):
        assert client.post(address, {"grounds": "Alga bija mazāka.", "key": key}).status_code == 302
    answer = client.post(address, {"grounds": "Vēlreiz.", "key": uuid.uuid4()}, headers=headers)
    assert answer.status_code == 409
    assert "contested already" in answer.content.decode()
    with in_scope(PLATFORM):
        assert case.appeals.count() == 1


def test_a_resident_sees_no_decision_before_it_is_made_known() -> None:
    case, decision, _ = drafted()
    client = resident(case.subject_id)
    assert client.get(f"/me/cases/{case.pk}/decisions/{decision.pk}/").status_code == 404
    assert decision.number not in client.get(f"/me/cases/{case.pk}/").content.decode()


def test_whoever_hears_appeals_decides_on_a_contested_decision() -> None:
    found = contested(matter())
    hearer = client_of(at_work("hearer", office(RIGA), "appeals_officer", "appeal"), lang="en")
    assert found.case.number in hearer.get("/work/").content.decode()
    address = f"/cases/{found.case.pk}/appeals/{found.appeal}/"
    assert "Alga ir mazāka." in hearer.get(address).content.decode()
    assert client_of(worker()).post(address, {"outcome": "upheld", "reasons": "x"}).status_code == 403
    assert hearer.post(address, {"outcome": "upheld", "reasons": "Ziņas apstiprinātas."}).status_code == 302
    assert state_of(found.decision) == "in_force"


def test_a_proposed_change_is_confirmed_by_a_decision_that_replaces_the_present_one() -> None:
    found = home()
    decision = decided(worker(), head(), found.mother)
    told(found.mother, "tax_authority", "wage_net_eur_month", "100.00", date(2025, 11, 1), date(2026, 2, 1))
    change = reassess(decision.case_id, "fact").change
    assert change is not None
    client = client_of(worker(), lang="en")
    assert decision.case.number in client.get("/work/?list=changes").content.decode()
    address = f"/cases/{decision.case.pk}/changes/{change.pk}/"
    page = client.get(address).content.decode()
    for said in ("254.00 €", "218.00 €", "−36.00 €"):
        assert said in page, said
    assert client.get(f"{address}confirm/").status_code == 200
    assert client.post(f"{address}confirm/", {"reasons": ""}).status_code == 302
    assert client.post(f"{address}dismiss/", {"reason": "x"}).status_code == 409
    with in_scope(PLATFORM):
        assert decision.case.decisions.order_by("made_at").last().replaces == decision
