"""Searches by the SPDCI standard: as client and as server, and held against the standard's own schemas."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pyarrow as pa
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from joserfc.jwk import ECKey, KeySet

from balsts.access.acting import Acting, in_scope
from balsts.exchange.connections import ClientCredentials
from balsts.exchange.lines import Line, NoAnswer
from balsts.exchange.messages import BadSignature, public_keys
from balsts.exchange.simulation.identities import personal_code
from balsts.exchange.spdci import records
from balsts.exchange.spdci.client import Partner, SearchClient
from balsts.exchange.spdci.envelope import (
    RequestEnvelope,
    RequestHeader,
    SearchCriteria,
    SearchItem,
    SearchRequest,
    check_seal,
    now,
    sealed,
)
from balsts.exchange.spdci.queries import RefusedSearch, Wanted, wanted
from balsts.exchange.spdci.server import ServedRegistry, answer
from balsts.exchange.spdci.social_registry import social_registry
from balsts.registry.use_cases import state_code
from tests.access.people import LIEPAJA, RIGA, social_worker
from tests.exchange.running_state import STEADY, RunningState, question
from tests.exchange.stores import MemoryStore
from tests.registry.situations import PLATFORM, declaration, household_of, somebody

KEY = ECKey.generate_key("P-256", {"kid": "asker"})
OURS = KeySet([KEY])
JANE = {"@type": "CRVS_Person", "identifier": records.identifier("39900000001")}


def served(find: Callable[[Wanted], list[dict[str, Any]]] = lambda _: [JANE], **more: Any) -> ServedRegistry:
    return ServedRegistry("crvs.test", records.CIVIL, records.CIVIL_RECORD, find, **more)


def request(*queries: tuple[str, Any], total_count: int | None = None, **criteria: Any) -> bytes:
    items = tuple(
        SearchItem(reference_id=f"r{number}", timestamp=now(),
                   search_criteria=SearchCriteria(query_type=kind, query=query, **criteria))  # type: ignore[arg-type]
        for number, (kind, query) in enumerate(queries)
    )  # fmt: skip
    header = RequestHeader(
        message_id="m1", message_ts=now(), action="search", sender_id="asker.test",
        total_count=len(items) if total_count is None else total_count,
    )  # fmt: skip
    envelope = RequestEnvelope(header=header, message=SearchRequest(transaction_id="t1", search_request=items))
    return sealed(envelope, KEY)


BY_CODE = ("idtype-value", {"type": "UIN", "value": "39900000001"})


def answered(registry: ServedRegistry, body: bytes, senders: KeySet | None = OURS) -> tuple[int, dict[str, Any]]:
    status, found = answer(registry, body, KEY, senders)
    return status, json.loads(found)


# ------------------------------------------------------------------------------------------- whom a search is for


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        BY_CODE,
        ("idtype-value", {"type": "NIN", "value": "399000-00001"}),
        ("predicate", [{"expression1": {"attribute_name": "UIN", "operator": "eq", "attribute_value": "39900000001"}}]),
        ("expression", {"type": "x", "value": {"expression": {"query": {"$and": [{"UIN": {"$eq": "39900000001"}}]}}}}),
    ],
)
def test_a_person_is_named_in_three_ways(kind: Any, query: Any) -> None:
    assert wanted(SearchCriteria(query_type=kind, query=query)) == Wanted(personal_code="39900000001")


def test_a_person_is_named_by_names_and_date_of_birth() -> None:
    attributes = {"given_name": "Anna", "surname": "Bērziņa", "birth_date": "1990-05-04T00:00:00Z"}
    query = [{"expression1": {"attribute_name": name, "operator": "eq", "attribute_value": value}}
             for name, value in attributes.items()]  # fmt: skip
    found = wanted(SearchCriteria(query_type="predicate", query=query))
    assert found == Wanted(given_names="Anna", surname="Bērziņa", born=date(1990, 5, 4))


OTHERS = st.sampled_from(["age", "poverty_score", "location", "surname", "given_name", "birth_date", "UIN"])


@given(
    st.lists(
        st.tuples(
            OTHERS, st.sampled_from(["eq", "lt", "gt", "in"]), st.sampled_from(["1", "1990-05-04", "39900000001"])
        ),
        max_size=4,
    )
)
def test_whoever_names_nobody_is_refused(parts: list[tuple[str, str, str]]) -> None:
    query = [{"expression1": {"attribute_name": name, "operator": how, "attribute_value": value}}
             for name, how, value in parts]  # fmt: skip
    said = {name: value for name, _, value in parts}
    is_a_code = set(said) == {"UIN"} and said["UIN"] == "39900000001"
    is_a_name = set(said) == {"surname", "given_name", "birth_date"} and said["birth_date"] == "1990-05-04"
    criteria = SearchCriteria(query_type="predicate", query=query)
    if (is_a_code or is_a_name) and all(how == "eq" for _, how, _ in parts):
        assert wanted(criteria)
    else:
        with pytest.raises(RefusedSearch):
            wanted(criteria)


# ------------------------------------------------------------------------------------------- as server


def test_each_search_of_a_batch_is_answered_by_its_reference() -> None:
    status, found = answered(served(), request(BY_CODE, ("graphql", {"query": "{ everybody }"}), BY_CODE))
    assert status == 200
    assert found["header"]["status"] == "succ"
    items = found["message"]["search_response"]
    assert [(one["reference_id"], one["status"]) for one in items] == [("r0", "succ"), ("r1", "rjct"), ("r2", "succ")]
    assert items[0]["data"]["reg_records"] == [JANE]
    assert items[1]["status_reason_code"] == "rjct.search_criteria.invalid"
    assert "data" not in items[1]


def test_a_page_is_a_part_of_what_was_found() -> None:
    registry = served(lambda _: [{"number": number} for number in range(5)])
    _, found = answered(registry, request(BY_CODE, pagination={"page_size": 2, "page_number": 3}))
    [item] = found["message"]["search_response"]
    assert item["data"]["reg_records"] == [{"number": 4}]
    assert item["pagination"] == {"page_size": 2, "page_number": 3, "total_count": 5}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{}", 400),
        (b'{"header": {}, "message": {}}', 400),
        (b"[]", 400),
    ],
)
def test_a_request_without_its_form_is_refused(body: bytes, status: int) -> None:
    assert answered(served(), body, senders=None)[0] == status
    assert answered(served(), body)[0] == 401


def test_a_wrong_count_is_refused_by_the_standard_s_code() -> None:
    status, found = answered(served(), request(BY_CODE, total_count=7))
    assert (status, found["header"]["status_reason_code"]) == (400, "rjct.total_count.invalid")


@given(st.data())
def test_whatever_is_changed_under_way_breaks_the_seal(data: st.DataObject) -> None:
    plain = json.loads(request(BY_CODE))
    part = data.draw(st.sampled_from(["header", "message"]))
    field = data.draw(st.sampled_from(sorted(plain[part])))
    plain[part][field] = data.draw(st.text(max_size=5) | st.integers())
    if plain != json.loads(request(BY_CODE)):
        with pytest.raises(BadSignature):
            check_seal(json.dumps(plain).encode(), OURS)


def test_who_is_not_known_is_not_answered() -> None:
    strangers = KeySet([ECKey.generate_key("P-256", {"kid": "stranger"})])
    assert answered(served(), request(BY_CODE), senders=strangers)[0] == 401


# ------------------------------------------------------------------------------------------- as client, over HTTP


def partner(state: RunningState, path: str) -> Partner:
    keys = public_keys(httpx.get(f"{state.address}/.well-known/jwks.json").content)
    kinds = {"crvs": (records.CIVIL, records.CIVIL_RECORD), "dr": (records.DISABILITY, records.DISABILITY_RECORD)}
    return Partner(path, f"/spdci/{path}", *kinds[path], keys)


def search(state: RunningState, whom: Partner, code: str, store: MemoryStore | None = None) -> list[dict[str, Any]]:
    async def once() -> list[dict[str, Any]]:
        line = Line(state.connection, STEADY, ClientCredentials(state.connection))
        try:
            client = SearchClient(line, store or MemoryStore(), "balsts.test", KEY)
            return await client.search(whom, question(whom.code, code))
        finally:
            await line.close()

    return asyncio.run(once())


def test_civil_registration_states_who_somebody_is(state: RunningState, people: pa.Table, code: str) -> None:
    store = MemoryStore()
    [found] = search(state, partner(state, "crvs"), code, store)
    assert found["identifier"]["identifier_value"] == code
    assert found["name"]["surname"].startswith("Paraug")
    assert [kept.kind for kept in store.messages] == ["answer"]
    assert search(state, partner(state, "crvs"), "32912345678") == []


def test_the_disability_registry_states_the_level(state: RunningState, people: pa.Table) -> None:
    rows = people.to_pylist()
    disabled = next(row for row in rows if row["disability_group"] == 2 and row["person_id"] < 100)
    healthy = next(row for row in rows if not row["disability_group"] and not row["is_disabled_child"])
    [found] = search(state, partner(state, "dr"), personal_code(disabled["person_id"]))
    assert found["disability_level"] == "Severe"
    assert search(state, partner(state, "dr"), personal_code(healthy["person_id"])) == []


def test_an_answer_by_another_key_is_not_believed(state: RunningState, code: str) -> None:
    store = MemoryStore()
    with pytest.raises(NoAnswer, match="signature"):
        search(state, replace(partner(state, "crvs"), keys=OURS), code, store)
    assert [kept.kind for kept in store.messages] == ["unreadable"]


# ------------------------------------------------------------------------------------------- our own registry


def our_answer(who: Acting, *query: Any) -> list[dict[str, Any]]:
    status, found = answered(social_registry(who, "sr.test"), request(query))
    assert status == 200
    [item] = found["message"]["search_response"]
    records_found: list[dict[str, Any]] = item["data"]["reg_records"]
    return records_found


@pytest.mark.django_db(databases=["default", "log"])
def test_our_registry_shows_a_household_to_who_may_see_it() -> None:
    anna, juris = somebody(municipality=RIGA), somebody("Juris", sex="m", born="1988-01-30", municipality=RIGA)
    household = household_of(anna, juris)
    with in_scope(PLATFORM):
        state_code(anna, declaration(), "39900000001")
    [group] = our_answer(social_worker(RIGA), *BY_CODE)
    assert group["group_identifier"][0]["identifier_value"] == str(household.pk)
    assert group["group_size"] == 2
    shown = {one["demographic_info"]["name"]["given_name"]: one["demographic_info"] for one in group["member_list"]}
    assert shown["Juris"]["sex"] == "male"
    assert shown["Anna"]["birth_date"] == "1990-05-04"
    assert our_answer(social_worker(LIEPAJA), *BY_CODE) == []


@pytest.mark.django_db(databases=["default", "log"])
def test_a_similar_name_is_not_the_name_asked_for() -> None:
    somebody("Anna", "Bērziņa", municipality=RIGA)
    household_of(somebody("Anna", "Bērziņa", born="1991-01-01", municipality=RIGA))
    right = somebody("Anna", "Bērziņa", municipality=RIGA)
    household = household_of(right)
    household_of(somebody("Anna", "Bērziņš", municipality=RIGA), somebody("Hanna", "Bērziņa", municipality=RIGA))
    attributes = {"given_name": "Anna", "surname": "Berzina", "birth_date": "1990-05-04"}
    query = [{"expression1": {"attribute_name": name, "operator": "eq", "attribute_value": value}}
             for name, value in attributes.items()]  # fmt: skip
    [group] = our_answer(social_worker(RIGA), "predicate", query)
    assert group["group_identifier"][0]["identifier_value"] == str(household.pk)


# ------------------------------------------------------------------------------------------- the standard's schemas


SCHEMAS = os.environ.get("BALSTS_SPDCI_SCHEMAS", "")


@pytest.mark.skipif(not SCHEMAS, reason="BALSTS_SPDCI_SCHEMAS names no folder with the standard's OpenAPI files")
@pytest.mark.parametrize("name", ["social", "crvs", "dr"])
def test_requests_and_answers_keep_to_the_standard(name: str) -> None:
    document = yaml.safe_load((Path(SCHEMAS) / f"{name}_api_v1.0.0.yaml").read_text(encoding="utf-8"))
    schemas = {part: document[part] for part in ("components", "paths")}

    def keeps_to(component: str, plain: Any) -> None:
        jsonschema.validate(plain, {"$ref": f"#/components/schemas/{component}", **schemas})

    for queries in ([BY_CODE], [("predicate", [{"expression1": {"attribute_name": "UIN", "operator": "eq",
                                                                "attribute_value": "39900000001"}}])]):  # fmt: skip
        body = request(*queries)
        asked = json.loads(body)
        keeps_to("MsgHeader_V1.0.0", asked["header"])
        keeps_to("SearchRequest", asked["message"])
        for find in (lambda _: [JANE], lambda _: []):
            _, found = answered(served(find, is_one_record=name == "dr"), body)
            keeps_to("MsgCallbackHeader_V1.0.0", found["header"])
            keeps_to("SearchResponse", found["message"])
    _, refused = answered(served(), request(("graphql", {"query": "{}"})))
    keeps_to("SearchResponse", refused["message"])
