"""How generated code gathers values: over the household, over those who point to a member, of a linked member."""

from __future__ import annotations

from balsts.law.engine.many.reading import Lines, Reading
from balsts.law.engine.wiring import Value


class Gathering(Reading):
    """The text of gathered values."""

    def gather(self, value: Value, passes: list[Lines], after: list[Lines]) -> None:
        """Write one gathered value into the lines of its pass, or of after the pass."""
        assert value.gathered is not None
        number = self.plan.passes[value.key]
        if value.gathered.kind == "earlier":
            self.alias(value, number, passes, after)
        elif value.gathered.kind == "linked":
            self.linked(value, number, passes[number])
        elif value.entity == "household":
            self.over_household(value, number, passes[number], after)
        else:
            self.over_link(value, number - 1, passes[number - 1])

    def alias(self, value: Value, number: int, passes: list[Lines], after: list[Lines]) -> None:
        """A value of an earlier month: its own graph worked it out, here it gets its name."""
        inner = value.of[0]
        text = [f"v_{value.key} = {self.read(inner, number)}"]
        if inner in self.plan.uncertain:
            text.append(f"z_{value.key} = {self.unsure(inner, number)}")
        if value.entity == "household":
            after[number + 1].add(2, *text)
        else:
            passes[number].value(None, [], text)
            passes[number].add(3, f"#store s_{value.key} {value.key}")

    def linked(self, value: Value, number: int, lines: Lines) -> None:
        """The value of the member that a link points to, or `otherwise` without one."""
        assert value.gathered is not None
        via = self.read(value.gathered.over, number)
        of = value.of[0]
        text = [f"v_{value.key} = {self.literal(of, int(value.gathered.otherwise))}", f"if {via} >= 0:",
                f"    v_{value.key} = {self.read_at(of, via)}"]  # fmt: skip
        if of in self.plan.uncertain:
            text.append(f"z_{value.key} = {via} >= 0 and {self.unsure_at(of, via)}")
        lines.value(None, [], text)
        lines.add(3, f"#store s_{value.key} {value.key}")

    def over_household(self, value: Value, number: int, lines: Lines, after: list[Lines]) -> None:
        """Sum up over all members into a value of the household, zeroed before the first pass."""
        key = value.key
        after[0].add(2, f"v_{key} = {self.literal(key, 0)}")
        if key in self.plan.uncertain:
            after[0].add(2, f"z_{key} = False")
        self.folded(value, number, lines, f"v_{key}", f"z_{key}", 3, [])

    def over_link(self, value: Value, number: int, lines: Lines) -> None:
        """Sum up at the member that others point to, in the scratch table, one pass before it is read."""
        assert value.gathered is not None
        towards = self.read(value.gathered.over, number)
        lines.add(3, f"if {towards} >= 0:")
        target = f"{self.table}[np.uint64({towards}), {self.slot('g', value.key)}]"
        unsure = f"{self.table}[np.uint64({towards}), zg_{value.key}]"
        if value.key in self.plan.uncertain:
            self.slot("zg", value.key)
        self.folded(value, number, lines, target, unsure, 4, ["    is_kept = True"])

    def folded(
        self, value: Value, number: int, lines: Lines, target: str, unsure: str, depth: int, mark: list[str]
    ) -> None:
        """Add this person's share to what is gathered, if living and chosen; `mark` stands wherever something is."""
        assert value.gathered is not None
        if value.guard:
            lines.add(depth, f"if {self.read(value.guard, number)}:")
            depth += 1
        if value.where:
            if value.where in self.plan.uncertain:
                lines.add(depth, f"if {self.unsure(value.where, number)}:", f"    {unsure} = True", *mark)
            lines.add(depth, f"if {self.read(value.where, number)}:")
            depth += 1
        lines.add(depth, "pass")
        for of in value.of:
            if self.settled.get(of) == 0:
                continue
            share = self.read(of, number)
            if of in self.plan.uncertain:
                lines.add(depth, f"if {self.unsure(of, number)}:", f"    {unsure} = True", *mark)
            test = share if self.is_flag(of) else f"{share} != 0"
            kinds = {"count": f"{target} += 1", "any": f"{target} = True",
                     "largest": f"{target} = max({target}, {share})"}  # fmt: skip
            step = kinds.get(value.gathered.kind, f"{target} += {share}")
            if mark or value.gathered.kind in ("count", "any"):
                lines.add(depth, f"if {test}:", f"    {step}", *mark)
            else:
                lines.add(depth, step)
