"""What was known, on a day, of a day. To be called inside `use_cases.reading`: elsewhere nobody sees anything."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeVar

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone
from psycopg.types.range import DateRange

from balsts.access.acting import Acting, in_scope, the_person, the_platform
from balsts.access.log import log_access
from balsts.access.predicates import require
from balsts.registry.fact_types import BY_KEY
from balsts.registry.models import Fact, Identifier, Membership, PersonName, Statement
from balsts.registry.personal_codes import read_personal_code
from balsts.registry.spelling import search_key
from balsts.registry.statements import FOREVER

Stated = TypeVar("Stated", bound=Statement)
_MOST_HITS = 50


def known(kind: type[Stated], at: datetime | None = None) -> QuerySet[Stated]:
    """The statements of a kind that were believed at a moment; left out, that are believed now."""
    return kind._default_manager.filter(recorded__contains=at or FOREVER)


def facts_on(
    day: date, at: datetime | None, persons: Iterable[uuid.UUID], household: uuid.UUID | None = None
) -> QuerySet[Fact]:
    """What was known at a moment of a day: one query, one row for each subject, type and origin."""
    return known_facts(at, persons, household).filter(valid__contains=day)


def known_facts(
    at: datetime | None, persons: Iterable[uuid.UUID], household: uuid.UUID | None, during: DateRange | None = None
) -> QuerySet[Fact]:
    """Facts believed at a moment, of persons and of a household; of certain days, when they are given."""
    whose = Q(person__in=list(persons))
    if household is not None:
        whose |= Q(household=household)
    found = known(Fact, at).filter(whose).select_related("origin")
    return found.filter(valid__overlap=during) if during else found


def members_during(household: uuid.UUID, during: DateRange, at: datetime | None = None) -> QuerySet[Membership]:
    """Memberships of a household that were believed at a moment and touch a period, in the order of persons."""
    return known(Membership, at).filter(household=household, valid__overlap=during).order_by("person_id")


Entries = dict[uuid.UUID, uuid.UUID]
"""Each entry of the registry → the one that stands for its person; most stand for themselves."""


def entries_of(at: datetime | None, persons: Iterable[uuid.UUID]) -> Entries:
    """All entries of persons, as was known at a moment: also those found to be duplicates of them."""
    wanted = list(persons)
    found: Entries = {one: one for one in wanted}
    with connection.cursor() as cursor:  # asked for every household, and most often of nobody: worth its own words
        cursor.execute(
            "SELECT person_id, same_as_id FROM registry_duplicate WHERE recorded @> %s AND "
            "(person_id = ANY(%s) OR same_as_id = ANY(%s))", [at or FOREVER, wanted, wanted]
        )  # fmt: skip
        for person, same_as in cursor.fetchall():
            found[person] = found[same_as] = same_as
    return found


def history(kind: type[Stated], person: uuid.UUID) -> QuerySet[Stated]:
    """Everything of a kind that was ever stated about a person, in the order in which it was learnt."""
    return kind._default_manager.filter(person=person).select_related("source").order_by("recorded", "valid")


# -- finding a person ----------------------------------------------------------------------------------------------


def find_persons(
    who: Acting,
    *,
    code: str = "",
    name: str = "",
    born: date | None = None,
    most: int = _MOST_HITS,
    why: str = "",
) -> list[uuid.UUID]:
    """Persons in scope by personal code, or by name with or without diacritics and date of birth, best first.

    Each hit is recorded as looked at, since a hit already tells something.

    Args:
        why: the reason that was given, without personal data; it stands in the record.

    Raises:
        AccessDenied: who acts may not search.
        NotAPersonalCode: the code has not eleven digits.
    """
    with in_scope(who):
        require("registry.search", who)
        if code:
            found = _by_code(code)
        else:
            found = _by_name(name, born, most) if name or born is None else _born_on(born, most)
        how = "found by code" if code else "found by name or date of birth"
        log_access(who, "search_hit", found, f"{how}; {why}" if why else how)
    return found


def person_signing_in(code: str) -> uuid.UUID | None:
    """Whose personal code it is today: the entry that stands for them; None where the registry knows nobody.

    To be called for whoever proved their identity, and by nobody else. That they signed in is recorded.

    Raises:
        NotAPersonalCode: the code has not eleven digits.
    """
    digits = read_personal_code(code).digits
    with in_scope(the_platform()):
        of_today = known(Identifier).filter(scheme="personal_code", value=digits, valid__contains=timezone.localdate())
        person = of_today.values_list("person_id", flat=True).first()
        if person is None:
            return None
        found = entries_of(None, [person])[person]
        log_access(the_person(found), "read", [found], "signed in")
    return found


def _by_code(text: str) -> list[uuid.UUID]:
    digits = read_personal_code(text).digits
    found = Identifier.objects.filter(value=digits, scheme="personal_code", recorded__upper_inf=True)
    return list(found.values_list("person_id", flat=True).distinct())


def _by_name(name: str, born: date | None, most: int) -> list[uuid.UUID]:
    wanted = search_key(name)
    if not wanted:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person FROM registry_find_by_name(%s, %s, %s)", [wanted, born.isoformat() if born else None, most]
        )
        return [row[0] for row in cursor.fetchall()]


def _born_on(born: date, most: int) -> list[uuid.UUID]:
    facts = Fact.objects.filter(  # as the index of birthdays is
        type=BY_KEY["born"].number, value=born.isoformat(), person__isnull=False, recorded__upper_inf=True
    )
    persons = facts.order_by("person_id").values_list("person_id", flat=True).distinct()[:most]
    return [one for one in persons if one]


def in_latvian_order(persons: Iterable[uuid.UUID]) -> list[PersonName]:
    """The present names of persons, in the order of the Latvian alphabet."""
    found = known(PersonName).filter(person__in=list(persons), valid__contains=timezone.localdate())
    return list(found.order_by("sort_key", "person_id"))
