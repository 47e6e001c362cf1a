"""The catalogue of inputs: every fact a law may read, with its type, its bounds and its names in files."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, Self

from balsts.law.engine.quantities import MAX_CENTS

Kind = Literal["day", "month", "money", "number", "flag", "choice", "link", "text", "codes"]
MAX_MEMBERS = 1000
"""The most persons one household may have in a population; bounds the sums over its members."""


class Choice(IntEnum):
    """One of the words that a fact may be: `REFUGEE = 3, "bēglis", "refugee"`; files and rules know it by its name."""

    lv: str
    en: str

    def __new__(cls, value: int, lv: str, en: str) -> Self:
        """A member with its number and what people call it."""
        member = int.__new__(cls, value)
        member._value_ = value
        member.lv = lv
        member.en = en
        return member


@dataclass(frozen=True)
class Input:
    """A fact a rule can ask for.

    `name` is the argument in rules; `key` the name in a household file, `column` in a population file. `is_common`
    says that many persons have it, so that the compiled pass gains nothing by asking for it first. `unit` is what a
    number counts (years, months, days, hours, persons, percent). `event` is what happened on a day, in the words that
    follow "months since": `("dzimšanas", "birth")`.
    """

    key: str
    kind: Kind
    lv: str
    en: str
    entity: Literal["person", "household"] = "person"
    required: bool = False
    default: int = 0
    default_from: str | None = None
    at_most: int = MAX_CENTS
    choices: type[Choice] | None = None
    several: int = 1
    is_common: bool = False
    unit: str = ""
    event: tuple[str, str] | None = None

    @property
    def name(self) -> str:
        """The argument of a rule: the key without its unit."""
        return self.key.replace("_eur_month", "").replace("_eur_day", "_day").removesuffix("_eur")

    @property
    def column(self) -> str:
        """The column of a population file."""
        return f"{self.name}_cents" if self.kind == "money" else self.name

    @property
    def choice_names(self) -> list[str]:
        """The words a choice may take in files."""
        return [choice.name.lower() for choice in self.choices or ()]


@dataclass(frozen=True)
class FamilyTies:
    """Which links make the families of a country.

    Attributes:
        placements: links to one adult who raises the child in place of its parents, first one given counts.
        parents: groups of links to parents; the first group with a member counts.
        payees: worked-out links: name → the links it chooses from (a woman first, then the older, then the first).
    """

    placements: tuple[tuple[str, ...], ...]
    parents: tuple[tuple[str, ...], ...]
    payees: dict[str, tuple[str, ...]]


class Catalogue:
    """All inputs of a country by name, and the values worked out from the ties between persons."""

    worked_out = ("family", "family_payee", "birth_order", "birth_rank")

    def __init__(self, inputs: tuple[Input, ...], ties: FamilyTies, woman: int) -> None:
        self.inputs = inputs
        self.ties = ties
        self.woman = woman
        self.by_key = {one.key: one for one in inputs}
        self.links: tuple[str, ...] = tuple(name for one in inputs if one.kind == "link" for name in link_names(one))
        self.by_name = {one.name: one for one in inputs if one.kind not in ("link", "text", "codes")}

    def persons(self) -> list[Input]:
        """The inputs of a person, in the order of the catalogue."""
        return [one for one in self.inputs if one.entity == "person"]

    def household(self) -> list[Input]:
        """The inputs of a household, in the order of the catalogue."""
        return [one for one in self.inputs if one.entity == "household"]


def link_names(one: Input) -> list[str]:
    """The single links behind an input: `parents` → `parent_1`, `parent_2`."""
    stem = one.key.removesuffix("s") if one.several > 1 else one.key
    return [f"{stem}_{number}" for number in range(1, one.several + 1)] if one.several > 1 else [stem]
