"""What is sealed stays shut; whoever opens it in need is on record, overseen, and shown it alone and for a time."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connections, transaction

from balsts.access.acting import Acting, in_scope, the_person
from balsts.access.errors import AccessDenied
from balsts.access.log import verify_log
from balsts.access.models import AccessRecord
from balsts.registry.export import export_person
from balsts.registry.models import Address, Fact, Person, Relation, SealNotice, SealOpening, Visibility
from balsts.registry.recording import ALWAYS
from balsts.registry.seals import break_glass, mark_seen, notices
from balsts.registry.selectors import known
from balsts.registry.use_cases import state_address, state_fact, state_relation
from tests.access.people import LIEPAJA, RIGA, agency, at_work, auditor, office, social_worker
from tests.registry.situations import PLATFORM, declaration, somebody

pytestmark = pytest.mark.django_db(databases=["default", "log", "owner"])
WHY = "a threat was reported by the police"


@pytest.fixture(autouse=True)
def on_one_connection() -> Iterator[None]:
    """An opening is written on the log's connection; tests roll back, so all is read where it was written."""
    kept = connections["default"]
    connections["default"] = connections["log"]
    yield
    connections["default"] = kept


@pytest.fixture
def hidden() -> Person:
    """Somebody whose address in fact is protected."""
    person = somebody(municipality=RIGA)
    with in_scope(PLATFORM):
        state_address(person, declaration(), text="Slēptā iela 7", municipality=RIGA, kind=Address.Kind.ACTUAL,
                      visibility=Visibility.SEALED)  # fmt: skip
    return person


@pytest.fixture
def adopted() -> Person:
    """A child whose adoption is secret."""
    child, mother = somebody("Ilze", born="2015-05-04", municipality=RIGA), somebody("Zane", municipality=RIGA)
    with in_scope(PLATFORM):
        state_fact(declaration(), "adopted_on", "2016-01-01", ALWAYS, person=child)
        state_relation(declaration(), "adoptive_parent", child, mother, ALWAYS, visibility=Visibility.SEALED)
    return child


def head(municipality: str = RIGA) -> Acting:
    return at_work(f"head-{municipality}", office(municipality), "social_service_head", "social_assistance")


def protection_officer(purpose: str = "audit", at: str = "office") -> Acting:
    where = office(RIGA) if at == "office" else agency()
    return at_work(f"dpo-{at}", where, "data_protection_officer", purpose)


def sealed_rows(who: Acting) -> int:
    with in_scope(who):
        return sum(kind._default_manager.filter(visibility=Visibility.SEALED).count()
                   for kind in (Address, Fact, Relation))  # fmt: skip


def records(person: Person, who: Acting) -> list[AccessRecord]:
    with in_scope(who):
        return list(AccessRecord.objects.filter(subject=person.pk, action="break_glass"))


def test_without_an_opening_nothing_sealed_is_seen(hidden: Person, adopted: Person) -> None:
    for who in (social_worker(), head(), at_work("officer", agency(), "benefits_officer", "state_benefits"),
                the_person(hidden.pk)):  # fmt: skip
        assert sealed_rows(who) == 0
    assert sealed_rows(PLATFORM) == 3


def test_an_opening_shows_that_person_to_that_member_of_staff_alone(hidden: Person, adopted: Person) -> None:
    worker = social_worker()
    opening = break_glass(worker, hidden.pk, WHY, minutes=30)
    assert (opening.until - opening.opened_at).total_seconds() == 30 * 60
    with in_scope(worker):
        assert [one.text for one in known(Address).filter(visibility=Visibility.SEALED)] == ["Slēptā iela 7"]
    assert sealed_rows(worker) == 1
    other_purpose = at_work("worker-" + RIGA, office(RIGA), "social_worker", "social_services")
    colleague = at_work("colleague", office(RIGA), "social_worker", "social_assistance")
    for who in (other_purpose, colleague, head()):
        assert sealed_rows(who) == 0
    break_glass(worker, adopted.pk, WHY)
    assert sealed_rows(worker) == 3


@pytest.fixture
def by_the_owner(on_one_connection: None) -> Iterator[None]:
    """The owner alone can put the time of an opening back; all is rolled back."""
    kept = connections["log"]
    connections["default"] = connections["log"] = connections["owner"]
    yield
    connections["default"] = connections["log"] = kept


def test_an_opening_ends_by_itself(by_the_owner: None) -> None:
    person, worker = somebody(municipality=RIGA), social_worker()
    done = break_glass(worker, person.pk, WHY)
    with in_scope(worker), connections["owner"].cursor() as cursor:
        for seconds_left, is_open in ((60, True), (0, False), (-60, False)):
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE registry_sealopening DISABLE TRIGGER refuse_change")
            cursor.execute("UPDATE registry_sealopening SET until = clock_timestamp() + make_interval(secs => %s) "
                           "WHERE id = %s", [seconds_left, done.pk])  # fmt: skip
            cursor.execute("SELECT registry_is_open(%s)", [person.pk])
            assert cursor.fetchone() == (is_open,)


def test_it_opens_for_reading_alone(hidden: Person) -> None:
    worker = social_worker()
    break_glass(worker, hidden.pk, WHY)
    with in_scope(worker), pytest.raises(DatabaseError, match="row-level"), transaction.atomic():
        state_address(hidden, declaration(), text="Cita iela 1", municipality=RIGA, kind=Address.Kind.POSTAL,
                      visibility=Visibility.SEALED)  # fmt: skip


@pytest.mark.parametrize(("who", "why", "minutes"), [
    ("worker", "short", 60), ("worker", " " * 30, 60), ("worker", "x" * 151, 60), ("worker", WHY, 0),
    ("worker", WHY, 61), ("elsewhere", WHY, 60), ("auditor", WHY, 60), ("appeals", WHY, 60), ("person", WHY, 60),
])  # fmt: skip
def test_who_may_not_or_says_no_reason_opens_nothing(hidden: Person, who: str, why: str, minutes: int) -> None:
    acting = {
        "worker": social_worker(), "elsewhere": social_worker(LIEPAJA), "auditor": auditor(),
        "appeals": at_work("appeals", agency(), "appeals_officer", "appeal"), "person": the_person(hidden.pk),
    }[who]  # fmt: skip
    with pytest.raises(AccessDenied) as refused:
        break_glass(acting, hidden.pk, why, minutes)
    assert refused.value.lv
    assert (SealOpening.objects.count(), records(hidden, auditor()), sealed_rows(acting)) == (0, [], 0)


@pytest.mark.parametrize("who", ["elsewhere", "appeals", "another's name"])
def test_without_the_first_wall_the_second_refuses(hidden: Person, monkeypatch: pytest.MonkeyPatch, who: str) -> None:
    monkeypatch.setattr("balsts.registry.seals.require", lambda *_: None)
    acting = social_worker(LIEPAJA) if who == "elsewhere" else social_worker()
    if who == "appeals":
        acting = at_work("appeals", agency(), "appeals_officer", "appeal")
    forged = opening(hidden, acting, staff=uuid.UUID(int=5))
    with pytest.raises(DatabaseError, match="row-level"), transaction.atomic(), in_scope(acting):
        forged.save(force_insert=True) if who == "another's name" else break_glass(acting, hidden.pk, WHY)
    assert sealed_rows(acting) == 0


def opening(person: Person, who: Acting, **other: Any) -> SealOpening:
    given = {"subject": person.pk, "staff": who.staff, "institution": who.institution, "role": who.role,
             "purpose": who.purpose, "reason": WHY, "minutes": 5}  # fmt: skip
    return SealOpening(**(given | other))


def test_an_opening_of_which_nobody_is_told_is_refused(hidden: Person) -> None:
    worker = social_worker()
    with in_scope(worker), transaction.atomic(), connections["default"].cursor() as cursor:
        opening(hidden, worker).save(force_insert=True)
        with pytest.raises(DatabaseError, match="nobody was told"), transaction.atomic():
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


@pytest.mark.parametrize("change", [
    "UPDATE registry_sealopening SET reason = 'nothing of note'", "DELETE FROM registry_sealopening",
    "DELETE FROM registry_sealnotice", "UPDATE registry_sealnotice SET institution = NULL",
])  # fmt: skip
def test_nobody_changes_an_opening_afterwards(hidden: Person, change: str) -> None:
    break_glass(social_worker(), hidden.pk, WHY)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connections["default"].cursor().execute(change)


def test_the_log_has_it_with_its_reason_and_the_chain_holds(hidden: Person) -> None:
    worker = social_worker()
    done = break_glass(worker, hidden.pk, WHY, minutes=5)
    (record,) = records(hidden, auditor())
    assert (record.number, record.staff, record.detail) == (done.record, worker.staff,
                                                            f"sealed data, 5 minutes; {WHY}")  # fmt: skip
    with in_scope(auditor()):
        assert verify_log()[1] == []


def test_the_person_sees_that_their_own_protected_data_were_opened(hidden: Person) -> None:
    break_glass(social_worker(), hidden.pk, WHY)
    assert [one.subject for one in records(hidden, the_person(hidden.pk))] == [hidden.pk]


def test_what_a_seal_protects_of_another_side_is_not_told_by_the_log(adopted: Person) -> None:
    with in_scope(PLATFORM):
        mother = Relation.objects.get(person=adopted).other
    for person in (adopted, mother):
        break_glass(social_worker(), person.pk, WHY)
        assert records(person, the_person(person.pk)) == []
        assert len(records(person, auditor())) == 1


def test_those_who_oversee_in_the_institution_are_told_and_say_that_they_looked(hidden: Person) -> None:
    chief, officer, worker = head(), protection_officer(), social_worker()
    done = break_glass(worker, hidden.pk, WHY)
    for who in (chief, officer):
        with in_scope(who):
            (notice,) = notices(who)
        assert (notice.opening.pk, notice.opening.reason, notice.opening.staff) == (done.pk, WHY, worker.staff)
        assert mark_seen(who, notice.pk).seen_by == who.staff
        with in_scope(who):
            assert list(notices(who)) == []
            assert [one.pk for one in notices(who, unseen_alone=False)] == [notice.pk]
    with in_scope(head(LIEPAJA)):
        assert list(notices(head(LIEPAJA))) == []
        assert not SealOpening.objects.exists()
    with in_scope(worker):
        assert not SealNotice.objects.exists()
        with pytest.raises(AccessDenied):
            notices(worker)


def test_nobody_oversees_themselves(hidden: Person) -> None:
    chief, officer = head(), protection_officer(at="agency")
    break_glass(chief, hidden.pk, WHY)
    with in_scope(chief):
        assert list(notices(chief)) == []
    with in_scope(officer):  # the office has nobody else, so data protection officers of all institutions are told
        assert len(notices(officer)) == 1
    protection_officer()
    at_work("other-head", office(RIGA), "social_service_head", "social_assistance")
    break_glass(chief, hidden.pk, WHY)
    with in_scope(chief):
        (own,) = notices(chief)
    with pytest.raises(AccessDenied):
        mark_seen(chief, own.pk)


def test_what_is_opened_stays_out_of_the_file_for_the_person(adopted: Person) -> None:
    chief = at_work("head-" + RIGA, office(RIGA), "social_service_head", "data_subject")
    break_glass(chief, adopted.pk, WHY)
    assert sealed_rows(chief) == 2
    found = export_person(chief, adopted.pk)["statements"]
    assert found["relation"] == []
    assert not [one for one in found["fact"] if one["fact"] == "adopted_on"]
