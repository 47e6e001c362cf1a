"""Measures the line to a bank at size: a file sent to the simulated bank, its day closed, the statement fetched.

Run it in the repository: `python -m benchmarks.payments.bank --lines 10000 1000000`. The bank is a process of its own
in a folder for temporary files; its peak of memory is told where the system keeps it (/proc).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from balsts.payments.bank.connections import Connection
from balsts.payments.bank.line import BankLine
from balsts.payments.bank.simulation.commands import CLIENT, SECRET
from benchmarks.payments.steps import written

FIRST_DAY = "2026-12-03"  # that on which the file is to be carried out
SCENARIO = {"scenario": {"rejects": {"AC01": 0.005}, "returns": {"AC04": 0.01, "BE05": 0.005}}}


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.payments.bank", description=__doc__)
    parser.add_argument("--lines", type=int, nargs="+", default=[10_000, 100_000], metavar="N")
    for number in parser.parse_args().lines:
        with tempfile.TemporaryDirectory(prefix="balsts-bench-") as name:
            print(json.dumps(measured(number, Path(name))), flush=True)
    return 0


def measured(number: int, folder: Path) -> dict[str, Any]:
    """Seconds of each step, and the bank's peak of memory."""
    written(number, folder)
    path = folder / "payments.xml"
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    with running_bank(folder) as (address, process), BankLine(Connection(address, CLIENT, SECRET)) as line:
        found: dict[str, Any] = {
            "lines": number,
            "sent_seconds": seconds(lambda: line.send("payments.xml", path, sha256)),
            "day_closed_seconds": seconds(lambda: httpx.post(f"{address}/day", timeout=3_600).raise_for_status()),
        }
        messages = line.messages()
        found["fetched_seconds"] = seconds(lambda: [line.fetch(one.number, folder / one.name) for one in messages])
        found["mebibytes_fetched"] = round(sum(one.size for one in messages) / 2**20)
        found["peak_mebibytes_of_bank"] = peak_of(process.pid)
    return found


def seconds(work: Callable[[], object]) -> float:
    """How long something takes."""
    start = time.perf_counter()
    work()
    return round(time.perf_counter() - start, 2)


def peak_of(process: int) -> int | None:
    """The most memory a process has had, in mebibytes; None where the system does not keep it."""
    status = Path(f"/proc/{process}/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return round(int(found[1]) / 1024) if found else None


@contextmanager
def running_bank(
    folder: Path, today: str = FIRST_DAY, behaving: dict[str, Any] = SCENARIO, client: str = CLIENT
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A bank of its own, by the command that starts it."""
    scenario = folder / "scenario.json"
    scenario.write_text(json.dumps(behaving), encoding="utf-8")
    command = [sys.executable, "-m", "balsts.cli", "bank", "--data", str(folder / "bank"), "--port", "0",
               "--today", today, "--scenario", str(scenario), "--client", f"{client}:{SECRET}"]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://\S+", process.stdout.readline())
            assert found is not None, "The simulated bank did not start."
            yield found.group(), process
        finally:
            process.terminate()


if __name__ == "__main__":
    raise SystemExit(main())
