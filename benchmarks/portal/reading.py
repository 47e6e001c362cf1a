"""Reading as it is mixed on a working day: public pages, residents' own, staff's lists and cases, the API."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp

from benchmarks.portal.load import Browser, Times, at_rate
from benchmarks.portal.people import TRACED, People, Visited, resident_session, staff_session

_WHY = {"Balsts-Reason": "application", "Balsts-Reference": "SP-1"}
"""Calls of the API need it; pages do not look at it."""
_LISTS = ("mine", "unassigned", "overdue", "week", "second", "contested", "all")


@dataclass
class Reader:
    """Whoever reads, and what there is for them."""

    people: People
    guests: Browser
    staff: Sequence[Browser]
    heads: Sequence[Browser]
    residents: Sequence[tuple[Browser, Visited]]
    chance: random.Random

    def case(self, of: int | None = None) -> tuple[str, str, str]:
        """A case of the office, one of the first so many: itself, its number, its decision."""
        case, number, decision = self.chance.choice(self.people.cases[:of])
        return case, number, decision


Page = Callable[[Reader, float], Awaitable[Any]]


def public(name: str, path: str) -> Page:
    """A page for everybody."""
    return lambda reader, due: reader.guests.get(name, path, due)


def own(name: str, path: str) -> Page:
    """A page of a resident; `path` may name their person, case and decision."""

    def opened(reader: Reader, due: float) -> Awaitable[Any]:
        browser, one = reader.chance.choice(reader.residents)
        return browser.get(name, path.format(person=one.person, case=one.case, decision=one.decision), due)

    return opened


def office(name: str, path: str, *, head: bool = False) -> Page:
    """A page of staff; `path` may name a case, its decision, and a list."""

    def opened(reader: Reader, due: float) -> Awaitable[Any]:
        case, _, decision = reader.case(TRACED if "{decision}" in path else None)
        browser = reader.chance.choice(reader.heads if head else reader.staff)
        which = reader.chance.choice(_LISTS)
        return browser.get(name, path.format(case=case, decision=decision, list=which), due, **_WHY)

    return opened


async def found_case(reader: Reader, due: float) -> None:
    """Staff look for a case by its number, by a name or by a code."""
    browser = reader.chance.choice(reader.staff)
    asked = {"number": reader.case()[1], "name": reader.chance.choice(reader.people.names),
             "code": reader.chance.choice(reader.people.codes)}  # fmt: skip
    how = reader.chance.choice([*asked])
    form = await browser.get("find a case: the form", "/desk/find/", due)
    await browser.send("POST", f"find a case by {how}", "/desk/find/",
                       {"csrfmiddlewaretoken": form.token, "asked": asked[how]}, expected=(200, 302))  # fmt: skip


MIX: tuple[tuple[int, Page], ...] = (
    (3, public("support: start", "/support/")),
    (1, public("law: start", "/law/")),
    (1, public("law: a rule", "/law/rules/gmi_benefit/")),
    (2, public("register of providers", "/providers/")),
    (8, own("own cases", "/me/cases/")),
    (8, own("own case", "/me/cases/{case}/")),
    (4, own("own decision", "/me/cases/{case}/decisions/{decision}/")),
    (5, own("own payments", "/me/payments/")),
    (4, own("own data", "/persons/{person}/")),
    (3, own("who looked", "/me/who-looked/")),
    (3, own("own applications", "/applications/")),
    (12, office("list of cases", "/desk/?list={list}")),
    (2, office("list of cases of a stage", "/desk/?list={list}&stage=assessed&type=assistance")),
    (14, office("case", "/cases/{case}/")),
    (4, office("decision", "/cases/{case}/decisions/{decision}/")),
    (3, office("messages", "/cases/{case}/messages/")),
    (1, office("figures of the office", "/desk/figures/", head=True)),
    (4, found_case),
    (3, office("API: cases", "/api/v1/cases?limit=50")),
    (5, office("API: a case", "/api/v1/cases/{case}")),
    (3, office("API: awards", "/api/v1/cases/{case}/awards?since=2026-01-01&until=2027-01-01")),
    (2, office("API: a list", "/api/v1/worklists/{list}")),
)
"""By weight. A search opens its form first and counts as one arrival, so a little more is asked than the rate says."""


def reader(everybody: People, web: aiohttp.ClientSession, base: str, times: Times) -> Reader:
    """Everybody who reads, signed in."""
    chance = random.Random(1)
    residents = [(Browser(web, base, times, resident_session(one.person)), one)
                 for one in everybody.residents[:TRACED]]  # fmt: skip
    staff = [Browser(web, base, times, staff_session(*one)) for one in everybody.workers]
    heads = [Browser(web, base, times, staff_session(*one)) for one in everybody.heads]
    return Reader(everybody, Browser(web, base, times), staff, heads, residents, chance)


async def read(who: Reader, rate: float, seconds: float) -> None:
    """Read at a rate for some seconds."""
    weights, pages = zip(*MIX, strict=True)

    async def one(_number: int, due: float) -> None:
        (page,) = who.chance.choices(pages, weights)
        await page(who, due)

    await at_rate(rate, seconds, one)


async def warm(who: Reader, processes: int) -> None:
    """Open every page some times in each process, so that what is read when first needed is read."""
    for _, page in MIX:
        await asyncio.gather(*(page(who, 0.0) for _ in range(2 * processes)))
