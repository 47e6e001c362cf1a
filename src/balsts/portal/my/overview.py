"""A resident's first page: what they have now, what is paid next, what is being decided, and what was written."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from balsts.cases.models import Award, Card, Case, Message
from balsts.cases.selectors import AwardMonth, awards_of_payees, cases_of_persons, months_of
from balsts.cases.take_up import for_person
from balsts.cases.timeline import this_month
from balsts.portal.cards.shown import cards_shown
from balsts.portal.my.views import persons_seen, resident_of
from balsts.portal.my.words import STAGES
from balsts.portal.office import words
from balsts.portal.office.case_views import award_row
from balsts.portal.persons.case import names_of
from balsts.registry.use_cases import reading

_SETTLED = (Case.Stage.RUNNING, Case.Stage.CLOSED)
_BACK_DAYS, _AHEAD_DAYS = 183, 93
"""Of which months awards are looked through: the longest that is paid afterwards is paid by the half-year."""
_MOST_PAYMENTS = 4


@require_GET
def my_support(request: HttpRequest) -> HttpResponse:
    """What oneself and those one may see have now, what comes next, what is being decided, and new messages."""
    who = resident_of(request)
    unclaimed = len(for_person(who))
    persons = persons_seen(who)
    with reading(who, persons, "own support"):
        names, today = names_of(persons), timezone.localdate()
        awards = awards_of_payees(persons)
        found = months_of(awards, today - timedelta(days=_BACK_DAYS), today + timedelta(days=_AHEAD_DAYS))
        cases = [one for one in cases_of_persons(persons) if one.subject_id]
        page = {
            "now": _now(awards, found, names, today), "next": [award_row(one, names) for one in _next(found)],
            "deciding": [_deciding(one, names, who.person) for one in cases if one.stage not in _SETTLED],
            "unread": _unread(cases), "unclaimed": unclaimed,
            "cards": cards_shown(Card.objects.filter(person__in=persons, valid__contains=today), names),
        }  # fmt: skip
        return render(request, "portal/my/support.html", page)


def _now(
    awards: Iterable[Award], months: Iterable[AwardMonth], names: dict[uuid.UUID, str], today: date
) -> list[dict[str, Any]]:
    """What is granted today: what, how much this month, to whom and until when; of a status, that it is granted."""
    present = {one.award.pk: one for one in months if one.month == this_month()}
    return [
        award_row(present[one.pk], names) | {"until": one.months.upper}
        for one in awards
        if today in one.months and one.pk in present
    ]


def _next(months: Iterable[AwardMonth]) -> list[AwardMonth]:
    """What is due for payment in this month or later, the nearest first."""
    due = [one for one in months if one.per and one.amount and one.paid_in >= this_month()]
    return sorted(due, key=lambda one: (one.paid_in, one.month))[:_MOST_PAYMENTS]


def _deciding(case: Case, names: dict[uuid.UUID, str], oneself: uuid.UUID | None) -> dict[str, Any]:
    assert case.subject_id is not None
    return {
        "case": case, "type": words.type_words(case.type), "stage": STAGES[Case.Stage(case.stage)],
        "left": words.left_words(case.due_on),
        "whose": names.get(case.subject_id, "") if case.subject_id != oneself else "",
    }  # fmt: skip


def _unread(cases: Iterable[Case]) -> list[dict[str, Any]]:
    """Cases in which the office wrote something that was not read yet, with how many messages."""
    known = {one.pk: one for one in cases}
    new = Message.objects.filter(case__in=known, by_staff__isnull=False, read_at=None)
    counted = new.values("case").annotate(number=Count("pk")).order_by("case")
    return [{"case": known[one["case"]], "type": words.type_words(known[one["case"]].type), "number": one["number"]}
            for one in counted]  # fmt: skip
