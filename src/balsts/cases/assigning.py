"""Who works on which case: taken, assigned, given back; and who stands in for somebody who is away."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from balsts.access.acting import Acting, in_scope
from balsts.access.errors import AccessDenied
from balsts.access.kept_queries import Kept
from balsts.access.models import Appointment, StaffAccount
from balsts.access.predicates import require
from balsts.access.roles import ROLES
from balsts.cases.determining import tell
from balsts.cases.errors import CaseNotReady
from balsts.cases.models import Absence, Case
from balsts.law.engine.errors import DomainError


def colleagues(who: Acting) -> QuerySet[StaffAccount]:
    """Those who decide cases in the office of who acts today, for the same purpose, by name."""
    roles = [one.code for one in ROLES.values() if "decide" in one.abilities and who.purpose in one.purposes]
    at_work = Appointment.objects.filter(institution=who.institution, role__in=roles,
                                         period__contains=timezone.localdate()).values("staff")  # fmt: skip
    return StaffAccount.objects.filter(pk__in=at_work, is_active=True).order_by("full_name", "pk")


_STOOD_IN_FOR = Kept(lambda institution, staff, on: Absence.objects.filter(
    institution=institution, substitute=staff, since__lte=on, until__gt=on
))  # fmt: skip


def stands_in_for(who: Acting) -> list[uuid.UUID]:
    """For whom who acts stands in today; to be called in scope."""
    return [one.staff_id for one in _STOOD_IN_FOR(who.institution, who.staff, timezone.localdate())]


def take(who: Acting, case: Case) -> None:
    """Take a case that nobody has, or that of somebody who acts stands in for; taking one's own again is harmless.

    Raises:
        AccessDenied: the case is not one that who acts works on.
        CaseNotReady: somebody else has it.
    """
    with in_scope(who):
        require("cases.work", who, case)
        found = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if found.assigned_to_id == who.staff:
            return
        if found.assigned_to_id is not None and found.assigned_to_id not in stands_in_for(who):
            raise CaseNotReady(f"Case {case.number} is somebody else's; the head of the office can assign it anew.")
        _assign(who, found, who.staff, "taken")


def give_back(who: Acting, case: Case) -> None:
    """Give one's case back to the office; done again, it is harmless.

    Raises:
        CaseNotReady: somebody else has it.
    """
    with in_scope(who):
        require("cases.work", who, case)
        found = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if found.assigned_to_id is None:
            return
        if found.assigned_to_id != who.staff:
            raise CaseNotReady(f"Case {case.number} is somebody else's; nothing was changed.")
        _assign(who, found, None, "given_back")


def assign(who: Acting, case: Case, staff: uuid.UUID | None) -> None:
    """Assign a case to a colleague, or to nobody.

    Raises:
        AccessDenied: who acts does not see to the work of the office, or the colleague is none who decides there.
    """
    with in_scope(who):
        require("cases.work", who, case)
        require("cases.supervise", who)
        if staff is not None and not colleagues(who).filter(pk=staff).exists():
            raise AccessDenied("Šis darbinieks iestādē lietas nelemj.", "This member of staff decides no cases here.")
        found = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if found.assigned_to_id != staff:
            _assign(who, found, staff, "assigned" if staff else "given_back")


def _assign(who: Acting, case: Case, staff: uuid.UUID | None, event: str) -> None:
    case.assigned_to_id = staff
    case.save(update_fields=["assigned_to"])
    tell(case, event, who, about=staff)


# -- absence -------------------------------------------------------------------------------------------------------


def absences(who: Acting) -> QuerySet[Absence]:
    """Who of the office is away now or later; to be called in scope."""
    later = Absence.objects.filter(institution=who.institution, until__gt=timezone.localdate())
    return later.select_related("staff", "substitute").order_by("since", "pk")


def be_absent(who: Acting, staff: uuid.UUID, since: date, until: date, substitute: uuid.UUID | None) -> Absence:
    """Enter that somebody is away, and who stands in: for oneself, or for others by whoever sees to the office's work.

    Args:
        until: the first day back.

    Raises:
        AccessDenied: it is about somebody else.
        DomainError: no days, they are away then already, or somebody named is none who decides there.
    """
    with in_scope(who):
        _about(who, staff)
        known = set(colleagues(who).filter(Q(pk=staff) | Q(pk=substitute)).values_list("pk", flat=True))
        if {staff, *filter(None, [substitute])} - known or staff == substitute:
            raise DomainError("Name somebody else of the office who decides cases there today.")
        assert who.institution is not None  # the rule asked for staff of an office
        if until <= since:
            raise DomainError("The first day back comes after the first day away.")
        try:
            with transaction.atomic():
                return Absence.objects.create(staff_id=staff, institution_id=who.institution, since=since, until=until,
                                              substitute_id=substitute)  # fmt: skip
        except IntegrityError as error:
            if "nobody_is_away_twice" not in str(error):
                raise
            raise CaseNotReady("An absence in these days is entered already; remove it first.") from None


def end_absence(who: Acting, absence: int) -> None:
    """Remove an absence; one that is gone already stays gone."""
    with in_scope(who):
        found = Absence.objects.filter(pk=absence, institution=who.institution).first()
        if found is not None:
            _about(who, found.staff_id)
            found.delete()


def _about(who: Acting, staff: uuid.UUID) -> None:
    require("cases.enter", who)
    if staff != who.staff:
        require("cases.supervise", who)
