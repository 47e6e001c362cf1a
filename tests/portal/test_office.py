"""Pages of cases for staff."""

from __future__ import annotations

import pytest

from balsts.access.acting import in_scope
from balsts.cases.models import Decision, Determination
from tests.cases.situations import head, worker
from tests.portal.office import client_of, received
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
