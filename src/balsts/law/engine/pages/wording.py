"""The text of a rule as it stands in its file, for those who read the law rather than the program."""

from __future__ import annotations

import ast
from functools import lru_cache
from pathlib import Path
from types import FunctionType

from balsts.law.engine.source import body_of, tree_of


@lru_cache(maxsize=512)
def _lines(file: str) -> tuple[str, ...]:
    return tuple(Path(file).read_text(encoding="utf-8").splitlines())


def formula(function: FunctionType) -> str:
    """The rule with its arguments and its body, without what is said about it above and in its docstring."""
    tree, body = tree_of(function), body_of(function)
    lines = _lines(function.__code__.co_filename)
    head = lines[tree.lineno - 1 : _end_of_head(tree)]
    first = tree.body[0]
    after_docstring = first.end_lineno if first is not body[0] and first.end_lineno else _end_of_head(tree)
    return "\n".join([*head, *lines[after_docstring : body[-1].end_lineno]])


def _end_of_head(tree: ast.FunctionDef) -> int:
    """The last line before the body: comments that stand there belong to the body."""
    ends = [tree.lineno, *(argument.end_lineno or 0 for argument in tree.args.args)]
    if tree.returns is not None:
        ends.append(tree.returns.end_lineno or 0)
    return max(ends)


def docstring(function: FunctionType) -> str:
    """What a rule says it gives, on one line."""
    return " ".join((function.__doc__ or "").split())
