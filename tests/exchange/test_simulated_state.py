"""The simulated state: true to its population, always the same, and strict about who asks."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from balsts.exchange.catalogue import REGISTERS
from balsts.exchange.client import RegisterClient
from balsts.exchange.contract import FactStatus
from balsts.exchange.messages import SnapshotPage
from balsts.exchange.periods import Period, months_back
from balsts.exchange.simulation import identities
from balsts.exchange.simulation.commands import CLIENT, SECRET
from balsts.exchange.simulation.people import People, Person
from balsts.exchange.simulation.records import RECORDS
from balsts.law.latvia.inputs import CATALOGUE
from tests.command import Command
from tests.exchange.running_state import TODAY, RunningState

JANUARY = Period(date(2026, 1, 1), date(2026, 2, 1))
NOT_IN_THE_FILE = {"insurance_record_years", "insurance_record_before_1996_years", "notional_capital_eur",
                   "initial_capital_eur", "pension_granted_on", "gross_wage_eur_month"}  # fmt: skip
"""Facts that the registers know and a synthetic population does not."""


# ------------------------------------------------------------------------------------------- true to the population


def of_the_file(people: People, person: Person, name: str) -> Any:
    """The value of a population file under the name of a fact, as registers would state it."""
    read_by_law = CATALOGUE.by_key[name]
    if name == "parents":
        found = [person.code_in(f"{kind}_{number}_id") for kind in ("adoptive_parent", "parent") for number in (1, 2)]
        codes = tuple(code for code in (found[:2] if any(found[:2]) else found[2:]) if code)
        return codes or None
    if name == "partner":
        return person.code_in("partner_id") if person["is_married"] else None
    if read_by_law.kind == "link":
        return person.code_in(f"{name}_id")
    value = person[read_by_law.column]
    if name == "pension_gross_eur_month" and value is None:
        value = person["pension_cents"]
    if value is not None or read_by_law.kind in ("day", "text"):
        return value
    if read_by_law.kind == "choice":
        return read_by_law.choice_names[0]
    return bool(read_by_law.default) if read_by_law.kind == "flag" else read_by_law.default


def test_registers_state_what_the_population_file_holds(people: pa.Table) -> None:
    population = People(people)
    compared: dict[str, int] = {}
    for person_id in population.ids_after(None, 3000):
        person = Person(population, person_id, TODAY)
        for code, contract in REGISTERS.items():
            for finding in contract.read(RECORDS[code](person, JANUARY), JANUARY):
                is_of_the_last_day = finding.period.until == JANUARY.until
                if finding.status is FactStatus.KNOWN and is_of_the_last_day and finding.name not in NOT_IN_THE_FILE:
                    expected = of_the_file(population, person, finding.name)
                    if finding.name == "is_employed" and code == "employment_agency":
                        continue  # who is unemployed may still have work in the file: a contradiction to be seen
                    assert finding.value == expected, (code, finding.name, person_id)
                    compared[finding.name] = compared.get(finding.name, 0) + 1
    assert set(compared) >= {"born", "wage_net_eur_month", "pension_eur_month", "disability_group", "education"}
    assert sum(compared.values()) > 20 * people.num_rows


def test_the_same_population_and_day_give_the_same_statements(people: pa.Table) -> None:
    one, other = People(people), People(people.slice(0))
    for code, record in RECORDS.items():
        for person_id in range(1, 60):
            assert record(Person(one, person_id, TODAY), JANUARY) == record(Person(other, person_id, TODAY), JANUARY)
            assert REGISTERS[code].record.model_validate_json(
                record(Person(one, person_id, TODAY), JANUARY).model_dump_json()
            )


@given(st.integers(0, identities.PERSONS_AT_MOST - 1))
def test_a_synthetic_code_stands_for_one_person(person_id: int) -> None:
    code = identities.personal_code(person_id)
    assert identities.person_id(code) == person_id
    assert len(code) == 11
    assert code.startswith("399")


@pytest.mark.parametrize("code", ["", "399", "3990000000", "399000000000", "39900000-01", "32900000001", "399٣٣٣٣٣٣٣٣"])
def test_other_codes_stand_for_nobody(code: str) -> None:
    assert identities.person_id(code) is None


def test_a_spouse_states_the_same_marriage(people: pa.Table) -> None:
    population = People(people)
    married = [Person(population, one, TODAY) for one in population.ids_after(None, 3000)]
    couples = [(one, Person(population, one["partner_id"], TODAY)) for one in married if one["is_married"]]
    assert couples
    for one, spouse in couples:
        [here], [there] = (RECORDS["population_register"](who, JANUARY).marriages for who in (one, spouse))  # type: ignore[attr-defined]
        assert (here.spouse_code, there.spouse_code) == (spouse.code, one.code)
        assert here.since == there.since


# ------------------------------------------------------------------------------------------- snapshot


def test_a_snapshot_holds_every_person_once(state: RunningState, people: pa.Table) -> None:
    async def pages(client: RegisterClient, register_code: str) -> list[SnapshotPage[Any]]:
        return [page async for page in client.snapshot(register_code, page_size=800)]

    found = state.run(lambda client: pages(client, "disability_commission"))
    codes = [record.personal_code for page in found for record in page.records]
    assert len(codes) == len(set(codes))
    everybody = state.run(lambda client: pages(client, "population_register"))
    entries = [one for page in everybody for one in page.records]
    assert len(entries) == people.num_rows
    assert set(codes) == {entry.personal_code for entry in entries if entry.merged_into is None}
    assert len(found) == 4


def test_a_snapshot_and_the_feed_from_its_position_miss_nothing(state: RunningState, code: str) -> None:
    async def first_page(client: RegisterClient) -> int:
        async for page in client.snapshot("education_register", page_size=10):
            return page.feed_position
        raise AssertionError("the snapshot is empty")

    position = state.run(first_page)
    state.event("change", register_code="education_register", personal_code=code, set={"enrolments": []})

    async def changed(client: RegisterClient) -> list[str]:
        entries = [entry async for entry in client.changes("education_register", position)]
        return [entry.message.personal_code for entry in entries if entry.message]

    assert state.run(changed) == [code]


# ------------------------------------------------------------------------------------------- who may ask


def token(state: RunningState) -> str:
    response = httpx.post(
        f"{state.address}/oauth2/token", data={"grant_type": "client_credentials"}, auth=(CLIENT, SECRET)
    )
    assert response.headers["cache-control"] == "no-store"
    return str(response.json()["access_token"])


def asked(state: RunningState, headers: dict[str, str], **change: Any) -> httpx.Response:
    query = {"request_id": "1", "personal_code": identities.personal_code(1), "since": "2026-01-01",
             "until": "2026-02-01", "purpose": "social_assistance", "requester": "test"} | change  # fmt: skip
    return httpx.post(f"{state.address}/registers/prisons/query", json=query, headers=headers)


def test_without_a_token_or_a_permit_nothing_is_told(state: RunningState) -> None:
    permit = {"X-DAGR-Permission": "1"}
    assert asked(state, permit).status_code == 401
    assert asked(state, permit | {"Authorization": "Bearer made-up"}).status_code == 401
    assert asked(state, {"Authorization": f"Bearer {token(state)}"}).status_code == 403
    assert asked(state, permit | {"Authorization": f"Bearer {token(state)}"}).status_code == 200


@pytest.mark.parametrize("auth", [("balsts", "wrong"), ("somebody", SECRET), ("", "")])
def test_wrong_credentials_get_no_token(state: RunningState, auth: tuple[str, str]) -> None:
    response = httpx.post(f"{state.address}/oauth2/token", data={"grant_type": "client_credentials"}, auth=auth)
    assert (response.status_code, response.json()) == (401, {"error": "invalid_client"})


def test_a_purpose_outside_the_contract_is_refused(state: RunningState) -> None:
    headers = {"X-DAGR-Permission": "1", "Authorization": f"Bearer {token(state)}"}
    response = asked(state, headers, purpose="audit")
    assert response.status_code == 403
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "change", [{"personal_code": "12"}, {"since": "soon"}, {"until": "2025-01-01"}, {"request_id": ""}]
)
def test_a_question_that_is_not_one_is_refused_without_its_values(state: RunningState, change: dict[str, str]) -> None:
    headers = {"X-DAGR-Permission": "1", "Authorization": f"Bearer {token(state)}"}
    response = asked(state, headers, **change)
    assert response.status_code == 400
    assert next(iter(change)) in response.json()["detail"]
    assert next(iter(change.values())) not in response.json()["detail"].replace(next(iter(change)), "") or change == {
        "request_id": ""
    }


@pytest.mark.parametrize(
    ("path", "order", "said"),
    [
        ("faults", {"fault": "slowly", "register_code": "prisons"}, "no fault"),
        ("faults", {"fault": "hang", "register_code": "prison"}, "no register prison"),
        ("events", {"event": "merge", "personal_code": "39900000000"}, "no event: merge.into"),
        ("events", {"event": "change_code", "personal_code": "12345678901"}, "Nobody in the population"),
        ("events", {"event": "change", "register_code": "prisons", "personal_code": identities.personal_code(1),
                    "set": {"prison": 1}}, "has no field prison"),
        ("events", {"event": "change", "register_code": "prisons", "personal_code": identities.personal_code(1),
                    "set": {"custody": [{"since": "x"}]}}, "custody.0.since"),
    ],
)  # fmt: skip
def test_an_order_that_cannot_be_carried_out_says_why(
    state: RunningState, path: str, order: dict[str, Any], said: str
) -> None:
    response = httpx.post(f"{state.address}/admin/{path}", json=order)
    assert response.status_code in (400, 404)
    assert said in response.json()["detail"]


# ------------------------------------------------------------------------------------------- the command


def test_a_population_that_is_not_there_is_named(command: Command, tmp_path: Path) -> None:
    assert "no such file" in command.refuses("registers", "--population", tmp_path / "nobody.parquet")
    not_parquet = command.file("text", "people.parquet")
    assert "not a Parquet file" in command.refuses("registers", "--population", not_parquet)
    assert "--persons 0" in command.refuses("registers", "--persons", "0")
    assert "--today" in command.refuses("registers", "--persons", "10", "--today", "yesterday")
    assert "ID:SECRET" in command.refuses("registers", "--persons", "10", "--client", "somebody")
    nobody, no_keys = tmp_path / "nobody.json", command.file("{}", "keys.json")
    assert "No such file" in command.refuses("registers", "--persons", "10", "--askers", nobody)
    assert "not a JWKS" in command.refuses("registers", "--persons", "10", "--askers", no_keys)


def test_months_are_counted_over_the_turn_of_the_year() -> None:
    assert months_back(date(2026, 1, 31), 1) == date(2025, 12, 1)
    assert months_back(date(2026, 1, 31), 13) == date(2024, 12, 1)
