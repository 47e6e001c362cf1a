"""Who visits the portal in tests, and what stands in the registry for them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from balsts.access.acting import in_scope
from balsts.access.models import Appointment, StaffAccount
from balsts.portal.session.door import token_for
from balsts.registry.models import Household, Person
from balsts.registry.recording import days
from balsts.registry.use_cases import state_account, state_code, state_fact, state_relation
from tests.access.people import RIGA, office, social_worker
from tests.registry.situations import LONG_AGO, PLATFORM, declaration, finding, household_of, somebody

PASSWORD = "garā-parole-testiem-7"


@dataclass
class Family:
    """A mother and a child in a municipality, with facts, a contradiction and a correction."""

    mother: Person
    child: Person
    household: Household


def family(municipality: str = RIGA, surname: str = "Bērziņa", code: str = "32010112345") -> Family:
    mother = somebody("Žanete", surname, municipality=municipality)
    child = somebody("Emīls", surname, born="2022-03-02", sex="m", municipality=municipality)
    household = household_of(mother, child)
    with in_scope(PLATFORM):
        source = declaration()
        state_code(mother, source, code)
        state_relation(source, "parent", child, mother, days(LONG_AGO))
        state_account(mother, source, "LV80BANK0000435195001")
        state_fact(source, "wage_net_eur_month", "300.00", days(date(2025, 1, 1)), person=mother)
        state_fact(finding("the contract was seen"), "wage_net_eur_month", "420.00", days(date(2025, 6, 1)),
                   person=mother)  # fmt: skip
        state_fact(declaration("a mistyped amount"), "housing_costs_eur_month", "150.00", days(date(2025, 1, 1)),
                   household=household)  # fmt: skip
    return Family(mother, child, household)


def staff(municipality: str = RIGA) -> StaffAccount:
    """The social worker of a municipality, with a password and an authenticator."""
    who = social_worker(municipality)
    account = StaffAccount.objects.get(pk=who.staff)
    account.set_password(PASSWORD)
    account.save(update_fields=["password"])
    with_second_factor(account)
    return account


def with_second_factor(account: StaffAccount) -> None:
    """Give an account an authenticator, unless it has one."""
    if not account.authenticator_set.exists():
        TOTP.activate(account, generate_totp_secret())


def at_work(municipality: str = RIGA, *, reason: bool = True) -> Client:
    """A signed-in social worker of a municipality who has said as what they work and why they look."""
    account = staff(municipality)
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    appointment = Appointment.objects.get(staff=account, institution=office(municipality), role="social_worker")
    session = client.session
    session["appointment"], session["purpose"] = appointment.pk, "social_assistance"
    if reason:
        session["reason"] = ["application", "SD-1"]
    session.save()
    return client


def resident(person: uuid.UUID) -> Client:
    """A resident who came by the demonstration's door."""
    client = Client()
    response = client.post(f"/me/sign-in/{token_for(person)}/")
    assert response.status_code == 302
    return client
