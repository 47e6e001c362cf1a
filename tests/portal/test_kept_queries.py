"""What is put into SQL once answers as Django's own query does."""

from __future__ import annotations

import inspect
import uuid
from typing import Any

import pytest
from django.db.models import Model, Prefetch
from django.urls import get_resolver
from django.utils import timezone
from psycopg.types.range import DateRange

from balsts.access.acting import in_scope
from balsts.access.kept_queries import Kept, attach
from balsts.access.models import Appointment
from balsts.cases.models import Absence, Award, AwardSpan, Decision, DecisionStep
from balsts.cases.selectors import awards_of_case
from balsts.registry.statements import FOREVER
from tests.access.people import LIEPAJA
from tests.cases.situations import Home, decided, head, home, worker
from tests.registry.situations import PLATFORM

pytestmark = pytest.mark.django_db(databases=["default", "log"])


@pytest.fixture
def family() -> Home:
    return home()


@pytest.fixture
def decision(family: Home) -> Decision:
    return decided(worker(), head(), family.mother)


def values_by_name(decision: Decision, family: Home) -> dict[str, Any]:
    """What a value of a name may be: of somebody and something that there is."""
    persons, case = [family.mother.pk, family.child.pk], decision.case_id
    appointment = Appointment.objects.get(staff=worker().staff)
    return {
        "case": case, "cases": [case, uuid.uuid4()], "decision": decision.pk, "decisions": [decision.pk],
        "step": Decision.State.SIGNED, "awards": list(Award.objects.values_list("pk", flat=True)),
        "person": family.mother.pk, "persons": persons, "entries": persons, "household": family.household.pk,
        "at": FOREVER, "on": timezone.localdate(), "during": DateRange(timezone.localdate(), None),
        "staff": appointment.staff_id, "accounts": [appointment.staff_id], "number": appointment.pk,
        "institution": appointment.institution_id,
    }  # fmt: skip


def told(row: Model) -> dict[str, Any]:
    """A row with the rows that came with it."""
    related = {name: told(one) for name, one in row._state.fields_cache.items() if one is not None}
    return {key: value for key, value in row.__dict__.items() if not key.startswith("_")} | related


def test_each_kept_query_answers_as_if_it_were_asked_anew(decision: Decision, family: Home) -> None:
    get_resolver().url_patterns  # noqa: B018 - all pages are there
    values, answered = values_by_name(decision, family), 0
    assert len(Kept.every) > 20
    with in_scope(PLATFORM):
        for kept in Kept.every:
            asked = [values[name] for name in inspect.signature(kept.make).parameters]
            expected = [told(row) for row in kept.make(*asked)]
            assert [told(row) for row in kept(*asked)] == expected, inspect.getsource(kept.make)
            assert [told(row) for row in kept(*asked)] == expected  # from its text alone
            answered += bool(expected)
    assert answered > 14


def test_nobody_sees_by_a_kept_query_what_they_may_not(decision: Decision) -> None:
    with in_scope(worker()):
        assert awards_of_case(decision.case_id)
    with in_scope(worker(LIEPAJA)):
        assert awards_of_case(decision.case_id) == []


def test_what_was_attached_is_not_asked_for_again(decision: Decision, django_assert_num_queries: Any) -> None:
    with in_scope(worker()):
        awards = awards_of_case(decision.case_id)
        plainly = list(Award.objects.filter(pk__in=[one.pk for one in awards]).order_by("months", "code", "pk")
                       .prefetch_related(Prefetch("spans", AwardSpan.objects.order_by("pk"))))  # fmt: skip
        with django_assert_num_queries(0):
            spans = [sorted(span.pk for span in one.spans.all()) for one in awards]
            assert all(span.award is one for one in awards for span in one.spans.all())
            assert spans == [[span.pk for span in one.spans.all()] for one in plainly]
        assert any(spans)
        for one in awards:
            assert list(one.spans.order_by("-months")) == sorted(
                one.spans.all(), key=lambda each: each.months, reverse=True
            )


def test_whoever_has_nothing_attached_has_nothing(decision: Decision, django_assert_num_queries: Any) -> None:
    attach([decision], "steps", [])
    with django_assert_num_queries(0):
        assert list(decision.steps.all()) == []
    attach([], "steps", DecisionStep.objects.none())


def test_a_kept_query_gives_whole_rows_alone() -> None:
    with pytest.raises(TypeError, match="whole rows"):
        Kept(lambda staff: Absence.objects.filter(staff=staff).values("since"))(uuid.uuid4())
    Kept.every.pop()
