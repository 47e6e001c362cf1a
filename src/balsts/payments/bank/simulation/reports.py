"""Writes the bank's report on a payment file: pain.002.001.10."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import IO

from balsts.payments.bank.simulation.payment_files import VERSION as ANSWERS
from balsts.payments.bank.simulation.payment_files import Block, PaymentFile, Transfer
from balsts.payments.bank.simulation.xml_writing import Sink, closed, element, euros, opened

REPORT = "pain.002.001.10"
_HOUR = 9


@dataclass
class Tally:
    """A block of payments as the bank counted it.

    Attributes:
        size: bytes laid out for its rejected transfers.
    """

    block: Block
    transactions: int = 0
    cents: int = 0
    rejected: int = 0
    rejected_cents: int = 0
    size: int = 0

    def take(self, transfer: Transfer, code: str, laid_out: IO[bytes]) -> None:
        """Count a transfer; one with a code is rejected, and laid out for the report."""
        self.transactions += 1
        self.cents += transfer.cents
        if code:
            self.rejected += 1
            self.rejected_cents += transfer.cents
            self.size += laid_out.write(_rejected(transfer, code).encode())


def _rejected(transfer: Transfer, code: str) -> str:
    return (
        f"<TxInfAndSts>{element('OrgnlInstrId', transfer.instruction_id)}"
        f"{element('OrgnlEndToEndId', transfer.end_to_end_id)}<TxSts>RJCT</TxSts>{_reason(code)}</TxInfAndSts>\n"
    )


def _reason(code: str) -> str:
    return f"<StsRsnInf><Rsn><Cd>{code}</Cd></Rsn></StsRsnInf>"


def write_report(
    sink: Sink, file: PaymentFile, tallies: list[Tally], laid_out: IO[bytes], whole: str, number: int, day: date
) -> None:
    """Write a report.

    Args:
        sink: where it goes.
        file: the payment file, which was read.
        tallies: its blocks, in order.
        laid_out: the rejected transfers of all blocks, in order.
        whole: the code with which the file is rejected as a whole; blank where it is not.
        number: of the payment file at this bank.
        day: on which it came.
    """
    transactions, rejected = sum(one.transactions for one in tallies), sum(one.rejected for one in tallies)
    sink.put(opened(REPORT, "CstmrPmtStsRpt", f"R{number:09}", day, _HOUR))
    sink.put(
        f"<OrgnlGrpInfAndSts>{element('OrgnlMsgId', file.message_id)}<OrgnlMsgNmId>{ANSWERS}</OrgnlMsgNmId>"
        f"{element('OrgnlCreDtTm', file.created_at)}{_counted(transactions, sum(one.cents for one in tallies))}"
    )
    if whole:
        sink.put(f"<GrpSts>RJCT</GrpSts>{_reason(whole)}</OrgnlGrpInfAndSts>\n")
    else:
        sink.put(f"<GrpSts>{_status(transactions, rejected)}</GrpSts>{_by_status(transactions, rejected)}")
        sink.put("</OrgnlGrpInfAndSts>\n")
        laid_out.seek(0)
        for tally in tallies:
            _write_block(sink, tally, laid_out)
    sink.put(closed("CstmrPmtStsRpt"))


def _write_block(sink: Sink, tally: Tally, laid_out: IO[bytes]) -> None:
    sink.put(
        f"<OrgnlPmtInfAndSts>{element('OrgnlPmtInfId', tally.block.id)}{_counted(tally.transactions, tally.cents)}"
        f"<PmtInfSts>{_status(tally.transactions, tally.rejected)}</PmtInfSts>"
        f"{_by_status(tally.transactions, tally.rejected)}\n"
    )
    sink.copy(laid_out, tally.size)
    sink.put("</OrgnlPmtInfAndSts>\n")


def _counted(transactions: int, cents: int) -> str:
    return f"<OrgnlNbOfTxs>{transactions}</OrgnlNbOfTxs><OrgnlCtrlSum>{euros(cents)}</OrgnlCtrlSum>"


def _status(transactions: int, rejected: int) -> str:
    if not rejected:
        return "ACCP"
    return "RJCT" if rejected == transactions else "PART"


def _by_status(transactions: int, rejected: int) -> str:
    return "".join(
        f"<NbOfTxsPerSts><DtldNbOfTxs>{number}</DtldNbOfTxs><DtldSts>{code}</DtldSts></NbOfTxsPerSts>"
        for code, number in (("ACCP", transactions - rejected), ("RJCT", rejected))
        if number
    )
