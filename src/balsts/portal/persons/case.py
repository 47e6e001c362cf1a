"""What a person's page shows: who they are, where they live, to whom they are tied, and what is known of them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from balsts.access.kept_queries import Kept
from balsts.portal import words
from balsts.portal.persons.opening import Circle
from balsts.registry.fact_types import BY_KEY, WORKER
from balsts.registry.models import (
    Address,
    BankAccount,
    Contact,
    Fact,
    Identifier,
    PersonName,
    Relation,
    Representation,
    Statement,
)
from balsts.registry.personal_codes import read_personal_code
from balsts.registry.selectors import history, known
from balsts.registry.statements import FOREVER


@dataclass(frozen=True)
class Line:
    """One statement as a page shows it: what about, what it says, of which days, from where and since when."""

    title: str
    says: str
    statement: Statement

    @property
    def has_ended(self) -> bool:
        """Whether it is no longer believed."""
        return self.statement.recorded.upper is not None


@dataclass(frozen=True)
class FactLine:
    """A fact as a page shows it."""

    fact: Fact
    title: str
    value: str
    status: str
    certainty: str
    is_sure: bool


@dataclass(frozen=True)
class FactRow:
    """One value of a fact, with everybody who states it."""

    title: str
    value: str
    status: str
    is_sure: bool
    claims: tuple[FactLine, ...]


@dataclass(frozen=True)
class Contradiction:
    """A fact that two origins state differently: both sides, and whether staff have settled it.

    `taken` is the one that goes before the others meanwhile.
    """

    title: str
    claims: tuple[FactLine, ...]
    taken: FactLine
    is_settled: bool


@dataclass(frozen=True)
class Tie:
    """A tie between two persons; `other` is None where they may not be seen by who asks.

    `is_upward` says that the other one raises or cares for the person, or is their partner.
    """

    title: str
    other: uuid.UUID | None
    name: str
    relation: Relation
    is_upward: bool


_NAMES = Kept(lambda at, persons: known(PersonName, at).filter(person__any_of=persons).order_by("valid"))
_BIRTHS = Kept(lambda persons: known(Fact).filter(
    person__any_of=persons, type=BY_KEY["born"].number, value__isnull=False
))  # fmt: skip


def names_of(persons: Iterable[uuid.UUID], at: datetime | None = None) -> dict[uuid.UUID, str]:
    """The names of persons, the newest known; whoever has none is not in it."""
    found = _NAMES(at or FOREVER, list(persons))
    return {one.person_id: f"{one.given_names} {one.surname}" for one in found}


def births_of(persons: Iterable[uuid.UUID]) -> dict[uuid.UUID, date]:
    """The dates of birth of persons, as far as they are known."""
    found = _BIRTHS(list(persons))
    return {one.person_id: date.fromisoformat(one.value) for one in found if one.value and one.person_id}


def _stated_on(kind: Any) -> Kept[Any]:
    return Kept(lambda at, entries, on: known(kind, at).filter(
        person__any_of=entries, valid__contains=on
    ).select_related("source__origin").order_by("pk"))  # fmt: skip


_OF_DAY = [_stated_on(kind) for kind in (PersonName, Identifier, Address, Contact, BankAccount, Representation)]


def identity(entries: Iterable[uuid.UUID], on: date, at: datetime | None) -> list[Line]:
    """Names, identifiers, addresses, contacts, account and representatives: of a day, as known at a moment."""
    found: list[Line] = []
    for of_kind in _OF_DAY:
        found += [line_of(one) for one in of_kind(at or FOREVER, list(entries), on)]
    return found


def _stated_ever(kind: Any) -> Kept[Any]:
    return Kept(lambda entries: kind._default_manager.filter(person__any_of=entries).select_related(
        "source__origin", "ended_by"
    ).order_by("person_id", "recorded", "valid"))  # fmt: skip


_EVER = [_stated_ever(kind) for kind in (PersonName, Identifier, Address, BankAccount)]


def identity_history(entries: Iterable[uuid.UUID]) -> list[Line]:
    """Everything ever stated of the same kinds that is believed no longer, or of other days: nothing is overwritten."""
    return [
        line_of(one)
        for of_kind in _EVER
        for one in of_kind(list(entries))
        if one.recorded.upper is not None or one.valid.upper is not None
    ]


def line_of(one: Statement) -> Line:
    """A statement in words."""
    if isinstance(one, PersonName):
        return Line(_("Name"), f"{one.given_names} {one.surname}", one)
    if isinstance(one, Identifier):
        if one.scheme == "personal_code":
            return Line(_("Personal code"), str(read_personal_code(one.value)), one)
        return Line(_("Other identifier"), f"{one.value} ({one.scheme})", one)
    if isinstance(one, Address):
        return Line(words.upper_first(str(words.ADDRESSES[Address.Kind(one.kind)])), one.text, one)
    if isinstance(one, Contact):
        return Line(words.upper_first(str(words.CONTACTS[Contact.Kind(one.kind)])), one.value, one)
    if isinstance(one, BankAccount):
        return Line(_("Account for payments"), " ".join(one.iban[i : i + 4] for i in range(0, len(one.iban), 4)), one)
    assert isinstance(one, Representation)
    return Line(_("Representative"), str(words.GROUNDS[Representation.Ground(one.ground)]), one)


_TIES = Kept(lambda at, entries, on: known(Relation, at).filter(
    Q(person__any_of=entries) | Q(other__any_of=entries), valid__contains=on
).select_related("source__origin").order_by("kind", "place", "pk"))  # fmt: skip


def ties_of(on: date, at: datetime | None, circle: Circle) -> list[Tie]:
    """Whom the person of a circle is tied to on a day, as known at a moment."""
    names = names_of(circle.visible)
    found = []
    for one in _TIES(at or FOREVER, list(circle.entries), on):
        is_stated_here = one.person_id in circle.entries
        if one.kind == "partner" and not is_stated_here:
            continue  # partners say so on both sides
        other = one.other_id if is_stated_here else one.person_id
        title = str(words.RELATIONS[one.kind]) if is_stated_here else _("child or person in care")
        is_visible = other in circle.visible
        name = names.get(other, "–") if is_visible else _("a person outside your scope")
        found.append(Tie(words.upper_first(title), other if is_visible else None, name, one, is_stated_here))
    return found


def _facts(whose: Q, at: Any, on: Any) -> QuerySet[Fact]:
    found = known(Fact, at).filter(whose, valid__contains=on).select_related("origin", "source")
    return found.order_by("type", "origin__rank", "pk")


_OF_PERSONS = Kept(lambda at, persons, on: _facts(Q(person__any_of=persons), at, on))
_OF_HOUSEHOLD = Kept(lambda at, household, on: _facts(Q(household=household), at, on))


def facts_of(
    persons: Sequence[uuid.UUID], household: uuid.UUID | None, on: date, at: datetime | None
) -> tuple[list[FactLine], list[Contradiction]]:
    """What is known of some persons, or of a household, of a day at a moment.

    Returns:
        Facts that nothing contradicts, and apart from them those that differ.
    """
    moment = at or FOREVER
    rows = _OF_HOUSEHOLD(moment, household, on) if household else _OF_PERSONS(moment, list(persons), on)
    lines, contradictions = [], []
    for _type, group in groupby(rows, key=lambda one: one.type):
        claims = [fact_line(one) for one in group]
        sure = [one for one in claims if one.fact.status == Fact.Status.KNOWN]
        if len({one.fact.value for one in sure}) > 1:
            is_settled = sure[0].fact.origin.code == WORKER
            contradictions.append(Contradiction(sure[0].title, tuple(claims), sure[0], is_settled))
        else:
            lines += claims
    return lines, contradictions


def rows_of(lines: Iterable[FactLine]) -> list[FactRow]:
    """Facts for a table: those who state the same of one fact stand together."""
    rows: dict[tuple[int, str | None, int], list[FactLine]] = {}
    for one in lines:
        rows.setdefault((one.fact.type, one.fact.value, one.fact.status), []).append(one)
    return [FactRow(same[0].title, same[0].value, same[0].status, same[0].is_sure, tuple(same))
            for same in rows.values()]  # fmt: skip


def fact_line(one: Fact) -> FactLine:
    """A fact in words."""
    status, certainty = Fact.Status(one.status), Fact.Certainty(one.certainty)
    is_sure = status == Fact.Status.KNOWN
    return FactLine(one, words.title_of(one), words.value_of(one), str(words.STATUSES[status]),
                    str(words.CERTAINTIES[certainty]), is_sure)  # fmt: skip


def fact_history(entries: Iterable[uuid.UUID], during: tuple[date, date]) -> list[FactLine]:
    """Everything ever stated of a period, by fact, origin and days; what is believed no longer is among it."""
    found = [
        one
        for person in entries
        for one in history(Fact, person).select_related("source", "origin", "ended_by").filter(valid__overlap=during)
    ]
    order = sorted(found, key=lambda one: (one.type, one.origin.rank, one.valid.lower or date.min, one.recorded.lower))
    return [fact_line(one) for one in order]
