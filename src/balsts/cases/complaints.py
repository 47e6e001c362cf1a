"""Complaints and signals: taken in (also from nobody known), handed to whom they concern, answered once, by a day."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from balsts.access.acting import Acting, in_scope
from balsts.access.models import Institution
from balsts.access.predicates import require
from balsts.cases.determining import next_number
from balsts.cases.errors import ComplaintRefused
from balsts.cases.models import Case, Complaint, Handover, Organisation
from balsts.cases.terms import last_day
from balsts.cases.types.reading import common_terms

MOST_TEXT = 4000
_SERIES = "SUD"
_CHANNELS = ("portal", "in_person", "post", "phone", "api")


def take_in(
    who: Acting | None, institution: Institution, text: str, *, channel: str, organisation: Organisation | None = None,
    case: Case | None = None, received_on: date | None = None, by_person: uuid.UUID | None = None,
) -> Complaint:  # fmt: skip
    """Take a complaint in; it is due by the term that complaints have.

    Args:
        who: None: whoever complains is not known and sees it never again.
        institution: who answers it.
        organisation, case: about whom or what, where that is said.
        by_person: whose complaint staff enter; of a resident, it is always their own.

    Raises:
        ComplaintRefused: there is no text, or too much of it; or no such channel.
        AccessDenied: staff who take in no complaints.
    """
    text = text.strip()
    if not 0 < len(text) <= MOST_TEXT:
        raise ComplaintRefused(f"A complaint has 1 to {MOST_TEXT} characters.")
    if channel not in _CHANNELS:
        raise ComplaintRefused(f"The channel must be one of {', '.join(_CHANNELS)}.")
    received = received_on or timezone.localdate()
    complaint = Complaint(
        number=next_number(_SERIES), institution=institution, organisation=organisation, case=case, channel=channel,
        text=text, received_on=received, due_on=last_day(common_terms()["answer"], received),
        by_staff=who.staff if who else None,
    )  # fmt: skip
    if who is None:
        complaint.save(force_insert=True)
        return complaint
    with in_scope(who):
        if who.scope != "self":
            require("cases.see_complaints", who)
        complaint.by_person = who.person if who.scope == "self" else by_person
        complaint.save(force_insert=True)
    return complaint


def complaints_of(who: Acting, *, is_open: bool = True) -> QuerySet[Complaint]:
    """The complaints that the office of who acts has, those due first; used inside `in_scope(who)`.

    Raises:
        AccessDenied: who acts deals with no complaints.
    """
    require("cases.see_complaints", who)
    found = Complaint.objects.filter(institution=who.institution, answered_at__isnull=is_open)
    return found.select_related("organisation").order_by("due_on", "number")


def hand_over(who: Acting, complaint: Complaint, to: Institution, reason: str) -> None:
    """Hand a complaint to the institution that it concerns; the day by which it is due stays.

    Raises:
        AccessDenied: it is not with the office of who acts.
        ComplaintRefused: it is answered, is handed to nobody else, or no reason is given.
    """
    if not reason.strip() or to.pk == complaint.institution_id:
        raise ComplaintRefused(f"Complaint {complaint.number}: say why it goes to another institution, and to which.")
    assert who.staff is not None
    with in_scope(who):
        require("cases.answer_complaint", who, complaint)
        try:
            with transaction.atomic():
                Handover.objects.create(complaint=complaint, from_institution_id=complaint.institution_id,
                                        to_institution=to, by_staff=who.staff, reason=reason.strip())  # fmt: skip
        except IntegrityError as error:
            raise _already(complaint, error) from None


def answer(who: Acting, complaint: Complaint, result: str) -> None:
    """Answer a complaint: once, by the institution that has it.

    Raises:
        AccessDenied: it is not with the office of who acts.
        ComplaintRefused: it is answered already, or the answer says nothing or too much.
    """
    result = result.strip()
    if not 0 < len(result) <= MOST_TEXT:
        raise ComplaintRefused(f"Complaint {complaint.number}: an answer has 1 to {MOST_TEXT} characters.")
    with in_scope(who):
        require("cases.answer_complaint", who, complaint)
        changed = Complaint.objects.filter(pk=complaint.pk, answered_at__isnull=True).update(
            result=result, answered_at=timezone.now(), answered_by=who.staff
        )
        if not changed:
            raise _already(complaint, None)


def _already(complaint: Complaint, error: IntegrityError | None) -> Exception:
    if error is not None and "answered already" not in str(error):
        return error
    return ComplaintRefused(f"Complaint {complaint.number} is answered already, or with another institution by now.")
