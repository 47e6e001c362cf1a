"""Searches by the SPDCI standard: as client and as server."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc.jwk import ECKey, KeySet

from balsts.access.acting import Acting, in_scope
from balsts.exchange.connections import ClientCredentials
from balsts.exchange.lines import Line, NoAnswer
from balsts.exchange.messages import BadSignature, public_keys
from balsts.exchange.simulation.commands import CLIENT, SECRET
from balsts.exchange.simulation.identities import personal_code
from balsts.exchange.spdci import records
from balsts.exchange.spdci.client import Partner, SearchClient
from balsts.exchange.spdci.envelope import SearchCriteria, check_seal, seal
from balsts.exchange.spdci.queries import RefusedSearch, Wanted, wanted
from balsts.exchange.spdci.social_registry import social_registry
from balsts.population.parquet import write_population
from balsts.registry.use_cases import state_code
from tests.access.people import LIEPAJA, RIGA, social_worker
from tests.exchange.running_state import STEADY, RunningState, question, running_state
from tests.exchange.spdci_messages import (
    BY_CODE,
    JANE,
    KEY,
    OURS,
    answered,
    by_names,
    request,
    sent_by_our_client,
    served,
)
from tests.exchange.stores import MemoryStore
from tests.registry.situations import PLATFORM, declaration, household_of, somebody

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
    _, query = by_names("Anna", "Bērziņa", "1990-05-04T00:00:00Z")
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


@pytest.mark.parametrize("pagination", [{"page_size": 0}, {"page_size": -1}, {"page_size": 1, "page_number": 0}])
def test_a_page_that_cannot_be_is_refused(pagination: dict[str, int]) -> None:
    plain = json.loads(request(BY_CODE))
    del plain["signature"]
    plain["message"]["search_request"][0]["search_criteria"]["pagination"] = pagination
    status, found = answered(served(), seal(plain, KEY))
    assert (status, found["errors"][0]["code"]) == (400, "err.request.bad")
    assert "pagination" in found["errors"][0]["message"]


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
    return Partner(path, f"{path}.simulated", f"/spdci/{path}", *kinds[path], keys)


def search(
    state: RunningState, whom: Partner, code: str, store: MemoryStore | None = None, key: ECKey = KEY
) -> list[dict[str, Any]]:
    async def once() -> list[dict[str, Any]]:
        line = Line(state.connection, STEADY, ClientCredentials(state.connection))
        try:
            client = SearchClient(line, store or MemoryStore(), "balsts.test", key)
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


def test_a_request_names_its_receiver_and_shows_a_token(state: RunningState) -> None:
    assert sent_by_our_client()["header"]["receiver_id"] == "crvs.test"
    headers = {"Content-Type": "application/json"}
    refused = httpx.post(f"{state.address}/spdci/crvs/registry/sync/search", content=request(BY_CODE), headers=headers)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (401, "err.request.unauthorized")


def test_the_simulated_state_takes_the_searches_of_those_alone_whose_keys_it_was_given(
    people: pa.Table, tmp_path: Path, code: str
) -> None:
    population, askers = tmp_path / "people.parquet", tmp_path / "askers.json"
    write_population(people, population)
    askers.write_text(json.dumps(OURS.as_dict(private=False)), encoding="utf-8")
    with running_state(population, "--askers", str(askers)) as found:
        assert len(search(found, partner(found, "crvs"), code)) == 1
        stranger = ECKey.generate_key("P-256", {"kid": "stranger"})
        with pytest.raises(NoAnswer, match="HTTP 401"):
            search(found, partner(found, "crvs"), code, key=stranger)


def test_a_search_of_the_simulated_state_is_sent_as_json(state: RunningState) -> None:
    form = {"grant_type": "client_credentials"}
    token = httpx.post(f"{state.address}/oauth2/token", data=form, auth=(CLIENT, SECRET)).json()["access_token"]
    headers = {"Content-Type": "text/plain", "Authorization": f"Bearer {token}"}
    answer = httpx.post(f"{state.address}/spdci/dr/registry/sync/search", content=request(BY_CODE), headers=headers)
    assert answer.status_code == 415


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
    [group] = our_answer(social_worker(RIGA), *by_names("Anna", "Berzina", "1990-05-04"))
    assert group["group_identifier"][0]["identifier_value"] == str(household.pk)
