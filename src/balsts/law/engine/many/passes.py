"""The law applied to a population: one compiled pass over persons sorted by household, or the plain way."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from balsts.law.engine.answer import shares
from balsts.law.engine.errors import Unknown
from balsts.law.engine.many.codegen import generate
from balsts.law.engine.many.columns import COMPILE_FROM_HOUSEHOLDS, Array, Columns, nobody
from balsts.law.engine.many.output import UNDETERMINED, Entries, Output
from balsts.law.engine.many.packing import pack
from balsts.law.engine.one import Results, evaluate
from balsts.law.engine.wiring import Wiring

_CHUNK_HOUSEHOLDS = 65_536
_ROOM = 2
"""How many parts of a population a desk has room for, were everyone to have everything."""
Progress = Callable[[int, int], None]


def run(
    wiring: Wiring,
    outputs: list[Output],
    columns: Columns,
    *,
    threads: int | None = None,
    progress: Progress | None = None,
    compile_from: int = COMPILE_FROM_HOUSEHOLDS,
) -> dict[str, Entries]:
    """The outputs for everyone, compiled or, for few households, the plain way; the results are the same.

    Returns:
        The entries of each output by its column: rows are persons (a right stands at its payee) or households.
    """
    if columns.households < compile_from:
        return plain_pass(wiring, outputs, columns)
    return Pass(wiring, outputs, progress=progress).run(columns, threads=threads)


class Pass:
    """A compiled pass over a population, for one set of rules and outputs; parameters may differ each time."""

    def __init__(self, wiring: Wiring, outputs: list[Output], *, checked: bool = False,
                 progress: Progress | None = None) -> None:  # fmt: skip
        from balsts.law.engine.many.compiled import is_compiled, module_of, room_to_compile

        self.wiring = wiring
        self.desks: list[_Desk] = []
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

    def run(self, columns: Columns, *, wiring: Wiring | None = None, threads: int | None = None) -> dict[str, Entries]:
        """Work out the outputs for everyone; `wiring` gives other parameters for the same rules."""
        parameters = pack(wiring or self.wiring, self.kernel)
        arrays = [columns.persons[name] for name in self.kernel.person_inputs]
        arrays += [columns.household[name] for name in self.kernel.household_inputs]
        largest = np.int64(columns.largest)
        workers = threads or os.cpu_count() or 1
        parts = list(_parts(columns.households, workers))
        room = max(_room(columns, *part) for part in parts)
        desks, free = list[_Desk](), list[_Desk]()

        def part(bounds: tuple[int, int]) -> None:
            try:
                desk = free.pop()
            except IndexError:
                desk = self._desk(desks)
            desk.make_room(room)
            self.module.kernel(*parameters, columns.starts, np.uint64(bounds[0]), np.uint64(bounds[1]), largest,
                               desk.at, desk.values, desk.made, *arrays)  # fmt: skip
            free.append(desk)

        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(part, parts))
            pieces = zip(*(piece for desk in desks for piece in desk.pieces()), strict=True)
            joined = list(pool.map(_joined, pieces))
        self.desks += desks
        sizes = [columns.households if is_household else columns.size for is_household in self.kernel.by_household]
        return {output.column: Entries(size, *columns_of)
                for output, size, columns_of in zip(self.kernel.outputs, sizes, joined, strict=True)}  # fmt: skip

    def _desk(self, taken: list[_Desk]) -> _Desk:
        """A desk for one thread of a run: one that an earlier run left, or a new one."""
        try:
            found = self.desks.pop()
        except IndexError:
            found = _Desk(len(self.kernel.outputs))
        found.clear()
        taken.append(found)
        return found


class _Desk:
    """Where one thread puts entries; kept from run to run, as fresh memory costs more than the entries.

    Attributes:
        at, values: a row an output, filled from the left.
        made: how many entries each output has there.
        taken: copies of what had to make room.
    """

    def __init__(self, outputs: int) -> None:
        self.at = np.empty((outputs, 0), np.int32)
        self.values = np.empty((outputs, 0), np.int64)
        self.made = np.zeros(outputs, np.int64)
        self.taken: list[list[tuple[Array, Array]]] = []

    def clear(self) -> None:
        """Take everything away."""
        self.made[:] = 0
        self.taken = []

    def make_room(self, room: int) -> None:
        """See to it that every output has room for that many more entries."""
        if self.at.shape[1] - self.made.max(initial=0) < room:
            self.taken.append([(rows.copy(), values.copy()) for rows, values in self.pieces()[-1]])
            self.made[:] = 0
        if self.at.shape[1] < room:
            self.at = np.empty((len(self.made), _ROOM * room), np.int32)
            self.values = np.empty((len(self.made), _ROOM * room), np.int64)

    def pieces(self) -> list[list[tuple[Array, Array]]]:
        """All entries: for each time that they had to make room, and for now, rows and values of each output."""
        here = [(self.at[number, :made], self.values[number, :made]) for number, made in enumerate(self.made.tolist())]
        return [*self.taken, here]


def _joined(parts: tuple[tuple[Array, Array], ...]) -> tuple[Array, Array]:
    """Rows and values of one output, from all its parts; a copy, as desks are used again."""
    rows, values = zip(*parts, strict=True)
    return np.concatenate(rows), np.concatenate(values)


def _room(columns: Columns, first: int, last: int) -> int:
    """The most entries an output may have for some households."""
    return max(last - first, int(columns.starts[last] - columns.starts[first]))


def _parts(households: int, workers: int) -> Iterator[tuple[int, int]]:
    if workers == 1 or households < _CHUNK_HOUSEHOLDS // 8:
        yield 0, households
        return
    rounds = -(-households // (workers * _CHUNK_HOUSEHOLDS))
    step = -(-households // (workers * rounds))  # as many parts for each worker, all about alike
    for first in range(0, households, step):
        yield first, min(first + step, households)


def plain_pass(wiring: Wiring, outputs: list[Output], columns: Columns) -> dict[str, Entries]:
    """The same outputs household by household in plain Python: slower, and the measure of the compiled pass."""
    kernel = generate(wiring, outputs)
    sizes = [columns.households if whole else columns.size for whole in kernel.by_household]
    given = [np.zeros(size, np.int64) for size in sizes]
    for household in range(columns.households):
        results = evaluate(wiring, columns.facts(household))
        first, last = int(columns.starts[household]), int(columns.starts[household + 1])
        for output, column, whole in zip(outputs, given, kernel.by_household, strict=True):
            if whole:
                column[household] = _number(results.value(output.name, None))
            else:
                column[first:last] = _plain_output(results, output, last - first)
    return {output.column: _entries(column) for output, column in zip(outputs, given, strict=True)}


def _entries(column: Array) -> Entries:
    rows = np.flatnonzero(column)
    return Entries(len(column), rows.astype(np.int32), column[rows])


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
