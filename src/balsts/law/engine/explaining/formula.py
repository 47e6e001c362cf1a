"""A rule's formula for people: with the names of things, and with their values put in."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from balsts.law.engine.declare import RuleVersion
from balsts.law.engine.explaining.words import YES, event_of, title_of
from balsts.law.engine.inputs import Choice
from balsts.law.engine.law import Law
from balsts.law.engine.source import body_of
from balsts.law.engine.subset import kinds_in

_SYMBOLS: dict[type, str] = {
    ast.Add: " + ", ast.Sub: " − ", ast.Mult: " × ", ast.Mod: " mod ", ast.FloorDiv: " ÷ ", ast.Lt: " < ",
    ast.LtE: " ≤ ", ast.Gt: " > ", ast.GtE: " ≥ ", ast.Eq: " = ", ast.NotEq: " ≠ ",
}  # fmt: skip
_WORDS = {
    "lv": {"and": " un ", "or": " vai ", "not": "nav: ", "min": "mazākais no", "max": "lielākais no",
           "if": ", ja ", "else": ", citādi "},
    "en": {"and": " and ", "or": " or ", "not": "not: ", "min": "least of", "max": "greatest of",
           "if": " if ", "else": ", else "},
}  # fmt: skip
_OF_AN_EVENT = ("month_of", "months_from", "completed_months", "completed_years")
_FUNCTION_WORDS = {
    "is_known": {"lv": "{0}: norādīts", "en": "{0}: stated"},
    "is_someone": {"lv": "{0}: kāds ir", "en": "{0}: there is one"},
    "month_of": {"lv": "{0} mēnesis", "en": "month of {0}"},
    "months_from": {"lv": "mēneši kopš {0}", "en": "months since {0}"},
    "completed_months": {"lv": "pilni mēneši kopš {0}", "en": "whole months since {0}"},
    "completed_years": {"lv": "pilni gadi kopš {0}", "en": "whole years since {0}"},
    "indexed": {"lv": "indeksēts: {0}", "en": "indexed: {0}"},
}


@dataclass(frozen=True)
class Path:
    """What a rule did with its arguments: the tests it met with their outcome, its local names, what it returned.

    In `tests` and `returned` a local name is replaced by what it was assigned, as readers know no local names. `others`
    are the statements that would have followed had each test come out otherwise.
    """

    tests: tuple[tuple[ast.expr, bool], ...]
    others: tuple[tuple[ast.stmt, ...], ...]
    names: dict[str, Any]
    returned: ast.expr


@lru_cache(maxsize=8192)
def _code(node: _Node) -> Any:
    return compile(ast.fix_missing_locations(ast.Expression(node.tree)), "<rule>", "eval")


@dataclass(frozen=True, eq=False)
class _Node:
    tree: ast.expr

    def __hash__(self) -> int:
        return id(self.tree)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Node) and other.tree is self.tree


def valued(node: ast.expr, version: RuleVersion, names: dict[str, Any]) -> Any:
    """The value of an expression of a rule."""
    return eval(_code(_Node(node)), version.function.__globals__, names)


def path_of(version: RuleVersion, arguments: dict[str, Any]) -> Path:
    """Follow a rule through its `if`s with the arguments it had."""
    names = dict(arguments)
    meant: tuple[tuple[str, _Node], ...] = ()
    tests: list[tuple[ast.expr, bool]] = []
    others: list[tuple[ast.stmt, ...]] = []
    statements: list[ast.stmt] = list(body_of(version.function))
    while statements:
        statement = statements.pop(0)
        if isinstance(statement, ast.Return):
            assert statement.value is not None
            returned = _written_out(_Node(statement.value), meant) if meant else statement.value
            return Path(tuple(tests), tuple(others), names, returned)
        if isinstance(statement, ast.If):
            outcome = bool(valued(statement.test, version, names))
            tests.append((_written_out(_Node(statement.test), meant) if meant else statement.test, outcome))
            others.append((*(statement.orelse if outcome else statement.body), *statements))
            statements = [*(statement.body if outcome else statement.orelse), *statements]
        else:
            assert isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name)
            local = statement.targets[0].id
            names[local] = valued(statement.value, version, names)
            meant = (*meant, (local, _Node(_written_out(_Node(statement.value), meant))))
    raise AssertionError("every path of a rule returns; the law is checked for it when it is loaded")


@cache
def _written_out(node: _Node, meant: tuple[tuple[str, _Node], ...]) -> ast.expr:
    """An expression with local names replaced by what they stand for; kept, as texts are kept by its identity."""
    known = {name: one.tree for name, one in meant}
    if not any(isinstance(one, ast.Name) and one.id in known for one in ast.walk(node.tree)):
        return node.tree
    return _Replaced(known).visit(copy.deepcopy(node.tree))  # type: ignore[no-any-return]


class _Replaced(ast.NodeTransformer):
    def __init__(self, known: dict[str, ast.expr]) -> None:
        self.known = known

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.known.get(node.id, node)


def titled(version: RuleVersion, law: Law, lang: str) -> Writer:
    """A writer that puts titles for names."""
    return Writer(version, lang, lambda name, unit: title_of(law, name, lang),
                  event=lambda name: event_of(law, name, lang))  # fmt: skip


class Writer:
    """Writes expressions of one rule.

    `word` gives what stands for a name (its title, or its value), `event` what happened on a day, as it follows
    "months since"; without it the day's word stands there.
    """

    def __init__(self, version: RuleVersion, lang: str, word: Callable[[str, str], str],
                 value: Callable[[ast.expr], str] | None = None, event: Callable[[str], str] | None = None,
                 ) -> None:  # fmt: skip
        self.version = version
        self.lang = lang
        self.word = word
        self.value = value
        self.event = event
        self.kinds = kinds_in(version)

    def text(self, node: ast.expr) -> str:
        """An expression as text."""
        if isinstance(node, ast.Name):
            kind = self.kinds.get(node.id)
            return self.word(node.id, kind.unit if kind else "number")
        if isinstance(node, ast.Constant):
            return YES[self.lang][node.value] if isinstance(node.value, bool) else str(node.value)
        if isinstance(node, ast.Attribute):
            return choice_words(node, self.version, self.lang)
        if isinstance(node, ast.BinOp):
            last = self.inner(node.right, node, is_last=not isinstance(node.op, (ast.Add, ast.Mult)))
            return f"{self.inner(node.left, node)}{_SYMBOLS[type(node.op)]}{last}"
        if isinstance(node, ast.Compare):
            sides = [self.inner(side, node) for side in (node.left, *node.comparators)]
            return sides[0] + "".join(
                f"{_SYMBOLS[type(op)]}{side}" for op, side in zip(node.ops, sides[1:], strict=True)
            )
        return self.compound(node)

    def compound(self, node: ast.expr) -> str:
        """An `and`, `or`, sign, conditional expression or call as text."""
        words = _WORDS[self.lang]
        if isinstance(node, ast.BoolOp):
            joint = words["and"] if isinstance(node.op, ast.And) else words["or"]
            return joint.join(self.inner(part, node) for part in node.values)
        if isinstance(node, ast.UnaryOp):
            sign = words["not"] if isinstance(node.op, ast.Not) else "−"
            return f"{sign}{self.inner(node.operand, node)}"
        if isinstance(node, ast.IfExp):
            test = self.text(node.test)
            return f"{self.text(node.body)}{words['if']}{test}{words['else']}{self.text(node.orelse)}"
        assert isinstance(node, ast.Call)
        if self.value is not None and not (isinstance(node.func, ast.Name) and node.func.id in ("min", "max")):
            return self.value(node)
        return self.called(node)

    def called(self, node: ast.Call) -> str:
        """A call as text: a lookup, `min`, `max`, or one of the vocabulary's functions."""
        arguments = "; ".join(self.text(argument) for argument in node.args)
        if isinstance(node.func, ast.Attribute):
            return f"{self.text(node.func.value)} [{arguments}]"
        assert isinstance(node.func, ast.Name)
        name = node.func.id
        if name in ("Cents", "Rate"):
            return arguments
        if name in ("min", "max"):
            return f"{_WORDS[self.lang][name]} ({arguments})"
        first = node.args[0]
        if name in _OF_AN_EVENT and self.event is not None and isinstance(first, ast.Name):
            return _FUNCTION_WORDS[name][self.lang].format(self.event(first.id))
        return _FUNCTION_WORDS[name][self.lang].format(self.text(first))

    def inner(self, node: ast.expr, outer: ast.expr, *, is_last: bool = False) -> str:
        """A part as text, in brackets where it binds less than what it stands in."""
        text = self.text(node)
        needs = isinstance(node, (ast.BinOp, ast.BoolOp, ast.IfExp)) and _binds(node) < _binds(outer) + is_last
        return f"({text})" if needs else text


def choice_words(node: ast.Attribute, version: RuleVersion, lang: str) -> str:
    """What people call a member of a choice that a rule names: `ResidentStatus.REFUGEE` → `bēglis`."""
    member = choice_of(node, version)
    return member.lv if lang == "lv" else member.en


def choice_of(node: ast.Attribute, version: RuleVersion) -> Choice:
    """The member of a choice that a rule names."""
    assert isinstance(node.value, ast.Name)
    member: Choice = version.function.__globals__[node.value.id][node.attr]
    return member


def _binds(node: ast.expr) -> int:
    if isinstance(node, ast.IfExp):
        return 0
    if isinstance(node, ast.BoolOp):
        return 2 if isinstance(node.op, ast.And) else 1
    if isinstance(node, ast.UnaryOp):
        return 3 if isinstance(node.op, ast.Not) else 7
    if isinstance(node, ast.Compare):
        return 4
    if isinstance(node, ast.BinOp):
        return 6 if isinstance(node.op, (ast.Mult, ast.Mod, ast.FloorDiv)) else 5
    return 7
