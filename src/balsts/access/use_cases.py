"""What changes who may do what: accounts and appointments."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from psycopg.types.range import DateRange

from balsts.access.acting import Acting
from balsts.access.errors import AccessDenied
from balsts.access.models import Appointment, Institution, StaffAccount
from balsts.access.predicates import require


def open_account(*, username: str, full_name: str, email: str, password: str) -> StaffAccount:
    """Open an account; it can do nothing before an appointment.

    Raises:
        ValidationError: the name is taken, or the password is too easily guessed.
    """
    with transaction.atomic():
        account = StaffAccount(username=username, full_name=full_name, email=email)
        validate_password(password, account)
        account.set_password(password)
        account.full_clean()
        account.save(force_insert=True)
    return account


def appoint(
    who: Acting, *, staff: StaffAccount, institution: Institution, role: str, since: date, until: date | None = None
) -> Appointment:
    """Appoint somebody to a role in the account manager's own institution.

    Raises:
        AccessDenied: who acts is no account manager there.
        ValidationError: they have that role then, or nobody may have it.
    """
    require("access.manage_accounts", who)
    if who.institution != institution.pk:
        raise AccessDenied(
            "Kontus pārvalda tikai savā iestādē.", "Accounts are managed in one's own institution alone."
        )
    with transaction.atomic():
        return _appoint(Appointment(staff=staff, institution=institution, role=role,
                                    period=DateRange(since, until), appointed_by_id=who.staff))  # fmt: skip


def appoint_first_manager(*, staff: StaffAccount, institution: Institution, since: date) -> Appointment:
    """Appoint the first account manager of an institution, by whoever sets the platform up.

    Raises:
        AccessDenied: it has had one.
    """
    with transaction.atomic():
        Institution.objects.select_for_update().get(pk=institution.pk)
        if Appointment.objects.filter(institution=institution, role="account_manager").exists():
            raise AccessDenied("Iestādei jau ir kontu pārvaldnieks.", "The institution has an account manager.")
        return _appoint(Appointment(staff=staff, institution=institution, role="account_manager",
                                    period=DateRange(since, None)))  # fmt: skip


def end_appointment(who: Acting, *, appointment: Appointment, until: date) -> Appointment:
    """End an appointment on a day: the first on which it no longer holds.

    Raises:
        AccessDenied: who acts is no account manager of that institution.
    """
    require("access.manage_accounts", who)
    if who.institution != appointment.institution_id:
        raise AccessDenied(
            "Kontus pārvalda tikai savā iestādē.", "Accounts are managed in one's own institution alone."
        )
    with transaction.atomic():
        found = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
        found.period = DateRange(found.period.lower, until)
        found.full_clean()
        found.save(update_fields=["period"])
    return found


def _appoint(appointment: Appointment) -> Appointment:
    appointment.full_clean()
    appointment.save(force_insert=True)
    return appointment
