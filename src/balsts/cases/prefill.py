"""What the state knows already: shown in a form for a yes or no, not asked. To be called inside a `reading` block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby

from balsts.cases.answers import Shown
from balsts.cases.circle import NOBODY, Circle
from balsts.cases.means import income_known
from balsts.cases.types.declaration import CaseType
from balsts.registry.fact_types import BY_KEY, BY_NUMBER, WORKER
from balsts.registry.models import Fact
from balsts.registry.selectors import Entries, entries_of, known_facts

NO_AMOUNT, NO = "0.00", "false"


def known_for(declared: CaseType, circle: Circle, since: date) -> dict[tuple[str, str], Shown]:
    """What registers and staff say, without a doubt, of what a form asks; by question and whom it is about.

    Args:
        since: the first day of the first month asked for; income is that of the full months before it.
    """
    asked = {one.code for page in declared.pages for one in page.questions if one.kind == "fact"}
    return dict(_facts(declared, circle, since, asked)) | income_known(declared, circle, since)


def _facts(declared: CaseType, circle: Circle, since: date, asked: set[str]) -> Iterator[tuple[tuple[str, str], Shown]]:
    registers = {one.key: {*one.registers, WORKER} for one in declared.facts if one.key in asked}
    numbers = [BY_KEY[key].number for key in registers]
    standing = entries_of(None, circle.visible)
    facts = known_facts(None, standing, circle.household).filter(type__in=numbers, valid__contains=since)
    for (about, key), claims in _grouped(facts, standing):
        found = settled([one for one in claims if one.origin.code in registers[key]])
        if found is not None:
            yield (key, about), found


def _grouped(facts: Iterable[Fact], standing: Entries) -> Iterator[tuple[tuple[str, str], list[Fact]]]:
    def subject(one: Fact) -> tuple[str, str]:
        return (str(standing[one.person_id]) if one.person_id else NOBODY, BY_NUMBER[one.type].key)

    for about, claims in groupby(sorted(facts, key=lambda one: (*subject(one), one.origin.rank)), subject):
        yield about, list(claims)


def settled(claims: list[Fact]) -> Shown | None:
    """What claims about one thing come to: what staff established, or what all origins say alike; else nothing."""
    by_staff = [one for one in claims if one.origin.code == WORKER and one.status == Fact.Status.KNOWN]
    counting = by_staff or claims
    if not counting or any(one.status != Fact.Status.KNOWN for one in counting):
        return None
    values = {value_of(one) for one in counting}
    value = values.pop()
    if values or value is None:
        return None
    return Shown(value, counting[0].origin.code, as_of(counting).isoformat())


def value_of(fact: Fact) -> str | None:
    """The value of a fact; that there is none is an amount of nothing, or a no."""
    if fact.value is not None:
        return fact.value
    return {"money": NO_AMOUNT, "flag": NO}.get(BY_NUMBER[fact.type].input.kind)


def as_of(facts: Iterable[Fact]) -> date:
    """The day on which the oldest of facts was told."""
    found: datetime = min(one.recorded.lower for one in facts)
    return found.date()
