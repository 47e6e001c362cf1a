"""What the parts of each kind of run do, and how such runs begin."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.utils import timezone

from balsts.access.acting import in_scope, the_platform
from balsts.cases.dependency import cases_of_types, due_for_review, take_news, touched_by, types_of_law_change
from balsts.cases.errors import NotReplayable
from balsts.cases.law_in_force import LawInForce, law_in_force, law_of
from balsts.cases.many_cases import batch_of
from balsts.cases.many_changes import change_together
from balsts.cases.models import Case, Determination, Run, RunPart
from balsts.cases.reassessing import reassess
from balsts.cases.runs import WORKS, begin
from balsts.cases.timeline import MONTHS_AHEAD, month_of_day, this_month
from balsts.law.engine.quantities import first_day
from balsts.law.engine.vocabulary import Month

LAW_PART, CASES_PART = 1_000, 50
_LOCKS_A_CASE, _WORKERS_AT_ONCE = 5, 4
"""Cases in a part: of a law change most are only passed over, of others each is worked out whole."""


def begin_law_change(old: LawInForce, new: LawInForce, staff: uuid.UUID | None = None) -> Run:
    """Look at every case of a type that a law change touches, in the months from the first that it changes."""
    since, until = law_months(old, new)
    with in_scope(the_platform()):
        cases = cases_of_types(types_of_law_change(old, new, since, until), first_day(since))
    asked = {"old": old.sha256, "new": new.sha256, "since": int(since), "until": int(until)}
    return begin(Run.Kind.LAW, cases, asked, size=_law_part_size(), staff=staff)


def _law_part_size() -> int:
    """How many cases go together: a part holds a lock for each person in it, and the server has room for so many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('max_locks_per_transaction')::int * "
                       "current_setting('max_connections')::int")  # fmt: skip
        room: int = cursor.fetchone()[0]
    return max(1, min(LAW_PART, room // (_LOCKS_A_CASE * _WORKERS_AT_ONCE)))


def law_months(old: LawInForce, new: LawInForce) -> tuple[Month, Month]:
    """From the first month in which two laws differ to the last that is looked ahead to."""
    until = Month(this_month() + 1 + MONTHS_AHEAD)
    first = month_of_day(new.law.first_day)
    changed = sorted(
        {month_of_day(value.since) for name, one in new.law.parameters.items() for value in one.values
         if one is not old.law.parameters.get(name)}
        | {month_of_day(one.since) for name, versions in new.law.rules.items() for one in versions
           if versions is not old.law.rules.get(name)}
    )  # fmt: skip
    differing_months = (month for month in changed if first <= month < until
                        and types_of_law_change(old, new, month, Month(month + 1)))  # fmt: skip
    return next(differing_months, until), until


def _law_part(part: RunPart) -> Mapping[str, Any]:
    """Propose what a law changes in all cases at once; work out one by one those in which more than the law differs."""
    old, new = (_law(part.run.asked[name]) for name in ("old", "new"))
    cases = list(Case.objects.filter(pk__in=part.subjects).order_by("pk"))
    since, until = Month(part.run.asked["since"]), Month(part.run.asked["until"])
    batch = batch_of(cases, (old, new), since, Month(until - 1), beneficiaries=True)
    found = change_together(batch)
    outcomes = Counter(_each(sorted(found.one_by_one), Determination.Cause.LAW))
    outcomes["changed"] += found.changed
    return {"cases": len(cases), "one_by_one": len(found.one_by_one), "outcomes": dict(+outcomes)}


def _law(sha256: str) -> LawInForce:
    found = law_of(sha256)
    if found is None:
        raise NotReplayable(
            f"The law of text {sha256[:12]} is not one of this installation any more; begin the run anew."
        )
    return found


def begin_cases(cases: Iterable[uuid.UUID], cause: str, staff: uuid.UUID | None = None) -> Run:
    """Work some cases out anew, one by one."""
    return begin(Run.Kind.CASES, sorted(cases), {"cause": cause}, size=CASES_PART, staff=staff)


def _cases_part(part: RunPart) -> Mapping[str, Any]:
    return {"cases": len(part.subjects), "outcomes": _each(part.subjects, part.run.asked["cause"])}


def _each(cases: Iterable[uuid.UUID], cause: str) -> dict[str, int]:
    return dict(Counter(reassess(one, cause).outcome for one in cases))


def begin_news() -> Run | None:
    """Take what was told since and begin a run over the cases that it touches; None where it touches none."""
    with in_scope(the_platform()):
        touched: set[uuid.UUID] = set()
        while news := take_news():
            touched |= touched_by(news)
        return begin_cases(touched, Determination.Cause.FACT) if touched else None


def begin_review() -> Run | None:
    """Begin a run over the cases whose month of review is reached; None where there are none."""
    with in_scope(the_platform()):
        due = due_for_review(timezone.localdate())
    return begin_cases(due, Determination.Cause.TIME) if due else None


def begin_law_in_force() -> Run | None:
    """Begin a run over the cases that were decided by an earlier text of the law, once for each pair of texts."""
    new = law_in_force()
    with in_scope(the_platform()):
        last = Run.objects.filter(kind=Run.Kind.LAW).order_by("made_at").last()
        seen = last.asked["new"] if last else _earliest_used()
    old = law_of(seen) if seen else None
    if old is None or old.sha256 == new.sha256:
        return None
    return begin_law_change(old, new)


def _earliest_used() -> str:
    """The text of law by which cases were decided first here; empty where none was."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sha256 FROM cases_lawtext ORDER BY first_used_at LIMIT 1")
        found = cursor.fetchone()
    return found[0] if found else ""


WORKS[Run.Kind.LAW] = _law_part
WORKS[Run.Kind.CASES] = _cases_part
