"""Requests at a rate that does not wait for answers, and how long each took; from a process of its own."""

from __future__ import annotations

import asyncio
import re
import statistics
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_PATIENCE_SECONDS, KEPT_OPEN_SECONDS = 60, 30


@dataclass
class Times:
    """How long the requests of each page took, in milliseconds, and what went wrong."""

    taken: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, page: str, milliseconds: float) -> None:
        """Note an answer."""
        self.taken[page].append(milliseconds)

    def went_wrong(self, page: str, what: str) -> None:
        """Note an answer that is none."""
        self.wrong[f"{page}: {what}"] += 1

    def figures(self) -> dict[str, Any]:
        """Percentiles of all requests and of each page, and what went wrong."""
        everything = [one for found in self.taken.values() for one in found]
        return {
            "all": _percentiles(everything),
            "pages": {page: _percentiles(found) for page, found in sorted(self.taken.items())},
            "errors": sum(self.wrong.values()), "wrong": dict(self.wrong),
        }  # fmt: skip


def _percentiles(found: list[float]) -> dict[str, float]:
    if len(found) < 2:
        return {"number": len(found), **({"p50": round(found[0], 1)} if found else {})}
    cuts = statistics.quantiles(found, n=100, method="inclusive")
    return {"number": len(found), "p50": round(cuts[49], 1), "p95": round(cuts[94], 1), "p99": round(cuts[98], 1),
            "max": round(max(found), 1)}  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What came back: the status, the text, where it leads, and the token of its form."""

    status: int
    text: str
    location: str

    @property
    def token(self) -> str:
        """The token that the page's form sends; empty where it has none."""
        found = _TOKEN.search(self.text)
        return found[1] if found else ""


class Browser:
    """One visitor's session: sends, keeps the cookie of its forms, and notes how long each answer took."""

    def __init__(self, web: aiohttp.ClientSession, base: str, times: Times, session: str = "") -> None:
        self.web, self.base, self.times = web, base, times
        self.cookies = {"balsts_session": session} if session else {}

    async def get(self, page: str, path: str, since: float | None = None, **headers: str) -> Answer:
        """Open a page."""
        return await self.send("GET", page, path, since=since, headers=headers)

    async def send(
        self, method: str, page: str, path: str, data: Any = None, *, since: float | None = None,
        headers: dict[str, str] | None = None, expected: tuple[int, ...] = (200,),
    ) -> Answer:  # fmt: skip
        """Send a request.

        Args:
            page: by what name it is counted.
            since: when it was due, by the clock of `time.perf_counter`; left out, now.
            expected: statuses that are right; anything else is an error.
        """
        begun = since or time.perf_counter()
        try:
            async with self.web.request(
                method, self.base + path, data=data, cookies=self.cookies, headers=headers or {}, allow_redirects=False
            ) as found:
                text = await found.text(errors="replace")  # some are files
                self.cookies |= {name: one.value for name, one in found.cookies.items()}
                answer = Answer(found.status, text, found.headers.get("Location", ""))
        except (aiohttp.ClientError, TimeoutError, UnicodeDecodeError) as error:
            self.times.went_wrong(page, type(error).__name__)
            return Answer(0, "", "")
        self.times.add(page, (time.perf_counter() - begun) * 1000)
        if answer.status not in expected:
            self.times.went_wrong(page, f"{answer.status} {answer.location}".strip())
        return answer


def web() -> aiohttp.ClientSession:
    """A client with as many connections as are needed, which keeps no cookies of its own."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=KEPT_OPEN_SECONDS),
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=_PATIENCE_SECONDS),
    )  # fmt: skip


async def at_rate(rate: float, seconds: float, begin: Callable[[int, float], Awaitable[None]]) -> None:
    """Begin work at a rate for some seconds, whether or not what was begun before is done; then wait for the rest.

    Args:
        begin: work by its number and the moment at which it was due.
    """
    started, running = time.perf_counter(), set()
    for number in range(int(rate * seconds)):
        due = started + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        task = asyncio.ensure_future(begin(number, due))
        running.add(task)
        task.add_done_callback(running.discard)
    await asyncio.gather(*running)
