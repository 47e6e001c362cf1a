"""What is erased when its time is over, and what never is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connections
from django.utils import timezone

from balsts.access.acting import in_scope
from balsts.registry.models import STATEMENTS, Erasure, Fact, LegalHold, Person
from balsts.registry.recording import ALWAYS, state, withdraw
from balsts.registry.retention import RULES, Rule, due, erase
from balsts.registry.use_cases import state_fact
from tests.registry.situations import PLATFORM, declaration, household_of, somebody

pytestmark = pytest.mark.django_db(databases=["default", "log", "owner"])
ENDED, DIED = Rule("fact", "belief_ended", 5, "invented"), Rule("fact", "death", 10, "invented")


@pytest.fixture(autouse=True)
def by_the_owner() -> Iterator[None]:
    """Erasing runs as the owner, and the rest of a test beside it, since all is rolled back."""
    kept = connections["default"]
    connections["default"] = connections["owner"]
    with in_scope(PLATFORM):
        yield
    connections["default"] = kept


@pytest.fixture
def anna() -> Person:
    """Somebody with a fact that was corrected today."""
    anna = somebody()
    state_fact(declaration(), "savings_eur", "1", ALWAYS, person=anna)
    state_fact(declaration("misread"), "savings_eur", "2", ALWAYS, person=anna)
    return anna


def in_years(years: int) -> date:
    return timezone.localdate() + timedelta(days=366 * years + 2)


def savings(person: Person) -> list[str | None]:
    return [one.value for one in Fact.objects.filter(person=person, type=36).order_by("recorded")]


def test_while_nobody_knows_a_period_nothing_is_ever_due(anna: Person) -> None:
    assert due(in_years(200)) == erase(in_years(200)) == []
    assert savings(anna) == ["1.00", "2.00"]
    assert {one.kind for one in RULES} == {kind._meta.model_name for kind in STATEMENTS} - {"legalhold"}
    assert all(one.lv and one.en for one in RULES if one.years is None)


@pytest.mark.parametrize(("years", "left"), [(4, ["1.00", "2.00"]), (6, ["2.00"])])
def test_what_is_no_longer_believed_is_erased_when_its_time_is_over(anna: Person, years: int, left: list[str]) -> None:
    counted = due(in_years(years), [ENDED])
    assert erase(in_years(years), [ENDED]) == counted
    assert savings(anna) == left
    assert [(one.kind, one.statements) for one in Erasure.objects.all()] == ([("fact", 1)] if left == ["2.00"] else [])


@pytest.mark.parametrize(("years", "is_left"), [(9, True), (11, False)])
def test_the_time_of_the_dead_runs_from_their_death(anna: Person, years: int, is_left: bool) -> None:
    state_fact(declaration(), "died", timezone.localdate().isoformat(), ALWAYS, person=anna)
    other = somebody()
    state_fact(declaration(), "savings_eur", "3", ALWAYS, person=other)
    erase(in_years(years), [DIED])
    assert bool(savings(anna)) == is_left
    assert savings(other) == ["3.00"]


def test_what_is_under_a_hold_is_never_due_until_the_hold_ends(anna: Person) -> None:
    hold = state(LegalHold(person=anna, ground="case A-1", source=declaration(), valid=ALWAYS))
    assert [one.statements for one in erase(in_years(6), [ENDED])] == [0]
    assert savings(anna) == ["1.00", "2.00"]
    withdraw(hold, declaration("the case is closed"))
    erase(in_years(6), [ENDED])
    assert savings(anna) == ["2.00"]


def test_a_hold_on_a_member_keeps_the_facts_of_the_household(anna: Person) -> None:
    home = household_of(anna)
    state_fact(declaration(), "housing_costs_eur_month", "1", ALWAYS, household=home)
    state_fact(declaration("misread"), "housing_costs_eur_month", "2", ALWAYS, household=home)
    hold = state(LegalHold(person=anna, ground="case A-1", source=declaration(), valid=ALWAYS))
    erase(in_years(6), [ENDED])
    assert Fact.objects.filter(household=home).count() == 2
    withdraw(hold, declaration("the case is closed"))
    erase(in_years(6), [ENDED])
    assert Fact.objects.filter(household=home).count() == 1
