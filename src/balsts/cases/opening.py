"""What opens a case: an application by a person, by staff for somebody, or by the platform where nobody asked."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from balsts.access.acting import Acting, in_scope, the_platform
from balsts.access.models import Institution
from balsts.access.predicates import require
from balsts.cases.declared import state_answers
from balsts.cases.determining import next_number, tell
from balsts.cases.entries import AUTHORITY_TASK
from balsts.cases.models import Application, Case, Organisation, Party, Task
from balsts.cases.terms import last_day
from balsts.cases.types.declaration import CaseType
from balsts.cases.types.reading import case_type
from balsts.law.engine.errors import DomainError
from balsts.registry.models import Address, Membership
from balsts.registry.representation import may_act_for
from balsts.registry.selectors import known


def receive(
    who: Acting, type_code: str, *, key: uuid.UUID, subject: uuid.UUID | None = None,
    organisation: Organisation | None = None, since: date, answers: Mapping[str, Any], channel: str,
    received_on: date | None = None, institution: Institution | None = None,
) -> Application:  # fmt: skip
    """Take in an application: the same `key` twice is one application, however often it is sent.

    Args:
        key: made when the form was begun.
        subject: whose matter it is; the household is the one they live in.
        organisation: whose matter it is, instead. A resident who applies for one states that they may; until staff have
            verified it (a task of the case), nothing is entered.
        since: first day of the first month asked for.
        answers: as checked by the form of the case type (`Answers.as_json`); what they declare becomes facts.
        institution: of staff, their own; left out, the office that the type names.

    Raises:
        AccessDenied: who acts may not apply for that person.
        DomainError: no office is there for them, or they are in no household.
    """
    declared = case_type(type_code)
    with in_scope(who):
        if who.scope == "self":
            require("cases.apply" if organisation is None else "cases.apply_for_organisation", who, subject)
        elif channel != Application.Channel.PROACTIVE:
            require("cases.enter", who)
    with in_scope(the_platform()), transaction.atomic():
        _one_at_a_time(key)
        sent = Application.objects.filter(key=key).select_related("case").first()
        if sent is not None:
            return sent
        case = _case(declared, subject, organisation, institution or office_of(declared, subject))
        application = Application.objects.create(
            case=case, key=key, channel=channel, by_person_id=who.person, by_staff=who.staff,
            authority=_authority(who, subject), received_on=received_on or timezone.localdate(), since=since,
            answers=dict(answers),
        )  # fmt: skip
        if who.scope == "self" and organisation is not None:
            Task.objects.create(case=case, kind=AUTHORITY_TASK, about=application.pk)
        case.due_on = last_day(declared.terms["decide"], application.received_on)
        case.save(update_fields=["due_on"])
        state_answers(application, who)
        tell(case, "received", who, about=application.pk, detail=channel)
    return application


def _one_at_a_time(key: uuid.UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [str(key)])


def _authority(who: Acting, subject: uuid.UUID | None) -> str:
    if who.person is not None and subject is None:
        return "stated"  # that they may act for the organisation: nobody has verified it yet
    if who.person is None or subject is None or who.person == subject:
        return ""
    found = may_act_for(who.person, subject, "apply", timezone.localdate())
    return found.ground if found else ""


def _case(
    declared: CaseType, subject: uuid.UUID | None, organisation: Organisation | None, institution: Institution
) -> Case:
    household = household_of(subject) if subject else None
    if subject and household is None:
        raise DomainError("The person is in no household that the registry knows of; state the household first.")
    case = Case(
        number=next_number(declared.series), type=declared.code, purpose=declared.purpose, institution=institution,
        subject_id=subject, household_id=household, organisation=organisation,
    )  # fmt: skip
    case.save(force_insert=True)
    if subject:
        Party.objects.create(case=case, person_id=subject, part=Party.Part.APPLICANT)
    return case


def household_of(person: uuid.UUID) -> uuid.UUID | None:
    """The household somebody lives in today."""
    found = known(Membership).filter(person=person, valid__contains=timezone.localdate()).first()
    return found.household_id if found else None


def office_of(declared: CaseType, subject: uuid.UUID | None) -> Institution:
    """The office that decides a case type for somebody: that of their municipality, or the national one it names.

    Raises:
        DomainError: there is none on this platform, or the person is declared in no municipality.
    """
    if declared.office != Institution.Kind.SOCIAL_SERVICE:
        found = Institution.objects.filter(code=declared.office).first()
    else:
        home = known(Address).filter(person=subject, kind=Address.Kind.DECLARED, valid__contains=timezone.localdate())
        place = home.select_related("municipality").first()
        if place is None or place.municipality is None:
            raise DomainError("The person is declared in no municipality today; say which office deals with them.")
        found = Institution.objects.filter(kind=declared.office, municipality=place.municipality.present_id).first()
    if found is None:
        raise DomainError(f"No office on this platform decides «{declared.name.en}» here; open its institution first.")
    return found
