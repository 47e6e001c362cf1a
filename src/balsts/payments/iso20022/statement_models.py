"""What a bank says happened on an account, as typed values: camt.053 (a statement) and camt.054 (a notification).

The names, addresses and accounts of others in a file are not read: what we paid is found by the names we gave it. What
comes by the million is a named tuple, which is made several times as fast as a frozen data class.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

CURRENCY = "EUR"
BOOKED = "BOOK"
"""The status of an entry that moved money; others are pending or for information (ExternalEntryStatus1Code)."""


@dataclass(frozen=True, slots=True)
class Balance:
    """What stood on the account.

    Attributes:
        code: OPBD at the opening, PRCD at the previous closing, CLBD at the closing (ExternalBalanceType1Code).
        cents: below zero where the account was overdrawn.
    """

    code: str
    cents: int
    on: date


@dataclass(frozen=True, slots=True)
class Totals:
    """What a file says of its entries; None where it says nothing.

    Attributes:
        number, cents: of entries, and the sum of their amounts whatever their direction.
        net_cents: credits less debits.
    """

    number: int | None = None
    cents: int | None = None
    net_cents: int | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """The heading of a statement or notification.

    Attributes:
        id: what the bank calls it; it comes again with a copy or duplicate.
        account: the IBAN.
        copy: COPY, CODU or DUPL where the bank says that it sent this before; else blank.
        opening, closing: None in a notification.
        all_entries, credits, debits: totals it declares.
    """

    message_id: str
    id: str
    created_at: datetime | None
    account: str
    copy: str
    opening: Balance | None
    closing: Balance | None
    all_entries: Totals
    credits: Totals
    debits: Totals


class BankTransactionCode(NamedTuple):
    """What kind of movement it is (ISO 20022 Bank Transaction Code), such as PMNT, RCDT, RRTN: a returned transfer."""

    domain: str
    family: str
    sub_family: str
    proprietary: str


class Entry(NamedTuple):
    """One movement on the account, or one for a batch of payments.

    Attributes:
        number: its place in the file, from 1.
        cents: above or equal to zero; `is_credit` says which way.
        is_reversal: it undoes an earlier entry; its direction is its own.
        status: `BOOKED`, or another that moves no money.
        reference, servicer_reference: the bank's names for it; may be blank.
    """

    number: int
    cents: int
    is_credit: bool
    is_reversal: bool
    status: str
    booked_on: date | None
    valued_on: date | None
    reference: str
    servicer_reference: str
    code: BankTransactionCode


class Detail(NamedTuple):
    """One payment within an entry.

    Attributes:
        end_to_end_id, message_id, payment_information_id, instruction_id: as we named it; blank, or NOTPROVIDED, where
            the bank does not say.
        servicer_reference, transaction_id: as banks named it.
        cents: None where the bank gives no amount; a lone detail then has its entry's.
        return_reason: a code (ExternalReturnReason1Code), for a payment that came back; else blank.
        return_reason_own: the same in the bank's own words, where it uses no code.
        return_information: what it adds, blank where nothing.
        original_code: what the movement that came back had been.
        remittance_text: what the payer wrote, which may name people; blank where nothing.
    """

    end_to_end_id: str
    message_id: str
    payment_information_id: str
    instruction_id: str
    servicer_reference: str
    transaction_id: str
    cents: int | None
    is_credit: bool
    code: BankTransactionCode
    return_reason: str
    return_reason_own: str
    return_information: str
    original_code: BankTransactionCode
    remittance_text: str


class Line(NamedTuple):
    """An entry with one of its details; an entry without details is one line with none.

    Attributes:
        place: of the detail in its entry, from 1; 0 where there is none.
        block: of an entry without details, the block of payments whose sum it is (PmtInfId); blank where not said.
    """

    entry: Entry
    place: int
    detail: Detail | None
    block: str = ""


@dataclass(frozen=True, slots=True)
class VerifiedStatement:
    """A file that has been read to its end and holds together.

    Attributes:
        entries, lines: how many were counted.
        booked_credit_cents, booked_debit_cents: sums of booked entries.
        sha256: of the file's bytes, so that what is used later is what was verified.
    """

    statement: Statement
    entries: int
    lines: int
    booked_credit_cents: int
    booked_debit_cents: int
    sha256: str
