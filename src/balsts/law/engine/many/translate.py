"""A rule's text turned into the text of a function that the compiler takes: whole numbers in, whole numbers out.

The translation keeps the rule's own `if`s and arithmetic. Lookups become a position in one flat array of rows,
members of choices become their numbers. Where an argument may be a value nobody knows, a second result says whether
the answer depends on it, following the same paths and short cuts as Python does in the plain evaluator.
"""

from __future__ import annotations

import ast
from enum import IntEnum
from typing import Any

from balsts.law.engine.declare import RuleVersion
from balsts.law.engine.source import body_of

PRELUDE_FUNCTIONS = ("is_known", "is_someone", "month_of", "months_from", "completed_months", "completed_years")
_TYPES = ("Cents", "Rate", "Day", "Month", "Link")


def translate(version: RuleVersion, name: str, uncertain: tuple[str, ...]) -> str:
    """The text of the function `name` for a rule; with `uncertain` arguments it returns (value, is_unknown).

    Each uncertain argument is followed, at the end, by a flag `u_<argument>`.
    """
    function = version.function
    code = function.__code__
    arguments = code.co_varnames[: code.co_argcount]
    constants = {key: value for key, value in function.__globals__.items() if isinstance(value, int)}
    choices = {key: value for key, value in function.__globals__.items()
               if isinstance(value, type) and issubclass(value, IntEnum)}  # fmt: skip
    plain = _Plain(set(arguments), constants, choices)
    body = [plain.visit(statement) for statement in _copies(body_of(function))]
    if uncertain:
        threading = _Uncertain(uncertain, body)
        body = threading.known_at_first(arguments) + threading.block(body)
    else:
        body = [_AllAtOnce().visit(statement) for statement in body]
    flags = [f"u_{argument}" for argument in uncertain]
    header = f"def {name}(T, {', '.join([*arguments, *flags])}):\n"
    text = ast.unparse(ast.fix_missing_locations(ast.Module(body=body, type_ignores=[])))
    lines = "".join(f"    {line}\n" for line in text.splitlines())
    return header + lines


def _copies(statements: list[ast.stmt]) -> list[ast.stmt]:
    return ast.parse(ast.unparse(ast.Module(body=statements, type_ignores=[]))).body


class _Plain(ast.NodeTransformer):
    """Types, choices and lookups turned into plain numbers."""

    def __init__(self, arguments: set[str], constants: dict[str, int], choices: dict[str, type[IntEnum]]) -> None:
        self.arguments = arguments
        self.constants = constants
        self.choices = choices
        self.local: set[str] = set()

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        self.local.update(target.id for target in node.targets if isinstance(target, ast.Name))
        return self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id in self.constants and node.id not in self.arguments | self.local:
            return ast.Constant(int(self.constants[node.id]))
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        if isinstance(node.value, ast.Name) and node.value.id in self.choices:
            return ast.Constant(int(self.choices[node.value.id][node.attr]))
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if isinstance(node.func, ast.Attribute):
            table, key = self.visit(node.func.value), self.visit(node.args[0])
            return _call("looked_up", ast.Name("T"), table, key)
        assert isinstance(node.func, ast.Name)
        arguments: list[ast.expr] = [self.visit(argument) for argument in node.args]
        if node.func.id in _TYPES:
            return arguments[0]
        if node.func.id == "indexed":
            return _call("indexed", ast.Name("T"), *arguments)
        return _call(node.func.id, *arguments)


class _AllAtOnce(ast.NodeTransformer):
    """`a and b` of cheap parts as `a & b`: working out both costs less than guessing wrong which way a branch goes."""

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        if not all(_is_cheap(part) for part in node.values):
            return node
        joined = node.values[0]
        for part in node.values[1:]:
            joined = ast.BinOp(joined, ast.BitAnd() if isinstance(node.op, ast.And) else ast.BitOr(), part)
        return joined


def _is_cheap(node: ast.expr) -> bool:
    """Whether an expression neither looks something up nor divides."""
    calls = {one.func.id for one in ast.walk(node) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)}
    divides = any(isinstance(one, (ast.FloorDiv, ast.Mod)) for one in ast.walk(node))
    return not divides and calls <= set(PRELUDE_FUNCTIONS) - {"completed_years"}


def _call(name: str, *arguments: ast.expr) -> ast.Call:
    return ast.Call(func=ast.Name(name), args=list(arguments), keywords=[])


class _Uncertain:
    """Threads a second result through a rule: whether it depends on a value nobody knows.

    Python meets such a value where it is used (compared, added, asked for its truth); where it is only handed on, to
    a local name or as a result, nothing is met yet. Each name that may hold one has a flag `u_<name>` beside it.
    """

    def __init__(self, uncertain: tuple[str, ...], statements: list[ast.stmt]) -> None:
        every = [node for statement in statements for node in ast.walk(statement) if isinstance(node, ast.Assign)]
        assigned = [(node.targets[0].id, _handing(node.value)) for node in every
                    if isinstance(node.targets[0], ast.Name)]  # fmt: skip
        carriers, more = set[str](), set(uncertain)
        while more:
            carriers |= more
            more = {name for name, handing in assigned if handing & carriers} - carriers
        self.uncertain = uncertain
        self.flags: dict[str, ast.expr] = {name: ast.Name(f"u_{name}") for name in carriers}

    def known_at_first(self, arguments: tuple[str, ...]) -> list[ast.stmt]:
        """Flags of certain arguments that a branch may give an unknown value; the other branches read them too."""
        names = [name for name in arguments if name in self.flags and name not in self.uncertain]
        return [ast.Assign([ast.Name(f"u_{name}")], ast.Constant(False)) for name in names]

    def block(self, statements: list[Any]) -> list[ast.stmt]:
        found: list[ast.stmt] = []
        for statement in statements:
            if isinstance(statement, ast.Return):
                assert statement.value is not None
                found += self.stop_if(self.used(statement.value))
                found.append(ast.Return(ast.Tuple([statement.value, ast.Constant(False)])))
            elif isinstance(statement, ast.If):
                found += self.stop_if(self.used(statement.test))
                found.append(ast.If(statement.test, self.block(statement.body), self.block(statement.orelse)))
            else:
                assert isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name)
                found += self.stop_if(self.met(statement.value))
                if statement.targets[0].id in self.flags:
                    flag = ast.Name(f"u_{statement.targets[0].id}")
                    found.append(ast.Assign([flag], self.handed(statement.value) or ast.Constant(False)))
                found.append(statement)
        return found

    def stop_if(self, flag: ast.expr | None) -> list[ast.stmt]:
        if flag is None:
            return []
        unknown = ast.Return(ast.Tuple([ast.Constant(0), ast.Constant(True)]))
        return [ast.If(flag, [unknown], [])]

    def used(self, node: ast.expr) -> ast.expr | None:
        """An expression for "an unknown value is met when this is worked out and its value used"; None for never."""
        return _either(self.met(node), self.handed(node))

    def handed(self, node: ast.expr) -> ast.expr | None:
        """An expression for "the value of this is an unknown one, handed on unused"; it is asked after `met`."""
        if isinstance(node, ast.Name):
            return self.flags.get(node.id)
        if isinstance(node, ast.IfExp):
            return _branches(node, self.handed(node.body), self.handed(node.orelse))
        if isinstance(node, ast.BoolOp):
            found = self.handed(node.values[-1])
            for part in reversed(node.values[:-1]):
                found = _reached(node, part, found)
            return found
        return None

    def met(self, node: ast.expr) -> ast.expr | None:
        """An expression for "working this out uses an unknown value"; None when it never does."""
        if isinstance(node, ast.Name):
            return None
        if isinstance(node, ast.BoolOp):
            found = self.met(node.values[-1])
            for part in reversed(node.values[:-1]):
                # the part's own value is meaningless when it is unknown, so that is asked first
                found = _either(self.used(part), _reached(node, part, found))
            return found
        if isinstance(node, ast.IfExp):
            return _either(self.used(node.test), _branches(node, self.met(node.body), self.met(node.orelse)))
        if isinstance(node, ast.Compare):
            return self.chain(node)
        found = None
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                found = _either(found, self.used(child))
        return found

    def chain(self, node: ast.Compare) -> ast.expr | None:
        sides = [node.left, *node.comparators]
        found: ast.expr | None = None
        for index in range(len(sides) - 1, 1, -1):
            before = ast.Compare(sides[index - 2], [node.ops[index - 2]], [sides[index - 1]])
            later = _either(self.used(sides[index]), found)
            found = None if later is None else ast.BoolOp(ast.And(), [before, later])
        return _either(_either(self.used(sides[0]), self.used(sides[1])), found)


def _handing(node: ast.expr) -> set[str]:
    """The names whose value an expression may hand on as it is."""
    if isinstance(node, ast.Name):
        return {node.id}
    if isinstance(node, ast.IfExp):
        return _handing(node.body) | _handing(node.orelse)
    return _handing(node.values[-1]) if isinstance(node, ast.BoolOp) else set()


def _either(first: ast.expr | None, second: ast.expr | None) -> ast.expr | None:
    if first is None or second is None:
        return first if second is None else second
    return ast.BoolOp(ast.Or(), [first, second])


def _branches(node: ast.IfExp, then: ast.expr | None, otherwise: ast.expr | None) -> ast.expr | None:
    if then is None and otherwise is None:
        return None
    return ast.IfExp(node.test, then or ast.Constant(False), otherwise or ast.Constant(False))


def _reached(node: ast.BoolOp, part: ast.expr, later: ast.expr | None) -> ast.expr | None:
    """`a and b` comes to `b` only when `a` is true; `a or b` only when it is false."""
    if later is None:
        return None
    return ast.BoolOp(ast.And(), [part if isinstance(node.op, ast.And) else ast.UnaryOp(ast.Not(), part), later])
