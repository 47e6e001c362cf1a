"""A simulated bank as a test meets it: over HTTP, in this process or in one of its own."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette

from balsts.payments.bank.connections import Connection
from balsts.payments.bank.line import BankLine, BankMessage, Receipt
from balsts.payments.bank.simulation.bank import Incoming, SimulatedBank
from balsts.payments.bank.simulation.books import Books
from balsts.payments.bank.simulation.commands import CLIENT, SECRET
from balsts.payments.bank.simulation.scenario import Fault, Order, Scenario
from balsts.payments.bank.simulation.server import BankServer

TODAY = date(2026, 12, 1)
SEED = 7


@dataclass
class RunningBank:
    """Where a bank answers, and what it can be told."""

    address: str

    @property
    def connection(self) -> Connection:
        return Connection(self.address, CLIENT, SECRET)

    def line(self) -> BankLine:
        """A line to it; to be closed."""
        return BankLine(self.connection)

    def send(self, name: str, data: bytes, folder: Path) -> Receipt:
        """Send a file that is not yet on the disk."""
        path = folder / name
        path.write_bytes(data)
        with self.line() as line:
            return line.send(name, path, hashlib.sha256(data).hexdigest())

    def close_day(self, day: date | None = None) -> dict[str, Any]:
        answer = httpx.post(f"{self.address}/day", json={} if day is None else {"day": day.isoformat()})
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def close_days(self, number: int) -> None:
        for _ in range(number):
            self.close_day()

    def fault(self, fault: str, **more: Any) -> None:
        answer = httpx.post(f"{self.address}/admin/faults", json={"fault": fault, **more})
        assert answer.status_code == 200, answer.text

    def behave(self, **scenario: Any) -> None:
        answer = httpx.put(f"{self.address}/admin/scenario", json=scenario)
        assert answer.status_code == 200, answer.text

    def fetched(self, folder: Path, after: int = 0) -> list[tuple[BankMessage, Path]]:
        """All messages after a number, each with its file."""
        with self.line() as line:
            found = []
            for message in line.messages(after):
                path = folder / f"{message.number:04}_{message.name}"
                line.fetch(message.number, path)
                found.append((message, path))
            return found


@contextmanager
def bank_at(folder: Path, *, seed: int = SEED, today: date = TODAY, **scenario: Any) -> Iterator[SimulatedBank]:
    """A bank without HTTP; what is named of the scenario is not as usual."""
    with closing(Books(folder, seed=seed, today=today, scenario=Scenario(**scenario))) as books:
        yield SimulatedBank(books)


def handed_in(bank: SimulatedBank, data: bytes, name: str = "a.xml") -> dict[str, Any]:
    """The receipt of a file that a bank without HTTP was given."""
    path = bank.books.incoming() / name
    path.write_bytes(data)
    try:
        return bank.accept(Incoming(name, path, hashlib.sha256(data).hexdigest(), len(data)))[0]
    finally:
        path.unlink(missing_ok=True)


def put(bank: SimulatedBank, fault: str, **more: Any) -> None:
    """Put a fault in force in a bank without HTTP."""
    bank.put_in_force(Order(fault=Fault(fault), **more))


def given_by(bank: SimulatedBank, after: int = 0) -> list[tuple[str, bytes]]:
    """What a bank without HTTP holds ready: kinds and bytes, in order."""
    found = []
    for message in bank.messages(after, 1_000):
        at = bank.message(int(message["number"]))
        assert at is not None
        found.append((str(message["kind"]), at[0].read_bytes()))
    return found


@contextmanager
def bank_in_process(folder: Path, *, seed: int = SEED, today: date = TODAY, **scenario: Any) -> Iterator[RunningBank]:
    """A bank in a thread of this process, over real HTTP."""
    with (
        bank_at(folder, seed=seed, today=today, **scenario) as bank,
        served(BankServer(bank, {CLIENT: SECRET}).application()) as address,
    ):
        yield RunningBank(address)


@contextmanager
def served(application: Starlette) -> Iterator[str]:
    """The address of an application in a thread of this process."""
    server = uvicorn.Server(uvicorn.Config(application, host="127.0.0.1", port=0, log_level="critical"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        _wait_for(lambda: server.started, lambda: not thread.is_alive(), "the thread ended")
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)


@contextmanager
def bank_process(folder: Path, *options: str) -> Iterator[tuple[RunningBank, subprocess.Popen[bytes]]]:
    """A bank in a process of its own, by the command that starts it."""
    command = [sys.executable, "-m", "balsts.cli", "bank", "--data", str(folder), "--port", "0", *options]
    log = folder.with_suffix(".log")
    with log.open("wb") as file, subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT) as process:
        try:

            def said() -> re.Match[str] | None:
                return re.search(r"http://\S+", log.read_text(encoding="utf-8"))

            _wait_for(said, lambda: process.poll() is not None, "the process ended")
            found = said()
            assert found is not None
            yield RunningBank(found.group()), process
        finally:
            process.terminate()
            process.wait(20)


def _wait_for(is_so: Callable[[], object], has_failed: Callable[[], bool], why: str) -> None:
    ends_at = time.monotonic() + 60
    while not is_so():
        if has_failed() or time.monotonic() > ends_at:
            raise AssertionError(f"The simulated bank did not start: {why}.")
        time.sleep(0.02)
