"""`python -m tests.mutation.payments`: change what is withheld and what return codes lead to; count what tests notice.

Functions are changed as rules of law are (`mutants.py`), and in some ways more; a table, by giving an entry another
outcome or leaving it out. The tests named here are run on each change, in this process.
"""

from __future__ import annotations

import ast
import copy
import inspect
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import FunctionType, ModuleType

import pytest
from hypothesis import Phase, settings

from balsts.payments import withholding
from balsts.payments.iso20022 import return_codes
from balsts.payments.iso20022.return_code_table import REASONS, TEXTS_OF_ACTIONS, UNKNOWN, Action
from tests.mutation.mutants import edits_of
from tests.payments import test_return_codes, test_withholding_sums

LEAST = 0.90
EQUIVALENT = {
    ("divided", "cents >= whole: Gt"): "all of it, divided in proportion, is what each wants",
    ("divided", "cents <= 0: Lt"): "nothing, divided in proportion, is nothing for each",
    ("withhold", "0: 1"): "without an order there is nothing that children could be kept for",
    ("_from_payment", "zip(equals, parts, strict=True): without strict"): "there are as many parts as equals",
    ("_from_payment", "True: False"): "the same",
}
"""Changes that change nothing, and why."""


@dataclass(frozen=True)
class Change:
    """One change on purpose: where, what, and a block in which it holds."""

    place: str
    what: str
    made: Callable[[], object]


def functions_of(module: ModuleType) -> Iterator[FunctionType]:
    """The functions of a module, those of its classes too."""
    for one in vars(module).values():
        if getattr(one, "__module__", None) != module.__name__:
            continue
        if inspect.isfunction(one):
            yield one
        elif inspect.isclass(one):
            written = {node.name for node in ast.walk(ast.parse(inspect.getsource(one)))
                       if isinstance(node, ast.FunctionDef)}  # fmt: skip
            yield from (found for name, found in vars(one).items() if name in written and inspect.isfunction(found))


def changes_of(module: ModuleType) -> Iterator[Change]:
    """Every small change that can be made to a function of a module."""
    for function in functions_of(module):
        tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
        for number, node in enumerate(ast.walk(tree)):
            for what, edit in (*edits_of(node), *_more_edits(node)):
                if (function.__name__, what) not in EQUIVALENT:
                    code = _changed(tree, number, edit, function)
                    yield Change(function.__qualname__, what, _with_code(function, code))


def _changed(tree: ast.stmt, number: int, edit: Callable[[ast.AST], None], function: FunctionType) -> object:
    copied = copy.deepcopy(tree)
    edit(next(one for position, one in enumerate(ast.walk(copied)) if position == number))
    module = ast.fix_missing_locations(ast.Module(body=[copied], type_ignores=[]))
    names: dict[str, FunctionType] = {}
    future = "from __future__ import annotations\n"
    exec(compile(future + ast.unparse(module), "<mutant>", "exec"), dict(function.__globals__), names)
    return names[function.__name__].__code__


def _more_edits(node: ast.AST) -> Iterator[tuple[str, Callable[[ast.AST], None]]]:
    text = ast.unparse(node) if isinstance(node, ast.expr | ast.stmt) else ""
    if isinstance(node, ast.AugAssign):
        other = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
        yield f"{text}: {type(other).__name__}", _set("op", other)
        nothing = ast.List([], ast.Load()) if isinstance(node.value, ast.ListComp) else ast.Constant(0)
        yield f"{text}: left out", _set("value", nothing)
    elif isinstance(node, ast.Return) and node.value is not None:
        yield f"{text}: None", _set("value", ast.Constant(None))
    elif isinstance(node, ast.Call):
        for nth, keyword in enumerate(node.keywords):
            yield f"{text}: without {keyword.arg}", lambda found, nth=nth: found.keywords.pop(nth)
        if isinstance(node.func, ast.Attribute) and node.func.attr == "get" and len(node.args) > 1:
            yield f"{text}: no default", lambda found: found.args.pop()
    elif isinstance(node, ast.comprehension):
        for nth, condition in enumerate(node.ifs):
            yield f"if {ast.unparse(condition)}: left out", lambda found, nth=nth: found.ifs.pop(nth)
    elif isinstance(node, ast.Slice):
        for name in ("lower", "upper"):
            if getattr(node, name) is not None:
                yield f"{text}: no {name}", _set(name, None)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield f"{text}: above zero", _set("op", ast.UAdd())


def _set(field: str, value: object) -> Callable[[ast.AST], None]:
    return lambda node: setattr(node, field, value)


def _with_code(function: FunctionType, code: object) -> Callable[[], object]:
    @contextmanager
    def made() -> Iterator[None]:
        before = function.__code__
        function.__code__ = code  # type: ignore[assignment]
        try:
            yield
        finally:
            function.__code__ = before

    return made


def changes_of_codes() -> Iterator[Change]:
    """Return codes with another action or left out, actions without words, other answers to an unknown code."""
    for code, known in REASONS.items():
        yield Change("REASONS", f"{code}: left out", _with_entry(REASONS, code, None))
        for action in Action:
            if action is not known.action:
                changed = replace(known, action=action)
                yield Change("REASONS", f"{code}: {action}", _with_entry(REASONS, code, changed))
    for action in Action:
        yield Change("TEXTS_OF_ACTIONS", f"{action}: left out", _with_entry(TEXTS_OF_ACTIONS, action, None))
        if action is not UNKNOWN.action:
            names = vars(return_codes)
            yield Change("UNKNOWN", action, _with_entry(names, "UNKNOWN", replace(UNKNOWN, action=action)))


def _with_entry(table: dict, key: object, value: object) -> Callable[[], object]:  # type: ignore[type-arg]
    @contextmanager
    def made() -> Iterator[None]:
        before = dict(table)
        if value is None:
            del table[key]
        else:
            table[key] = value
        try:
            yield
        finally:
            table.clear()
            table.update(before)

    return made


def checks_of(module: ModuleType) -> list[Callable[[], object]]:
    """The tests of a module, each with every set of values that it is asked for."""
    found: list[Callable[[], object]] = []
    for name, one in vars(module).items():
        if name.startswith("test_") and callable(one):
            marks = [mark for mark in getattr(one, "pytestmark", []) if mark.name == "parametrize"]
            if not marks:
                found.append(one)
            for mark in marks:
                names, rows = mark.args
                several = not isinstance(names, str)
                found += [lambda one=one, row=row, several=several: one(*(row if several else (row,))) for row in rows]
    return found


def is_noticed(change: Change, checks: list[Callable[[], object]]) -> bool:
    """Whether a test fails while a change holds."""
    with change.made():  # type: ignore[attr-defined]
        for check in checks:
            try:
                check()
            except (Exception, pytest.fail.Exception):
                return True
    return False


TARGETS: dict[str, tuple[Callable[[], Iterator[Change]], ModuleType]] = {
    "withholding": (lambda: changes_of(withholding), test_withholding_sums),
    "return_codes": (lambda: iter([*changes_of(return_codes), *changes_of_codes()]), test_return_codes),
}


@contextmanager
def few_examples() -> Iterator[None]:
    """The same few examples each time, and none made smaller: a failure is all that is asked for."""
    before = settings.get_current_profile_name()
    settings.register_profile("mutation", deadline=None, derandomize=True, database=None, max_examples=60,
                              phases=(Phase.explicit, Phase.generate))  # fmt: skip
    settings.load_profile("mutation")
    try:
        yield
    finally:
        settings.load_profile(before)


def measured(name: str) -> tuple[int, list[str]]:
    """How many changes of a target there are, and those that no test notices."""
    changes, tests = TARGETS[name]
    with few_examples():
        checks = checks_of(tests)
        outcomes = [(one, is_noticed(one, checks)) for one in changes()]
    return len(outcomes), [f"{one.place}: {one.what}" for one, noticed in outcomes if not noticed]


def main() -> int:
    """Returns 1 when of some target fewer than 90 of 100 changes are noticed."""
    good = True
    for name in TARGETS:
        many, survivors = measured(name)
        for one in survivors:
            print(f"  survived: {one}")
        print(f"{name}: {many} mutants, {many - len(survivors)} noticed ({1 - len(survivors) / many:.1%})")
        good &= many - len(survivors) >= LEAST * many
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
