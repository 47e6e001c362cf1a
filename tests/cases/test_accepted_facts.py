"""A doubtful fact that staff establish: the registry keeps it with the reason, the law reads it, letters show it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from balsts.access.acting import in_scope
from balsts.access.models import AccessRecord
from balsts.cases.appeals import contest, hear
from balsts.cases.assessing import assess
from balsts.cases.chain import check, draft_decision, notify, sign
from balsts.cases.determining import replay
from balsts.cases.errors import CaseNotReady
from balsts.cases.facts_used import facts_used
from balsts.cases.letters import letter_of
from balsts.cases.models import Case, Determination, Event
from balsts.cases.types.checks import complaints
from balsts.cases.types.declaration import Discretion
from balsts.cases.types.reading import case_type, case_types
from balsts.law.engine.errors import DomainError
from balsts.registry.models import Fact
from balsts.registry.recording import days
from balsts.registry.use_cases import state_fact
from tests.access.people import auditor
from tests.cases.situations import FEBRUARY, Home, applied, head, home, told, worker
from tests.cases.test_appeals import hearer
from tests.registry.situations import PLATFORM, declaration, somebody

pytestmark = pytest.mark.django_db(databases=["default", "log"])
WAGE, WHY = "wage_net_eur_month", "The employer confirmed it in writing."
NOVEMBER, MAY = date(2025, 11, 1), date(2026, 5, 1)


def contradicted() -> tuple[Home, Case, Determination]:
    """A mother who declares 100.00 a month, of whom the register tells 64.00; worked out once."""
    found = home()
    with in_scope(PLATFORM):
        state_fact(declaration(), WAGE, "100.00", days(NOVEMBER, FEBRUARY), person=found.mother)
    case = applied(worker(), found.mother).case
    return found, case, assess(worker(), case, seen=None)


def accepted(found: Home, value: str | None = "100.00", **other: Any) -> dict[str, Any]:
    said = {"code": "established_fact", "reason": WHY, "fact": WAGE, "about": str(found.mother.pk), "value": value}
    return said | other


def gmi(determination: Determination) -> set[int | None]:
    with in_scope(PLATFORM):
        return {one.amount for one in determination.lines.filter(code="gmi_benefit")}


def test_an_accepted_fact_is_stated_as_the_offices_with_the_reason_and_the_law_reads_it() -> None:
    found, case, first = contradicted()
    assert {(one["key"], one["why"]) for one in first.doubts} == {(WAGE, "contradictory: tax_authority, declaration")}
    assert gmi(first) == {254_00}  # 318.00 - 64.00: the register goes before the person
    second = assess(worker(), case, seen=first.pk, discretion=[accepted(found)])
    assert second.doubts == []
    assert gmi(second) == {218_00}  # 318.00 - 100.00
    with in_scope(PLATFORM):
        fact = Fact.objects.get(origin__code="worker", person=found.mother)
        assert (fact.value, fact.valid.lower, fact.valid.upper) == ("100.00", NOVEMBER, FEBRUARY)
        assert (fact.source.reason, fact.source.reference) == (WHY, f"case {case.number}")
        assert fact.source.staff == worker().staff
        assert Event.objects.filter(case=case, kind="fact_established").count() == 1
        assert replay(first).digest == first.digest
        assert replay(second).digest == second.digest
    with in_scope(auditor(), "log"):
        record = AccessRecord.objects.using("log").get(subject=found.mother.pk, detail__startswith="fact established")
    assert (record.action, record.staff) == ("record", worker().staff)


def test_the_decision_shows_whose_the_fact_is_and_why() -> None:
    found, case, first = contradicted()
    second = assess(worker(), case, seen=first.pk, discretion=[accepted(found)])
    assert second.said == [{"code": "established_fact", "effect": "accept_fact", "reason": WHY, "fact": WAGE,
                                "about": str(found.mother.pk)}]  # fmt: skip
    with in_scope(PLATFORM):
        used = next(one for one in facts_used(second) if one.fact.origin.code == "worker")
        assert used.value("lv") == "100,00 €"
        assert used.told("lv").startswith("iestādes konstatēts, ")
    decision = draft_decision(worker(), case, determination=second)
    with in_scope(PLATFORM):
        for language, title in (("lv", "Iestādes konstatēts fakts"), ("en", "Fact established by the office")):
            text = repr(letter_of(decision, language, is_draft=True))
            assert title in text
            assert WHY in text


def test_what_was_established_goes_on_holding_and_the_same_sent_twice_is_one_determination() -> None:
    found, case, first = contradicted()
    second = assess(worker(), case, seen=first.pk, discretion=[accepted(found)])
    again = assess(worker(), case, seen=first.pk, discretion=[accepted(found)])
    assert again.pk == second.pk
    third = assess(worker(), case, seen=second.pk)
    assert third.said == second.said
    assert gmi(third) == {218_00}
    fourth = assess(worker(), case, seen=third.pk, discretion=[accepted(found, "90.00", reason="A payslip.")])
    assert [one["reason"] for one in fourth.said] == ["A payslip."]
    assert gmi(fourth) == {228_00}


def test_a_fact_that_no_register_could_tell_is_established_and_no_income_is_one_too() -> None:
    found, case, first = contradicted()
    second = assess(worker(), case, seen=first.pk, discretion=[accepted(found, None)])
    assert gmi(second) == {318_00}
    with in_scope(PLATFORM):
        assert Fact.objects.get(origin__code="worker").value is None


def test_what_is_established_for_a_right_of_some_months_holds_for_these_months_alone() -> None:
    found = home()
    with in_scope(PLATFORM):
        state_fact(declaration(), "has_needy_property", False, days(FEBRUARY), household=found.household)
    case = applied(worker(), found.mother).case
    first = assess(worker(), case, seen=None)
    assert {one["key"] for one in first.doubts} == {"has_needy_property"}
    said = accepted(found, "true", fact="has_needy_property", about=str(found.household.pk))
    second = assess(worker(), case, seen=first.pk, discretion=[said])
    assert second.doubts == []
    with in_scope(PLATFORM):
        fact = Fact.objects.get(origin__code="worker")
        assert (fact.household_id, fact.value, fact.valid.lower, fact.valid.upper) == (
            found.household.pk, "true", FEBRUARY, MAY)  # fmt: skip


@pytest.mark.parametrize(("change", "why"), [
    ({"fact": "born", "value": "1980-01-01"}, "a register tells it and nothing differs"),
    ({"about": "00000000-0000-4000-8000-000000000000"}, "about nobody in case"),
    ({"about": "everybody"}, "say about whom"),
    ({"fact": "income_of_the_cat"}, "is not a fact that is left to staff"),
    ({"value": "much"}, "expected an amount"),
    ({"reason": " "}, "Say why"),
    ({"reason": "x" * 301}, "in 300 characters"),
])  # fmt: skip
def test_what_is_not_doubtful_or_not_complete_is_refused_and_nothing_is_stated(
    change: dict[str, Any], why: str
) -> None:
    found, case, first = contradicted()
    told(found.mother, "population_register", "born", "1990-05-04", date(1990, 5, 4))
    with pytest.raises(DomainError, match=why):
        assess(worker(), case, seen=first.pk, discretion=[accepted(found) | change])
    with in_scope(PLATFORM):
        assert not Fact.objects.filter(origin__code="worker").exists()
        assert Determination.objects.count() == 1


def test_before_anything_was_worked_out_nobody_knows_what_is_doubtful() -> None:
    found = home()
    case = applied(worker(), found.mother).case
    with pytest.raises(CaseNotReady, match="work the rights out first"):
        assess(worker(), case, seen=None, discretion=[accepted(found)])


def test_a_fact_of_a_stranger_is_not_established_in_the_case() -> None:
    found, case, first = contradicted()
    with pytest.raises(DomainError, match="about nobody in case"):
        assess(worker(), case, seen=first.pk, discretion=[accepted(found, about=str(somebody().pk))])


def test_whoever_hears_an_appeal_establishes_facts_too() -> None:
    found, case, first = contradicted()
    decision = draft_decision(worker(), case, determination=first)
    check(head(), decision)
    sign(head(), decision)
    notify(worker(), decision, on=date(2026, 2, 20), how="portal")
    appeal = contest(worker(), decision, key=found.mother.pk, grounds="Alga ir cita.")
    said = accepted(found) | {"effect": "accept_fact"}
    heard = hear(hearer(), appeal, "changed", "A payslip was handed in.", discretion=[said])
    with in_scope(PLATFORM):
        assert gmi(heard.new_decision.determination) == {218_00}
        assert Fact.objects.get(origin__code="worker").source.staff == hearer().staff


def test_a_type_may_leave_one_fact_to_staff_which_the_law_must_read() -> None:
    assistance = case_type("assistance")
    of_one = replace(assistance.discretions[-1], code="one", fact="has_needy_property")
    assert isinstance(of_one, Discretion)
    unread = replace(of_one, code="other", fact="has_celiac_certificate")
    changed = replace(assistance, discretions=(of_one, unread))
    found = [one for one in complaints(case_types() | {"assistance": changed}) if "left to staff" in one]
    assert len(found) == 1
    assert "has_celiac_certificate is left to staff" in found[0]


def test_every_type_that_the_law_works_out_lets_staff_establish_what_is_doubtful() -> None:
    for one in case_types().values():
        codes = [each.code for each in one.discretions if each.effect == "accept_fact"]
        assert codes == (["established_fact"] if one.codes else [])
