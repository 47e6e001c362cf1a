"""A condition that failed, and several of which any one would have been enough."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from balsts.law.engine.answer import HOUSEHOLD

_ONE_OF = {"lv": "vismaz viens no: ", "en": "at least one of: "}
_OR, _AND = {"lv": " vai ", "en": " or "}, {"lv": " un ", "en": " and "}


@dataclass(frozen=True)
class Reason:
    """A condition that failed for someone.

    Where one of several would do, those are `instead_of`: each is all that failed of one way to fulfil it.
    """

    condition: str
    needed: str
    found: str
    of: str
    instead_of: tuple[tuple[Reason, ...], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """In the form of the contract; `one_of` holds the ways of which any would do, each with all its conditions."""
        found: dict[str, Any] = {
            "condition": self.condition, "needed": self.needed, "is": self.found, "of": self.of}  # fmt: skip
        if self.instead_of:
            found["one_of"] = [[one.as_json() for one in way] for way in self.instead_of]
        return found


Way = tuple[Reason, ...]


def ways_of(reasons: Iterable[Reason]) -> tuple[Way, ...]:
    """The ways to mend what failed: all of it together, or the ways of a single reason that has several."""
    found = tuple(reasons)
    if len(found) == 1 and found[0].instead_of:
        return found[0].instead_of
    return (found,) if found else ()


def one_of(ways: tuple[Way, ...], lang: str) -> list[Reason]:
    """One reason for several ways of which any would do; a single way is just what failed of it."""
    ways = _merged(ways, lang)
    if len(ways) <= 1:
        return [reason for way in ways for reason in way]
    reasons = list(dict.fromkeys(reason for way in ways for reason in way))
    is_of_several = len({one.of for one in reasons}) > 1

    def named(one: Reason) -> str:
        return f"{one.condition} ({one.of})" if is_of_several else one.condition

    needed = "; ".join(_AND[lang].join(f"{named(one)}: {one.needed}" for one in way) for way in ways)
    return [
        Reason(
            condition=_OR[lang].join(dict.fromkeys(one.condition for one in reasons)),
            needed=_ONE_OF[lang] + needed,
            found="; ".join(dict.fromkeys(f"{named(one)}: {one.found}" for one in reasons)),
            of=HOUSEHOLD if is_of_several else reasons[0].of,
            instead_of=ways,
        )
    ]


def _merged(ways: tuple[Way, ...], lang: str) -> tuple[Way, ...]:
    """Ways that are one condition of one thing, told as one: `bēglis vai alternatīvais statuss`."""
    merged: dict[tuple[str, str, str] | int, Way] = {}
    for number, way in enumerate(ways):
        one = way[0]
        is_plain = len(way) == 1 and not one.instead_of
        key = (one.condition, one.found, one.of) if is_plain else number
        known = merged.get(key)
        needed = f"{known[0].needed}{_OR[lang]}{one.needed}" if known else one.needed
        merged[key] = (Reason(one.condition, needed, one.found, one.of),) if is_plain else way
    return tuple(merged.values())
