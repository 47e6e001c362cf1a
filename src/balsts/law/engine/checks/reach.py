"""What a month's law reads, walked without stopping at the first mistake, so that lint can name all of them.

`wiring` builds the graph that is evaluated and stops at the first error; both follow the same names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from balsts.law.engine.checks.graph import arguments_of, counted_rights, gathers, role_of, terms_of
from balsts.law.engine.declare import Gathered, RuleVersion
from balsts.law.engine.law import Law
from balsts.law.engine.parameters import DatedValue
from balsts.law.engine.quantities import first_day
from balsts.law.engine.vocabulary import Month, month_number


@dataclass(frozen=True)
class Missing:
    """Something needed that is not there: by whom, what, on which day."""

    kind: Literal["rule", "parameter"]
    user: str
    name: str
    day: date


@dataclass
class Reached:
    """What a walk came by.

    Attributes:
        versions: rule versions by name and `since`.
        values: dated values of parameters, by argument name and `since`.
        names: gathered values and inputs.
        offsets: how many months back it looked.
    """

    versions: dict[tuple[str, date], RuleVersion] = field(default_factory=dict)
    values: dict[tuple[str, date], DatedValue] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    offsets: set[int] = field(default_factory=set)
    missing: dict[Missing, None] = field(default_factory=dict)
    circles: dict[tuple[str, ...], None] = field(default_factory=dict)

    def add(self, other: Reached) -> None:
        """Add what another walk came by."""
        self.versions |= other.versions
        self.values |= other.values
        self.names |= other.names
        self.offsets |= other.offsets
        self.missing |= other.missing
        self.circles |= other.circles


class Reach:
    """Walks the law of one month from some names on; what was walked once is not walked again."""

    def __init__(self, law: Law, month: int) -> None:
        self.law = law
        self.month = month
        self.found = Reached()
        self.done: set[tuple[str, int]] = set()
        self.under_way: list[tuple[str, int]] = []
        self.in_force: dict[int, dict[str, RuleVersion]] = {}

    def walk(self, roots: Iterable[str]) -> Reached:
        """Walk from some names on, which must be in force."""
        rules = self.rules(0)
        self.visit(self.law.presence, 0, "the question asked")
        for name in roots:
            self.visit(name, 0, "the question asked")
        ends: set[str] = set()
        while more := {one for one, offset in self.done if offset == 0 and one in rules} - ends:
            for name in sorted(more):
                for term in terms_of(rules[name]):
                    self.visit(term, 0, name)
            ends |= more
        return self.found

    def rules(self, offset: int) -> dict[str, RuleVersion]:
        """The rules in force so many months before."""
        if offset not in self.in_force:
            self.in_force[offset] = self.law.in_force(self.day(offset))
        return self.in_force[offset]

    def day(self, offset: int) -> date:
        """The day on which the law is read."""
        return first_day(Month(self.month - offset))

    def visit(self, name: str, offset: int, user: str) -> None:
        """Follow one name."""
        role = role_of(self.law, name)
        if role == "parameter":
            self.parameter(name, offset, user)
            return
        if role == "input":
            self.found.names.add(name)
        if role not in ("rule", "gathered"):
            return
        here = (name, offset)
        if here in self.under_way:
            self.found.circles[_circle([one for one, _ in self.under_way[self.under_way.index(here) :]])] = None
            return
        if here in self.done:
            return
        self.done.add(here)
        self.under_way.append(here)
        self.found.offsets.add(offset)
        if role == "gathered":
            self.gathered(name, self.law.gathered[name], offset)
        else:
            self.rule(name, offset, user)
        self.under_way.pop()

    def rule(self, name: str, offset: int, user: str) -> None:
        """Follow the arguments of the wording in force."""
        version = self.rules(offset).get(name)
        if version is None:
            self.found.missing[Missing("rule", user, name, self.day(offset))] = None
            return
        self.found.versions[name, version.since] = version
        if version.right is not None and version.entity == "person" and not version.right.after_death:
            self.visit(self.law.presence, offset, name)
        for argument in arguments_of(version):
            self.visit(argument, offset, name)

    def parameter(self, name: str, offset: int, user: str) -> None:
        """Take the value in force."""
        dated = self.law.parameters[name].on(self.day(offset))
        if dated is None:
            self.found.missing[Missing("parameter", user, name, self.day(offset))] = None
        else:
            self.found.values[name, dated.since] = dated

    def gathered(self, name: str, declared: Gathered, offset: int) -> None:
        """Follow what is gathered."""
        self.found.names.add(name)
        if declared.kind == "earlier":
            self.visit(declared.of, offset + declared.months, name)
            return
        read = list(gathers(declared))
        if declared.kind == "rights":
            read += counted_rights(self.rules(offset).values())
        if declared.kind != "linked":
            self.visit(self.law.presence, offset, name)
        for one in read:
            self.visit(one, offset, name)


def _circle(names: list[str]) -> tuple[str, ...]:
    """A circle of names, told from its alphabetically first one on."""
    first = names.index(min(names))
    return (*names[first:], *names[:first], names[first])


def months_of_change(law: Law) -> Iterator[int]:
    """Every month in which anything changes: law is read on the 1st, so a later day counts from the next month too."""
    found = set()
    for day in law.days_of_change:
        month = month_number(day.year, day.month)
        found |= {month} if day.day == 1 else {month, month + 1}
    yield from sorted(found)
