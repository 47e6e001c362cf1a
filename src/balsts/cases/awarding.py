"""Awards: what a signed decision grants, by payee and months; and how a later decision ends the belief in them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db import IntegrityError, connection, transaction
from django.db.models import Q, QuerySet
from psycopg.types.range import DateRange, TimestamptzRange

from balsts.cases.errors import OverlappingAward
from balsts.cases.models import Award, AwardHolder, AwardSpan, Decision, DeterminationLine
from balsts.registry.recording import clock

_GRANTS = 0x6772616E
"""The first number of the locks of those to whom something is being granted."""
_Key = tuple[str, str, str, tuple[str, ...]]


@dataclass(frozen=True)
class _Span:
    months: DateRange
    amount: int | None
    per: str
    paid_after_months: int


def one_grant_at_a_time(decision: Decision) -> None:
    """Let one transaction at a time grant something to whom a decision is about, whichever office decides.

    Two that begin at once would else wait for each other, each for what the other has written already.
    """
    persons = set(AwardHolder.objects.filter(award__case=decision.case).values_list("person_id", flat=True))
    if decision.determination is not None:
        for line in decision.determination.lines.all():
            persons.update(uuid.UUID(str(one)) for one in line.beneficiaries)
            persons.update(filter(None, [line.payee_id]))
    persons.update(filter(None, [decision.case.subject_id]))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, one.lock) FROM (SELECT DISTINCT hashtext(person) AS lock "
            "FROM unnest(%s::text[]) AS person ORDER BY 1) AS one",
            [_GRANTS, [str(one) for one in persons]],
        )


def award_lines(decision: Decision, *, open_ended: bool) -> list[Award]:
    """Grant what a decision's determination gives: months of one payee and right without a gap are one award.

    Args:
        open_ended: whether what reaches the end of the months worked out goes on beyond it.

    Raises:
        OverlappingAward: somebody has the right in these months already.
    """
    determination = decision.determination
    assert determination is not None
    end = determination.months.upper if open_ended else None
    lines = determination.lines.exclude(kind=DeterminationLine.Kind.UNDETERMINED)
    found = []
    for key, own in groupby(sorted(lines, key=lambda one: (_key(one), one.months.lower)), _key):
        for spans in _without_gaps(own, end):
            found.append(_award(decision, key, spans))
    return found


def _key(one: DeterminationLine) -> _Key:
    return one.kind, one.code, str(one.payee_id or ""), tuple(map(str, one.beneficiaries))


def _without_gaps(lines: Iterable[DeterminationLine], end: date | None) -> Iterator[list[_Span]]:
    spans: list[_Span] = []
    for one in lines:
        upper = None if one.months.upper == end and one.per != "once" else one.months.upper
        span = _Span(DateRange(one.months.lower, upper), one.amount, one.per, one.paid_after_months)
        if spans and spans[-1].months.upper != span.months.lower:
            yield spans
            spans = []
        spans.append(span)
    if spans:
        yield spans


def _award(decision: Decision, key: _Key, spans: list[_Span]) -> Award:
    kind, code, payee, beneficiaries = key
    case = decision.case
    months = DateRange(spans[0].months.lower, spans[-1].months.upper)
    assert case.subject_id is not None
    award = Award(decision=decision, case=case, kind=kind, code=code, payee_id=payee or case.subject_id, months=months)
    return _stored(award, spans, beneficiaries or (str(award.payee_id),))


def _stored(award: Award, spans: Iterable[_Span], holders: Iterable[str]) -> Award:
    award.recorded = TimestamptzRange(clock(), None)
    try:
        with transaction.atomic():
            award.save(force_insert=True)
            AwardHolder.objects.bulk_create([
                AwardHolder(award=award, person_id=person, code=award.code, months=award.months) for person in holders
            ])  # fmt: skip
    except IntegrityError as error:
        if "nobody_has_one_right_twice" not in str(error):
            raise
        raise OverlappingAward(
            f"{award.code}: somebody in this case has it in these months already, by another decision of this or "
            "another office. Nothing was signed. Replace or end that decision first."
        ) from None
    AwardSpan.objects.bulk_create([
        AwardSpan(award=award, months=one.months, amount=one.amount, per=one.per,
                  paid_after_months=one.paid_after_months)
        for one in spans if one.amount is not None
    ])  # fmt: skip
    return award


def end_awards(decision: Decision, since: date) -> None:
    """No longer believe the awards of a decision's case from a month on; what lies before it goes on being believed."""
    believed = Award.objects.filter(case=decision.case, recorded__upper_inf=True)
    touched = [one for one in believed.prefetch_related("spans", "holders") if _reaches(one.months, since)]
    for old in touched:
        AwardHolder.objects.filter(award=old).update(is_believed=False)
        old.recorded = TimestamptzRange(old.recorded.lower, clock())
        old.ended_by = decision
        old.save(update_fields=["recorded", "ended_by"])
    for old in touched:
        if old.months.lower < since:
            _again(old, since)


def statuses_of(decision: uuid.UUID) -> QuerySet[Award]:
    """The statuses that a decision grants, and those that it ends."""
    return Award.objects.filter(Q(decision=decision) | Q(ended_by=decision), kind=Award.Kind.STATUS)


def _again(old: Award, until: date) -> None:
    """State anew the months of an ended award before a month."""
    rest = Award(decision=old.decision, case=old.case, kind=old.kind, code=old.code, payee_id=old.payee_id,
                 months=DateRange(old.months.lower, until))  # fmt: skip
    spans = [_Span(DateRange(one.months.lower, _earlier(one.months.upper, until)), one.amount, one.per,
                   one.paid_after_months)
             for one in old.spans.all() if one.months.lower < until]  # fmt: skip
    _stored(rest, spans, [str(one.person_id) for one in old.holders.all()])


def _reaches(months: DateRange, since: date) -> bool:
    return months.upper is None or months.upper > since


def _earlier(one: date | None, other: date) -> date:
    return other if one is None else min(one, other)
