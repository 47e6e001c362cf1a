"""Follows a rule with a few arguments known and the others not, along every path it could take."""

from __future__ import annotations

import ast
from enum import IntEnum
from functools import lru_cache

from balsts.law.engine.declare import RuleVersion
from balsts.law.engine.source import body_of

Known = int | None


@lru_cache(maxsize=65_536)
def follow(version: RuleVersion, names: tuple[tuple[str, int], ...], uncertain: frozenset[str]) -> tuple[Known, bool]:
    """What a rule returns with some arguments known, None when that is open; and whether it asks an uncertain one."""
    rule = _Abstract(version, dict(names), uncertain)
    return rule.result(), rule.asks_uncertain


class _Abstract:
    """One rule with some arguments known.

    Attributes:
        uncertain: arguments that nobody may know.
        asks_uncertain: whether a path looked at one of them.
    """

    def __init__(self, version: RuleVersion, names: dict[str, int], uncertain: frozenset[str]) -> None:
        self.version = version
        self.names: dict[str, Known] = dict(names)
        self.uncertain = uncertain
        self.asks_uncertain = False
        self.results: set[Known] = set()
        self.choices = {key: value for key, value in version.function.__globals__.items()
                        if isinstance(value, type) and issubclass(value, IntEnum)}  # fmt: skip

    def result(self) -> Known:
        """What every path returns; None when that differs or is not known."""
        self.block(body_of(self.version.function))
        return self.results.pop() if len(self.results) == 1 else None

    def block(self, statements: list[ast.stmt]) -> None:
        """Follow statements to every return."""
        for number, statement in enumerate(statements):
            if isinstance(statement, ast.Return):
                assert statement.value is not None
                self.results.add(self.value(statement.value))
                return
            if isinstance(statement, ast.If):
                self.branch(statement, statements[number + 1 :])
                return
            assert isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name)
            self.names[statement.targets[0].id] = self.value(statement.value)

    def branch(self, statement: ast.If, rest: list[ast.stmt]) -> None:
        """Follow the ways a test may lead."""
        test = self.value(statement.test)
        before = dict(self.names)
        if test is None or test:
            self.block([*statement.body, *rest])
            self.names = before
        if not test:
            self.block([*statement.orelse, *rest])

    def value(self, node: ast.expr) -> Known:
        """The value of an expression, None when it is not known."""
        if isinstance(node, ast.Name):
            self.asks_uncertain |= node.id in self.uncertain
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
        if isinstance(node, ast.BinOp):
            return self.reckoned(node)
        if isinstance(node, ast.IfExp):
            test = self.value(node.test)
            if test is not None:
                return self.value(node.body if test else node.orelse)
            both = (self.value(node.body), self.value(node.orelse))
            return both[0] if both[0] == both[1] else None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return self.called(node.func.id, [self.value(argument) for argument in node.args])
        self.asks_uncertain |= any(isinstance(one, ast.Name) and one.id in self.uncertain for one in ast.walk(node))
        return None

    def reckoned(self, node: ast.BinOp) -> Known:
        """A sum or product as far as its sides are known."""
        left, right = self.value(node.left), self.value(node.right)
        if isinstance(node.op, ast.Mult):
            return 0 if 0 in (left, right) else None
        if isinstance(node.op, ast.Add) and left is not None and right is not None:
            return left + right
        return None

    def joined(self, node: ast.BoolOp) -> Known:
        """`and` and `or`, which leave parts unread as Python does."""
        decides = 0 if isinstance(node.op, ast.And) else 1
        found: Known = 1 - decides
        for part in node.values:
            value = self.value(part)
            if value is not None and bool(value) == bool(decides):
                return decides
            if value is None:
                found = None
        return found

    def compared(self, node: ast.Compare) -> Known:
        """A comparison of two known numbers."""
        if len(node.ops) != 1:
            return None
        left, right = self.value(node.left), self.value(node.comparators[0])
        if left is None or right is None:
            return None
        results = {ast.Lt: left < right, ast.LtE: left <= right, ast.Gt: left > right, ast.GtE: left >= right,
                   ast.Eq: left == right, ast.NotEq: left != right}  # fmt: skip
        return int(results[type(node.ops[0])])

    def called(self, name: str, values: list[Known]) -> Known:
        """The vocabulary's words that say something of a known number."""
        if name in ("Cents", "Rate"):
            return values[0]
        if values and values[0] is not None and name in ("is_known", "is_someone"):
            return int(values[0] != 0) if name == "is_known" else int(values[0] >= 0)
        if name in ("min", "max") and None not in values:
            known = [one for one in values if one is not None]
            return min(known) if name == "min" else max(known)
        return None
