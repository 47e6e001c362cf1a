"""How generated code reads values: inputs, values of this pass, of an earlier pass, of the family or household."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from itertools import groupby

from balsts.law.engine.many.plan import Plan
from balsts.law.engine.subset import kind_of
from balsts.law.engine.wiring import Argument, Value


@dataclass
class Lines:
    """The text of one pass over the members: values, each with what to ask first, and then what is done with them.

    Attributes:
        values: (the test to ask first, lines that give the default, lines that work the value out).
        lines: gathering and keeping, after all values of the pass.
        behind: writing, by the test to ask first.
    """

    lines: list[str] = field(default_factory=list)
    behind: dict[str | None, list[str]] = field(default_factory=dict)
    values: list[tuple[str | None, list[str], list[str]]] = field(default_factory=list)

    def add(self, depth: int, *lines: str) -> None:
        """Add lines, indented by `depth` steps."""
        self.lines += ["    " * depth + line for line in lines]

    def write(self, first: str | None, *lines: str) -> None:
        """Add lines that write an output of a member; with a test to ask `first`, only where it holds."""
        self.behind.setdefault(first, []).extend(lines)

    def written(self) -> list[str]:
        """The lines of all outputs, those behind one test together."""
        pad, found = "    " * 3, []
        for first, lines in self.behind.items():
            found += (
                [pad + line for line in lines]
                if first is None
                else [f"{pad}if {first}:", *(f"{pad}    {line}" for line in lines)]
            )
        return found

    def value(self, first: str | None, default: list[str], lines: list[str]) -> None:
        """Add a value; with a test to ask `first`, its default holds where the test fails."""
        self.values.append((first, default, lines))

    def worked_out(self) -> list[str]:
        """The lines of all values, those behind one test side by side under it."""
        found: list[str] = []
        pad = "    " * 3
        for first, group in groupby(self.values, key=lambda value: value[0]):
            members = list(group)
            if first is not None:
                found += [pad + line for _, default, _ in members for line in default]
                found.append(f"{pad}if {first}:")
                found += [f"{pad}    {line}" for _, _, lines in members for line in lines]
            else:
                found += [pad + line for _, _, lines in members for line in lines]
        return found


@dataclass
class Shared:
    """What all texts of one pass share.

    Attributes:
        person_inputs, household_inputs, months: what is read, in the order of first reading.
        slots: of a member in the scratch tables, one a value that is kept for a later pass.
        functions: the compiled rules: (rule version, arguments that may be uncertain) → name.
        texts: of these functions.
        signatures: the types of their arguments, for compiling them one by one.
    """

    person_inputs: dict[str, None] = field(default_factory=dict)
    household_inputs: dict[str, None] = field(default_factory=dict)
    months: dict[str, None] = field(default_factory=dict)
    slots: dict[str, None] = field(default_factory=dict)
    functions: dict[tuple[int, tuple[str, ...]], str] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    signatures: dict[str, tuple[str, ...]] = field(default_factory=dict)


class Reading:
    """The names under which values stand in the text for one household.

    `x_` an input, `v_` a value of this pass, `z_` whether nobody knows it. In the scratch table, one slot each, a
    member's side by side: `s_` and `zs_` values that a later pass reads, `g_` and `zg_` what is summed up at the member
    pointed to, `o_` what is paid to it. `k` is the member, `i` its place among all persons, `p0` that of the
    household's first person. Each kind of household has a table of its own: what one text leaves there, another must
    not read. Inputs are fetched for every member at once, but those that are not `at_hand` (if that is given) only
    where a rule asks: for few members, of whom the columns are far apart, each costs a way to memory.
    """

    def __init__(
        self, planned: Plan, shared: Shared, settled: dict[str, int], kind: str, at_hand: Container[str] | None
    ) -> None:
        self.plan = planned
        self.wiring = planned.wiring
        self.catalogue = planned.wiring.law.catalogue
        self.shared = shared
        self.settled = settled
        self.at_hand = at_hand
        self.table = f"A_{kind}"
        self.scratch: dict[str, None] = {}
        self.loaded: list[dict[str, None]] = [{} for _ in range(planned.last + 2)]

    @property
    def loaded_at_first(self) -> dict[str, None]:
        """The inputs that the first pass fetches for every member."""
        return self.loaded[0]

    def with_stores(self, lines: list[str]) -> list[str]:
        """Keep what a later pass reads, now that all readers are known."""
        found = []
        for line in lines:
            if line.lstrip().startswith("#store "):
                key = line.split()[-1]
                if f"s_{key}" in self.scratch:
                    found.append(f"            {self.table}[k, s_{key}] = v_{key}")
                if f"zs_{key}" in self.scratch:
                    found.append(f"            {self.table}[k, zs_{key}] = z_{key}")
            else:
                found.append(line)
        return found

    def is_flag(self, key: str) -> bool:
        """Whether a value is yes or no."""
        value = self.wiring.values.get(key)
        if value is None:
            known = self.catalogue.by_name.get(key)
            return key.startswith("applied_for_") or (known is not None and known.kind == "flag")
        if value.version is not None:
            return kind_of(value.version).unit == "flag"
        assert value.gathered is not None
        if value.gathered.kind in ("linked", "earlier"):
            return self.is_flag(value.of[0])
        return value.gathered.kind == "any"

    def flagged(self, text: str, key: str) -> str:
        """Text that reads a number as yes or no where the value is one, else as an int64."""
        return f"({text} != 0)" if self.is_flag(key) else f"np.int64({text})"

    def literal(self, key: str, number: int) -> str:
        """A number as a value of that kind."""
        return str(number != 0) if self.is_flag(key) else f"np.int64({number})"

    def read(self, key: str, number: int) -> str:
        """A value of this very person in a pass, or of the household."""
        if key in self.settled:
            return self.literal(key, self.settled[key])
        value = self.wiring.values.get(key)
        if value is None:
            known = self.catalogue.by_name.get(key)
            if known is not None and known.entity == "household":
                self.shared.household_inputs[key] = None
            else:
                self.shared.person_inputs[key] = None
                if self.at_hand is not None and key not in self.at_hand:
                    return self.flagged(f"in_{key}[i]", key)
                self.loaded[number][key] = None
            return f"x_{key}"
        if value.entity == "household":
            return f"v_{key}"
        if self.accumulates(value):
            return self.flagged(f"{self.table}[k, {self.slot('g', key)}]", key)
        if self.plan.passes[key] == number:
            return f"v_{key}"
        return self.flagged(f"{self.table}[k, {self.slot('s', key)}]", key)

    def read_at(self, key: str, link: str) -> str:
        """A value of the member that a link points to, which is someone; of an input or a value kept."""
        if key in self.settled:
            return self.literal(key, self.settled[key])
        if key in self.wiring.values:
            return self.flagged(f"{self.table}[np.uint64({link}), {self.stored(key)}]", key)
        self.shared.person_inputs[key] = None
        return self.flagged(f"in_{key}[p0 + np.uint64({link})]", key)

    def unsure_at(self, key: str, link: str) -> str:
        """Whether nobody knows an uncertain value of the member that a link points to, which is someone."""
        if key in self.settled:
            return "False"
        kind = "zg" if self.accumulates(self.wiring.values[key]) else "zs"
        return f"({self.table}[np.uint64({link}), {self.slot(kind, key)}] != 0)"

    def unsure(self, key: str, number: int) -> str:
        """Whether nobody knows that value."""
        if key in self.settled:
            return "False"
        value = self.wiring.values[key]
        if value.entity == "household" or (self.plan.passes[key] == number and not self.accumulates(value)):
            return f"z_{key}"
        return f"({self.table}[k, {self.slot('zg' if self.accumulates(value) else 'zs', key)}] != 0)"

    def accumulates(self, value: Value) -> bool:
        """Whether a value is summed up at the member that others point to."""
        return (value.gathered is not None and value.entity != "household"
                and value.gathered.kind not in ("linked", "earlier"))  # fmt: skip

    def slot(self, kind: str, key: str) -> str:
        """The scratch slot of a value; those that are read in a later pass have one."""
        name = f"{kind}_{key}"
        self.scratch[name] = None
        self.shared.slots[name] = None
        return name

    def stored(self, key: str) -> str:
        """The scratch slot of a person's value, whichever way it came about."""
        return self.slot("g" if self.accumulates(self.wiring.values[key]) else "s", key)

    def is_uncertain(self, argument: Argument) -> bool:
        """Whether an argument may be a value that nobody knows."""
        if argument.reach == "parameter":
            return argument.key in self.plan.unknown
        return argument.key in self.plan.uncertain

    def argument(self, argument: Argument, number: int) -> str:
        """The text of an argument of a rule that runs in pass `number`."""
        if argument.reach == "parameter":
            is_flag = self.wiring.parameters[argument.key].parameter.type == "flag"
            return f"(p_{argument.key} != 0)" if is_flag else f"p_{argument.key}"
        if argument.reach == "month":
            self.shared.months[argument.key] = None
            return f"p_{argument.key}"
        if argument.reach == "family":
            zero = self.literal(argument.key, 0)
            found = self.read_at(argument.key, self.read("family", number))
            return zero if found == zero else f"({found} if {self.read('family', number)} >= 0 else {zero})"
        return self.read(argument.key, number)

    def argument_unsure(self, argument: Argument, number: int) -> str:
        """The text that says whether nobody knows an uncertain argument (see `is_uncertain`)."""
        if argument.reach == "parameter":
            return f"w_{argument.key}"
        if argument.reach == "family":
            family = self.read("family", number)
            return f"({family} >= 0 and {self.unsure_at(argument.key, family)})"
        return self.unsure(argument.key, number)
