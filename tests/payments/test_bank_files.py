"""A bank that knows nothing of our writer takes its files, and says what it does with each transfer."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balsts.payments.bank.simulation.bank import SimulatedBank
from balsts.payments.bank.simulation.payment_files import NotTaken, PaymentFile
from balsts.payments.bank.simulation.scenario import is_iban
from balsts.payments.iso20022 import identifiers, status_checks
from balsts.payments.iso20022.errors import BankFileError
from balsts.payments.iso20022.models import CreditTransfer, Initiation
from balsts.payments.iso20022.status_models import TransactionStatus, VerifiedReport
from balsts.payments.iso20022.status_reports import records
from tests.payments import independent
from tests.payments.running_bank import bank_at, given_by, handed_in, put
from tests.payments.transfers import INITIATION, RUN, TRANSFER, block_of, file_of, iban, transfers, written

FILE = file_of(TRANSFER)


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[SimulatedBank]:
    with bank_at(tmp_path / "bank") as found:
        yield found


def reported(data: bytes) -> tuple[VerifiedReport, dict[str, str]]:
    """A report, and the reason by the name of each transfer that it rejects."""
    found = status_checks.verify(io.BytesIO(data))
    return found, {
        one.end_to_end_id: one.status.reasons[0]
        for one in records(io.BytesIO(data))
        if isinstance(one, TransactionStatus) and one.status.code == "RJCT"
    }


def file_named(number: int) -> Initiation:
    return replace(INITIATION, message_id=identifiers.message_id(RUN, number))


# ------------------------------------------------------------------------------------------- what is taken


def test_a_bank_reads_in_a_file_what_the_standard_library_reads(bank: SimulatedBank, tmp_path: Path) -> None:
    data, _ = written(block_of(list(transfers(3))), block_of([replace(TRANSFER, end_to_end_id="X")], 2))
    (tmp_path / "a.xml").write_bytes(data)
    found = list(PaymentFile(tmp_path / "a.xml").transfers(by_schema=True))
    expected = [(block, one) for block in independent.read(data).blocks for one in block.transfers]
    assert len(found) == len(expected) == 4
    for ours, (block, theirs) in zip(found, expected, strict=True):
        assert (ours.end_to_end_id, ours.creditor_name, ours.creditor_iban, ours.text) == (
            theirs.end_to_end_id, theirs.name, theirs.iban, theirs.remittance,
        )  # fmt: skip
        assert ours.cents == theirs.amount * 100
        assert (ours.block.id, ours.block.debtor_iban, ours.block.execution_on.isoformat()) == (
            block.id, block.debtor_iban, block.execution_on,
        )  # fmt: skip


Lines = list[list[tuple[int, str, str]]]
NAMES = st.text("aāč ĶžŪ'&<>-1", max_size=30).map("J{}".format)
LINES = st.lists(
    st.lists(st.tuples(st.integers(1, 99_999_999), NAMES, NAMES), min_size=1, max_size=5), min_size=1, max_size=3
)


@settings(max_examples=25, deadline=None)
@given(lines=LINES, share=st.sampled_from([0.0, 0.3, 1.0]))
def test_whatever_we_write_a_bank_takes_and_answers_readably(
    lines: Lines, share: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    number, blocks = 0, []
    for place, of_block in enumerate(lines, start=1):
        made: list[CreditTransfer] = []
        for cents, name, text in of_block:
            number += 1
            end_to_end_id = identifiers.end_to_end_id(RUN, number)
            made.append(CreditTransfer(end_to_end_id, cents, name, iban(number), text))
        blocks.append(block_of(made, place))
    data, said = written(*blocks)
    with bank_at(tmp_path_factory.mktemp("bank"), rejects={"AM04": share}) as bank:
        receipt = handed_in(bank, data)
        assert (receipt["transactions"], receipt["cents"]) == (said.transactions, said.cents)
        ((_, report),) = given_by(bank)
        found, rejected = reported(report)
        assert found.report.original_message_id == INITIATION.message_id
        assert (found.report.original_transactions, found.report.original_cents) == (said.transactions, said.cents)
        assert found.blocks == len(lines)
        assert set(rejected.values()) <= {"AM04"}
        assert {0.0: 0, 1.0: number}.get(share, len(rejected)) == len(rejected)
        code = "ACCP" if not rejected else "RJCT" if len(rejected) == number else "PART"
        assert found.report.group.code == code


# ------------------------------------------------------------------------------------------- what is not taken


def changed(old: bytes, new: bytes, times: int = -1) -> bytes:
    assert old in FILE
    return FILE.replace(old, new, times)


NOT_TAKEN = {
    "hello": ("not_xml", b"hello"),
    "nothing": ("not_xml", b""),
    "cut off": ("not_xml", FILE[:-40]),
    "cut off in a tag": ("not_xml", FILE[:-5]),
    "a document type": ("not_xml", changed(b"<Document", b'<!DOCTYPE Document [<!ENTITY a "b">]><Document')),
    "another version": ("schema", changed(b"pain.001.001.09", b"pain.001.001.03")),
    "an element too many": ("schema", changed(b"<ChrgBr>", b"<Surprise/><ChrgBr>")),
    "no agent": ("schema", changed(b"<DbtrAgt><FinInstnId><BICFI>TRELLV22XXX</BICFI></FinInstnId></DbtrAgt>", b"")),
    "dollars": ("amount", changed(b'Ccy="EUR"', b'Ccy="USD"')),
    "the number": ("sums", changed(b"<NbOfTxs>1<", b"<NbOfTxs>2<", 1)),
    "the sum": ("sums", changed(b"<CtrlSum>250.00<", b"<CtrlSum>250.01<", 1)),
    "the sum of a block": (
        "sums",
        changed(b"<CtrlSum>250.00</CtrlSum><PmtTpInf>", b"<CtrlSum>250.01</CtrlSum><PmtTpInf>"),
    ),
    "the amount": ("sums", changed(b'"EUR">250.00', b'"EUR">250.01')),
}


@pytest.mark.parametrize(("code", "data"), NOT_TAKEN.values(), ids=list(NOT_TAKEN))
def test_a_file_that_is_not_right_is_not_taken(bank: SimulatedBank, code: str, data: bytes) -> None:
    with pytest.raises(NotTaken) as caught:
        handed_in(bank, data)
    assert caught.value.code == code
    assert bank.receipt("a.xml") is None
    assert given_by(bank) == []
    assert handed_in(bank, FILE)["message_id"] == INITIATION.message_id  # its name is free


def test_a_refusal_repeats_nothing_of_the_file(bank: SimulatedBank) -> None:
    with pytest.raises(NotTaken) as caught:
        handed_in(bank, changed(b"<IBAN>LV92BANK0000000000017</IBAN>", b"<IBAN>Janis Berzins</IBAN>"))
    assert caught.value.code == "schema"
    assert "IBAN" in caught.value.detail
    assert "Berzins" not in caught.value.detail


def test_a_message_is_taken_once_under_whatever_name(bank: SimulatedBank) -> None:
    first = handed_in(bank, FILE, "a.xml")
    assert handed_in(bank, FILE, "a.xml") == first
    for name, data in (("b.xml", FILE), ("c.xml", changed(b"250.00", b"260.00"))):
        with pytest.raises(NotTaken) as caught:
            handed_in(bank, data, name)
        assert caught.value.code == "duplicate_message"
    with pytest.raises(NotTaken) as caught:
        handed_in(bank, file_of(TRANSFER, initiation=file_named(2)), "a.xml")
    assert caught.value.code == "name_taken"
    assert len(given_by(bank)) == 1


# ------------------------------------------------------------------------------------------- reports


def test_a_transfer_to_a_number_that_is_no_account_is_rejected(bank: SimulatedBank) -> None:
    wrong = TRANSFER.creditor_iban[:-1] + "8"
    good = replace(TRANSFER, end_to_end_id="GOOD")
    data = file_of(TRANSFER, good).replace(TRANSFER.creditor_iban.encode(), wrong.encode(), 1)
    handed_in(bank, data)
    ((_, report),) = given_by(bank)
    found, rejected = reported(report)
    assert rejected == {TRANSFER.end_to_end_id: "AC01"}
    assert found.report.group.code == "PART"


def test_an_account_that_is_named_has_its_transfers_rejected(tmp_path: Path) -> None:
    lines = list(transfers(3))
    with bank_at(tmp_path / "bank", rejected_accounts={lines[1].creditor_iban: "AC06"}) as bank:
        handed_in(bank, file_of(*lines))
        ((_, report),) = given_by(bank)
    assert reported(report)[1] == {lines[1].end_to_end_id: "AC06"}


def test_a_file_rejected_as_a_whole_pays_nobody(bank: SimulatedBank) -> None:
    put(bank, "reject_file", code="AM04")
    handed_in(bank, FILE)
    handed_in(bank, file_of(TRANSFER, initiation=file_named(2)), "b.xml")
    first, second = (reported(data)[0].report.group for _, data in given_by(bank))
    assert (first.code, first.reasons) == ("RJCT", ("AM04",))
    assert second.code == "ACCP"
    for _ in range(3):
        bank.close_day()
    (account,) = bank.accounts()
    assert (account["sent"], account["rejected"], account["carried_out"]) == (2, 1, 1)


def test_a_report_that_was_cut_off_is_found_wrong(bank: SimulatedBank) -> None:
    put(bank, "truncated_report")
    handed_in(bank, FILE)
    ((_, report),) = given_by(bank)
    with pytest.raises(BankFileError, match="cut off"):
        status_checks.verify(io.BytesIO(report))


def test_a_report_comes_so_many_banking_days_later(tmp_path: Path) -> None:
    with bank_at(tmp_path / "bank", reports_after_days=2) as bank:
        handed_in(bank, FILE)
        kinds = []
        for _ in range(2):
            kinds.append([kind for kind, _ in given_by(bank)])
            bank.close_day()
        kinds.append([kind for kind, _ in given_by(bank)])
    assert [one.count("pain.002.001.10") for one in kinds] == [0, 0, 1]


def test_the_same_files_and_seed_give_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    data, _ = written(block_of(list(transfers(60))))
    answers = []
    for place, seed in (("a", 1), ("b", 1), ("c", 2)):
        with bank_at(tmp_path / place, seed=seed, rejects={"AM04": 0.2}, returns={"AC04": 0.2, "BE05": 0.2}) as bank:
            handed_in(bank, data)
            for _ in range(5):
                bank.close_day()
            answers.append(given_by(bank))
    assert answers[0] == answers[1]
    assert answers[0] != answers[2]


@pytest.mark.parametrize("text", ["", "LV", "LV80BANK0000435195002", "lv80bank0000435195001", "LV80BANK000043519500Ā"])
def test_a_number_with_wrong_check_digits_is_no_account(text: str) -> None:
    assert not is_iban(text)
    assert is_iban("LV80BANK0000435195001")
