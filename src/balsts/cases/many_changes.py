"""A law change in many cases at once: those that it changes are found by columns, and what changed is proposed in all.

What comes of it is what `reassess` comes to case by case; a test holds one against the other. Together go cases that
differ by the law alone; whatever else differs, or is odd, goes one by one.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db import connection
from django.utils import timezone

from balsts.cases.changes import TOLD, Because, differences, law_differences
from balsts.cases.decided import CURRENT, Key, amounts_of, believed_of
from balsts.cases.law_in_force import LawInForce
from balsts.cases.many_cases import Batch, MonthGiven
from balsts.cases.many_lines import ManyLines, amounts_before
from balsts.cases.many_statements import Found, propose_all
from balsts.cases.models import Case, Change, Decision, Determination
from balsts.cases.timeline import Asked, Line, Timeline, drawn_together
from balsts.cases.types.reading import case_type
from balsts.law.engine.vocabulary import Month
from balsts.registry.fact_types import BY_KEY
from balsts.registry.recording import moment_of_knowledge

_CLAIMED = BY_KEY["claimed_on"].number


@dataclass(frozen=True)
class Outcome:
    """What a law change came to in a batch: how many were changed together, and the cases left to `reassess`."""

    changed: int
    one_by_one: frozenset[uuid.UUID]


def change_together(batch: Batch) -> Outcome:
    """Propose what the last law of a batch changes against the first. To be called in the scope of the platform."""
    if not batch.questions:
        return Outcome(0, frozenset())
    months = list(batch.months())
    changed = {case for gap in batch.gaps(months) for case in gap.cases.tolist()}
    alone = batch.plain | batch.registry.irregular
    fit = _undisturbed(batch, changed - alone)
    found = list(_found(batch, months, fit.latest))
    propose_all(found, batch.laws[-1], fit.at)
    together = {one.number for one in found}
    ids = [one.case.pk for one in batch.questions]
    return Outcome(len(found), frozenset(ids[at] for at in (changed | alone) - together))


# -- which cases differ by the law alone ---------------------------------------------------------------------------


@dataclass(frozen=True)
class _Fit:
    """Cases by number with their latest determination, and a moment from which nothing more is written about them."""

    latest: Mapping[int, Determination]
    at: datetime


def _undisturbed(batch: Batch, numbers: Collection[int]) -> _Fit:
    """Those of some cases in which all is as it was decided, locked against whoever writes about them."""
    ids = {batch.questions[at].case.pk: at for at in numbers if _is_plain(batch, at)}
    locked = Case.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    today = timezone.localdate()
    cases = [one.pk for one in locked if one.review_on is None or one.review_on > today]
    busy = set(Change.objects.filter(TOLD, case__in=cases).values_list("case", flat=True))
    current = dict(Decision.objects.filter(case__in=cases, state__in=CURRENT)
                   .order_by("case", "made_at").values_list("case", "determination"))  # fmt: skip
    latest = {one.case_id: one for one in
              Determination.objects.filter(case__in=cases).order_by("case", "made_at")}  # fmt: skip
    fit = {ids[case]: latest[case] for case in cases
           if case not in busy and current.get(case) == _decided(batch, ids[case]).pk}  # fmt: skip
    moment = moment_of_knowledge({one for at in fit for one in batch.subjects_of(at)})
    for at in _stirred(batch, fit):
        del fit[at]
    return _Fit(fit, moment)


def _decided(batch: Batch, at: int) -> Determination:
    decided = batch.questions[at].decided
    assert decided is not None
    return decided.determination


def _is_plain(batch: Batch, at: int) -> bool:
    """Whether the months of a case lie within those looked at, and it was decided by the first of the laws."""
    return batch.questions[at].until <= batch.last + 1 and _decided(batch, at).law_id == batch.laws[0].sha256


_STIRRED = """
    SELECT DISTINCT a.n FROM unnest(%s::int[], %s::uuid[], %s::timestamptz[]) AS a (n, subject, since) WHERE
        EXISTS (SELECT FROM registry_fact s WHERE s.person_id = a.subject AND {new})
        OR EXISTS (SELECT FROM registry_fact s WHERE s.household_id = a.subject AND {new})
        OR EXISTS (SELECT FROM registry_membership s WHERE s.person_id = a.subject AND {new})
        OR EXISTS (SELECT FROM registry_membership s WHERE s.household_id = a.subject AND {new})
        OR EXISTS (SELECT FROM registry_relation s WHERE s.person_id = a.subject AND {new})
        OR EXISTS (SELECT FROM registry_relation s WHERE s.other_id = a.subject AND {new})
        OR EXISTS (SELECT FROM registry_duplicate s WHERE s.person_id = a.subject AND {new})
        OR EXISTS (SELECT FROM registry_fact s WHERE s.person_id = a.subject AND s.type = %s AND upper_inf(s.recorded))
""".replace("{new}", "(lower(s.recorded) > a.since OR upper(s.recorded) > a.since)")


def _stirred(batch: Batch, numbers: Collection[int]) -> list[int]:
    """Cases about whose people anything was told since they were determined; or where a day of claiming is known."""
    rows = [(at, one, _decided(batch, at).knowledge_at) for at in numbers for one in batch.subjects_of(at)]
    if not rows:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_STIRRED, [*map(list, zip(*rows, strict=True)), _CLAIMED])
        return [row[0] for row in cursor.fetchall()]


# -- what changes --------------------------------------------------------------------------------------------------


def _found(batch: Batch, months: Sequence[MonthGiven], latest: Mapping[int, Determination]) -> Iterator[Found]:
    lines = ManyLines(batch, months, latest)
    by_first_law = amounts_before(batch, months, latest)
    granted = believed_of([batch.questions[at].case for at in latest], Month(batch.last + 1))
    for at in sorted(latest):
        question = batch.questions[at]
        within = {key: amount for key, amount in granted[question.case.pk].items()
                  if batch.first <= key[0] < question.until}  # fmt: skip
        # What is believed granted, and the first law does not give of today's facts, differs by more than the law.
        if at not in lines.unknown and within == by_first_law[at]:
            yield from _differing(batch, at, lines.of[at], within, latest[at])


def _differing(
    batch: Batch, at: int, by_month: Mapping[Month, list[Line]], before: Mapping[Key, int], latest: Determination
) -> Iterator[Found]:
    question = batch.questions[at]
    assert question.decided is not None
    # Whoever has two entries in the registry is irregular and not among these.
    after, _ = amounts_of(question.case, (line for lines in by_month.values() for line in lines), {})
    changed = differences(before, after)
    if not changed or not batch.registry.is_averaged_alike(at, changed[0].month):
        return
    whole = question.decided.asked(question.case)
    asked = Asked(whole.type, whole.household, whole.subject, changed[0].month, question.until, whole.anchor)
    months = (by_month.get(Month(one), []) for one in range(asked.since, asked.until))
    timeline = Timeline(asked, tuple(drawn_together(months)), (), {}, str(asked.subject))
    why = _because(batch.laws[0], batch.laws[-1], asked.type.code, asked.since, asked.until)
    yield Found(at, question.case, question.decided.determination, latest, timeline, changed, why,
                frozenset(batch.subjects_of(at)) - {question.case.household_id})  # fmt: skip


@lru_cache(maxsize=512)
def _because(old: LawInForce, new: LawInForce, type_: str, since: Month, until: Month) -> Because:
    """What differs between two laws for a case type in some months; the same for every case of it."""
    return list(law_differences(old, new, case_type(type_), since, until)) or [{"what": "time"}]
