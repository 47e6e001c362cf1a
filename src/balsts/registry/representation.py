"""Who may act for whom in what (pārstāvība): by a court, an orphans' court, an authorisation, or as a child's parent.

Parents, adopters and guardians act for a child under 18 without a statement of their own, in every matter, unless one
says that they may not. Unverified: Civillikums art. 186 and 222 are not read in the text of the law yet; whether both
parents must act together in some matters is open, so each may act alone here.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from psycopg.types.range import DateRange

from balsts.law.engine.quantities import calendar_day
from balsts.registry.fact_types import BY_KEY
from balsts.registry.models import Fact, Person, Relation, Representation, Source
from balsts.registry.recording import ALWAYS, state
from balsts.registry.selectors import known

MAJORITY_YEARS = 18
LEGAL_REPRESENTATIVES = ("parent", "adoptive_parent", "guardian")
"""Relations, stated on a child, that let the other person act for it."""


@dataclass(frozen=True)
class Authority:
    """That somebody may act for a person.

    Attributes:
        ground: of a statement (`court` …), or the relation (`parent` …).
        matters: in which they may act.
    """

    representative: uuid.UUID
    ground: str
    matters: frozenset[str]


def state_representation(
    source: Source, person: Person, representative: Person, ground: str, matters: Iterable[str],
    valid: DateRange = ALWAYS,
) -> Representation:  # fmt: skip
    """State that somebody may act for a person in some matters; in none: that they may not.

    Raises:
        ValidationError: no such ground or matter.
    """
    return state(Representation(person=person, representative=representative, ground=ground, matters=sorted(matters),
                                source=source, valid=valid))  # fmt: skip


def representatives_of(person: uuid.UUID, on: date, at: datetime | None = None) -> list[Authority]:
    """Who may act for a person on a day, as was known at a moment; a statement goes before a relation."""
    stated = known(Representation, at).filter(person=person, valid__contains=on).order_by("representative_id")
    found = {one.representative_id: Authority(one.representative_id, one.ground, frozenset(one.matters))
             for one in stated}  # fmt: skip
    if _is_minor(person, on, at):
        ties = known(Relation, at).filter(person=person, kind__in=LEGAL_REPRESENTATIVES, valid__contains=on)
        for tie in ties.order_by("kind", "place"):
            everything = frozenset(Representation.Matter.values)
            found.setdefault(tie.other_id, Authority(tie.other_id, tie.kind, everything))
    return [one for one in found.values() if one.matters]


def may_act_for(
    representative: uuid.UUID, person: uuid.UUID, matter: str, on: date, at: datetime | None = None
) -> Authority | None:
    """On which authority somebody may act for a person in a matter; None when they may not. All may for themselves."""
    if representative == person:
        return Authority(person, "self", frozenset(Representation.Matter.values))
    found = (one for one in representatives_of(person, on, at) if one.representative == representative)
    return next((one for one in found if matter in one.matters), None)


def _is_minor(person: uuid.UUID, on: date, at: datetime | None) -> bool:
    births = known(Fact, at).filter(person=person, type=BY_KEY["born"].number, value__isnull=False)
    born = births.order_by("origin__rank").values_list("value", flat=True).first()
    if born is None:
        return False
    day = calendar_day(born)
    return (on.year - day.year, on.month, on.day) < (MAJORITY_YEARS, day.month, day.day)
