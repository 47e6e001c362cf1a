"""From an application to an award: each link once, in order, and every cent worked out again."""

from __future__ import annotations

import json
import uuid
import zlib
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from balsts.access.acting import in_scope
from balsts.access.errors import AccessDenied
from balsts.cases.chain import check, discard, draft_decision, sign
from balsts.cases.determining import determine, explanation, replay, same_lines
from balsts.cases.errors import CaseNotReady, OverlappingAward
from balsts.cases.models import Application, Award, Decision, DecisionStep
from balsts.cases.opening import receive
from balsts.registry.fact_types import BY_KEY
from balsts.registry.models import Fact
from balsts.registry.recording import new_source, withdraw
from tests.access.people import LIEPAJA, at_work, office
from tests.cases.situations import FEBRUARY, applied, decided, head, home, told, worker
from tests.registry.situations import PLATFORM

pytestmark = pytest.mark.django_db(databases=["default", "log"])


def test_the_same_application_sent_twice_is_one_case() -> None:
    who, found, key = worker(), home(), uuid.uuid4()
    assert applied(who, found.mother, key=key).pk == applied(who, found.mother, key=key).pk
    with in_scope(who):
        assert Application.objects.count() == 1


def test_a_decision_goes_from_application_to_award_with_the_sums_of_the_law() -> None:
    # Two persons in February 2026: 187.00 + 131.00 = 318.00 less a wage of 64.00 is 254.00. The housing benefit
    # coefficient of 2026-01 to 04 is read by the law; the award holds what the law gives, so its sum is worked by
    # hand for the part that the fact sheet settles.
    who, chief, found = worker(), head(), home()
    decision = decided(who, chief, found.mother)
    with in_scope(who):
        awards = {one.code: one for one in Award.objects.filter(case=decision.case)}
        assert awards["gmi_benefit"].spans.get().amount == 254_00
        assert awards["needy_household"].kind == "status"
        assert awards["gmi_benefit"].months.lower == FEBRUARY
        assert awards["gmi_benefit"].months.upper == date(2026, 5, 1)  # somebody is able to work: three months
        assert {one.person_id for one in awards["gmi_benefit"].holders.all()} == {found.mother.pk, found.child.pk}
        assert decision.case.decisions.get().state == "in_force"


def test_a_decision_is_worked_out_again_to_the_same_explanation() -> None:
    who, chief, found = worker(), head(), home()
    decision = decided(who, chief, found.mother)
    told(found.mother, "tax_authority", "wage_net_eur_month", "500.00", date(2025, 11, 1), date(2026, 3, 1))
    with in_scope(PLATFORM):
        decision = Decision.objects.get(pk=decision.pk)
        again = replay(decision.determination)
        assert again.digest == decision.determination.digest
        assert same_lines(decision.determination.lines.all(), again.lines)
        assert explanation(again) == zlib.decompress(bytes(decision.trace.content))
        assert "187" in json.dumps(json.loads(explanation(again))["lv"])


def test_income_is_the_average_of_the_three_full_months_before_the_application() -> None:
    who, found = worker(), home(wage="0.00")
    for month, amount in ((11, "30.00"), (12, "60.00")):
        told(found.mother, "tax_authority", "wage_net_eur_month", amount, date(2025, month, 1),
             date(2025 + month // 12, month % 12 + 1, 1))  # fmt: skip
    told(found.mother, "tax_authority", "wage_net_eur_month", "102.01", date(2026, 1, 1), date(2026, 2, 1))
    case = applied(who, found.mother).case
    determination = determine(who, case, FEBRUARY, "application")
    # (30.00 + 60.00 + 102.01) / 3 = 64.003..., so 64.00 is taken off 318.00.
    with in_scope(who):
        assert {one.amount for one in determination.lines.filter(code="gmi_benefit")} == {254_00}
        assert determination.doubts == []


def test_what_no_register_told_is_a_doubt_and_no_zero() -> None:
    who, found = worker(), home()
    other = home(surname="Kalniņa")
    with in_scope(PLATFORM):
        fact = Fact.objects.get(person=other.mother, origin__code="tax_authority", recorded__upper_inf=True,
                                type=BY_KEY["wage_net_eur_month"].number)  # fmt: skip
        withdraw(fact, new_source("tax_authority", "message 2", reason="the register took it back"))
    sure = determine(who, applied(who, found.mother).case, FEBRUARY, "application")
    unsure = determine(who, applied(who, other.mother).case, FEBRUARY, "application")
    assert sure.doubts == []
    assert {(one["about"], one["key"]) for one in unsure.doubts} == {(str(other.mother.pk), "wage_net_eur_month")}


def test_whoever_drafted_a_decision_can_neither_check_nor_sign_it() -> None:
    chief, found = head(), home()
    case = applied(worker(), found.mother).case
    decision = draft_decision(chief, case, determination=determine(chief, case, FEBRUARY, "application"))
    with pytest.raises(CaseNotReady, match="cannot check or sign"):
        check(chief, decision)
    with pytest.raises(AccessDenied):
        check(worker(), decision)
    with pytest.raises(CaseNotReady, match="cannot follow"):
        sign(chief, decision)


@pytest.mark.parametrize("step", ["signed", "notified", "in_force", "appealed", "replaced", "ended"])
def test_no_step_is_taken_out_of_order_whoever_writes(step: str) -> None:
    who, found = worker(), home()
    case = applied(who, found.mother).case
    decision = draft_decision(who, case, determination=determine(who, case, FEBRUARY, "application"))
    with in_scope(PLATFORM), pytest.raises(IntegrityError, match="cannot follow"), transaction.atomic():
        DecisionStep.objects.create(decision=decision, step=step, on=FEBRUARY, by_staff=head().staff)


def test_what_a_decision_says_never_changes() -> None:
    who, found = worker(), home()
    case = applied(who, found.mother).case
    decision = draft_decision(who, case, determination=determine(who, case, FEBRUARY, "application"))
    with in_scope(who), pytest.raises(Exception, match="permission denied"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(reasons="something else")


def test_two_offices_cannot_grant_one_person_the_same_right_for_the_same_months() -> None:
    who, chief, found = worker(), head(), home()
    decided(who, chief, found.mother)
    there = worker(LIEPAJA)
    application = receive(PLATFORM, "assistance", key=uuid.uuid4(), subject=found.child.pk, since=FEBRUARY, answers={},
                          channel=Application.Channel.PROACTIVE, institution=office(LIEPAJA))  # fmt: skip
    determination = determine(PLATFORM, application.case, FEBRUARY, "application")
    decision = draft_decision(there, application.case, determination=determination)
    check(head(LIEPAJA), decision)
    with pytest.raises(OverlappingAward, match="of this or another office"):
        sign(head(LIEPAJA), decision)
    with in_scope(PLATFORM):
        assert Decision.objects.get(pk=decision.pk).state == "checked"


def test_an_office_sees_nothing_of_a_case_of_another_office() -> None:
    found = home()
    case = applied(worker(), found.mother).case
    there = at_work("neighbour", office(LIEPAJA), "social_worker", "social_assistance")
    with pytest.raises(AccessDenied):
        determine(there, case, FEBRUARY, "application")
    with in_scope(there):
        assert not Application.objects.exists()


def test_a_draft_can_be_given_up_for_another_one() -> None:
    who, found = worker(), home()
    case = applied(who, found.mother).case
    determination = determine(who, case, FEBRUARY, "application")
    first = draft_decision(who, case, determination=determination)
    with pytest.raises(CaseNotReady, match="another decision is being made"):
        draft_decision(who, case, determination=determination)
    discard(who, first, "a fact was corrected")
    assert draft_decision(who, case, determination=determination).state == "drafted"


def test_a_replacing_decision_ends_the_awards_from_its_month_and_keeps_what_lies_before() -> None:
    who, chief, found = worker(), head(), home()
    first = decided(who, chief, found.mother)
    told(found.mother, "tax_authority", "wage_net_eur_month", "100.00", date(2025, 11, 1), date(2026, 2, 1))
    march = date(2026, 3, 1)
    determination = determine(who, first.case, march, "fact", anchor=FEBRUARY)
    second = draft_decision(who, first.case, determination=determination, replaces=first)
    check(chief, second)
    sign(chief, second)
    with in_scope(who):
        believed = Award.objects.filter(code="gmi_benefit", recorded__upper_inf=True).order_by("months")
        assert [(one.months.lower, one.months.upper, one.spans.first().amount) for one in believed] == [
            (FEBRUARY, march, 254_00), (march, date(2026, 5, 1), 218_00)
        ]  # fmt: skip
        assert Award.objects.filter(code="gmi_benefit").count() == 3
        assert Decision.objects.get(pk=first.pk).state == "replaced"
