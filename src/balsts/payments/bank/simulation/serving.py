"""What `balsts bank` does: serves the simulated bank until it is stopped."""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import uvicorn

from balsts.law.engine.errors import InputError
from balsts.payments.bank.simulation.bank import SimulatedBank
from balsts.payments.bank.simulation.books import Books
from balsts.payments.bank.simulation.scenario import Order, Scenario, read_scenario_file
from balsts.payments.bank.simulation.server import BankServer


def serve(arguments: argparse.Namespace) -> int:
    """Serve until stopped; returns the exit code."""
    client, _, secret = arguments.client.partition(":")
    if not client or not secret:
        raise InputError("--client must be ID:SECRET, both not empty.")
    if not 0 <= arguments.port <= 65535:
        raise InputError(f"--port {arguments.port} is not from 0 to 65535.")
    scenario, faults = _scenario(arguments.scenario)
    with closing(Books(arguments.data, seed=arguments.seed, today=_day(arguments.today), scenario=scenario)) as books:
        bank = SimulatedBank(books)
        for order in faults:
            bank.put_in_force(order)
        # On loopback alone: whoever reaches it can make it fail.
        config = uvicorn.Config(
            BankServer(bank, {client: secret}).application(), host="127.0.0.1", port=arguments.port,
            log_level="warning", timeout_graceful_shutdown=1,
        )  # fmt: skip
        with _days(bank, arguments.day_every):
            _Announced(config, bank, client, secret).run()
    return 0


@contextmanager
def _days(bank: SimulatedBank, every: float | None) -> Iterator[None]:
    """Close a day every so many seconds for a block, while that brings something; never, when it is left out."""
    ended = threading.Event()

    def close_days() -> None:
        while not ended.wait(every):
            if bank.is_waited_for():
                bank.close_day()

    clock = threading.Thread(target=close_days, daemon=True)
    if every is not None:
        clock.start()
    try:
        yield
    finally:
        ended.set()
        if every is not None:
            clock.join()


class _Announced(uvicorn.Server):
    """Says where it answers once it does."""

    def __init__(self, config: uvicorn.Config, bank: SimulatedBank, client: str, secret: str) -> None:
        super().__init__(config)
        self._bank, self._client, self._secret = bank, client, secret

    async def startup(self, sockets: list[Any] | None = None) -> None:
        """Start, then name the address, the client and the day."""
        await super().startup(sockets)
        for server in self.servers:
            host, port = server.sockets[0].getsockname()[:2]
            sys.stdout.write(
                f"Simulated bank: http://{host}:{port}\n  client {self._client}, secret {self._secret}\n"
                f"  open day: {self._bank.day()}\n  stop it with Ctrl-C\n"
            )
            sys.stdout.flush()


def _scenario(path: Path | None) -> tuple[Scenario | None, list[Order]]:
    if path is None:
        return None, []
    try:
        text = path.read_bytes()
    except OSError as error:
        raise InputError(f"--scenario {path}: {error.strerror}.") from None
    return read_scenario_file(text, f"--scenario {path}")


def _day(text: str | None) -> date:
    if text is None:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"--today {text!r} is not a day; write it as 2026-12-01.") from None
