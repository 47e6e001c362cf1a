"""Whether a bank's report on a payment file holds together as a whole. Nothing of it is used before that."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from balsts.payments.iso20022.errors import BankFileError
from balsts.payments.iso20022.hashing import Hashed, Readable
from balsts.payments.iso20022.status_models import (
    OUTCOMES,
    Counts,
    Outcome,
    PaymentStatus,
    Report,
    TransactionStatus,
    VerifiedReport,
)
from balsts.payments.iso20022.status_reports import records

_GOOD = (Outcome.ACCEPTED, Outcome.SETTLED)


@dataclass
class _Seen:
    """What has been read of a report. The names of all transfers are held, to see that each comes once."""

    report: Report | None = None
    names: set[str] = field(default_factory=set)
    listed: Counter[str] = field(default_factory=Counter)
    in_block: Counter[str] = field(default_factory=Counter)
    blocks: int = 0
    statuses: int = 0

    def take_report(self, report: Report) -> None:
        if self.report is not None:
            raise BankFileError("The file answers more than one payment file; expected one. Set it aside.")
        self.report = report
        self.statuses += bool(report.group.code)
        _add_up("The file", report.original_transactions, report.counts)

    def take_block(self, block: PaymentStatus) -> None:
        self.blocks += 1
        self.statuses += bool(block.status.code)
        where = f"Payment block {self.blocks}"
        _add_up(where, block.original_transactions, block.counts)
        _agree(where, block.counts, self.in_block, block.status.outcome)
        self.in_block = Counter()

    def take_transaction(self, transaction: TransactionStatus) -> None:
        if transaction.end_to_end_id in self.names:
            raise BankFileError(
                "A transfer is in the report twice; expected once. Set the report aside and ask the bank."
            )
        self.names.add(transaction.end_to_end_id)
        self.listed[transaction.status.code] += 1
        self.in_block[transaction.status.code] += 1
        self.statuses += 1


def verify(source: Readable) -> VerifiedReport:
    """Read a report to its end and prove that it holds together.

    What it counts by status must add up to the transfers of the payment file, and no transfer may be listed more often
    than counted, or twice; a rejection of the whole must not list accepted transfers, nor an acceptance rejected ones.

    Raises:
        BankFileError: it does not; says what is wrong.
    """
    hashed, seen = Hashed(source), _Seen()
    for record in records(hashed):
        if isinstance(record, Report):
            seen.take_report(record)
        elif isinstance(record, PaymentStatus):
            seen.take_block(record)
        else:
            seen.take_transaction(record)
    report = seen.report
    if report is None:
        raise BankFileError("The file holds no report on a payment file. Set it aside and ask the bank.")
    if not seen.statuses:
        raise BankFileError(
            "The report gives no status to the file, a block or a transfer. Set it aside and ask the bank."
        )
    _agree("The file", report.counts, seen.listed, report.group.outcome)
    if report.original_transactions is not None and len(seen.names) > report.original_transactions:
        raise BankFileError(
            "The report lists more transfers than the file it answers has. Set it aside and ask the bank."
        )
    return VerifiedReport(report, seen.blocks, len(seen.names), hashed.digest.hexdigest())


def _add_up(where: str, transactions: int | None, counts: Counts) -> None:
    """Counts of transfers by status, where there are any, are those of all transfers."""
    if transactions is not None and counts and sum(number for _, number in counts) != transactions:
        raise BankFileError(f"{where}: the counts by status do not add up to its transfers. Set the report aside.")


def _agree(where: str, counts: Counts, listed: Counter[str], whole: Outcome | None) -> None:
    """What is listed is counted, every rejection that is counted is listed, and neither contradicts the whole."""
    counted = dict(counts)
    for code, number in listed.items():
        if counts and number > counted.get(code, 0):
            raise BankFileError(f"{where}: more transfers are listed with a status than counted. Set the report aside.")
        outcome = OUTCOMES[code]
        if (whole is Outcome.REJECTED and outcome in _GOOD) or (whole in _GOOD and outcome is Outcome.REJECTED):
            raise BankFileError(
                f"{where}: the status of the whole and that of a transfer contradict each other. Set the report aside "
                "and ask the bank."
            )
    for code, number in counts:
        if OUTCOMES[code] is Outcome.REJECTED and whole is not Outcome.REJECTED and number != listed[code]:
            raise BankFileError(
                f"{where}: {number} transfers are counted as rejected and {listed[code]} are named. Set the report "
                "aside and ask the bank which they are."
            )
