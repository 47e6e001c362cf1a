"""What comes to nothing from one fact alone: a ward's benefit for a child without a guardian is 0, whatever else holds.

For each value of a person, the inputs whose default makes it 0 or no. The compiled pass asks such an input first and
leaves the rest unworked; for most persons most rare facts have their default, so asking costs next to nothing.
"""

from __future__ import annotations

import ast
from enum import IntEnum

from balsts.law.engine.declare import RuleVersion
from balsts.law.engine.inputs import Catalogue
from balsts.law.engine.source import body_of
from balsts.law.engine.vocabulary import NOBODY
from balsts.law.engine.wiring import Value, Wiring

_ORDER = ("link", "day", "flag", "choice", "number", "money")
Known = int | None


def rare_inputs(wiring: Wiring) -> dict[str, int]:
    """The inputs worth asking first, with the default that says "nothing there"; links before days before flags."""
    catalogue: Catalogue = wiring.law.catalogue
    found = dict.fromkeys((*catalogue.links, *catalogue.ties.payees), NOBODY)
    for kind in _ORDER[1:]:
        found |= {one.name: 0 for one in catalogue.persons()
                  if one.kind == kind and not one.is_common and one.default == 0}  # fmt: skip
    common = {name for one in catalogue.inputs if one.is_common and one.kind == "link" for name in catalogue.links
              if name == one.key}  # fmt: skip
    return {name: default for name, default in found.items() if name in wiring.inputs and name not in common}


def zero_without(wiring: Wiring) -> dict[str, str]:
    """For each value of a person that one rare input decides: that input."""
    rare = rare_inputs(wiring)
    nothing: dict[str, set[str]] = {}
    for value in wiring.values.values():
        nothing[value.key] = _nothing_without(value, rare, nothing)
    order = list(rare)
    return {key: min(found, key=order.index) for key, found in nothing.items() if found}


def _nothing_without(value: Value, rare: dict[str, int], known: dict[str, set[str]]) -> set[str]:
    if value.entity != "person":
        return set()
    if value.gathered is not None:
        return _gathered(value, rare, known)
    assert value.version is not None
    same = [argument for argument in value.arguments if argument.reach == "same"]
    candidates = {one for argument in same for one in ({argument.key} & rare.keys()) | known.get(argument.key, set())}
    found = set()
    for candidate in candidates:
        names = {argument.name: rare[candidate] for argument in same if argument.key == candidate}
        names |= {argument.name: 0 for argument in same if candidate in known.get(argument.key, ())}
        if _Abstract(value.version, names).is_nothing():
            found.add(candidate)
    return found


def _gathered(value: Value, rare: dict[str, int], known: dict[str, set[str]]) -> set[str]:
    assert value.gathered is not None
    if value.gathered.kind == "earlier":
        return set()
    if value.gathered.kind == "linked" and value.gathered.otherwise == 0 and value.gathered.over in rare:
        return {value.gathered.over}
    return set()


class _Abstract:
    """Follows a rule with a few arguments known and the others not, along every path it could take."""

    def __init__(self, version: RuleVersion, names: dict[str, int]) -> None:
        self.version = version
        self.names: dict[str, Known] = dict(names)
        self.choices = {key: value for key, value in version.function.__globals__.items()
                        if isinstance(value, type) and issubclass(value, IntEnum)}  # fmt: skip

    def is_nothing(self) -> bool:
        """Whether every path returns 0 or no."""
        return self.block(body_of(self.version.function)) is True

    def block(self, statements: list[ast.stmt]) -> bool | None:
        """True: all returns are nothing; False: one may not be; None: it may go on past the end."""
        for number, statement in enumerate(statements):
            if isinstance(statement, ast.Return):
                assert statement.value is not None
                return self.value(statement.value) == 0
            if isinstance(statement, ast.If):
                return self.branch(statement, statements[number + 1 :])
            assert isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name)
            self.names[statement.targets[0].id] = self.value(statement.value)
        return None

    def branch(self, statement: ast.If, rest: list[ast.stmt]) -> bool | None:
        test = self.value(statement.test)
        ways = []
        if test is None or test:
            ways.append([*statement.body, *rest])
        if not test:
            ways.append([*statement.orelse, *rest])
        before = dict(self.names)
        results = []
        for way in ways:
            self.names = dict(before)
            results.append(self.block(way))
        return all(one is True for one in results)

    def value(self, node: ast.expr) -> Known:
        """The value of an expression, None when it is not known."""
        if isinstance(node, ast.Name):
            return self.names.get(node.id)
        if isinstance(node, ast.Constant):
            return int(node.value) if isinstance(node.value, int) else None
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in self.choices:
            return int(self.choices[node.value.id][node.attr])
        if isinstance(node, ast.BoolOp):
            return self.joined(node)
        if isinstance(node, ast.UnaryOp):
            inner = self.value(node.operand)
            return None if inner is None else int(not inner) if isinstance(node.op, ast.Not) else -inner
        if isinstance(node, ast.Compare):
            return self.compared(node)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            sides = (self.value(node.left), self.value(node.right))
            return 0 if 0 in sides else None
        if isinstance(node, ast.IfExp):
            test = self.value(node.test)
            if test is not None:
                return self.value(node.body if test else node.orelse)
            both = (self.value(node.body), self.value(node.orelse))
            return both[0] if both[0] == both[1] else None
        return self.called(node) if isinstance(node, ast.Call) else None

    def joined(self, node: ast.BoolOp) -> Known:
        parts = [self.value(part) for part in node.values]
        decides = 0 if isinstance(node.op, ast.And) else 1
        if any(part is not None and bool(part) == bool(decides) for part in parts):
            return decides
        return None if None in parts else 1 - decides

    def compared(self, node: ast.Compare) -> Known:
        if len(node.ops) != 1:
            return None
        left, right = self.value(node.left), self.value(node.comparators[0])
        if left is None or right is None:
            return None
        results = {ast.Lt: left < right, ast.LtE: left <= right, ast.Gt: left > right, ast.GtE: left >= right,
                   ast.Eq: left == right, ast.NotEq: left != right}  # fmt: skip
        return int(results[type(node.ops[0])])

    def called(self, node: ast.Call) -> Known:
        if not isinstance(node.func, ast.Name):
            return None
        values = [self.value(argument) for argument in node.args]
        if node.func.id in ("Cents", "Rate"):
            return values[0]
        if values and values[0] is not None and node.func.id in ("is_known", "is_someone"):
            return int(values[0] != 0) if node.func.id == "is_known" else int(values[0] >= 0)
        if node.func.id in ("min", "max") and None not in values:
            known = [one for one in values if one is not None]
            return min(known) if node.func.id == "min" else max(known)
        return None
