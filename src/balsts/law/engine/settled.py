"""What is settled for an ordinary household: one in which every rare fact has its default for everyone.

Most households are ordinary: no guardian, no disabled child, no refugee, no death. For them most values come to nothing
before anything is worked out, and the compiled pass has a second, short text for them. Here stands which values are
settled, and to what.
"""

from __future__ import annotations

from balsts.law.engine.abstract import Abstract, Known
from balsts.law.engine.plan import Plan
from balsts.law.engine.vocabulary import NOBODY
from balsts.law.engine.wiring import Argument, Value, Wiring
from balsts.law.engine.zeros import rare_inputs


def rare_facts(wiring: Wiring) -> dict[str, int]:
    """The rare inputs of persons and of the household that the law reads, with their defaults."""
    household = {one.name: 0 for one in wiring.law.catalogue.household()
                 if not one.is_common and one.default == 0 and one.name in wiring.inputs}  # fmt: skip
    return rare_inputs(wiring) | household


def settled(planned: Plan) -> dict[str, int]:
    """Every value that is the same in all ordinary households, and the rare facts themselves: key → number.

    A value stands here only if nobody needs to know anything uncertain for it.
    """
    found = rare_facts(planned.wiring)
    for value in planned.wiring.values.values():
        number = _gathered(value, found) if value.gathered is not None else _by_rule(value, found, planned)
        if number is not None and (number == 0 or _is_for_everyone(value, found)):
            found[value.key] = number
    return found


def _is_for_everyone(value: Value, found: dict[str, int]) -> bool:
    """Whether a value is worked out for every member, so that it may be settled to something else than nothing."""
    return value.entity != "family" and (value.guard is None or found.get(value.guard) == 1)


def _by_rule(value: Value, found: dict[str, int], planned: Plan) -> Known:
    assert value.version is not None
    names = {one.name: found[one.key] for one in value.arguments if _is_settled(one, found)}
    uncertain = frozenset(one.name for one in value.arguments if _is_uncertain(one, found, planned))
    rule = Abstract(value.version, names, uncertain)
    number = rule.result()
    if rule.asks_uncertain or (number != 0 and value.version.rounding is not None):
        return None
    return number


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
