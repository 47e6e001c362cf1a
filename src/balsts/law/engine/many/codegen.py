"""One pass over a population: the text of a compiled function for a month's graph and the outputs asked for.

All rules are pasted into one text, so that its hash names everything the compiled code depends on.
"""

from __future__ import annotations

from dataclasses import dataclass

from balsts.law.engine.many.body import Body, always_needed
from balsts.law.engine.many.output import Output
from balsts.law.engine.many.plan import Plan, plan
from balsts.law.engine.many.prelude import JIT, KERNEL, prelude, vocabulary_functions
from balsts.law.engine.many.reading import Lines, Shared
from balsts.law.engine.many.settled import kinds, live
from balsts.law.engine.wiring import Wiring

_AT_ONCE = 4
"""Columns looked over together for rare facts; more of them the compiler does not turn into wide instructions."""

_TILE = 4096
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
    known = kinds(planned, wanted)
    bodies: dict[str, Body] = {}
    for kind, settled in (("plain", known.plain), ("light", known.without_decisive), ("whole", {})):
        left_out = wiring.values.keys() - live(wiring, wanted, settled)
        at_hand = bodies["plain"].loaded_at_first if bodies else None
        bodies[kind] = Body(plan(wiring, left_out), shared, outputs, settled, kind, at_hand)
    texts = {kind: body.text() for kind, body in bodies.items()}
    by_household = [one.kind != "for" and wiring.values[one.name].entity == "household" for one in outputs]
    parameters = [*sorted(wiring.parameters), *shared.months]
    lines = _Kernel(planned, shared, known.decisive, known.light, parameters).lines(texts)
    arguments = ["P", "K", "rows", "starts", "first", "last", "largest", "at", "values", "made"]
    arguments += [f"in_{name}" for name in (*shared.person_inputs, *shared.household_inputs)]
    places = "".join(f"{name} = {number}\n" for number, name in enumerate(shared.slots))
    places = f"\n\nTILE = np.uint64({_TILE})\nSLOTS = {len(shared.slots)}\n{places}"
    functions = "".join(f"\n\n{JIT}{text}" for text in (*vocabulary_functions(), *shared.texts))
    header = f"\n\n{KERNEL}def kernel({', '.join(arguments)}):\n"
    text = prelude(checked=checked) + places + functions + header + "\n".join(lines) + "\n"
    return Kernel(text, shared.signatures, parameters, planned.unknown, list(shared.person_inputs),
                  list(shared.household_inputs), outputs, by_household)  # fmt: skip


@dataclass
class _Kernel:
    """The loop over tiles of households, around the texts for one household of each kind.

    In a tile, plain households are worked out at once and the others after them: a text that is seldom needed would
    otherwise be fetched anew each time.

    Attributes:
        decisive, light: the rare facts that tell the kinds apart, with their defaults.
    """

    planned: Plan
    shared: Shared
    decisive: dict[str, int]
    light: dict[str, int]
    parameters: list[str]

    def lines(self, texts: dict[str, list[str]]) -> list[str]:
        """The body of the kernel."""
        found = Lines()
        room = "np.int64(TILE) + largest + 1"
        found.add(1, "T = np.int64(rows.ctypes.data)")
        found.add(1, *(f"A_{kind} = np.zeros((largest, SLOTS), np.int64)" for kind in texts))
        found.add(1, *(f"{name} = np.zeros({room}, np.uint8)" for name in ("decisive", "light")))
        found.add(1, f"special = np.zeros({room}, np.uint64)", f"place = np.zeros({room}, np.uint64)")
        found.add(1, *(f"later_{kind} = np.zeros({room}, np.uint64)" for kind in ("light", "whole")))
        found.add(1, *(f"p_{key} = P[{number}]" for number, key in enumerate(self.parameters)))
        found.add(1, *(f"w_{key} = K[{number}] != 0" for number, key in enumerate(self.parameters)
                       if key in self.planned.unknown))  # fmt: skip
        found.add(1, "tile = first", "while tile < last:")
        found.add(2, "start = starts[tile]", "end = tile + np.uint64(1)")
        found.add(2, "while end < last and starts[end + np.uint64(1)] - start <= TILE:", "    end += np.uint64(1)")
        found.add(2, "count = starts[end] - start")
        # places are read back, or the compiler would work out every column's address ahead for every household
        found.add(2, "for j in range(count):", "    place[j] = start + j")
        self.look_for(found, "decisive", self.decisive)
        self.look_for(found, "light", self.light)
        self.choose(found, texts["plain"])
        for kind in ("light", "whole"):
            found.add(2, f"for number in range(number_{kind}):", f"    h = later_{kind}[number]")
            found.add(3, "p0, p1 = starts[h], starts[h + np.uint64(1)]")
            found.lines += [f"    {line}" for line in texts[kind]]
        found.add(2, "tile = end")
        found.add(1, "return 0")
        return found.lines

    def look_for(self, found: Lines, name: str, facts: dict[str, int]) -> None:
        """Which persons of the tile have one of some facts, column by column."""
        found.add(2, "for j in range(count):", f"    {name}[j] = 0")
        tests = [f"(in_{fact}[start + j] != {default})" for fact, default in facts.items()
                 if fact in self.shared.person_inputs]  # fmt: skip
        for first in range(0, len(tests), _AT_ONCE):
            found.add(2, "for j in range(count):", f"    {name}[j] |= {' | '.join(tests[first : first + _AT_ONCE])}")

    def choose(self, found: Lines, plain: list[str]) -> None:
        """Work out the plain households, and note the others for later."""
        of_household = [name for name in self.decisive if name in self.shared.household_inputs]
        tests = " or ".join(f"in_{name}[h] != {self.decisive[name]}" for name in of_household)
        found.add(2, "last_special = 0", "for j in range(count):", "    if decisive[j] | light[j] != 0:")
        found.add(4, "special[last_special] = start + j", "last_special += 1")
        found.add(2, "special[last_special] = starts[end]", "next_special = number_light = number_whole = 0")
        found.add(2, "for h in range(tile, end):", "    p0, p1 = starts[h], starts[h + np.uint64(1)]")
        found.add(3, "while special[next_special] < p0:", "    next_special += 1")
        found.add(3, f"is_whole = {tests or False}", "if special[next_special] < p1:")
        found.add(4, "for j in range(p0 - start, p1 - start):", "    if decisive[j] != 0:", "        is_whole = True")
        found.add(3, "if is_whole:", "    later_whole[number_whole] = h", "    number_whole += 1")
        found.add(3, "elif special[next_special] < p1:", "    later_light[number_light] = h", "    number_light += 1")
        found.add(3, "else:")
        found.lines += [f"        {line}" for line in plain]
