"""Offices and staff of tests, by named situations."""

from __future__ import annotations

from datetime import date

from balsts.access.acting import Acting, acting
from balsts.access.models import Appointment, Institution, StaffAccount
from balsts.access.use_cases import appoint, appoint_first_manager

RIGA, LIEPAJA = "0001000", "0005000"
LONG_AGO = date(2022, 1, 1)


def office(municipality: str) -> Institution:
    """The social service office of a municipality."""
    found, _ = Institution.objects.get_or_create(
        name_lv=f"Sociālais dienests {municipality}",
        defaults={"name_en": "Social service office", "kind": "social_service", "municipality_id": municipality},
    )
    return found


def agency() -> Institution:
    """The social insurance agency."""
    found, _ = Institution.objects.get_or_create(
        name_lv="VSAA", defaults={"name_en": "State Social Insurance Agency", "kind": "agency"}
    )
    return found


def account(name: str) -> StaffAccount:
    """An account that nobody can sign in to; the same one when asked again."""
    found, _ = StaffAccount.objects.get_or_create(
        username=name, defaults={"full_name": name.title(), "email": f"{name}@office.example", "password": "!"}
    )
    return found


def manager(institution: Institution) -> Acting:
    """The account manager of an institution."""
    staff = account(f"manager-{str(institution.pk)[:8]}")
    found = Appointment.objects.filter(staff=staff).first()
    if found is None:
        found = appoint_first_manager(staff=staff, institution=institution, since=LONG_AGO)
    return acting(found, "accounts")


def at_work(name: str, institution: Institution, role: str, purpose: str) -> Acting:
    """Somebody at work in a role, for a purpose."""
    staff = account(name)
    found = Appointment.objects.filter(staff=staff, institution=institution, role=role).first()
    found = found or appoint(manager(institution), staff=staff, institution=institution, role=role, since=LONG_AGO)
    return acting(found, purpose)


def social_worker(municipality: str = RIGA) -> Acting:
    """A social worker, helping with social assistance."""
    return at_work(f"worker-{municipality}", office(municipality), "social_worker", "social_assistance")


def auditor() -> Acting:
    """Somebody who checks who looked."""
    return at_work("auditor", agency(), "auditor", "audit")
