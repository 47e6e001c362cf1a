"""A simulated bank: takes payment files, closes banking days, holds its messages ready.

Time is its own: a day is open until it is closed. The same files on the same days, with the same seed and scenario,
give the same messages to the byte. Nothing is answered before it is kept (`books.py`), so the process may end at any
moment.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

from balsts.law.engine.errors import InputError
from balsts.payments.bank.simulation.books import Books, meets, put_in_force, put_in_place, seed_and_scenario, today
from balsts.payments.bank.simulation.days import later
from balsts.payments.bank.simulation.outgoing import give, make
from balsts.payments.bank.simulation.payment_files import NotTaken, PaymentFile
from balsts.payments.bank.simulation.reports import REPORT, Tally, write_report
from balsts.payments.bank.simulation.scenario import Fault, Order, Point, Scenario
from balsts.payments.bank.simulation.statement_day import close_accounts


@dataclass(frozen=True)
class Incoming:
    """A file that came whole, and is not yet taken."""

    name: str
    path: Path
    sha256: str
    size: int


Row = dict[str, str | int]

_ACCOUNTS = """
SELECT account.iban, account.cents AS balance_cents, coalesce(sum(transactions), 0) AS sent,
    coalesce(sum(block.cents), 0) AS sent_cents, coalesce(sum(rejected), 0) AS rejected,
    coalesce(sum(rejected_cents), 0) AS rejected_cents,
    coalesce(sum(transactions - rejected) FILTER (WHERE executed_on IS NOT NULL), 0) AS carried_out,
    coalesce(sum(block.cents - rejected_cents) FILTER (WHERE executed_on IS NOT NULL), 0) AS carried_out_cents,
    (SELECT count(*) FROM returned WHERE returned.iban = account.iban AND booked_on IS NOT NULL) AS returned,
    (SELECT coalesce(sum(cents), 0) FROM returned WHERE returned.iban = account.iban AND booked_on IS NOT NULL)
        AS returned_cents
FROM account LEFT JOIN block ON block.iban = account.iban GROUP BY account.iban ORDER BY account.iban
"""
_WAITED_FOR = """
SELECT EXISTS (SELECT 1 FROM block WHERE executed_on IS NULL AND rejected < transactions)
    OR EXISTS (SELECT 1 FROM returned WHERE booked_on IS NULL) OR EXISTS (SELECT 1 FROM message WHERE number IS NULL)
"""


class SimulatedBank:
    """One bank in one folder.

    Args:
        books: what it keeps.
    """

    def __init__(self, books: Books) -> None:
        self.books = books

    # ------------------------------------------------------------------------------------------ files

    def receipt(self, name: str) -> Row | None:
        """The receipt of a file; None when there is no file of this name."""
        with self.books.reading() as db:
            return _receipt(db, name)

    def accept(self, incoming: Incoming) -> tuple[Row, bool]:
        """Take a payment file, or give the receipt it has.

        Returns:
            The receipt, and whether the file is new.

        Raises:
            NotTaken: why it is not taken; nothing of it is kept.
        """
        with self.books.reading() as db:
            known = self._known(db, incoming)
            seed, scenario = seed_and_scenario(db)
        if known is not None:
            return known, False
        file, tallies = PaymentFile(incoming.path), list[Tally]()
        with tempfile.TemporaryFile(dir=self.books.incoming()) as laid_out:
            _count(file, tallies, laid_out, scenario, seed)
            self._ends_at(Point.FILE_CHECKED)
            ends = self._is_to_end(Point.FILE_STORED)
            with self.books.writing() as db:
                known = self._known(db, incoming)
                if known is not None:
                    return known, False
                self._keep(db, incoming, file, tallies, laid_out, scenario)
                if ends:
                    _kill()
                receipt = _receipt(db, incoming.name)
        self._ends_at(Point.FILE_ACCEPTED)
        assert receipt is not None
        return receipt, True

    def _known(self, db: sqlite3.Connection, incoming: Incoming) -> Row | None:
        receipt = _receipt(db, incoming.name)
        if receipt is not None and receipt["sha256"] != incoming.sha256:
            raise NotTaken("name_taken", f"Another file was sent as {incoming.name}.")
        return receipt

    def _keep(
        self, db: sqlite3.Connection, incoming: Incoming, file: PaymentFile, tallies: list[Tally],
        laid_out: IO[bytes], scenario: Scenario,
    ) -> None:  # fmt: skip
        day = today(db)
        if db.execute("SELECT 1 FROM file WHERE message_id = ?", (file.message_id,)).fetchone():
            raise NotTaken("duplicate_message", f"A file with MsgId {file.message_id} was taken before.")
        number = int(db.execute("SELECT coalesce(max(number), 0) + 1 FROM file").fetchone()[0])
        order = meets(db, Fault.REJECT_FILE)
        whole = "" if order is None else order.code
        db.execute(
            "INSERT INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (number, incoming.name, file.message_id, incoming.sha256, incoming.size,
             sum(one.transactions for one in tallies), sum(one.cents for one in tallies), day.isoformat(),
             scenario.model_dump_json()),
        )  # fmt: skip
        for one in tallies:
            rejected = (one.transactions, one.cents) if whole else (one.rejected, one.rejected_cents)
            db.execute("INSERT OR IGNORE INTO account VALUES (?, ?)", (one.block.debtor_iban, scenario.opening_cents))
            db.execute(
                "INSERT INTO block VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
                (number, one.block.place, one.block.id, one.block.debtor_iban, one.block.execution_on.isoformat(),
                 one.block.is_batch, one.transactions, one.cents, *rejected),
            )  # fmt: skip
        make(
            self.books, db, REPORT, f"pain.002_{number:06}.xml", later(day, scenario.reports_after_days),
            lambda sink: write_report(sink, file, tallies, laid_out, whole, number, day),
            is_cut=meets(db, Fault.TRUNCATED_REPORT) is not None,
        )  # fmt: skip
        give(db, day)
        put_in_place(incoming.path, self.books.file(number))

    def is_waited_for(self) -> bool:
        """Whether closing days brings something: a block to carry out, a return to book, a message to give."""
        with self.books.reading() as db:
            return bool(db.execute(_WAITED_FOR).fetchone()[0])

    # ------------------------------------------------------------------------------------------ messages

    def messages(self, after: int, limit: int) -> list[Row]:
        """The messages that are ready, after a number."""
        with self.books.reading() as db:
            found = db.execute(
                "SELECT number, name, kind, sha256, size FROM message WHERE number > ? ORDER BY number LIMIT ?",
                (after, limit),
            )
            return [dict(one) for one in found]

    def message(self, number: int) -> tuple[Path, str] | None:
        """The bytes of a message and their hash; None when there is none of this number."""
        with self.books.reading() as db:
            found = db.execute("SELECT content, sha256 FROM message WHERE number = ?", (number,)).fetchone()
        return None if found is None else (self.books.message(found[0]), found[1])

    # ------------------------------------------------------------------------------------------ accounts

    def accounts(self) -> list[Row]:
        """Of each account: its balance, and the number and sum of transfers sent, rejected, carried out, returned."""
        with self.books.reading() as db:
            return [dict(one) for one in db.execute(_ACCOUNTS)]

    # ------------------------------------------------------------------------------------------ days

    def day(self) -> date:
        """The day that is open."""
        with self.books.reading() as db:
            return today(db)

    def close_day(self, wanted: date | None = None) -> Row:
        """Close a banking day: carry out what is due, book what comes back, write statements, give what is ready.

        Args:
            wanted: the day; one that was closed before gives what it gave then. Left out, the open one.

        Raises:
            InputError: the day is neither closed nor open.
        """
        ends = self._is_to_end(Point.DAY_BOOKED)
        with self.books.writing() as db:
            day = today(db)
            if wanted is not None and wanted != day:
                return _closed(db, wanted, day)
            following = later(day, 1)
            close_accounts(self.books, db, day)
            first = _last_given(db) + 1
            give(db, following, in_order=meets(db, Fault.OUT_OF_ORDER) is None)
            db.execute(
                "INSERT INTO day VALUES (?, ?, ?, ?)", (day.isoformat(), following.isoformat(), first, _last_given(db))
            )
            db.execute("UPDATE bank SET today = ?", (following.isoformat(),))
            answer = _closed(db, day, following)
            if ends:
                _kill()
        self._ends_at(Point.DAY_CLOSED)
        return answer

    # ------------------------------------------------------------------------------------------ orders

    def behave(self, scenario: Scenario) -> None:
        """Go by another scenario with files that come from now on."""
        with self.books.writing() as db:
            db.execute("UPDATE bank SET scenario = ?", (scenario.model_dump_json(),))

    def put_in_force(self, order: Order) -> None:
        """Let a fault happen so many times."""
        with self.books.writing() as db:
            put_in_force(db, order)

    def end_faults(self) -> None:
        """Let all go well again."""
        with self.books.writing() as db:
            db.execute("DELETE FROM fault")

    def _is_to_end(self, point: Point) -> bool:
        """Whether the process is to end at a point within a transaction; counted before it, or it would never end."""
        return self.books.happens(Fault.KILL, point) is not None

    def _ends_at(self, point: Point) -> None:
        if self._is_to_end(point):
            _kill()


def _kill() -> None:
    """End the process at once, as nothing in it can prevent or notice."""
    os.kill(os.getpid(), signal.SIGKILL)


def _receipt(db: sqlite3.Connection, name: str) -> Row | None:
    found = db.execute(
        "SELECT printf('F%09d', number) reference, name, sha256, size, message_id, transactions, cents, received_on"
        " FROM file WHERE name = ?",
        (name,),
    ).fetchone()
    return None if found is None else dict(found)


def _last_given(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT coalesce(max(number), 0) FROM message").fetchone()[0])


def _closed(db: sqlite3.Connection, day: date, is_open: date) -> Row:
    found = db.execute(
        "SELECT closed_on closed, next today, first first_message, last last_message FROM day WHERE closed_on = ?",
        (day.isoformat(),),
    ).fetchone()
    if found is None:
        raise InputError(f"{day} is neither open nor was it closed here; the open day is {is_open}.")
    return dict(found)


def _count(file: PaymentFile, tallies: list[Tally], laid_out: IO[bytes], scenario: Scenario, seed: int) -> None:
    """Read a file to its end, hold it against the schema and its own sums, and decide on each transfer."""
    for transfer in file.transfers(by_schema=True):
        if not tallies or tallies[-1].block is not transfer.block:
            tallies.append(Tally(transfer.block))
        fate = scenario.fate(seed, transfer.end_to_end_id, transfer.creditor_iban)
        tallies[-1].take(transfer, fate.rejected, laid_out)
    found = (sum(one.transactions for one in tallies), sum(one.cents for one in tallies))
    if file.transactions != found[0] or file.cents not in (None, found[1]):
        raise NotTaken("sums", "The heading declares another number or sum of transfers than the file holds.")
    for one in tallies:
        block = one.block
        if block.transactions not in (None, one.transactions) or block.cents not in (None, one.cents):
            raise NotTaken("sums", f"Block {block.place} declares another number or sum than it holds.")
