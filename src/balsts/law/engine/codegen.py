"""One pass over a population: the text of a compiled function for a month's graph and the outputs asked for.

All rules are pasted into one text, so that its hash names everything the compiled code depends on.
"""

from __future__ import annotations

from dataclasses import dataclass

from balsts.law.engine.body import Body
from balsts.law.engine.output import Output
from balsts.law.engine.plan import Plan, plan
from balsts.law.engine.prelude import JIT, prelude, vocabulary_functions
from balsts.law.engine.reading import Lines, Shared
from balsts.law.engine.settled import rare_facts, settled
from balsts.law.engine.wiring import Wiring

_TILE = 512
"""Persons looked at together: few enough to stay near the processor, enough to read in long strokes."""


@dataclass
class Kernel:
    """The text of a compiled pass and the order of what it takes and gives.

    Attributes:
        functions: the compiled rules with the types of their arguments, for compiling them one by one.
        parameters: keys in the order of the parameter array; months stand among them.
        unknown: those parameters that may be unknown.
        person_inputs, household_inputs: columns in the order of the arguments.
        outputs: in the order of the arguments; a household's have one row a household.
    """

    text: str
    functions: dict[str, tuple[str, ...]]
    parameters: list[str]
    unknown: set[str]
    person_inputs: list[str]
    household_inputs: list[str]
    outputs: list[Output]
    by_household: list[bool]


def generate(wiring: Wiring, outputs: list[Output], *, checked: bool = False) -> Kernel:
    """The kernel that works out `outputs` under a wiring (which must contain what they need)."""
    planned = plan(wiring)
    shared = Shared()
    whole = Body(planned, shared, outputs, {}).text()
    rare = {name: default for name, default in rare_facts(wiring).items()
            if name in shared.person_inputs or name in shared.household_inputs}  # fmt: skip
    ordinary = Body(planned, shared, outputs, settled(planned)).text() if rare else whole
    by_household = [one.kind != "for" and wiring.values[one.name].entity == "household" for one in outputs]
    parameters = [*sorted(wiring.parameters), *shared.months]
    lines = _Kernel(planned, shared, rare, by_household, parameters).lines(whole, ordinary)
    arguments = ["P", "K", "rows", "starts", "first", "last", "largest", "dense"]
    arguments += [f"in_{name}" for name in (*shared.person_inputs, *shared.household_inputs)]
    arguments += [f"out_{number}" for number in range(len(outputs))]
    places = "".join(f"{name} = {number}\n" for number, name in enumerate(shared.rows))
    places = f"\n\nTILE = np.uint64({_TILE})\nROWS = {len(shared.rows)}\n{places}"
    functions = "".join(f"\n\n{JIT}{text}" for text in (*vocabulary_functions(), *shared.texts))
    header = f"\n\n{JIT.replace('(', '(cache=True, ', 1)}def kernel({', '.join(arguments)}):\n"
    text = prelude(checked=checked) + places + functions + header + "\n".join(lines) + "\n"
    return Kernel(text, shared.signatures, parameters, planned.unknown, list(shared.person_inputs),
                  list(shared.household_inputs), outputs, by_household)  # fmt: skip


@dataclass
class _Kernel:
    """The loop over tiles of households, around the texts for one household.

    Attributes:
        rare: the rare facts that decide which text a household gets, with their defaults.
    """

    planned: Plan
    shared: Shared
    rare: dict[str, int]
    by_household: list[bool]
    parameters: list[str]

    def lines(self, whole: list[str], ordinary: list[str]) -> list[str]:
        """The body of the kernel."""
        found = Lines()
        found.add(1, "T = np.int64(rows.ctypes.data)", "A = np.zeros((ROWS, largest), np.int64)",
                  "rare = np.zeros(np.int64(TILE) + largest, np.uint8)")  # fmt: skip
        found.add(1, *(f"p_{key} = P[{number}]" for number, key in enumerate(self.parameters)))
        found.add(1, *(f"w_{key} = K[{number}] != 0" for number, key in enumerate(self.parameters)
                       if key in self.planned.unknown))  # fmt: skip
        found.add(1, "tile = first", "while tile < last:")
        found.add(2, "start = starts[tile]", "end = tile + np.uint64(1)")
        found.add(2, "while end < last and starts[end + np.uint64(1)] - start <= TILE:", "    end += np.uint64(1)")
        found.add(2, "count = starts[end] - start")
        self.cleared(found)
        self.looked_for(found)
        found.add(2, "for h in range(tile, end):")
        found.add(3, "p0 = starts[h]", "n = starts[h + np.uint64(1)] - p0")
        if self.rare:
            self.chosen(found, whole, ordinary)
        else:
            found.lines += [f"    {line}" for line in whole]
        found.add(2, "tile = end")
        found.add(1, "return 0")
        return found.lines

    def cleared(self, found: Lines) -> None:
        """Columns that were written before become zeros, as fresh ones are."""
        found.add(2, "if dense != 0:")
        for number, is_household in enumerate(self.by_household):
            rows = "tile:end" if is_household else "start:start + count"
            found.add(3, f"out_{number}[{rows}] = 0")

    def looked_for(self, found: Lines) -> None:
        """Which persons of the tile have a rare fact, column by column."""
        if self.rare:
            found.add(2, "for j in range(count):", "    rare[j] = 0")
        for name, default in self.rare.items():
            if name in self.shared.person_inputs:
                found.add(2, "for j in range(count):", f"    rare[j] |= in_{name}[start + j] != {default}")

    def chosen(self, found: Lines, whole: list[str], ordinary: list[str]) -> None:
        """The short text for an ordinary household, the whole one for any other."""
        of_household = [name for name in self.rare if name in self.shared.household_inputs]
        tests = " or ".join(f"in_{name}[h] != {self.rare[name]}" for name in of_household)
        found.add(3, f"is_ordinary = not ({tests or False})")
        found.add(3, "for k in range(n):", "    if rare[p0 - start + k] != 0:", "        is_ordinary = False")
        found.add(3, "if is_ordinary:")
        found.lines += [f"        {line}" for line in ordinary]
        found.add(3, "else:")
        found.lines += [f"        {line}" for line in whole]
