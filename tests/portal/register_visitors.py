"""Who visits the pages of the register of providers."""

from __future__ import annotations

import uuid

from django.test import Client

from balsts.access.acting import Acting
from balsts.access.models import Appointment, StaffAccount
from tests.portal.visitors import with_second_factor


def keeper(who: Acting) -> Client:
    """A signed-in keeper of the register, at work for it."""
    account = StaffAccount.objects.get(pk=who.staff)
    with_second_factor(account)
    client = Client(headers={"accept-language": "en"})
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["appointment"] = Appointment.objects.get(staff=account, role=who.role).pk
    session["purpose"] = "provider_register"
    session.save()
    return client


def guest() -> Client:
    """Somebody who is not signed in and reads English."""
    return Client(headers={"accept-language": "en"})


def draft_in(address: str) -> uuid.UUID:
    """The draft that an address names."""
    return uuid.UUID(address.strip("/").split("/")[2])
