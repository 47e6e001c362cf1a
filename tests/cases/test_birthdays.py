"""A right that ends with an age: the review finds the case on the day that time alone may change it."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from balsts.access.acting import in_scope
from balsts.cases.automatic import decide_automatically
from balsts.cases.change_words import statement
from balsts.cases.dependency import due_for_review
from balsts.cases.models import Award, Case, Decision, Run
from balsts.cases.reassessing import reassess
from balsts.cases.runs import work
from balsts.cases.timeline import MONTHS_AHEAD, this_month
from balsts.cases.works import begin_review
from balsts.law.engine.quantities import first_day
from balsts.law.engine.vocabulary import Month
from tests.cases.situations import home
from tests.cases.test_automatic import applied_online, confirmed
from tests.registry.situations import PLATFORM

pytestmark = pytest.mark.django_db(databases=["default", "log"])
AGE = 16
"""Of a child who is not at school any more, the family state benefit is due until 16 (VSPL 6)."""


def child_who_reaches_the_age_in(months: int) -> tuple[Decision, date]:
    """The benefit of a family for one child, and the first day of the month in which the child reaches the age."""
    birthday = first_day(Month(this_month() + months))
    found = home(child_born=birthday.replace(year=birthday.year - AGE, day=11).isoformat())
    confirmed(found)
    decision = decide_automatically(applied_online(found))
    assert isinstance(decision, Decision)
    return decision, birthday


def on(day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is another day; what is known, and when it was learnt, goes on by the clock of the database."""
    real = timezone.localdate
    monkeypatch.setattr(timezone, "localdate", lambda value=None, zone=None: real(value, zone) if value else day)


def first_month_without(decision: Decision) -> date | None:
    with in_scope(PLATFORM):
        return Award.objects.get(case=decision.case, recorded__upper_inf=True).months.upper


def due(day: date) -> list:
    with in_scope(PLATFORM):
        return due_for_review(day)


def month_after(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def test_a_birthday_within_the_year_is_seen_when_it_is_decided_and_the_review_finds_the_case_on_the_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decision, birthday = child_who_reaches_the_age_in(4)
    ends = first_month_without(decision)
    assert ends == month_after(birthday)  # ages are those of the first of a month
    assert due(ends) == [decision.case_id]
    assert due(date.fromordinal(ends.toordinal() - 1)) == []
    on(ends, monkeypatch)
    assert reassess(decision.case_id, "time").outcome == "unchanged"  # the decision itself said when it ends
    assert due(ends) == []


def test_a_birthday_beyond_the_year_is_found_by_the_review_and_the_change_says_that_time_is_its_cause(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decision, birthday = child_who_reaches_the_age_in(MONTHS_AHEAD + 6)
    assert first_month_without(decision) is None
    review = first_day(Month(this_month() + 1 + MONTHS_AHEAD))
    assert due(date.fromordinal(review.toordinal() - 1)) == []
    assert due(review) == [decision.case_id]
    on(review, monkeypatch)
    run = begin_review()
    assert run is not None
    work(run.pk)
    with in_scope(PLATFORM):
        assert Run.objects.get(pk=run.pk).result["outcomes"] == {"changed": 1}
        change = Case.objects.get(pk=decision.case_id).changes.get()
        assert change.cause == "time"
        assert change.because == [{"what": "time"}]
        assert change.lines.order_by("month").first().month == month_after(birthday)
        assert {(one.before, one.after) for one in change.lines.all()} == {(25_00, 0)}
        assert statement(change, "lv").why
        assert statement(change, "en").why
    assert reassess(decision.case_id, "time").outcome == "proposed_before"
