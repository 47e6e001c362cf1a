"""A bank closes its days: what it books adds up, what comes back has its name and reason, and faults are found."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balsts.law.engine.errors import InputError
from balsts.payments.bank.simulation.bank import SimulatedBank
from balsts.payments.bank.simulation.days import banking_day, later
from balsts.payments.bank.simulation.statement_day import OWN_WORD, UNKNOWN_CODE
from balsts.payments.iso20022 import identifiers
from balsts.payments.iso20022.errors import BankFileError
from balsts.payments.iso20022.models import Block, CreditTransfer
from balsts.payments.iso20022.return_code_table import Action
from balsts.payments.iso20022.return_codes import reason
from balsts.payments.iso20022.statement_checks import lines, verify
from balsts.payments.iso20022.statement_models import Line, VerifiedStatement
from balsts.payments.iso20022.statements import NOTIFICATION, STATEMENT, Kind
from tests.payments.running_bank import TODAY, bank_at, given_by, handed_in, put
from tests.payments.transfers import AGENCY_IBAN, BLOCK, RUN, TRANSFER, block_of, file_of, iban, transfers, written

PAID_ON = BLOCK.execution_on  # 3 December 2026, a Thursday; the bank's first day is the 1st
OTHER_IBAN = iban(999)


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[SimulatedBank]:
    with bank_at(tmp_path / "bank") as found:
        yield found


def close_until(bank: SimulatedBank, day: date) -> None:
    """Close all days up to one, that one too."""
    while bank.day() <= day:
        bank.close_day()


def given_as(bank: SimulatedBank, kind: Kind, account: str = AGENCY_IBAN) -> list[tuple[VerifiedStatement, list[Line]]]:
    """All statements or notifications of an account, proven, with their lines."""
    found = []
    for version, data in given_by(bank):
        if version == kind.message.version:
            proven = verify(io.BytesIO(data), kind)
            if proven.statement.account == account:
                found.append((proven, list(lines(io.BytesIO(data), kind))))
    return found


def came_back(entries: list[Line]) -> dict[str, tuple[int, str]]:
    """Cents and reason by the name of each transfer that came back."""
    return {
        one.detail.end_to_end_id: (one.entry.cents, one.detail.return_reason or one.detail.return_reason_own)
        for one in entries
        if one.detail is not None and one.entry.is_credit
    }


def statement_of(bank: SimulatedBank, day: date) -> tuple[VerifiedStatement, list[Line]]:
    (found,) = (one for one in given_as(bank, STATEMENT) if one[0].statement.opening.on == day)  # type: ignore[union-attr]
    return found


# ------------------------------------------------------------------------------------------- what is booked


def test_nothing_is_carried_out_before_its_day(bank: SimulatedBank) -> None:
    handed_in(bank, file_of(TRANSFER))
    close_until(bank, later(TODAY, 1))
    assert [found[0].entries for found in given_as(bank, STATEMENT)] == [0, 0]
    bank.close_day()
    proven, (line,) = statement_of(bank, PAID_ON)
    assert (proven.booked_debit_cents, line.entry.booked_on) == (TRANSFER.cents, PAID_ON)


def test_a_batch_is_one_entry_that_lists_its_transfers(bank: SimulatedBank) -> None:
    made = list(transfers(4))
    handed_in(bank, file_of(*made))
    close_until(bank, PAID_ON)
    proven, found = statement_of(bank, PAID_ON)
    assert (proven.entries, proven.lines) == (1, 4)
    assert [(one.detail.end_to_end_id, one.detail.cents) for one in found if one.detail] == [
        (one.end_to_end_id, one.cents) for one in made
    ]
    assert {one.detail.payment_information_id for one in found if one.detail} == {BLOCK.id}


def test_a_block_that_asks_for_singles_is_booked_transfer_by_transfer(bank: SimulatedBank) -> None:
    handed_in(bank, written((replace(BLOCK, batch_booking=False), transfers(4)))[0])
    close_until(bank, PAID_ON)
    assert statement_of(bank, PAID_ON)[0].entries == 4


@pytest.mark.parametrize(
    ("booking", "entries", "lines_of_them"), [("batch", 1, 4), ("sum_alone", 1, 1), ("singles", 4, 4)]
)
def test_a_bank_may_book_otherwise_than_it_is_asked(
    tmp_path: Path, booking: str, entries: int, lines_of_them: int
) -> None:
    with bank_at(tmp_path / "bank", booking=booking) as bank:
        handed_in(bank, file_of(*transfers(4)))
        close_until(bank, PAID_ON)
        proven, _ = statement_of(bank, PAID_ON)
    assert (proven.entries, proven.lines) == (entries, lines_of_them)
    assert proven.booked_debit_cents == sum(one.cents for one in transfers(4))


def test_each_account_has_one_statement_a_day_and_its_own_balance(bank: SimulatedBank) -> None:
    second = replace(TRANSFER, end_to_end_id=identifiers.end_to_end_id(RUN, 2), cents=7)
    other = (replace(BLOCK, id="SECOND", debtor_iban=OTHER_IBAN), [second])
    handed_in(bank, written((BLOCK, [TRANSFER]), other)[0])
    close_until(bank, PAID_ON)
    for account, cents in ((AGENCY_IBAN, TRANSFER.cents), (OTHER_IBAN, 7)):
        found = [proven.statement for proven, _ in given_as(bank, STATEMENT, account)]
        assert [one.opening.on for one in found if one.opening] == [TODAY, later(TODAY, 1), PAID_ON]
        assert len({one.id for one in found}) == 3
        for before, after in pairwise(found):
            assert before.closing is not None
            assert after.opening is not None
            assert before.closing.cents == after.opening.cents
        assert found[0].opening.cents - found[-1].closing.cents == cents  # type: ignore[union-attr]
        ((advice, _),) = given_as(bank, NOTIFICATION, account)
        assert advice.booked_debit_cents == cents


def test_a_day_off_is_carried_out_on_the_next_banking_day(bank: SimulatedBank) -> None:
    saturday = date(2026, 12, 5)
    handed_in(bank, written((replace(BLOCK, execution_on=saturday), [TRANSFER]))[0])
    close_until(bank, date(2026, 12, 7))
    assert statement_of(bank, date(2026, 12, 7))[0].entries == 1


def test_banking_days_are_those_of_the_euro_area() -> None:
    assert later(date(2026, 12, 24), 1) == date(2026, 12, 28)
    assert later(date(2026, 4, 2), 1) == date(2026, 4, 7)
    assert later(date(2026, 11, 17), 1) == date(2026, 11, 18)  # a public holiday in Latvia alone does not count
    assert banking_day(date(2026, 12, 5)) == date(2026, 12, 7)


# ------------------------------------------------------------------------------------------- what comes back


@pytest.mark.parametrize("code", ["AC01", "AC04", "AM05", "BE05", "MD07"])
def test_what_comes_back_has_the_name_it_was_sent_with_and_the_reason(tmp_path: Path, code: str) -> None:
    made = list(transfers(3))
    back = made[1]
    with bank_at(tmp_path / "bank", returned_accounts={back.creditor_iban: code}, returns_after_days=2) as bank:
        handed_in(bank, file_of(*made))
        close_until(bank, later(PAID_ON, 2))
        per_day = [came_back(found) for _, found in given_as(bank, STATEMENT)]
        notified = [came_back(found) for _, found in given_as(bank, NOTIFICATION)]
    assert per_day == [{}, {}, {}, {}, {back.end_to_end_id: (back.cents, code)}]
    assert notified == [{}, per_day[-1]]
    assert reason(code).action is not Action.HOLD_AND_ASK_A_PERSON


def test_what_is_wrong_with_an_account_stays_wrong(tmp_path: Path) -> None:
    first = list(transfers(40))
    again = [replace(one, end_to_end_id=identifiers.end_to_end_id(RUN, 100 + at)) for at, one in enumerate(first)]
    with bank_at(tmp_path / "bank", returns={"AC04": 0.3}) as bank:
        handed_in(bank, written(block_of(first), block_of(again, 2))[0])
        close_until(bank, later(PAID_ON, 1))
        _, found = statement_of(bank, later(PAID_ON, 1))
    names = set(came_back(found))
    assert 0 < len(names) < 80
    assert {at for at, one in enumerate(first) if one.end_to_end_id in names} == {
        at for at, one in enumerate(again) if one.end_to_end_id in names
    }


def test_a_file_keeps_to_the_scenario_it_came_under(tmp_path: Path) -> None:
    with bank_at(tmp_path / "bank", rejects={"AM04": 0.5}) as bank:
        handed_in(bank, file_of(*transfers(20)))
        (account,) = bank.accounts()
    with bank_at(tmp_path / "bank") as bank:
        close_until(bank, PAID_ON)
        proven, _ = statement_of(bank, PAID_ON)
    assert 0 < int(account["rejected"]) < 20
    assert proven.lines == 20 - int(account["rejected"])


Blocks = list[tuple[bool, int, list[int]]]


@settings(max_examples=25, deadline=None)
@given(
    blocks=st.lists(
        st.tuples(st.booleans(), st.integers(0, 3), st.lists(st.integers(1, 9_999), min_size=1, max_size=6)),
        min_size=1, max_size=3,
    ),
    shares=st.tuples(st.sampled_from([0.0, 0.3]), st.sampled_from([0.0, 0.4]), st.sampled_from([0.0, 0.3])),
    delay=st.integers(0, 2),
)  # fmt: skip
def test_every_transfer_is_rejected_or_booked_once_and_returned_at_most_once(
    blocks: Blocks, shares: tuple[float, float, float], delay: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made: dict[str, CreditTransfer] = {}
    data = written(*_blocks(blocks, made))[0]
    rejects, returns = {"AM04": shares[0]}, {"AC04": shares[1], "BE05": shares[2]}
    folder = tmp_path_factory.mktemp("bank")
    with bank_at(folder, returns_after_days=delay, rejects=rejects, returns=returns) as bank:
        handed_in(bank, data)
        close_until(bank, later(PAID_ON, 9))
        found = given_as(bank, STATEMENT)
        (account,) = bank.accounts()
    sent = [one.detail for _, day in found for one in day if one.detail is not None and not one.entry.is_credit]
    back = {name: what for _, day in found for name, what in came_back(day).items()}
    assert len({one.end_to_end_id for one in sent}) == len(sent) == account["carried_out"]
    assert all(one.cents == made[one.end_to_end_id].cents for one in sent)
    assert len(made) == len(sent) + int(account["rejected"])
    assert back.keys() <= {one.end_to_end_id for one in sent}
    assert all(cents == made[name].cents for name, (cents, _) in back.items())
    assert (len(back), sum(cents for cents, _ in back.values())) == (account["returned"], account["returned_cents"])
    opening, closing = found[0][0].statement.opening, found[-1][0].statement.closing
    assert opening is not None
    assert closing is not None
    assert closing.cents == account["balance_cents"]
    assert opening.cents - int(account["carried_out_cents"]) + int(account["returned_cents"]) == closing.cents


def _blocks(blocks: Blocks, made: dict[str, CreditTransfer]) -> Iterator[Block]:
    for place, (is_batch, days, amounts) in enumerate(blocks, start=1):
        these = []
        for cents in amounts:
            line = len(made) + 1
            one = replace(
                TRANSFER, end_to_end_id=identifiers.end_to_end_id(RUN, line), cents=cents, creditor_iban=iban(line)
            )
            made[one.end_to_end_id] = one
            these.append(one)
        information, _ = block_of([], place)
        yield replace(information, batch_booking=is_batch, execution_on=later(PAID_ON, days)), these


# ------------------------------------------------------------------------------------------- faults


@pytest.mark.parametrize(("fault", "found"), [
    ("truncated_statement", "cut off"),
    ("wrong_totals", "declares another number or sum"),
    ("wrong_balance", "do not make the closing balance"),
])  # fmt: skip
def test_a_statement_that_is_wrong_is_found_wrong_and_the_next_is_right(
    bank: SimulatedBank, fault: str, found: str
) -> None:
    handed_in(bank, file_of(*transfers(3)))
    close_until(bank, later(TODAY, 1))
    put(bank, fault)
    close_until(bank, later(PAID_ON, 1))
    statements = [data for kind, data in given_by(bank) if kind == STATEMENT.message.version]
    with pytest.raises(BankFileError, match=found):
        verify(io.BytesIO(statements[2]), STATEMENT)
    assert verify(io.BytesIO(statements[3]), STATEMENT).entries == 0


def test_a_return_of_what_nobody_sent_is_in_a_statement_that_holds_together(bank: SimulatedBank) -> None:
    handed_in(bank, file_of(TRANSFER))
    never_sent = identifiers.end_to_end_id(RUN, 77)
    put(bank, "unknown_end_to_end_id")
    put(bank, "unknown_end_to_end_id", end_to_end_id=never_sent, cents=5, code="MD07")
    close_until(bank, later(TODAY, 1))
    assert came_back(statement_of(bank, TODAY)[1]) == {"NEVER-SENT": (4_200, "AM04")}
    assert came_back(statement_of(bank, later(TODAY, 1))[1]) == {never_sent: (5, "MD07")}


@pytest.mark.parametrize(("fault", "said"), [("unknown_reason", UNKNOWN_CODE), ("own_reason", OWN_WORD)])
def test_a_reason_that_nobody_knows_is_held(tmp_path: Path, fault: str, said: str) -> None:
    made = list(transfers(2))
    with bank_at(tmp_path / "bank", returned_accounts={one.creditor_iban: "AC04" for one in made}) as bank:
        handed_in(bank, file_of(*made))
        put(bank, fault)
        close_until(bank, later(PAID_ON, 1))
        back = came_back(statement_of(bank, later(PAID_ON, 1))[1])
    assert [code for _, code in back.values()] == [said, "AC04"]
    assert reason(said).action is Action.HOLD_AND_ASK_A_PERSON


@pytest.mark.parametrize(("fault", "booked"), [("return_twice", [25_000, 25_000]), ("return_less", [24_999])])
def test_a_bank_can_book_a_return_wrongly_in_a_statement_that_holds_together(
    tmp_path: Path, fault: str, booked: list[int]
) -> None:
    with bank_at(tmp_path / "bank", returned_accounts={TRANSFER.creditor_iban: "AC04"}) as bank:
        handed_in(bank, file_of(TRANSFER))
        put(bank, fault)
        close_until(bank, later(PAID_ON, 1))
        _, found = statement_of(bank, later(PAID_ON, 1))
    assert [(one.entry.cents, one.detail.end_to_end_id) for one in found if one.detail] == [
        (cents, TRANSFER.end_to_end_id) for cents in booked
    ]


def test_the_same_statement_can_come_twice(bank: SimulatedBank) -> None:
    handed_in(bank, file_of(TRANSFER))
    put(bank, "statement_twice")
    bank.close_day()
    _, first, second = bank.messages(0, 10)
    assert {**first, "number": second["number"]} == second
    assert [data for _, data in given_by(bank)][1] == [data for _, data in given_by(bank)][2]


def test_messages_can_come_out_of_order(tmp_path: Path) -> None:
    with bank_at(tmp_path / "bank", reports_after_days=1) as bank:
        handed_in(bank, written((replace(BLOCK, execution_on=TODAY), [TRANSFER]))[0])
        put(bank, "out_of_order")
        bank.close_day()
        kinds = [str(one["kind"]) for one in bank.messages(0, 10)]
    assert kinds == ["camt.053.001.08", "camt.054.001.08", "pain.002.001.10"]


def test_statements_can_come_days_later(tmp_path: Path) -> None:
    with bank_at(tmp_path / "bank", statements_after_days=2) as bank:
        handed_in(bank, file_of(TRANSFER))
        counts = []
        for _ in range(4):
            bank.close_day()
            counts.append(len(given_as(bank, STATEMENT)))
    assert counts == [0, 0, 1, 2]


# ------------------------------------------------------------------------------------------- days


def test_a_day_is_closed_once_and_says_again_what_it_gave(bank: SimulatedBank) -> None:
    handed_in(bank, file_of(TRANSFER))
    first = bank.close_day(TODAY)
    given = given_by(bank)
    assert bank.close_day(TODAY) == first
    assert (first["closed"], first["today"]) == (TODAY.isoformat(), later(TODAY, 1).isoformat())
    assert (first["first_message"], first["last_message"]) == (2, 2)
    assert given_by(bank) == given
    with pytest.raises(InputError, match="neither open nor was it closed"):
        bank.close_day(PAID_ON)


def test_a_bank_goes_on_where_it_stopped(tmp_path: Path) -> None:
    with bank_at(tmp_path / "bank", returned_accounts={TRANSFER.creditor_iban: "AC04"}) as bank:
        handed_in(bank, file_of(TRANSFER))
        close_until(bank, PAID_ON)
    with bank_at(tmp_path / "bank", today=date(2020, 1, 1)) as bank:
        assert bank.day() == later(PAID_ON, 1)
        bank.close_day()
        assert came_back(statement_of(bank, later(PAID_ON, 1))[1]) == {TRANSFER.end_to_end_id: (TRANSFER.cents, "AC04")}
