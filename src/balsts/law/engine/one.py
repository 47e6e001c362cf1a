"""The law applied to one household, in plain Python, with every value kept for the explanation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from balsts.law.engine.declare import Rounding
from balsts.law.engine.errors import UndeterminedError, Unknown
from balsts.law.engine.quantities import round_down, round_half_up
from balsts.law.engine.subset import rates_in
from balsts.law.engine.vocabulary import RATE_ONE
from balsts.law.engine.wiring import Value, Wiring


@dataclass
class Facts:
    """One household as the law reads it: persons in the order of their ids, values as whole numbers.

    Attributes:
        ids: the persons.
        persons: input or worked-out value → one number a person; links are positions in `ids`, -1 for nobody.
        household: household inputs.
        claimed: per person, the month of the claim, or 0.
        stated: the names that were stated for each person (what was not is a default).
    """

    ids: list[str]
    persons: dict[str, list[int]]
    household: dict[str, int]
    claimed: list[int]
    stated: list[set[str]]
    stated_household: set[str]


@dataclass
class Results:
    """Every value of the graph for one household: a list over its persons, or one value of the household."""

    wiring: Wiring
    facts: Facts
    columns: dict[str, Any] = field(default_factory=dict)

    def value(self, key: str, person: int | None) -> Any:
        """A value of a person (at its position) or of the household (`None`)."""
        found = self.columns[key]
        if not isinstance(found, list):
            return found
        assert person is not None
        return found[person]


def rounded(exact: int, rounding: Rounding, rates: int) -> int:
    """Apply a declared rounding to the exact product of an amount and `rates` rates."""
    denominator = RATE_ONE**rates * rounding.to_cents
    whole = round_half_up if rounding.mode == "half_up" else round_down
    return whole(exact, denominator) * rounding.to_cents


def evaluate(wiring: Wiring, facts: Facts) -> Results:
    """Work out every value of the graph, each after what it needs."""
    results = Results(wiring, facts)
    results.columns.update(facts.persons)
    results.columns.update(facts.household)
    for value in wiring.values.values():
        if value.version is not None:
            results.columns[value.key] = _rule(value, results)
        else:
            results.columns[value.key] = _gather(value, results)
    return results


def evaluate_again(before: Results, changes: Mapping[str, list[int]]) -> Results:
    """The values of a household of which some inputs of persons are others: only what rests on them is worked out.

    Args:
        before: a household's values.
        changes: the inputs that differ, each with its value for every person. Links, births and deaths may not be
            among them: families rest on those.
    """
    wiring = before.wiring
    facts = replace(before.facts, persons={**before.facts.persons, **changes})
    results = Results(wiring, facts, {**before.columns, **changes})
    touched = set(changes)
    for value in wiring.values.values():
        if touched.isdisjoint(value.needs):
            continue
        touched.add(value.key)
        results.columns[value.key] = _gather(value, results) if value.version is None else _rule(value, results)
    return results


def called(function: Callable[..., Any], arguments: list[Any]) -> Any:
    """Call a rule; a value that nobody knows makes its result unknown, if the result depends on it."""
    try:
        return function(*arguments)
    except UndeterminedError as error:
        return error.unknown


def _rule(value: Value, results: Results) -> Any:
    version = value.version
    assert version is not None
    if value.entity == "household":
        return _one(value, results, None)
    size = len(results.facts.ids)
    if value.entity == "family":
        family = results.columns["family"]
        return [_one(value, results, person) if family[person] == person else 0 for person in range(size)]
    if value.guard is not None:
        present = results.columns[value.guard]
        return [_one(value, results, person) if present[person] else 0 for person in range(size)]
    return [_one(value, results, person) for person in range(size)]


def arguments_of(value: Value, results: Results, person: int | None) -> list[Any]:
    """The arguments of a rule for one person (or family, at its first child) or the household."""
    found: list[Any] = []
    columns = results.columns
    for argument in value.arguments:
        if argument.reach == "parameter":
            found.append(results.wiring.parameters[argument.key].dated.value)
        elif argument.reach == "month":
            found.append(results.wiring.month - value.offset)
        elif argument.reach == "family":
            assert person is not None
            family = columns["family"][person]
            found.append(columns[argument.key][family] if family >= 0 else 0)
        elif argument.reach == "household" or person is None:
            found.append(columns[argument.key])
        else:
            found.append(columns[argument.key][person])
    return found


def _one(value: Value, results: Results, person: int | None) -> Any:
    version = value.version
    assert version is not None
    found = called(version.function, arguments_of(value, results, person))
    if version.rounding is None or isinstance(found, Unknown):
        return found
    return rounded(found, version.rounding, rates_in(version))


def _gather(value: Value, results: Results) -> Any:
    declared = value.gathered
    assert declared is not None
    columns = results.columns
    if declared.kind == "earlier":
        return columns[value.of[0]]
    size = len(results.facts.ids)
    if declared.kind == "linked":
        via, of = columns[declared.over], columns[value.of[0]]
        return [of[via[person]] if via[person] >= 0 else declared.otherwise for person in range(size)]
    if declared.over == "household":
        return _folded(declared.kind, value, results, range(size))
    towards = columns[declared.over]
    return [
        _folded(declared.kind, value, results, [other for other in range(size) if towards[other] == person])
        for person in range(size)
    ]


def gathered_members(value: Value, results: Results, members: Any) -> list[int]:
    """Those of `members` who are living and fulfil `where`; raises UndeterminedError when nobody knows."""
    present = results.columns[value.guard] if value.guard else None
    where = results.columns[value.where] if value.where else None
    return [person for person in members if (present is None or present[person]) and (where is None or where[person])]


def _folded(kind: str, value: Value, results: Results, members: Any) -> Any:
    try:
        found = [results.columns[key][person] for person in gathered_members(value, results, members)
                 for key in value.of]  # fmt: skip
        if kind == "count":
            return sum(1 for one in found if one)
        if kind == "any":
            # A list, not a generator: `any` would stop at the first yes, and a member whose value nobody knows
            # would count only when it comes first. As in the compiled pass, every member's unknown value counts.
            return any([bool(one) for one in found])  # noqa: C419
        if kind == "largest":
            return max(0, *(one + 0 for one in found), 0)
        return sum(found)
    except UndeterminedError as error:
        return error.unknown
