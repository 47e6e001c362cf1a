"""The simulated state as a test meets it: a process of its own, on this machine."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import httpx

from balsts.exchange.answers import Answer
from balsts.exchange.client import RegisterClient
from balsts.exchange.connections import Connection, Patience
from balsts.exchange.periods import Period
from balsts.exchange.simulation.commands import CLIENT, SECRET
from balsts.exchange.store import Question, Requester
from tests.exchange.stores import MemoryStore

TODAY = date(2026, 2, 25)
WINTER = Period(date(2025, 11, 1), date(2026, 3, 1))
WORKER = Requester("social_worker")
STEADY = Patience(
    connect_seconds=20, read_seconds=20, deadline_seconds=60, attempts=2, first_wait_seconds=0.01,
    longest_wait_seconds=0.05, failures=100,
)  # fmt: skip
"""So much patience that a busy machine is no fault, and asked again at once."""
HASTY = replace(STEADY, read_seconds=0.4, deadline_seconds=1.5)
"""So little patience that a test of a register that does not answer is over at once."""
Found = TypeVar("Found")


@dataclass
class RunningState:
    """Where a simulated state answers, and what it can be told."""

    address: str

    @property
    def connection(self) -> Connection:
        return Connection(self.address, CLIENT, SECRET, "permit-1")

    def fault(self, register_code: str, fault: str, **more: Any) -> None:
        self._tell("/admin/faults", register_code=register_code, fault=fault, **more)

    def event(self, event: str, **more: Any) -> None:
        self._tell("/admin/events", event=event, **more)

    def no_faults(self) -> None:
        httpx.delete(f"{self.address}/admin/faults").raise_for_status()

    def _tell(self, path: str, **order: Any) -> None:
        response = httpx.post(f"{self.address}{path}", json=order)
        assert response.status_code == 200, response.text

    def run(
        self,
        work: Callable[[RegisterClient], Awaitable[Found]],
        store: MemoryStore | None = None,
        patience: Patience = STEADY,
    ) -> Found:
        """Do something with a client of its own."""

        async def with_client() -> Found:
            async with RegisterClient({"*": self.connection}, store or MemoryStore(), patience) as client:
                return await work(client)

        return asyncio.run(with_client())

    def ask(
        self, register_code: str, code: str, *, store: MemoryStore | None = None, patience: Patience = STEADY
    ) -> Answer:
        return self.run(lambda client: client.ask(question(register_code, code)), store, patience)


def question(register_code: str, code: str, window: Period = WINTER, purpose: str = "social_assistance") -> Question:
    """A social worker's question for social assistance."""
    return Question(register_code, code, window, purpose, WORKER)


@contextmanager
def running_state(population: Path, *options: str) -> Iterator[RunningState]:
    """The state of a population, by the command that starts it."""
    command = [sys.executable, "-m", "balsts.cli", "registers", "--population", str(population), "--port", "0",
               "--today", TODAY.isoformat(), *options]  # fmt: skip
    log = population.with_suffix(".log")
    with log.open("wb") as file, subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT) as process:
        try:
            yield RunningState(_address(log, process))
        finally:
            process.terminate()
            process.wait(20)


def _address(log: Path, process: subprocess.Popen[bytes]) -> str:
    ends_at = time.monotonic() + 60
    while time.monotonic() < ends_at and process.poll() is None:
        found = re.search(r"http://\S+", log.read_text(encoding="utf-8"))
        if found:
            return found.group()
        time.sleep(0.05)
    raise AssertionError(f"The simulated state did not start:\n{log.read_text(encoding='utf-8')}")
