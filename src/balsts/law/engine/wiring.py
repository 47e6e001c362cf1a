"""The law of one month as a graph: every rule with where each of its arguments comes from, in order of need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from inspect import signature
from typing import Literal

from balsts.law.engine.declare import Entity, Gathered, RuleVersion
from balsts.law.engine.errors import LawError, nearest
from balsts.law.engine.law import Law
from balsts.law.engine.parameters import DatedValue, Parameter
from balsts.law.engine.quantities import first_day
from balsts.law.engine.source import divisors_in
from balsts.law.engine.vocabulary import Month

Reach = Literal["same", "household", "family", "parameter", "month"]
_APPLIED = "applied_for_"


@dataclass(frozen=True)
class Argument:
    """One argument of a rule and how far its value is.

    `reach`: `same` (the same person, family or household), `household` (of the person's household), `family` (of the
    family in which the person is a child), `parameter`, `month`. `key` is the value's key, or the parameter's.
    """

    name: str
    key: str
    reach: Reach


@dataclass(frozen=True)
class Value:
    """A node of the graph: a rule version or a gathered value, at the month asked or `offset` months before."""

    key: str
    name: str
    entity: Entity
    offset: int
    version: RuleVersion | None = None
    gathered: Gathered | None = None
    arguments: tuple[Argument, ...] = ()
    of: tuple[str, ...] = ()
    where: str | None = None
    guard: str | None = None

    @property
    def needs(self) -> Iterable[str]:
        """Keys of the values it is worked out from."""
        yield from (one.key for one in self.arguments if one.reach not in ("parameter", "month"))
        yield from self.of
        if self.where:
            yield self.where
        if self.guard:
            yield self.guard


@dataclass(frozen=True)
class Bound:
    """A parameter with the value in force on the day it is read for."""

    parameter: Parameter
    dated: DatedValue
    day: date


@dataclass
class Wiring:
    """The law of one month.

    Attributes:
        values: all nodes needed, each after what it needs.
        parameters: by key: the argument name, with its offset when it is read for an earlier month.
        rights, statuses: names of those in force, in alphabetical order.
        inputs: names of the inputs and worked-out values that are read.
    """

    law: Law
    month: int
    known: date | None
    values: dict[str, Value] = field(default_factory=dict)
    parameters: dict[str, Bound] = field(default_factory=dict)
    rights: list[str] = field(default_factory=list)
    statuses: list[str] = field(default_factory=list)
    inputs: dict[str, None] = field(default_factory=dict)

    def version(self, code: str) -> RuleVersion:
        """The rule version behind a right or status."""
        version = self.values[code].version
        assert version is not None
        return version


def key_of(name: str, offset: int) -> str:
    """The key of a value of an earlier month: `is_on_benefit__1_before`."""
    return f"{name}__{offset}_before" if offset else name


@lru_cache(maxsize=256)
def _wired(law_id: int, law: _ById, month: int, known: date | None, wanted: tuple[str, ...] | None) -> Wiring:
    return _Wirer(law.law, month, known).wire(wanted)


@dataclass(frozen=True, eq=False)
class _ById:
    law: Law

    def __hash__(self) -> int:
        return id(self.law)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and other.law is self.law


def wire(law: Law, month: int, *, known: date | None = None, wanted: Iterable[str] | None = None) -> Wiring:
    """Wire the law of a month for all rights and statuses, or for the wanted values and what they need.

    Raises:
        LawError: an argument that nobody declares, a value missing on that day, a cycle.
    """
    return _wired(id(law), _ById(law), month, known, None if wanted is None else tuple(wanted))


class _Wirer:
    def __init__(self, law: Law, month: int, known: date | None) -> None:
        self.law = law
        self.known = known
        self.wiring = Wiring(law, month, known)
        self.under_way: list[str] = []
        self.in_force: dict[int, dict[str, RuleVersion]] = {}

    def wire(self, wanted: tuple[str, ...] | None) -> Wiring:
        rules = self.rules(0)
        self.wiring.rights = sorted(name for name, version in rules.items() if version.right)
        self.wiring.statuses = sorted(name for name, version in rules.items() if version.is_status)
        self.add(self.law.presence, 0)
        for name in wanted if wanted is not None else (*self.wiring.rights, *self.wiring.statuses):
            self.add(name, 0)
        for name in [one for one in self.wiring.rights if one in self.wiring.values]:
            self.add_terms(self.wiring.version(name))
        return self.wiring

    def add_terms(self, version: RuleVersion) -> None:
        """Wire what says to whom a right is paid and whom it is for."""
        assert version.right is not None
        for name in (version.right.payee, version.right.beneficiaries, version.right.beneficiaries_over):
            if name is not None:
                self.source(name, version, 0)

    def rules(self, offset: int) -> dict[str, RuleVersion]:
        if offset not in self.in_force:
            self.in_force[offset] = self.law.in_force(self.day(offset), self.known)
        return self.in_force[offset]

    def day(self, offset: int) -> date:
        return first_day(Month(self.wiring.month - offset))

    def add(self, name: str, offset: int) -> Value:
        key = key_of(name, offset)
        if key in self.wiring.values:
            return self.wiring.values[key]
        if key in self.under_way:
            circle = " → ".join([*self.under_way[self.under_way.index(key) :], key])
            raise LawError(f"The law goes in a circle: {circle}.")
        self.under_way.append(key)
        value = self.gathered(name, offset) if name in self.law.gathered else self.rule(name, offset)
        self.under_way.pop()
        self.wiring.values[key] = value
        return value

    def rule(self, name: str, offset: int) -> Value:
        version = self.rules(offset).get(name)
        if version is None:
            user = self.under_way[-2] if len(self.under_way) > 1 else "the question asked"
            raise LawError(f"{user} needs {name}, which has no wording in force on {self.day(offset)}.")
        arguments = tuple(
            self.argument(argument, version, offset) for argument in signature(version.function).parameters
        )
        guarded = version.right is not None and version.entity == "person" and not version.right.after_death
        guard = self.add(self.law.presence, offset).key if guarded else None
        return Value(key_of(name, offset), name, version.entity, offset, version=version,
                     arguments=arguments, guard=guard)  # fmt: skip

    def argument(self, name: str, version: RuleVersion, offset: int) -> Argument:
        if name == "month":
            return Argument(name, key_of("month", offset), "month")
        if name in self.law.parameters:
            return Argument(name, self.parameter(name, version, offset), "parameter")
        entity, key = self.source(name, version, offset)
        if entity == version.entity:
            return Argument(name, key, "same")
        if entity == "household":
            return Argument(name, key, "household")
        if entity == "family" and version.entity == "person":
            return Argument(name, key, "family")
        raise LawError(
            f"{version.name} is a rule of a {version.entity} and cannot read {name} of a {entity} directly; "
            "gather it with count, total, any_of or largest."
        )

    def source(self, name: str, version: RuleVersion | None, offset: int) -> tuple[Entity, str]:
        """Entity and key of an input, a worked-out value, a rule or a gathered value."""
        catalogue = self.law.catalogue
        if name in catalogue.by_name:
            self.wiring.inputs[name] = None
            return catalogue.by_name[name].entity, name
        is_payee = name in catalogue.ties.payees
        if name in catalogue.links or name in catalogue.worked_out or is_payee or name.startswith(_APPLIED):
            self.wiring.inputs[name] = None
            return "person", name
        if name in self.law.rules or name in self.law.gathered:
            value = self.add(name, offset)
            return value.entity, value.key
        user = version.name if version else "A gathered value"
        ties = [*catalogue.links, *catalogue.worked_out, *catalogue.ties.payees]
        known = [*catalogue.by_name, *ties, *self.law.rules, *self.law.gathered, *self.law.parameters]
        raise LawError(f"{user} asks for {name}, which is no input, rule or parameter.{nearest(name, known)}")

    def parameter(self, name: str, version: RuleVersion, offset: int) -> str:
        key = key_of(name, offset)
        if key not in self.wiring.parameters:
            parameter = self.law.parameters[name]
            dated = parameter.on(self.day(offset), self.known)
            if dated is None:
                raise LawError(
                    f"{parameter.name} has no value on {self.day(offset)} (first: {parameter.values[0].since}) "
                    f"but {version.name} needs it. Add one with its reference."
                )
            self.wiring.parameters[key] = Bound(parameter, dated, self.day(offset))
        bound = self.wiring.parameters[key]
        is_zero = isinstance(bound.dated.value, int) and bound.dated.value == 0
        if is_zero and name in divisors_in(version.function):
            raise LawError(f"{bound.parameter.name} is 0 on {bound.day}, but {version.name} divides by it.")
        return key

    def gathered(self, name: str, offset: int) -> Value:
        declared = self.law.gathered[name]
        if declared.kind == "earlier":
            inner = self.add(declared.of, offset + declared.months)
            return Value(key_of(name, offset), name, inner.entity, offset, gathered=declared, of=(inner.key,))
        if declared.kind == "rights":
            counted = [right for right, version in sorted(self.rules(offset).items())
                       if version.right and version.right.counted and version.entity != "household"]  # fmt: skip
            of = tuple(self.add(right, offset).key for right in counted)
        else:
            entity, key = self.source(declared.of, None, offset)
            self.must_be_personal(name, declared.of, entity)
            of = (key,)
        where = None
        if declared.where:
            entity, where = self.source(declared.where, None, offset)
            self.must_be_personal(name, declared.where, entity)
        guard = None if declared.kind == "linked" else self.add(self.law.presence, offset).key
        return Value(key_of(name, offset), name, self.gathers_for(declared), offset, gathered=declared,
                     of=of, where=where, guard=guard)  # fmt: skip

    def must_be_personal(self, name: str, of: str, entity: Entity) -> None:
        if entity != "person":
            raise LawError(f"{name} gathers {of}, which is a value of a {entity}; only persons' values are gathered.")

    def gathers_for(self, declared: Gathered) -> Entity:
        if declared.kind == "linked":
            self.source(declared.over, None, 0)
            return "person"
        if declared.over == "household":
            return "household"
        if declared.over == "family":
            self.wiring.inputs["family"] = None
            return "family"
        self.source(declared.over, None, 0)
        return "person"
