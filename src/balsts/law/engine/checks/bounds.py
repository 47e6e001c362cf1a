"""The smallest and largest number every value of a month's law can be, so that 64 bits cannot overflow.

`subset` bounds each rule by itself, with arguments of the usual size. Here the graph of a month is walked in order of
need with what every value can really be: inputs and parameters within what their readers accept, sums over the largest
household, results after their rounding.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from balsts.law.engine.checks.finding import taken_apart
from balsts.law.engine.declare import RuleVersion
from balsts.law.engine.errors import LawError
from balsts.law.engine.inputs import MAX_MEMBERS, Catalogue
from balsts.law.engine.one import rounded
from balsts.law.engine.parameters import MAX_PARAMETER_CENTS, MAX_RATE, MAX_WHOLE_NUMBER, Parameter
from balsts.law.engine.quantities import MAX_CENTS
from balsts.law.engine.source import tree_of
from balsts.law.engine.subset import LARGEST, bounds_of, kind_of, rates_in
from balsts.law.engine.vocabulary import RATE_ONE, Lookup
from balsts.law.engine.wiring import Argument, Value, Wiring

LARGEST_INDEXED = 10**11
"""What an indexed amount may grow to: one more rate of 1,000 % still fits."""

_LARGEST_INTEGER = 2**63 - 1
_PARAMETERS = {
    "money": (0, MAX_PARAMETER_CENTS), "rate": (0, MAX_RATE), "whole_number": (0, MAX_WHOLE_NUMBER), "flag": (0, 1),
}  # fmt: skip

Interval = tuple[int, int]


@dataclass(frozen=True)
class TooLarge:
    """A value that could leave the room it has, and why."""

    name: str
    message: str


class Bounds:
    """Works out intervals month by month; a rule is looked at again only when its arguments can be something else."""

    def __init__(self) -> None:
        self.known: dict[tuple[int, tuple[tuple[str, Interval], ...]], Interval | TooLarge | None] = {}

    def of(self, wiring: Wiring) -> tuple[dict[str, Interval], list[TooLarge]]:
        """The interval of every value of a month, and the values that could become too large."""
        found: dict[str, Interval] = {}
        wrong: list[TooLarge] = []
        for value in wiring.values.values():
            if value.gathered is not None:
                interval, problem = _gathered(value, wiring, found)
            else:
                interval, problem = self.rule(value, wiring, found)
            if problem is not None:
                wrong.append(problem)
            if interval is not None:
                found[value.key] = interval
        return found, wrong

    def rule(self, value: Value, wiring: Wiring, found: dict[str, Interval]) -> tuple[Interval | None, TooLarge | None]:
        """The interval of a rule's result, after rounding; or what could become too large."""
        version = value.version
        assert version is not None
        arguments = {}
        for argument in value.arguments:
            interval = _argument(argument, wiring, found)
            if interval is not None:
                arguments[argument.name] = interval
        key = (id(version), tuple(sorted(arguments.items())))
        if key not in self.known:
            self.known[key] = _result(version, arguments)
        result = self.known[key]
        if result is None or isinstance(result, TooLarge):
            return None, result
        if value.guard is not None or value.entity == "family":
            result = _or_zero(result)
        problem = next(_growth(version, wiring, arguments), None)
        is_added = version.right is not None and version.right.payee is not None
        if problem is None and is_added and MAX_MEMBERS * max(-result[0], result[1]) >= LARGEST:
            problem = TooLarge(version.name, f"adds up to more than 62 bits when one payee has it for {MAX_MEMBERS}")
        return result, problem


def _argument(argument: Argument, wiring: Wiring, found: dict[str, Interval]) -> Interval | None:
    if argument.reach == "parameter":
        return _PARAMETERS.get(wiring.parameters[argument.key].parameter.type)
    if argument.reach == "month":
        return None
    interval = found.get(argument.key) or of_input(wiring.law.catalogue, argument.key)
    return _or_zero(interval) if interval is not None and argument.reach == "family" else interval


def of_input(catalogue: Catalogue, name: str) -> Interval | None:
    """What an input can be; None when its type says it all (days, months, links)."""
    if name in ("birth_order", "birth_rank"):
        known = catalogue.by_name.get(name)
        return 0, max(MAX_MEMBERS, known.at_most if known else 0)
    known = catalogue.by_name.get(name)
    if known is None:
        return (0, 1) if name.startswith("applied_for_") else None
    if known.kind == "money":
        return 0, min(known.at_most, MAX_CENTS)
    if known.kind == "number":
        return 0, known.at_most
    if known.kind == "choice":
        return 0, len(known.choice_names) - 1
    return (0, 1) if known.kind == "flag" else None


def _or_zero(interval: Interval) -> Interval:
    return min(0, interval[0]), max(0, interval[1])


def _result(version: RuleVersion, arguments: dict[str, Interval]) -> Interval | TooLarge | None:
    try:
        kind_of(version)
    except LawError:
        return None  # a rule that is wrong by itself is told of as such
    try:
        low, high = bounds_of(version, arguments)
    except LawError as error:
        return TooLarge(version.name, taken_apart(error)[1].removeprefix(f"{version.name} ").rstrip("."))
    if version.rounding is not None:
        rates = rates_in(version)
        if 2 * max(-low, high) + RATE_ONE**rates * version.rounding.to_cents > _LARGEST_INTEGER:
            return TooLarge(version.name, "leaves no room for its rounding; round in between, in a rule of its own")
        low, high = rounded(low, version.rounding, rates), rounded(high, version.rounding, rates)
    if max(-low, high) >= LARGEST:
        return TooLarge(version.name, "can become larger than 62 bits")
    return low, high


def _gathered(value: Value, wiring: Wiring, found: dict[str, Interval]) -> tuple[Interval | None, TooLarge | None]:
    declared = value.gathered
    assert declared is not None
    if declared.kind == "count":
        return (0, MAX_MEMBERS), None
    if declared.kind == "any":
        return (0, 1), None
    inner = [found.get(key) or of_input(wiring.law.catalogue, key) for key in value.of]
    known = [interval for interval in inner if interval is not None]
    if len(known) < len(inner):
        return None, None
    if declared.kind == "earlier":
        return known[0], None
    if declared.kind == "linked":
        return (min(known[0][0], declared.otherwise), max(known[0][1], declared.otherwise)), None
    if declared.kind == "largest":
        return (0, max(0, known[0][1])), None
    low, high = MAX_MEMBERS * sum(one[0] for one in known), MAX_MEMBERS * sum(one[1] for one in known)
    if max(-low, high) >= LARGEST:
        return None, TooLarge(value.name, f"can become larger than 62 bits when {MAX_MEMBERS} members are added up")
    return _or_zero((low, high)), None


def _growth(version: RuleVersion, wiring: Wiring, arguments: dict[str, Interval]) -> Iterator[TooLarge]:
    """An indexed amount grows with every rate it has come by; look at all rates there are."""
    for node in ast.walk(tree_of(version.function)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id != "indexed":
            continue
        amount, index = node.args[0], node.args[1]
        high = arguments.get(amount.id, (0, MAX_CENTS))[1] if isinstance(amount, ast.Name) else MAX_CENTS
        parameter = wiring.law.parameters.get(index.id) if isinstance(index, ast.Name) else None
        if parameter is not None and _grown(high, parameter) > LARGEST_INDEXED:
            yield TooLarge(
                version.name,
                f"indexes an amount of up to {high // 100}.00 by {parameter.name}, whose rates together raise it above "
                f"{LARGEST_INDEXED // 100}.00; bound the amount",
            )


def _grown(amount: int, parameter: Parameter) -> int:
    largest = amount
    for dated in parameter.values:
        grown = amount
        for rate in dated.value.values if isinstance(dated.value, Lookup) else ():
            grown = -(-grown * max(rate, RATE_ONE) // RATE_ONE)
        largest = max(largest, grown)
    return largest
