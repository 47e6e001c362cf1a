"""Messages of the bank: made once, given when they are due, in the order of their numbers."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

from balsts.payments.bank.simulation.books import Books, put_in_place
from balsts.payments.bank.simulation.xml_writing import Sink

_CHUNK = 1 << 20


def make(
    books: Books, db: sqlite3.Connection, kind: str, name: str, due_on: date, write: Callable[[Sink], None], *,
    is_cut: bool = False, times: int = 1,
) -> None:  # fmt: skip
    """Write a message and keep it until its day.

    Args:
        write: writes it.
        is_cut: whether its second half is lost.
        times: how often it will be given.
    """
    number = int(db.execute("SELECT coalesce(max(id), 0) + 1 FROM message").fetchone()[0])
    written = books.incoming() / f"message-{number}"
    with Sink(written) as sink:
        write(sink)
    sha256, size = sink.sha256, sink.size
    if is_cut:
        sha256, size = _cut(written, size // 2)
    put_in_place(written, books.message(number))
    for _ in range(times):
        db.execute(
            "INSERT INTO message (content, kind, name, sha256, size, due_on) VALUES (?, ?, ?, ?, ?, ?)",
            (number, kind, name, sha256, size, due_on.isoformat()),
        )


def give(db: sqlite3.Connection, day: date, *, in_order: bool = True) -> None:
    """Number what is due on a day, so that it can be fetched."""
    last = int(db.execute("SELECT coalesce(max(number), 0) FROM message").fetchone()[0])
    due = db.execute(
        "SELECT id FROM message WHERE number IS NULL AND due_on <= ? ORDER BY due_on, id", (day.isoformat(),)
    ).fetchall()
    for number, (message,) in enumerate(due if in_order else reversed(due), start=last + 1):
        db.execute("UPDATE message SET number = ? WHERE id = ?", (number, message))


def _cut(path: Path, size: int) -> tuple[str, int]:
    os.truncate(path, size)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), size
