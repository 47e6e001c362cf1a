"""Reading cases: one with all that hangs on it, those of a person, and what was granted, month by month.

To be called in scope: row-level security leaves out what who acts may not see.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import rules
from django.db import connection
from django.db.models import QuerySet

from balsts.access.acting import Acting
from balsts.access.kept_queries import Kept, attach
from balsts.cases.models import (
    Appeal,
    Application,
    Attachment,
    Award,
    AwardHolder,
    AwardSpan,
    Card,
    Case,
    Change,
    Decision,
    DecisionStep,
    Event,
    Message,
    Note,
    Party,
    Task,
)
from balsts.cases.timeline import month_of_day
from balsts.law.engine.quantities import first_day
from balsts.law.engine.vocabulary import Month
from balsts.registry.predicates import persons_of

_MOST_EVENTS = 200
OfCase = TypeVar("OfCase", Application, Decision, Award)
_SELDOM = {
    "attachments": "cases_attachment o WHERE o.case_id = c.id", "appeals": "cases_appeal o WHERE o.case_id = c.id",
    "changes": "cases_change o WHERE o.case_id = c.id", "notes": "cases_note o WHERE o.case_id = c.id",
    "tasks": "cases_task o WHERE o.case_id = c.id AND o.done_at IS NULL",
    "messages": "cases_message o WHERE o.case_id = c.id", "cards": "cases_card o WHERE o.case_id = c.id",
    "determinations": "cases_determination o WHERE o.case_id = c.id",
}  # fmt: skip
"""What most cases have none of; and determinations, of which a file tells only whether there are any."""


@dataclass(frozen=True)
class CaseFile:
    """All that hangs on a case, as far as who reads may see it; the newest first, parties and tasks in their order."""

    case: Case
    parties: tuple[Party, ...]
    applications: tuple[Application, ...]
    attachments: tuple[Attachment, ...]
    decisions: tuple[Decision, ...]
    appeals: tuple[Appeal, ...]
    changes: tuple[Change, ...]
    awards: tuple[Award, ...]
    tasks: tuple[Task, ...]
    notes: tuple[Note, ...]
    messages: tuple[Message, ...]
    events: tuple[Event, ...]
    cards: tuple[Card, ...]
    is_determined: bool


@dataclass(frozen=True)
class AwardMonth:
    """What is granted for a month: cents or pieces, of a status nothing; in which month it is paid."""

    award: Award
    month: Month
    amount: int | None
    per: str
    paid_in: Month


_CASE = Kept(lambda case: Case.objects.select_related("institution", "assigned_to", "organisation").filter(pk=case))
_PARTIES = Kept(lambda case: Party.objects.filter(case=case).order_by("since", "pk"))
_APPLICATIONS = Kept(lambda case: Application.objects.filter(case=case).order_by("-submitted_at"))
_DECISIONS = Kept(lambda case: Decision.objects.filter(case=case).order_by("-made_at"))
_STEPS = Kept(lambda decisions: DecisionStep.objects.filter(decision__any_of=decisions).order_by("at", "pk"))
_EVENTS = Kept(lambda case: Event.objects.filter(case=case).order_by("-at", "-pk")[:_MOST_EVENTS])


def case_seen(who: Acting, case: uuid.UUID) -> Case | None:
    """A case, if there is one that who acts may see."""
    found = _CASE.first(case)
    return found if found is not None and rules.test_rule("cases.read", who, found) else None


def persons_in(case: Case) -> list[uuid.UUID]:
    """Everybody whose data a case holds."""
    return sorted({one.person_id for one in _parties_of(case)} | {one for one in (case.subject_id,) if one})


def _parties_of(case: Case) -> tuple[Party, ...]:
    """The parties of a case in their order; kept with it, since opening a case asks for them and showing it too."""
    if "parties" not in getattr(case, "_prefetched_objects_cache", {}):
        attach([case], "parties", _PARTIES(case.pk))
    return tuple(case.parties.all())


def file_of(case: Case) -> CaseFile:
    """A case with all that hangs on it: a number of queries that does not depend on how much that is.

    What most cases have none of is asked for only where there is some.
    """
    there = _seldom_there(case)
    decisions = _DECISIONS(case.pk)
    attach(decisions, "steps", _STEPS([one.pk for one in decisions]))
    return CaseFile(
        case,
        _parties_of(case),
        _of(case, _APPLICATIONS(case.pk)),
        tuple(case.attachments.select_related("file").defer("file__content").order_by("-received_at"))
        if "attachments" in there else (),
        _of(case, decisions),
        tuple(case.appeals.order_by("-received_on", "-pk")) if "appeals" in there else (),
        tuple(case.changes.order_by("-found_at").prefetch_related("lines")) if "changes" in there else (),
        _of(case, awards_of_case(case.pk)),
        tuple(case.tasks.filter(done_at=None).select_related("assigned_to").order_by("due_on", "made_at"))
        if "tasks" in there else (),
        tuple(case.notes.order_by("-at")) if "notes" in there else (),
        tuple(case.messages.order_by("at")) if "messages" in there else (),
        tuple(_EVENTS(case.pk)),
        tuple(case.cards.all()) if "cards" in there else (),
        "determinations" in there,
    )  # fmt: skip


def steps_of(decision: Decision) -> list[DecisionStep]:
    """What happened to a decision, in order."""
    return _STEPS([decision.pk])


def _of(case: Case, rows: Iterable[OfCase]) -> tuple[OfCase, ...]:
    """Rows of a case, which know it from now on."""
    found = tuple(rows)
    for one in found:
        one.case = case
    return found


def _seldom_there(case: Case) -> set[str]:
    """Which of the things that need not be there are, as far as who acts may see them."""
    asked = ", ".join(f"EXISTS (SELECT FROM {one})" for one in _SELDOM.values())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked} FROM cases_case c WHERE c.id = %s", [case.pk])
        found = cursor.fetchone()
    return {name for name, is_there in zip(_SELDOM, found or (), strict=False) if is_there}


def _believed(awards: QuerySet[Award]) -> QuerySet[Award]:
    return awards.filter(recorded__upper_inf=True).select_related("decision").order_by("months", "code", "pk")


_OF_CASE = Kept(lambda case: _believed(Award.objects.filter(case=case)))
_OF_DECISION = Kept(lambda decision: _believed(Award.objects.filter(decision=decision)))
_OF_PAYEES = Kept(lambda persons: _believed(Award.objects.filter(payee__any_of=persons)))
_SPANS = Kept(lambda awards: AwardSpan.objects.filter(award__any_of=awards))
_HOLDERS = Kept(lambda awards: AwardHolder.objects.filter(award__any_of=awards))


def awards_of_case(case: uuid.UUID) -> list[Award]:
    """What is granted now in a case, with its amounts and for whom it is."""
    return _whole(_OF_CASE(case))


def awards_of_decision(decision: uuid.UUID) -> list[Award]:
    """What is granted now by a decision, with its amounts and for whom it is."""
    return _whole(_OF_DECISION(decision))


def awards_of_payees(persons: Iterable[uuid.UUID]) -> list[Award]:
    """What is granted now to some persons, with its amounts and for whom it is."""
    return _whole(_OF_PAYEES(list(persons)))


def _whole(awards: list[Award]) -> list[Award]:
    keys = [one.pk for one in awards]
    if keys:
        attach(awards, "spans", _SPANS(keys))
        attach(awards, "holders", _HOLDERS(keys))
    return awards


def months_of(awards: Iterable[Award], since: date, until: date) -> list[AwardMonth]:
    """What is granted for each month that begins in [since, until), the first first.

    What is granted once stands in its first month alone.
    """
    found = [one for award in awards for one in _months_of(award, since, until)]
    return sorted(found, key=lambda one: (one.month, one.award.kind, one.award.code, str(one.award.payee_id)))


def _months_of(award: Award, since: date, until: date) -> Iterator[AwardMonth]:
    spans = list(award.spans.all())
    if not spans:
        for month in _between(award.months.lower, award.months.upper, since, until):
            yield AwardMonth(award, month, None, "", month)
    for span in spans:
        upper = first_day(Month(month_of_day(span.months.lower) + 1)) if span.per == "once" else span.months.upper
        for month in _between(span.months.lower, upper, since, until):
            yield AwardMonth(award, month, span.amount, span.per, Month(month + span.paid_after_months))


def _between(lower: date, upper: date | None, since: date, until: date) -> Iterator[Month]:
    last = min(until, upper) if upper else until
    for month in range(month_of_day(max(lower, since)), month_of_day(last)):
        yield Month(month)


def cases_of_persons(persons: Iterable[uuid.UUID]) -> QuerySet[Case]:
    """The cases of some persons, the newest first."""
    found = Case.objects.filter(subject__in=list(persons))
    return found.select_related("institution").order_by("-opened_at", "-pk")


def applications_of(persons: Iterable[uuid.UUID]) -> QuerySet[Application]:
    """What was asked for by or for some persons, the newest first.

    Named by person: the database would ask row-level security of every application there is otherwise.
    """
    found = Application.objects.filter(case__subject__in=list(persons)).select_related("case")
    return found.order_by("-submitted_at", "-pk")


def cases_in_scope(who: Acting) -> QuerySet[Case]:
    """The cases that who acts may see: their office's for their purpose, those heard there, or a resident's.

    Row-level security holds to the same; told here too, so that an index finds them.
    """
    if who.scope == "self":
        return Case.objects.filter(subject__in=list(persons_of(who).values_list("pk", flat=True)))
    if who.purpose == "appeal":
        return Case.objects.filter(pk__in=Appeal.objects.filter(heard_by=who.institution).values("case"))
    return Case.objects.filter(institution=who.institution, purpose=who.purpose)
