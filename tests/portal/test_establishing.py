"""Pages and calls by which staff establish a doubtful fact."""

from __future__ import annotations

import pytest

from balsts.access.acting import in_scope
from balsts.cases.models import Case, Determination
from balsts.portal.office.establishing import value_from
from balsts.registry.models import Fact
from balsts.registry.recording import days
from balsts.registry.use_cases import state_fact
from tests.cases.situations import FEBRUARY, Home, applied, home, worker
from tests.cases.test_accepted_facts import NOVEMBER, WAGE, WHY
from tests.portal.callers import staff
from tests.portal.office import client_of
from tests.registry.situations import PLATFORM, declaration

database = pytest.mark.django_db(databases=["default", "log"])


def contradicted() -> tuple[Home, Case]:
    found = home()
    with in_scope(PLATFORM):
        state_fact(declaration(), WAGE, "100.00", days(NOVEMBER, FEBRUARY), person=found.mother)
    return found, applied(worker(), found.mother).case


def newest(case: Case) -> Determination:
    with in_scope(PLATFORM):
        return Determination.objects.filter(case=case).latest("made_at")


@database
def test_a_worker_chooses_a_doubtful_fact_says_what_is_true_and_the_page_shows_what_follows() -> None:
    found, case = contradicted()
    client, address = client_of(worker(), lang="en"), f"/cases/{case.pk}/assessment/"
    assert "established_fact" not in client.get(address).content.decode()  # nothing is doubtful yet
    assert client.post(address, {"seen": ""}).status_code == 302
    page = client.get(address).content.decode()
    assert "1 fact cannot be relied on" in page
    chosen = f"{WAGE} {found.mother.pk}"
    assert f'value="{chosen}"' in page
    said = {"seen": newest(case).pk, "established_fact_is": "on", "established_fact_fact": chosen,
            "established_fact_value": "daudz", "established_fact_reason": WHY}  # fmt: skip
    refused = client.post(address, said | {"established_fact_value": ""})
    assert "Write what is true" in refused.content.decode()
    answer = client.post(address, said)
    assert answer.status_code == 409
    assert "expected an amount" in answer.content.decode()
    assert client.post(address, said | {"established_fact_value": "100,00"}).status_code == 302
    page = client.get(address).content.decode()
    assert "218.00 €" in page  # 318.00 - 100.00
    assert WHY in page
    assert "cannot be relied on" not in page
    assert "Fact established by the office" in page
    assert "Doubtful fact established by the office" in client.get(f"/cases/{case.pk}/").content.decode()
    with in_scope(PLATFORM):
        assert Fact.objects.get(origin__code="worker").value == "100.00"


@database
def test_a_fact_is_established_by_a_program_of_the_office_too() -> None:
    found, case = contradicted()
    caller, address = staff(worker()), f"/cases/{case.pk}/determinations"
    first = caller.post(address, {"since": str(FEBRUARY)}, 201)
    assert [(one["key"], one["about"]) for one in first["doubts"]] == [(WAGE, str(found.mother.pk))]
    said = {"code": "established_fact", "effect": "accept_fact", "reason": WHY, "fact": WAGE,
            "about": str(found.mother.pk)}  # fmt: skip
    wrong = said | {"value": "much"}
    caller.post(address, {"since": str(FEBRUARY), "discretion": [wrong]}, 422)
    made = caller.post(address, {"since": str(FEBRUARY), "discretion": [said | {"value": "100.00"}]}, 201)
    assert made["doubts"] == []
    assert {one["amount"] for one in made["lines"] if one["code"] == "gmi_benefit"} == {218_00}


@pytest.mark.parametrize(("key", "text", "value"), [
    (WAGE, "1 200,50", "1200.50"), (WAGE, "nav", None), ("born", "4.5.1990.", "1990-05-04"),
    ("born", "1990-05-04", "1990-05-04"), ("is_married", "Jā", "true"), ("is_married", "no", "false"),
    ("resident_status", "citizen", "citizen"),
])  # fmt: skip
def test_values_are_read_as_staff_write_them(key: str, text: str, value: str | None) -> None:
    assert value_from(key, text) == value


@pytest.mark.parametrize(("key", "text"), [
    (WAGE, " "), ("born", "31.02.1990"), ("born", "vakar"), ("is_married", "varbūt"), ("resident_status", "marsietis"),
])  # fmt: skip
def test_what_is_no_value_is_refused(key: str, text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        value_from(key, text)
