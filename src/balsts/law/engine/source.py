"""The text of rule functions as syntax trees: read once a file, found by line."""

from __future__ import annotations

import ast
from functools import lru_cache
from pathlib import Path
from types import FunctionType

from balsts.law.engine.errors import LawError


@lru_cache(maxsize=512)
def _functions(file: str) -> dict[int, ast.FunctionDef]:
    tree = ast.parse(Path(file).read_text(encoding="utf-8"))
    found = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            found[first] = node
    return found


@lru_cache(maxsize=4096)
def tree_of(function: FunctionType) -> ast.FunctionDef:
    """The syntax tree of a rule; raises LawError when it is no plain function of a file."""
    code = function.__code__
    found = _functions(code.co_filename).get(code.co_firstlineno)
    if found is None or found.name != function.__name__:
        raise LawError(f"{function.__name__} is not a plain function at the top of a file.")
    return found


def body_of(function: FunctionType) -> list[ast.stmt]:
    """The statements of a rule without its docstring."""
    body = tree_of(function).body
    is_docstring = isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
    return body[1:] if is_docstring else body


@lru_cache(maxsize=4096)
def divisors_in(function: FunctionType) -> frozenset[str]:
    """The arguments that a rule divides by."""
    divisions = [node for node in ast.walk(tree_of(function))
                 if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Mod, ast.FloorDiv))]  # fmt: skip
    return frozenset(one.right.id for one in divisions if isinstance(one.right, ast.Name))


def forget_file(file: str) -> None:
    """Read a file anew the next time (a reform that was changed)."""
    _functions.cache_clear()
    tree_of.cache_clear()
    divisors_in.cache_clear()


def place_of(function: FunctionType) -> str:
    """File and line of a rule, from the law's package on, for messages."""
    path = Path(function.__code__.co_filename)
    parts = path.parts[path.parts.index("law") :] if "law" in path.parts else path.parts[-2:]
    return f"{'/'.join(parts)}, line {function.__code__.co_firstlineno}"
