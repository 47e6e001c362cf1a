"""What a definition of an indicator is made of (rādītāja definīcija)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal, NamedTuple

Source = Literal["payments", "cases", "services"]
Unit = Literal[
    "persons", "EUR", "applications", "decisions", "days", "cases", "appeals", "percent", "providers", "places",
    "complaints",
]  # fmt: skip
Measure = Literal["number", "cents", "share"]
Protection = Literal["cells", "middle", "public"]
"""How a family is protected: `cells` by all of `disclosure.py`; `middle`, a middle value of ten persons or more;
`public`, what a public register names one by one anyway."""


class Words(NamedTuple):
    """The same in both languages."""

    lv: str
    en: str

    def in_(self, lang: str) -> str:
        """In one of them."""
        return self.lv if lang == "lv" else self.en


@dataclass(frozen=True)
class Split:
    """A way in which a whole falls into parts.

    Attributes:
        adds: whether the counts of its parts add up to the whole; where not, one person may be in several.
    """

    code: str
    adds: bool = True


@dataclass(frozen=True)
class Family:
    """What is counted together, in one reading of the database, and protected together.

    Attributes:
        function: the function of the database that counts it, between the first day of a month and another.
        of: what it is counted by: a right of the law, a case type, a register, or nothing.
        has_year: whether the year is counted too; `adds_over_months`: whether its months add up to it.
        only_now: whether only the last of the months asked for can be counted.
        is_large: counted by connections side by side, payees put together first; the function is told when no parts are
            asked for.
    """

    code: str
    function: str
    source: Source
    of: Literal["right", "case_type", "register", ""]
    splits: tuple[Split, ...] = ()
    protection: Protection = "cells"
    has_year: bool = True
    adds_over_months: bool = True
    only_now: bool = False
    is_large: bool = False


@dataclass(frozen=True)
class Version:
    """A wording of a definition, for months from one to another.

    Attributes:
        since, until: months such as 2026-01; [since, until), open-ended while `until` is empty.
        text: what is counted, and what is not.
        changed: what is different from the version before; of the first one, nothing.
    """

    number: int
    since: str
    text: Words
    until: str = ""
    changed: Words | None = None


@dataclass(frozen=True)
class Outside:
    """A published figure that a live one is shown beside, for a right.

    Attributes:
        of: the right.
        figure: the code of the figure in the book.
        note: what is the same in both, and what is not or is not known.
    """

    of: str
    figure: str
    note: Words


@dataclass(frozen=True)
class Definition:
    """An indicator (rādītājs): its name, unit, where it comes from, and its versions, the newest last.

    Attributes:
        measure: which count of its family it shows; `share` is the percentage of the part `part` of the split `split`,
            worked out from what is shown of both.
    """

    code: str
    name: Words
    unit: Unit
    family: str
    measure: Measure
    versions: tuple[Version, ...]
    split: str = ""
    part: str = ""
    outside: tuple[Outside, ...] = ()

    def version_in(self, period: str) -> Version | None:
        """The version that holds in a month; of a year, the one of its last month."""
        month = period if len(period) > len("2026") else f"{period}-12"
        return next((one for one in self.versions if one.since <= month and (not one.until or month < one.until)), None)

    def sha256(self, version: Version) -> str:
        """The hash of what a version says."""
        said = (self.code, self.unit, self.family, self.measure, self.split, self.part, version.number, version.since,
                version.text)  # fmt: skip
        return hashlib.sha256(repr(said).encode()).hexdigest()
