"""Return codes: each has a meaning in two languages and one action; an unknown one fails closed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balsts.payments.iso20022 import return_code_table
from balsts.payments.iso20022.return_code_table import REASONS, TEXTS_OF_ACTIONS
from balsts.payments.iso20022.return_codes import Action, instruction, reason

# Written here a second time, by hand from the published code sets and what a payment officer does, so that a change of
# the table is noticed.
EXPECTED = {
    Action.ASK_FOR_ACCOUNT: "AC01 AC03 AC04 AC06 AC07 AC15 AC17 AG01 AG03 BE01 BE06 CNOR RC04 RC07",
    Action.ASK_FOR_ADDRESS: "BE04 BE11 BE20 BE21 BE22 RR03",
    Action.ASK_THE_PERSON: "BE05 CNPC MD06 MS02 NOAS SL02",
    Action.STOP_PERSON_DECEASED: "MD07",
    Action.LOOK_FOR_DUPLICATE: "AM05 ARDT DU01 DU02 DU03 DU04 DU05 DUPL RF01",
    Action.FUND_THE_ACCOUNT: "AG07 AM04",
    Action.MEND_THE_FILE: (
        "AC02 AC13 AG02 AM01 AM03 AM10 AM11 AM12 AM16 AM17 AM18 AM19 AM20 BE07 BE08 CH16 CH17 CH20 CH21 CURR DT01 DT02 "
        "DT03 DT04 FF01 FF02 FF03 FF04 FF05 FF06 FF07 FF08 RC01 RC03 RC05 RC06 RR07 RR09 RR10"
    ),
    Action.PAY_IN_NEXT_RUN: "DT05 ED06 TM01",
    Action.RECORD_OUR_RECALL: "CUST FOCR",
    Action.ASK_THE_BANK: (
        "AB05 AB06 AB09 AC05 AC14 AG08 AGNT AM02 AM06 AM07 AM09 AM14 AM21 DNOR DS28 ED05 FF10 MS03 NOOR RR01 RR02 RR04 "
        "RUTA"
    ),
    Action.HOLD_AND_ASK_A_PERSON: "FR01 FRAD NARR NOCM SP01 UPAY",
}


@pytest.mark.parametrize("action", Action)
def test_a_code_leads_to_the_action_that_was_decided_for_it(action: Action) -> None:
    assert sorted(code for code, known in REASONS.items() if known.action is action) == sorted(EXPECTED[action].split())


@pytest.mark.parametrize("code", sorted(REASONS))
def test_every_code_says_what_it_means_in_both_languages(code: str) -> None:
    found = reason(code)
    assert found.code == code
    assert re.fullmatch(r"[A-Z0-9]{4}", code)
    for text in (found.meaning.lv, found.meaning.en):
        assert text[0].isupper()
        assert text.endswith(".")
    assert found.meaning.lv != found.meaning.en


@pytest.mark.parametrize("action", Action)
def test_every_action_is_told_in_both_languages(action: Action) -> None:
    assert set(TEXTS_OF_ACTIONS) == set(Action)
    told = instruction(action)
    assert told.lv
    assert told.en
    assert told.lv != told.en


def test_no_code_stands_twice_in_the_table() -> None:
    text = Path(return_code_table.__file__).read_text(encoding="utf-8")
    written = re.findall(r"\b([A-Z]{2}[A-Z0-9]{2})=\(", text)
    assert len(written) == len(set(written)) == len(REASONS)


@pytest.mark.parametrize("code", ["", "XX99", "ac04", " AC04", "AC04 ", "AC4", "NOTPROVIDED", "AC041"])
def test_an_unknown_code_holds_the_payment_and_asks_a_person(code: str) -> None:
    assert reason(code).action is Action.HOLD_AND_ASK_A_PERSON
    assert reason(code).code == ""


@given(st.text(max_size=6))
def test_whatever_a_bank_writes_has_an_action_and_only_known_codes_have_another(code: str) -> None:
    found = reason(code)
    assert isinstance(found.action, Action)
    assert (found.action is Action.HOLD_AND_ASK_A_PERSON) or code in REASONS


def test_nothing_that_may_have_been_paid_is_paid_again_by_itself() -> None:
    """Only codes that say the bank did not execute the payment lead to paying it again unchanged."""
    assert {code for code, known in REASONS.items() if known.action is Action.PAY_IN_NEXT_RUN} == {
        "DT05",
        "TM01",
        "ED06",
    }
