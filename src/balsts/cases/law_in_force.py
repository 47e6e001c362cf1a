"""The text of the law that cases are decided by, and its hash, by which a decision says what it was decided with.

It is the text that this installation came with, and over it the amendments that were enacted here, in their order, each
from its day on. Every earlier state of it can be had again by its hash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.db import connection
from django.utils import timezone

from balsts.law.engine.law import Law
from balsts.law.engine.many.compiled import cache_folder
from balsts.law.engine.reform import with_reforms
from balsts.law.engine.vocabulary import Month, month_number
from balsts.law.engine.wiring import Bound, wire
from balsts.law.latvia import latvia
from balsts.law.latvia.inputs import CATALOGUE

_TEXTS = ("rules.py", "parameters.yaml", "inputs.py", "acts.yaml", "articles.yaml", "sources.yaml")


@dataclass(frozen=True, eq=False)
class LawInForce:
    """A law with the hash of its whole text."""

    law: Law
    sha256: str


@dataclass(frozen=True)
class Amendment:
    """An amendment laid over the law: the hash of its text, that text, and its rules where it has any."""

    sha256: str
    text: str
    rules: str = ""


def law_in_force(on: date | None = None) -> LawInForce:
    """The law as it decides on a day (left out: today): one query, for what was enacted here."""
    return law_with(enacted_by(on or timezone.localdate()))


def enacted_by(day: date) -> tuple[Amendment, ...]:
    """What is enacted here and part of the law on a day, in its order."""
    return tuple(one for one, since in _enacted() if since <= day)


def law_of(sha256: str) -> LawInForce | None:
    """The law of a hash: the text in force or an earlier one of this installation; None where it has no such text."""
    return next((one for one in states_of_law() if one.sha256 == sha256), None)


@lru_cache(maxsize=16)
def law_with(amendments: tuple[Amendment, ...]) -> LawInForce:
    """The law that this installation came with, and some amendments over it, in order.

    Raises:
        InputError, LawError: an amendment does not fit the law.
    """
    law = with_reforms(latvia(), [_as_file(one) for one in amendments])
    found = hashlib.sha256(text_hash(latvia()).encode())
    for one in amendments:
        found.update(one.sha256.encode())
    return LawInForce(law, found.hexdigest() if amendments else text_hash(latvia()))


def text_hash(law: Law) -> str:
    """The hash of every file of a law's text, names included."""
    found = hashlib.sha256()
    for path in sorted(one for one in law.root.rglob("*") if one.name in _TEXTS):
        found.update(f"{path.relative_to(law.root)}\0".encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def _enacted() -> list[tuple[Amendment, date]]:
    """What was enacted, in its order: by the day, then by the moment."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sha256, text, rules, since FROM cases_lawdraft WHERE status = 'enacted' "
                       "ORDER BY since, enacted_at, id")  # fmt: skip
        return [(Amendment(*row[:3]), row[3]) for row in cursor.fetchall()]


def states_of_law() -> Iterator[LawInForce]:
    """The law as it stands and as it stood: with all that was enacted, and with less and less of it."""
    enacted: Sequence[Amendment] = [one for one, _ in _enacted()]
    for count in range(len(enacted), -1, -1):
        yield law_with(tuple(enacted[:count]))


def _as_file(amendment: Amendment) -> Path:
    """The amendment as files that the law's reader takes; their folder bears their hash."""
    folder = cache_folder() / "amendments" / amendment.sha256
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in (("reform.yaml", amendment.text), ("rules.py", amendment.rules)):
        path = folder / name
        if content and (not path.exists() or path.read_text(encoding="utf-8") != content):
            unfinished = folder / f"{name}.{id(amendment)}"
            unfinished.write_text(content, encoding="utf-8")
            unfinished.replace(path)
    return folder / "reform.yaml"


# -- what is read for a question -----------------------------------------------------------------------------------


def inputs_read(law: LawInForce, month: Month, codes: tuple[str, ...]) -> frozenset[str]:
    """The inputs, by their keys, that the law reads for some rights and statuses in a month; ties are not among them.

    Codes that are not in force in the month are left out.
    """
    return _inputs_read(law, month, known_codes(law, month, codes))


def known_codes(law: LawInForce, month: Month, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Those of some rights and statuses that are in force in a month."""
    in_force = wire(law.law, month)
    known = {*in_force.rights, *in_force.statuses}
    return tuple(one for one in codes if one in known)


def months_of_change(law: LawInForce, since: Month, until: Month) -> list[Month]:
    """Months from `since` to the one before `until` in which the law is another than in the month before; the first."""
    changed = {month_number(day.year, day.month) + (day.day > 1) for day in law.law.days_of_change}
    return [month for month in map(Month, range(since, until)) if month == since or month in changed]


def same_value(one: Bound, other: Bound) -> bool:
    """Whether two readings of a parameter have one value, as it is written; values that nobody knows are alike."""
    return one.dated is other.dated or one.dated.written == other.dated.written


@lru_cache(maxsize=8192)
def _inputs_read(law: LawInForce, month: Month, codes: tuple[str, ...]) -> frozenset[str]:
    wiring = wire(law.law, month, wanted=codes)
    names = CATALOGUE.by_name
    return frozenset(names[name].key for name in wiring.inputs if name in names)
