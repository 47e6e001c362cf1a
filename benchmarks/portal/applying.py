"""Applying as a resident does, page by page; many at once; and whether the database has each application once."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from benchmarks.portal.load import Answer, Browser, Times, at_rate
from benchmarks.portal.people import resident_session

TWICE_SHARE = 0.1
"""So many press the last button twice at once."""
MOST_PAGES = 40
_FIELD = re.compile(r'<(?:input|textarea|select)\b[^>]*\bname="([^"]+)"[^>]*>')
_VALUE = re.compile(r'<input\b[^>]*\btype="radio"[^>]*>')
_PAGE = re.compile(r"/applications/[0-9a-f-]{36}/pages/([a-z0-9_-]+)/")
_HIDDEN = ("csrfmiddlewaretoken", "version", "next", "language")
_BY_CODE = {"account": "LV80BANK0000435195001", "happened_on": "01.11.2026", "since": ""}


@dataclass
class Sent:
    """What was sent, as whoever sent it knows it.

    Attributes:
        confirmed: drafts whose sending was answered with where to see it.
        tried: all drafts that the last button was pressed for.
    """

    confirmed: set[str] = field(default_factory=set)
    tried: set[str] = field(default_factory=set)


@dataclass
class Applicants:
    """Residents who have not applied yet, each once, and how they apply."""

    web: aiohttp.ClientSession
    base: str
    times: Times
    waiting: Iterator[str]
    type_code: str
    sent: Sent
    think_seconds: float = 0.0
    chance: random.Random = field(default_factory=lambda: random.Random(1))

    async def thinks(self) -> None:
        """Read the page; some read fast and some slowly."""
        if self.think_seconds:
            await asyncio.sleep(self.chance.expovariate(1 / self.think_seconds))

    async def apply(self) -> None:
        """One application by the next resident, from the list of applications to its number."""
        person = next(self.waiting)
        browser = Browser(self.web, self.base, self.times, resident_session(person))
        await browser.get("applications", "/applications/")
        await self.thinks()
        begin = f"/persons/{person}/apply/"
        form = await browser.get("apply: begin", begin)
        await self.thinks()
        begun = await browser.send("POST", "apply: begin, sent", begin,
                                   {"csrfmiddlewaretoken": form.token, "type": self.type_code},
                                   expected=(302,))  # fmt: skip
        if begun.status == 302:
            await self._fill(browser, begun.location)

    async def _fill(self, browser: Browser, tasks: str) -> None:
        listed = await browser.get("apply: tasks", tasks)
        sheets = list(dict.fromkeys(_PAGE.findall(listed.text)))
        for number, sheet in enumerate(sheets):
            if number > MOST_PAGES:
                break
            path = f"{tasks}pages/{sheet}/"
            page = await browser.get("apply: a page", path)
            await self.thinks()
            saved = await browser.send("POST", "apply: a page, saved", path, _filled(page), expected=(302,))
            following = _PAGE.search(saved.location)
            if following and following[1] not in sheets:
                sheets.insert(number + 1, following[1])  # an answer asks for one more page
        check = await browser.get("apply: check", f"{tasks}check/")
        await self.thinks()
        await self._send(browser, tasks, check)

    async def _send(self, browser: Browser, tasks: str, check: Answer) -> None:
        draft = tasks.strip("/").split("/")[-1]
        data = _filled(check) | {"is_true": "true"}
        self.sent.tried.add(draft)

        async def press() -> Answer:
            return await browser.send("POST", "apply: send", f"{tasks}check/", dict(data), expected=(302,))

        presses = 2 if self.chance.random() < TWICE_SHARE else 1
        answers = await asyncio.gather(*(press() for _ in range(presses)))
        if any(one.location.endswith(f"/sent/{draft}/") for one in answers):
            self.sent.confirmed.add(draft)
            await browser.get("apply: sent", f"/applications/sent/{draft}/")


def _filled(page: Answer) -> dict[str, str]:
    """The form of a page with an answer to each question: what is known is right, all else is said shortly."""
    found = {"csrfmiddlewaretoken": page.token}
    version = re.search(r'name="version" value="(\d+)"', page.text)
    found["version"] = version[1] if version else ""
    radios: dict[str, list[str]] = {}
    for one in _VALUE.findall(page.text):
        name, value = re.search(r'name="([^"]+)"', one), re.search(r'value="([^"]*)"', one)
        if name and value:
            radios.setdefault(name[1], []).append(value[1])
    for name in dict.fromkeys(_FIELD.findall(page.text)):
        if name in _HIDDEN or name.endswith("-is-right"):
            continue
        if name in radios:
            found[name] = "false" if "false" in radios[name] else radios[name][0]
        else:
            found[name] = _BY_CODE.get(name.split("-")[0], "0" if "eur" in name else "1")
    return found | {name: "true" for name in radios if name.endswith("-is-right")}


# -- how many at once ----------------------------------------------------------------------------------------------


async def one_by_one(who: Applicants, rate: float, seconds: float) -> None:
    """Applications begun at a rate, each filled without a pause."""

    async def one(_number: int, _due: float) -> None:
        await who.apply()

    await at_rate(rate, seconds, one)


async def reform_day(who: Applicants, users: int, seconds: float) -> None:
    """So many residents at once, each reading every page, one application after another until the time is over.

    Whoever has begun before the end goes on to the end of their application.
    """
    end = time.perf_counter() + seconds

    async def one() -> None:
        await asyncio.sleep(who.chance.random() * who.think_seconds)
        while time.perf_counter() < end:
            await who.apply()

    await asyncio.gather(*(one() for _ in range(users)))


def kept(sent: Sent, before: int) -> dict[str, Any]:
    """Whether each application that was sent is in the database, once, with a case of its own.

    Args:
        before: how many applications there were.
    """
    from balsts.access.acting import in_scope, the_platform
    from balsts.cases.models import Application, Case

    with in_scope(the_platform()):
        found = list(Application.objects.filter(key__in=sent.tried).values_list("key", "case"))
        keys, cases = {str(key) for key, _ in found}, {case for _, case in found}
        number = Application.objects.count() - before
        with_two = Case.objects.filter(pk__in=cases, applications__isnull=False).count() - len(cases)
    return {
        "sent": len(sent.tried), "confirmed": len(sent.confirmed), "in_the_database": len(keys),
        "lost": len(sent.confirmed - keys), "twice": len(found) - len(cases) + with_two,
        "of_nobody": number - len(keys),
    }  # fmt: skip


def applications_now() -> int:
    """How many applications there are."""
    from balsts.access.acting import in_scope, the_platform
    from balsts.cases.models import Application

    with in_scope(the_platform()):
        return Application.objects.count()


def in_turn(persons: Sequence[str]) -> Iterator[str]:
    """Persons in turn; who has applied comes again only after everybody else."""
    while True:
        yield from persons
