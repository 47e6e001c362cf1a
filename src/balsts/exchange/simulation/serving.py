"""What `balsts registers` does: serves the simulated state until it is stopped."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import uvicorn
from joserfc.jwk import KeySet

from balsts.exchange.catalogue import REGISTERS
from balsts.exchange.messages import public_keys
from balsts.exchange.simulation.people import People
from balsts.exchange.simulation.server import RegisterServer
from balsts.exchange.simulation.state import SimulatedState
from balsts.law.engine.errors import InputError


def serve(arguments: argparse.Namespace) -> int:
    """Serve until stopped; returns the exit code."""
    client, _, secret = arguments.client.partition(":")
    if not client or not secret:
        raise InputError("--client must be ID:SECRET, both not empty.")
    if not 0 <= arguments.port <= 65535:
        raise InputError(f"--port {arguments.port} is not from 0 to 65535.")
    today, askers = _day(arguments.today), _askers(arguments.askers)
    people = _people(arguments, today)
    server = RegisterServer(SimulatedState(people, today), {client: secret}, askers)
    # On loopback alone: it serves invented persons, and whoever reaches it can make it fail.
    config = uvicorn.Config(
        server.application(), host="127.0.0.1", port=arguments.port, log_level="warning", timeout_graceful_shutdown=1
    )
    _Announced(config, people, client, secret).run()
    return 0


class _Announced(uvicorn.Server):
    """Says where it answers once it does."""

    def __init__(self, config: uvicorn.Config, people: People, client: str, secret: str) -> None:
        super().__init__(config)
        self._people, self._client, self._secret = people, client, secret

    async def startup(self, sockets: list[Any] | None = None) -> None:
        """Start, then name the address, the client and the registers."""
        await super().startup(sockets)
        for server in self.servers:
            host, port = server.sockets[0].getsockname()[:2]
            sys.stdout.write(
                f"Simulated state of {len(self._people):,} persons: http://{host}:{port}\n"
                f"  client {self._client}, secret {self._secret}\n  registers: {', '.join(REGISTERS)}\n"
                "  stop it with Ctrl-C\n"
            )
            sys.stdout.flush()


def _askers(path: Path | None) -> KeySet | None:
    if path is None:
        return None
    try:
        return public_keys(path.read_bytes())
    except OSError as error:
        raise InputError(f"--askers {path}: {error.strerror}.") from None
    except ValueError:
        raise InputError(f"--askers {path} is not a JWKS of keys of the curve P-256.") from None


def _day(text: str | None) -> date:
    if text is None:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"--today {text!r} is not a day; write it as 2026-02-25.") from None


def _people(arguments: argparse.Namespace, today: date) -> People:
    if arguments.population is not None:
        return People.read(Path(arguments.population))
    if arguments.persons < 1:
        raise InputError(f"--persons {arguments.persons} is not a number of persons from 1.")
    # By its command: a stage imports no later stage, and a population file is what both agree on.
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "people.parquet"
        drawn = subprocess.run(
            [sys.executable, "-m", "balsts.cli", "population", "synth", "--persons", str(arguments.persons),
             "--seed", str(arguments.seed), "--on", f"{today:%Y-%m}", "--out", str(out)],
            check=False, capture_output=True, text=True,
        )  # fmt: skip
        if drawn.returncode != 0:
            raise InputError(drawn.stderr.strip() or "The population could not be drawn.")
        return People.read(out)
