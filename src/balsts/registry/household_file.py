"""A registered household as the law reads it: for a month, as it was known at a moment.

The result is a household file and goes through the same reader, so what `balsts entitle` means holds here too. What
cannot be relied on is never filled in: it is left out or taken from the next origin, and named among the doubts.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from psycopg.types.range import DateRange

from balsts.law.engine.errors import DomainError
from balsts.law.engine.inputs import Input
from balsts.law.engine.quantities import calendar_day, first_day, month_text
from balsts.law.engine.text import Node, parse
from balsts.law.engine.vocabulary import Month
from balsts.registry.fact_types import BY_KEY, BY_NUMBER, RELATION_KINDS, WORKER
from balsts.registry.models import Fact, Membership, Relation
from balsts.registry.selectors import Entries, entries_of, known_facts
from balsts.registry.statements import FOREVER

_MOST_BYTES = 1 << 20
PLACEMENTS = ("guardian", "foster_parent", "preadoption_carer", "adoptive_parent")
OWN_MONTH = (*PLACEMENTS, "parent")
"""Ties that count from the month in which they begin, as the law reads births and placements."""

Told = frozenset[tuple[uuid.UUID, str]]
"""Facts that somebody has told, by whom they are about and their key."""


@dataclass(frozen=True)
class Doubt:
    """Why a fact cannot carry an automatic decision. `about` is a person, or the household."""

    about: uuid.UUID
    key: str
    why: str

    def __str__(self) -> str:
        return f"{self.about}: {self.key}: {self.why}"


@dataclass(frozen=True)
class HouseholdFile:
    """A household in a month, as known at a moment (None: now), with what is doubtful about it.

    `told` names each fact, by whom it is about, that somebody has told, also where it was that there is none.
    """

    household: uuid.UUID
    month: Month
    at: datetime | None
    content: dict[str, Any]
    doubts: tuple[Doubt, ...]
    told: Told = frozenset()

    @property
    def tree(self) -> Node:
        """As the law's reader takes it; places in its messages name the household."""
        data = json.dumps(self.content).encode()
        return parse(data, f"household {self.household}", max_bytes=_MOST_BYTES)


def household_file(household: uuid.UUID, month: Month, at: datetime | None = None) -> HouseholdFile:
    """Put a household together from the registry: four queries, whatever its size. Two entries of one person are one.

    Raises:
        DomainError: it had no members then, as far as was known.
    """
    return household_files(household, [month], at)[0]


def household_files(household: uuid.UUID, months: Sequence[Month], at: datetime | None = None) -> list[HouseholdFile]:
    """The same for months that follow each other, with as many queries as for one.

    Raises:
        DomainError: it had no members in one of them, as far as was known.
    """
    during = DateRange(first_day(months[0]), first_day(Month(months[-1] + 1)))
    known_at = at or FOREVER
    memberships = list(Membership.objects.raw(_MEMBERSHIPS, [known_at, household, during]))
    standing = entries_of(at, [one.person_id for one in memberships])
    facts = list(known_facts(at, standing, household, during))
    ties = list(Relation.objects.raw(_TIES, [known_at, list(standing), during]))
    return [_of_month(household, month, at, (memberships, standing, facts, ties)) for month in months]


# The same for every household of every question, so it is not put together anew each time.
_MEMBERSHIPS = """SELECT * FROM registry_membership
    WHERE recorded @> %s AND household_id = %s AND valid && %s ORDER BY person_id"""
_TIES = """SELECT * FROM registry_relation
    WHERE recorded @> %s AND person_id = ANY(%s) AND valid && %s ORDER BY person_id, kind, place"""


@dataclass(frozen=True)
class MonthOfPersons:
    """Some facts of persons in a month: values by person as a file writes them, doubts, and what was told at all."""

    values: dict[uuid.UUID, dict[str, Any]]
    doubts: tuple[Doubt, ...]
    told: Told


def months_of_persons(
    persons: Iterable[uuid.UUID], keys: Iterable[str], months: Sequence[Month], at: datetime | None = None
) -> list[MonthOfPersons]:
    """Some facts of persons in months that follow each other, wherever they lived then."""
    during = DateRange(first_day(months[0]), first_day(Month(months[-1] + 1)))
    wanted, numbers = list(persons), {BY_KEY[key].number for key in keys}
    standing = entries_of(at, wanted)
    facts = list(known_facts(at, standing, None, during).filter(type__in=numbers))
    found = []
    for month in months:
        doubts: list[Doubt] = []
        of_month = [one for one in facts if first_day(month) in one.valid]
        own = {person: [one for one in of_month if one.person_id and standing[one.person_id] == person]
               for person in wanted}  # fmt: skip
        values = {person: _values(person, its, doubts) for person, its in own.items()}
        found.append(MonthOfPersons(values, tuple(doubts), _told(of_month, standing)))
    return found


def _told(facts: Iterable[Fact], standing: Entries, household: uuid.UUID | None = None) -> Told:
    return frozenset(
        (about, BY_NUMBER[one.type].key)
        for one in facts
        if one.status == Fact.Status.KNOWN
        and (about := standing[one.person_id] if one.person_id else household) is not None
    )


_Known = tuple[list[Membership], Entries, list[Fact], list[Relation]]


def _of_month(household: uuid.UUID, month: Month, at: datetime | None, known_then: _Known) -> HouseholdFile:
    first = first_day(month)
    during = DateRange(first, first_day(Month(month + 1)))
    memberships = [one for one in known_then[0] if _touches(one.valid, during)]
    standing = known_then[1]
    facts = [one for one in known_then[2] if _touches(one.valid, during)]
    ties = [one for one in known_then[3] if _touches(one.valid, during)]
    born = {standing[fact.person_id]: calendar_day(fact.value) for fact in facts
            if fact.type == BY_KEY["born"].number and fact.value and fact.person_id}  # fmt: skip
    members = list(dict.fromkeys(
        standing[one.person_id] for one in memberships
        if _is_member(one, first, born.get(standing[one.person_id]), ties)
    ))  # fmt: skip
    if not members:
        raise DomainError(f"Household {household} has no members in {month_text(month)}.")
    doubts: list[Doubt] = []
    content: dict[str, Any] = {"on": month_text(month), "persons": {}}
    for person in members:
        day = max(first, born.get(person, first))
        own = [one for one in facts if one.person_id and standing[one.person_id] == person and day in one.valid]
        content["persons"][str(person)] = _values(person, own, doubts) | _ties(person, ties, first, members, standing)
    content |= _values(household, [one for one in facts if one.household_id and first in one.valid], doubts)
    told = _told((one for one in facts if first in one.valid), standing, household)
    return HouseholdFile(household, month, at, content, tuple(doubts), told)


def _touches(one: DateRange, during: DateRange) -> bool:
    """Whether days lie in a period that has two ends."""
    assert during.lower is not None
    assert during.upper is not None
    return (one.lower is None or one.lower < during.upper) and (one.upper is None or one.upper > during.lower)


def _is_member(one: Membership, first: date, born: date | None, ties: list[Relation]) -> bool:
    """Whoever is one on the first of the month; or comes in it by birth or placement, which count from their month."""
    begins = one.valid.lower
    if first in one.valid:
        return True
    placed = any(tie.person_id == one.person_id and tie.kind in PLACEMENTS and tie.valid.lower == begins
                 for tie in ties)  # fmt: skip
    return begins == born or placed


def _values(about: uuid.UUID, facts: Iterable[Fact], doubts: list[Doubt]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number, group in groupby(sorted(facts, key=_order(about)), lambda one: one.type):
        kind = BY_NUMBER[number].input
        claim, why = _resolve(list(group))
        if why:
            doubts.append(Doubt(about, kind.key, why))
        if claim is not None and claim.value is not None:
            found[kind.key] = _as_in_a_file(kind, claim.value)
    return found


def _order(about: uuid.UUID) -> Callable[[Fact], tuple[Any, ...]]:
    """Claims by the order in which their origins are believed; of two entries of one person, the one that stands first,
    then as they were learnt: so that what is worked out of them is the same every time.
    """
    return lambda one: (one.type, one.origin.rank, one.person_id is not None and one.person_id != about, one.pk)


def _resolve(claims: list[Fact]) -> tuple[Fact | None, str]:
    """The claim to go by, and why it is doubtful.

    Claims stand in the order in which their origins are believed. What a member of staff has established settles the
    matter; else an origin that could not tell, or another that tells otherwise, makes it doubtful.
    """
    sure = [one for one in claims if one.status == Fact.Status.KNOWN]
    if sure and sure[0].origin.code == WORKER:
        return sure[0], ""
    if len({one.value for one in sure}) > 1:
        return sure[0], f"contradictory: {', '.join(one.origin.code for one in sure)}"
    unsure = [one for one in claims if one.status != Fact.Status.KNOWN]
    if unsure:
        why = ", ".join(f"{Fact.Status(one.status).name.lower()}: {one.origin.code}" for one in unsure)
        return (sure[0] if sure else None), why
    return sure[0], ""


def _as_in_a_file(one: Input, value: str) -> Any:
    return [code for code in value.split(",") if code] if one.kind == "codes" else value


def _ties(
    person: uuid.UUID, ties: Iterable[Relation], first: date, members: list[uuid.UUID], standing: Entries
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for tie in ties:
        other = standing.get(tie.other_id, tie.other_id)
        counts = first in tie.valid or tie.kind in OWN_MONTH
        if standing[tie.person_id] != person or tie.kind not in RELATION_KINDS or not counts or other not in members:
            continue
        key, most = RELATION_KINDS[tie.kind]
        if most == 1:
            found[key] = str(other)
        elif str(other) not in found.setdefault(key, []):
            found[key].append(str(other))
    return found
