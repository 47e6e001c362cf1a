"""Statuses passed to other systems: a feed of what was granted and what ended, and yes or no to one question.

Both go by decisions that are in force: what is signed and not made known yet is told to nobody.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from balsts.access.acting import Acting, in_scope, the_platform
from balsts.access.log import log_access
from balsts.cases.models import Award, AwardHolder, Decision, DecisionStep, StatusNews
from balsts.cases.types.reading import case_types
from balsts.law.engine.errors import InputError, nearest
from balsts.registry.models import Identifier
from balsts.registry.personal_codes import read_personal_code
from balsts.registry.selectors import entries_of, known

MOST_NEWS = 500
"""Of one page of the feed."""
_NOBODY = uuid.UUID(int=0)
"""Stands in the record of who looked for a code that the registry does not know: the same work is done for it."""


@dataclass(frozen=True)
class News:
    """An entry of the feed.

    Attributes:
        position: counted from 1 without gaps.
        personal_code: today's; None of somebody who has none.
        since: first day of the first month.
        until: first day of the month after the last; None while nothing ends it.
        is_ended: whether the status no longer holds in these months.
    """

    position: int
    at: datetime
    personal_code: str | None
    status: str
    since: date
    until: date | None
    is_ended: bool


def status_codes() -> frozenset[str]:
    """The statuses that some case type grants."""
    return frozenset(code for one in case_types().values() for code in one.statuses)


def news_of_statuses(who: Acting, after: int, most: int, *, asker: str) -> tuple[list[News], bool]:
    """A part of the feed after a position, and whether newer entries wait. Every person in it is recorded.

    Args:
        asker: the system's name, for the record.

    Returns:
        Nothing, to whoever has not the ability `status_feed`: the database shows them no entry.
    """
    with in_scope(who):
        found = list(StatusNews.objects.filter(position__gt=after).order_by("position")[: most + 1])
        shown = found[:most]
        log_access(who, "export", sorted({one.person for one in shown}), f"status passed on; reason: system {asker}")
    codes = _codes(one.person for one in shown)
    return [
        News(one.position, one.at, codes.get(one.person), one.code, one.months.lower, one.months.upper, one.is_ended)
        for one in shown
    ], len(found) > most


def holds_status(who: Acting, *, personal_code: str, status: str, on: date, asker: str) -> bool:
    """Whether somebody has a status on a day; of whom the registry does not know it is said that they have not.

    Raises:
        NotAPersonalCode: the code has not eleven digits.
        InputError: no case type grants such a status.
    """
    if status not in status_codes():
        raise InputError(f"{status!r} is not a status.{nearest(status, status_codes())}")
    digits = read_personal_code(personal_code).digits
    with in_scope(the_platform()):
        of_today = known(Identifier).filter(scheme="personal_code", value=digits)
        person = of_today.order_by("-valid").values_list("person_id", flat=True).first() or _NOBODY
        persons = set(entries_of(None, [person]))
    log_access(who, "read", [person], f"status asked: {status}; reason: system {asker}")
    in_force = DecisionStep.objects.filter(step=Decision.State.IN_FORCE)
    with in_scope(the_platform()):
        held = AwardHolder.objects.filter(
            Exists(in_force.filter(decision=OuterRef("award__decision"))),
            ~Exists(in_force.filter(decision=OuterRef("award__ended_by"))),
            person__in=persons, code=status, months__contains=on, award__kind=Award.Kind.STATUS,
        )  # fmt: skip
        return held.exists()


def _codes(persons: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Today's personal code of each person, or of the entry that stands for them."""
    with in_scope(the_platform()):
        stands_for = entries_of(None, sorted(set(persons)))
        wanted = set(stands_for) | set(stands_for.values())
        found = known(Identifier).filter(scheme="personal_code", person__in=wanted).order_by("valid")
        own = {one.person_id: one.value for one in found}
    codes = {person: own.get(person) or own.get(entry) for person, entry in stands_for.items()}
    return {person: code for person, code in codes.items() if code}
