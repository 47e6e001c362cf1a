"""The last button of an application, pressed twice at the same moment: one application, and both are told so."""

from __future__ import annotations

from functools import partial

from django.test import Client

from balsts.access.acting import in_scope
from balsts.cases.models import Case
from tests.access.people import RIGA, office
from tests.cases.situations import home, vsaa
from tests.database.apart import Connections
from tests.portal.test_applications import address, begin, filled_crisis, send
from tests.portal.visitors import resident
from tests.registry.situations import PLATFORM

ROUNDS = 3


def another(client: Client) -> Client:
    """The same browser's next request."""
    found = Client()
    found.cookies = client.cookies
    return found


def test_pressed_twice_at_once_one_application_is_sent_and_both_see_it(apart: Connections) -> None:
    office(RIGA)
    vsaa()
    for number in range(ROUNDS):
        person = home(surname="Bērziņa" + "a" * number).mother.pk
        client = resident(person)
        draft = begin(client, person)
        version = filled_crisis(client, draft, person)
        found = apart.at_once(partial(send, client, draft, version), partial(send, another(client), draft, version))
        assert [getattr(one, "headers", {}).get("Location") for one in found] == [
            address("application_sent", draft)
        ] * 2
        with in_scope(PLATFORM):
            assert Case.objects.filter(subject=person).count() == 1
