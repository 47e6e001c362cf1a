"""Whether a statement or notification of a bank holds together as a whole. Nothing of it is used before that.

A file is refused, with what is wrong, when it is not XML, is of another version, does not follow the official schema,
was cut off, is one page of several, holds more than one account, another account than asked for, another currency or
parts of a cent, when an entry is not the sum of its payments, when the numbers and sums it declares are not what it
holds, or when the opening balance and the booked entries do not make the closing one. Whoever calls sets such a file
aside whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from balsts.payments.iso20022.errors import BankFileError
from balsts.payments.iso20022.hashing import Hashed, Readable
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
                f"Entry {self.entry.number} is not the sum of its {self.places} payments. Set the file aside and ask "
                "the bank."
            )


class Verification:
    """One reading of a file that proves, at its end, whether it holds together.

    The lines can be taken while it reads, by whoever keeps them where they can be thrown away again (a transaction that
    is not committed). A file that is wrong raises at the latest after its last line; only then is there a result.
    """

    def __init__(self, source: Readable, kind: Kind, account: str | None = None) -> None:
        self._hashed = Hashed(source)
        self._kind = kind
        self._account = account
        self._result: VerifiedStatement | None = None

    def lines(self) -> Iterator[Line]:
        """All lines of the file, once.

        Raises:
            BankFileError: the file does not hold together; says what is wrong. Nothing of it may be used.
        """
        reading = Reading(self._hashed, self._kind, by_schema=True)
        everything, booked = {True: _Counted(), False: _Counted()}, {True: _Counted(), False: _Counted()}
        payments, number = _Sum(), 0
        for line in reading.lines():
            number += 1
            entry = line.entry
            payments.take(line)
            if line.place <= 1:
                everything[entry.is_credit].take(entry)
                if entry.status == BOOKED:
                    booked[entry.is_credit].take(entry)
            yield line
        payments.close()
        statement = _statement_of(reading, self._account)
        _compare_totals(statement, everything[True], everything[False])
        if self._kind.has_balances:
            _compare_balances(statement, booked[True].cents - booked[False].cents)
        self._result = VerifiedStatement(
            statement, reading.entries, number, booked[True].cents, booked[False].cents, self._hashed.digest.hexdigest()
        )

    @property
    def result(self) -> VerifiedStatement:
        """The file as it was found right.

        Raises:
            RuntimeError: its lines were not read to the end.
        """
        if self._result is None:
            raise RuntimeError("The lines of the file were not read to the end; nothing is known of it yet.")
        return self._result


def verify(source: Readable, kind: Kind, account: str | None = None) -> VerifiedStatement:
    """Read a file to its end and prove that it holds together.

    Args:
        source: the file, at its beginning.
        kind: `statements.STATEMENT` or `statements.NOTIFICATION`.
        account: the IBAN it must be of; left out, any one.

    Raises:
        BankFileError: it does not; says what is wrong.
    """
    verification = Verification(source, kind, account)
    for _ in verification.lines():
        pass
    return verification.result


def lines(source: Readable, kind: Kind) -> Iterator[Line]:
    """The lines of a file that was verified, one by one; nothing is held.

    Raises:
        BankFileError: it cannot be read, so it is not the file that was verified.
    """
    return Reading(source, kind).lines()


def entries(source: Readable, kind: Kind) -> Iterator[tuple[Entry, tuple[Detail, ...]]]:
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


def _compare_totals(statement: Statement, credit: _Counted, debit: _Counted) -> None:
    """What the file declares, as far as it does, against what was counted."""
    found = (
        ("all entries", statement.all_entries, credit.number + debit.number, credit.cents + debit.cents),
        ("credits", statement.credits, credit.number, credit.cents),
        ("debits", statement.debits, debit.number, debit.cents),
    )
    for what, declared, number, cents in found:
        if _differ(declared, number, cents):
            raise BankFileError(
                f"The file declares another number or sum of {what} than it holds ({number} counted). Set it aside and "
                "ask the bank."
            )
    net = statement.all_entries.net_cents
    if net is not None and net != credit.cents - debit.cents:
        raise BankFileError("The net sum the file declares is not that of its entries. Set it aside and ask the bank.")


def _differ(declared: Totals, number: int, cents: int) -> bool:
    return declared.number not in (None, number) or declared.cents not in (None, cents)


def _compare_balances(statement: Statement, booked_cents: int) -> None:
    opening, closing = statement.opening, statement.closing
    if opening is None or closing is None:
        raise BankFileError(
            "The statement has no opening (OPBD or PRCD) or no closing (CLBD) balance, so it proves nothing. Set it "
            "aside and ask the bank."
        )
    if opening.cents + booked_cents != closing.cents:
        raise BankFileError(
            "The opening balance and the booked entries do not make the closing balance. Set the statement aside and "
            "ask the bank."
        )
