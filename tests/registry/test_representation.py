"""Who may act for whom in what, and whose data a person sees because of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from balsts.access.acting import in_scope, the_person
from balsts.registry.models import Person
from balsts.registry.predicates import persons_of
from balsts.registry.recording import ALWAYS, clock, days
from balsts.registry.representation import may_act_for, representatives_of, state_representation
from balsts.registry.use_cases import state_relation
from tests.registry.situations import PLATFORM, declaration, somebody

pytestmark = pytest.mark.django_db(databases=["default", "log"])
today = timezone.localdate  # asked for within a test: tests may run over midnight


def born(years: int, after: int = 0) -> str:
    now = today()
    birthday = date(now.year - years, now.month, min(now.day, 28)) + timedelta(days=now.day - min(now.day, 28))
    return (birthday + timedelta(days=after)).isoformat()


def seen_by(who: Person) -> set[object]:
    """What both walls let somebody see; they must agree."""
    with in_scope(the_person(who.pk)):
        second = set(Person.objects.values_list("pk", flat=True))
    with in_scope(PLATFORM):
        first = set(persons_of(the_person(who.pk)).values_list("pk", flat=True))
    assert first == second
    return second - {who.pk}


def test_an_authorisation_is_for_its_matters_and_its_days() -> None:
    anna, juris = somebody(), somebody("Juris", sex="m")
    with in_scope(PLATFORM):
        state_representation(
            declaration(), anna, juris, "authorisation", ["apply"], days(today(), today() + timedelta(days=9))
        )
        assert may_act_for(juris.pk, anna.pk, "apply", today())
        assert not may_act_for(juris.pk, anna.pk, "payee", today())
        assert not may_act_for(juris.pk, anna.pk, "apply", today() + timedelta(days=9))
        assert not may_act_for(anna.pk, juris.pk, "apply", today())
    assert seen_by(juris) == set()
    with in_scope(PLATFORM):
        state_representation(declaration(), anna, juris, "authorisation", ["apply", "see"], days(today()))
    assert seen_by(juris) == {anna.pk}


@pytest.mark.skipif((today().month, today().day) == (2, 29), reason="nobody has a round birthday today")
@pytest.mark.parametrize(("years", "after", "may"), [(5, 0, True), (18, 1, True), (18, 0, False), (30, 0, False)])
@pytest.mark.parametrize("kind", ["parent", "guardian", "adoptive_parent"])
def test_parents_and_guardians_act_for_a_child_until_its_eighteenth_birthday(
    kind: str, years: int, after: int, may: bool
) -> None:
    anna, child = somebody(), somebody("Zane", born=born(years, after))
    with in_scope(PLATFORM):
        state_relation(declaration(), kind, child, anna, ALWAYS)
        found = may_act_for(anna.pk, child.pk, "apply", today())
    assert (found is not None and found.ground == kind) == may
    assert seen_by(anna) == ({child.pk} if may else set())


def test_a_foster_parent_does_not_act_without_a_statement() -> None:
    anna, child = somebody(), somebody("Zane", born=born(5))
    with in_scope(PLATFORM):
        state_relation(declaration(), "foster_parent", child, anna, ALWAYS)
        assert representatives_of(child.pk, today()) == []
    assert seen_by(anna) == set()


def test_a_parent_from_whom_custody_was_taken_does_not_act() -> None:
    anna, child = somebody(), somebody("Zane", born=born(5))
    with in_scope(PLATFORM):
        state_relation(declaration(), "parent", child, anna, ALWAYS)
        before = clock()
        state_representation(declaration(), child, anna, "court", [], days(today()))
        assert not may_act_for(anna.pk, child.pk, "see", today())
        assert may_act_for(anna.pk, child.pk, "see", today(), before)  # as was known then
    assert seen_by(anna) == set()


def test_everybody_acts_for_themselves() -> None:
    anna = somebody()
    with in_scope(PLATFORM):
        found = may_act_for(anna.pk, anna.pk, "payee", date(2026, 1, 1))
    assert found is not None
    assert found.ground == "self"


def test_a_matter_that_there_is_not_is_refused() -> None:
    with in_scope(PLATFORM), pytest.raises(ValidationError):
        state_representation(declaration(), somebody(), somebody(), "authorisation", ["vote"])
