"""Figures of an office for whoever sees to its work: what is open, how old, what is late, what was decided, by whom."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from django.db.models import Count, Q
from django.utils import timezone

from balsts.access.acting import Acting, in_scope
from balsts.access.predicates import require
from balsts.cases.models import Decision, DecisionStep
from balsts.cases.worklists import OPEN, TO_DO, cases_of

AGES_DAYS = (7, 14, 30, 90)
"""Bounds of the groups of age: under so many days; the last group is older."""


@dataclass(frozen=True)
class Load:
    """The cases of one member of staff that wait for something; `staff` None: those of nobody."""

    staff: uuid.UUID | None
    to_do: int
    overdue: int


@dataclass(frozen=True)
class OfficeFigures:
    """An office now, and what it decided in a month.

    Attributes:
        stages: open cases by stage.
        ages: cases that wait for something, by the groups of `AGES_DAYS`.
        decided: decisions signed in the month, by kind.
        automatic: how many of them were automatic.
    """

    stages: dict[str, int]
    overdue: int
    ages: tuple[int, ...]
    loads: tuple[Load, ...]
    decided: dict[str, int]
    automatic: int

    @property
    def to_do(self) -> int:
        """Cases that wait for something."""
        return sum(self.ages)


def figures_of(who: Acting, month: date) -> OfficeFigures:
    """The figures of the office of who acts; `month`: the first day of the month of decisions.

    Raises:
        AccessDenied: who acts does not see to the work of an office.
    """
    with in_scope(who):
        require("cases.supervise", who)
        today = timezone.localdate()
        cases, waits = cases_of(who), Q(stage__in=TO_DO)
        stages = dict(cases.filter(stage__in=OPEN).values_list("stage").annotate(number=Count("pk")))
        opened = [timezone.now() - timedelta(days=one) for one in AGES_DAYS]
        younger = cases.filter(waits).aggregate(
            every=Count("pk"), **{f"under_{one}": Count("pk", Q(opened_at__gt=moment))
                                  for one, moment in zip(AGES_DAYS, opened, strict=True)},
        )  # fmt: skip
        bounds = [0, *(younger[f"under_{one}"] for one in AGES_DAYS), younger["every"]]
        late = Count("pk", Q(due_on__lt=today))
        loads = cases.filter(waits).values_list("assigned_to").annotate(number=Count("pk"), late=late)
        decided, automatic = _decided(who, month)
        found = tuple(sorted((Load(*one) for one in loads), key=lambda one: (one.staff is not None, -one.to_do)))
        ages = tuple(after - before for before, after in pairwise(bounds))
        return OfficeFigures(stages, sum(one.overdue for one in found), ages, found, decided, automatic)


def _decided(who: Acting, month: date) -> tuple[dict[str, int], int]:
    following = (month + timedelta(days=32)).replace(day=1)
    since, until = (timezone.make_aware(datetime.combine(one, time.min)) for one in (month, following))
    signed = DecisionStep.objects.filter(
        step=Decision.State.SIGNED, at__gte=since, at__lt=until, decision__case__institution=who.institution,
        decision__case__purpose=who.purpose,
    )  # fmt: skip
    automatic = Count("pk", Q(decision__is_automatic=True))
    rows = list(signed.values_list("decision__kind").annotate(number=Count("pk"), automatic=automatic))
    return {kind: number for kind, number, _ in rows}, sum(one for _, _, one in rows)
