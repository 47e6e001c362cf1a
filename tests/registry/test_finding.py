"""Finding by name: how many bear the name elsewhere makes no difference to whom an office finds."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connections

from balsts.access.acting import Acting, in_scope, the_person
from balsts.access.models import Municipality
from balsts.registry.models import Person
from balsts.registry.selectors import find_persons
from tests.access.people import LIEPAJA, RIGA, agency, at_work, auditor, social_worker
from tests.registry.situations import somebody

pytestmark = pytest.mark.django_db(databases=["default", "log", "owner"])
ELSEWHERE = 1200
BORN = date(1990, 5, 4)


@pytest.fixture
def anna(by_the_owner: None) -> Person:
    """Anna Bērziņa of Rīga; 1200 others of the name, entered before her, live in Liepāja, all born on another day."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("INSERT INTO registry_source (origin_id, reference, reason, at) "
                       "SELECT min(id), 'list', '', now() FROM registry_origin RETURNING id, origin_id")  # fmt: skip
        source, origin = cursor.fetchone()
        common = "source_id, recorded, visibility, valid, person_id"
        values = "%(source)s, tstzrange(clock_timestamp(), NULL), 0, '(,)'::daterange, id"
        for statement in (
            "INSERT INTO registry_person (id, created_at) SELECT * FROM bearers",
            (
                f"INSERT INTO registry_personname ({common}, given_names, surname, search_key, sort_key) "
                f"SELECT {values}, 'Anna', 'Bērziņa', 'berzina anna', '' FROM bearers"
            ),
            (
                f"INSERT INTO registry_address ({common}, kind, municipality_id, text, address_code) "
                f"SELECT {values}, 'declared', '{LIEPAJA}', '', '' FROM bearers"
            ),
            (
                f"INSERT INTO registry_fact ({common}, type, origin_id, value, status, certainty) "
                f"SELECT {values}, 1, %(origin)s, '1970-01-01', 0, 0 FROM bearers"
            ),
        ):
            bearers = ("(SELECT ('00000000-0000-7000-8000-' || lpad(one::text, 12, '0'))::uuid AS id, now() AS at "
                       f"FROM generate_series(1, {ELSEWHERE}) one) bearers")  # fmt: skip
            cursor.execute(statement.replace("bearers", bearers), {"source": source, "origin": origin})
    return somebody("Anna", "Bērziņa", born=BORN.isoformat(), municipality=RIGA)


def officer() -> Acting:
    return at_work("officer", agency(), "benefits_officer", "state_benefits")


@pytest.mark.parametrize("name", ["Anna Bērziņa", "berzina anna", "Anna", "Ana Berzina", "Bērziņš Anna"])
@pytest.mark.parametrize("born", [None, BORN])
def test_an_office_finds_its_own_person_among_however_many_namesakes(
    anna: Person, name: str, born: date | None
) -> None:
    assert find_persons(social_worker(RIGA), name=name, born=born) == [anna.pk]


@pytest.mark.parametrize("name", ["Anna Bērziņa", "Ana Berzina"])
def test_an_agency_finds_by_name_and_birth_among_however_many_namesakes(anna: Person, name: str) -> None:
    assert find_persons(officer(), name=name, born=BORN) == [anna.pk]
    assert len(find_persons(officer(), name=name)) == 50


def test_an_office_finds_nobody_of_another_one_whatever_is_asked(anna: Person) -> None:
    third = Municipality.objects.filter(classification=2021).exclude(code__in=[RIGA, LIEPAJA]).first()
    assert third is not None
    for who in (social_worker(third.code), auditor()):
        with in_scope(who), connections["default"].cursor() as cursor:
            for born in (None, BORN.isoformat()):
                cursor.execute("SELECT count(*) FROM registry_find_by_name('berzina anna', %s, 50)", [born])
                assert cursor.fetchone() == (0,)
    assert anna.pk not in find_persons(social_worker(LIEPAJA), name="Anna Bērziņa", born=BORN)


def test_a_person_is_answered_with_themselves_alone(anna: Person) -> None:
    with in_scope(the_person(anna.pk)), connections["default"].cursor() as cursor:
        cursor.execute("SELECT person FROM registry_find_by_name('berzina anna', NULL, 50)")
        assert cursor.fetchall() == [(anna.pk,)]


def test_whoever_has_the_name_comes_before_those_of_a_like_one() -> None:
    right = somebody("Ilze", "Kalniņa", municipality=RIGA)
    like = somebody("Ilze", "Kalniņš", municipality=RIGA)
    for born in (None, BORN):
        assert find_persons(social_worker(RIGA), name="ilze kalnina", born=born) == [right.pk]
        assert set(find_persons(social_worker(RIGA), name="ilze kalninaa", born=born)) == {right.pk, like.pk}
    assert find_persons(social_worker(RIGA), name="ilze kalnina", born=date(1970, 1, 1)) == []
