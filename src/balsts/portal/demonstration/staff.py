"""Who works in the demonstration: offices of two municipalities, an agency, the ministry, and their accounts."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator

from balsts.access.acting import Acting, acting
from balsts.access.models import OFFICES, Appointment, Institution, Municipality, StaffAccount
from balsts.access.use_cases import appoint, appoint_first_manager, open_account
from balsts.portal.demonstration.codes import new_secret
from balsts.portal.demonstration.people import HERE, MONTH, NEIGHBOUR

STAFF = (
    ("lasma", "Lāsma Paraugdarbiniece", HERE, "social_worker", "social_assistance"),
    ("haralds", "Haralds Paraugvadītājs", HERE, "social_service_head", "social_assistance"),
    ("austra", "Austra Paraugizskatītāja", HERE, "appeals_officer", "appeal"),
    ("inga", "Inga Paraugizmaksa", HERE, "payment_officer", "payments"),
    ("ilmars", "Ilmārs Paraugapstiprinātājs", HERE, "payment_head", "payments"),
    ("irena", "Irēna Paraugizmaksātāja", HERE, "payment_head", "payments"),
    ("nora", "Nora Paraugkaimiņa", NEIGHBOUR, "social_worker", "social_assistance"),
    ("valdis", "Valdis Paraugpabalsts", "vsaa", "benefits_officer", "state_benefits"),
    ("vaira", "Vaira Paraugvadītāja", "vsaa", "benefits_head", "state_benefits"),
    ("rasma", "Rasma Paraugreģistre", "lm", "register_officer", "provider_register"),
    ("reinis", "Reinis Paraugreģistrs", "lm", "register_head", "provider_register"),
    ("anda", "Anda Paraugpētniece", "lm", "policy_analyst", "policy"),
    ("andris", "Andris Paraugpētnieks", "lm", "policy_analyst", "policy"),
)
"""User name, name, municipality or national office, role, purpose."""


@dataclass(frozen=True)
class DemonstrationAccount:
    """Somebody who may sign in to the demonstration."""

    username: str
    password: str
    secret: str
    works: str


def opened(username: str, name: str, office: str, role: str, purpose: str) -> tuple[DemonstrationAccount, Acting]:
    """Open an account with an appointment; opened again, it gets a new password and authenticator."""
    institution = office_of(office)
    password = secrets.token_urlsafe(12)
    account = StaffAccount.objects.filter(username=username).first() or open_account(
        username=username, full_name=name, email=f"{username}@balsts.example", password=password
    )
    account.set_password(password)
    account.save(update_fields=["password"])
    secret = new_secret()
    Authenticator.objects.filter(user=account).delete()
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP,
                                 data={"secret": get_adapter().encrypt(secret)})  # fmt: skip
    work = Appointment.objects.filter(staff=account, role=role).first() or appoint(
        _manager(institution), staff=account, institution=institution, role=role, since=MONTH
    )
    return DemonstrationAccount(username, password, secret, f"{role}, {institution.name_lv}"), acting(work, purpose)


def office_of(code: str) -> Institution:
    """The sample office of a municipality (its code has digits), or a national one."""
    if code in OFFICES:
        lv, en = OFFICES[code]
        found, _ = Institution.objects.get_or_create(
            code=code,
            defaults={"name_lv": f"{lv} (paraugs)", "name_en": f"{en} (sample)", **_reached(code),
                      "kind": "ministry" if code == "lm" else "agency"},
        )  # fmt: skip
        return found
    name = Municipality.objects.get(pk=code).name
    found, _ = Institution.objects.get_or_create(
        name_lv=f"{name}, sociālais dienests (paraugs)",
        defaults={"name_en": f"{name}, social service office (sample)", "kind": "social_service",
                  "municipality_id": code, **_reached(f"dienests-{code}")},
    )  # fmt: skip
    return found


def _reached(name: str) -> dict[str, str]:
    return {"address": "Parauga iela 1, Latvija", "telephone": "+371 00000000", "email": f"{name}@balsts.example"}


def _manager(institution: Institution) -> Acting:
    name = f"manager-{institution.municipality_id or institution.code}"
    account = StaffAccount.objects.filter(username=name).first() or open_account(
        username=name, full_name="Konts bez ieejas", email=f"{name}@balsts.example", password=secrets.token_urlsafe(24)
    )
    work = Appointment.objects.filter(staff=account, institution=institution, role="account_manager").first()
    return acting(work or appoint_first_manager(staff=account, institution=institution, since=MONTH), "accounts")
