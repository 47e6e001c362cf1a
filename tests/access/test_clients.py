"""Other institutions' systems: their tokens, and what ends them."""

from __future__ import annotations

import base64
import json
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from balsts.access import clients
from balsts.access.clients import calling_by, open_client, revoke_client, token_for
from balsts.access.errors import AccessDenied
from balsts.access.jobs import list_systems
from balsts.access.models import Appointment, SystemClient
from balsts.law.engine.errors import InputError
from tests.access.people import LONG_AGO, account, agency

pytestmark = pytest.mark.django_db(databases=["default", "log"])


def opened(*abilities: str, since: date = LONG_AGO, until: date | None = None) -> tuple[SystemClient, str]:
    return open_client(name="NVA e-services", institution=agency(), abilities=abilities or ["status_verify"],
                       since=since, until=until)  # fmt: skip


def token_of(client: SystemClient, secret: str, *wanted: str) -> str:
    found = token_for(str(client.pk), secret, wanted)
    assert found is not None
    return found.text


def test_a_token_is_given_for_the_secret_and_opens_what_was_asked_for() -> None:
    client, secret = opened("status_feed", "status_verify")
    calling = calling_by(token_of(client, secret, "status_verify"))
    assert calling is not None
    assert calling.client == client
    assert calling.acting("status_verify").purpose == "status_exchange"
    with pytest.raises(AccessDenied):
        calling.acting("status_feed")


def test_no_token_is_given_for_a_wrong_secret_an_unknown_system_or_an_ability_it_has_not() -> None:
    client, secret = opened()
    assert token_for(str(client.pk), secret + "x") is None
    assert token_for("00000000-0000-0000-0000-000000000000", secret) is None
    assert token_for("not a number", secret) is None
    with pytest.raises(InputError):
        token_for(str(client.pk), secret, ["status_feed"])


def test_a_system_is_opened_for_what_systems_may_and_nothing_else() -> None:
    client, secret = opened("registry_search")
    calling = calling_by(token_of(client, secret))
    assert calling is not None
    assert calling.abilities == {"registry_search"}
    with pytest.raises(InputError, match="expected some of registry_search, status_feed, status_verify"):
        open_client(name="x", institution=agency(), abilities=["decide"], since=LONG_AGO)


def test_the_secret_is_not_kept() -> None:
    client, secret = opened()
    assert secret not in str(SystemClient.objects.filter(pk=client.pk).values().get())


def test_a_token_ends_by_time_and_by_revoking_its_system(monkeypatch: pytest.MonkeyPatch) -> None:
    client, secret = opened()
    token = token_of(client, secret)
    later = timezone.now() + timedelta(seconds=clients.TOKEN_SECONDS + 1)
    with monkeypatch.context() as patched:
        patched.setattr(clients.timezone, "now", lambda: later)
        assert calling_by(token) is None
    assert calling_by(token) is not None
    revoke_client(client)
    assert calling_by(token) is None
    assert token_for(str(client.pk), secret) is None
    with pytest.raises(InputError, match="already"):
        revoke_client(client)


def test_a_system_may_not_call_outside_its_days() -> None:
    client, secret = opened(until=timezone.localdate())
    assert token_for(str(client.pk), secret) is None


def test_a_token_that_somebody_altered_or_signed_otherwise_opens_nothing() -> None:
    client, secret = opened("status_verify")
    head, claims, signature = token_of(client, secret).split(".")
    more = json.loads(base64.urlsafe_b64decode(claims + "==")) | {"scope": "status_feed status_verify"}
    altered = base64.urlsafe_b64encode(json.dumps(more).encode()).decode().rstrip("=")
    unsigned = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    for text in (f"{head}.{altered}.{signature}", f"{unsigned}.{claims}.", "", "a.b.c", "ā"):
        assert calling_by(text) is None


def test_the_database_keeps_a_system_as_it_was_opened() -> None:
    client, _secret = opened()
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        SystemClient.objects.filter(pk=client.pk).update(abilities=["status_feed"])
    with pytest.raises(IntegrityError, match="client_may_do_something"), transaction.atomic():
        SystemClient.objects.create(
            name="x", institution=agency(), abilities=["decide"], secret_sha256="", period=client.period
        )
    revoke_client(client)
    with pytest.raises(IntegrityError, match="stays so"), transaction.atomic():
        SystemClient.objects.filter(pk=client.pk).update(revoked_at=None)


def test_nobody_is_appointed_to_be_a_system() -> None:
    with pytest.raises(IntegrityError, match="nobody_is_appointed_to_be_a_system"), transaction.atomic():
        Appointment.objects.create(staff=account("somebody"), institution=agency(), role="status_verifier",
                                   period=(LONG_AGO, None))  # fmt: skip


def test_calls_are_counted_by_the_minute() -> None:
    client, _secret = opened()
    counted = [clients.calls_this_minute(client) for _ in range(3)]
    assert counted[0] == 1
    assert counted[2] in (1, 2, 3)  # a minute may begin between them


def test_systems_are_listed_without_their_secrets(capsys: pytest.CaptureFixture[str]) -> None:
    client, secret = opened()
    list_systems(None)  # type: ignore[arg-type]
    said = capsys.readouterr().out
    assert str(client.pk) in said
    assert secret not in said
