"""A status that is granted or ends leads to the other cases whose rights rest on it, to no other, and comes to rest."""

from __future__ import annotations

from datetime import date

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from balsts.access.acting import in_scope
from balsts.cases import background
from balsts.cases.chain import check, draft_decision, notify, sign
from balsts.cases.dependency import take_news, touched_by_decision, touched_by_status
from balsts.cases.determining import determine
from balsts.cases.models import Case, Change, Decision, Run, Task
from balsts.registry.models import Household, Person
from balsts.registry.recording import days
from balsts.registry.use_cases import new_household, state_fact
from tests.access.people import RIGA
from tests.cases.situations import applied, decided, head, home, household_told, told, told_of_all_else, worker
from tests.registry.situations import LONG_AGO, PLATFORM, declaration, somebody

pytestmark = pytest.mark.django_db(databases=["default", "log"])
MAY = date(2026, 5, 1)


def father_with(child: Person) -> tuple[Person, Household]:
    """The child's father on a low income, with whom the child lives since 20 March."""
    father = somebody("Juris", "Kalns", sex="m", municipality=RIGA)
    with in_scope(PLATFORM):
        household = new_household(declaration(), [father, child], date(2026, 3, 20))
        state_fact(declaration(), "housing_costs_eur_month", "90.00", days(LONG_AGO), household=household)
    for key in ("wage_net_eur_month", "pension_eur_month", "other_counted_income_eur_month"):
        told(father, "tax_authority" if key.startswith("wage") else "social_insurance", key, None)
    told_of_all_else(father)
    household_told(household, "real_estate", "has_needy_property", "true")
    with in_scope(PLATFORM):
        take_news()  # whatever else may lead to a case is out of the way
    return father, household


def signed_for(person: Person, since: date = MAY) -> Decision:
    who, chief = worker(), head()
    case = applied(who, person, since=since).case
    made = draft_decision(who, case, determination=determine(who, case, since, "application"))
    check(chief, made)
    sign(chief, made)
    return made


def jobs() -> list[dict[str, str]]:
    return [one.args for one in ProcrastinateJob.objects.filter(task_name="cases.statuses").order_by("pk")]


def test_a_status_of_the_child_leads_to_the_case_of_the_household_that_the_child_was_in() -> None:
    found = home()
    first = decided(worker(), head(), found.mother)
    father, _household = father_with(found.child)
    second = signed_for(father)
    assert jobs() == [{"decision": str(first.pk)}]  # what is signed and not made known leads to nothing
    notify(worker(), second, on=date(2026, 5, 20), how="portal")
    assert jobs() == [{"decision": str(first.pk)}, {"decision": str(second.pk)}]
    background.look_at_statuses.func(str(second.pk))
    with in_scope(PLATFORM):
        run = Run.objects.get()
        assert (run.total, run.asked, run.result["outcomes"]) == (1, {"cause": "fact"}, {"changed": 1})
        change = Change.objects.get()
        # The child left: the mother alone from April.
        assert (change.case_id, change.cause) == (first.case_id, "fact")
        assert {one.month for one in change.lines.filter(code="gmi_benefit")} == {date(2026, 4, 1)}
    # Nobody is led in a circle: working out anew defers nothing, and again it finds what is proposed already.
    assert len(jobs()) == 2
    background.look_at_statuses.func(str(second.pk))
    with in_scope(PLATFORM):
        assert Run.objects.latest("made_at").result["outcomes"] == {"proposed_before": 1}


def test_a_status_that_ends_leads_to_the_same_cases_and_the_own_case_is_not_among_them() -> None:
    found = home()
    first = decided(worker(), head(), found.mother)
    father, _household = father_with(found.child)
    second = signed_for(father)
    notify(worker(), second, on=date(2026, 5, 20), how="portal")
    told(father, "tax_authority", "wage_net_eur_month", "5000.00", date(2026, 2, 1), date(2026, 6, 1))
    who, chief = worker(), head()
    ending = draft_decision(who, second.case, determination=determine(who, second.case, MAY, "fact"), replaces=second)
    check(chief, ending)
    sign(chief, ending)
    notify(who, ending, on=date(2026, 6, 20), how="portal")
    assert jobs()[-1] == {"decision": str(ending.pk)}
    with in_scope(PLATFORM):
        assert not second.case.awards.filter(recorded__upper_inf=True, kind="status").exists()
        assert touched_by_decision(ending.pk) == {first.case_id}
        assert touched_by_decision(first.pk) == {second.case_id}
        both = touched_by_status({"needy_household"}, {found.child.pk})
        assert both == {first.case_id, second.case_id}
        assert touched_by_status({"low_income_kitchen"}, {found.child.pk}) == set()
        assert touched_by_status({"needy_household"}, {somebody().pk}) == set()


def test_a_case_that_is_being_worked_on_is_told_to_its_worker() -> None:
    found = home()
    first = decided(worker(), head(), found.mother)
    father, _household = father_with(found.child)
    who = worker()
    case = applied(who, father, since=MAY).case
    determine(who, case, MAY, "application")
    with in_scope(PLATFORM):
        Case.objects.filter(pk=case.pk).update(stage=Case.Stage.ASSESSED)
    background.look_at_statuses.func(str(first.pk))
    with in_scope(PLATFORM):
        assert Task.objects.filter(case=case, kind="determine_anew", done_at=None).count() == 1


def test_a_decision_without_a_status_leads_nowhere() -> None:
    found = home()
    who, chief = worker(), head()
    told(found.mother, "tax_authority", "wage_net_eur_month", "5000.00", date(2025, 11, 1), date(2026, 2, 1))
    refused = decided(who, chief, found.mother)
    assert jobs() == []
    background.look_at_statuses.func(str(refused.pk))
    with in_scope(PLATFORM):
        assert not Run.objects.exists()
