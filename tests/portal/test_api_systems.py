"""Other institutions' systems: their token, what it opens, and how often they may ask."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from balsts.access import clients
from balsts.access.acting import in_scope
from balsts.access.clients import TOKEN_SECONDS, open_client
from balsts.portal.api import callers as limits
from balsts.registry.use_cases import state_code
from tests.access.people import LONG_AGO, agency
from tests.cases.situations import decided, head, home, worker
from tests.portal.callers import V1, resident, system
from tests.registry.situations import PLATFORM, declaration

pytestmark = pytest.mark.django_db(databases=["default", "log"])
TOKEN = "/api/oauth2/token"
QUESTION = {"personal_code": "32010112345", "status": "needy_household", "on": "2026-02-10"}


def opened(*abilities: str) -> tuple[str, str]:
    client, secret = open_client(name="NVA", institution=agency(), abilities=abilities, since=LONG_AGO)
    return str(client.pk), secret


def asked(form: dict[str, str], **headers: str) -> Any:
    return Client(enforce_csrf_checks=True).post(TOKEN, {"grant_type": "client_credentials"} | form, headers=headers)


def verify(token: str) -> Any:
    return Client().post(f"{V1}/statuses/verify", QUESTION, content_type="application/json",
                         headers={"Authorization": f"Bearer {token}"})  # fmt: skip


def test_a_system_gets_a_token_by_basic_or_by_form_and_asks_with_it() -> None:
    client_id, secret = opened("status_verify")
    basic = base64.b64encode(f"{client_id}:{secret}".encode()).decode()
    for answer in (asked({"client_id": client_id, "client_secret": secret}), asked({}, Authorization=f"Basic {basic}")):
        assert answer.status_code == 200
        content = answer.json()
        assert (content["token_type"], content["expires_in"], content["scope"]) == ("Bearer", TOKEN_SECONDS,
                                                                                    "status_verify")  # fmt: skip
        assert answer.headers["Cache-Control"] == "no-store"
        assert verify(content["access_token"]).json() == {"holds": False}


@pytest.mark.parametrize(("form", "status", "error"), [
    ({"client_secret": "wrong"}, 401, "invalid_client"), ({"client_id": "nobody"}, 401, "invalid_client"),
    ({"grant_type": "password"}, 400, "unsupported_grant_type"), ({"scope": "status_feed"}, 400, "invalid_scope"),
])  # fmt: skip
def test_what_gives_no_token_is_told_as_the_standard_says(form: dict[str, str], status: int, error: str) -> None:
    client_id, secret = opened("status_verify")
    answer = asked({"client_id": client_id, "client_secret": secret} | form)
    assert (answer.status_code, answer.json()) == (status, {"error": error})
    assert ("WWW-Authenticate" in answer.headers) == (status == 401)


def test_a_token_opens_no_page_and_no_case_and_a_session_no_status() -> None:
    caller = system("status_feed", "status_verify")
    assert caller.client.get("/find/", headers=caller.headers).status_code == 302
    caller.get("/cases", 401)
    caller.get("/session", 401)


def test_a_token_is_good_for_its_scope_alone() -> None:
    system("status_verify", name="a").get("/statuses/changes", 403)
    system("status_feed", name="b").post("/statuses/verify", QUESTION, 403)
    assert verify("made.up.token").status_code == 401


def test_a_token_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    caller = system("status_verify")
    later = timezone.now() + timedelta(seconds=TOKEN_SECONDS + 1)
    caller.post("/statuses/verify", QUESTION)
    monkeypatch.setattr(clients.timezone, "now", lambda: later)
    caller.post("/statuses/verify", QUESTION, 401)


def test_a_status_is_verified_and_the_feed_read_by_the_api() -> None:
    found = home()
    with in_scope(PLATFORM):
        state_code(found.mother, declaration(), QUESTION["personal_code"])
    decided(worker(), head(), found.mother)
    connection.check_constraints()  # what waits for the commit happens now
    caller = system("status_feed", "status_verify")
    assert caller.post("/statuses/verify", QUESTION) == {"holds": True}
    assert caller.post("/statuses/verify", QUESTION | {"on": "2026-05-01"}) == {"holds": False}
    caller.post("/statuses/verify", QUESTION | {"status": "made_up"}, 422)
    said = caller.post("/statuses/verify", QUESTION | {"personal_code": "320101-1234"}, 422)
    assert "320101" not in str(said)
    page = caller.get("/statuses/changes", after=0, limit=1)
    assert page["has_more"]
    rest = caller.get("/statuses/changes", after=page["changes"][-1]["position"])
    entries = page["changes"] + rest["changes"]
    assert {one["personal_code"] for one in entries} == {QUESTION["personal_code"], None}
    assert {(one["since"], one["until"], one["is_ended"]) for one in entries} == {("2026-02-01", "2026-05-01", False)}


def test_the_person_reads_which_system_asked_what() -> None:
    found = home()
    with in_scope(PLATFORM):
        state_code(found.mother, declaration(), QUESTION["personal_code"])
    system("status_verify").post("/statuses/verify", QUESTION)
    page = resident(found.mother.pk).client.get("/me/who-looked/", headers={"accept-language": "lv"}).content.decode()
    assert "vai jums ir statuss «" in page
    assert "needy_household" not in page
    assert "Citas iestādes sistēma: NVA e-services" in page


def test_a_system_that_asks_too_often_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.CALLS_A_MINUTE, "status_verify", 0)
    caller = system("status_verify")
    answer = caller.client.post(f"{V1}/statuses/verify", QUESTION, content_type="application/json",
                                headers=caller.headers)  # fmt: skip
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert answer.headers["Content-Type"] == "application/problem+json"
