"""Measures the exchange with registers: one worker against the simulated state, everything kept in the database.

Run it in the repository: `python -m benchmarks.exchange`. It sets up a database and a simulated state of its own in a
folder for temporary files, asks on loopback alone, and takes all of it away again. About a minute.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

TODAY = "2026-02-25"
PERSONS = 20_000


@dataclass(frozen=True)
class Rate:
    """Questions asked by one worker: how many, how fast, and how long each took, in milliseconds."""

    what: str
    questions: int
    answered: int
    per_second: float
    median_ms: float
    p95_ms: float


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.exchange", description=__doc__)
    parser.add_argument("--questions", type=int, default=2000, metavar="N", help="in each round (default: 2000)")
    parser.add_argument("--json", action="store_true", help="print as JSON")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="balsts-bench-") as folder:
        Path(folder).chmod(0o711)  # the database server's own account must reach its folder in it
        os.environ["BALSTS_DATA"] = str(Path(folder) / "data")
        with database(), simulated_state(Path(folder)) as address:
            found = measured(address, arguments.questions)
    if arguments.json:
        print(json.dumps([asdict(one) for one in found], indent=1))
        return 0
    for one in found:
        speed = f"{one.per_second:7.0f} a second   median {one.median_ms:6.1f} ms   95 % {one.p95_ms:6.1f} ms"
        print(f"{one.what:<45} {speed}   {one.answered} of {one.questions} answered")
    return 0


@contextmanager
def database() -> Iterator[None]:
    """A database of one's own, migrated."""
    balsts("db", "start")
    try:
        balsts("db", "migrate")
        yield
    finally:
        balsts("db", "stop")


def balsts(*arguments: str) -> None:
    """Run a command, quietly."""
    subprocess.run([sys.executable, "-m", "balsts.cli", *arguments], check=True, stdout=subprocess.DEVNULL)


@contextmanager
def simulated_state(folder: Path) -> Iterator[str]:
    """The state in a process of its own; gives its address."""
    log = folder / "registers.log"
    command = [
        sys.executable,
        "-m",
        "balsts.cli",
        "registers",
        "--persons",
        str(PERSONS),
        "--port",
        "0",
        "--today",
        TODAY,
    ]
    with log.open("wb") as file, subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT) as process:
        try:
            while not (said := re.search(r"http://\S+", log.read_text(encoding="utf-8"))):
                if process.poll() is not None:
                    raise RuntimeError(log.read_text(encoding="utf-8"))
                time.sleep(0.1)
            yield said.group()
        finally:
            process.terminate()
            process.wait(20)


def measured(address: str, number: int) -> list[Rate]:
    """All rounds."""
    from balsts.database.connections import set_up

    set_up()
    from balsts.exchange.catalogue import REGISTERS

    registers = list(REGISTERS)
    others = [one for one in registers if one != "tax_authority"]
    asyncio.run(round_of("to warm up", address, registers, 200))
    return [
        asyncio.run(round_of("eleven registers in turn", address, registers, number)),
        asyncio.run(round_of("the population register alone", address, ["population_register"], number)),
        asyncio.run(round_of("ten registers, all well", address, others, number)),
        asyncio.run(round_of("the same ten while the tax authority hangs", address, others, number, hangs=True)),
    ]


async def round_of(what: str, address: str, registers: list[str], number: int, *, hangs: bool = False) -> Rate:
    """Ask so many questions, twenty at a time, each kept before it is sent and each answer after it came."""
    import httpx

    from balsts.exchange.client import RegisterClient
    from balsts.exchange.connections import Connection
    from balsts.exchange.database_store import DatabaseStore
    from balsts.exchange.periods import Period
    from balsts.exchange.simulation.commands import CLIENT, SECRET
    from balsts.exchange.simulation.identities import personal_code
    from balsts.exchange.store import Question, Requester

    window = Period(date(2025, 11, 1), date(2026, 3, 1))
    questions = [
        Question(registers[index % len(registers)], personal_code(1 + index * 7 % PERSONS), window, "social_assistance",
                 Requester("social_worker"))
        for index in range(number)
    ]  # fmt: skip
    took: list[float] = []
    async with RegisterClient({"*": Connection(address, CLIENT, SECRET, "permit")}, DatabaseStore()) as client:
        waiting: list[asyncio.Task[Any]] = []
        if hangs:
            fault = {"register_code": "tax_authority", "fault": "hang"}
            httpx.post(f"{address}/admin/faults", json=fault).raise_for_status()
            asked = [Question("tax_authority", one.personal_code, window, one.purpose, one.requester)
                     for one in questions[:100]]  # fmt: skip
            waiting = [asyncio.create_task(client.ask(one)) for one in asked]
        turns = asyncio.Semaphore(20)

        async def ask(question: Question) -> bool:
            async with turns:
                begun = time.perf_counter()
                answer = await client.ask(question)
                took.append(time.perf_counter() - begun)
                return answer.record is not None

        begun = time.perf_counter()
        answered = sum(await asyncio.gather(*(ask(one) for one in questions)))
        seconds = time.perf_counter() - begun
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
    if hangs:
        httpx.delete(f"{address}/admin/faults").raise_for_status()
    p95 = statistics.quantiles(took, n=20)[-1]
    return Rate(what, number, answered, number / seconds, statistics.median(took) * 1e3, p95 * 1e3)


if __name__ == "__main__":
    sys.exit(main())
