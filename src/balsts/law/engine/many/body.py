"""The text that works out one household: every value in its pass, then what is written."""

from __future__ import annotations

from collections.abc import Container

from balsts.law.engine.many.demand import Demand
from balsts.law.engine.many.gathering import Gathering
from balsts.law.engine.many.output import UNDETERMINED, Output
from balsts.law.engine.many.plan import Plan
from balsts.law.engine.many.reading import Lines, Shared
from balsts.law.engine.many.settled import without_others
from balsts.law.engine.many.translate import translate
from balsts.law.engine.many.zeros import rare_inputs, zero_without
from balsts.law.engine.subset import kind_of
from balsts.law.engine.vocabulary import RATE_ONE
from balsts.law.engine.wiring import Value, Wiring


class Body(Gathering):
    """The text for households in which some values are settled already; what is settled is not worked out."""

    def __init__(
        self, planned: Plan, shared: Shared, outputs: list[Output], settled: dict[str, int], kind: str,
        at_hand: Container[str] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(planned, shared, settled, kind, at_hand)
        self.outputs = outputs
        self.demand = Demand(planned, always_needed(planned.wiring, outputs))
        self.rare = rare_inputs(self.wiring)
        self.nothing_without = zero_without(self.wiring)
        self.passes = [Lines() for _ in range(planned.last + 2)]
        self.after = [Lines() for _ in range(planned.last + 2)]
        self.paid = Lines()
        self._write_all()

    def _write_all(self) -> None:
        """Fill the lines of each pass over the members, of what comes after each, and of what is paid."""
        for value in self.in_order():
            number = self.plan.passes[value.key]
            if value.gathered is not None:
                self.gather(value, self.passes, self.after)
            elif value.entity == "household":
                self.household_rule(value, self.after[number + 1])
            else:
                self.person_rule(value, number, self.passes[number])
        for number, output in enumerate(self.outputs):
            if self.settled.get(output.name) != 0:
                self.write(number, output)

    def text(self) -> list[str]:
        """The lines for the household `h`; its persons stand from `p0` to before `p1`."""
        found = Lines()
        waits_for = self.later_wait_for()
        for number in range(len(self.passes)):
            is_last = number == len(self.passes) - 1
            lines = self.over_members(number, waits_for if number == 0 else [])
            if waits_for and number > 0 and not is_last and lines:
                lines = ["        if is_busy:", *(f"    {line}" for line in lines)]
            found.lines += lines
            if not is_last:
                found.lines += self.after[number + 1].lines
        kept = sorted(name for name in self.scratch if self.is_cleared(name, bool(waits_for)))
        if kept:
            found.add(2, "if is_kept:", "    for j in range(p0 - start, p1 - start):", "        i = place[j]")
            found.add(4, "k = i - p0")
            found.lines += [f"    {line}" for line in self.paid.lines]
            found.add(4, *(f"{self.table}[k, {name}] = 0" for name in kept))
        before = Lines()
        before.add(2, "is_kept = False", *(["is_busy = False"] if waits_for else []))
        inputs = [name for name in self.shared.household_inputs if name not in self.settled]
        before.add(2, *(f"x_{name} = {self.flagged(f'in_{name}[h]', name)}" for name in inputs))
        return [*before.lines, *self.after[0].lines, *found.lines]

    def over_members(self, number: int, waits_for: list[str]) -> list[str]:
        """One pass over the members; empty where nothing is done in it."""
        one = self.passes[number]
        if not (one.lines or one.values or one.behind):
            return []
        found = Lines()
        found.add(2, "for j in range(p0 - start, p1 - start):", "    i = place[j]", "    k = i - p0")
        found.add(3, "kk = np.int64(k)")
        found.add(3, *(f"x_{name} = {self.flagged(f'in_{name}[i]', name)}" for name in self.loaded[number]))
        found.lines += [*one.worked_out(), *self.with_stores(one.lines), *one.written()]
        if waits_for:
            tests = " or ".join(f"v_{key} != 0" for key in waits_for)
            found.add(3, f"if {tests}:", "    is_busy = is_kept = True")
        return found.lines

    def is_cleared(self, slot: str, is_skipping: bool) -> bool:
        """Whether a slot must be 0 when a household begins: one that is added to, or may be read unwritten."""
        kind, key = slot.split("_", 1)
        return kind in ("g", "zg", "o") or (is_skipping and self.plan.passes[key] > 0)

    def later_wait_for(self) -> list[str]:
        """Values of the first pass without which later passes over the members find nothing to do; none if unsure."""
        keys = [name.removeprefix("s_") for name in self.scratch if name.startswith("s_")]
        chooses = {value.where for value in self.plan.values.values()} | {self.wiring.law.presence}
        first = [key for key in keys if self.plan.passes[key] == 0 and key not in chooses | self.plan.uncertain]
        return first if without_others(self.plan, self.settled, first) else []

    def in_order(self) -> list[Value]:
        """All values, each after what it needs; those that can be put off come right before their first reader."""
        found: dict[str, Value] = {}

        def add(value: Value) -> None:
            if value.key in found:
                return
            conditions = [one.argument.key for way in self.demand.lazy.get(value.key, ()) for one in way]
            for key in (*conditions, *value.needs):
                if key in self.plan.values:
                    add(self.plan.values[key])
            found[value.key] = value

        for value in self.plan.values.values():
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

    # -- rules -------------------------------------------------------------------------------------------------

    def call(self, value: Value, number: int) -> tuple[str, bool]:
        """The call of a rule's function, and whether it returns (value, is_unknown)."""
        version = value.version
        assert version is not None
        uncertain = tuple(one.name for one in value.arguments if self.is_uncertain(one))
        key = (id(version), uncertain)
        if key not in self.shared.functions:
            name = self.shared.functions[key] = f"rule_{len(self.shared.functions)}_{version.name}"
            self.shared.texts.append(translate(version, name, uncertain))
            flags = [version.function.__annotations__[one.name] == "bool" for one in value.arguments]
            types = ("rows", *("flag" if flag else "number" for flag in flags), *("flag" for _ in uncertain))
            self.shared.signatures[name] = types
        arguments = ["T", *(self.argument(one, number) for one in value.arguments)]
        arguments += [self.argument_unsure(one, number) for one in value.arguments if one.name in uncertain]
        return f"{self.shared.functions[key]}({', '.join(arguments)})", bool(uncertain)

    def rounding(self, value: Value, text: str) -> str:
        """The text of an exact amount, rounded as its rule declares."""
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
        """Work out a value of the household, if it is needed."""
        number = self.plan.passes[value.key]
        computed = self.evaluated(value, number)
        needed = self.needed_when(value, number)
        if needed is not None:
            lines.add(2, *self.default_of(value.key), f"if {needed}:", *(f"    {line}" for line in computed))
        else:
            lines.add(2, *computed)

    def default_of(self, key: str) -> list[str]:
        """Lines that set a value to nothing."""
        return [f"v_{key} = {self.literal(key, 0)}", *([f"z_{key} = False"] if key in self.plan.uncertain else [])]

    def person_rule(self, value: Value, number: int, lines: Lines) -> None:
        """Work out a value of a member or a family, if it is needed and a rare fact does not rule it out."""
        key = value.key
        computed = self.evaluated(value, number)
        condition = None
        if value.entity == "family":
            condition = f"{self.read('family', number)} == kk"
        elif value.guard is not None:
            condition = self.read(value.guard, number)
        needed = self.needed_when(value, number)
        conditions = " and ".join(f"({one})" for one in (condition, needed) if one is not None)
        first = self.asked_first(key, number)
        default = self.default_of(key)
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

    def write(self, number: int, output: Output) -> None:
        """Write an output where it is not zero."""
        final, end = self.passes[-1], self.after[-1]
        value = self.wiring.values[output.name]
        if output.kind == "for":
            self.write_for(number, value, final)
        elif value.entity == "household":
            self.write_value(number, value, 0, end)
        elif output.kind == "value" or (value.version and value.version.right and value.version.right.payee is None):
            at = self.plan.last + 1 if self.accumulates(value) else self.plan.passes.get(value.key, 0)
            self.write_value(number, value, at, self.passes[at])
        else:
            self.write_paid(number, value)

    def entry(self, number: int, row: str, value: object) -> list[str]:
        """The lines that add a row to an output."""
        return [f"    at[{number}, made[{number}]] = {row}", f"    values[{number}, made[{number}]] = {value}",
                f"    made[{number}] += 1"]  # fmt: skip

    def write_value(self, number: int, value: Value, at_pass: int, lines: Lines) -> None:
        """A value as it is."""
        text, row = self.read(value.key, at_pass), "h" if value.entity == "household" else "i"
        unsure = self.unsure(value.key, at_pass) if value.key in self.plan.uncertain else "False"
        written = [f"if {text} != 0:", *self.entry(number, row, text)]
        if unsure != "False":
            written = [f"if {unsure}:", *self.entry(number, row, UNDETERMINED), f"el{written[0]}", *written[1:]]
        if value.entity == "household":
            lines.add(2, *written)
        else:
            lines.write(self.asked_with(value, at_pass), *written)

    def asked_with(self, value: Value, at_pass: int) -> str | None:
        """The test behind which a value of that very pass is worked out, so that it is asked once for writing too."""
        is_here = value.version is not None and self.plan.passes.get(value.key) == at_pass
        return self.asked_first(value.key, at_pass) if is_here else None

    def write_paid(self, number: int, value: Value) -> None:
        """A right that is paid to someone else: summed up at the payee, and written when all is summed up."""
        assert value.version is not None and value.version.right is not None and value.version.right.payee is not None
        at_pass = self.plan.passes.get(value.key, 0)
        payee, amount = self.read(value.version.right.payee, at_pass), self.read(value.key, at_pass)
        paid = f"{self.table}[np.uint64({payee}), {self.slot('o', value.key)}]"
        lines = [f"if {amount} != 0 and {payee} >= 0:", f"    {paid} += {amount}", "    is_kept = True"]
        if value.key in self.plan.uncertain:
            unsure = self.unsure(value.key, at_pass)
            lines = [f"if ({amount} != 0 or {unsure}) and {payee} >= 0:", "    is_kept = True", f"    if {unsure}:",
                     f"        {paid} = {UNDETERMINED}", f"    elif {paid} != {UNDETERMINED}:",
                     f"        {paid} += {amount}"]  # fmt: skip
        self.passes[at_pass].write(self.asked_with(value, at_pass), *lines)
        whole = f"{self.table}[k, o_{value.key}]"
        self.paid.add(3, f"if {whole} != 0:", *self.entry(number, "i", whole))

    def write_for(self, number: int, value: Value, final: Lines) -> None:
        """Those a right is for: 1 where it is not zero and known, for its beneficiaries."""
        version = value.version
        assert version is not None and version.right is not None
        last = self.plan.last + 1
        tests = []
        if value.entity == "household":
            tests.append(f"{self.read(value.key, last)} != 0")
        else:
            over = "family" if value.entity == "family" else version.right.beneficiaries_over
            payee = version.right.payee
            if over is None:
                tests.append(f"{self.read(value.key, last)} != 0")
                tests += [f"{self.read(payee, last)} >= 0"] if payee is not None else []
            else:
                towards = self.read(over, last)
                tests += [f"{towards} >= 0", f"{self.read_at(value.key, towards)} != 0"]
                tests += [f"{self.read_at(payee, towards)} >= 0"] if payee is not None else []
        if version.right.beneficiaries is not None:
            tests.append(self.read(version.right.beneficiaries, last))
        if not version.right.after_death:
            tests.append(self.read(self.wiring.law.presence, last))
        final.write(None, f"if {' and '.join(tests)}:", *self.entry(number, "i", 1))


def always_needed(wiring: Wiring, outputs: list[Output]) -> set[str]:
    """Values that must be worked out for everyone, because they are written or say whom a right is for."""
    found = {output.name for output in outputs} | {wiring.law.presence}
    for output in outputs:
        version = wiring.values[output.name].version
        terms = version.right if version is not None and output.kind == "for" else None
        if terms is not None and terms.beneficiaries is not None:
            found.add(terms.beneficiaries)
    return found
