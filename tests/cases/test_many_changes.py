"""A law change proposed in many cases at once comes to what working each case out alone comes to."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from balsts.access.acting import in_scope
from balsts.access.models import AccessRecord
from balsts.cases import law_in_force as module
from balsts.cases.chain import check, determine, draft_decision, notify, sign
from balsts.cases.changes import dismiss
from balsts.cases.determining import doubts_of, replay, same_lines
from balsts.cases.drafts_of_law import amendment_of, laid_over
from balsts.cases.law_in_force import LawInForce, law_in_force
from balsts.cases.many_cases import batch_of
from balsts.cases.many_changes import change_together
from balsts.cases.models import Case, Change, Event, Party, Run, Task
from balsts.cases.reassessing import reassess
from balsts.cases.runs import work
from balsts.cases.works import begin_law_change
from balsts.law.engine.quantities import month_from
from balsts.law.engine.vocabulary import Month
from balsts.registry.models import Membership
from balsts.registry.recording import days, state
from balsts.registry.use_cases import state_relation
from tests.access.people import at_work, auditor
from tests.cases.situations import FEBRUARY, applied, home, told, vsaa, worker
from tests.cases.test_reassessing import granted, january_was
from tests.cases.test_runs import household_alone
from tests.registry.situations import LONG_AGO, PLATFORM, declaration, household_of, somebody

pytestmark = pytest.mark.django_db(databases=["default", "log"])

HIGHER = """name: Higher amounts
parameters:
  thresholds.gmi_first: {from: 2026-03-01, value: "197.00", reference: proposal}
  family_state_benefit.per_child:
    {from: 2026-04-01, value: {1: "26.00", 2: "101.00", 3: "161.00", 4: "101.00"}, reference: proposal}
"""
FEB = month_from("2026-02")


def family(surname: str = "Ozola"):
    """Two parents with three children, of whom one was born in March: a benefit of families, paid to the mother."""
    mother = somebody("Ilze", surname)
    father = somebody("Māris", surname, sex="m", born="1988-01-02")
    children = [somebody(name, surname, born=born) for name, born in
                (("Zane", "2012-03-17"), ("Aija", "2016-01-05"), ("Elza", "2019-07-08"))]  # fmt: skip
    household_of(mother, father, *children)
    with in_scope(PLATFORM):
        source = declaration()
        state_relation(source, "partner", mother, father, days(LONG_AGO))
        for child in children:
            state_relation(source, "parent", child, mother, days(None))
            state_relation(source, "parent", child, father, days(None))
    return mother


def benefit_granted(person):
    officer = at_work("officer", vsaa(), "benefits_officer", "state_benefits")
    chief = at_work("benefits-head", vsaa(), "benefits_head", "state_benefits")
    case = applied(officer, person, "family_state_benefit").case
    decision = draft_decision(officer, case, determination=determine(officer, case, FEBRUARY, "application"))
    check(chief, decision)
    sign(chief, decision)
    notify(officer, decision, on=date(2026, 2, 20), how="portal")
    return decision


def looked_at(cases: Iterable[uuid.UUID]) -> None:
    """What time alone changes was looked at, as every night."""
    for one in cases:
        assert reassess(one, "time").outcome == "unchanged"


def told_of(case: uuid.UUID) -> dict[str, Any]:
    """All that a change says, without the identifiers it got."""
    with in_scope(PLATFORM):
        change = Change.objects.get(case=case, state="proposed")
        after = change.after
        return {
            "cause": change.cause, "because": change.because, "before": change.before_id, "months": after.months,
            "law": after.law_id, "digest": after.digest, "discretion": after.discretion, "previous": after.previous_id,
            "doubts": doubts_of(after),
            "changed": sorted(change.lines.values_list("month", "code", "payee", "before", "after")),
            "lines": sorted(after.lines.values_list(
                "kind", "code", "payee", "beneficiaries", "months", "amount", "per", "paid_after_months", "rule_since",
                "question"), key=repr),
            "tasks": list(Task.objects.filter(case=case, done_at=None).values_list("kind", "detail")),
            "events": sorted(Event.objects.filter(case=case).values_list("kind", "detail")),
            "parties": sorted(Party.objects.filter(case=case).values_list("person", "part"), key=repr),
        }  # fmt: skip


def enacted(monkeypatch: pytest.MonkeyPatch) -> tuple[LawInForce, LawInForce]:
    old, amendment = law_in_force(), amendment_of(HIGHER)
    new = laid_over(amendment)
    monkeypatch.setattr(module, "_enacted", lambda: [(amendment, date(2026, 1, 1))])
    return old, new


def together(cases: Iterable[uuid.UUID], old: LawInForce, new: LawInForce):
    with in_scope(PLATFORM):
        some = list(Case.objects.filter(pk__in=cases).order_by("pk"))
        return change_together(batch_of(some, (old, new), FEB, Month(FEB + 22), beneficiaries=True))


def test_many_at_once_come_to_what_each_comes_to_alone_word_for_word(monkeypatch: pytest.MonkeyPatch) -> None:
    decisions = [granted(home(wage=wage).mother) for wage in ("0.00", "64.00", "320.00", "900.00")]
    decisions += [granted(household_alone()), benefit_granted(family())]
    cases = [one.case_id for one in decisions]
    looked_at(cases)
    old, new = enacted(monkeypatch)
    with transaction.atomic():
        outcomes = [reassess(one, "law").outcome for one in cases]
        alone = {one: told_of(one) for one, outcome in zip(cases, outcomes, strict=True) if outcome == "changed"}
        transaction.set_rollback(True)
    assert len(alone) == 5
    found = together(cases, old, new)
    assert (found.changed, found.one_by_one) == (5, frozenset())
    assert {one: told_of(one) for one in alone} == alone
    assert [reassess(one, "law").outcome for one in alone] == ["proposed_before"] * 5
    with in_scope(PLATFORM):
        for one in Change.objects.select_related("after"):
            assert same_lines(one.after.lines.all(), replay(one.after).lines)


def test_whoever_is_looked_at_is_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    found = home()
    decision = granted(found.mother)
    looked_at([decision.case_id])
    old, new = enacted(monkeypatch)
    together([decision.case_id], old, new)
    said = f"case {decision.case.number} worked out anew"
    with in_scope(auditor(), "log"):
        records = AccessRecord.objects.using("log").filter(detail=said, subject__in=[found.mother.pk, found.child.pk])
        seen = [(one.subject, one.staff) for one in records]
    # By the look of the night before, and by the law change.
    assert sorted(seen) == sorted([(found.mother.pk, None), (found.child.pk, None)] * 2)


def test_where_more_than_the_law_differs_a_case_goes_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    homes = [home() for _ in range(4)]
    plain, corrected, proposed, claimed = (granted(one.mother).case_id for one in homes)
    looked_at([plain, corrected, proposed, claimed])
    january_was(homes[2].mother, "100.00")
    assert reassess(proposed, "fact").outcome == "changed"
    told(homes[3].mother, "social_insurance", "claimed_on", "2026-05-05", date(2026, 5, 5))
    january_was(homes[1].mother, "100.00")
    old, new = enacted(monkeypatch)
    found = together([plain, corrected, proposed, claimed], old, new)
    assert (found.changed, found.one_by_one) == (1, frozenset({corrected, proposed, claimed}))


def test_somebody_who_came_later_with_income_in_the_window_is_not_averaged_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Asked from March on, whoever came in March would count as there from the beginning."""
    found = home()
    later = somebody("Pēteris", "Liepa", sex="m")
    told(later, "tax_authority", "wage_net_eur_month", "90.00", date(2025, 11, 1), date(2026, 2, 1))
    with in_scope(PLATFORM):
        state(Membership(person=later, household=found.household, source=declaration(), valid=days(date(2026, 2, 20))))
    decision = granted(found.mother)
    looked_at([decision.case_id])
    old, new = enacted(monkeypatch)
    outcome = together([decision.case_id], old, new)
    assert (outcome.changed, outcome.one_by_one) == (0, frozenset({decision.case_id}))


def test_a_run_counts_together_what_was_changed_together_and_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    homes = [home(), home()]
    cases = [granted(one.mother).case_id for one in homes]
    looked_at(cases)
    january_was(homes[1].mother, "100.00")
    old, new = enacted(monkeypatch)
    run = begin_law_change(old, new)
    assert work(run.pk) == 1
    with in_scope(PLATFORM):
        assert Run.objects.get(pk=run.pk).result == {"cases": 2, "one_by_one": 1, "outcomes": {"changed": 2}}


def test_a_dismissed_change_is_not_proposed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    found = home()
    decision = granted(found.mother)
    looked_at([decision.case_id])
    old, new = enacted(monkeypatch)
    work(begin_law_change(old, new).pk)
    with in_scope(PLATFORM):
        change = Change.objects.get(state="proposed")
    dismiss(worker(), change, "It is decided with the next application.")
    run = begin_law_change(old, new)
    work(run.pk)
    with in_scope(PLATFORM):
        assert Run.objects.get(pk=run.pk).result["outcomes"] == {"proposed_before": 1}
