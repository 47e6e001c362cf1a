"""Measures the open pages of published figures at a rate: dashboard, finding, tables, rows, files and calls.

Run it in the repository: `python -m benchmarks.portal.figures`. It makes a database of its own in a temporary folder,
with the product's own tables, serves the portal as in production, and asks for pages at random: each row and language
is as likely as any other, so that most rows come for the first time. Figures are printed as JSON, beside a loop that
tells how fast the machine was.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.portal.__main__ import _clock, _served
from benchmarks.portal.load import Browser, Times, at_rate, web

_EXAMPLE = "example: python -m benchmarks.portal.figures --rate 50 --seconds 120"
_ADDITIONS = 20_000_000
_LANGUAGES = ("lv", "en")
_WEIGHTS = {"row": 30, "table": 15, "find": 10, "API: a row": 10, "API: rows": 5, "file": 4, "embedded": 4}
"""How often pages with arguments are asked for; each page without any, six times."""
_WEIGHT_OF_OTHERS = 6
_WORDS = (
    "pabalsts",
    "invaliditāte",
    "bērni",
    "pensijas",
    "rehabilitācija",
    "family benefit",
    "asistenta",
    "ESF",
    "2023",
)


def main() -> int:
    """Make a database, serve, measure, print."""
    arguments = _parser().parse_args()
    folder = Path(tempfile.mkdtemp(prefix="balsts-bench-"))
    folder.chmod(0o711)  # the server's own account must reach its folder in it
    os.environ["BALSTS_DATA"] = str(folder / "data")
    from balsts.database import server
    from balsts.database.connections import set_up

    try:
        subprocess.run([sys.executable, "-m", "balsts.cli", "db", "migrate"], check=True, stdout=sys.stderr)
        set_up()
        pages = _pages()
        with _served(arguments) as base:
            found = asyncio.run(_measured(arguments, base, pages))
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        found["portal_cpu_seconds"] = round(used.ru_utime + used.ru_stime, 1)
        found["portal_rss_mb"] = round(used.ru_maxrss / 1024)
        print(json.dumps(found | {"machine_seconds": _additions()}, indent=1, ensure_ascii=False))
    finally:
        from django.db import connections

        connections.close_all()
        server.stop(server.Cluster(folder / "data"))
        shutil.rmtree(folder)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.portal.figures", description=__doc__, epilog=_EXAMPLE,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--rate", type=float, default=50, metavar="N", help="requests a second (50)")
    parser.add_argument("--seconds", type=float, default=120, metavar="S", help="(120)")
    parser.add_argument("--warm-seconds", type=float, default=30, metavar="S", help="at half the rate before it counts")
    parser.add_argument("--port", type=int, default=8766, metavar="P", help="of the portal (8766)")
    parser.add_argument("--threads", type=int, default=1, metavar="N", help="of each process (1)")
    parser.add_argument("--processes", type=int, default=4, metavar="N", help="of the portal (4)")
    return parser


def _pages() -> dict[str, tuple[int, list[str]]]:
    """Addresses by what they are, with how often each kind is asked for."""
    from django.urls import get_resolver, reverse

    from balsts.figures.current import book
    from balsts.figures.datasets import DATASETS
    from balsts.portal.session.middleware import OPEN

    rows = [f"{row.dataset}/{row.key}/" for code in DATASETS for row in book().rows(code)]
    addresses = {
        "row": [f"/statistics/tables/{one}" for one in rows],
        "table": [f"/statistics/tables/{code}/" for code in DATASETS],
        "find": [f"/statistics/find/?q={word}" for word in _WORDS],
        "API: a row": [f"/api/v1/statistics/tables/{one.replace('/', '/rows/', 1).strip('/')}" for one in rows],
        "API: rows": [f"/api/v1/statistics/tables/{code}/rows" for code in DATASETS],
        "file": [f"/statistics/tables/{code}.{form}" for code in DATASETS for form in ("csv", "xlsx", "parquet")],
        "embedded": [f"/statistics/embed/{one}" for one in rows],
    }
    found = {name: (_WEIGHTS[name], some) for name, some in addresses.items()}
    for pattern in get_resolver().url_patterns:
        name = getattr(pattern, "name", None)
        if (
            name in OPEN
            and name.startswith("statistics")
            and not pattern.pattern.converters
            and name != "statistics_find"
        ):
            found[name] = (_WEIGHT_OF_OTHERS, [reverse(name)])
    return found


async def _measured(
    arguments: argparse.Namespace, base: str, pages: dict[str, tuple[int, list[str]]]
) -> dict[str, Any]:
    chance, times = random.Random(1), Times()
    names: Sequence[str] = list(pages)
    weights = [pages[name][0] for name in names]
    async with web() as client:
        visitor = Browser(client, base, times)

        async def one(_number: int, due: float) -> None:
            (name,) = chance.choices(names, weights)
            language = chance.choice(_LANGUAGES)
            await visitor.get(name, chance.choice(pages[name][1]), due, **{"Accept-Language": language})

        await at_rate(arguments.rate / 2, arguments.warm_seconds, one)
        times.taken.clear()
        with _clock() as clock:
            await at_rate(arguments.rate, arguments.seconds, one)
    return {"rate": arguments.rate, **clock, **times.figures()}


def _additions() -> float:
    """Seconds of twenty million additions in Python: how fast the machine was just then."""
    started, number = time.perf_counter(), 0
    for one in range(_ADDITIONS):
        number += one
    return round(time.perf_counter() - started, 2)


if __name__ == "__main__":
    raise SystemExit(main())
