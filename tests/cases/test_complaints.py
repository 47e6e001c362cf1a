"""Complaints: taken in from anybody, due by a day, handed over with a trace, answered once."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from balsts.access.acting import in_scope, the_person
from balsts.access.errors import AccessDenied
from balsts.cases.complaints import answer, complaints_of, hand_over, take_in
from balsts.cases.errors import ComplaintRefused
from balsts.cases.models import Complaint, Handover
from tests.access.people import LIEPAJA, RIGA, at_work, office
from tests.cases.situations import worker
from tests.registry.situations import somebody

pytestmark = pytest.mark.django_db(databases=["default", "log"])


def test_a_complaint_is_due_a_month_later_or_on_the_next_working_day() -> None:
    made = take_in(None, office(RIGA), "Slikti.", channel="portal", received_on=date(2026, 1, 7))
    assert made.due_on == date(2026, 2, 9)  # 7 February 2026 is a Saturday
    assert made.number.startswith("SUD-")


def test_staff_and_residents_hand_complaints_in_under_their_names() -> None:
    person = somebody("Anna", "Bērziņa")
    by_staff = take_in(worker(), office(RIGA), "Zvanīja.", channel="phone", by_person=person.pk)
    own = take_in(the_person(person.pk), office(RIGA), "Pati.", channel="portal")
    assert (by_staff.by_staff, by_staff.by_person) == (worker().staff, person.pk)
    assert (own.by_staff, own.by_person) == (None, person.pk)
    auditor = at_work("auditor", office(RIGA), "auditor", "audit")
    with pytest.raises(AccessDenied):
        take_in(auditor, office(RIGA), "x", channel="phone")


@pytest.mark.parametrize(("text", "channel"), [("", "portal"), (" \n", "portal"), ("x" * 4001, "portal"), ("x", "owl")])
def test_a_complaint_without_text_or_by_no_known_channel_is_refused(text: str, channel: str) -> None:
    with pytest.raises(ComplaintRefused):
        take_in(None, office(RIGA), text, channel=channel)


def test_only_the_office_that_has_it_sees_a_complaint() -> None:
    take_in(None, office(RIGA), "Slikti.", channel="portal")
    assert Complaint.objects.count() == 0
    with in_scope(worker(LIEPAJA)):
        assert not complaints_of(worker(LIEPAJA)).exists()
    with in_scope(worker()):
        assert complaints_of(worker()).count() == 1
    with in_scope(the_person(somebody("Anna", "Bērziņa").pk)):
        assert Complaint.objects.count() == 0


def test_it_is_answered_once() -> None:
    made = take_in(None, office(RIGA), "Slikti.", channel="portal")
    with pytest.raises(AccessDenied):
        answer(worker(LIEPAJA), made, "Nē.")
    with pytest.raises(ComplaintRefused, match="an answer has"):
        answer(worker(), made, " ")
    answer(worker(), made, "Pārbaudīts.")
    with pytest.raises(ComplaintRefused, match="answered already"):
        answer(worker(), made, "Vēlreiz.")
    with pytest.raises(ComplaintRefused, match="answered already"):
        hand_over(worker(), made, office(LIEPAJA), "Jūsu.")
    with in_scope(worker()):
        assert complaints_of(worker(), is_open=False).get().answered_by == worker().staff


def test_handed_over_it_is_the_others_and_both_see_that_it_was() -> None:
    made = take_in(None, office(RIGA), "Slikti.", channel="portal")
    with pytest.raises(ComplaintRefused, match="say why"):
        hand_over(worker(), made, office(LIEPAJA), " ")
    with pytest.raises(ComplaintRefused, match="to another institution"):
        hand_over(worker(), made, office(RIGA), "Mums.")
    hand_over(worker(), made, office(LIEPAJA), "Notika Liepājā.")
    with pytest.raises(ComplaintRefused, match="with another institution"):
        hand_over(worker(), made, office(LIEPAJA), "Vēlreiz.")
    for who in (worker(), worker(LIEPAJA)):
        with in_scope(who):
            assert Handover.objects.get().reason == "Notika Liepājā."
    with in_scope(worker()):
        assert Complaint.objects.count() == 0
    with in_scope(worker(LIEPAJA)):
        moved = Complaint.objects.get()
    assert (moved.due_on, moved.received_on) == (made.due_on, made.received_on)
    answer(worker(LIEPAJA), moved, "Pārbaudīts.")


def test_the_database_lets_nobody_take_change_or_delete_a_complaint() -> None:
    made = take_in(None, office(RIGA), "Slikti.", channel="portal")
    for statement in ("UPDATE cases_complaint SET text = 'Labi.'", "DELETE FROM cases_complaint",
                      "UPDATE cases_complaint SET institution_id = gen_random_uuid()"):  # fmt: skip
        with in_scope(worker()), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    taking = Handover(complaint=made, from_institution=office(RIGA), to_institution=office(LIEPAJA),
                      by_staff=worker(LIEPAJA).staff, reason="Gribam.")  # fmt: skip
    with in_scope(worker(LIEPAJA)), pytest.raises(DatabaseError), transaction.atomic():
        taking.save(force_insert=True)
    wrong = Handover(complaint=made, from_institution=office(RIGA), to_institution=office(RIGA),
                     by_staff=worker().staff, reason="Sev.")  # fmt: skip
    with in_scope(worker()), pytest.raises(IntegrityError), transaction.atomic():
        wrong.save(force_insert=True)
