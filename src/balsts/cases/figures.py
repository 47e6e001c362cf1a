"""Figures of an office for whoever sees to its work: what is open, how old, what is late, what was decided, by whom."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Q
from django.utils import timezone

from balsts.access.acting import Acting, in_scope
from balsts.access.predicates import require
from balsts.cases.worklists import OPEN, TO_DO, cases_of

AGES_DAYS = (7, 14, 30, 90)
"""Bounds of the groups of age: under so many days; the last group is older."""
KEPT_SECONDS = 60
"""Counting takes long in an office of many, and its day's work does not change by one case."""


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
        at: the moment it was counted.
        stages: open cases by stage.
        ages: cases that wait for something, by the groups of `AGES_DAYS`.
        decided: decisions signed in the month, by kind.
        automatic: how many of them were automatic.
    """

    at: datetime
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
    """The figures of the office of who acts, counted within the last minute.

    Args:
        month: the first day of the month of decisions.

    Raises:
        AccessDenied: who acts does not see to the work of an office.
    """
    with in_scope(who):
        require("cases.supervise", who)
        key = f"figures-{who.institution}-{who.purpose}-{month}"
        kept: OfficeFigures | None = cache.get(key)
        if kept is None:
            kept = _counted(who, month)
            cache.set(key, kept, KEPT_SECONDS)
        return kept


def _counted(who: Acting, month: date) -> OfficeFigures:
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
    decided, automatic = _decided(month)
    found = tuple(sorted((Load(*one) for one in loads), key=lambda one: (one.staff is not None, -one.to_do)))
    ages = tuple(after - before for before, after in pairwise(bounds))
    overdue = sum(one.overdue for one in found)
    return OfficeFigures(timezone.now(), stages, overdue, ages, found, decided, automatic)


def _decided(month: date) -> tuple[dict[str, int], int]:
    """The decisions of a month by kind, and how many were automatic, of the office of who acts."""
    following = (month + timedelta(days=32)).replace(day=1)
    bounds = [timezone.make_aware(datetime.combine(one, time.min)) for one in (month, following)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, number, automatic FROM cases_signed_between(%s, %s)", bounds)
        rows = cursor.fetchall()
    return {kind: number for kind, number, _ in rows}, sum(one for _, _, one in rows)
