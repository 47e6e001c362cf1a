"""What comes to nothing from one fact alone: a ward's benefit for a child without a guardian is 0, whatever else holds.

For each value of a person, the inputs whose default makes it 0 or no. The compiled pass asks such an input first and
leaves the rest unworked; for most persons most rare facts have their default, so asking costs next to nothing.
"""

from __future__ import annotations

from balsts.law.engine.inputs import Catalogue
from balsts.law.engine.many.abstract import follow
from balsts.law.engine.vocabulary import NOBODY
from balsts.law.engine.wiring import Value, Wiring

_ORDER = ("link", "day", "flag", "choice", "number", "money")


def rare_inputs(wiring: Wiring) -> dict[str, int]:
    """The inputs worth asking first, with the default that says "nothing there"; links before days before flags."""
    catalogue: Catalogue = wiring.law.catalogue
    found = dict.fromkeys((*catalogue.links, *catalogue.ties.payees), NOBODY)
    for kind in _ORDER[1:]:
        found |= {one.name: 0 for one in catalogue.persons()
                  if one.kind == kind and not one.is_common and not one.required and one.default == 0}  # fmt: skip
    common = {name for one in catalogue.inputs if one.is_common and one.kind == "link" for name in catalogue.links
              if name == one.key}  # fmt: skip
    return {name: default for name, default in found.items() if name in wiring.inputs and name not in common}


def zero_without(wiring: Wiring) -> dict[str, str]:
    """For each value of a person that one rare input decides: that input."""
    rare = rare_inputs(wiring)
    nothing: dict[str, set[str]] = {}
    for value in wiring.values.values():
        nothing[value.key] = _nothing_without(value, rare, nothing)
    order = list(rare)
    return {key: min(found, key=order.index) for key, found in nothing.items() if found}


def _nothing_without(value: Value, rare: dict[str, int], known: dict[str, set[str]]) -> set[str]:
    if value.entity != "person":
        return set()
    if value.gathered is not None:
        return _gathered(value, rare, known)
    assert value.version is not None
    same = [argument for argument in value.arguments if argument.reach == "same"]
    candidates = {one for argument in same for one in ({argument.key} & rare.keys()) | known.get(argument.key, set())}
    found = set()
    for candidate in candidates:
        names = {argument.name: rare[candidate] for argument in same if argument.key == candidate}
        names |= {argument.name: 0 for argument in same if candidate in known.get(argument.key, ())}
        if follow(value.version, tuple(names.items()), frozenset())[0] == 0:
            found.add(candidate)
    return found


def _gathered(value: Value, rare: dict[str, int], known: dict[str, set[str]]) -> set[str]:
    assert value.gathered is not None
    if value.gathered.kind == "earlier":
        return set()
    if value.gathered.kind == "linked" and value.gathered.otherwise == 0 and value.gathered.over in rare:
        return {value.gathered.over}
    return set()
