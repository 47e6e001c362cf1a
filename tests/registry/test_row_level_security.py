"""The second wall: even where the application asks for everything, an office sees its own persons alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from balsts.access.acting import Acting, in_scope, the_person
from balsts.access.errors import AccessDenied
from balsts.access.models import AccessRecord
from balsts.registry.models import (
    STATEMENTS,
    Fact,
    Household,
    Jurisdiction,
    Person,
    Representation,
    Visibility,
)
from balsts.registry.predicates import persons_of
from balsts.registry.recording import ALWAYS, days, state
from balsts.registry.selectors import find_persons, in_latvian_order, known
from balsts.registry.use_cases import (
    reading,
    state_account,
    state_address,
    state_code,
    state_fact,
    state_name,
    state_relation,
)  # fmt: skip
from tests.access.people import LIEPAJA, RIGA, agency, at_work, auditor, social_worker
from tests.registry.situations import LONG_AGO, PLATFORM, declaration, household_of, somebody

pytestmark = pytest.mark.django_db(databases=["default", "log"])
TABLES = [kind._meta.db_table for kind in STATEMENTS]


@pytest.fixture
def everything() -> tuple[Person, Person]:
    """A person of Rīga and one of Liepāja, with something of every kind."""
    found = []
    for place, surname, code, born in ((RIGA, "Rīdzinieks", "32010112345", "1990-05-04"),
                                       (LIEPAJA, "Liepājnieks", "32010154321", "1991-05-04")):  # fmt: skip
        one = somebody("Jānis", surname, born=born, sex="m", municipality=place)
        other = somebody("Zane", surname, municipality=place)
        with in_scope(PLATFORM):
            source = declaration()
            state_code(one, source, code)
            state_account(one, source, "LV80BANK0000435195001")
            state_relation(source, "partner", one, other, ALWAYS)
            state_fact(source, "disability_group", 2, ALWAYS, person=one)
            home = household_of(one, other)
            state_fact(source, "housing_costs_eur_month", "100", ALWAYS, household=home)
            for kind, fields in ((Representation, {"representative": other, "ground": "court", "matters": ["see"]}),):
                state(kind(person=one, source=source, valid=ALWAYS, **fields))
        found.append(one)
    return found[0], found[1]


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def owners(table: str) -> set[object]:
    column = {"registry_person": "id"}.get(table, "person_id")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL")
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.parametrize("table", [*TABLES, "registry_person", "registry_household"])
def test_without_saying_who_acts_nothing_is_seen(everything: tuple[Person, Person], table: str) -> None:
    assert count(table) == 0


FILLED = [one for one in TABLES if not one.endswith(("jurisdiction", "contact", "duplicate", "legalhold"))]


@pytest.mark.parametrize("table", [*FILLED, "registry_person"])
def test_an_office_sees_its_own_persons_in_every_table(everything: tuple[Person, Person], table: str) -> None:
    here, elsewhere = everything
    for municipality, own, other in ((RIGA, here, elsewhere), (LIEPAJA, elsewhere, here)):
        with in_scope(social_worker(municipality)):
            assert own.pk in owners(table), table
            assert other.pk not in owners(table), table


def test_an_office_sees_its_own_households_and_their_facts(everything: tuple[Person, Person]) -> None:
    with in_scope(social_worker(RIGA)):
        assert Household.objects.count() == 1
        assert known(Fact).filter(household__isnull=False).count() == 1


def test_an_agency_sees_everybody_and_an_auditor_nobody(everything: tuple[Person, Person]) -> None:
    with in_scope(at_work("officer", agency(), "benefits_officer", "state_benefits")):
        assert Person.objects.count() == 4
    with in_scope(auditor()):
        assert {count(table) for table in TABLES} == {0}
    with in_scope(at_work("dpo", agency(), "data_protection_officer", "audit")):
        assert Person.objects.count() == 0


def test_a_person_sees_themselves_and_those_they_represent(everything: tuple[Person, Person]) -> None:
    here, _ = everything
    with in_scope(PLATFORM):
        representative = known(Representation).get(person=here).representative_id
    with in_scope(the_person(here.pk)):
        assert owners("registry_fact") == {here.pk}
    with in_scope(the_person(representative)):
        assert owners("registry_fact") == {here.pk, representative}


@pytest.mark.parametrize(
    ("visibility", "seen"), [(Visibility.ORDINARY, 1), (Visibility.HEALTH, 1), (Visibility.SEALED, 0)]
)
def test_sealed_data_are_seen_by_those_roles_alone_that_may(
    everything: tuple[Person, Person], visibility: Visibility, seen: int
) -> None:
    here, _ = everything
    with in_scope(PLATFORM):
        state_fact(declaration(), "education", "general", ALWAYS, person=here, visibility=visibility)
    for who, expected in ((social_worker(RIGA), seen), (PLATFORM, 1)):
        with in_scope(who):
            assert known(Fact).filter(person=here, type=18).count() == expected


@pytest.mark.parametrize("filters", ["on", "off"])
def test_nothing_of_another_office_can_be_opened_found_or_written(
    everything: tuple[Person, Person], monkeypatch: pytest.MonkeyPatch, filters: str
) -> None:
    """With the application's own filters, and again without them."""
    here, elsewhere = everything
    worker = social_worker(RIGA)
    if filters == "off":
        monkeypatch.setattr("balsts.registry.use_cases.require", lambda *_: None)
        monkeypatch.setattr("balsts.registry.selectors.require", lambda *_: None)
        with reading(worker, [elsewhere.pk], "facts"):
            assert not known(Fact).filter(person=elsewhere).exists()
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                state_name(elsewhere, declaration(), given_names="X", surname="Y", valid=days(date(2026, 1, 1)))
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                state_fact(declaration(), "savings_eur", "1", ALWAYS, person=elsewhere)
    else:
        with pytest.raises(AccessDenied), reading(worker, [elsewhere.pk], "facts"):
            raise AssertionError("the block must not be entered")
    assert find_persons(worker, code="320101-54321") == []
    assert find_persons(worker, code="320101-12345") == [here.pk]
    assert find_persons(worker, name="Liepajnieks") == []
    assert find_persons(worker, born=date(1991, 5, 4)) == []
    assert here.pk in find_persons(worker, name="janis ridzinieks")


def test_both_walls_answer_alike(everything: tuple[Person, Person]) -> None:
    for who in (social_worker(RIGA), social_worker(LIEPAJA), PLATFORM, auditor(), the_person(everything[0].pk)):
        with in_scope(who):
            behind_the_second = owners("registry_person")
        with in_scope(PLATFORM):
            behind_the_first = set(persons_of(who).values_list("pk", flat=True))
        assert behind_the_first == behind_the_second


def test_whoever_moves_away_is_no_longer_seen(everything: tuple[Person, Person]) -> None:
    here, _ = everything
    tomorrow = timezone.localdate() + timedelta(days=1)
    with in_scope(PLATFORM):
        state_address(here, declaration(), text="Lielā iela 1", municipality=LIEPAJA, valid=days(tomorrow))
    assert here.pk in find_persons(social_worker(RIGA), name="Ridzinieks")
    with in_scope(PLATFORM):
        state_address(here, declaration(), text="Lielā iela 1", municipality=LIEPAJA, valid=days(LONG_AGO))
    assert here.pk not in find_persons(social_worker(RIGA), name="Ridzinieks")
    assert here.pk in find_persons(social_worker(LIEPAJA), name="Ridzinieks")


def test_an_address_with_a_code_from_before_the_reform_belongs_to_todays_office() -> None:
    anna = somebody()
    with in_scope(PLATFORM):
        state_address(anna, declaration(), text="Mersraga nov.", municipality="0887600", valid=ALWAYS)
    with in_scope(social_worker("0051000")):  # Talsu novads
        assert Person.objects.filter(pk=anna.pk).exists()


@pytest.mark.parametrize("claimed_by", ["address", "office"])
def test_an_office_cannot_take_persons_from_another_one(claimed_by: str) -> None:
    person = somebody(municipality=LIEPAJA if claimed_by == "address" else None)
    if claimed_by == "office":
        with in_scope(PLATFORM):
            state(Jurisdiction(person=person, municipality_id=LIEPAJA, ground="placement", source=declaration(),
                               valid=ALWAYS))  # fmt: skip
    for grab in (
        lambda: state_address(person, declaration(), text="x", municipality=RIGA),
        lambda: state(Jurisdiction(person=person, municipality_id=RIGA, ground="application", source=declaration(),
                                   valid=ALWAYS)),
    ):  # fmt: skip
        with in_scope(social_worker(RIGA)), pytest.raises(DatabaseError, match="row-level"), transaction.atomic():
            grab()


def test_every_look_is_recorded_before_anything_is_seen(everything: tuple[Person, Person]) -> None:
    here, _ = everything
    worker = social_worker(RIGA)
    with reading(worker, [here.pk], "facts and addresses"):
        pass
    hits = find_persons(worker, name="ridzinieks")
    with in_scope(Acting(None, None, "", "auditor", "audit"), "log"):
        records = list(AccessRecord.objects.using("log").filter(staff=worker.staff).order_by("number"))
    assert [(one.action, one.subject, one.purpose, one.detail) for one in records] == [
        ("read", here.pk, "social_assistance", "facts and addresses"),
        *(("search_hit", hit, "social_assistance", "found by name or date of birth") for hit in hits),
    ]
    assert len(hits) == 2


def test_persons_are_listed_in_the_order_of_the_latvian_alphabet() -> None:
    persons = [somebody("A", surname).pk for surname in ("Zaķe", "Čaka", "Cīrule", "Āboliņa")]
    with in_scope(PLATFORM):
        assert [one.surname for one in in_latvian_order(persons)] == ["Āboliņa", "Cīrule", "Čaka", "Zaķe"]
