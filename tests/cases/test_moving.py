"""A matter of a person goes on in the household that the person moves to; one of a household stays with it."""

from __future__ import annotations

from datetime import date

import pytest

from balsts.access.acting import in_scope
from balsts.cases.automatic import decide_automatically
from balsts.cases.dependency import take_news, touched_by
from balsts.cases.determining import determine, replay, same_lines
from balsts.cases.drafts_of_law import amendment_of, laid_over
from balsts.cases.facts_used import facts_used
from balsts.cases.homes import around, homes_of, living_elsewhere
from balsts.cases.law_in_force import law_in_force
from balsts.cases.many_cases import batch_of
from balsts.cases.models import Case, Decision, Determination
from balsts.cases.reassessing import reassess
from balsts.cases.types.reading import case_type
from balsts.law.engine.quantities import month_from
from balsts.law.engine.vocabulary import Month
from balsts.registry.models import Household, Membership, Person
from balsts.registry.recording import days, state
from balsts.registry.use_cases import new_household, state_relation
from tests.cases.situations import Home, decided, head, home, told, worker
from tests.cases.test_automatic import TYPE, applied_online, confirmed
from tests.cases.test_reassessing import GMI_UP
from tests.registry.situations import LONG_AGO, PLATFORM, declaration, household_of, somebody

pytestmark = pytest.mark.django_db(databases=["default", "log"])
MOVED = date(2026, 3, 20)
MARCH, APRIL = month_from("2026-03"), month_from("2026-04")


def decided_for(found: Home, nth: int = 0) -> Decision:
    """The family state benefit of a mother, of which registers confirm everything."""
    confirmed(found)
    decision = decide_automatically(applied_online(found, nth=nth))
    assert isinstance(decision, Decision)
    with in_scope(PLATFORM):
        take_news()
    return decision


def moved(*persons: Person) -> tuple[Household, Person]:
    """Persons who live with a grandmother since 20 March."""
    grandmother = somebody("Velta", "Liepa", born="1955-02-03")
    with in_scope(PLATFORM):
        return new_household(declaration(), [*persons, grandmother], MOVED), grandmother


def test_a_right_goes_on_when_its_person_moves_with_the_child_to_another_household() -> None:
    found = home()
    decision = decided_for(found)
    moved(found.mother, found.child)
    with in_scope(PLATFORM):
        assert touched_by(take_news()) == {decision.case_id}
    assert reassess(decision.case_id, "fact").outcome == "unchanged"
    with in_scope(PLATFORM):
        case = Case.objects.get(pk=decision.case_id)
        first = Decision.objects.get(pk=decision.pk).determination
        assert replay(first).digest == first.digest
        again = determine(PLATFORM, case, MOVED.replace(day=1), "fact")
        lines = [(one.code, one.amount, one.months.lower) for one in again.lines.all()]
        assert lines == [("family_state_benefit", 25_00, date(2026, 3, 1))]  # one child, from March without a gap


def test_a_right_ends_when_its_person_moves_away_from_the_child() -> None:
    found = home()
    decision = decided_for(found)
    moved(found.mother)
    change = reassess(decision.case_id, "fact").change
    assert change is not None
    with in_scope(PLATFORM):
        lines = list(change.lines.order_by("month"))
        # The household on the first of the month counts, so March is still due.
        assert (lines[0].month, lines[0].before, lines[0].after) == (date(2026, 4, 1), 25_00, 0)
        assert change.cause == "fact"


def test_what_was_determined_after_a_move_is_worked_out_again_to_the_same_years_later() -> None:
    found = home()
    decision = decided_for(found)
    household, _grandmother = moved(found.mother, found.child)
    with in_scope(PLATFORM):
        case = Case.objects.get(pk=decision.case_id)
        kept = determine(PLATFORM, case, date(2026, 2, 1), "fact")
        before = [(one.code, one.amount, str(one.months)) for one in kept.lines.all()]
        new_household(declaration(), [found.child], date(2026, 2, 1))  # learnt later, of the same months
        kept = Determination.objects.get(pk=kept.pk)
        again = replay(kept)
        assert again.digest == kept.digest
        assert same_lines(kept.lines.all(), again.lines)
        assert [(one.code, one.amount, str(one.months)) for one in kept.lines.all()] == before
        assert determine(PLATFORM, case, date(2026, 2, 1), "fact").digest != kept.digest
    assert household.pk != found.household.pk


def test_what_is_told_of_somebody_in_the_new_household_finds_the_case_and_of_the_old_one_does_not() -> None:
    found = home()
    decision = decided_for(found)
    _household, grandmother = moved(found.mother, found.child)
    lodger = somebody("Zigurds", "Krauja", sex="m")
    with in_scope(PLATFORM):
        take_news()
        state(Membership(person=lodger, household=found.household, source=declaration(), valid=days(date(2026, 5, 1))))
        told_of_the_lodger = take_news()
        assert {one.persons for one in told_of_the_lodger} == {(lodger.pk,)}
    told(grandmother, "population_register", "resident_status", "citizen")
    with in_scope(PLATFORM):
        assert touched_by(take_news()) == {decision.case_id}


def test_a_matter_of_a_household_stays_with_the_household_when_whoever_applied_moves_out() -> None:
    found = home()
    decision = decided(worker(), head(), found.mother)
    moved(found.mother)
    change = reassess(decision.case_id, "fact").change
    assert change is not None
    with in_scope(PLATFORM):
        # The child alone in April: 187.00, and nothing of the mother's wage.
        after = {(one.month, one.after) for one in change.lines.filter(code="gmi_benefit")}
        assert after == {(date(2026, 4, 1), 187_00)}
        assert living_elsewhere([decision.case_id], LONG_AGO) == set()


def test_cases_whose_person_lives_elsewhere_are_told_from_those_whose_person_stays() -> None:
    found, other = home(), home(surname="Kalniņa")
    mover, stays = decided_for(found), decided_for(other, nth=1)
    moved(found.mother, found.child)
    with in_scope(PLATFORM):
        both = [mover.case_id, stays.case_id]
        assert living_elsewhere(both, date(2026, 2, 1)) == {mover.case_id}
        assert living_elsewhere([stays.case_id], date(2026, 2, 1)) == set()


def test_many_cases_at_once_leave_whoever_moved_to_be_worked_out_one_by_one() -> None:
    found, other = home(), home(surname="Kalniņa")
    mover, stays = decided_for(found), decided_for(other, nth=1)
    moved(found.mother, found.child)
    new = laid_over(amendment_of(GMI_UP))
    with in_scope(PLATFORM):
        cases = list(Case.objects.filter(pk__in=[mover.case_id, stays.case_id]).order_by("pk"))
        batch = batch_of(cases, (law_in_force(), new), month_from("2026-02"), APRIL)
    assert {batch.questions[at].case.pk for at in batch.plain} == {mover.case_id}


def test_everybody_whose_facts_count_is_held_while_a_moved_persons_rights_are_worked_out() -> None:
    found = home()
    decision = decided_for(found)
    household, grandmother = moved(found.mother, found.child)
    with in_scope(PLATFORM):
        persons, households = around(Case.objects.get(pk=decision.case_id), days(date(2026, 2, 1)))
        assert set(persons) == {found.mother.pk, found.child.pk, grandmother.pk}
        assert set(households) == {found.household.pk, household.pk}


def test_the_facts_of_a_letter_are_those_of_the_household_of_its_first_month() -> None:
    found = home()
    decision = decided_for(found)
    _household, grandmother = moved(found.mother, found.child)
    with in_scope(PLATFORM):
        case = Case.objects.get(pk=decision.case_id)
        before, after = (determine(PLATFORM, case, day, "fact") for day in (date(2026, 3, 1), date(2026, 4, 1)))
        assert grandmother.pk not in {one.person for one in facts_used(before)}
        assert grandmother.pk in {one.person for one in facts_used(after)}


def test_whoever_is_placed_within_a_month_counts_in_the_new_household_from_that_month() -> None:
    child, carer = somebody("Liene", "Ozola", born="2020-06-11"), somebody("Ilze", "Kalna")
    old = household_of(child)
    with in_scope(PLATFORM):
        new = new_household(declaration(), [carer], LONG_AGO)
        state(Membership(person=child, household=new, source=declaration(), valid=days(date(2026, 3, 10))))
        months = [MARCH, APRIL]
        assert homes_of(case_type(TYPE), child.pk, old.pk, months, None) == [old.pk, new.pk]
        state_relation(declaration(), "foster_parent", child, carer, days(date(2026, 3, 10)))
        assert homes_of(case_type(TYPE), child.pk, old.pk, months, None) == [new.pk] * 2
        assert homes_of(case_type("assistance"), child.pk, old.pk, months, None) == [old.pk] * 2
        nobody = somebody("Zane", "Zariņa")
        assert homes_of(case_type(TYPE), nobody.pk, old.pk, [Month(MARCH)], None) == [old.pk]
