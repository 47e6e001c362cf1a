"""Works a case out anew when a fact, the law or the time is another than when it was decided; changes nothing itself.

With the same knowledge it comes to the same, so however often it runs, a case has one statement of change at most.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Literal

from psycopg.types.range import DateRange

from balsts.access.acting import in_scope, the_platform
from balsts.access.log import log_access
from balsts.cases.changes import TOLD, because, cause_of, differences, propose, take_back
from balsts.cases.decided import Key, Stretch, amounts_of, believed, current_decision, stretches
from balsts.cases.determining import keep_determination, tell
from balsts.cases.homes import around
from balsts.cases.law_in_force import law_in_force
from balsts.cases.models import Case, Change, Task
from balsts.cases.timeline import Asked, Timeline, this_month, timeline
from balsts.law.engine.errors import DomainError
from balsts.law.engine.quantities import first_day
from balsts.law.engine.vocabulary import Month
from balsts.registry.recording import moment_of_knowledge

Outcome = Literal["changed", "proposed_before", "unchanged", "by_hand", "not_decided"]
"""`proposed_before`: the same change stands proposed, or was dismissed; `by_hand`: it cannot be worked out, and a task
says why; `not_decided`: nothing is decided yet, so whoever works on it is told to determine it anew."""


@dataclass(frozen=True)
class Reassessed:
    """What came of working a case out anew."""

    outcome: Outcome
    change: Change | None = None


def reassess(case_id: uuid.UUID, cause: str) -> Reassessed:
    """Work the decided months of a case out anew, and propose what differs. One at a time for a case."""
    platform = the_platform()
    with in_scope(platform):
        case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
        decided, current = stretches(case), current_decision(case)
        if not decided or current is None or current.determination is None:
            return _not_decided(case)
        subjects, homes = around(case, days_of(decided))
        log_access(platform, "read", subjects, f"case {case.number} worked out anew")
        at = moment_of_knowledge([*subjects, *homes])
        law = law_in_force()
        try:
            found = [timeline(law, one.asked(case), at) for one in decided]
            result = _differing(case, decided, found)
            if result is None:
                return _nothing(case, found[-1])
            asked = _asked_from(decided, case, result)
            again = next((one for one in found if one.asked == asked), None) or timeline(law, asked, at)
        except DomainError as error:
            return _by_hand(case, str(error))
        before = believed(case, asked.until)
        after, unknown = amounts_of(case, again.lines)
        lines = differences({key: amount for key, amount in before.items() if key[0] >= asked.since}, after, unknown)
        if not lines:
            return _nothing(case, again)
        if _is_known_already(case, current.determination_id, again):
            return Reassessed("proposed_before")
        why = because(current.determination, asked, law, subjects, at)
        kept = keep_determination(case, again, at, cause_of(why, cause), platform)
        change = propose(case, current.determination, kept, lines, why)
        tell(case, "change_found", platform, about=change.pk, detail=kept.cause)
        return Reassessed("changed", change)


def days_of(decided: list[Stretch]) -> DateRange:
    """The days of the months decided."""
    return DateRange(first_day(decided[0].since), first_day(decided[-1].until))


def _differing(case: Case, decided: list[Stretch], found: list[Timeline]) -> Month | None:
    """The first month in which what is due differs from what is believed granted; None: in none."""
    before = believed(case, decided[-1].until)
    after: dict[Key, int] = {}
    left_out: set[Key] = set()
    for one in found:
        amounts, unknown = amounts_of(case, one.lines)
        after |= amounts
        left_out |= unknown
    first = decided[0].since
    lines = differences({key: amount for key, amount in before.items() if key[0] >= first}, after, left_out)
    return lines[0].month if lines else None


def _asked_from(decided: list[Stretch], case: Case, first: Month) -> Asked:
    """The question from the first month that differs to the end: as that month was asked before."""
    of_month = next(one for one in reversed(decided) if one.since <= first)
    whole = of_month.asked(case)
    last = decided[-1].until
    return Asked(whole.type, whole.household, whole.subject, first, last, whole.anchor, whole.discretion)


def _is_known_already(case: Case, before: uuid.UUID | None, again: Timeline) -> bool:
    """Whether the same stands proposed, or a person has dismissed it while the same decision held."""
    months = DateRange(first_day(again.asked.since), first_day(again.asked.until))
    same = Change.objects.filter(TOLD, case=case, before=before)
    return same.filter(after__digest=again.digest, after__months=months).exists()


def _nothing(case: Case, last: Timeline) -> Reassessed:
    """Nothing differs: what was proposed is taken back, and the day on which time alone may change it moves on."""
    take_back(case, "nothing differs any more")
    now = this_month()
    ends = [one.until for one in last.lines if one.until > now]
    review_on = first_day(min(ends)) if ends else None
    if review_on != case.review_on:
        case.review_on = review_on
        case.save(update_fields=["review_on"])
    return Reassessed("unchanged")


def _by_hand(case: Case, why: str) -> Reassessed:
    Task.objects.get_or_create(case=case, kind="reassess_by_hand", about=None, done_at=None,
                               defaults={"detail": why[:200]})  # fmt: skip
    return Reassessed("by_hand")


def _not_decided(case: Case) -> Reassessed:
    """Of a case that is being worked on, facts are others than when it was determined: whoever works on it is told."""
    if case.stage in (Case.Stage.ASSESSED, Case.Stage.DECIDING) and case.determinations.exists():
        Task.objects.get_or_create(case=case, kind="determine_anew", about=None, done_at=None)
    return Reassessed("not_decided")
