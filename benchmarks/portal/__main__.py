"""Measures the portal at size: mixed reading at a rate, submitting applications, and the day of a reform.

Run it in the repository, on a database that `python -m benchmarks.cases --only-make --keep FOLDER --cases N` has made.
The portal is served by `balsts serve` in a process of its own. Requests are begun at their moment whether or not
earlier ones are answered, and their time is counted from that moment. Figures are printed as JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_EXAMPLE = """examples:
  python -m benchmarks.cases --only-make --keep /tmp/balsts-size --cases 200000
  python -m benchmarks.portal --keep /tmp/balsts-size
  python -m benchmarks.portal --keep /tmp/balsts-size --only reading --rate 50 --seconds 300
  python -m benchmarks.portal --keep /tmp/balsts-size --only reform --users 500 --minutes 10
  python -m benchmarks.portal --keep /tmp/balsts-size --only plans"""
_START_SECONDS = 120
PARTS = ("plans", "reading", "submitting", "reform")


def main() -> int:
    """Serve, measure and print."""
    arguments = _parser().parse_args()
    if not (arguments.keep / "made.json").exists():
        sys.stderr.write(f"{arguments.keep}: no database there; make one first, as --help shows.\n")
        return 2
    os.environ["BALSTS_DATA"] = str(arguments.keep / "data")
    from balsts.database import server
    from balsts.database.connections import set_up

    cluster = server.Cluster(arguments.keep / "data")
    try:
        subprocess.run([sys.executable, "-m", "balsts.cli", "db", "migrate"], check=True, stdout=sys.stderr)
        set_up()
        print(json.dumps(_measured(arguments), indent=1, ensure_ascii=False))
    finally:
        from django.db import connections

        connections.close_all()
        if not arguments.leave_running:
            server.stop(cluster)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.portal", description=__doc__, epilog=_EXAMPLE,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--keep", type=Path, required=True, metavar="FOLDER", help="where the database was made")
    parser.add_argument("--only", choices=PARTS, action="append", help="only this part (may be given again)")
    parser.add_argument("--rate", type=float, default=50, metavar="N", help="requests a second of reading (50)")
    parser.add_argument("--seconds", type=float, default=60, metavar="S", help="of reading and of submitting (60)")
    parser.add_argument(
        "--warm-seconds",
        type=float,
        default=60,
        metavar="S",
        help="of reading at half the rate before it counts: a portal that has run for a while (60)",
    )
    parser.add_argument("--submit-rate", type=float, default=1, metavar="N", help="applications begun a second (1)")
    parser.add_argument("--users", type=int, default=500, metavar="N", help="on the day of a reform (500)")
    parser.add_argument("--minutes", type=float, default=10, metavar="M", help="of that day (10)")
    parser.add_argument("--think", type=float, default=10, metavar="S", help="mean seconds a page is read then (10)")
    parser.add_argument("--type", default="assistance", metavar="CODE", help="the case type (assistance)")
    parser.add_argument("--port", type=int, default=8765, metavar="P", help="of the portal (8765)")
    parser.add_argument("--threads", type=int, default=1, metavar="N", help="of each process (1)")
    parser.add_argument("--processes", type=int, default=4, metavar="N", help="of the portal (4)")
    parser.add_argument("--leave-running", action="store_true", help="do not stop the database at the end")
    return parser


def _measured(arguments: argparse.Namespace) -> dict[str, Any]:
    from benchmarks.portal import plans
    from benchmarks.portal.people import people

    parts = arguments.only or PARTS
    everybody = people(arguments.keep)
    made = json.loads((arguments.keep / "made.json").read_text())
    found: dict[str, Any] = {"database": made, "processes": arguments.processes, "threads": arguments.threads}
    if "plans" in parts:
        found["plans"] = plans.scans(everybody)
    if set(parts) - {"plans"}:
        with _served(arguments) as base:
            found |= asyncio.run(_loaded(arguments, everybody, base, parts))
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        found["portal_cpu_seconds"] = round(used.ru_utime + used.ru_stime, 1)
        found["portal_rss_mb"] = round(used.ru_maxrss / 1024)
    return found


async def _loaded(arguments: argparse.Namespace, everybody: Any, base: str, parts: Any) -> dict[str, Any]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # sessions are made between requests, in one thread
    from benchmarks.portal import applying, reading
    from benchmarks.portal.load import Times, web

    found: dict[str, Any] = {}
    waiting = applying.in_turn(everybody.applicants)
    async with web() as client:
        if "reading" in parts:
            times = Times()
            who = reading.reader(everybody, client, base, times)
            await reading.warm(who, arguments.processes)
            await reading.read(who, arguments.rate / 2, arguments.warm_seconds)
            times.taken.clear()
            with _clock() as clock:
                await reading.read(who, arguments.rate, arguments.seconds)
            found["reading"] = {"rate": arguments.rate, **clock, **times.figures()}
        if "submitting" in parts:
            who_applies = applying.Applicants(client, base, Times(), waiting, arguments.type, applying.Sent())
            found["submitting"] = await _applied(
                who_applies, applying.one_by_one(who_applies, arguments.submit_rate, arguments.seconds)
            )
        if "reform" in parts:
            who_applies = applying.Applicants(client, base, Times(), waiting, arguments.type, applying.Sent(),
                                              arguments.think)  # fmt: skip
            day = applying.reform_day(who_applies, arguments.users, arguments.minutes * 60)
            found["reform"] = {"users": arguments.users, "think_seconds": arguments.think} | await _applied(
                who_applies, day
            )
    return found


async def _applied(who: Any, work: Any) -> dict[str, Any]:
    """Apply, then count what came of it."""
    from benchmarks.portal import applying

    before = applying.applications_now()
    with _clock() as clock:
        await work
    return {**clock, "applications": applying.kept(who.sent, before), **who.times.figures()}


@contextmanager
def _clock() -> Iterator[dict[str, float]]:
    """Seconds of a block, and those of the processor that this process took: the load must not be what is measured."""
    found: dict[str, float] = {}
    begun, used = time.perf_counter(), time.process_time()
    yield found
    found["seconds"] = round(time.perf_counter() - begun, 1)
    found["load_cpu_seconds"] = round(time.process_time() - used, 1)


@contextmanager
def _served(arguments: argparse.Namespace) -> Iterator[str]:
    """The portal as it is served in production, until the block ends."""
    command = [sys.executable, "-m", "balsts.cli", "serve", "--port", str(arguments.port), "--threads",
               str(arguments.threads), "--processes", str(arguments.processes)]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    base = f"http://localhost:{arguments.port}"
    try:
        _wait_for(base, process)
        yield base
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def _wait_for(base: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{base}/support/", timeout=10):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise SystemExit("The portal does not answer; what went wrong stands above.")


if __name__ == "__main__":
    raise SystemExit(main())
