"""The text of the law that cases are decided by, and its hash, by which a decision says what it was decided with."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from balsts.law.engine.law import Law
from balsts.law.engine.vocabulary import Month
from balsts.law.engine.wiring import wire
from balsts.law.latvia import latvia
from balsts.law.latvia.inputs import CATALOGUE

_TEXTS = ("rules.py", "parameters.yaml", "inputs.py", "acts.yaml", "articles.yaml", "sources.yaml")


@dataclass(frozen=True)
class LawInForce:
    """A law with the hash of its whole text."""

    law: Law
    sha256: str


@lru_cache(maxsize=1)
def law_in_force() -> LawInForce:
    """The law as this installation has it."""
    law = latvia()
    return LawInForce(law, text_hash(law))


def text_hash(law: Law) -> str:
    """The hash of every file of a law's text, names included."""
    found = hashlib.sha256()
    for path in sorted(one for one in law.root.rglob("*") if one.name in _TEXTS):
        found.update(f"{path.relative_to(law.root)}\0".encode())
        found.update(path.read_bytes())
    for amendment in law.amendments:
        found.update(amendment.encode())
    return found.hexdigest()


@lru_cache(maxsize=4096)
def _inputs_read(law_hash: str, month: Month, codes: tuple[str, ...]) -> frozenset[str]:
    wiring = wire(_LAWS[law_hash], month, wanted=codes)
    names = CATALOGUE.by_name
    return frozenset(names[name].key for name in wiring.inputs if name in names)


_LAWS: dict[str, Law] = {}


def inputs_read(law: LawInForce, month: Month, codes: tuple[str, ...]) -> frozenset[str]:
    """The inputs, by their keys, that the law reads for some rights and statuses in a month; ties are not among them.

    Codes that are not in force in the month are left out.
    """
    _LAWS[law.sha256] = law.law
    in_force = wire(law.law, month)
    known = (*in_force.rights, *in_force.statuses)
    return _inputs_read(law.sha256, month, tuple(one for one in codes if one in known))
