"""A bank's report on a payment file: read as a stream, believed only as a whole."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balsts.payments.iso20022.errors import BankFileError
from balsts.payments.iso20022.identifiers import end_to_end_id
from balsts.payments.iso20022.status_checks import verify
from balsts.payments.iso20022.status_models import OUTCOMES, Outcome, PaymentStatus, Report, TransactionStatus
from balsts.payments.iso20022.status_reports import records
from tests.payments.bank import counts, report, transaction

FIRST, SECOND, THIRD = (end_to_end_id(42, line) for line in (1, 2, 3))
IN_PART = report(
    transaction(FIRST), transaction(SECOND, "ACSC", reason=""), group="PART", tail=counts(ACSC=2, RJCT=1)
)  # fmt: skip


def refused(data: bytes) -> str:
    with pytest.raises(BankFileError) as caught:
        verify(io.BytesIO(data))
    return str(caught.value)


def test_a_report_is_read_as_it_stands() -> None:
    whole, first, second, block = records(io.BytesIO(IN_PART))
    assert isinstance(whole, Report)
    assert (whole.message_id, whole.original_message_id) == ("R1", "B000000042F00001")
    assert (whole.original_transactions, whole.original_cents) == (3, 75_000)
    assert (whole.group.code, whole.group.outcome) == ("PART", Outcome.IN_PART)
    assert whole.counts == (("ACSC", 2), ("RJCT", 1))
    assert isinstance(first, TransactionStatus)
    assert (first.end_to_end_id, first.payment_information_id) == (FIRST, "B000000042F00001P01")
    assert (first.status.outcome, first.status.reasons, first.status.information) == (
        Outcome.REJECTED, ("AC04",), ("slēgts",),
    )  # fmt: skip
    assert isinstance(second, TransactionStatus)
    assert second.status.outcome is Outcome.SETTLED
    assert isinstance(block, PaymentStatus)
    assert (block.payment_information_id, block.status.outcome) == ("B000000042F00001P01", None)
    found = verify(io.BytesIO(IN_PART))
    assert (found.report, found.blocks, found.transactions) == (whole, 1, 2)


def test_a_reason_can_be_in_the_banks_own_words() -> None:
    data = report(transaction(FIRST, reason="<Prtry>X9</Prtry>"))
    status = next(one for one in records(io.BytesIO(data)) if isinstance(one, TransactionStatus)).status
    assert (status.reasons, status.own_reasons) == ((), ("X9",))


@pytest.mark.parametrize("group", sorted(OUTCOMES))
def test_a_report_on_the_whole_alone_is_enough(group: str) -> None:
    assert verify(io.BytesIO(report(group=group))).report.group.code == group


def test_a_report_on_a_block_alone_is_enough() -> None:
    assert verify(io.BytesIO(report(group="", block="<PmtInfSts>RJCT</PmtInfSts>"))).blocks == 1


def test_a_file_rejected_as_a_whole_need_not_name_its_transfers() -> None:
    assert verify(io.BytesIO(report(group="RJCT", tail=counts(RJCT=3)))).transactions == 0


def test_each_block_is_counted_for_itself() -> None:
    block = "<OrgnlPmtInfAndSts><OrgnlPmtInfId>{}</OrgnlPmtInfId><OrgnlNbOfTxs>1</OrgnlNbOfTxs>{}{}</OrgnlPmtInfAndSts>"
    blocks = block.format("P1", counts(RJCT=1), transaction(FIRST)) + block.format(
        "P2", counts(RJCT=1), transaction(SECOND)
    )
    data = report().replace(b"</CstmrPmtStsRpt>", blocks.encode() + b"</CstmrPmtStsRpt>")
    assert verify(io.BytesIO(data)).blocks == 2


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (report(group=""), "gives no status"),
        (report(group="WHAT"), "has a status that is not known"),
        (report(transaction(FIRST, "WHAT")), "has a status that is not known"),
        (report(tail=counts(WHAT=3)), "a count is of a status that is not known".capitalize()),
        (report(transaction(FIRST, "")), "A transfer has no status"),
        (report(transaction("")), "not named by its end-to-end id"),
        (report(transaction(FIRST), transaction(FIRST)), "in the report twice"),
        (report(transaction(FIRST), group="ACCP"), "contradict each other"),
        (report(transaction(FIRST, "ACSC"), group="RJCT"), "contradict each other"),
        (report(transaction(FIRST), block="<PmtInfSts>ACSP</PmtInfSts>"), "contradict each other"),
        (report(tail=counts(ACSC=1, RJCT=1)), "do not add up"),
        (
            report(transaction(FIRST), tail=counts(ACSC=1, RJCT=2)),
            "2 transfers are counted as rejected and 1 are named",
        ),
        (report(transaction(FIRST), transaction(SECOND), tail=counts(ACSC=2, RJCT=1)), "more transfers are listed"),
        (report(transaction(FIRST), transaction(SECOND), number=1), "lists more transfers than the file"),
        (report(answers="pain.008.001.08"), "does not answer a payment file"),
        (report(transaction(FIRST, more="<Surprise/>")), "Element Surprise in TxInfAndSts is not known"),
        (report(tail="<Surprise/>"), "Element Surprise in OrgnlGrpInfAndSts is not known"),
        (report(transaction(FIRST, reason="<Cd>AC04</Cd><Sub/>")), "Element Sub in Rsn is not known"),
        (IN_PART.replace(b"pain.002.001.10", b"pain.002.001.03"), "is pain.002.001.03; expected pain.002.001.10"),
        (IN_PART.replace(b"<MsgId>R1</MsgId>", b""), "has no id or no moment"),
        (IN_PART.replace(b"2026-12-01T09:00:00+02:00", b"yesterday"), "has no id or no moment"),
        (IN_PART.replace(b"<OrgnlMsgId>B000000042F00001</OrgnlMsgId>", b""), "does not name the file it answers"),
        (IN_PART.replace(b"<OrgnlNbOfTxs>3", b"<OrgnlNbOfTxs>three"), "is no number"),
        (IN_PART.replace(b">750.00<", b">750,00<"), "no sum in cents"),
        (IN_PART.replace(b"CstmrPmtStsRpt", b"Other"), "holds no report"),
    ],
)
def test_a_report_that_does_not_hold_together_is_refused_as_a_whole(data: bytes, told: str) -> None:
    assert told in refused(data)


@given(st.integers(0, len(IN_PART.rstrip()) - 1))
def test_a_report_that_was_cut_off_anywhere_is_refused(place: int) -> None:
    refused(IN_PART[:place])


def test_two_reports_in_one_file_are_refused() -> None:
    again = IN_PART[IN_PART.index(b"<OrgnlGrpInfAndSts>") : IN_PART.index(b"<OrgnlPmtInfAndSts>")]
    assert "more than one payment file" in refused(
        IN_PART.replace(b"<OrgnlPmtInfAndSts>", again + b"<OrgnlPmtInfAndSts>")
    )


def test_what_a_bank_adds_of_its_own_is_not_taken_for_a_status() -> None:
    hidden = f"<SplmtryData><Envlp>{transaction(SECOND)}</Envlp></SplmtryData>"
    found = [
        one
        for one in records(io.BytesIO(report(transaction(FIRST, more=hidden))))
        if isinstance(one, TransactionStatus)
    ]
    assert [one.end_to_end_id for one in found] == [FIRST]


@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=3))
def test_a_report_that_was_changed_is_refused_or_read(place: int, put: bytes) -> None:
    place %= len(IN_PART)
    try:
        found = verify(io.BytesIO(IN_PART[:place] + put + IN_PART[place + len(put) :]))
    except BankFileError:
        return
    assert found.transactions <= (found.report.original_transactions or found.transactions)
