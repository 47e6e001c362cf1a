"""`balsts exchange`: contracts in both languages; feeds and snapshots taken in."""

from __future__ import annotations

from datetime import date

import pytest

from balsts.access.acting import in_scope
from balsts.exchange.catalogue import REGISTERS
from balsts.exchange.models import FeedPosition
from balsts.exchange.use_cases import read_feed, read_snapshot
from balsts.registry.fact_types import BY_KEY
from balsts.registry.models import Fact, Identifier
from balsts.registry.selectors import known
from tests.command import Command
from tests.exchange.running_state import STEADY, RunningState
from tests.exchange.test_intake import facts, household_with
from tests.registry.situations import PLATFORM


@pytest.mark.parametrize("language", ["lv", "en"])
def test_contracts_are_shown_in_both_languages(command: Command, language: str) -> None:
    done = command("exchange", "contracts", "--lang", language)
    assert done.code == 0
    for contract in REGISTERS.values():
        assert f"{contract.code}: {contract.name.in_language(language)}" in done.out
        for question in contract.open_questions:
            assert question.in_language(language) in done.out


def test_an_unknown_register_is_refused(command: Command) -> None:
    assert "Nearest known name: prisons" in command.refuses("exchange", "contracts", "prison")


# ------------------------------------------------------------------------------------------- the snapshot


@pytest.mark.django_db(databases=["default", "log"])
def test_a_snapshot_states_facts_of_whom_we_know_and_enters_nobody(
    state: RunningState, code: str, another_code: str
) -> None:
    household_with(code, another_code)
    reading = read_snapshot("disability_commission", {"*": state.connection}, STEADY)
    assert (reading.taken, reading.problem) == (2, "")
    assert reading.set_aside > 2000
    with in_scope(PLATFORM):
        assert Identifier.objects.filter(scheme="personal_code").count() == 2
        assert known(Fact).filter(type=BY_KEY["disability_group"].number).count() >= 2
        before = set(Fact.objects.values_list("pk", "recorded"))
    read_snapshot("disability_commission", {"*": state.connection}, STEADY)
    with in_scope(PLATFORM):
        assert set(Fact.objects.values_list("pk", "recorded")) == before


@pytest.mark.django_db(databases=["default", "log"])
def test_after_a_snapshot_the_feed_is_read_on_and_older_messages_bring_nothing_back(
    state: RunningState, code: str
) -> None:
    household_with(code)
    tell = {"register_code": "prisons", "personal_code": code}
    state.event("change", **tell, set={"custody": [{"since": "2026-01-10"}]})
    state.event("contradict", **tell, set={"custody": []})
    read_snapshot("prisons", {"*": state.connection}, STEADY)
    assert {value for _, _, value, _ in facts("is_imprisoned", code, "prisons")} == {"false"}
    state.event("duplicate", register_code="prisons")
    assert read_feed("prisons", {"*": state.connection}, STEADY).taken == 0
    assert {value for _, _, value, _ in facts("is_imprisoned", code, "prisons")} == {"false"}
    state.event("change", **tell, set={"custody": [{"since": "2026-02-01"}]})
    assert read_feed("prisons", {"*": state.connection}, STEADY).taken == 1
    assert facts("is_imprisoned", code, "prisons")[-1][:3] == (date(2026, 2, 1), None, "true")


@pytest.mark.django_db(databases=["default", "log"])
def test_a_snapshot_that_breaks_off_moves_no_feed(state: RunningState) -> None:
    with in_scope(PLATFORM):
        FeedPosition.objects.create(pk="vehicles", position=0)
    state.fault("vehicles", "fail", status=403)
    assert read_snapshot("vehicles", {"*": state.connection}, STEADY).problem == "HTTP 403"
    with in_scope(PLATFORM):
        assert FeedPosition.objects.get(pk="vehicles").position == 0
