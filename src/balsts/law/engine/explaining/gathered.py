"""Whose values a gathered value gathers, for explanations."""

from __future__ import annotations

from balsts.law.engine.errors import Unknown
from balsts.law.engine.one import Results
from balsts.law.engine.wiring import Value


def members_of(value: Value, results: Results, person: int | None) -> list[int | None]:
    """The members that a gathered value of a person, family or household takes from."""
    assert value.gathered is not None
    if value.gathered.kind == "earlier":
        return [person]
    if value.gathered.kind == "linked":
        assert person is not None
        to = results.columns[value.gathered.over][person]
        return [to] if to >= 0 else []
    everyone: list[int] = list(range(len(results.facts.ids)))
    if value.gathered.over != "household":
        towards = results.columns[value.gathered.over]
        everyone = [one for one in everyone if towards[one] == person]
    present = results.columns[value.guard] if value.guard else None
    where = results.columns[value.where] if value.where else None
    return [
        one for one in everyone
        if (present is None or present[one]) and (where is None or isinstance(where[one], Unknown) or where[one])
    ]  # fmt: skip
