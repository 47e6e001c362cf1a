"""Every small change that can be made to a rule, as a function in its place."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType

from balsts.law.engine.declare import RuleVersion
from balsts.law.engine.source import place_of, tree_of

_OTHER: dict[type, tuple[type, ...]] = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.And: (ast.Or,), ast.Or: (ast.And,), ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,), ast.Mult: (ast.Add,), ast.Mod: (ast.Mult,), ast.FloorDiv: (ast.Mult,),
    ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One changed rule: where, what was changed, and its code (which does not travel between processes)."""

    rule: str
    since: str
    place: str
    change: str
    code: CodeType | None


def mutants_of(version: RuleVersion) -> Iterator[Mutant]:
    """All mutants of a rule."""
    tree = copy.deepcopy(tree_of(version.function))
    tree.decorator_list, tree.args.defaults = [], []
    for number, node in enumerate(ast.walk(tree)):
        for change, edit in edits_of(node):
            copied = copy.deepcopy(tree)
            target = next(one for position, one in enumerate(ast.walk(copied)) if position == number)
            edit(target)
            module = ast.fix_missing_locations(ast.Module(body=[copied], type_ignores=[]))
            names: dict[str, object] = {}
            future = "from __future__ import annotations\n"
            exec(compile(future + ast.unparse(module), "<mutant>", "exec"), dict(version.function.__globals__), names)
            code = names[version.name].__code__  # type: ignore[attr-defined]
            line = getattr(node, "lineno", 0)
            yield Mutant(
                version.name, version.since.isoformat(), f"{place_of(version.function)} (at {line})", change, code
            )


def edits_of(node: ast.AST) -> Iterator[tuple[str, object]]:
    """What can be changed at a node: words for it, and the change done in place."""
    if isinstance(node, ast.Compare):
        for index, operator in enumerate(node.ops):
            for other in _OTHER[type(operator)]:
                yield f"{ast.unparse(node)}: {other.__name__}", _set_operator(index, other)
    elif isinstance(node, ast.BoolOp):
        yield f"{ast.unparse(node)}: {_OTHER[type(node.op)][0].__name__}", _set("op", _OTHER[type(node.op)][0]())
        for index in range(len(node.values)):
            yield f"{ast.unparse(node)}: without part {index + 1}", _drop(index)
    elif isinstance(node, ast.BinOp):
        yield f"{ast.unparse(node)}: {_OTHER[type(node.op)][0].__name__}", _set("op", _OTHER[type(node.op)][0]())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield f"{ast.unparse(node)}: without not", _become_operand
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        yield f"{node.value}: {node.value + 1}", _set("value", node.value + 1)
    elif isinstance(node, ast.Constant) and type(node.value) is bool:
        yield f"{node.value}: {not node.value}", _set("value", not node.value)
    elif isinstance(node, ast.If | ast.IfExp):
        yield f"if {ast.unparse(node.test)}: negated", _negate
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("min", "max"):
        other_name = "max" if node.func.id == "min" else "min"
        yield f"{ast.unparse(node)}: {other_name}", _rename(other_name)
    elif isinstance(node, ast.Return) and isinstance(node.value, ast.Name):
        yield f"return {ast.unparse(node.value)}: return nothing", _set("value", ast.Constant(0))


def _set(field: str, value: object) -> object:
    return lambda node: setattr(node, field, value)


def _set_operator(index: int, operator: type) -> object:
    def edit(node: ast.Compare) -> None:
        node.ops[index] = operator()

    return edit


def _drop(index: int) -> object:
    def edit(node: ast.BoolOp) -> None:
        del node.values[index]
        if len(node.values) == 1:
            node.values.append(node.values[0])

    return edit


def _become_operand(node: ast.UnaryOp) -> None:
    node.operand = ast.UnaryOp(ast.Not(), node.operand)


def _negate(node: ast.If | ast.IfExp) -> None:
    node.test = ast.UnaryOp(ast.Not(), node.test)


def _rename(name: str) -> object:
    def edit(node: ast.Call) -> None:
        node.func = ast.Name(name, ast.Load())

    return edit
