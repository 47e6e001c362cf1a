"""Our registry's address for other institutions' systems: who may ask, what they see, and that it is as described."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from joserfc.jwk import ECKey, KeySet
from schemathesis.specs.openapi import checks

from balsts.access.acting import in_scope
from balsts.access.clients import open_client, revoke_client, token_for
from balsts.access.models import AccessRecord, Institution, SystemClient
from balsts.exchange.spdci.envelope import (
    RequestEnvelope,
    RequestHeader,
    SearchCriteria,
    SearchItem,
    SearchRequest,
    check_seal,
    now,
    seal,
    sealed,
)
from balsts.exchange.spdci.partners import VARIABLE, search_address
from balsts.law.engine.errors import InputError
from balsts.registry.use_cases import state_code
from tests.access.people import LIEPAJA, LONG_AGO, RIGA, agency, auditor, office
from tests.registry.situations import PLATFORM, declaration, household_of, somebody

pytestmark = pytest.mark.django_db(databases=["default", "log"])
ADDRESS = "/spdci/social/registry/sync/search"
OURS, THEIRS, STRANGER = (ECKey.generate_key("P-256", {"kid": kid}) for kid in ("ours", "theirs", "stranger"))


def written(folder: Path, **more: Any) -> Path:
    """The file that names a partner: the social service office of Rīga."""
    partner = {"sender_id": "riga.example", "key": THEIRS.as_dict(private=False), "client": str(uuid.uuid4()),
               "role": "social_worker", "purpose": "social_assistance"}  # fmt: skip
    path = folder / f"{uuid.uuid4()}.json"
    named = {name: more.pop(name) for name in partner.keys() & more.keys() - {"key"}}
    content = {"sender_id": "sr.example", "key": OURS.as_dict(private=True), "partners": [partner | named]} | more
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def system(institution: Institution, *abilities: str) -> tuple[SystemClient, dict[str, str]]:
    """A system of an institution, and the header in which it shows its token."""
    name = f"{institution.name_lv} {abilities}"
    client, secret = open_client(name=name, institution=institution, abilities=abilities, since=LONG_AGO)
    token = token_for(str(client.pk), secret)
    assert token is not None
    return client, {"Authorization": f"Bearer {token.text}"}


@dataclass(frozen=True)
class PartnerThatAsks:
    """The partner that the file names, with its system's token."""

    client: SystemClient
    headers: dict[str, str]

    def ask(self, code: str, key: ECKey = THEIRS, sender: str = "riga.example", **more: Any) -> Any:
        """The answer to a search; more: of the header, or the headers and kind of content of the call itself."""
        call = {"headers": self.headers, "content_type": "application/json"}
        call |= {name: more.pop(name) for name in call.keys() & more.keys()}
        criteria = SearchCriteria(query_type="idtype-value", query={"type": "UIN", "value": code})
        item = SearchItem(reference_id="r1", timestamp=now(), search_criteria=criteria)
        head = {"message_id": "m1", "message_ts": now(), "action": "search", "sender_id": sender, "total_count": 1}
        message = SearchRequest(transaction_id="t1", search_request=(item,))
        body = sealed(RequestEnvelope(header=RequestHeader(**head | more), message=message), key)
        return Client().post(ADDRESS, body, **call)


@pytest.fixture
def partner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PartnerThatAsks:
    client, headers = system(office(RIGA), "registry_search")
    monkeypatch.setenv(VARIABLE, str(written(tmp_path, client=str(client.pk))))
    return PartnerThatAsks(client, headers)


def refusal(answer: Any) -> tuple[int, str]:
    """The status of a refusal, and its code, which is told as gateways tell it and as an acknowledgement does."""
    told = answer.json()
    assert (told["message"]["ack_status"], told["errors"]) == ("ERR", [told["message"]["error"]])
    return answer.status_code, told["errors"][0]["code"]


def resident_of(municipality: str, code: str) -> uuid.UUID:
    person = somebody(municipality=municipality)
    household_of(person)
    with in_scope(PLATFORM):
        state_code(person, declaration(), code)
    return person.pk


def groups(answer: Any) -> list[dict[str, Any]]:
    assert answer.status_code == 200
    check_seal(answer.content, KeySet([OURS]))
    found: list[dict[str, Any]] = answer.json()["message"]["search_response"][0]["data"]["reg_records"]
    return found


def test_a_partner_finds_whom_its_institution_may_see_and_nobody_else(partner: PartnerThatAsks) -> None:
    here = resident_of(RIGA, "39900000001")
    resident_of(LIEPAJA, "39900000002")
    assert groups(partner.ask("39900000001"))[0]["group_size"] == 1
    assert groups(partner.ask("39900000002")) == []
    with in_scope(auditor(), "log"):
        looked = AccessRecord.objects.using("log").filter(subject=here, staff=None, role="social_worker")
        assert {one.action for one in looked} == {"search_hit", "read"}


def test_who_is_not_known_or_signs_otherwise_is_not_answered(partner: PartnerThatAsks) -> None:
    resident_of(RIGA, "39900000001")
    assert refusal(partner.ask("39900000001", sender="another.example")) == (401, "err.sender_id.invalid")
    assert refusal(partner.ask("39900000001", key=STRANGER)) == (401, "err.signature.invalid")
    deep = Client().post(ADDRESS, b"[" * 100_000, content_type="application/json", headers=partner.headers)
    assert refusal(deep) == (401, "err.sender_id.invalid")


@pytest.mark.parametrize("shown", [{}, {"Authorization": "Bearer made.up.token"}, {"Authorization": "Basic eDp5"}])
def test_a_signature_without_a_token_that_holds_is_not_enough(partner: PartnerThatAsks, shown: dict[str, str]) -> None:
    answer = partner.ask("39900000001", headers=shown)
    assert refusal(answer) == (401, "err.request.unauthorized")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_that_is_for_something_else_or_of_another_system_opens_no_search(partner: PartnerThatAsks) -> None:
    for_statuses = partner.ask("39900000001", headers=system(office(RIGA), "status_verify")[1])
    assert refusal(for_statuses) == (403, "err.request.forbidden")
    another = partner.ask("39900000001", headers=system(agency(), "registry_search")[1])
    assert refusal(another) == (401, "err.sender_id.invalid")


def test_a_partner_whose_system_is_revoked_is_not_answered(partner: PartnerThatAsks) -> None:
    revoke_client(partner.client)
    assert refusal(partner.ask("39900000001")) == (401, "err.request.unauthorized")


def test_a_search_is_sent_as_json(partner: PartnerThatAsks) -> None:
    assert refusal(partner.ask("39900000001", content_type="text/plain")) == (415, "err.request.bad")
    assert groups(partner.ask("39900000001", content_type="application/json; charset=utf-8")) == []


@pytest.mark.parametrize("minutes", [-6, 6])
def test_what_was_overheard_cannot_be_sent_again_later(partner: PartnerThatAsks, minutes: int) -> None:
    answer = partner.ask("39900000001", message_ts=now() + timedelta(minutes=minutes))
    assert answer.status_code == 400
    assert answer.json()["header"]["status_reason_code"] == "rjct.message_ts.invalid"


def test_without_partners_there_is_no_such_address(partner: PartnerThatAsks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE)
    assert partner.ask("39900000001").status_code == 404
    assert Client().get("/spdci/social/openapi.json").status_code == 404


def test_the_key_that_is_stated_is_the_public_one(partner: PartnerThatAsks) -> None:
    stated = Client().get("/spdci/social/.well-known/jwks.json").json()
    assert [one["kid"] for one in stated["keys"]] == ["ours"]
    assert "d" not in stated["keys"][0]


@pytest.mark.parametrize(("more", "said"), [
    ({"role": "register_intake", "purpose": "register_intake"}, "riga.example has no role"),
    ({"purpose": "audit"}, "riga.example has no role"),
    ({"role": "data_protection_officer", "purpose": "audit"}, "riga.example has no role"),
    ({"key": OURS.as_dict(private=False)}, "must be a private key"),
    ({"key": {"kty": "horse"}}, "not a JWK"),
    ({"horse": 1}, "wrong at horse"),
])  # fmt: skip
def test_a_file_that_cannot_be_used_says_where(tmp_path: Path, more: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        search_address({VARIABLE: str(written(tmp_path, **more))})
    with pytest.raises(InputError, match="No such file"):
        search_address({VARIABLE: str(tmp_path / "none.json")})


# ------------------------------------------------------------------------------------------- as it is described


@pytest.fixture
def described(partner: PartnerThatAsks, open_connections: None) -> Any:
    """The portal as a WSGI application, by its own description."""
    return schemathesis.openapi.from_wsgi("/spdci/social/openapi.json", WSGIHandler(), headers={"Host": "localhost"})


AS_DESCRIBED = [checks.status_code_conformance, checks.content_type_conformance, checks.response_schema_conformance]


def signed(body: Any) -> Any:
    """A body as a partner would sign it; what is not an object, or not to be written as JSON, stays as it is."""
    if not isinstance(body, dict) or not isinstance(body.get("header"), dict):
        return body
    plain = {name: value for name, value in body.items() if name != "signature"}
    plain["header"] = plain["header"] | {"sender_id": "riga.example", "message_ts": now().isoformat()}
    if isinstance(body.get("message"), dict) and isinstance(body["message"].get("search_request"), list):
        plain["header"]["total_count"] = len(body["message"]["search_request"])
    try:
        return json.loads(seal(plain, THEIRS))
    except ValueError:
        return body


@pytest.mark.parametrize("kind", ["positive", "negative"])
def test_whatever_is_sent_is_answered_as_described(partner: PartnerThatAsks, described: Any, kind: str) -> None:
    """Schemathesis draws requests that keep to the description and requests that do not; half of them are signed."""
    mode = schemathesis.GenerationMode(kind)
    [operation] = [one.ok() for one in described.get_all_operations()]
    seen: set[int] = set()

    @settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
    @given(case=operation.as_strategy(generation_mode=mode), is_signed=st.booleans())
    def holds(case: Any, is_signed: bool) -> None:
        if is_signed:
            case.body = signed(case.body)
        answer = case.call(headers=partner.headers)
        seen.add(answer.status_code)
        assert answer.status_code in (200, 400, 401), answer.text
        case.validate_response(answer, checks=AS_DESCRIBED)

    holds()
    # Some were refused for their signature, and some came through to be read.
    assert 401 in seen
    assert seen & {200, 400}


def test_other_methods_are_refused_with_the_right_one(partner: PartnerThatAsks) -> None:
    for method in ("get", "put", "delete", "patch"):
        answer = getattr(Client(), method)(ADDRESS)
        assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
