"""Everything held of a person as one file, and nothing of anybody else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connections

from balsts.access.acting import Acting, in_scope, the_person
from balsts.access.errors import AccessDenied
from balsts.registry.export import export_person
from balsts.registry.models import STATEMENTS, Person
from balsts.registry.recording import ALWAYS
from balsts.registry.use_cases import reading, state_account, state_code, state_fact, state_relation
from tests.access.people import LIEPAJA, RIGA, at_work, office, social_worker
from tests.registry.situations import PLATFORM, declaration, household_of, somebody

pytestmark = pytest.mark.django_db(databases=["default", "log"])


def head(municipality: str = RIGA) -> Acting:
    return at_work(f"head-{municipality}", office(municipality), "social_service_head", "data_subject")


@pytest.fixture
def anna() -> Person:
    """Somebody with a history, a household, a partner and a sealed fact."""
    anna, juris = somebody(municipality=RIGA), somebody("Juris", "Kalniņš", sex="m", municipality=RIGA)
    home = household_of(anna, juris)
    with in_scope(PLATFORM):
        state_code(anna, declaration(), "161175-19997")
        state_account(anna, declaration(), "LV80BANK0000435195001")
        state_relation(declaration(), "partner", anna, juris, ALWAYS)
        state_fact(declaration(), "wage_net_eur_month", "640", ALWAYS, person=anna)
        state_fact(declaration("misread"), "wage_net_eur_month", "64", ALWAYS, person=anna)
        state_fact(declaration(), "savings_eur", "123.45", ALWAYS, person=juris)
        state_fact(declaration(), "adopted_on", "1995-01-01", ALWAYS, person=anna)
        state_fact(declaration(), "housing_costs_eur_month", "180", ALWAYS, household=home)
    return anna


def exported(who: Acting, person: Person) -> dict[str, Any]:
    """As JSON gives it back: the file must be plain."""
    found: dict[str, Any] = json.loads(json.dumps(export_person(who, person.pk)))
    return found


def test_all_that_is_held_is_in_the_file_with_its_source_and_history(anna: Person) -> None:
    found = exported(head(), anna)
    assert set(found["statements"]) == {kind._meta.model_name for kind in STATEMENTS}
    wages = [one for one in found["statements"]["fact"] if one["fact"] == "wage_net_eur_month"]
    assert [(one["value"], one["origin"]) for one in wages] == [("640.00", "declaration"), ("64.00", "declaration")]
    assert wages[0]["ended_because"] == "misread"
    assert wages[0]["believed"]["until"] == wages[1]["believed"]["from"]
    assert found["statements"]["identifier"][0]["value"] == "16117519997"
    assert found["statements"]["bankaccount"][0]["iban"] == "LV80BANK0000435195001"
    assert [one["value"] for one in found["facts_of_households"]] == ["180.00"]


def test_nothing_of_others_is_in_the_file(anna: Person) -> None:
    text = json.dumps(exported(head(), anna), ensure_ascii=False)
    assert "123.45" not in text
    assert "Kalniņš" not in text


def test_sealed_data_are_left_out_for_roles_that_may_not_see_them(anna: Person) -> None:
    found = exported(head(), anna)
    assert found["shows"] == ["health", "ordinary"]
    assert not [one for one in found["statements"]["fact"] if one["fact"] == "adopted_on"]
    officer = at_work("dpo", office(RIGA), "data_protection_officer", "data_subject")
    assert [one for one in exported(officer, anna)["statements"]["fact"] if one["fact"] == "adopted_on"]


def test_a_person_draws_their_own_file_and_nobody_elses(anna: Person) -> None:
    assert exported(the_person(anna.pk), anna)["statements"]["personname"][0]["surname"] == "Bērziņa"
    with pytest.raises(AccessDenied):
        export_person(the_person(somebody().pk), anna.pk)


@pytest.mark.parametrize("role", ["other office", "worker"])
def test_who_may_not_export_gets_nothing(anna: Person, role: str) -> None:
    with pytest.raises(AccessDenied):
        export_person(head(LIEPAJA) if role == "other office" else social_worker(RIGA), anna.pk)


def test_the_file_says_who_looked_itself_included() -> None:
    kept = connections["default"]
    connections["default"] = connections[
        "log"
    ]  # what a test records is rolled back, so it is read where it was written
    try:
        anna, worker = somebody(municipality=RIGA), social_worker(RIGA)
        with reading(worker, [anna.pk], "facts"):
            pass
        looks = exported(the_person(anna.pk), anna)["access"]
    finally:
        connections["default"] = kept
    assert [(one["action"], one["what"]) for one in looks][-2:] == [("read", "facts"), ("export", "everything held")]
    assert looks[-2]["role"] == "sociālā darba speciālists"
