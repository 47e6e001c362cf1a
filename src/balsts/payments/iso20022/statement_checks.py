"""Whether a statement or notification of a bank holds together as a whole. Nothing of it is used before that.

A file is refused, with what is wrong, when it is not XML, is of another version, does not follow the official schema,
was cut off, is one page of several, holds more than one account, another account than asked for, another currency or
parts of a cent, when an entry is not the sum of its payments, when the numbers and sums it declares are not what it
holds, or when the opening balance and the booked entries do not make the closing one. Whoever calls sets such a file
aside whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import IO

from balsts.payments.iso20022.errors import BankFileError
from balsts.payments.iso20022.statement_models import (
    BOOKED,
    Detail,
    Entry,
    Line,
    Statement,
    Totals,
    VerifiedStatement,
)
from balsts.payments.iso20022.statements import Kind, Reading


@dataclass
class _Counted:
    """Entries of a kind, as they are counted."""

    number: int = 0
    cents: int = 0

    def take(self, entry: Entry) -> None:
        self.number += 1
        self.cents += entry.cents


@dataclass
class _Sum:
    """The payments of the entry that is being read; None when one of them has no amount."""

    entry: Entry | None = None
    cents: int | None = 0
    places: int = 0

    def take(self, line: Line) -> None:
        if line.entry is not self.entry:
            self.close()
            self.entry, self.cents, self.places = line.entry, 0, 0
        detail = line.detail
        self.places = line.place
        if detail is None or detail.cents is None or self.cents is None:
            self.cents = None
        else:
            self.cents += detail.cents if detail.is_credit == line.entry.is_credit else -detail.cents

    def close(self) -> None:
        if self.entry is not None and self.places and self.cents is not None and self.cents != self.entry.cents:
            raise BankFileError(
                f"Entry {self.entry.number} is not the sum of its {self.places} payments. Set the file aside and ask the "
                "bank."
            )


class _Hashed:
    """A file whose bytes are hashed as they are read."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Some bytes of the file."""
        data = self._source.read(size)
        self.digest.update(data)
        return data


def verify(source: IO[bytes], kind: Kind, account: str | None = None) -> VerifiedStatement:
    """Read a file to its end and prove that it holds together.

    Args:
        source: the file, at its beginning.
        kind: `statements.STATEMENT` or `statements.NOTIFICATION`.
        account: the IBAN it must be of; left out, any one.

    Raises:
        BankFileError: it does not; says what is wrong.
    """
    hashed = _Hashed(source)
    reading = Reading(hashed, kind, by_schema=True)
    everything, booked = {True: _Counted(), False: _Counted()}, {True: _Counted(), False: _Counted()}
    payments, lines = _Sum(), 0
    for line in reading.lines():
        lines += 1
        entry = line.entry
        payments.take(line)
        if line.place <= 1:
            everything[entry.is_credit].take(entry)
            if entry.status == BOOKED:
                booked[entry.is_credit].take(entry)
    payments.close()
    statement = _statement_of(reading, account)
    _compare_totals(statement, everything[True], everything[False])
    if kind.has_balances:
        _compare_balances(statement, booked[True].cents - booked[False].cents)
    return VerifiedStatement(
        statement, reading.entries, lines, booked[True].cents, booked[False].cents, hashed.digest.hexdigest()
    )


def lines(source: IO[bytes], kind: Kind) -> Iterator[Line]:
    """The lines of a file that was verified, one by one; nothing is held.

    Raises:
        BankFileError: it cannot be read, so it is not the file that was verified.
    """
    return Reading(source, kind).lines()


def entries(source: IO[bytes], kind: Kind) -> Iterator[tuple[Entry, tuple[Detail, ...]]]:
    """The entries of a file that was verified, each with all its payments, which are held while it is used."""
    for entry, of_one in groupby(lines(source, kind), key=attrgetter("entry")):
        yield entry, tuple(line.detail for line in of_one if line.detail is not None)


def _statement_of(reading: Reading, account: str | None) -> Statement:
    statement = reading.statement
    if statement is None:
        raise BankFileError("The file holds no account. Set it aside and ask the bank.")
    if not statement.account:
        raise BankFileError("The file does not name its account by an IBAN. Set it aside and ask the bank.")
    if account is not None and statement.account != account:
        raise BankFileError("The file is of another account than expected. Set it aside and see whose it is.")
    return statement


def _compare_totals(statement: Statement, credits: _Counted, debits: _Counted) -> None:
    """What the file declares, as far as it does, against what was counted."""
    found = (
        ("all entries", statement.all_entries, credits.number + debits.number, credits.cents + debits.cents),
        ("credits", statement.credits, credits.number, credits.cents),
        ("debits", statement.debits, debits.number, debits.cents),
    )
    for what, declared, number, cents in found:
        if _differ(declared, number, cents):
            raise BankFileError(
                f"The file declares another number or sum of {what} than it holds ({number} counted). Set it aside and ask "
                "the bank."
            )
    net = statement.all_entries.net_cents
    if net is not None and net != credits.cents - debits.cents:
        raise BankFileError("The net sum the file declares is not that of its entries. Set it aside and ask the bank.")


def _differ(declared: Totals, number: int, cents: int) -> bool:
    return declared.number not in (None, number) or declared.cents not in (None, cents)


def _compare_balances(statement: Statement, booked_cents: int) -> None:
    opening, closing = statement.opening, statement.closing
    if opening is None or closing is None:
        raise BankFileError(
            "The statement has no opening (OPBD or PRCD) or no closing (CLBD) balance, so it proves nothing. Set it aside "
            "and ask the bank."
        )
    if opening.cents + booked_cents != closing.cents:
        raise BankFileError(
            "The opening balance and the booked entries do not make the closing balance. Set the statement aside and ask "
            "the bank."
        )
