"""Two who do the same at the same moment, on connections that commit: one does it, the other is told why not."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

import pytest

from balsts.access.acting import in_scope
from balsts.cases.appeals import contest
from balsts.cases.assessing import assess
from balsts.cases.assessing import draft as draft_newest
from balsts.cases.chain import check, draft_decision, notify, sign
from balsts.cases.changes import confirm
from balsts.cases.determining import determine
from balsts.cases.errors import CaseNotReady, OverlappingAward
from balsts.cases.models import Appeal, Application, Award, AwardHolder, Case, Decision, DecisionStep, Notice, Trace
from balsts.cases.opening import receive
from balsts.cases.reassessing import reassess
from tests.access.people import LIEPAJA, RIGA, at_work, office
from tests.cases.situations import FEBRUARY, applied, decided, head, home, worker
from tests.cases.test_reassessing import january_was
from tests.database.apart import Connections
from tests.registry.situations import PLATFORM

ROUNDS = 3
"""How often two begin at once: whoever is first is not always the same."""


def colleague(role: str = "social_worker") -> Any:
    return at_work(f"colleague-{role}", office(RIGA), role, "social_assistance")


def drafted(who: Any, case: Case) -> Decision:
    return draft_decision(who, case, determination=determine(who, case, FEBRUARY, "application"))


def one_of(found: list[Any], error: type[Exception]) -> Exception:
    """The error of the one who was told why not; of two, exactly one was."""
    refused = [one for one in found if isinstance(one, BaseException)]
    assert [type(one) for one in refused] == [error], found
    return refused[0]


def test_of_two_workers_who_draft_at_once_one_drafts(apart: Connections) -> None:
    for number in range(ROUNDS):
        case = applied(worker(), home(surname="Bērziņa" + "a" * number).mother).case
        made = {who: determine(who, case, FEBRUARY, "application") for who in (worker(), colleague())}
        found = apart.at_once(*(partial(draft_decision, who, case, determination=one) for who, one in made.items()))
        assert "another decision is being made" in str(one_of(found, CaseNotReady))
        with in_scope(PLATFORM):
            assert Decision.objects.filter(case=case).count() == 1
            assert DecisionStep.objects.filter(decision__case=case, step="drafted").count() == 1


def test_the_same_draft_asked_for_twice_at_once_is_one(apart: Connections) -> None:
    who = worker()
    case = applied(who, home().mother).case
    newest = assess(who, case, seen=None)
    found = apart.at_once(*[partial(draft_newest, who, case, determination=newest.pk)] * 2)
    assert found[0].pk == found[1].pk
    with in_scope(PLATFORM):
        assert Decision.objects.filter(case=case).count() == 1


def test_of_two_workers_who_assess_at_once_one_is_told_that_it_was_done(apart: Connections) -> None:
    case = applied(worker(), home().mother).case
    found = apart.at_once(*(partial(assess, who, case, seen=None) for who in (worker(), colleague())))
    assert "determined anew meanwhile" in str(one_of(found, CaseNotReady))
    with in_scope(PLATFORM):
        assert case.determinations.count() == 1


def test_of_two_heads_who_sign_at_once_one_signs_and_everything_is_there_once(apart: Connections) -> None:
    for number in range(ROUNDS):
        decision = drafted(worker(), applied(worker(), home(surname="Ozola" + "a" * number).mother).case)
        check(head(), decision)
        chiefs = (head(), colleague("social_service_head"))
        found = apart.at_once(*(partial(sign, chief, decision) for chief in chiefs))
        assert "cannot follow the state signed" in str(one_of(found, CaseNotReady))
        with in_scope(PLATFORM):
            assert DecisionStep.objects.filter(decision=decision, step="signed").count() == 1
            assert Trace.objects.filter(decision=decision).count() == 1
            assert Notice.objects.filter(decision=decision).count() == 1
            codes = list(Award.objects.filter(decision=decision).values_list("code", flat=True))
            assert len(codes) == len(set(codes)) > 0


def test_of_two_municipalities_that_grant_the_same_right_at_once_one_grants_it(apart: Connections) -> None:
    for number in range(ROUNDS):
        found = home(surname="Kalniņa" + "a" * number)
        here = drafted(worker(), applied(worker(), found.mother).case)
        application = receive(
            PLATFORM, "assistance", key=uuid.uuid4(), subject=found.child.pk, since=FEBRUARY, answers={},
            channel=Application.Channel.PROACTIVE, institution=office(LIEPAJA),
        )  # fmt: skip
        determination = determine(PLATFORM, application.case, FEBRUARY, "application")
        there = draft_decision(worker(LIEPAJA), application.case, determination=determination)
        check(head(), here)
        check(head(LIEPAJA), there)
        chiefs = ((head(), here), (head(LIEPAJA), there))
        signed = apart.at_once(*(partial(sign, chief, one) for chief, one in chiefs))
        assert "of this or another office" in str(one_of(signed, OverlappingAward))
        with in_scope(PLATFORM):
            states = {one.case.institution_id: one.state for one in Decision.objects.filter(pk__in=[here.pk, there.pk])}
            assert sorted(states.values()) == ["checked", "signed"]
            held = AwardHolder.objects.filter(person=found.child, code="gmi_benefit", is_believed=True)
            assert held.count() == 1
            loser = here if states[office(LIEPAJA).pk] == "signed" else there
            assert not Award.objects.filter(decision=loser).exists()
            assert not Notice.objects.filter(decision=loser).exists()


def test_of_two_workers_who_make_a_decision_known_at_once_one_does(apart: Connections) -> None:
    decision = drafted(worker(), applied(worker(), home().mother).case)
    check(head(), decision)
    sign(head(), decision)
    both = (worker(), colleague())
    found = apart.at_once(*(partial(notify, who, decision, on=FEBRUARY, how="portal") for who in both))
    one_of(found, CaseNotReady)
    with in_scope(PLATFORM):
        assert DecisionStep.objects.filter(decision=decision, step="in_force").count() == 1


def test_of_two_workers_who_confirm_a_change_at_once_one_drafts_the_decision(apart: Connections) -> None:
    found = home()
    decision = decided(worker(), head(), found.mother)
    january_was(found.mother, "100.00")
    change = reassess(decision.case_id, "fact").change
    assert change is not None
    outcomes = apart.at_once(*(partial(confirm, who, change) for who in (worker(), colleague())))
    assert "confirmed already" in str(one_of(outcomes, CaseNotReady))
    with in_scope(PLATFORM):
        assert Decision.objects.filter(case=decision.case_id, kind="replace").count() == 1


def test_a_case_that_is_reassessed_by_two_workers_at_once_has_one_change(apart: Connections) -> None:
    found = home()
    decision = decided(worker(), head(), found.mother)
    january_was(found.mother, "100.00")
    found = apart.at_once(*[partial(reassess, decision.case_id, "fact")] * 2)
    assert sorted(one.outcome for one in found) == ["changed", "proposed_before"]


@pytest.mark.parametrize("same_key", [True, False])
def test_a_decision_that_is_contested_twice_at_once_has_one_appeal(apart: Connections, *, same_key: bool) -> None:
    decision = decided(worker(), head(), home().mother)
    keys = [uuid.uuid4()] * 2 if same_key else [uuid.uuid4(), uuid.uuid4()]
    outcomes = apart.at_once(*(partial(contest, worker(), decision, key=one, grounds="Alga ir cita.") for one in keys))
    if same_key:
        assert outcomes[0].pk == outcomes[1].pk
    else:
        one_of(outcomes, CaseNotReady)
    with in_scope(PLATFORM):
        assert Appeal.objects.filter(decision=decision).count() == 1
