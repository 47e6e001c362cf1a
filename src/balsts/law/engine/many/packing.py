"""Parameters as arrays: what the compiled pass is given instead of constants, so that a reform compiles nothing."""

from __future__ import annotations

from typing import Any

import numpy as np

from balsts.law.engine.errors import Unknown
from balsts.law.engine.many.codegen import Kernel
from balsts.law.engine.vocabulary import Lookup
from balsts.law.engine.wiring import Wiring

Array = np.ndarray[Any, Any]


def pack(wiring: Wiring, kernel: Kernel) -> tuple[Array, Array, Array]:
    """The parameters of a month in the kernel's order.

    Returns:
        values (int64; for a lookup the place of its rows), whether each is unknown (uint8), and all rows: for each
        lookup their number, the keys in rising order, the values.
    """
    values, unknown, rows = [], [], [0]
    for key in kernel.parameters:
        if key not in wiring.parameters:
            values.append(wiring.month - _months_before(key))
            unknown.append(0)
            continue
        value = wiring.parameters[key].dated.value
        if isinstance(value, Unknown) and key not in kernel.unknown:
            raise ValueError(f"{key} is unknown here, but the pass was made for a law in which it is known")
        unknown.append(1 if isinstance(value, Unknown) else 0)
        if isinstance(value, Lookup):
            values.append(len(rows))
            rows += [len(value.keys), *value.keys, *value.values]
        else:
            values.append(0 if isinstance(value, Unknown) or value is None else value)
    return (np.array(values, dtype=np.int64), np.array(unknown, dtype=np.uint8), np.array(rows, dtype=np.int64))


def _months_before(key: str) -> int:
    return int(key.removeprefix("month__").removesuffix("_before")) if key != "month" else 0
