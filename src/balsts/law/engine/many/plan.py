"""In which pass over the members of a household each value of the graph can be worked out.

A person's rule that reads a value gathered over the household must wait until everyone's share of it is known; so the
members are passed over several times, each pass working out all that the passes before have made possible.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from balsts.law.engine.errors import Unknown
from balsts.law.engine.wiring import Bound, Value, Wiring


@dataclass
class Plan:
    """Values by the pass in which they are worked out.

    Attributes:
        values: those that are worked out, each after what it needs.
        passes: key → pass. A value of the household is worked out after the pass of that number (-1: before all).
        unknown: keys of parameters that nobody may know.
        uncertain: keys of values that may depend on a value nobody knows.
    """

    wiring: Wiring
    values: dict[str, Value]
    passes: dict[str, int] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    uncertain: set[str] = field(default_factory=set)

    @property
    def last(self) -> int:
        """The number of the last pass."""
        return max(self.passes.values(), default=0)


def _may_be_unknown(wiring: Wiring, bound: Bound) -> bool:
    """Whether nobody knows this parameter on its day before any reform: it shapes the compiled code."""
    original = (bound.parameter.original or bound.parameter).on(bound.day, wiring.known) or bound.dated
    return isinstance(original.value, Unknown) or isinstance(bound.dated.value, Unknown)


def plan(wiring: Wiring, left_out: Container[str] = ()) -> Plan:
    """Work out the passes of a month's graph, without the values that need not be worked out."""
    found = Plan(wiring, {key: value for key, value in wiring.values.items() if key not in left_out})
    found.unknown.update(key for key, bound in wiring.parameters.items() if _may_be_unknown(wiring, bound))
    for value in found.values.values():
        found.passes[value.key] = _pass_of(value, found)
        if _is_uncertain(value, found):
            found.uncertain.add(value.key)
    _put_off(found)
    return found


def _put_off(found: Plan) -> None:
    """Move a household's values to the pass of their first reader, where more is known of whether they are needed."""
    read_in: dict[str, int] = {}
    for value in reversed(found.values.values()):
        is_rule = value.entity == "household" and value.version is not None
        if is_rule and value.key in read_in:
            found.passes[value.key] = max(found.passes[value.key], read_in[value.key])
        number = found.passes[value.key]
        for key in value.needs:
            # a member's rule reads the household's values in its own pass, so they must be there before it
            latest = number if is_rule else number - 1
            read_in[key] = min(read_in.get(key, latest), latest)


def _pass_of(value: Value, so_far: Plan) -> int:
    if value.gathered is not None:
        return _gathered_pass(value, so_far)
    if value.entity == "household":
        return max([-1, *(so_far.passes.get(one.key, -1) for one in value.arguments)])
    needed = [0]
    for argument in value.arguments:
        if argument.key in so_far.passes:
            needed.append(so_far.passes[argument.key] + (0 if argument.reach == "same" else 1))
    if value.guard:
        needed.append(_own(so_far, value.guard))
    return max(needed)


def _gathered_pass(value: Value, so_far: Plan) -> int:
    assert value.gathered is not None
    if value.gathered.kind == "linked" and value.of[0] not in so_far.passes:
        return 0
    inner = max([_own(so_far, key) for key in value.needs], default=0)
    if value.gathered.kind == "earlier":
        return inner
    return inner if value.entity == "household" else inner + 1


def _own(so_far: Plan, key: str) -> int:
    return so_far.passes.get(key, 0)


def _is_uncertain(value: Value, so_far: Plan) -> bool:
    keys: Iterable[str] = [one.key for one in value.arguments] + list(value.needs)
    return any(key in so_far.unknown or key in so_far.uncertain for key in keys)
