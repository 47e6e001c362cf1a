"""Pages of cases for staff."""

from __future__ import annotations

import pytest

from tests.cases.situations import head, worker
from tests.portal.office import client_of, matter, received

pytestmark = pytest.mark.django_db(databases=["default", "log"])


def test_a_worker_and_a_head_take_a_case_from_application_to_a_decision_in_force() -> None:
    case = received()
    at_desk, chief = client_of(worker(), lang="en"), client_of(head(), lang="en")
    base = f"/cases/{case.pk}/"
    for path in ("/work/", "/work/?list=unassigned", base, f"{base}assessment/"):
        assert at_desk.get(path).status_code == 200, path
    assert at_desk.post(f"{base}take/").status_code == 302
    answer = at_desk.post(f"{base}assessment/", {"seen": ""})
    assert answer.status_code == 302, answer.content.decode()
    page = at_desk.get(f"{base}assessment/").content.decode()
    assert "254.00 €" in page
    page = at_desk.get(f"{base}decide/").content.decode()
    print(page)
