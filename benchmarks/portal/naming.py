"""Names and personal codes for a population that has none, made up and as unevenly spread as real ones are."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import connections

from balsts.exchange.simulation.identities import personal_code
from balsts.registry.spelling import search_key, sort_key
from balsts.registry.uuids import uuid7
from benchmarks.registry import Names

_TABLES = ("registry_personname", "registry_identifier")
_COMMON = "id, valid, recorded, source_id, visibility, person_id"


def name_everybody() -> int:
    """Give everybody in a household a name and a code, unless somebody has one; how many were named."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM registry_personname)")
        if cursor.fetchone()[0]:
            return 0
        cursor.execute("SELECT DISTINCT ON (person_id) person_id, household_id, source_id FROM registry_membership "
                       "ORDER BY person_id")  # fmt: skip
        persons = cursor.fetchall()
        for table in _TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        _copy(f"registry_personname ({_COMMON}, given_names, surname, search_key, sort_key)", _names(persons))
        _copy(f"registry_identifier ({_COMMON}, scheme, value)", _codes(persons))
        for table in _TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            cursor.execute(f"ANALYZE {table}")
    return len(persons)


Persons = list[tuple[uuid.UUID, uuid.UUID, uuid.UUID]]


def _names(persons: Persons) -> Iterable[tuple[Any, ...]]:
    """A given name of one's own, the surname of the household."""
    given, surnames = Names(1_500, ("is", "a"), common=5), Names(40_000, ("iņš", "iņa"), common=20)
    homes = {home: number for number, home in enumerate(sorted({one[1] for one in persons}))}
    for number, (person, home, source) in enumerate(persons):
        sex = "fm"[number % 2]
        first, last = given.of(2 * number, sex), surnames.of(2 * homes[home] + 1, sex)
        yield (*_statement(person, source), first, last, search_key(last, first), sort_key(last, first))


def _codes(persons: Persons) -> Iterable[tuple[Any, ...]]:
    for number, (person, _home, source) in enumerate(persons):
        yield (*_statement(person, source), "personal_code", personal_code(number))


def _statement(person: uuid.UUID, source: uuid.UUID) -> tuple[Any, ...]:
    return uuid7(), "(,)", "[2022-01-01,)", source, 0, person


def _copy(into: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with connections["owner"].cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
        for one in rows:
            copy.write_row(one)
