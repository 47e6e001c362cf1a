"""The register queries made: shown to who may see the person, and to the person."""

from __future__ import annotations

import pytest

from balsts.access.acting import in_scope, the_person
from balsts.exchange.models import RegisterMessage
from balsts.exchange.selectors import OUTCOMES, WAITING, QuestionMade, questions_about
from balsts.exchange.use_cases import ask_registers
from balsts.registry.use_cases import reading
from tests.access.people import LIEPAJA, social_worker
from tests.exchange.running_state import STEADY, WINTER, RunningState
from tests.exchange.test_database_store import kept, question
from tests.exchange.test_intake import household_with, person_of

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
