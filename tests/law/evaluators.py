"""Both evaluators side by side: every value of a month's law, compiled with checks of bounds and in plain Python."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from unittest import mock

import numpy as np

from balsts.law.engine.law import Law
from balsts.law.engine.many import passes
from balsts.law.engine.many.codegen import Kernel, generate
from balsts.law.engine.many.columns import Columns
from balsts.law.engine.many.output import Entries, Output
from balsts.law.engine.many.packing import pack
from balsts.law.engine.many.passes import Pass, plain_pass
from balsts.law.engine.many.plan import plan
from balsts.law.engine.wiring import Wiring, wire

Array = np.ndarray[Any, Any]
FOR_THE_COMPILER = ("number_at", "stand_apart")
LARGE = 60


@dataclass(frozen=True)
class NamedOutput(Output):
    """An output whose column says its kind too, as a right and its value are asked for together."""

    @property
    def column(self) -> str:
        """Its name among the columns of the result."""
        return f"{self.name} ({self.kind})"


@dataclass(frozen=True, eq=False)
class Chapter:
    """Rights and statuses with all they need, in months that have the same rules: one compiled pass serves them."""

    law: Law
    name: str
    wanted: tuple[str, ...]
    months: tuple[int, ...]

    def wiring(self, month: int, law: Law | None = None) -> Wiring:
        """The law of one of its months, or a reform of it."""
        return wire(law or self.law, month, wanted=self.wanted)


def months_of_change(law: Law) -> list[int]:
    """The month of every day of change, and the month after where it is not the first day of its month."""
    found = set()
    for day in law.days_of_change:
        month = day.year * 12 + day.month - 1
        found.update([month] if day.day == 1 else [month, month + 1])
    return sorted(found)


def chapters(law: Law, months: list[int]) -> Iterator[Chapter]:
    """The law in parts that compile fast: by folder, with all that tests means together; small laws whole."""
    found: dict[Any, list[int]] = {}
    for month in months:
        whole = wire(law, month)
        parts: dict[str, list[str]] = {}
        for code in (*whole.rights, *whole.statuses):
            large = len(whole.values) <= LARGE or len(wire(law, month, wanted=(code,)).values) > LARGE
            parts.setdefault("whole" if large else law.folder_of[code], []).append(code)
        for name, codes in parts.items():
            wiring = wire(law, month, wanted=tuple(codes))
            rules = tuple((key, id(value.version), tuple(value.needs)) for key, value in wiring.values.items())
            planned = plan(wiring)
            shape = (frozenset(planned.uncertain), frozenset(planned.unknown), tuple(sorted(wiring.parameters)))
            found.setdefault((name, tuple(codes), rules, shape), []).append(month)
    for (name, wanted, *_), same in found.items():
        yield Chapter(law, name, wanted, tuple(same))


def every_output(wiring: Wiring) -> list[Output]:
    """Every value of the graph as it is, all rights by payee and those they are for."""
    found: list[Output] = [NamedOutput("value", key) for key in wiring.values]
    rights = [code for code in wiring.rights if code in wiring.values]
    return found + [NamedOutput(kind, code) for kind in ("right", "for") for code in rights]


def rights_only(wiring: Wiring) -> list[Output]:
    """What a simulation asks for: rights, those they are for, and statuses. What nobody reads is not worked out."""
    found: list[Output] = [NamedOutput("right", code) for code in wiring.rights]
    found += [NamedOutput("for", code) for code in wiring.rights]
    return found + [NamedOutput("value", code) for code in wiring.statuses]


class Interpreted(Pass):
    """The generated pass run as the Python it is, without the compiler: quick to begin, and an overflow warns."""

    def __init__(self, wiring: Wiring, outputs: list[Output], persons_at_once: int = 64) -> None:
        self.wiring = wiring
        self.desks = []
        self.kernel = generate(wiring, outputs)
        self.rows: list[int] = []
        scope: dict[str, Any] = {"number_at": self.number_at, "stand_apart": lambda: None}
        exec(compile(_without_compiler(self.kernel.text), "interpreted pass", "exec"), scope)
        assert "TILE" in scope
        scope["TILE"] = np.uint64(persons_at_once)
        self.module = SimpleNamespace(**scope)

    def number_at(self, _: object, place: int) -> int:
        """A number of the rows; one outside them is an error."""
        return self.rows[range(len(self.rows))[place]]

    def answers(self, wiring: Wiring, columns: Columns) -> dict[str, Array]:
        """The outputs for everyone."""
        self.rows = pack(wiring, self.kernel)[-1].tolist()
        return dense(self.run(columns, wiring=wiring, threads=1))

    def differences(self, wiring: Wiring, columns: Columns) -> list[str]:
        """Where it says something else than plain Python; `columns` are tied for the month."""
        return differences(self.answers(wiring, columns), plain_outputs(wiring, self.kernel, columns))


def plain_outputs(wiring: Wiring, kernel: Kernel, columns: Columns) -> dict[str, Array]:
    """What `plain_pass` gives, for a kernel that is generated already."""
    with mock.patch.object(passes, "generate", return_value=kernel):
        return dense(plain_pass(wiring, kernel.outputs, columns))


def dense(found: dict[str, Entries]) -> dict[str, Array]:
    """All outputs as full columns; no row may stand there twice, or with nothing."""
    assert all(len(np.unique(one.rows)) == len(one.rows) and one.values.all() for one in found.values())
    return {name: one.dense() for name, one in found.items()}


def _without_compiler(text: str) -> ast.Module:
    """A generated text as plain Python; the function that reads rows by their address is left out."""
    kept = []
    for node in ast.parse(text).body:
        is_numba = isinstance(node, ast.ImportFrom) and str(node.module).startswith("numba")
        if isinstance(node, ast.FunctionDef):
            is_numba = node.name in FOR_THE_COMPILER
            node.decorator_list = []
        if not is_numba:
            kept.append(node)
    return ast.Module(body=kept, type_ignores=[])


def differences(found: dict[str, Array], expected: dict[str, Array]) -> list[str]:
    """Where some outputs say something else than those of plain Python."""
    assert found.keys() <= expected.keys()
    return [_first_difference(name, column, expected[name]) for name, column in found.items()
            if not np.array_equal(column, expected[name])]  # fmt: skip


class Twins:
    """The two evaluators of one set of rules and outputs."""

    def __init__(self, wiring: Wiring, outputs: list[Output]) -> None:
        # Checks of bounds make large passes compile for minutes; `Interpreted` checks them in any size.
        self.checked = len(wiring.values) <= LARGE
        self.compiled = Pass(wiring, outputs, checked=self.checked)

    def answers(self, wiring: Wiring, columns: Columns) -> dict[str, Array]:
        """What the compiled pass gives for everyone; `columns` are tied for the month."""
        return dense(self.compiled.run(columns, wiring=wiring, threads=1))

    def differences(self, wiring: Wiring, columns: Columns) -> list[str]:
        """Where the compiled pass says something else than plain Python; `columns` are tied for the month."""
        return differences(self.answers(wiring, columns), plain_outputs(wiring, self.compiled.kernel, columns))


def _first_difference(name: str, found: Array, plain: Array) -> str:
    place = int(np.flatnonzero(found != plain)[0])
    return f"{name}: {found[place]} compiled, {plain[place]} plain, at row {place}"
