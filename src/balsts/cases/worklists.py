"""Lists of an office's cases for whoever works on them: what waits for whom, by its term. To be called in scope.

A list is paged by where the last page ended (the term and the case), never by counting rows, and read along the
indexes of cases, stage by stage: the first page of sixty thousand cases costs what the first of sixty does. It names
nobody; who is looked at stands in the record when a case, or the names of a page, are opened.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from balsts.access.acting import Acting, in_scope
from balsts.access.kept_queries import Kept
from balsts.cases.assigning import stands_in_for
from balsts.cases.models import Appeal, Case, Change, Party
from balsts.cases.types.reading import case_types
from balsts.registry.selectors import find_persons

A_PAGE = 25
AT_MOST = 500
"""Counts stop here: whether a list has six hundred cases or nine changes nothing about the day's work."""
WEEK_DAYS = 7
TO_DO = (Case.Stage.RECEIVED, Case.Stage.WAITING, Case.Stage.ASSESSED, Case.Stage.DECIDING, Case.Stage.CONTESTED)
"""Stages in which somebody has something to do; a case whose decision runs waits for nobody."""
OPEN = (*TO_DO, Case.Stage.RUNNING)
_NUMBER = re.compile(r"^[A-Z]{2,4}(-[A-Z])?-\d{4}-\d+$")


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


@dataclass(frozen=True)
class List:
    """One of the lists: which stages, and what else is asked of a case `c`, in SQL with the values of `_values`."""

    stages: tuple[str, ...]
    asked: str = "true"

    @property
    def stages_in_words(self) -> str:
        """The stages as a list in SQL."""
        return "(" + ", ".join(f"'{one}'" for one in self.stages) + ")"


LISTS = {
    "mine": List(TO_DO, "c.assigned_to_id = ANY (%(mine)s)"),
    "unassigned": List(TO_DO, "c.assigned_to_id IS NULL"),
    "overdue": List(TO_DO, "c.due_on < %(today)s"),
    "week": List(TO_DO, "c.due_on >= %(today)s AND c.due_on < %(week)s"),
    "second": List(
        (Case.Stage.DECIDING,),
        "EXISTS (SELECT FROM cases_decision d WHERE d.case_id = c.id AND d.state IN ('drafted', 'checked')"
        " AND d.needs_second AND d.drafted_by IS DISTINCT FROM %(staff)s)",
    ),
    "unsent": List(
        (Case.Stage.DECIDING,), "EXISTS (SELECT FROM cases_decision d WHERE d.case_id = c.id AND d.state = 'signed')"
    ),
    "contested": List((Case.Stage.CONTESTED,)),
    "changes": List(OPEN, "EXISTS (SELECT FROM cases_change h WHERE h.case_id = c.id AND h.state = 'proposed')"),
    "all": List(OPEN),
}
"""All lists by name: `second` waits for a second pair of eyes, `unsent` is signed and not made known yet, `changes`
have a proposed change."""
_OFFICE = "c.institution_id = %(institution)s AND c.purpose = %(purpose)s"
_HEARD = "c.id IN (SELECT a.case_id FROM cases_appeal a WHERE a.heard_by_id = %(institution)s AND a.outcome = '')"


def _values(who: Acting, asked: str) -> dict[str, Any]:
    """What conditions of lists ask of who acts, and of the day; for whom they stand in only where that is asked."""
    today = timezone.localdate()
    values = {"institution": who.institution, "purpose": who.purpose, "staff": who.staff, "today": today,
              "week": today + timedelta(days=WEEK_DAYS)}  # fmt: skip
    return values | ({"mine": [who.staff, *stands_in_for(who)]} if "%(mine)s" in asked else {})


def _of_office(who: Acting, name: str) -> str:
    """Whose cases are in a list, as `cases_of` has it; proposed changes are settled by the office itself alone."""
    return _HEARD if who.purpose == "appeal" and name != "changes" else _OFFICE


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
    asked = [_of_office(who, name), one.asked, *(["c.type = %(type)s"] if type_code else [])]
    values = _values(who, one.asked) | {"type": type_code}
    if after is not None:
        values |= {"after": after.case, "after_on": after.due_on}
    stages = [each for each in one.stages if stage in ("", each)]
    keys = _with_term(asked, values, stages, after, most + 1)
    if len(keys) <= most:
        keys += _without_term(asked, values, stages, after, most + 1 - len(keys))
    return _page(keys, most)


_Key = tuple[date | None, uuid.UUID]


def _with_term(
    asked: list[str], values: dict[str, Any], stages: Sequence[str], after: Place | None, most: int
) -> list[_Key]:
    if after is not None and after.due_on is None:
        return []
    asked = [*asked, "c.due_on IS NOT NULL"]
    if after is not None:
        asked.append("c.due_on >= %(after_on)s AND (c.due_on, c.id) > (%(after_on)s, %(after)s)")
    return _first(asked, values, stages, most)


def _without_term(
    asked: list[str], values: dict[str, Any], stages: Sequence[str], after: Place | None, most: int
) -> list[_Key]:
    asked = [*asked, "c.due_on IS NULL"]
    if after is not None and after.due_on is None:
        asked.append("c.id > %(after)s")
    return _first(asked, values, stages, most)


def _first(asked: list[str], values: dict[str, Any], stages: Sequence[str], most: int) -> list[_Key]:
    """The first of each stage along its index, then the first of all: one query."""
    parts = [
        f"(SELECT c.due_on, c.id FROM cases_case c WHERE c.stage = '{stage}' AND {' AND '.join(asked)}"
        " ORDER BY c.due_on, c.id LIMIT %(most)s)"
        for stage in stages
    ]
    if not parts:
        return []
    with connection.cursor() as cursor:
        every = f"SELECT * FROM ({' UNION ALL '.join(parts)}) every ORDER BY 1, 2 LIMIT %(most)s"
        cursor.execute(every, values | {"most": most})
        keys: list[_Key] = cursor.fetchall()
        return keys


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


_CASES = Kept(lambda cases: Case.objects.filter(pk__any_of=cases).select_related("assigned_to"))


def _page(keys: Sequence[_Key], most: int) -> Page:
    shown = keys[:most]
    by_id = {one.pk: one for one in _CASES([case for _, case in shown])}
    following = Place(*shown[-1]) if len(keys) > most else None
    return Page(tuple(by_id[case] for _, case in shown if case in by_id), following)


def counts(who: Acting) -> dict[str, int]:
    """How many cases each list has, counted up to `AT_MOST` + 1: one query, since it stands above every list."""
    numbers = ", ".join(
        f"(SELECT count(*) FROM (SELECT FROM cases_case c WHERE c.stage IN {one.stages_in_words}"
        f" AND {_of_office(who, name)} AND {one.asked} LIMIT {AT_MOST + 1}) of_list)"
        for name, one in LISTS.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {numbers}", _values(who, numbers))
        return dict(zip(LISTS, cursor.fetchone(), strict=True))


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
