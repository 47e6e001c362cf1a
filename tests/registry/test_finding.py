"""Finding by name: how many bear the name elsewhere makes no difference to whom an office finds."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import ProgrammingError, connections, transaction
from django.utils import timezone

from balsts.access.acting import Acting, in_scope, the_person
from balsts.access.models import Municipality
from balsts.registry.models import Person
from balsts.registry.recording import days
from balsts.registry.selectors import find_persons
from balsts.registry.use_cases import state_address, state_name
from tests.access.people import LIEPAJA, RIGA, agency, at_work, auditor, social_worker
from tests.registry.situations import LONG_AGO, PLATFORM, finding, somebody

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


NAMED = [("Anna Marija", "Bērziņa"), ("Ana", "Berziņa"), ("Pēteris", "Krūmiņš"), ("Zane", "Ozola-Liepa")]


@pytest.mark.parametrize("scope", ["municipality", "nation"])
@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Krūmiņš", [2]),
        ("Krum", [2]),  # as it begins
        ("Peteris Krumins", [2]),
        ("Krumins Petris", [2]),
        ("Pēteris Juris Krūmiņš", [2]),  # of three words one may be lacking
        ("Pēteris Juris Edgars Krūmiņš", []),
        ("Pēteris Bērziņš", []),  # each word somebody's, both nobody's
        ("Anna Berzina", [0]),
        ("Anna Marija Berzinaa", [0]),
        ("Liepa", [3]),
        ("ozola liepa zane", [3]),
        ("Zane Liepaa", [3]),
        ("Xyzzy", []),
        ("", []),
        (" ".join(["Zane"] * 200), [3]),
    ],
)
def test_a_name_is_found_by_its_words_or_words_like_them(scope: str, name: str, found: list[int]) -> None:
    who = social_worker(RIGA) if scope == "municipality" else officer()
    entered = [somebody(*one, municipality=RIGA).pk for one in NAMED]
    assert find_persons(who, name=name) == [entered[at] for at in found]


def test_who_moves_to_a_municipality_is_found_there_and_no_longer_where_they_were() -> None:
    zane = somebody("Zane", "Ozola", municipality=RIGA)
    with in_scope(PLATFORM):
        state_address(
            zane, finding("moved"), text="Lielā iela 1", municipality=LIEPAJA, valid=days(timezone.localdate())
        )
    for name in ("Zane Ozola", "Zane Ozolaa"):
        assert find_persons(social_worker(LIEPAJA), name=name) == [zane.pk]
        assert find_persons(social_worker(RIGA), name=name) == []


def test_a_later_name_finds_a_person_as_the_earlier_one_does() -> None:
    zane = somebody("Zane", "Ozola", municipality=RIGA)
    with in_scope(PLATFORM):
        married = finding("married")
        state_name(zane, married, given_names="Zane", surname="Priedīte", valid=days(timezone.localdate()))
    for name in ("Ozola", "Priedite", "Priedit"):
        assert find_persons(social_worker(RIGA), name=name) == find_persons(officer(), name=name) == [zane.pk]


def test_the_words_of_names_are_read_by_nobody_but_the_search() -> None:
    somebody("Zane", "Ozola", municipality=RIGA)
    with in_scope(officer()):
        for asked in ("SELECT word FROM registry_nameword", "SELECT word FROM registry_namenear",
                      "SELECT registry_find_nearby(ARRAY['zane'], 1)", "SELECT registry_like_words(ARRAY['zane'])",
                      "SELECT registry_find_anywhere(ARRAY['zane'], 1)"):  # fmt: skip
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                connections["default"].cursor().execute(asked)


def test_a_name_that_is_erased_leaves_no_word_that_nobody_else_bears(by_the_owner: None) -> None:
    zane, other = somebody("Zane", "Ozola", municipality=RIGA), somebody("Zane", "Liepa", municipality=LIEPAJA)
    with connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM registry_personname WHERE person_id = %s", [zane.pk])
        cursor.execute("SELECT word FROM registry_nameword WHERE word IN ('zane', 'ozola', 'liepa') ORDER BY 1")
        assert cursor.fetchall() == [("liepa",), ("zane",)]
        cursor.execute("SELECT municipality, word, person_id FROM registry_namenear WHERE word IN ('zane', 'ozola')")
        assert cursor.fetchall() == [(LIEPAJA, "zane", other.pk)]


def test_an_address_that_is_erased_leaves_no_trace_of_where_somebody_was(by_the_owner: None) -> None:
    zane = somebody("Zane", "Ozola", municipality=RIGA)
    with in_scope(PLATFORM):
        state_address(zane, finding("moved"), text="Lielā iela 1", municipality=LIEPAJA, valid=days(LONG_AGO))
    with connections["owner"].cursor() as cursor:
        places = "SELECT DISTINCT municipality FROM registry_namenear WHERE person_id = %s ORDER BY 1"
        cursor.execute(places, [zane.pk])
        assert cursor.fetchall() == [(RIGA,), (LIEPAJA,)]
        cursor.execute("DELETE FROM registry_address WHERE person_id = %s AND municipality_id = %s", [zane.pk, RIGA])
        cursor.execute(places, [zane.pk])
        assert cursor.fetchall() == [(LIEPAJA,)]
