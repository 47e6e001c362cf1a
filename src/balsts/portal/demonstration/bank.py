"""The simulated bank beside the demonstration: the same command as anywhere, as a process of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from balsts.law.engine.errors import DomainError
from balsts.payments.bank.simulation.commands import CLIENT, SECRET

_DAY_SECONDS = 10
_ROUND_SECONDS = 5


@contextmanager
def simulated_bank(folder: Path, first_day: date, closed_accounts: tuple[str, ...]) -> Iterator[None]:
    """Run a bank for a block, and name it as the connection; its days go by while something is due there.

    Args:
        folder: where it keeps what it was told; it goes on from there.
        first_day: of a new folder.
        closed_accounts: IBANs whose payments come back.
    """
    folder.mkdir(parents=True, exist_ok=True)
    scenario = folder / "scenario.json"
    scenario.write_text(json.dumps({"scenario": {"returned_accounts": dict.fromkeys(closed_accounts, "AC04")}}))
    command = [sys.executable, "-m", "balsts.cli", "bank", "--data", str(folder / "books"), "--port", "0",
               "--today", first_day.isoformat(), "--scenario", str(scenario),
               "--day-every", str(_DAY_SECONDS)]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://\S+", process.stdout.readline())
            if not found:
                raise DomainError("The simulated bank did not start; `balsts bank --help` says how to try.")
            os.environ |= {"BALSTS_BANK_ADDRESS": found.group(), "BALSTS_BANK_CLIENT": CLIENT,
                           "BALSTS_BANK_SECRET": SECRET}  # fmt: skip
            yield
        finally:
            process.terminate()


@contextmanager
def talking() -> Iterator[None]:
    """Speak to the bank again and again for a block, in a process beside the server."""
    command = [sys.executable, "-m", "balsts.cli", "payments", "bank", "--every", str(_ROUND_SECONDS)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            yield
        finally:
            process.terminate()
