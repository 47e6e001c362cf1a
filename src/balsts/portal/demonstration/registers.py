"""The simulated registers beside the demonstration: the same command as anywhere, as a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from balsts.exchange.simulation.commands import CLIENT, SECRET
from balsts.law.engine.errors import DomainError


@contextmanager
def simulated(population: Path) -> Iterator[None]:
    """Run the simulated state of a population for a block, and name it as the registers' connection."""
    command = [sys.executable, "-m", "balsts.cli", "registers", "--population", str(population), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://\S+", process.stdout.readline())
            if not found:
                raise DomainError("The simulated registers did not start; `balsts registers --help` says how to try.")
            os.environ |= {
                "BALSTS_REGISTERS_ADDRESS": found.group(), "BALSTS_REGISTERS_CLIENT": CLIENT,
                "BALSTS_REGISTERS_SECRET": SECRET, "BALSTS_REGISTERS_PERMIT": "demonstration",
            }  # fmt: skip
            yield
        finally:
            process.terminate()
