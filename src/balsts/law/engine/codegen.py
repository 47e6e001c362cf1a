"""One pass over a population: the text of a compiled function for a month's graph and the outputs asked for.

All rules are pasted into one text, so that its hash names everything the compiled code depends on.
"""

from __future__ import annotations

from dataclasses import dataclass

from balsts.law.engine.body import Body, always_needed
from balsts.law.engine.output import Output
from balsts.law.engine.plan import Plan, plan
from balsts.law.engine.prelude import JIT, prelude, vocabulary_functions
from balsts.law.engine.reading import Lines, Shared
from balsts.law.engine.settled import live, ordinary
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
    planned, shared, wanted = plan(wiring), Shared(), always_needed(wiring, outputs)
    whole = Body(planned, shared, outputs, {})
    known = ordinary(planned, wanted)
    left_out = wiring.values.keys() - live(wiring, wanted, known.settled)
    fewer = plan(wiring, left_out)
    short, plain = (Body(fewer, shared, outputs, one) for one in (known.settled, known.plain))
    read_by_short = {name for one in short.loaded for name in one}
    by_household = [one.kind != "for" and wiring.values[one.name].entity == "household" for one in outputs]
    parameters = [*sorted(wiring.parameters), *shared.months]
    light = {name: default for name, default in known.light.items() if name in read_by_short}
    texts = (whole.text(), short.text(plain if light else None))
    lines = _Kernel(planned, shared, known.decisive, light, parameters).lines(*texts)
    arguments = ["P", "K", "rows", "starts", "first", "last", "largest", "at", "values", "made"]
    arguments += [f"in_{name}" for name in (*shared.person_inputs, *shared.household_inputs)]
    places = "".join(f"{name} = {number}\n" for number, name in enumerate(shared.rows))
    places = f"\n\nTILE = np.uint64({_TILE})\nROWS = {len(shared.rows)}\n{places}"
    functions = "".join(f"\n\n{JIT}{text}" for text in (*vocabulary_functions(), *shared.texts))
    header = f"\n\n{JIT.replace('(', '(cache=True, ', 1)}def kernel({', '.join(arguments)}):\n"
    text = prelude(checked=checked) + places + functions + header + "\n".join(lines) + "\n"
    return Kernel(text, shared.signatures, parameters, planned.unknown, list(shared.person_inputs),
                  list(shared.household_inputs), outputs, by_household)  # fmt: skip


@dataclass
class _Kernel:
    """The loop over tiles of households, around the two texts for one household.

    Attributes:
        decisive: the rare facts that decide which text a household gets, with their defaults.
        light: those that the short text asks of a person.
    """

    planned: Plan
    shared: Shared
    decisive: dict[str, int]
    light: dict[str, int]
    parameters: list[str]

    def lines(self, whole: list[str], short: list[str]) -> list[str]:
        """The body of the kernel."""
        found = Lines()
        found.add(1, "T = np.int64(rows.ctypes.data)", "A = np.zeros((ROWS, largest), np.int64)")
        found.add(1, *(f"{name} = np.zeros(np.int64(TILE) + largest, np.uint8)" for name in ("decisive", "light")))
        found.add(1, *(f"p_{key} = P[{number}]" for number, key in enumerate(self.parameters)))
        found.add(1, *(f"w_{key} = K[{number}] != 0" for number, key in enumerate(self.parameters)
                       if key in self.planned.unknown))  # fmt: skip
        found.add(1, "tile = first", "while tile < last:")
        found.add(2, "start = starts[tile]", "end = tile + np.uint64(1)")
        found.add(2, "while end < last and starts[end + np.uint64(1)] - start <= TILE:", "    end += np.uint64(1)")
        found.add(2, "count = starts[end] - start")
        self.look_for(found, "decisive", self.decisive)
        self.look_for(found, "light", self.light)
        found.add(2, "for h in range(tile, end):")
        found.add(3, "p0 = starts[h]", "n = starts[h + np.uint64(1)] - p0")
        self.choose(found, whole, short)
        found.add(2, "tile = end")
        found.add(1, "return 0")
        return found.lines

    def look_for(self, found: Lines, name: str, facts: dict[str, int]) -> None:
        """Which persons of the tile have one of some facts, column by column."""
        found.add(2, "for j in range(count):", f"    {name}[j] = 0")
        for fact, default in facts.items():
            if fact in self.shared.person_inputs:
                found.add(2, "for j in range(count):", f"    {name}[j] |= in_{fact}[start + j] != {default}")

    def choose(self, found: Lines, whole: list[str], short: list[str]) -> None:
        """The short text for an ordinary household, the whole one for any other."""
        of_household = [name for name in self.decisive if name in self.shared.household_inputs]
        tests = " or ".join(f"in_{name}[h] != {self.decisive[name]}" for name in of_household)
        found.add(3, f"is_ordinary = not ({tests or False})")
        found.add(3, "for k in range(n):", "    if decisive[p0 - start + k] != 0:", "        is_ordinary = False")
        found.add(3, "if is_ordinary:")
        found.lines += [f"        {line}" for line in short]
        found.add(3, "else:")
        found.lines += [f"        {line}" for line in whole]
