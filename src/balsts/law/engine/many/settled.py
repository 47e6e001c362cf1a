"""What is settled for a plain household, in which no one has a rare fact: no guardian, no refugee, no death.

Most households are plain, and most values come to nothing for them before anything is worked out: the compiled pass has
a short text for them, a longer one for households with a fact that concerns its holder alone, and the whole text for
the others. Here stands which facts are of which kind, and which values are settled, and to what.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from balsts.law.engine.many.abstract import Known, follow
from balsts.law.engine.many.plan import Plan
from balsts.law.engine.many.zeros import rare_inputs
from balsts.law.engine.vocabulary import NOBODY
from balsts.law.engine.wiring import Argument, Value, Wiring


@dataclass
class Kinds:
    """What tells the kinds of households apart.

    Attributes:
        decisive: rare facts, with their defaults; a household in which one has another value is worked out in full.
        light: rare facts of persons: all that hangs on one is worked out at once for the member who has it.
        without_decisive, plain: key → number of every value that is the same in all households without decisive facts,
            and in all without any of both.
    """

    decisive: dict[str, int]
    light: dict[str, int]
    without_decisive: dict[str, int]
    plain: dict[str, int]


def kinds(planned: Plan, outputs: Iterable[str]) -> Kinds:
    """Tell decisive facts from light ones, for what is wanted of a law.

    A fact without which nothing more must be worked out, as long as the others are rare, is of neither kind: it is read
    where a rule asks it.
    """
    wanted, rare = list(outputs), rare_facts(planned.wiring)
    least = live(planned.wiring, wanted, settled(planned, rare))

    def more_without(fact: str) -> set[str]:
        others = {name: default for name, default in rare.items() if name != fact}
        return live(planned.wiring, wanted, settled(planned, others)) - least

    for fact in list(rare):
        if not more_without(fact):
            del rare[fact]
    light = {fact: default for fact, default in rare.items()
             if all(_is_of_first_pass(planned, key) for key in more_without(fact))}  # fmt: skip
    decisive = {fact: default for fact, default in rare.items() if fact not in light}
    return Kinds(decisive, light, settled(planned, decisive), settled(planned, rare))


def _is_of_first_pass(planned: Plan, key: str) -> bool:
    """Whether a rule works a value out for a person at once, before anything is gathered."""
    value = planned.values[key]
    return value.version is not None and value.entity == "person" and planned.passes[key] == 0


def rare_facts(wiring: Wiring) -> dict[str, int]:
    """The rare inputs of persons and of the household that the law reads, with their defaults."""
    household = {one.name: 0 for one in wiring.law.catalogue.household()
                 if not one.is_common and one.default == 0 and one.name in wiring.inputs}  # fmt: skip
    return rare_inputs(wiring) | household


def live(wiring: Wiring, outputs: Iterable[str], known: dict[str, int]) -> set[str]:
    """The values that must be worked out for some outputs when others are known."""
    found: set[str] = set()
    waiting = [key for key in outputs if key not in known]
    while waiting:
        key = waiting.pop()
        if key not in found and key in wiring.values:
            found.add(key)
            waiting += [need for need in wiring.values[key].needs if need not in known]
    return found


def settled(planned: Plan, facts: dict[str, int]) -> dict[str, int]:
    """Every value that is the same wherever some facts and values are as given, and those themselves: key → number.

    A value stands here only if nobody needs to know anything uncertain for it.
    """
    found = dict(facts)
    for value in planned.values.values():
        if value.key in found:
            continue
        number = _gathered(value, found) if value.gathered is not None else _by_rule(value, found, planned)
        if number is not None and (number == 0 or _is_for_everyone(value, found)):
            found[value.key] = number
    return found


def without_others(planned: Plan, known: dict[str, int], nothing: Iterable[str]) -> bool:
    """Whether all that members' later passes work out comes to nothing where some values are nothing for everyone."""
    found = settled(planned, known | dict.fromkeys(nothing, 0))
    later = [value for value in planned.values.values() if planned.passes[value.key] > 0 and _is_of_members(value)]
    return all(found.get(value.key) == 0 for value in later)


def _is_of_members(value: Value) -> bool:
    return value.entity != "household" or value.gathered is not None


def _is_for_everyone(value: Value, found: dict[str, int]) -> bool:
    """Whether a value is worked out for every member, so that it may be settled to something else than nothing."""
    return value.entity != "family" and (value.guard is None or found.get(value.guard) == 1)


def _by_rule(value: Value, found: dict[str, int], planned: Plan) -> Known:
    assert value.version is not None
    if value.guard is not None and found.get(value.guard) == 0:
        return 0
    names = {one.name: found[one.key] for one in value.arguments if _is_settled(one, found)}
    uncertain = frozenset(one.name for one in value.arguments if _is_uncertain(one, found, planned))
    number, asks_uncertain = follow(value.version, tuple(names.items()), uncertain)
    return None if asks_uncertain or (number != 0 and value.version.rounding is not None) else number


def _is_settled(argument: Argument, found: dict[str, int]) -> bool:
    if argument.reach in ("parameter", "month") or argument.key not in found:
        return False
    return argument.reach != "family" or found[argument.key] == 0  # without a family it is nothing


def _is_uncertain(argument: Argument, found: dict[str, int], planned: Plan) -> bool:
    if argument.reach == "parameter":
        return argument.key in planned.unknown
    return argument.key in planned.uncertain and argument.key not in found


def _gathered(value: Value, found: dict[str, int]) -> Known:
    gathered = value.gathered
    assert gathered is not None
    of = [found.get(key) for key in value.of]
    if gathered.kind == "earlier":
        return of[0]
    if gathered.kind == "linked":
        otherwise = int(gathered.otherwise)
        return otherwise if found.get(gathered.over) == NOBODY or of[0] == otherwise else None
    nothing = all(one == 0 for one in of) or 0 in (found.get(value.where or ""), found.get(value.guard or ""))
    return 0 if nothing or found.get(gathered.over) == NOBODY else None
