"""Reading runs and lines. To be called in scope: row-level security leaves out what who acts may not see."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum

from balsts.access.acting import Acting, in_scope
from balsts.law.engine.quantities import first_day
from balsts.law.engine.vocabulary import Month
from balsts.payments.models import Line, Overpaid, Run, RunSum


@dataclass(frozen=True)
class Totals:
    """How many lines a run pays, holds and finds overpaid, and their sums in cents."""

    paid: int
    paid_cents: int
    held: int
    held_cents: int
    overpaid: int
    overpaid_cents: int


def first_of(month: Month) -> date:
    """The first day of a month."""
    return first_day(month)


_MANY = 10_000
"""So many rows written at once change what the database's planner must know."""


def learn_sizes(many: int) -> None:
    """Tell the planner that tables of payments have grown, where many rows were written."""
    if many >= _MANY:
        with connection.cursor() as cursor:
            cursor.execute("SELECT payments_learn_sizes()")


def learn_sizes_of(who: Acting, run: Run) -> None:
    """The same for a run whose lines, or their postings, were just written."""
    with in_scope(who):
        many = RunSum.objects.filter(run=run).aggregate(many=Sum("many", default=0))["many"]
    learn_sizes(many)


def known_for_good() -> datetime:
    """The latest moment of which nobody can write any more what was believed then."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT payments_moment()")
        return cast("datetime", (cursor.fetchone() or (None,))[0])


def run_of(who: Acting, month: Month, kind: str = Run.Kind.MONTHLY) -> Run | None:
    """The payer's run of a month and kind that was not cancelled."""
    found = Run.objects.filter(payer=who.institution, month=first_of(month), kind=kind)
    return found.exclude(state=Run.State.CANCELLED).first()


def released_in(who: Acting, year: int) -> list[Run]:
    """The payer's released runs of a year."""
    return list(Run.objects.filter(payer=who.institution, month__year=year, state=Run.State.RELEASED))


def totals_of(run: Run) -> Totals:
    """What a run comes to."""
    held = ~Q(held="")
    lines = Line.objects.filter(run=run).aggregate(
        paid=Count("pk", filter=~held), paid_cents=Sum("amount", filter=~held, default=0),
        held_number=Count("pk", filter=held), held_cents=Sum("amount", filter=held, default=0),
    )  # fmt: skip
    over = Overpaid.objects.filter(run=run).aggregate(number=Count("pk"), cents=Sum("amount", default=0))
    return Totals(lines["paid"], int(lines["paid_cents"]), lines["held_number"], int(lines["held_cents"]),
                  over["number"], int(over["cents"]))  # fmt: skip


def lines_of_person(person: uuid.UUID) -> QuerySet[Line]:
    """What was released for a person, the newest month first."""
    return Line.objects.filter(payee=person).order_by("-due", "-month", "code", "pk")


def lines_of_persons(persons: Iterable[uuid.UUID]) -> QuerySet[Line]:
    """What was released for some persons, also what was held then; what was written last first."""
    return Line.objects.filter(payee__in=list(persons)).select_related("choice").order_by("-pk")
