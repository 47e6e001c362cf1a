"""What holds for the contract of every register."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balsts.access.roles import PURPOSES
from balsts.exchange.catalogue import REGISTERS, register
from balsts.exchange.contract import AnyContract, FactStatus, Finding
from balsts.exchange.facts import Source, facts_of_record, facts_without_answer
from balsts.exchange.periods import Period
from balsts.exchange.tax_authority.contract import CONTRACT as TAX_AUTHORITY
from balsts.exchange.tax_authority.contract import MonthlyWage, TaxRecord
from balsts.exchange.texts import TIMED_OUT
from balsts.law.engine.errors import InputError
from balsts.law.latvia.inputs import CATALOGUE
from tests.exchange.records import records_of, windows

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
FOLDER = Path(__file__).parents[2] / "src" / "balsts" / "exchange"
EVERY_REGISTER = pytest.mark.parametrize("contract", REGISTERS.values(), ids=REGISTERS)
PYTHON_TYPES = {"flag": bool, "money": int, "number": int, "choice": str, "text": str, "day": date}


def source(contract: AnyContract, *, age: timedelta = timedelta(hours=1)) -> Source:
    return Source(contract.code, "m-1", "00" * 32, as_of=NOON - age, answered_at=NOON)


def tiles(window: Period, findings: list[Finding]) -> bool:
    """Whether the findings follow one another without a gap and make up the window."""
    parts = sorted((one.period for one in findings), key=lambda period: period.since)
    ends = [window.since, *(part.until for part in parts)]
    return [part.since for part in parts] == ends[:-1] and ends[-1] == window.until


@EVERY_REGISTER
@settings(max_examples=60)
@given(data=st.data(), window=windows())
def test_a_record_accounts_for_every_supplied_fact_on_every_day_asked(
    contract: AnyContract, data: st.DataObject, window: Period
) -> None:
    findings = list(contract.read(data.draw(records_of(contract)), window))
    for name in contract.supplies:
        assert tiles(window, [one for one in findings if one.name == name]), name
    for one in findings:
        assert one.period.within(window) == one.period


@EVERY_REGISTER
@settings(max_examples=60)
@given(data=st.data(), window=windows())
def test_a_known_value_has_the_type_that_the_law_reads(
    contract: AnyContract, data: st.DataObject, window: Period
) -> None:
    for one in contract.read(data.draw(records_of(contract)), window):
        read_by_law = CATALOGUE.by_key[one.name]
        if one.status is FactStatus.KNOWN and one.value is not None:
            if read_by_law.kind == "link":
                assert isinstance(one.value, tuple if read_by_law.several > 1 else str)
            else:
                assert type(one.value) is PYTHON_TYPES[read_by_law.kind]
            if read_by_law.kind == "choice":
                assert one.value in read_by_law.choice_names
        if one.status not in (FactStatus.KNOWN, FactStatus.PARTIAL):
            assert one.value is None
            assert one.reason is not None


@settings(max_examples=100)
@given(data=st.data(), window=windows())
def test_money_is_known_only_for_months_that_are_reported(data: st.DataObject, window: Period) -> None:
    for code in ("tax_authority", "social_insurance"):
        record = data.draw(records_of(REGISTERS[code]))
        for one in REGISTERS[code].read(record, window):
            if CATALOGUE.by_key[one.name].kind == "money" and one.name.endswith("_month") and one.value is not None:
                assert f"{one.period.since:%Y-%m}" <= record.complete_to


def test_a_month_without_a_report_is_missing_and_a_reported_month_without_a_wage_is_zero() -> None:
    record = TaxRecord(personal_code="39900000001", complete_to="2026-02", wages=(_wage("2026-01", 100_000),))
    found = {
        one.period.since: (one.value, one.status)
        for one in TAX_AUTHORITY.read(record, Period(date(2026, 1, 1), date(2026, 4, 1)))
        if one.name == "wage_net_eur_month"
    }
    assert found == {
        date(2026, 1, 1): (69_500, FactStatus.KNOWN),
        date(2026, 2, 1): (0, FactStatus.KNOWN),
        date(2026, 3, 1): (None, FactStatus.MISSING),
    }


def _wage(month: str, gross: int) -> MonthlyWage:
    return MonthlyWage(
        month=month,
        employer="40000000000",
        gross_cents=gross,
        employee_contributions_cents=gross * 105 // 1000,
        income_tax_cents=gross * 20 // 100,
    )


@EVERY_REGISTER
def test_without_an_answer_every_supplied_fact_says_so(contract: AnyContract) -> None:
    window = Period(date(2026, 1, 1), None)
    facts = facts_without_answer(
        contract, "39900000001", window, Source(contract.code), FactStatus.UNAVAILABLE, TIMED_OUT
    )
    assert [fact.name for fact in facts] == list(contract.supplies)
    assert not any(fact.may_carry_an_automatic_decision or fact.value is not None for fact in facts)


@EVERY_REGISTER
@settings(max_examples=20)
@given(data=st.data(), window=windows())
def test_data_older_than_promised_carry_no_automatic_decision(
    contract: AnyContract, data: st.DataObject, window: Period
) -> None:
    record = data.draw(records_of(contract))
    promised = contract.freshness.promised
    fresh = facts_of_record(contract, record, "39900000001", window, source(contract, age=promised))
    stale = facts_of_record(
        contract, record, "39900000001", window, source(contract, age=promised + timedelta(seconds=1))
    )
    assert not any(fact.may_carry_an_automatic_decision for fact in stale)
    assert [fact.status is FactStatus.KNOWN for fact in fresh] == [fact.status is FactStatus.STALE for fact in stale]
    assert [fact.value for fact in fresh] == [fact.value for fact in stale]


# ------------------------------------------------------------------------------------------- what a contract says


@EVERY_REGISTER
def test_a_contract_says_why_we_may_ask_and_what_it_supplies(contract: AnyContract) -> None:
    assert contract.legal_bases
    assert set(contract.purposes) <= set(PURPOSES)
    assert set(contract.supplies) <= set(CATALOGUE.by_key)
    for text in (contract.name, contract.holder, *contract.open_questions, *(one.says for one in contract.legal_bases)):
        assert text.lv
        assert text.en
        assert text.lv != text.en
    for basis in contract.legal_bases:
        assert basis.rests_on


@EVERY_REGISTER
def test_the_readme_of_a_register_agrees_with_its_contract(contract: AnyContract) -> None:
    text = " ".join((FOLDER / contract.code / "README.md").read_text(encoding="utf-8").split())
    for said in (*contract.purposes, *contract.supplies):
        assert f"`{said}`" in text
    for basis in contract.legal_bases:
        assert f"{basis.act}, {basis.article} ({basis.certainty})" in text
    hours = contract.freshness.promised / timedelta(hours=1)
    assert f"**Freshness promised**: {hours:.0f} hours ({contract.freshness.certainty})" in text


def test_an_unknown_register_is_named_with_the_nearest_known_one() -> None:
    with pytest.raises(InputError, match="Nearest known name: vehicles"):
        register("vehicle")
