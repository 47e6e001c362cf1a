"""Lists of an office's cases for whoever works on them: what waits for whom, by its term. To be called in scope.

A list is paged by where the last page ended (the term and the case), never by counting rows, and read along the
indexes of cases, stage by stage: the first page of sixty thousand cases costs what the first of sixty does. It names
nobody; who is looked at stands in the record when a case, or the names of a page, are opened.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from balsts.access.acting import Acting, in_scope
from balsts.cases.assigning import stands_in_for
from balsts.cases.models import Appeal, Case, Change, Decision, Party
from balsts.cases.types.reading import case_types
from balsts.registry.selectors import find_persons

A_PAGE = 25
AT_MOST = 1000
"""Counts stop here: whether a list has two thousand cases or three changes nothing about the day's work."""
WEEK_DAYS = 7
TO_DO = (Case.Stage.RECEIVED, Case.Stage.WAITING, Case.Stage.ASSESSED, Case.Stage.DECIDING, Case.Stage.CONTESTED)
"""Stages in which somebody has something to do; a case whose decision runs waits for nobody."""
OPEN = (*TO_DO, Case.Stage.RUNNING)
_NUMBER = re.compile(r"^[A-Z]{2,4}(-[A-Z])?-\d{4}-\d+$")
_IN_PROGRESS = (Decision.State.DRAFTED, Decision.State.CHECKED)


@dataclass(frozen=True)
class Place:
    """Where a page ended: the term of its last case (None: without one) and the case."""

    due_on: date | None
    case: uuid.UUID

    def __str__(self) -> str:
        return f"{self.due_on or ''}_{self.case}"

    @classmethod
    def read(cls, text: str) -> Place | None:
        """A place as it was written; None for anything else."""
        day, _separator, case = text.partition("_")
        try:
            return cls(date.fromisoformat(day) if day else None, uuid.UUID(case))
        except ValueError:
            return None


@dataclass(frozen=True)
class Page:
    """Cases of a page, with whom they are assigned to, and where the next page begins (None: nothing follows)."""

    cases: tuple[Case, ...]
    following: Place | None


def cases_of(who: Acting) -> QuerySet[Case]:
    """The cases of the office of who acts, for the purpose they work for; of whoever hears appeals, those contested."""
    own = Case.objects.filter(institution=who.institution)
    if who.purpose == "appeal":
        heard = Appeal.objects.filter(heard_by=who.institution, outcome="").values("case")
        return Case.objects.filter(pk__in=heard)
    return own.filter(purpose=who.purpose)


def _mine(who: Acting) -> Q:
    return Q(assigned_to__in=[who.staff, *stands_in_for(who)])


def _waiting_for_second(who: Acting) -> Q:
    drafted = Decision.objects.filter(case=OuterRef("pk"), state__in=_IN_PROGRESS, needs_second=True)
    return Q(Exists(drafted.exclude(drafted_by=who.staff)))


def _being_made(_who: Acting) -> Q:
    return Q(Exists(Decision.objects.filter(case=OuterRef("pk"), state=Decision.State.SIGNED)))


@dataclass(frozen=True)
class List:
    """One of the lists: which stages, and what else is asked of a case."""

    stages: tuple[str, ...]
    asked: Callable[[Acting], Q]


LISTS = {
    "mine": List(TO_DO, _mine),
    "unassigned": List(TO_DO, lambda _who: Q(assigned_to__isnull=True)),
    "overdue": List(TO_DO, lambda _who: Q(due_on__lt=timezone.localdate())),
    "week": List(TO_DO, lambda _who: Q(due_on__gte=timezone.localdate(),
                                       due_on__lt=timezone.localdate() + timedelta(days=WEEK_DAYS))),
    "second": List((Case.Stage.DECIDING,), _waiting_for_second),
    "unsent": List((Case.Stage.DECIDING,), _being_made),
    "contested": List((Case.Stage.CONTESTED,), lambda _who: Q()),
    "changes": List(OPEN, lambda _who: Q()),
    "all": List(OPEN, lambda _who: Q()),
}  # fmt: skip
"""All lists by name: `second` waits for a second pair of eyes, `unsent` is signed and not made known yet, `changes`
have a proposed change."""


def worklist(who: Acting, name: str, *, type_code: str = "", stage: str = "", after: Place | None = None,
             most: int = A_PAGE) -> Page:  # fmt: skip
    """One page of a list, the nearest term first, cases without a term last.

    Args:
        name: of `LISTS`.
        type_code, stage: only cases of that type, in that stage; empty: all.
        after: where the page before ended.
    """
    if name == "changes":
        return _changes(who, type_code, stage, after, most)
    one = LISTS[name]
    found = cases_of(who).filter(one.asked(who))
    if type_code:
        found = found.filter(type=type_code)
    stages = [each for each in one.stages if stage in ("", each)]
    keys = _with_term(found, stages, after, most + 1)
    if len(keys) <= most:
        keys += _without_term(found, stages, after, most + 1 - len(keys))
    return _page(keys, most)


_Key = tuple[date | None, uuid.UUID]


def _with_term(found: QuerySet[Case], stages: Sequence[str], after: Place | None, most: int) -> list[_Key]:
    if after is not None and after.due_on is None:
        return []
    found = found.filter(due_on__isnull=False)
    if after is not None:
        found = found.filter(due_on__gte=after.due_on).filter(Q(due_on__gt=after.due_on) | Q(pk__gt=after.case))
    return _first(found, stages, most)


def _without_term(found: QuerySet[Case], stages: Sequence[str], after: Place | None, most: int) -> list[_Key]:
    found = found.filter(due_on__isnull=True)
    if after is not None and after.due_on is None:
        found = found.filter(pk__gt=after.case)
    return _first(found, stages, most)


def _first(found: QuerySet[Case], stages: Sequence[str], most: int) -> list[_Key]:
    """The first of each stage along its index, then the first of all: one query."""
    parts = [found.filter(stage=one).order_by("due_on", "pk").values_list("due_on", "pk")[:most] for one in stages]
    if not parts:
        return []
    every = parts[0].union(*parts[1:], all=True).order_by("due_on", "id")[:most] if len(parts) > 1 else parts[0]
    return list(every)


def _changes(who: Acting, type_code: str, stage: str, after: Place | None, most: int) -> Page:
    """Cases with a proposed change, along the index of proposed changes."""
    found = Change.objects.filter(state=Change.State.PROPOSED, case__institution=who.institution,
                                  case__purpose=who.purpose)  # fmt: skip
    if type_code:
        found = found.filter(case__type=type_code)
    if stage:
        found = found.filter(case__stage=stage)
    if after is not None:
        found = found.filter(case__gt=after.case)
    return _page([(None, one) for one in found.order_by("case").values_list("case", flat=True)[: most + 1]], most)


def _page(keys: Sequence[_Key], most: int) -> Page:
    shown = keys[:most]
    by_id = Case.objects.select_related("assigned_to").in_bulk([case for _, case in shown])
    following = Place(*shown[-1]) if len(keys) > most else None
    return Page(tuple(by_id[case] for _, case in shown if case in by_id), following)


def counts(who: Acting) -> dict[str, int]:
    """How many cases each list has, counted up to `AT_MOST` + 1."""
    found = {}
    for name, one in LISTS.items():
        if name == "changes":
            rows: QuerySet[Change] | QuerySet[Case] = Change.objects.filter(
                state=Change.State.PROPOSED, case__institution=who.institution, case__purpose=who.purpose
            )
        else:
            rows = cases_of(who).filter(one.asked(who), stage__in=one.stages)
        found[name] = rows[: AT_MOST + 1].count()
    return found


def types_of(who: Acting) -> list[str]:
    """The codes of case types that an office can have cases of, for the purpose who acts works for."""
    return [one.code for one in case_types().values() if who.purpose in (one.purpose, "appeal")]


def is_number(text: str) -> bool:
    """Whether a text looks like the number of a case, decision or appeal."""
    return bool(_NUMBER.match(text.strip().upper()))


def cases_found(who: Acting, *, number: str = "", code: str = "", name: str = "", why: str = "") -> list[Case]:
    """Cases of the office by their number, or by the code or name of somebody who has to do with them.

    Each person found stands in the record of who looked.

    Raises:
        AccessDenied: who acts may look for nobody.
        NotAPersonalCode: the code has not eleven digits.
    """
    with in_scope(who):
        if number:
            asked = number.strip().upper()
            found = Q(number=asked) | Q(decisions__number=asked) | Q(appeals__number=asked)
            return _newest(cases_of(who).filter(found).distinct())
        persons = find_persons(who, code=code, name=name, why=why)
        return _newest(cases_of(who).filter(pk__in=_with(persons)))


def _with(persons: Iterable[uuid.UUID]) -> QuerySet[Party]:
    return Party.objects.filter(person__in=list(persons)).values("case")  # type: ignore[return-value]


def _newest(found: QuerySet[Case]) -> list[Case]:
    return list(found.select_related("assigned_to").order_by("-opened_at")[:A_PAGE])
