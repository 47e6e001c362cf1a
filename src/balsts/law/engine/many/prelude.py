"""What every generated pass starts with: the words of the vocabulary and the arithmetic, for the compiler."""

from __future__ import annotations

import ast
from pathlib import Path

from balsts.law.engine import vocabulary
from balsts.law.engine.many.translate import PRELUDE_FUNCTIONS
from balsts.law.engine.vocabulary import RATE_ONE

KERNEL = "@njit(cache=True, nogil=True, error_model='numpy', boundscheck=CHECKED)\n"
JIT = KERNEL.replace("cache=True", "no_cpython_wrapper=True, no_cfunc_wrapper=True")
"""What only compiled code calls needs no way in from elsewhere; making one costs a third of all compiling."""
_ALWAYS, _APART = (JIT.replace("(", f"(forceinline={inline}, ", 1) for inline in (True, False))
_PRELUDE = '''"""Generated from the law; see balsts.law.engine.codegen."""
import numpy as np
from numba import njit, types
from numba.extending import intrinsic

CHECKED = {checked}


@intrinsic
def number_at(context, table, place):
    """The number at a place of the rows; they travel as an address, as an array would be counted at every call."""

    def code(context, builder, signature, arguments):
        start = builder.inttoptr(arguments[0], context.get_value_type(types.int64).as_pointer())
        found = builder.load(builder.gep(start, [arguments[1]]))
        found.set_metadata("invariant.load", builder.module.add_metadata([]))
        return found

    return types.int64(types.int64, types.int64), code


@intrinsic
def stand_apart(context):
    """Keep the function that says this out of its callers: what is seldom called would only crowd them."""

    def code(context, builder, signature, arguments):
        builder.function.attributes.add("noinline")
        return context.get_dummy_value()

    return types.none(), code


{apart}def looked_up_between(T, at, rows, key):
    stand_apart()
    row = at + 3
    while number_at(T, row) <= key:
        row += 1
    return number_at(T, row - 1 + rows)


{always}def looked_up(T, at, key):
    rows = number_at(T, at)
    if number_at(T, at + rows) <= key:
        return number_at(T, at + rows + rows)
    if key < number_at(T, at + 1):
        return np.int64(0)
    if key < number_at(T, at + 2):
        return number_at(T, at + 1 + rows)
    return looked_up_between(T, at, rows, key)


{jit}def indexed(T, amount, at, granted_on, month):
    rows = number_at(T, at)
    for row in range(at + 1, at + 1 + rows):
        if number_at(T, row) > granted_on and number_at(T, row) <= month * 32 + 1:
            amount = (2 * amount * number_at(T, row + rows) + {one}) // (2 * {one})
    return amount


{jit}def half_up(exact, denominator):
    if exact < 0:
        return -((-2 * exact + denominator) // (2 * denominator))
    return (2 * exact + denominator) // (2 * denominator)


{jit}def down(exact, denominator):
    if exact < 0:
        return -(-exact // denominator)
    return exact // denominator
'''


def prelude(*, checked: bool) -> str:
    """The text before the places and rules; `checked` turns on the checks of bounds."""
    return _PRELUDE.format(jit=JIT, always=_ALWAYS, apart=_APART, checked=checked, one=RATE_ONE)


def vocabulary_functions() -> list[str]:
    """The words of the vocabulary that compile as they stand."""
    source = ast.parse(Path(vocabulary.__file__).read_text(encoding="utf-8"))
    found = []
    for node in source.body:
        if isinstance(node, ast.FunctionDef) and node.name in PRELUDE_FUNCTIONS:
            node.body = node.body[1:]
            node.returns = None
            for argument in node.args.args:
                argument.annotation = None
            text = ast.unparse(node).replace("Month(", "np.int64(").replace("MONTHS_IN_YEAR", "12")
            found.append(text + "\n")
    return found
