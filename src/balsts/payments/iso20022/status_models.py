"""What a bank says of a payment file it was sent, as typed values (pain.002).

A transfer that a report does not list has the status of its block, and where the block has none, that of the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Outcome(Enum):
    """What a status means for the money."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    SETTLED = "settled"
    REJECTED = "rejected"
    IN_PART = "in part"


OUTCOMES = {
    "RCVD": Outcome.WAITING, "PDNG": Outcome.WAITING, "PATC": Outcome.WAITING, "ACTC": Outcome.WAITING,
    "RVNC": Outcome.WAITING, "RCVC": Outcome.WAITING, "RVCM": Outcome.WAITING,
    "ACCP": Outcome.ACCEPTED, "ACFC": Outcome.ACCEPTED, "ACFW": Outcome.WAITING, "ACSP": Outcome.ACCEPTED,
    "ACWC": Outcome.ACCEPTED, "ACWP": Outcome.ACCEPTED, "ACPD": Outcome.ACCEPTED,
    "ACSC": Outcome.SETTLED, "ACCC": Outcome.SETTLED,
    "RJCT": Outcome.REJECTED, "CANC": Outcome.REJECTED,
    "PART": Outcome.IN_PART,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Status:
    """A status with the reasons given for it.

    Attributes:
        code: of ExternalPaymentTransactionStatus1Code or ExternalPaymentGroupStatus1Code; blank where the bank gives
            none at this level.
        reasons: codes (ExternalStatusReason1Code), in order; `own_reasons` the bank's own words in their place.
        information: what it adds.
    """

    code: str
    reasons: tuple[str, ...] = ()
    own_reasons: tuple[str, ...] = ()
    information: tuple[str, ...] = ()

    @property
    def outcome(self) -> Outcome | None:
        """What it means; None where the bank gives no status at this level."""
        return OUTCOMES[self.code] if self.code else None


Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a file says of the payment file as a whole.

    Attributes:
        original_message_id: the file it speaks of, as we named it.
        original_transactions, original_cents: as the bank repeats them; None where it does not.
        counts: how many transfers it says have each status; may be empty.
    """

    message_id: str
    created_at: datetime
    original_message_id: str
    original_transactions: int | None
    original_cents: int | None
    group: Status
    counts: Counts


@dataclass(frozen=True, slots=True)
class PaymentStatus:
    """What it says of one block of payments.

    Attributes:
        payment_information_id: as we named it.
        counts: as in a report, of this block.
    """

    payment_information_id: str
    original_transactions: int | None
    status: Status
    counts: Counts


@dataclass(frozen=True, slots=True)
class TransactionStatus:
    """What it says of one transfer."""

    payment_information_id: str
    end_to_end_id: str
    servicer_reference: str
    status: Status


Record = Report | PaymentStatus | TransactionStatus


@dataclass(frozen=True, slots=True)
class VerifiedReport:
    """A report that was read to its end and holds together.

    Attributes:
        blocks, transactions: how many it speaks of.
        sha256: of the file's bytes.
    """

    report: Report
    blocks: int
    transactions: int
    sha256: str
