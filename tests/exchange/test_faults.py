"""Each thing that can go wrong with a register, over HTTP: what becomes of the facts, and that nothing else suffers."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from balsts.exchange.breaker import CircuitBreaker
from balsts.exchange.catalogue import REGISTERS
from balsts.exchange.client import FeedEntry, RegisterClient
from balsts.exchange.connections import Connection, Patience
from balsts.exchange.contract import FactStatus
from balsts.exchange.lines import NoAnswer
from balsts.exchange.population_register.contract import CivilRecord
from balsts.exchange.texts import (
    FAILED,
    MALFORMED,
    NOT_FOUND,
    OTHER_PERSON,
    OTHER_QUESTION,
    PAUSED,
    REFUSED,
    TIMED_OUT,
    UNREACHABLE,
    UNSIGNED,
)  # fmt: skip
from tests.exchange.running_state import HASTY, STEADY, RunningState, question
from tests.exchange.stores import MemoryStore


def statuses(answer_facts: list) -> set[FactStatus]:  # type: ignore[type-arg]
    return {fact.status for fact in answer_facts}


# ------------------------------------------------------------------------------------------- all is well


@pytest.mark.parametrize("register_code", REGISTERS)
def test_every_register_answers_and_the_answer_is_kept(state: RunningState, code: str, register_code: str) -> None:
    store = MemoryStore()
    answer = state.ask(register_code, code, store=store)
    assert answer.record is not None
    assert {fact.name for fact in answer.facts()} >= set(REGISTERS[register_code].supplies)
    assert not statuses(answer.facts()) & {FactStatus.STALE, FactStatus.UNAVAILABLE, FactStatus.UNREADABLE}
    [asked], [kept] = store.questions, store.messages
    assert (kept.kind, kept.request_id) == ("answer", asked.query.request_id)
    assert (kept.sha256, kept.message_id) == (answer.source.message_hash, answer.source.message_id)
    assert asked.query.purpose == kept.purpose == "social_assistance"


def test_a_person_whom_the_register_does_not_hold_is_missing_not_poor(state: RunningState) -> None:
    answer = state.ask("tax_authority", "39912345678")
    assert answer.reason is NOT_FOUND
    assert statuses(answer.facts()) == {FactStatus.MISSING}


# ------------------------------------------------------------------------------------------- late, failing, hanging


def test_data_that_lag_behind_the_promise_are_stale(state: RunningState, code: str) -> None:
    state.fault("disability_commission", "lag", hours=25)
    facts = state.ask("disability_commission", code).facts()
    assert statuses(facts) == {FactStatus.STALE}
    assert all(fact.value is not None for fact in facts if fact.name == "disability_group")


def test_data_that_lag_within_the_promise_are_known(state: RunningState, code: str) -> None:
    state.fault("disability_commission", "lag", hours=23)
    assert statuses(state.ask("disability_commission", code).facts()) == {FactStatus.KNOWN}


def test_a_register_that_hangs_makes_its_facts_unavailable(state: RunningState, code: str) -> None:
    state.fault("tax_authority", "hang")
    store = MemoryStore()
    answer = state.ask("tax_authority", code, store=store, patience=HASTY)
    assert answer.reason is TIMED_OUT
    assert statuses(answer.facts()) == {FactStatus.UNAVAILABLE}
    assert [fact.value for fact in answer.facts()] == [None] * 3
    assert [kept.kind for kept in store.messages] == ["no_answer"]


def test_a_register_that_answers_too_late_makes_its_facts_unavailable(state: RunningState, code: str) -> None:
    state.fault("tax_authority", "slow", seconds=5)
    assert state.ask("tax_authority", code, patience=HASTY).reason is TIMED_OUT


def test_a_register_that_is_merely_slow_is_waited_for(state: RunningState, code: str) -> None:
    state.fault("tax_authority", "slow", seconds=0.2)
    assert state.ask("tax_authority", code).record is not None


def test_a_failure_that_passes_is_not_noticed(state: RunningState, code: str) -> None:
    state.fault("tax_authority", "fail", status=503, requests=1)
    store = MemoryStore()
    assert state.ask("tax_authority", code, store=store).record is not None
    assert len(store.questions) == len(store.messages) == 1


def test_a_failure_that_stays_makes_the_facts_unavailable(state: RunningState, code: str) -> None:
    state.fault("tax_authority", "fail", status=500)
    answer = state.ask("tax_authority", code)
    assert (answer.reason, answer.detail) == (FAILED, "HTTP 500")
    assert statuses(answer.facts()) == {FactStatus.UNAVAILABLE}


def test_a_question_that_is_refused_is_not_asked_again(state: RunningState, code: str) -> None:
    state.fault("tax_authority", "fail", status=403, requests=1)
    assert state.ask("tax_authority", code).reason is REFUSED


def test_a_register_that_asks_to_wait_is_given_the_time(state: RunningState, code: str) -> None:
    state.fault("tax_authority", "fail", status=429, retry_after=0, requests=1)
    assert state.ask("tax_authority", code).record is not None


def test_where_nobody_listens_the_facts_are_unavailable(code: str) -> None:
    nowhere = RunningState("http://127.0.0.1:9")
    answer = nowhere.ask("tax_authority", code)
    assert answer.reason is UNREACHABLE
    assert statuses(answer.facts()) == {FactStatus.UNAVAILABLE}


def test_wrong_credentials_make_the_facts_unavailable(state: RunningState, code: str) -> None:
    stranger = Connection(state.address, "somebody", "else", "permit-1")

    async def ask() -> str:
        async with RegisterClient({"*": stranger}, MemoryStore(), STEADY) as client:
            return (await client.ask(question("prisons", code))).detail

    assert asyncio.run(ask()) == "no token: HTTP 401"


def test_a_register_that_keeps_failing_is_left_alone_and_tried_again(state: RunningState, code: str) -> None:
    state.fault("tax_authority", "fail", requests=2)
    patience = Patience(attempts=1, failures=2, pause_seconds=0.5)

    async def reasons(client: RegisterClient) -> list[object]:
        found: list[object] = [(await client.ask(question("tax_authority", code))).reason for _ in range(4)]
        await asyncio.sleep(0.6)
        found.append((await client.ask(question("tax_authority", code))).record is not None)
        return found

    assert state.run(reasons, patience=patience) == [FAILED, FAILED, PAUSED, PAUSED, True]


def test_the_next_client_knows_that_a_register_has_just_failed(state: RunningState, code: str) -> None:
    state.fault("tax_authority", "fail")
    patience = Patience(attempts=1, failures=1, pause_seconds=60)
    circuits: dict[tuple[str, str], CircuitBreaker] = {}

    async def reason() -> object:
        async with RegisterClient({"*": state.connection}, MemoryStore(), patience, circuits) as client:
            return (await client.ask(question("tax_authority", code))).reason

    assert [asyncio.run(reason()), asyncio.run(reason())] == [FAILED, PAUSED]


def test_a_register_that_hangs_delays_no_other(state: RunningState, code: str) -> None:
    """Thirty questions hang, more than a register is asked at once; the other ten registers answer meanwhile."""
    state.fault("tax_authority", "hang")
    others = [one for one in REGISTERS if one != "tax_authority"]

    async def answered_first(client: RegisterClient) -> bool:
        hanging = [asyncio.create_task(client.ask(question("tax_authority", code))) for _ in range(30)]
        await asyncio.sleep(0)
        answers = await client.ask_all(question(one, code) for one in others)
        are_waiting = not any(task.done() for task in hanging)
        for task in hanging:
            task.cancel()
        await asyncio.gather(*hanging, return_exceptions=True)
        return are_waiting and all(answer.record is not None for answer in answers)

    patience = Patience(read_seconds=60, deadline_seconds=60)
    assert state.run(answered_first, patience=patience)


# ------------------------------------------------------------------------------------------- malformed


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ("html", UNSIGNED),
        ("unsigned", UNSIGNED),
        ("bad_signature", UNSIGNED),
        ("unknown_key", UNSIGNED),
        ("not_json", MALFORMED),
        ("missing_field", MALFORMED),
        ("wrong_type", MALFORMED),
        ("other_question", OTHER_QUESTION),
        ("other_person", OTHER_QUESTION),
    ],
)
def test_an_answer_that_was_not_agreed_is_unreadable_and_kept(
    state: RunningState, code: str, how: str, reason: object
) -> None:
    state.fault("social_insurance", "malformed", how=how)
    store = MemoryStore()
    answer = state.ask("social_insurance", code, store=store)
    assert answer.reason is reason
    assert statuses(answer.facts()) == {FactStatus.UNREADABLE}
    assert not any(fact.value is not None for fact in answer.facts())
    [kept] = store.messages
    assert (kept.kind, kept.message_id) == ("unreadable", None)
    assert kept.body
    assert code not in kept.problem


# ------------------------------------------------------------------------------------------- the feed


def feed(state: RunningState, register_code: str, after: int, store: MemoryStore | None = None) -> list[FeedEntry]:
    async def read(client: RegisterClient) -> list[FeedEntry]:
        return [entry async for entry in client.changes(register_code, after)]

    return state.run(read, store)


def end_of(state: RunningState, register_code: str) -> int:
    entries = feed(state, register_code, 0)
    return entries[-1].position if entries else 0


def test_a_late_correction_comes_by_the_feed_and_changes_the_answer(state: RunningState, code: str) -> None:
    begun = end_of(state, "prisons")
    custody = [{"since": "2026-01-10", "until": None}]
    state.event(
        "correct", register_code="prisons", personal_code=code, set={"custody": custody}, wrong_since="2026-01-10"
    )
    [entry] = feed(state, "prisons", begun)
    assert entry.message is not None
    assert (entry.message.kind, entry.message.wrong_since) == ("correction", date(2026, 1, 10))
    assert entry.message.personal_code == code
    facts = state.ask("prisons", code).facts()
    assert [(fact.period.since, fact.value) for fact in facts] == [
        (date(2025, 11, 1), False),
        (date(2026, 1, 10), True),
    ]


def test_a_message_that_comes_twice_is_taken_once(state: RunningState, code: str) -> None:
    begun = end_of(state, "vehicles")
    state.event("change", register_code="vehicles", personal_code=code, set={"vehicles": []})
    state.event("duplicate", register_code="vehicles")
    store = MemoryStore()
    entries = feed(state, "vehicles", begun, store)
    assert [entry.is_new for entry in entries] == [True, False]
    assert len(store.messages) == 1


def test_a_message_altered_under_its_old_number_is_not_taken(state: RunningState, code: str) -> None:
    begun = end_of(state, "tractors")
    state.event("change", register_code="tractors", personal_code=code, set={"tractors": []})
    state.event("duplicate", register_code="tractors", altered=True)
    store = MemoryStore()
    first, second = feed(state, "tractors", begun, store)
    assert first.message is not None
    assert second.message is None
    assert [kept.kind for kept in store.messages] == ["change", "unreadable"]


def test_reading_the_feed_on_brings_only_what_is_new(state: RunningState, code: str) -> None:
    begun = end_of(state, "real_estate")
    for _ in range(3):
        state.event("change", register_code="real_estate", personal_code=code, set={"properties": []})
    everything = feed(state, "real_estate", begun)
    assert [entry.position for entry in everything] == [begun + 1, begun + 2, begun + 3]
    assert feed(state, "real_estate", begun + 2)[0].position == begun + 3
    assert feed(state, "real_estate", begun + 3) == []


def test_a_feed_that_cannot_be_had_says_so(state: RunningState) -> None:
    state.fault("prisons", "fail")
    with pytest.raises(NoAnswer, match="HTTP 503"):
        feed(state, "prisons", 0)


# ------------------------------------------------------------------------------------------- identities


def test_a_changed_personal_code_is_told_and_the_old_one_still_finds_the_person(state: RunningState, code: str) -> None:
    begun = end_of(state, "population_register")
    state.event("change_code", personal_code=code)
    [entry] = feed(state, "population_register", begun)
    assert entry.message is not None
    record = entry.message.record
    assert isinstance(record, CivilRecord)
    assert entry.message.personal_code == code != record.personal_code
    assert record.former_codes == (code,)
    assert state.ask("population_register", code).record == record.model_copy()
    assert state.ask("prisons", record.personal_code).record is not None
    elsewhere = state.ask("prisons", code)
    assert elsewhere.reason is OTHER_PERSON
    assert statuses(elsewhere.facts()) == {FactStatus.UNREADABLE}


def test_merged_persons_are_told_and_the_merged_entry_says_nothing_more(
    state: RunningState, code: str, another_code: str
) -> None:
    begun = end_of(state, "population_register")
    state.event("merge", personal_code=code, into=another_code)
    merged, survivor = (entry.message for entry in feed(state, "population_register", begun))
    assert merged is not None
    assert survivor is not None
    assert merged.record.merged_into == another_code
    assert code in survivor.record.former_codes
    assert statuses(state.ask("population_register", code).facts()) == {FactStatus.MISSING}
    assert state.ask("tax_authority", code).reason is OTHER_PERSON
    assert state.ask("tax_authority", another_code).record is not None


# ------------------------------------------------------------------------------------------- what never leaves


def test_a_fault_never_shows_the_personal_code(
    state: RunningState, code: str, capfd: pytest.CaptureFixture[str]
) -> None:
    state.fault("tax_authority", "fail")
    answer = state.ask("tax_authority", code)
    assert code not in answer.detail + repr(state.connection)
    assert code not in "".join(capfd.readouterr())
