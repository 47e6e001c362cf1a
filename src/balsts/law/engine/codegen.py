"""One pass over a population: the text of a compiled function for a month's graph and the outputs asked for.

All rules are pasted into one text, so that its hash names everything the compiled code depends on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from balsts.law.engine.demand import Demand
from balsts.law.engine.gathering import Gathering
from balsts.law.engine.plan import Plan, plan
from balsts.law.engine.prelude import JIT, prelude, vocabulary_functions
from balsts.law.engine.reading import Lines
from balsts.law.engine.subset import kind_of
from balsts.law.engine.translate import translate
from balsts.law.engine.vocabulary import RATE_ONE
from balsts.law.engine.wiring import Value, Wiring
from balsts.law.engine.zeros import rare_inputs, zero_without

_TILE = 256
"""Persons worked out together: few enough to stay near the processor, enough to read and write in long strokes."""

UNDETERMINED = -(2**62)
"""Stands in an output for a value that needs something nobody knows."""


@dataclass(frozen=True)
class Output:
    """Something to be written for everyone: a right by payee, those a right is for, or a value as it is."""

    kind: Literal["right", "for", "value"]
    name: str

    @property
    def column(self) -> str:
        """Its name among the columns of the result."""
        return self.name if self.kind != "for" else f"{self.name}/for"


@dataclass
class Kernel:
    """The text of a compiled pass and the order of what it takes and gives.

    Attributes:
        functions: the compiled rules with the types of their arguments, for compiling them one by one.
        parameters: keys in the order of the parameter array; months stand among them.
        person_inputs, household_inputs: columns in the order of the arguments.
        outputs: in the order of the arguments; a household's have one row a household.
    """

    text: str
    functions: dict[str, tuple[str, ...]]
    parameters: list[str]
    person_inputs: list[str]
    household_inputs: list[str]
    outputs: list[Output]
    by_household: list[bool]


def generate(wiring: Wiring, outputs: list[Output], *, checked: bool = False) -> Kernel:
    """The kernel that works out `outputs` under a wiring (which must contain what they need)."""
    return _Generator(plan(wiring), outputs).kernel(checked)


class _Generator(Gathering):
    def __init__(self, planned: Plan, outputs: list[Output]) -> None:
        super().__init__(planned)
        self.outputs = outputs
        self.functions: dict[tuple[int, tuple[str, ...]], str] = {}
        self.function_texts: list[str] = []
        self.signatures: dict[str, tuple[str, ...]] = {}
        self.parameters = sorted(self.wiring.parameters)
        self.summed: set[int] = set()
        self.demand = Demand(planned, self.written())
        self.rare = rare_inputs(self.wiring)
        self.nothing_without = zero_without(self.wiring)

    # -- the whole ---------------------------------------------------------------------------------------------

    def kernel(self, checked: bool) -> Kernel:
        last = self.plan.last
        passes = [Lines() for _ in range(last + 1)]
        after = [Lines() for _ in range(last + 2)]
        for value in self.in_order():
            number = self.plan.passes[value.key]
            if value.gathered is not None:
                self.gather(value, passes, after)
            elif value.entity == "household":
                self.household_rule(value, after[number + 1])
            else:
                self.person_rule(value, number, passes[number])
        final = Lines()
        for output in self.outputs:
            self.write(output, passes, final, after[last + 1])
        text = self.assemble(passes, after, final, checked)
        by_household = [self.is_household(one) for one in self.outputs]
        return Kernel(text, self.signatures, [*self.parameters, *self.months], list(self.person_inputs),
                      list(self.household_inputs), self.outputs, by_household)  # fmt: skip

    def written(self) -> set[str]:
        """Values that must be worked out for everyone, because they are written or say whom a right is for."""
        found = {output.name for output in self.outputs} | {self.wiring.law.presence}
        for output in self.outputs:
            version = self.wiring.values[output.name].version
            if output.kind == "for" and version is not None and version.right is not None:
                found |= {version.right.beneficiaries or ""}
        return found

    def in_order(self) -> list[Value]:
        """All values, each after what it needs; those that can be put off come right before their first reader."""
        found: dict[str, Value] = {}

        def add(value: Value) -> None:
            if value.key in found:
                return
            conditions = [one.argument.key for way in self.demand.lazy.get(value.key, ()) for one in way]
            for key in (*conditions, *value.needs):
                if key in self.wiring.values:
                    add(self.wiring.values[key])
            found[value.key] = value

        for value in self.wiring.values.values():
            if value.key not in self.demand.lazy:
                add(value)
        return self.side_by_side(found)

    def side_by_side(self, values: dict[str, Value]) -> list[Value]:
        """The same order, but with values that ask the same input first next to each other where they can be."""
        found: dict[str, Value] = {}
        waiting = dict(values)
        last: tuple[int, str | None] = (0, None)
        while waiting:
            ready = [value for value in waiting.values() if not self.rests_on(value) & waiting.keys()]
            value = next((one for one in ready if self.place_of(one) == last), ready[0])
            last = self.place_of(value)
            found[value.key] = waiting.pop(value.key)
        return list(found.values())

    def rests_on(self, value: Value) -> set[str]:
        """Keys of what must be worked out before a value."""
        return {*value.needs, *(one.argument.key for way in self.demand.lazy.get(value.key, ()) for one in way)}

    def place_of(self, value: Value) -> tuple[int, str | None]:
        """A value's pass and the input it asks first."""
        return self.plan.passes[value.key], self.nothing_without.get(value.key)

    def needed_when(self, value: Value, number: int) -> str | None:
        """The test behind which a value is worked out; None when it always is."""
        ways = []
        for way in self.demand.lazy.get(value.key, ()):
            ways.append(" and ".join(
                self.argument(one.argument, number) if one.holds else f"not {self.argument(one.argument, number)}"
                for one in way
            ))  # fmt: skip
        return " or ".join(f"({way})" for way in ways) or None

    def assemble(self, passes: list[Lines], after: list[Lines], final: Lines, checked: bool) -> str:
        body = Lines()
        names = [*self.parameters, *self.months]
        body.add(1, "T = np.int64(rows.ctypes.data)", "A = np.zeros((ROWS, np.int64(TILE) + largest), np.int64)")
        body.add(1, *(f"p_{key} = P[{number}]" for number, key in enumerate(names)))
        body.add(1, *(f"w_{key} = K[{number}] != 0" for number, key in enumerate(self.parameters)
                      if key in self.plan.unknown))  # fmt: skip
        body.add(1, "tile = first", "while tile < last:", "    start = starts[tile]", "    end = tile + np.uint64(1)")
        body.add(
            1, "    while end < last and starts[end + np.uint64(1)] - start <= TILE:", "        end += np.uint64(1)"
        )
        body.add(2, "count = starts[end] - start")
        for name in self.person_inputs:
            body.add(2, "for j in range(count):", f"    A[i_{name}, j] = in_{name}[start + j]")
        body.add(2, "for row in range(ZEROED):", "    for j in range(count):", "        A[row, j] = 0")
        body.add(2, "for h in range(tile, end):")
        inner = Lines()
        inner.add(2, "base = starts[h] - start", "n = starts[h + np.uint64(1)] - starts[h]")
        inner.add(2, *(f"x_{name} = {self.flagged(f'in_{name}[h]', name)}" for name in self.household_inputs))
        inner.lines += after[0].lines
        for number, one in enumerate([*passes, final]):
            if one.lines or one.values:
                inner.add(2, "for k in range(n):", "    i = base + k", "    kk = np.int64(k)")
                inner.add(3, *(f"x_{name} = {self.flagged(f'A[i_{name}, i]', name)}" for name in self.loaded[number]))
                inner.lines += [*one.worked_out(), *self.with_stores(one.lines)]
            if number + 1 < len(after):
                inner.lines += after[number + 1].lines
        body.lines += [f"    {line}" for line in inner.lines]
        for number in self.by_person():
            body.add(2, "found = dense", "for j in range(count):", f"    found |= A[o_{number}, j]", "if found != 0:")
            body.add(3, "for j in range(count):", f"    out_{number}[start + j] = A[o_{number}, j]")
        body.add(2, "tile = end")
        body.add(1, "return 0")
        return self.module_text(body, checked)

    def by_person(self) -> list[int]:
        """The numbers of the outputs that have one row a person."""
        return [number for number, output in enumerate(self.outputs) if not self.is_household(output)]

    def module_text(self, body: Lines, checked: bool) -> str:
        """The whole module: prelude, places of the rows in the tile, rules, and the pass itself."""
        summed = [f"o_{number}" for number in sorted(self.summed)]
        gathered = [name for name in sorted(self.scratch) if name.startswith(("g_", "zg_"))]
        zeroed = [*summed, *gathered]
        others = [name for name in sorted(self.scratch) if name not in gathered]
        others += [f"o_{number}" for number in self.by_person() if number not in self.summed]
        rows = [*zeroed, *others, *(f"i_{name}" for name in self.person_inputs)]
        places = "".join(f"{name} = {number}\n" for number, name in enumerate(rows))
        places = f"\n\nTILE = np.uint64({_TILE})\nROWS = {len(rows)}\nZEROED = {len(zeroed)}\n{places}"
        arguments = ["P", "K", "rows", "starts", "first", "last", "largest", "dense"]
        arguments += [f"in_{name}" for name in (*self.person_inputs, *self.household_inputs)]
        arguments += [f"out_{number}" for number in range(len(self.outputs))]
        functions = "".join(f"\n\n{JIT}{text}" for text in (*vocabulary_functions(), *self.function_texts))
        header = f"\n\n{JIT.replace('(', '(cache=True, ', 1)}def kernel({', '.join(arguments)}):\n"
        return prelude(checked=checked) + places + functions + header + "\n".join(body.lines) + "\n"

    # -- rules -------------------------------------------------------------------------------------------------

    def call(self, value: Value, number: int) -> tuple[str, bool]:
        """The call of a rule's function, and whether it returns (value, is_unknown)."""
        version = value.version
        assert version is not None
        uncertain = tuple(one.name for one in value.arguments if self.is_uncertain(one))
        key = (id(version), uncertain)
        if key not in self.functions:
            self.functions[key] = f"rule_{len(self.functions)}_{version.name}"
            self.function_texts.append(translate(version, self.functions[key], uncertain))
            flags = [version.function.__annotations__[one.name] == "bool" for one in value.arguments]
            types = ("rows", *("flag" if flag else "number" for flag in flags), *("flag" for _ in uncertain))
            self.signatures[self.functions[key]] = types
        arguments = ["T", *(self.argument(one, number) for one in value.arguments)]
        arguments += [self.argument_unsure(one, number) for one in value.arguments if one.name in uncertain]
        return f"{self.functions[key]}({', '.join(arguments)})", bool(uncertain)

    def rounding(self, value: Value, text: str) -> str:
        version = value.version
        assert version is not None
        if version.rounding is None:
            return text
        denominator = RATE_ONE ** kind_of(version).rates * version.rounding.to_cents
        return f"{version.rounding.mode}({text}, {denominator}) * {version.rounding.to_cents}"

    def evaluated(self, value: Value, number: int) -> list[str]:
        """Lines that set `v_key` (and `z_key`)."""
        call, is_pair = self.call(value, number)
        key = value.key
        if not is_pair:
            return [f"v_{key} = {self.rounding(value, call)}"]
        lines = [f"v_{key}, z_{key} = {call}"]
        if value.version is not None and value.version.rounding is not None:
            lines.append(f"v_{key} = {self.rounding(value, f'v_{key}')}")
        return lines

    def household_rule(self, value: Value, lines: Lines) -> None:
        lines.add(2, *self.evaluated(value, self.plan.passes[value.key]))

    def person_rule(self, value: Value, number: int, lines: Lines) -> None:
        key = value.key
        computed = self.evaluated(value, number)
        condition = None
        if value.entity == "family":
            self.read("family", number)
            condition = "x_family == kk"
        elif value.guard is not None:
            condition = self.read(value.guard, number)
        needed = self.needed_when(value, number)
        conditions = " and ".join(f"({one})" for one in (condition, needed) if one is not None)
        first = self.asked_first(key, number)
        default = [f"v_{key} = {'False' if self.is_flag(key) else 'np.int64(0)'}"]
        if key in self.plan.uncertain:
            default.append(f"z_{key} = False")
        if conditions:
            computed = [*([] if first else default), f"if {conditions}:", *(f"    {line}" for line in computed)]
        lines.value(first, default, computed)
        lines.add(3, f"#store s_{key} {key}")

    def asked_first(self, key: str, number: int) -> str | None:
        """The test of the rare input without which a value is nothing; None when there is no such input."""
        name = self.nothing_without.get(key)
        if name is None:
            return None
        text = self.read(name, number)
        if self.is_flag(name):
            return text
        return f"{text} >= 0" if self.rare[name] < 0 else f"{text} != 0"

    # -- outputs -----------------------------------------------------------------------------------------------

    def is_household(self, output: Output) -> bool:
        if output.kind == "for":
            return False
        return self.wiring.values[output.name].entity == "household"

    def write(self, output: Output, passes: list[Lines], final: Lines, end: Lines) -> None:
        number = self.outputs.index(output)
        value = self.wiring.values[output.name]
        unsure = output.name in self.plan.uncertain
        if output.kind == "for":
            self.write_for(number, value, final)
        elif value.entity == "household":
            end.add(2, f"if dense != 0 or v_{value.key} != 0:", f"    out_{number}[h] = v_{value.key}")
            if unsure:
                end.add(2, f"if z_{value.key}:", f"    out_{number}[h] = {UNDETERMINED}")
        elif output.kind == "value" or (value.version and value.version.right and value.version.right.payee is None):
            at = self.plan.last + 1 if self.accumulates(value) else self.plan.passes[value.key]
            lines = final if self.accumulates(value) else passes[at]
            lines.add(3, f"A[o_{number}, i] = {self.read(value.key, at)}")
            if unsure:
                lines.add(3, f"if {self.unsure(value.key, at)}:", f"    A[o_{number}, i] = {UNDETERMINED}")
        else:
            self.write_paid(number, value, passes, unsure)

    def write_paid(self, number: int, value: Value, passes: list[Lines], unsure: bool) -> None:
        """A right that is paid to someone else: summed up at the payee."""
        assert value.version is not None and value.version.right is not None and value.version.right.payee is not None
        at_pass = self.plan.passes[value.key]
        lines = passes[at_pass]
        payee = self.read(value.version.right.payee, at_pass)
        at = f"A[o_{number}, base + np.uint64({payee})]"
        self.summed.add(number)
        if unsure:
            lines.add(3, f"if {payee} >= 0:", f"    if z_{value.key}:", f"        {at} = {UNDETERMINED}",
                      f"    elif v_{value.key} != 0 and {at} != {UNDETERMINED}:",
                      f"        {at} += v_{value.key}")  # fmt: skip
        else:
            lines.add(3, f"if {payee} >= 0 and v_{value.key} != 0:", f"    {at} += v_{value.key}")

    def write_for(self, number: int, value: Value, final: Lines) -> None:
        """Those a right is for: 1 where it is not zero and known, for its beneficiaries."""
        version = value.version
        assert version is not None and version.right is not None
        last = self.plan.last + 1
        tests = []
        if value.entity == "household":
            tests.append(f"v_{value.key} != 0")
        else:
            over = "family" if value.entity == "family" else version.right.beneficiaries_over
            at = "i"
            if over is not None:
                towards = self.read(over, last)
                tests.append(f"{towards} >= 0")
                at = f"base + np.uint64({towards})"
            tests.append(f"A[{self.stored(value.key)}, {at}] != 0")
            if version.right.payee is not None:
                self.person_inputs[version.right.payee] = None
                tests.append(f"A[i_{version.right.payee}, {at}] >= 0")
        if version.right.beneficiaries is not None:
            tests.append(self.read(version.right.beneficiaries, last))
        if not version.right.after_death:
            tests.append(self.read(self.wiring.law.presence, last))
        final.add(3, f"A[o_{number}, i] = 0", f"if {' and '.join(tests)}:", f"    A[o_{number}, i] = 1")
