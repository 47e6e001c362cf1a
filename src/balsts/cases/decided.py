"""What stands decided in a case: which determination holds for which months, and what is believed granted in each.

A decision that replaces another takes its place from a month on, so the months of a case are told in stretches, each
with the determination that was decided on.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from balsts.cases.law_in_force import LawInForce
from balsts.cases.models import Award, AwardSpan, Case, Decision, Determination
from balsts.cases.timeline import MONTHS_AHEAD, Asked, Line, month_of_day, this_month
from balsts.cases.types.reading import case_type
from balsts.law.engine.vocabulary import Month
from balsts.registry.selectors import Entries, entries_of

STANDS = (
    Decision.State.SIGNED, Decision.State.NOTIFIED, Decision.State.IN_FORCE, Decision.State.APPEALED,
    Decision.State.REPLACED, Decision.State.ENDED,
)  # fmt: skip
"""States of decisions that were signed: what they say held at some time."""
CURRENT = STANDS[:4]
"""States of the decision that holds now."""

Key = tuple[Month, str, uuid.UUID]
"""A month, a code of the law, and the payee; of what is due to a household, whose case it is."""
Amounts = Mapping[Key, int]
"""What is due: cents or pieces; of a status, 1."""
HOLDS = 1


@dataclass(frozen=True)
class Stretch:
    """Months of a case for which one determination was decided: from `since` to the month before `until`."""

    determination: Determination
    since: Month
    until: Month

    def asked(self, case: Case) -> Asked:
        """The question that was asked then, for these months."""
        assert case.household_id is not None
        assert case.subject_id is not None
        anchor = self.determination.anchor
        assert anchor is not None
        return Asked(case_type(case.type), case.household_id, case.subject_id, self.since, self.until,
                     month_of_day(anchor), tuple(self.determination.said))  # fmt: skip


def stretches(case: Case) -> list[Stretch]:
    """The months of a case by the determinations that stand; an open-ended right reaches as far as is looked ahead."""
    signed = case.decisions.filter(state__in=STANDS).select_related("determination").order_by("made_at")
    return _stretches(case, signed)


def stretches_of(cases: Sequence[Case]) -> list[list[Stretch]]:
    """The same of many cases, with one query."""
    signed: dict[uuid.UUID, list[Decision]] = {one.pk: [] for one in cases}
    found = Decision.objects.filter(case__in=cases, state__in=STANDS).select_related("determination")
    for decision in found.order_by("made_at"):
        signed[decision.case_id].append(decision)
    return [_stretches(case, signed[case.pk]) for case in cases]


def _stretches(case: Case, signed: Iterable[Decision]) -> list[Stretch]:
    found: list[Stretch] = []
    for decision in signed:
        since = month_of_day(decision.since)
        found = [replace(one, until=Month(min(one.until, since))) for one in found if one.since < since]
        if decision.determination is not None and decision.kind != Decision.Kind.END:
            months = decision.determination.months
            found.append(Stretch(decision.determination, month_of_day(months.lower), month_of_day(months.upper)))
    if found and not case_type(case.type).grant.months_rule:
        found[-1] = replace(found[-1], until=Month(max(found[-1].until, this_month() + 1 + MONTHS_AHEAD)))
    return found


def current_decision(case: Case) -> Decision | None:
    """The decision that holds now."""
    return case.decisions.filter(state__in=CURRENT).order_by("made_at").last()


def believed(case: Case, until: Month) -> dict[Key, int]:
    """What is believed granted in each month before `until`; a payee is the entry that stands for them now."""
    return believed_of([case], until)[case.pk]


def believed_of(cases: Iterable[Case], until: Month) -> dict[uuid.UUID, dict[Key, int]]:
    """The same of many cases, by case, with three queries."""
    found: dict[uuid.UUID, dict[Key, int]] = {one.pk: {} for one in cases}
    awards = list(Award.objects.filter(case__in=found, recorded__upper_inf=True).prefetch_related("spans"))
    standing = entries_of(None, {one.payee_id for one in awards})
    for award in awards:
        of_case, payee = found[award.case_id], standing[award.payee_id]
        if award.kind == Award.Kind.STATUS:
            for month in _months(award.months.lower, award.months.upper, until):
                of_case[month, award.code, payee] = HOLDS
        for span in award.spans.all():
            for month in _months_of_span(span, until):
                key = (month, award.code, payee)
                of_case[key] = of_case.get(key, 0) + span.amount
    return found


def _months_of_span(span: AwardSpan, until: Month) -> Iterator[Month]:
    return _months(span.months.lower, span.months.upper, until)


def _months(lower: date, upper: date | None, until: Month) -> Iterator[Month]:
    end = min(until, month_of_day(upper)) if upper else until
    yield from map(Month, range(month_of_day(lower), end))


def amounts_of(case: Case, lines: Iterable[Line], standing: Entries | None = None) -> tuple[dict[Key, int], set[Key]]:
    """What lines come to by month and payee, as `believed` tells them, and for which of these nobody can tell.

    Args:
        standing: entries that others stand for; left out, they are looked up.
    """
    amounts: dict[Key, int] = {}
    unknown: set[Key] = set()
    assert case.subject_id is not None
    told = [(line, uuid.UUID(line.payee) if line.payee else case.subject_id) for line in lines]
    stands_for = entries_of(None, {payee for _, payee in told}) if standing is None else standing
    for line, named in told:
        payee = stands_for.get(named, named)
        for month in map(Month, range(line.since, line.until)):
            key = (month, line.code, payee)
            if line.kind == "undetermined":
                unknown.add(key)
            elif line.kind == "status":
                amounts[key] = HOLDS
            else:
                amounts[key] = amounts.get(key, 0) + (line.amount or 0)
    return amounts, unknown


def is_money(law: LawInForce, code: str) -> bool:
    """Whether a code is a right in money, of which sums can be told; not a status, and nothing in pieces."""
    right = next((one.right for one in reversed(law.law.rules.get(code, ())) if one.right), None)
    return right is not None and right.unit == "money"
