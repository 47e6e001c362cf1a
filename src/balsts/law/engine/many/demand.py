"""When a value is needed at all: a rule that first asks a condition reads the rest only when it holds.

Most persons have no right to most things. A rule that starts with `if not is_due: return 0` leaves everything behind
that condition unread; the compiled pass leaves it unworked too. What is found here is, for each value of a person, the
yes-or-no values that must hold for anyone to read it.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import lru_cache

from balsts.law.engine.declare import RuleVersion
from balsts.law.engine.many.plan import Plan
from balsts.law.engine.source import body_of
from balsts.law.engine.subset import kinds_in
from balsts.law.engine.wiring import Argument, Value

Known = frozenset[tuple[str, bool]]
_MOST_ALTERNATIVES = 3
_CHEAP_NODES = 40


@dataclass(frozen=True)
class Condition:
    """A yes-or-no argument that must have a value for what stands behind it to be read."""

    argument: Argument
    holds: bool


Alternative = tuple[Condition, ...]


@lru_cache(maxsize=4096)
def known_when_read(version: RuleVersion) -> dict[str, Known]:
    """For each argument of a rule, the yes-or-no arguments whose values are known whenever it is read."""
    reader = _Reader({name for name, kind in kinds_in(version).items() if kind.unit == "flag"})
    reader.block(body_of(version.function), frozenset())
    return reader.found


@lru_cache(maxsize=4096)
def known_when_true(version: RuleVersion) -> Known:
    """The yes-or-no arguments whose values are known whenever a rule says yes."""
    reader = _Reader({name for name, kind in kinds_in(version).items() if kind.unit == "flag"})
    reader.block(body_of(version.function), frozenset())
    return frozenset.intersection(*reader.true) if reader.true else frozenset()


@lru_cache(maxsize=4096)
def is_costly(version: RuleVersion) -> bool:
    """Whether a rule looks something up, divides or has many branches."""
    nodes = [node for statement in body_of(version.function) for node in ast.walk(statement)]
    calls = any(isinstance(node, ast.Attribute) and node.attr == "at" for node in nodes)
    divides = any(isinstance(node, (ast.Mod, ast.FloorDiv)) for node in nodes)
    return calls or divides or len(nodes) > _CHEAP_NODES


class _Reader:
    def __init__(self, flags: set[str]) -> None:
        self.flags = flags
        self.found: dict[str, Known] = {}
        self.true: list[Known] = []

    def block(self, statements: list[ast.stmt], known: Known) -> Known | None:
        """Read statements; what is known after them, or None when they always return."""
        for statement in statements:
            if isinstance(statement, ast.Return):
                assert statement.value is not None
                self.expression(statement.value, known)
                if not (isinstance(statement.value, ast.Constant) and statement.value.value is False):
                    self.true.append(known | self.atoms(statement.value, True))
                return None
            if isinstance(statement, ast.If):
                self.expression(statement.test, known)
                then = self.block(statement.body, known | self.atoms(statement.test, True))
                otherwise = self.block(statement.orelse, known | self.atoms(statement.test, False))
                if then is None and otherwise is None:
                    return None
                known = then & otherwise if then is not None and otherwise is not None else (then or otherwise or known)
            elif isinstance(statement, ast.Assign):
                self.expression(statement.value, known)
                self.flags -= {target.id for target in statement.targets if isinstance(target, ast.Name)}
        return known

    def expression(self, node: ast.expr, known: Known) -> None:
        if isinstance(node, ast.Name):
            self.found[node.id] = self.found.get(node.id, known) & known
        elif isinstance(node, ast.BoolOp):
            for part in node.values:
                self.expression(part, known)
                known |= self.atoms(part, isinstance(node.op, ast.And))
        elif isinstance(node, ast.IfExp):
            self.expression(node.test, known)
            self.expression(node.body, known | self.atoms(node.test, True))
            self.expression(node.orelse, known | self.atoms(node.test, False))
        else:
            for child in ast.iter_child_nodes(node):
                if isinstance(child, ast.expr):
                    self.expression(child, known)

    def atoms(self, node: ast.expr, outcome: bool) -> Known:
        """The yes-or-no arguments that are settled when a test has an outcome."""
        if isinstance(node, ast.Name):
            return frozenset({(node.id, outcome)}) if node.id in self.flags else frozenset()
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return self.atoms(node.operand, not outcome)
        if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And) == outcome:
            return frozenset().union(*(self.atoms(part, outcome) for part in node.values))
        return frozenset()


class Demand:
    """For a plan and what is written from it: when each value worked out by a rule is needed.

    Attributes:
        lazy: key → alternatives; the value is read only when all conditions of one of them hold.
    """

    def __init__(self, plan: Plan, written: set[str]) -> None:
        self.plan = plan
        self.values = plan.values
        self.lazy: dict[str, tuple[Alternative, ...]] = {}
        self.rest_on = self._all_needs()
        readers = self._readers()
        for key in reversed(list(self.values)):
            found = self._alternatives(self.values[key], readers.get(key, []), written)
            if found is not None:
                self.lazy[key] = found
        self.lazy = {key: self.lazy[key] for key in self._worth_it()}

    def _worth_it(self) -> set[str]:
        """Those that cost more than asking: with a lookup or a rounding in them or in what only they need."""
        found: set[str] = set()
        for key, value in self.values.items():
            if key in self.lazy and value.version is not None:
                below = any(need in found for need in value.needs)
                if below or value.version.rounding is not None or is_costly(value.version):
                    found.add(key)
        return found

    def _all_needs(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for key, value in self.values.items():
            direct = [need for need in value.needs if need in self.values]
            found[key] = set(direct).union(*(found[need] for need in direct))
        return found

    def _readers(self) -> dict[str, list[Value]]:
        found: dict[str, list[Value]] = {}
        for value in self.values.values():
            for need in value.needs:
                found.setdefault(need, []).append(value)
        return found

    def _alternatives(self, value: Value, readers: list[Value], written: set[str]) -> tuple[Alternative, ...] | None:
        """None when it is always needed, or cannot be put off."""
        is_put_off = value.version is not None and value.key not in written
        if not is_put_off or not readers:
            return None
        found: dict[Alternative, None] = {}
        for reader in readers:
            behind = self._behind(value, reader)
            if behind is None:
                return None
            before = self.lazy.get(reader.key, ((),))
            found.update(dict.fromkeys(self._apart_from(value, (*one, *behind)) for one in before))
        return None if () in found or len(found) > _MOST_ALTERNATIVES else tuple(found)

    def _apart_from(self, value: Value, conditions: Alternative) -> Alternative:
        """Conditions that do not rest on a value; for one that does, what must hold for it to hold."""
        found: dict[Condition, None] = {}
        waiting = list(conditions)
        while waiting:
            one = waiting.pop(0)
            key = one.argument.key
            if key != value.key and value.key not in self.rest_on.get(key, ()):
                found[one] = None
            elif key in self.values and self.values[key].version is not None and one.holds:
                waiting += self._implied(self.values[key])
        return tuple(found)

    def _implied(self, value: Value) -> list[Condition]:
        """What must hold for a yes-or-no value to be yes."""
        assert value.version is not None
        by_name = {one.name: one for one in value.arguments if one.reach == "same"}
        return [Condition(by_name[name], holds) for name, holds in sorted(known_when_true(value.version))
                if name in by_name]  # fmt: skip

    def _behind(self, value: Value, reader: Value) -> Alternative | None:
        """The conditions behind which a reader reads a value; None when it always does."""
        is_alike = (reader.entity == "household") == (value.entity == "household")
        if reader.version is None or not is_alike or reader.guard == value.key:
            return None
        if self.plan.passes[reader.key] != self.plan.passes[value.key]:
            return None
        known: Known | None = None
        for argument in reader.arguments:
            if argument.key == value.key:
                if argument.reach != "same":
                    return None
                here = known_when_read(reader.version).get(argument.name, frozenset())
                known = here if known is None else known & here
        by_name = {argument.name: argument for argument in reader.arguments}
        conditions = [Condition(by_name[name], holds) for name, holds in sorted(known or ()) if name in by_name]
        return tuple(one for one in conditions if one.argument.reach != "parameter")
