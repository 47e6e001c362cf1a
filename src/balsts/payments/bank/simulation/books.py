"""What a simulated bank keeps, in its folder: `bank.sqlite`, `files/` it took, `messages/` it gives.

Everything that counts is in the database. A file is written whole, under a number that the database does not know yet,
and stands as soon as the transaction that names it is committed; what was left behind by a process that ended is
written over.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path

from balsts.law.engine.errors import InputError
from balsts.payments.bank.simulation.days import banking_day
from balsts.payments.bank.simulation.scenario import Fault, Order, Point, Scenario

_TABLES = """
CREATE TABLE IF NOT EXISTS bank (
    one INTEGER PRIMARY KEY CHECK (one = 1), seed INTEGER NOT NULL, today TEXT NOT NULL, scenario TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS account (iban TEXT PRIMARY KEY, cents INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS file (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, message_id TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL,
    size INTEGER NOT NULL, transactions INTEGER NOT NULL, cents INTEGER NOT NULL, received_on TEXT NOT NULL,
    scenario TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS block (
    file INTEGER NOT NULL REFERENCES file, place INTEGER NOT NULL, id TEXT NOT NULL, iban TEXT NOT NULL,
    execution_on TEXT NOT NULL, is_batch INTEGER NOT NULL, transactions INTEGER NOT NULL, cents INTEGER NOT NULL,
    rejected INTEGER NOT NULL, rejected_cents INTEGER NOT NULL, executed_on TEXT,
    PRIMARY KEY (file, place)
) STRICT;
CREATE TABLE IF NOT EXISTS returned (
    number INTEGER PRIMARY KEY, message_id TEXT NOT NULL, block TEXT NOT NULL, iban TEXT NOT NULL,
    end_to_end_id TEXT NOT NULL, instruction_id TEXT NOT NULL, cents INTEGER NOT NULL, code TEXT NOT NULL,
    due_on TEXT NOT NULL, booked_on TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS message (
    id INTEGER PRIMARY KEY, number INTEGER UNIQUE, content INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
    sha256 TEXT NOT NULL, size INTEGER NOT NULL, due_on TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS day (closed_on TEXT PRIMARY KEY, next TEXT NOT NULL, first INTEGER, last INTEGER) STRICT;
CREATE TABLE IF NOT EXISTS fault (id INTEGER PRIMARY KEY, wanted TEXT NOT NULL, times INTEGER NOT NULL) STRICT;
"""


class Books:
    """The folder of one bank. One process at a time has it.

    Args:
        folder: made when it is not there.
        seed, today, scenario: of a folder that is new; a scenario, when given, also takes the place of an earlier one.

    Raises:
        InputError: another process has the folder, or it was begun with another seed.
    """

    def __init__(self, folder: Path, *, seed: int | None, today: date, scenario: Scenario | None) -> None:
        self._folder = folder
        for part in ("files", "messages", "incoming"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        self._held = (folder / "lock").open("wb")
        try:
            fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._held.close()
            raise InputError(f"Another bank has the folder {folder}; stop it, or name another folder.") from None
        self._one_writes = threading.Lock()
        with ExitStack() as stack:
            stack.callback(self.close)
            self._begin(seed, today, scenario)
            stack.pop_all()

    def _begin(self, seed: int | None, today: date, scenario: Scenario | None) -> None:
        for left in (self._folder / "incoming").iterdir():
            left.unlink()
        with self.writing() as db:
            for table in _TABLES.split(";\n"):
                db.execute(table)
            given = (scenario or Scenario()).model_dump_json()
            db.execute(
                "INSERT OR IGNORE INTO bank VALUES (1, ?, ?, ?)", (seed or 0, banking_day(today).isoformat(), given)
            )
            if scenario is not None:
                db.execute("UPDATE bank SET scenario = ?", (given,))
            (known,) = db.execute("SELECT seed FROM bank").fetchone()
        if seed not in (None, known):
            raise InputError(f"The bank in {self._folder} was begun with seed {known}; expected it again, or none.")

    def close(self) -> None:
        """Let another process have the folder."""
        self._held.close()

    # ------------------------------------------------------------------------------------------ the database

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The database as it stands."""
        db = self._connected()
        try:
            yield db
        finally:
            db.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One change, whole or not at all; the next waits for it."""
        with self._one_writes, self.reading() as db:
            db.execute("BEGIN IMMEDIATE")
            with db:
                yield db

    def _connected(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._folder / "bank.sqlite", isolation_level=None, timeout=60)
        db.row_factory = sqlite3.Row
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        return db

    def happens(self, fault: Fault, at: Point | None = None) -> Order | None:
        """A fault in force that happens now, counted down for good; None when there is none.

        It is looked for first without waiting for whatever is being written, which may be a day of a million transfers.
        """
        with self.reading() as db:
            if db.execute("SELECT 1 FROM fault").fetchone() is None:
                return None
        with self.writing() as db:
            return meets(db, fault, at)

    # ------------------------------------------------------------------------------------------ files

    def incoming(self) -> Path:
        """A folder for what is still coming; emptied when the bank starts."""
        return self._folder / "incoming"

    def file(self, number: int) -> Path:
        """Where a payment file is kept."""
        return self._folder / "files" / f"{number:06}.xml"

    def message(self, content: int) -> Path:
        """Where the bytes of a message are kept."""
        return self._folder / "messages" / f"{content:06}.xml"


def put_in_place(written: Path, place: Path) -> None:
    """Move a file that was written whole, and let it outlive the machine."""
    written.replace(place)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def today(db: sqlite3.Connection) -> date:
    """The bank's day that is open."""
    return date.fromisoformat(db.execute("SELECT today FROM bank").fetchone()[0])


def seed_and_scenario(db: sqlite3.Connection) -> tuple[int, Scenario]:
    """How this bank decides."""
    seed, scenario = db.execute("SELECT seed, scenario FROM bank").fetchone()
    return int(seed), Scenario.model_validate_json(scenario)


# ---------------------------------------------------------------------------------------------- faults


def put_in_force(db: sqlite3.Connection, order: Order) -> None:
    """Let a fault happen so many times."""
    db.execute("INSERT INTO fault (wanted, times) VALUES (?, ?)", (order.model_dump_json(), order.times))


def meets(db: sqlite3.Connection, fault: Fault, at: Point | None = None) -> Order | None:
    """The oldest fault of a kind in force, which happens now and is counted down; None when there is none."""
    for number, wanted in db.execute("SELECT id, wanted FROM fault ORDER BY id").fetchall():
        order = Order.model_validate_json(wanted)
        if order.fault is fault and order.at is at:
            db.execute("UPDATE fault SET times = times - 1 WHERE id = ?", (number,))
            db.execute("DELETE FROM fault WHERE times = 0")
            return order
    return None
