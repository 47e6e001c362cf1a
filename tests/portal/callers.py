"""Who calls the API in tests: staff, residents, other systems."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.test import Client

from balsts.access.acting import Acting
from balsts.access.clients import open_client, token_for
from balsts.access.models import Appointment, StaffAccount
from tests.access.people import LONG_AGO, agency
from tests.portal.visitors import with_second_factor

V1 = "/api/v1"
WHY = {"Balsts-Reason": "application", "Balsts-Reference": "SP-1"}


class Caller:
    """Calls the API as somebody and reads JSON."""

    def __init__(self, client: Client, headers: dict[str, str]) -> None:
        self.client, self.headers = client, headers

    def get(self, path: str, status: int = 200, **query: Any) -> Any:
        answer = self.client.get(f"{V1}{path}", query, headers=self.headers)
        assert answer.status_code == status, (path, answer.status_code, answer.content[:500])
        return answer.json()

    def post(self, path: str, body: Any = None, status: int = 200, **headers: str) -> Any:
        return self.send("post", path, body, status, **headers)

    def send(self, method: str, path: str, body: Any = None, status: int = 200, **headers: str) -> Any:
        """Send something, under a key of its own unless one is given."""
        keyed = {"Idempotency-Key": str(uuid.uuid4())}
        named = self.headers | keyed | {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.client.generic(method.upper(), f"{V1}{path}", json.dumps(body if body is not None else {}),
                                     content_type="application/json", headers=named)  # fmt: skip
        assert answer.status_code == status, (path, answer.status_code, answer.content[:500])
        return answer.json()

    def send_gone(self, path: str) -> None:
        """Remove something."""
        answer = self.client.delete(f"{V1}{path}", headers=self.headers)
        assert (answer.status_code, answer.content) == (204, b""), (path, answer.status_code, answer.content[:500])


def by_session(who: Acting, *, enforce_csrf: bool = False) -> Client:
    """The session of a member of staff at work, with a second factor."""
    account = StaffAccount.objects.get(pk=who.staff)
    with_second_factor(account)
    client = Client(enforce_csrf_checks=enforce_csrf)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    appointment = Appointment.objects.get(staff=account, institution=who.institution, role=who.role)
    session["appointment"], session["purpose"] = appointment.pk, who.purpose
    session.save()
    return client


def staff(who: Acting) -> Caller:
    return Caller(by_session(who), WHY)


def resident(person: uuid.UUID) -> Caller:
    client = Client()
    session = client.session
    session["resident"] = str(person)
    session.save()
    return Caller(client, {})


def system(*abilities: str, name: str = "NVA e-services") -> Caller:
    made, secret = open_client(name=name, institution=agency(), abilities=abilities, since=LONG_AGO)
    token = token_for(str(made.pk), secret)
    assert token is not None
    return Caller(Client(), {"Authorization": f"Bearer {token.text}"})
