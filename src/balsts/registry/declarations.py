"""A household file taken into the registry: what the household states (iztikas līdzekļu deklarācija), as declared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from balsts.law.engine.household import read_household
from balsts.law.engine.inputs import Input
from balsts.law.engine.quantities import calendar_day, first_day
from balsts.law.engine.text import Node
from balsts.law.engine.vocabulary import Month
from balsts.law.latvia import latvia
from balsts.registry.fact_types import BY_KEY, RELATION_KINDS
from balsts.registry.models import Household, Membership, Person, Source, Statement
from balsts.registry.recording import ALWAYS, days, state_all
from balsts.registry.use_cases import fact_of, relations_of

_PERMANENT = ("born", "died", "sex")
_KIND_OF = {key: kind for kind, (key, _) in RELATION_KINDS.items()}


def take_declaration(source: Source, tree: Node, on: Month | None = None) -> tuple[Household, dict[str, Person]]:
    """Register the persons of a household file and state what it says of them, from its month on.

    Dates, births and parents are true of all days; all else from the first of the month, until something else is
    stated. To be called in the scope of somebody who may register persons.

    Args:
        on: the month; it goes before the file's own.

    Returns:
        The household, and its members by their names in the file.

    Raises:
        InputError: the file is wrong; nothing was registered.
    """
    law = latvia()
    _, month = read_household(tree, law.catalogue, law.rights(), on)
    first = first_day(month)
    fields = tree.mapping("a household")
    stated = {name: node.mapping("a person") for name, node in sorted(fields["persons"].mapping("persons").items())}
    persons = {name: Person() for name in stated}
    household = Household()
    Person.objects.bulk_create(persons.values())
    Household.objects.bulk_create([household])
    members: list[Statement] = [
        Membership(person=person, household=household, source=source,
                   valid=days(max(first, calendar_day(stated[name]["born"].text("a day")))))
        for name, person in persons.items()
    ]  # fmt: skip
    state_all(members)
    statements: list[Statement] = []
    for name, facts in stated.items():
        statements += _facts(source, persons[name], facts, first)
        statements += _ties(source, persons, stated, name, first)
    for one in law.catalogue.household():
        if (node := fields.get(one.key)) is not None and node.content is not None:
            statements.append(fact_of(source, one.key, _value(one, node), days(first), household=household))
    state_all(statements)
    return household, persons


def _facts(source: Source, person: Person, facts: dict[str, Node], first: date) -> Iterator[Statement]:
    for key, node in facts.items():
        if key in BY_KEY and node.content is not None:
            kind = BY_KEY[key].input
            valid = ALWAYS if kind.kind == "day" or key in _PERMANENT else days(first)
            yield fact_of(source, key, _value(kind, node), valid, person=person)


def _ties(
    source: Source, persons: dict[str, Person], stated: dict[str, dict[str, Node]], name: str, first: date
) -> Iterator[Statement]:
    for key, kind in _KIND_OF.items():
        node = stated[name].get(key)
        if node is None or node.content is None:
            continue
        valid = ALWAYS if kind == "parent" else days(first)
        others = node.content if isinstance(node.content, list) else [node]
        for place, item in enumerate(others, start=1):
            other = item.text("a member")
            if kind == "partner" and key in stated[other] and other < name:
                continue  # partners who both say so say one thing
            yield from relations_of(source, kind, persons[name], persons[other], valid, place=place)


def _value(one: Input, node: Node) -> str | list[str]:
    if one.kind == "codes":
        return [item.text("a code") for item in node.sequence("codes")]
    return node.text("a value")
