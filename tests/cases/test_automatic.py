"""Decisions by the platform itself: only what registers confirmed, only what is granted, and a sample to a person."""

from __future__ import annotations

import uuid

import pytest

from balsts.access.acting import in_scope, the_person
from balsts.cases import automatic
from balsts.cases.automatic import NotAutomatic, decide_automatically, is_sampled
from balsts.cases.law_in_force import inputs_read, law_in_force
from balsts.cases.models import Application, Award, Decision, Task
from balsts.cases.opening import receive
from balsts.cases.timeline import month_of_day
from balsts.cases.types.reading import case_type
from balsts.registry.fact_types import BY_KEY
from balsts.registry.models import Fact
from tests.cases.situations import FEBRUARY, Home, home, told, vsaa, worker
from tests.registry.situations import PLATFORM

pytestmark = pytest.mark.django_db(databases=["default", "log"])
TYPE = "family_state_benefit"


def key(*, sampled: bool, nth: int = 0) -> uuid.UUID:
    """A key of an application that a person looks at, or that nobody need look at; another one for each number."""
    first = 1000 * nth + 1
    return next(one for number in range(1000) if is_sampled(one := uuid.UUID(int=first + number)) is sampled)


def confirmed(found: Home, *, but: str = "") -> None:
    """Registers state everything of the family that the law reads for the type, but one fact."""
    read = inputs_read(law_in_force(), month_of_day(FEBRUARY), case_type(TYPE).codes)
    with in_scope(PLATFORM):
        known = {(one.person_id, one.type): one.value for one in Fact.objects.filter(person__isnull=False)}
    for person in (found.mother, found.child):
        for fact in sorted(read - {but, "applied_for"}):
            kind = BY_KEY[fact]
            if kind.input.entity == "person":
                told(person, "population_register", fact, known.get((person.pk, kind.number)))


def applied_online(found: Home, *, sampled: bool = False, nth: int = 0) -> Application:
    vsaa()
    return receive(the_person(found.mother.pk), TYPE, key=key(sampled=sampled, nth=nth), subject=found.mother.pk,
                   since=FEBRUARY, answers={}, channel=Application.Channel.PORTAL)  # fmt: skip


def test_what_registers_confirm_is_decided_without_a_person_and_says_so() -> None:
    found = home()
    confirmed(found)
    decision = decide_automatically(applied_online(found))
    assert isinstance(decision, Decision)
    with in_scope(PLATFORM):
        stored = Decision.objects.get(pk=decision.pk)
        assert (stored.state, stored.is_automatic, stored.drafted_by) == ("in_force", True, None)
        # One child: 25.00 a month since 2022 (VSPL 6(1)).
        assert Award.objects.get(case=stored.case).spans.first().amount == 25_00
        assert stored.notices.get(language="lv")


def test_a_decision_that_was_sampled_goes_to_a_person() -> None:
    found = home()
    confirmed(found)
    left = decide_automatically(applied_online(found, sampled=True))
    assert isinstance(left, NotAutomatic)
    assert left.why == "sample"
    with in_scope(PLATFORM):
        assert not Decision.objects.exists()
        assert Task.objects.get(kind="decide").detail == "sample"


def test_what_only_the_person_told_is_decided_by_a_person() -> None:
    found = home()
    confirmed(found, but="born")
    left = decide_automatically(applied_online(found))
    assert isinstance(left, NotAutomatic)
    assert left.why == "declared"


def test_a_refusal_is_always_a_persons() -> None:
    found = home()
    confirmed(found)
    for origin in ("population_register", "worker"):  # the child is a grown-up of 24
        told(found.child, origin, "born", "2001-03-01")
    left = decide_automatically(applied_online(found))
    assert isinstance(left, NotAutomatic)
    assert left.why == "refusal"


def test_a_type_that_leaves_discretion_is_never_decided_by_the_platform() -> None:
    found, _ = home(), worker()
    application = receive(the_person(found.mother.pk), "assistance", key=uuid.uuid4(), subject=found.mother.pk,
                          since=FEBRUARY, answers={}, channel=Application.Channel.PORTAL)  # fmt: skip
    assert decide_automatically(application) == NotAutomatic("discretion")


def test_one_in_twenty_is_sampled() -> None:
    sampled = sum(is_sampled(uuid.UUID(int=number)) for number in range(20_000))
    assert abs(sampled - 20_000 / automatic.ONE_IN) < 150
