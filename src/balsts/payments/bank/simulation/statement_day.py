"""The end of a banking day: transfers are carried out, others come back, each account gets its statement."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import groupby

from balsts.payments.bank.simulation.books import Books, meets, seed_and_scenario
from balsts.payments.bank.simulation.days import later
from balsts.payments.bank.simulation.outgoing import make
from balsts.payments.bank.simulation.payment_files import PaymentFile, Transfer
from balsts.payments.bank.simulation.scenario import Booking, Fault, Scenario
from balsts.payments.bank.simulation.statements import (
    NOTIFICATION,
    STATEMENT,
    Account,
    Entries,
    Returned,
    write_notification,
    write_statement,
)

UNKNOWN_CODE, OWN_WORD = "XX99", "KONTS NEPIEEJAMS"


@dataclass
class _Day:
    """A day that is being closed; each account has entries for its statement and for both notifications."""

    books: Books
    db: sqlite3.Connection
    day: date
    open_until_written: ExitStack
    entries: dict[str, tuple[Entries, Entries, Entries]] = field(default_factory=dict)

    def of(self, iban: str) -> tuple[Entries, Entries, Entries]:
        """Statement, money that came, money that went."""
        if iban not in self.entries:
            first, second, third = (
                self.open_until_written.enter_context(closing(Entries(self.day, self.books.incoming())))
                for _ in range(3)
            )
            self.entries[iban] = (first, second, third)
        return self.entries[iban]


def close_accounts(books: Books, db: sqlite3.Connection, day: date) -> None:
    """Carry out and book all that is due on a day, and write each account's messages."""
    with ExitStack() as stack:
        closed = _Day(books, db, day, stack)
        _carry_out(closed)
        for (iban,) in db.execute("SELECT iban FROM account ORDER BY iban").fetchall():
            _book_returns(closed, iban)
            _write(closed, iban)


# ---------------------------------------------------------------------------------------------- transfers


def _carry_out(closed: _Day) -> None:
    """Carry out the blocks that are due, file by file, each of which is read once."""
    due = closed.db.execute(
        "SELECT file.number, file.message_id, file.scenario, block.place, block.id, block.iban, block.is_batch,"
        " block.transactions - block.rejected AS paid, block.cents - block.rejected_cents AS paid_cents"
        " FROM block JOIN file ON file.number = block.file"
        " WHERE executed_on IS NULL AND execution_on <= ? AND rejected < block.transactions ORDER BY file, place",
        (closed.day.isoformat(),),
    ).fetchall()
    for number, of_file in groupby(due, key=lambda one: one["number"]):
        blocks = {one["place"]: one for one in of_file}
        transfers = PaymentFile(closed.books.file(number)).transfers(by_schema=False)
        for place, of_block in groupby(transfers, key=lambda one: one.block.place):
            if place in blocks:
                _carry_out_block(closed, blocks[place], of_block)
    closed.db.execute(
        "UPDATE block SET executed_on = ? WHERE executed_on IS NULL AND execution_on <= ? AND rejected < transactions",
        (closed.day.isoformat(), closed.day.isoformat()),
    )


def _carry_out_block(closed: _Day, block: sqlite3.Row, transfers: Iterator[Transfer]) -> None:
    seed, _ = seed_and_scenario(closed.db)
    scenario = Scenario.model_validate_json(block["scenario"])
    statement, _, went = closed.of(block["iban"])
    ids = (block["message_id"], block["id"])
    paid = _paid(closed, block, transfers, scenario, seed)
    reference = f"P{block['number']:06}{block['place']:04}"
    booking = scenario.booking
    if booking is Booking.AS_ASKED:
        booking = Booking.BATCH if block["is_batch"] else Booking.SINGLES
    if booking is Booking.SINGLES:
        for at, transfer in enumerate(paid, start=1):
            statement.single(f"{reference}{at:09}", block["message_id"], transfer)
    elif booking is Booking.BATCH:
        statement.block(reference, ids, block["paid"], block["paid_cents"], paid)
    else:
        for _ in paid:
            pass
        statement.block(reference, ids, block["paid"], block["paid_cents"], ())
    went.block(reference, ids, block["paid"], block["paid_cents"], ())


def _paid(
    closed: _Day, block: sqlite3.Row, transfers: Iterator[Transfer], scenario: Scenario, seed: int
) -> Iterator[Transfer]:
    """The transfers of a block that were not rejected; those that will come back are noted."""
    due_on = later(closed.day, scenario.returns_after_days).isoformat()
    for transfer in transfers:
        fate = scenario.fate(seed, transfer.end_to_end_id, transfer.creditor_iban)
        if fate.rejected:
            continue
        if fate.returned:
            closed.db.execute(
                "INSERT INTO returned (message_id, block, iban, end_to_end_id, instruction_id, cents, code, due_on)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (block["message_id"], block["id"], block["iban"], transfer.end_to_end_id, transfer.instruction_id,
                 transfer.cents, fate.returned, due_on),
            )  # fmt: skip
        yield transfer


# ---------------------------------------------------------------------------------------------- what comes back


def _book_returns(closed: _Day, iban: str) -> None:
    """Book the returns that are due on an account, as faults in force have them."""
    statement, came, _ = closed.of(iban)
    due = closed.db.execute(
        "SELECT number, message_id, block, end_to_end_id, instruction_id, cents, code FROM returned"
        " WHERE iban = ? AND booked_on IS NULL AND due_on <= ? ORDER BY number",
        (iban, closed.day.isoformat()),
    ).fetchall()
    returns = [bad for one in due for bad in _as_faults_have_it(closed.db, Returned(*one))]
    if order := meets(closed.db, Fault.UNKNOWN_END_TO_END_ID):
        returns.append(Returned(0, "", "", order.end_to_end_id, "", order.cents, order.code))
    for one in returns:
        statement.returned(one)
        came.returned(one)
    closed.db.execute(
        "UPDATE returned SET booked_on = ? WHERE iban = ? AND booked_on IS NULL AND due_on <= ?",
        (closed.day.isoformat(), iban, closed.day.isoformat()),
    )


def _as_faults_have_it(db: sqlite3.Connection, one: Returned) -> list[Returned]:
    """A return as it is booked; a fault in force happens to the first that comes."""
    if meets(db, Fault.UNKNOWN_REASON):
        return [one._replace(code=UNKNOWN_CODE)]
    if meets(db, Fault.OWN_REASON):
        return [one._replace(code="", own=OWN_WORD)]
    if meets(db, Fault.RETURN_LESS):
        return [one._replace(cents=one.cents - 1)]
    return [one, one] if meets(db, Fault.RETURN_TWICE) else [one]


# ---------------------------------------------------------------------------------------------- messages


def _write(closed: _Day, iban: str) -> None:
    """Write the messages of an account, and move its balance."""
    db, day = closed.db, closed.day
    statement, came, went = closed.of(iban)
    (opening,) = db.execute("SELECT cents FROM account WHERE iban = ?", (iban,)).fetchone()
    (before,) = db.execute("SELECT count(*) FROM day").fetchone()
    account = Account(iban, day, before + 1, opening)
    _, scenario = seed_and_scenario(db)
    due_on = later(day, scenario.statements_after_days + 1)
    too_many = 1 if meets(db, Fault.WRONG_TOTALS) else 0
    cents_off = 1 if meets(db, Fault.WRONG_BALANCE) else 0
    for entries, what in ((went, "D"), (came, "C")):
        if entries.number:
            make(
                closed.books, db, NOTIFICATION, f"camt.054{what}_{day}_{iban}.xml", due_on,
                partial(write_notification, account=account, entries=entries, what=what),
            )  # fmt: skip
    make(
        closed.books, db, STATEMENT, f"camt.053_{day}_{iban}.xml", due_on,
        lambda sink: write_statement(sink, account, statement, too_many=too_many, cents_off=cents_off),
        is_cut=meets(db, Fault.TRUNCATED_STATEMENT) is not None,
        times=2 if meets(db, Fault.STATEMENT_TWICE) else 1,
    )  # fmt: skip
    db.execute("UPDATE account SET cents = ? WHERE iban = ?", (opening + statement.net_cents, iban))
