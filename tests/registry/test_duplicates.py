"""Two entries of one person: found, decided by a person, read as one, and undone without loss."""

from __future__ import annotations

import pytest

from balsts.access.acting import Acting, in_scope
from balsts.access.errors import AccessDenied
from balsts.law.engine.errors import DomainError
from balsts.law.engine.quantities import month_from
from balsts.registry.duplicates import duplicate_candidates, merge, undo_merge
from balsts.registry.household_file import household_file
from balsts.registry.models import Person
from balsts.registry.recording import ALWAYS, clock, new_source
from balsts.registry.use_cases import state_code, state_fact, state_relation
from tests.access.people import LIEPAJA, RIGA, at_work, office, social_worker
from tests.registry.situations import PLATFORM, declaration, household_of, somebody

pytestmark = pytest.mark.django_db(databases=["default", "log"])
FEBRUARY = month_from("2026-02")


def head(municipality: str = RIGA) -> Acting:
    return at_work(f"head-{municipality}", office(municipality), "social_service_head", "social_assistance")


def found(person: Person) -> dict[object, set[str]]:
    return {one.person: set(one.reasons) for one in duplicate_candidates(head(), person.pk)}


@pytest.mark.parametrize(("given", "surname", "born", "reasons"), [
    ("Anna", "Berzina", "1990-05-04", {"birth", "name"}),
    ("ANNA", "BĒRZIŅA", "1990-05-04", {"birth", "name"}),
    ("Bērziņa", "Anna", "1990-05-04", {"birth", "name"}),
    ("Anna", "Bērziņš", "1990-05-04", {"birth", "name"}),
    ("Anna", "Bērziņa", "1990-04-05", {"name"}),
    ("Zane", "Kalniņa", "1990-05-04", None),
    ("Anna", "Kalniņa", "1985-01-01", None),
])  # fmt: skip
def test_entries_that_may_be_of_one_person_are_found(
    given: str, surname: str, born: str, reasons: set[str] | None
) -> None:
    anna = somebody(municipality=RIGA)
    other = somebody(given, surname, born=born, municipality=RIGA)
    assert found(anna).get(other.pk) == reasons


@pytest.mark.parametrize(("code", "is_near"), [
    ("161175-19990", True), ("161157-19997", True), ("161175-19979", True), ("161175-18890", False),
])  # fmt: skip
def test_codes_that_differ_by_a_slip_of_the_hand_are_found(code: str, is_near: bool) -> None:
    anna, other = somebody(municipality=RIGA), somebody("Zane", "Kalniņa", born="1980-01-01", municipality=RIGA)
    with in_scope(PLATFORM):
        state_code(anna, declaration(), "161175-19997")
        state_code(other, declaration(), code)
    assert found(anna) == ({other.pk: {"code"}} if is_near else {})


def test_entries_of_another_office_are_no_candidates() -> None:
    anna = somebody(municipality=RIGA)
    somebody(municipality=LIEPAJA)
    assert found(anna) == {}
    with pytest.raises(AccessDenied):
        duplicate_candidates(head(LIEPAJA), anna.pk)


def test_two_entries_are_read_as_one_and_apart_again() -> None:
    anna, again, juris = somebody(municipality=RIGA), somebody(municipality=RIGA), somebody("Juris", sex="m")
    home = household_of(anna, juris)
    source = declaration()
    with in_scope(PLATFORM):
        state_fact(source, "wage_net_eur_month", "64", ALWAYS, person=again)
        state_relation(source, "partner", again, juris, ALWAYS)
        apart = household_file(home.pk, FEBRUARY).content
        before = clock()
    finding = merge(head(), again.pk, anna.pk, declaration("the same document"))
    with in_scope(PLATFORM):
        one = household_file(home.pk, FEBRUARY).content
        assert one["persons"][str(anna.pk)]["wage_net_eur_month"] == "64.00"
        assert one["persons"][str(anna.pk)]["partner"] == str(juris.pk)
        assert one["persons"][str(juris.pk)]["partner"] == str(anna.pk)
        assert household_file(home.pk, FEBRUARY, before).content == apart
    undo_merge(head(), finding, declaration("sisters of one name"))
    with in_scope(PLATFORM):
        assert household_file(home.pk, FEBRUARY).content == apart


def test_a_member_with_two_entries_counts_once() -> None:
    anna, again = somebody(municipality=RIGA), somebody(municipality=RIGA)
    home = household_of(anna, again)
    merge(head(), again.pk, anna.pk, declaration("the same document"))
    with in_scope(PLATFORM):
        assert list(household_file(home.pk, FEBRUARY).content["persons"]) == [str(anna.pk)]


def test_what_two_entries_tell_differently_is_a_doubt() -> None:
    anna, again = somebody(municipality=RIGA), somebody(born="1990-05-05", municipality=RIGA)
    home = household_of(anna)
    merge(head(), again.pk, anna.pk, declaration("the same document"))
    with in_scope(PLATFORM):
        assert [one.key for one in household_file(home.pk, FEBRUARY).doubts] == ["born"]


def test_a_person_decides_it_and_says_why() -> None:
    anna, again, third = (somebody(municipality=RIGA) for _ in range(3))
    with pytest.raises(DomainError, match="why"):
        merge(head(), again.pk, anna.pk, declaration())
    with pytest.raises(AccessDenied):
        merge(social_worker(RIGA), again.pk, anna.pk, declaration("x"))
    with pytest.raises(AccessDenied):
        merge(head(LIEPAJA), again.pk, anna.pk, declaration("x"))
    merge(head(), again.pk, anna.pk, new_source("worker", "file 1", reason="the same document", who=head()))
    for one, other in ((anna.pk, third.pk), (third.pk, again.pk)):
        with pytest.raises(DomainError, match="part of another"):
            merge(head(), one, other, declaration("x"))
    merge(head(), third.pk, anna.pk, declaration("x"))
