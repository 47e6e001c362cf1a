"""The small part of Python a rule may use, with its units and bounds checked without running it.

One walk over a rule's tree works out, for every expression, its unit (money, rate, number …), how many rates are
multiplied into it, and the smallest and largest whole number it can be. A unit that does not fit, a division of money,
a product that is not rounded or a number that could leave 62 bits is an error when the law is loaded.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache
from typing import Any, NoReturn

from balsts.law.engine.declare import RuleVersion
from balsts.law.engine.errors import LawError
from balsts.law.engine.inputs import MAX_MEMBERS
from balsts.law.engine.parameters import MAX_PARAMETER_CENTS, MAX_RATE, MAX_WHOLE_NUMBER
from balsts.law.engine.source import body_of, place_of

LARGEST = 2**62 - 2**47
"""The largest exact result. Rounding doubles it and adds a denominator: that still fits 63 bits."""
_MAX_MONEY = 10**11
_MAX_DAY, _MAX_MONTH, _MAX_MONTHS = 10_000 * 12 * 32, 10_000 * 12, 10_000 * 12

UNIT_OF = {
    "Cents": "money", "Rate": "rate", "int": "number", "bool": "flag", "Day": "day", "Month": "month", "Link": "link",
    "MoneyTable": "lookup", "RateTable": "lookup", "NumberTable": "lookup", "MoneyScale": "lookup",
    "MoneySteps": "lookup", "RateSteps": "lookup", "NumberSteps": "lookup",
}  # fmt: skip
_LOOKUP_UNIT = {"Money": "money", "Rate": "rate", "Number": "number"}
_LOOKUP_KEY = {"Table": "number", "Scale": "money", "Steps": "day"}
_BOUNDS = {
    "money": (-_MAX_MONEY, _MAX_MONEY), "rate": (0, MAX_RATE), "number": (-MAX_WHOLE_NUMBER, MAX_WHOLE_NUMBER),
    "flag": (0, 1), "day": (0, _MAX_DAY), "month": (0, _MAX_MONTH), "link": (-1, MAX_MEMBERS), "choice": (0, 100),
}  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """What an expression is: its unit, the rates multiplied into it and its bounds."""

    unit: str
    low: int
    high: int
    rates: int = 0
    annotation: str = ""
    zero: bool = False


@lru_cache(maxsize=4096)
def kind_of(version: RuleVersion) -> Kind:
    """What a rule returns before its rounding; raises LawError where it leaves the subset."""
    return _Checker(version, {}).check()


def bounds_of(version: RuleVersion, arguments: dict[str, tuple[int, int]]) -> tuple[int, int]:
    """The smallest and largest exact result for arguments within bounds; raises LawError above 62 bits."""
    kind = _Checker(version, arguments).check()
    return kind.low, kind.high


def rates_in(version: RuleVersion) -> int:
    """How many rates are multiplied into what a rule returns."""
    return kind_of(version).rates


@lru_cache(maxsize=4096)
def kinds_in(version: RuleVersion) -> dict[str, Kind]:
    """The kind of every argument and local name of a rule."""
    checker = _Checker(version, {})
    checker.check()
    return checker.names


def annotation_kind(annotation: str, choices: dict[str, type[IntEnum]]) -> Kind:
    """The kind of an argument or result from its annotation; KeyError when it is not one of the law's."""
    if annotation in choices:
        return Kind("choice", *_BOUNDS["choice"], annotation=annotation)
    unit = UNIT_OF[annotation]
    low, high = _BOUNDS.get(unit, (0, 0))
    return Kind(unit, low, high, annotation=annotation)


class _Checker:
    def __init__(self, version: RuleVersion, bounds: dict[str, tuple[int, int]]) -> None:
        self.version = version
        self.bounds = bounds
        self.function = version.function
        self.choices = {name: value for name, value in self.function.__globals__.items()
                        if isinstance(value, type) and issubclass(value, IntEnum)}  # fmt: skip
        self.names: dict[str, Kind] = {}
        self.returned: list[Kind] = []

    def check(self) -> Kind:
        annotations = dict(self.function.__annotations__)
        declared = self.annotated(annotations.pop("return", "nothing"), "its result")
        for name, annotation in annotations.items():
            kind = self.annotated(annotation, name)
            low, high = self.bounds.get(name, (kind.low, kind.high))
            self.names[name] = replace(kind, low=low, high=high)
        missing = set(self.function.__code__.co_varnames[: self.function.__code__.co_argcount]) - set(annotations)
        if missing:
            self.fail(None, f"argument {min(missing)} has no type")
        if not self.block(body_of(self.function)):
            self.fail(None, "a path ends without a return")
        return self.result(declared)

    def annotated(self, annotation: str, what: str) -> Kind:
        try:
            return annotation_kind(annotation, self.choices)
        except KeyError:
            self.fail(None, f"{what} has the type {annotation}; a rule uses {', '.join(UNIT_OF)} or a choice")

    def result(self, declared: Kind) -> Kind:
        found = self.returned[0]
        for other in self.returned[1:]:
            found = self.joined(found, other, None)
        if found.unit != declared.unit and not (found.zero and declared.unit in ("money", "number")):
            self.fail(None, f"returns {found.unit}, declared {declared.unit}")
        if found.rates and self.version.rounding is None:
            self.fail(None, "multiplies an amount by a rate; declare its `rounding` with the article that rounds")
        return replace(found, unit=declared.unit, annotation=declared.annotation)

    def block(self, statements: list[ast.stmt]) -> bool:
        """Check statements; whether every path through them returns."""
        for statement in statements:
            if isinstance(statement, ast.Return):
                if statement.value is None:
                    self.fail(statement, "returns nothing")
                self.returned.append(self.kind(statement.value))
                return True
            if isinstance(statement, ast.If):
                if self.branches(statement):
                    return True
            elif isinstance(statement, ast.Assign):
                self.assign(statement)
            else:
                self.fail(statement, f"uses {type(statement).__name__}, which is not part of the language of rules")
        return False

    def branches(self, statement: ast.If) -> bool:
        """Check both ways of an `if`; afterwards a name is there only if every way that goes on has set it."""
        self.flag(statement.test)
        before, going_on = dict(self.names), []
        for block in (statement.body, statement.orelse):
            self.names = dict(before)
            if not self.block(block):
                going_on.append(self.names)
        if len(going_on) == 2:
            then, otherwise = going_on
            self.names = {name: self.joined(kind, otherwise[name], statement) for name, kind in then.items()
                          if name in otherwise}  # fmt: skip
        elif going_on:
            self.names = going_on[0]
        return not going_on

    def assign(self, statement: ast.Assign) -> None:
        target = statement.targets[0]
        if len(statement.targets) != 1 or not isinstance(target, ast.Name):
            self.fail(statement, "assigns to something that is not one new name")
        kind = self.kind(statement.value)
        before = self.names.get(target.id)
        self.names[target.id] = kind if before is None else self.joined(before, kind, statement)

    def flag(self, node: ast.expr) -> None:
        kind = self.kind(node)
        if kind.unit != "flag":
            self.fail(node, f"asks whether a {kind.unit} is true; compare it with something")

    def kind(self, node: ast.expr) -> Kind:
        check: dict[type, Callable[[Any], Kind]] = {
            ast.Name: self.name, ast.Constant: self.constant, ast.BinOp: self.arithmetic, ast.UnaryOp: self.unary,
            ast.BoolOp: self.boolean, ast.Compare: self.comparison, ast.IfExp: self.choice, ast.Call: self.call,
            ast.Attribute: self.member,
        }  # fmt: skip
        if type(node) not in check:
            self.fail(node, f"uses {type(node).__name__}, which is not part of the language of rules")
        found = check[type(node)](node)
        if found.high > LARGEST or found.low < -LARGEST:
            self.fail(node, "can become larger than 62 bits; round in between, in a rule of its own")
        return found

    def name(self, node: ast.Name) -> Kind:
        if node.id in self.names:
            return self.names[node.id]
        value = self.function.__globals__.get(node.id)
        if isinstance(value, int):
            return Kind("number", value, value)
        self.fail(node, f"uses {node.id}, which is no argument and no local name")

    def constant(self, node: ast.Constant) -> Kind:
        if isinstance(node.value, bool):
            return Kind("flag", int(node.value), int(node.value))
        if not isinstance(node.value, int):
            self.fail(node, f"uses {node.value!r}; a rule has whole numbers only")
        return Kind("number", node.value, node.value, zero=node.value == 0)

    def member(self, node: ast.Attribute) -> Kind:
        if isinstance(node.value, ast.Name) and node.value.id in self.choices:
            member = self.choices[node.value.id].__members__.get(node.attr)
            if member is not None:
                return Kind("choice", int(member), int(member), annotation=node.value.id)
        self.fail(node, f"uses {ast.unparse(node)}, which is no member of a choice")

    def arithmetic(self, node: ast.BinOp) -> Kind:
        left, right = self.kind(node.left), self.kind(node.right)
        if isinstance(node.op, ast.Mult):
            return self.product(node, left, right)
        if isinstance(node.op, (ast.Mod, ast.FloorDiv)):
            if left.unit != "number" or right.unit != "number":
                self.fail(node, f"divides a {left.unit} by a {right.unit}; only plain counts are divided")
            largest = max(abs(bound) for side in (left, right) for bound in (side.low, side.high))
            return Kind("number", -largest, largest)
        if not isinstance(node.op, (ast.Add, ast.Sub)):
            self.fail(node, "uses an operator other than + - * // %")
        sign = 1 if isinstance(node.op, ast.Add) else -1
        low, high = (left.low + right.low, left.high + right.high) if sign > 0 else (
            left.low - right.high, left.high - right.low)  # fmt: skip
        if left.unit == "month" and right.unit == "number":
            return Kind("month", low, high)
        if left.unit == "month" and right.unit == "month" and sign < 0:
            return Kind("number", -_MAX_MONTHS, _MAX_MONTHS)
        both = self.joined(left, right, node)
        if both.unit not in ("money", "number"):
            self.fail(node, f"adds or subtracts a {left.unit} and a {right.unit}")
        return replace(both, low=low, high=high, zero=False)

    def product(self, node: ast.BinOp, left: Kind, right: Kind) -> Kind:
        corners = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
        units = {left.unit, right.unit}
        if units == {"money", "rate"}:
            money = left if left.unit == "money" else right
            return Kind("money", min(corners), max(corners), rates=money.rates + 1)
        if units in ({"money", "number"}, {"number"}):
            unit = "money" if "money" in units else "number"
            return Kind(unit, min(corners), max(corners), rates=left.rates + right.rates)
        self.fail(node, f"multiplies a {left.unit} by a {right.unit}")

    def unary(self, node: ast.UnaryOp) -> Kind:
        if isinstance(node.op, ast.Not):
            self.flag(node.operand)
            return Kind("flag", 0, 1)
        kind = self.kind(node.operand)
        if not isinstance(node.op, ast.USub) or kind.unit not in ("money", "number"):
            self.fail(node, "uses a sign on something that is not an amount or a number")
        return replace(kind, low=-kind.high, high=-kind.low)

    def boolean(self, node: ast.BoolOp) -> Kind:
        for part in node.values:
            self.flag(part)
        return Kind("flag", 0, 1)

    def comparison(self, node: ast.Compare) -> Kind:
        sides = [self.kind(side) for side in (node.left, *node.comparators)]
        for left, right in itertools.pairwise(sides):
            both = self.joined(left, right, node)
            if both.unit == "choice" and left.annotation != right.annotation:
                self.fail(node, f"compares {left.annotation} with {right.annotation}")
        return Kind("flag", 0, 1)

    def choice(self, node: ast.IfExp) -> Kind:
        self.flag(node.test)
        return self.joined(self.kind(node.body), self.kind(node.orelse), node)

    def call(self, node: ast.Call) -> Kind:
        if node.keywords:
            self.fail(node, "calls with named arguments")
        kinds = [self.kind(argument) for argument in node.args]
        if isinstance(node.func, ast.Attribute) and node.func.attr == "at" and len(kinds) == 1:
            return self.looked_up(node, self.kind(node.func.value), kinds[0])
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in ("min", "max") and len(kinds) > 1:
            found = kinds[0]
            pick = min if name == "min" else max
            for other in kinds[1:]:
                both = self.joined(found, other, node)
                found = replace(both, low=pick(found.low, other.low), high=pick(found.high, other.high))
            return found
        if name in ("Cents", "Rate") and kinds and kinds[0].zero:
            return Kind("money" if name == "Cents" else "rate", 0, 0, zero=True)
        if name == "indexed" and [kind.unit for kind in kinds] == ["money", "lookup", "day", "month"]:
            return Kind("money", 0, _MAX_MONEY)
        expected = _FUNCTIONS.get(name)
        if expected is None or [kind.unit for kind in kinds] != list(expected[0]):
            self.fail(node, f"calls {ast.unparse(node)}, which is not part of the language of rules")
        return expected[1]

    def looked_up(self, node: ast.Call, table: Kind, key: Kind) -> Kind:
        if table.unit != "lookup":
            self.fail(node, f"looks up in a {table.unit}")
        wanted = next(unit for ending, unit in _LOOKUP_KEY.items() if table.annotation.endswith(ending))
        if key.unit != wanted:
            self.fail(node, f"looks up by a {key.unit} where the rows are by {wanted}")
        unit = next(unit for start, unit in _LOOKUP_UNIT.items() if table.annotation.startswith(start))
        high = {"money": MAX_PARAMETER_CENTS, "rate": MAX_RATE, "number": MAX_WHOLE_NUMBER}[unit]
        return Kind(unit, 0, high)

    def joined(self, left: Kind, right: Kind, node: ast.AST | None) -> Kind:
        """The kind of a value that is one of two, which must be of one unit (0 fits every amount)."""
        if left.unit != right.unit:
            zero, other = (left, right) if left.zero else (right, left)
            if not zero.zero or other.unit not in ("money", "rate", "number"):
                self.fail(node, f"mixes a {left.unit} and a {right.unit}")
            return replace(other, low=min(0, other.low), high=max(0, other.high))
        if left.rates != right.rates and not left.zero and not right.zero:
            self.fail(node, "mixes a product with a rate and an amount without; round first, in a rule of its own")
        base = right if left.zero else left
        return replace(base, low=min(left.low, right.low), high=max(left.high, right.high),
                       rates=max(left.rates, right.rates), zero=left.zero and right.zero)  # fmt: skip

    def fail(self, node: ast.AST | None, message: str) -> NoReturn:
        line = f" (line {node.lineno})" if node is not None and hasattr(node, "lineno") else ""
        raise LawError(f"{place_of(self.function)}{line}: the rule {self.version.name} {message}.")


_NUMBER = Kind("number", -_MAX_MONTHS, _MAX_MONTHS)
_FUNCTIONS: dict[str, tuple[tuple[str, ...], Kind]] = {
    "is_known": (("day",), Kind("flag", 0, 1)),
    "is_someone": (("link",), Kind("flag", 0, 1)),
    "month_of": (("day",), Kind("month", 0, _MAX_MONTH)),
    "months_from": (("day", "month"), _NUMBER),
    "completed_months": (("day", "month"), _NUMBER),
    "completed_years": (("day", "month"), _NUMBER),
}
