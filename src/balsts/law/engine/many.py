"""The law applied to a population: one compiled pass over persons sorted by household, or the plain way."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from balsts.law.engine.answer import shares
from balsts.law.engine.codegen import Kernel, generate
from balsts.law.engine.columns import COMPILE_FROM_HOUSEHOLDS, Array, Columns, nobody
from balsts.law.engine.errors import Unknown
from balsts.law.engine.one import Results, evaluate
from balsts.law.engine.output import UNDETERMINED, Output
from balsts.law.engine.packing import pack
from balsts.law.engine.wiring import Wiring

_CHUNK_HOUSEHOLDS = 32_768
Progress = Callable[[int, int], None]


def empty_outputs(columns: Columns, kernel: Kernel) -> list[Array]:
    """Fresh columns for the outputs of a kernel: zeros, which cost nothing until something is written among them."""
    return [
        np.zeros(columns.households if household else columns.size, np.uint8 if output.kind == "for" else np.int64)
        for output, household in zip(kernel.outputs, kernel.by_household, strict=True)
    ]


def run(wiring: Wiring, outputs: list[Output], columns: Columns, *, threads: int | None = None,
        progress: Progress | None = None, compile_from: int = COMPILE_FROM_HOUSEHOLDS) -> dict[str, Array]:  # fmt: skip
    """The outputs for everyone, compiled or, for few households, the plain way; the results are the same.

    Returns:
        A column an output: one value a person (a right stands at its payee), or one a household.
    """
    if columns.households < compile_from:
        return plain_pass(wiring, outputs, columns)
    return Pass(wiring, outputs, progress=progress).run(columns, threads=threads)


class Pass:
    """A compiled pass over a population, for one set of rules and outputs; parameters may differ each time."""

    def __init__(self, wiring: Wiring, outputs: list[Output], *, checked: bool = False,
                 progress: Progress | None = None) -> None:  # fmt: skip
        from balsts.law.engine.compiled import is_compiled, module_of, room_to_compile

        self.wiring = wiring
        self.kernel = generate(wiring, outputs, checked=checked)
        self.module = module_of(self.kernel.text)
        empty = nobody(wiring.law.catalogue, self.kernel.person_inputs, self.kernel.household_inputs)
        with room_to_compile():
            if not is_compiled(self.kernel.text):
                self._compile_rules(progress or (lambda done, whole: None))
            self.run(empty, threads=1)
        if progress:
            progress(len(self.kernel.functions) * 2, len(self.kernel.functions) * 2)

    def _compile_rules(self, progress: Progress) -> None:
        """Compile rule by rule, so that progress can be shown; the pass itself then takes about as long again."""
        from numba import boolean, int64

        types = {"rows": int64, "flag": boolean, "number": int64}
        whole = len(self.kernel.functions) * 2
        for done, (name, signature) in enumerate(self.kernel.functions.items()):
            getattr(self.module, name).compile(tuple(types[one] for one in signature))
            progress(done + 1, whole)

    def run(self, columns: Columns, *, wiring: Wiring | None = None, threads: int | None = None,
            outputs: list[Array] | None = None) -> dict[str, Array]:  # fmt: skip
        """Work out the outputs for everyone; `wiring` gives other parameters for the same rules.

        `outputs` are columns to be filled (see `empty_outputs`), fresh ones when left out.
        """
        given = outputs or empty_outputs(columns, self.kernel)
        parameters = pack(wiring or self.wiring, self.kernel)
        arrays = [columns.persons[name] for name in self.kernel.person_inputs]
        arrays += [columns.household[name] for name in self.kernel.household_inputs]
        largest = np.int64(columns.largest)
        dense = np.int64(outputs is not None)  # what was there before must be written over, zeros too

        def part(bounds: tuple[int, int]) -> None:
            self.module.kernel(*parameters, columns.starts, np.uint64(bounds[0]), np.uint64(bounds[1]), largest, dense,
                               *arrays, *given)  # fmt: skip

        workers = threads or os.cpu_count() or 1
        parts = list(_parts(columns.households, workers))
        if len(parts) == 1:
            part(parts[0])
        else:
            with ThreadPoolExecutor(workers) as pool:
                list(pool.map(part, parts))
        return {output.column: column for output, column in zip(self.kernel.outputs, given, strict=True)}


def _parts(households: int, workers: int) -> Iterator[tuple[int, int]]:
    if workers == 1 or households < _CHUNK_HOUSEHOLDS // 8:
        yield 0, households
        return
    step = min(_CHUNK_HOUSEHOLDS, -(-households // workers))
    for first in range(0, households, step):
        yield first, min(first + step, households)


def plain_pass(wiring: Wiring, outputs: list[Output], columns: Columns) -> dict[str, Array]:
    """The same outputs household by household in plain Python: slower, and the measure of the compiled pass."""
    kernel = generate(wiring, outputs)
    given = empty_outputs(columns, kernel)
    for household in range(columns.households):
        results = evaluate(wiring, columns.facts(household))
        first, last = int(columns.starts[household]), int(columns.starts[household + 1])
        for output, column, whole in zip(outputs, given, kernel.by_household, strict=True):
            if whole:
                column[household] = _number(results.value(output.name, None))
            else:
                column[first:last] = _plain_output(results, output, last - first)
    return {output.column: column for output, column in zip(outputs, given, strict=True)}


def _number(value: Any) -> int:
    return UNDETERMINED if isinstance(value, Unknown) else int(value)


def _plain_output(results: Results, output: Output, size: int) -> list[int]:
    if output.kind == "value":
        return [_number(results.value(output.name, person)) for person in range(size)]
    found = [0] * size
    for share in shares(results, output.name):
        unknown = isinstance(share.value, Unknown)
        if output.kind == "for":
            if not unknown and share.value != 0:
                for member in share.members:
                    found[int(member)] = 1
            continue
        payee = int(share.payee)
        found[payee] = UNDETERMINED if unknown or found[payee] == UNDETERMINED else found[payee] + share.value
    return found
