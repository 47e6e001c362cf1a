"""A whole rule in words, whatever the facts: what it asks, and what follows when that holds and when it does not."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from balsts.law.engine.declare import RuleVersion
from balsts.law.engine.explaining.formula import Writer, titled
from balsts.law.engine.law import Law
from balsts.law.engine.source import body_of


@dataclass(frozen=True)
class Step:
    """One line of a rule: a condition, or a result. `depth` says under how many conditions it stands.

    A result after a condition of the same depth, whose own results stand deeper, holds when the condition does not.
    """

    depth: int
    sort: Literal["if", "result", "otherwise"]
    text: str


def steps_of(version: RuleVersion, law: Law, lang: str) -> list[Step]:
    """A wording of a rule, line by line, with the titles of what it reads; local names are written out."""
    return list(_steps(list(body_of(version.function)), {}, 0, titled(version, law, lang), is_after=False))


def _steps(
    statements: Sequence[ast.stmt], meant: dict[str, ast.expr], depth: int, writer: Writer, *, is_after: bool
) -> Iterator[Step]:
    first, rest = statements[0], statements[1:]
    if isinstance(first, ast.Return):
        assert first.value is not None
        yield Step(depth, "otherwise" if is_after else "result", writer.text(_written_out(first.value, meant)))
    elif isinstance(first, ast.If):
        yield Step(depth, "if", writer.text(_written_out(first.test, meant)))
        yield from _steps([*first.body, *rest], meant, depth + 1, writer, is_after=False)
        yield from _steps([*first.orelse, *rest], meant, depth, writer, is_after=True)
    else:
        assert isinstance(first, ast.Assign) and isinstance(first.targets[0], ast.Name)
        local = {first.targets[0].id: _written_out(first.value, meant)}
        yield from _steps(rest, meant | local, depth, writer, is_after=is_after)


def _written_out(node: ast.expr, meant: dict[str, ast.expr]) -> ast.expr:
    """An expression with local names replaced by what they stand for."""
    if not meant:
        return node
    written: ast.expr = _Replaced(meant).visit(copy.deepcopy(node))
    return written


class _Replaced(ast.NodeTransformer):
    def __init__(self, meant: dict[str, ast.expr]) -> None:
        self.meant = meant

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.meant.get(node.id, node)
