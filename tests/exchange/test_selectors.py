"""The register queries made: shown to who may see the person, and to the person."""

from __future__ import annotations

import pytest

from balsts.access.acting import in_scope, the_person
from balsts.exchange.models import RegisterMessage
from balsts.exchange.selectors import OUTCOMES, WAITING, QuestionMade, merges_to_decide, questions_about
from balsts.exchange.use_cases import ask_registers, read_feed
from balsts.registry.duplicates import merge
from balsts.registry.models import Duplicate
from balsts.registry.recording import new_source
from balsts.registry.selectors import known
from balsts.registry.use_cases import reading
from tests.access.people import LIEPAJA, agency, at_work, social_worker
from tests.exchange.running_state import STEADY, WINTER, RunningState
from tests.exchange.test_database_store import kept, question
from tests.exchange.test_intake import household_with, person_of
from tests.registry.situations import PLATFORM, household_of

Kind = RegisterMessage.Kind
pytestmark = pytest.mark.django_db(databases=["default", "log"])


def made(code: str) -> list[QuestionMade]:
    person = person_of(code).pk
    with reading(social_worker(), [person], "register queries made"):
        return list(questions_about(person))


def test_the_queries_made_are_shown_with_purpose_and_outcome(state: RunningState, code: str) -> None:
    household = household_with(code)
    state.fault("vehicles", "fail", status=403)
    state.fault("tractors", "malformed", how="bad_signature")
    worker = social_worker()
    ask_registers(worker, household, ["prisons", "vehicles", "tractors"], WINTER, {"*": state.connection}, STEADY)
    shown = {one.register.en: (one.outcome, one.problem) for one in made(code)}
    assert shown == {
        "Information system on prisoners": (OUTCOMES[Kind.ANSWER], ""),
        "State Register of Vehicles and Drivers": (OUTCOMES[Kind.NO_ANSWER], "HTTP 403"),
        "Register of tractors and their drivers": (
            OUTCOMES[Kind.UNREADABLE],
            "signature: BadSignatureError",
        ),
    }
    [one, *_] = made(code)
    assert (one.purpose, one.role, one.staff, one.days) == ("social_assistance", "social_worker", worker.staff, WINTER)


def test_the_person_sees_who_asked_about_them_and_nobody_elsewhere_does(state: RunningState, code: str) -> None:
    ask_registers(social_worker(), household_with(code), ["prisons"], WINTER, {"*": state.connection}, STEADY)
    person = person_of(code).pk
    with in_scope(the_person(person)):
        assert [one.role for one in questions_about(person)] == ["social_worker"]
    with in_scope(social_worker(LIEPAJA)):
        assert list(questions_about(person)) == []


def test_a_question_without_an_answer_is_waiting(code: str) -> None:
    household_with(code)
    asked = question(person_of(code).pk)
    assert kept([asked]) == [[True]]
    assert [one.outcome for one in made(code)] == [WAITING]


# ------------------------------------------------------------------------------------------- merges


@pytest.fixture
def told_of_a_merge(state: RunningState, code: str, another_code: str) -> tuple[str, str]:
    """Two persons of Rīga whom the population register finds to be one."""
    household_with(code)
    household_with(another_code)
    read_feed("population_register", {"*": state.connection}, STEADY)
    state.event("merge", personal_code=code, into=another_code)
    read_feed("population_register", {"*": state.connection}, STEADY)
    return code, another_code


def test_a_merge_that_the_register_tells_waits_for_a_person_to_decide(
    state: RunningState, told_of_a_merge: tuple[str, str]
) -> None:
    one, into = (person_of(code) for code in told_of_a_merge)
    with in_scope(PLATFORM):
        assert [(told.merged, told.into) for told in merges_to_decide()] == [(one.pk, into.pk)]
        assert not known(Duplicate).exists()
        source = new_source("population_register", "message", reason="the register merged the entries")
    ask_registers(PLATFORM, household_of(one), ["population_register"], WINTER, {"*": state.connection}, STEADY)
    with in_scope(PLATFORM):
        assert merges_to_decide().count() == 1
    officer = at_work("officer", agency(), "benefits_officer", "state_benefits")
    merge(officer, one.pk, into.pk, source)
    with in_scope(officer):
        assert not merges_to_decide().exists()


def test_a_merge_is_shown_to_who_may_see_both(told_of_a_merge: tuple[str, str]) -> None:
    with in_scope(social_worker(LIEPAJA)):
        assert not merges_to_decide().exists()
