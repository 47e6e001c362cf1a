"""Two entries of one person: candidates found, decided by a person, and undone when they prove to be two after all."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import Q
from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from balsts.access.acting import Acting, in_scope
from balsts.access.log import log_access
from balsts.access.predicates import require
from balsts.law.engine.errors import DomainError
from balsts.registry.fact_types import BY_KEY
from balsts.registry.models import Duplicate, Fact, Identifier, PersonName, Source
from balsts.registry.recording import ALWAYS, state, withdraw
from balsts.registry.selectors import known

_LIKE, _VERY_LIKE = 85.0, 95.0
"""Likeness of names from which persons of one birthday, and of others, are shown. Chosen on invented names; a person
decides each pair, so a candidate too many costs a look, and one too few a benefit paid twice."""
_MOST = 20


@dataclass(frozen=True)
class Candidate:
    """Who may be the same person, and what speaks for it.

    Attributes:
        likeness: of the names, 0 to 100.
        reasons: among `birth`, `name`, `code`.
    """

    person: uuid.UUID
    likeness: float
    reasons: tuple[str, ...]


def duplicate_candidates(who: Acting, person: uuid.UUID) -> list[Candidate]:
    """Entries in scope that may be of the same person, the likeliest first.

    Looked at are entries of the same birthday, of a like name, and with a personal code that differs by one slip of the
    hand. Each hit is recorded as looked at.

    Raises:
        AccessDenied: the person is not in the scope of who acts.
    """
    with in_scope(who):
        require("registry.read", who, person)
        own = _known([person])[person]
        near = (_born_alike(own.births) | _named_alike(own.names) | _coded_alike(own.codes)) - {person}
        for decided in known(Duplicate).filter(Q(person=person) | Q(same_as=person)):
            near -= {decided.person_id, decided.same_as_id}
        found = [one for other, theirs in _known(near).items() if (one := _compared(other, own, theirs))]
        found.sort(key=lambda one: (-len(one.reasons), -one.likeness, one.person))
        log_access(who, "search_hit", [one.person for one in found[:_MOST]], "candidate for a duplicate")
    return found[:_MOST]


def merge(who: Acting, duplicate: uuid.UUID, same_as: uuid.UUID, source: Source) -> Duplicate:
    """Find that two entries are of one person; `same_as` stands for both from now on.

    Raises:
        AccessDenied: one of them is not in the scope of who acts, or the role may not decide it.
        DomainError: the source does not say why, or one of them is part of another such finding.
    """
    if not source.reason:
        raise DomainError("To find that two entries are of one person, the source must say why (reason).")
    with in_scope(who), transaction.atomic():
        for person in (duplicate, same_as):
            require("registry.merge", who, person)
        log_access(who, "merge", [duplicate, same_as], "found to be one person")
        if known(Duplicate).filter(Q(person=same_as) | Q(same_as=duplicate)).exists():
            raise DomainError("One of them is part of another such finding: merge into the entry that stands.")
        return state(Duplicate(person_id=duplicate, same_as_id=same_as, source=source, valid=ALWAYS))


def undo_merge(who: Acting, found: Duplicate, source: Source) -> None:
    """Find that two entries are of two persons after all; nothing was moved, so nothing is lost.

    Raises:
        AccessDenied, DomainError: as `merge`.
    """
    with in_scope(who), transaction.atomic():
        for person in (found.person_id, found.same_as_id):
            require("registry.merge", who, person)
        log_access(who, "merge", [found.person_id, found.same_as_id], "found to be two persons")
        withdraw(found, source)


# -- what is compared ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Known:
    """Names, birthdays and personal codes that are believed of an entry."""

    names: set[str] = field(default_factory=set)
    births: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)


def _known(persons: Iterable[uuid.UUID]) -> dict[uuid.UUID, _Known]:
    """Three queries, however many entries."""
    found = {person: _Known() for person in persons}
    for person, name in known(PersonName).filter(person__in=found).values_list("person_id", "search_key"):
        found[person].names.add(name)
    facts = known(Fact).filter(person__in=found, type=BY_KEY["born"].number, value__isnull=False)
    for person, born in facts.values_list("person_id", "value"):
        if person and born:
            found[person].births.add(born)
    codes = known(Identifier).filter(person__in=found, scheme="personal_code")
    for person, code in codes.values_list("person_id", "value"):
        found[person].codes.add(code)
    return found


def _born_alike(births: set[str]) -> set[uuid.UUID]:
    found = Fact.objects.filter(  # as the index of birthdays is
        type=BY_KEY["born"].number, value__in=births, person__isnull=False, recorded__upper_inf=True
    )
    return {one for one in found.values_list("person_id", flat=True) if one}


def _named_alike(names: set[str]) -> set[uuid.UUID]:
    found: set[uuid.UUID] = set()
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute("SELECT person FROM registry_find_by_name(%s, NULL, 200)", [name])
            found |= {row[0] for row in cursor.fetchall()}
    return found


def _coded_alike(codes: set[str]) -> set[uuid.UUID]:
    """Codes with one digit changed, or two neighbours exchanged: at most 110 of each, looked up at once."""
    near = {code[:at] + digit + code[at + 1 :] for code in codes for at in range(len(code)) for digit in "0123456789"}
    near |= {code[:at] + code[at + 1] + code[at] + code[at + 2 :] for code in codes for at in range(len(code) - 1)}
    found = known(Identifier).filter(scheme="personal_code", value__in=near - codes)
    return set(found.values_list("person_id", flat=True))


def _compared(other: uuid.UUID, own: _Known, theirs: _Known) -> Candidate | None:
    likeness = max((fuzz.token_sort_ratio(one, two) for one in own.names for two in theirs.names), default=0.0)
    reasons = []
    if own.births & theirs.births:
        reasons.append("birth")
    if likeness >= (_LIKE if reasons else _VERY_LIKE):
        reasons.append("name")
    if any(DamerauLevenshtein.distance(one, two) == 1 for one in own.codes for two in theirs.codes):
        reasons.append("code")
    return Candidate(other, round(likeness, 1), tuple(reasons)) if set(reasons) - {"birth"} else None
