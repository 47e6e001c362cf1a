"""Reads a household file: every mistake gets one message with its place, and nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from balsts.law.engine.errors import nearest
from balsts.law.engine.families import tie_household
from balsts.law.engine.inputs import Catalogue, Input, link_names
from balsts.law.engine.one import Facts
from balsts.law.engine.quantities import cents_from, day_from, month_from, month_text
from balsts.law.engine.text import Node, Place, read_file
from balsts.law.engine.vocabulary import NOBODY, Day, Month, is_known, month_of

MAX_PERSONS = 100
_FLAGS = {"true": 1, "True": 1, "TRUE": 1, "false": 0, "False": 0, "FALSE": 0}
_MAY_LIE_AHEAD = ("died", "claimed_on")


def read_household(tree: Node, catalogue: Catalogue, codes: list[str], on: Month | None = None) -> tuple[Facts, Month]:
    """The facts of a household file and the month asked.

    Args:
        tree: the file.
        codes: the rights that `applied_for` may name.
        on: the month asked; it goes before the file's own.

    Raises:
        InputError: whatever is wrong, with its place and what was expected.
    """
    return _Reader(tree, catalogue, codes).read(on)


def load_household(path: Path, catalogue: Catalogue, codes: list[str], on: Month | None = None) -> tuple[Facts, Month]:
    """As `read_household`, from a file."""
    return read_household(read_file(path), catalogue, codes, on)


class _Reader:
    def __init__(self, tree: Node, catalogue: Catalogue, codes: list[str]) -> None:
        self.tree = tree
        self.catalogue = catalogue
        self.codes = codes
        self.month = Month(0)

    def read(self, on: Month | None) -> tuple[Facts, Month]:
        fields = self.tree.mapping("a household: a mapping with `persons`")
        household_keys = [one.key for one in self.catalogue.household()]
        for key, node in fields.items():
            if key not in ("on", "persons", *household_keys):
                hint = nearest(key, ["on", "persons", *household_keys])
                _fail(node, f"{key} is not a fact of a household.{hint}")
        self.month = self.asked_month(fields, on)
        if "persons" not in fields:
            _fail(self.tree, "has no persons; expected `persons:` with the members by id.")
        persons = fields["persons"].mapping("the members by id: anna: {born: 1990-05-04, sex: f}")
        if not 1 <= len(persons) <= MAX_PERSONS:
            _fail(fields["persons"], f"has {len(persons)} persons; expected 1 to {MAX_PERSONS}.")
        return self.facts(persons, fields), self.month

    def asked_month(self, fields: dict[str, Node], on: Month | None) -> Month:
        stated = None
        if "on" in fields:
            stated = self.typed(fields["on"], month_from, "on")
        if on is None and stated is None:
            _fail(self.tree, "says no month; add `on: 2026-02` or ask with --on 2026-02.")
        return on if on is not None else Month(stated or 0)

    def facts(self, persons: dict[str, Node], fields: dict[str, Node]) -> Facts:
        ids = sorted(persons)
        facts = Facts(ids, {}, {}, [0] * len(ids), [set() for _ in ids], set())
        for one in self.catalogue.persons():
            self.start_column(one, facts)
        for position, person in enumerate(ids):
            self.person(position, person, persons[person], facts)
        for one in self.catalogue.household():
            facts.household[one.name] = one.default
            if one.key in fields and fields[one.key].content is not None:
                facts.household[one.name] = self.value(one, fields[one.key])
                facts.stated_household.add(one.name)
        self.check_ties(persons, facts)
        derive(facts, self.catalogue, self.month)
        return facts

    def start_column(self, one: Input, facts: Facts) -> None:
        if one.kind == "link":
            for name in link_names(one):
                facts.persons[name] = [NOBODY] * len(facts.ids)
        elif one.kind == "codes":
            for code in self.codes:
                facts.persons[f"{one.name}_{code}"] = [0] * len(facts.ids)
        elif one.kind != "text":
            facts.persons[one.name] = [one.default] * len(facts.ids)

    def person(self, position: int, person: str, node: Node, facts: Facts) -> None:
        stated = node.mapping(f"the facts of {person}: {{born: 1990-05-04, sex: f}}")
        known = [one.key for one in self.catalogue.persons()]
        for key, found in stated.items():
            if key not in known:
                _fail(found, f"{key} is not a fact of a person.{nearest(key, known)}")
        for one in self.catalogue.persons():
            found_node = stated.get(one.key)
            if found_node is None or found_node.content is None:
                if one.required:
                    _fail(node, f"{person} has no {one.key}; every person needs it ({one.en}).")
                if one.default_from:
                    facts.persons[one.name][position] = facts.persons[one.default_from][position]
                continue
            facts.stated[position].add(one.name)
            if one.kind == "link":
                self.links(one, found_node, position, facts)
            elif one.kind == "codes":
                self.applied(one, found_node, position, facts)
            else:
                facts.persons[one.name][position] = self.value(one, found_node)
        facts.claimed[position] = facts.persons["claimed_on"][position] if "claimed_on" in facts.persons else 0

    def value(self, one: Input, node: Node) -> int:
        text = node.text(_EXPECTED[one.kind] if one.kind != "choice" else f"one of {', '.join(one.choice_names)}")
        if one.kind == "money":
            return self.typed(node, cents_from, one.key)
        if one.kind == "day":
            day = self.typed(node, day_from, one.key)
            if one.key not in _MAY_LIE_AHEAD and month_of(Day(day)) > self.month:
                _fail(node, f"{one.key} {text} lies after the month asked, {month_text(self.month)}.")
            return day
        if one.kind == "month":
            return self.typed(node, month_from, one.key)
        if one.kind == "flag":
            if text not in _FLAGS:
                _fail(node, f"expected true or false, found «{text[:40]}».")
            return _FLAGS[text]
        if one.kind == "choice":
            if text not in one.choice_names:
                _fail(node, f"expected one of {', '.join(one.choice_names)}, found «{text[:40]}»."
                            f"{nearest(text, one.choice_names)}")  # fmt: skip
            return one.choice_names.index(text)
        if one.kind == "text":
            return 0
        if not (text.isascii() and text.isdigit() and len(text) <= 10) or int(text) > one.at_most:
            _fail(node, f"expected a whole number from 0 to {one.at_most}, found «{text[:40]}».")
        return int(text)

    def typed(self, node: Node, read: Callable[[str], int], key: str) -> int:
        text = node.text(f"a value for {key}")
        try:
            return int(read(text))
        except ValueError as error:
            _fail(node, f"{error}.")

    def links(self, one: Input, node: Node, position: int, facts: Facts) -> None:
        items = node.content if isinstance(node.content, list) else [node]
        if len(items) > one.several:
            _fail(node, f"names {len(items)} persons; expected at most {one.several}.")
        seen: list[int] = []
        for name, item in zip(link_names(one), items, strict=False):
            other = item.text("the id of a member")
            if other not in facts.ids:
                _fail(item, f"{one.key} points to {other}, who is not in this file.{nearest(other, facts.ids)}")
            target = facts.ids.index(other)
            if target == position:
                _fail(item, f"{other} cannot be their own {one.key}.")
            if target in seen:
                _fail(item, f"{other} is named twice.")
            seen.append(target)
            facts.persons[name][position] = target

    def applied(self, one: Input, node: Node, position: int, facts: Facts) -> None:
        for item in node.sequence("a list of codes of rights"):
            code = item.text("the code of a right")
            if code not in self.codes:
                _fail(item, f"{code} is not the code of a right.{nearest(code, self.codes)}")
            facts.persons[f"{one.name}_{code}"][position] = 1

    def check_ties(self, persons: dict[str, Node], facts: Facts) -> None:
        place = [persons[person].place for person in facts.ids]
        self.check_partners(place, facts)
        parent_links = [name for _, name in self.parent_links()]
        for position in range(len(facts.ids)):
            self.check_circle(position, parent_links, place, facts)
        for position, person in enumerate(facts.ids):
            for name in parent_links:
                parent = facts.persons[name][position]
                if parent >= 0 and facts.persons["born"][parent] >= facts.persons["born"][position]:
                    place[position].fail(f"{facts.ids[parent]}, a parent of {person}, is not older than {person}.")
        for position, died in enumerate(facts.persons.get("died", [])):
            if is_known(Day(died)) and died < facts.persons["born"][position]:
                place[position].fail(f"{facts.ids[position]} died before being born.")

    def check_partners(self, place: list[Place], facts: Facts) -> None:
        partner = facts.persons["partner"]
        stated = list(partner)
        for position, other in enumerate(stated):
            if other >= 0 and partner[other] not in (NOBODY, position):
                place[position].fail(
                    f"{facts.ids[position]} says the partner is {facts.ids[other]}, but {facts.ids[other]}'s "
                    f"partner is {facts.ids[partner[other]]}."
                )
            if other >= 0:
                partner[other] = position

    def parent_links(self) -> list[tuple[int, str]]:
        return [(group, name) for group, names in enumerate(self.catalogue.ties.parents) for name in names]

    def check_circle(self, position: int, links: list[str], place: list[Place], facts: Facts) -> None:
        reached, wave = set[int](), {position}
        while wave:
            wave = {facts.persons[name][person] for person in wave for name in links} - {NOBODY} - reached
            if position in wave:
                place[position].fail(f"the parents go in a circle that comes back to {facts.ids[position]}.")
            reached |= wave


def derive(facts: Facts, catalogue: Catalogue, month: int) -> None:
    """Work out families, payees and orders of birth; links to or from those who are not living are taken out."""
    size = len(facts.ids)
    born, died = facts.persons["born"], facts.persons["died"]
    present = [
        month_of(Day(first)) <= month and (not is_known(Day(last)) or month_of(Day(last)) > month)
        for first, last in zip(born, died, strict=True)
    ]
    for name in catalogue.links:
        facts.persons[name] = [
            to if to >= 0 and present[to] and present[one] else NOBODY for one, to in enumerate(facts.persons[name])
        ]
    plan = TiePlan(catalogue)
    payees = [[NOBODY] * size for _ in plan.payee_names]
    worked = {name: [NOBODY] * size for name in catalogue.worked_out}
    tie_household(
        0, size, catalogue.woman, born, facts.persons["sex"], present,
        [facts.persons[name] for name in catalogue.links], plan.partner, plan.placements, plan.parents,
        plan.payee_links, facts.persons["birth_order"], worked["family"], worked["family_payee"], payees,
        worked["birth_order"], worked["birth_rank"],
    )  # fmt: skip
    facts.persons.update(worked)
    facts.persons.update(zip(plan.payee_names, payees, strict=True))


class TiePlan:
    """The ties of a catalogue as rows of its links, as `tie_household` reads them."""

    def __init__(self, catalogue: Catalogue) -> None:
        row = {name: number for number, name in enumerate(catalogue.links)}
        ties = catalogue.ties
        self.partner = row["partner"]
        self.placements = [(row[name], group) for group, names in enumerate(ties.placements) for name in names]
        self.parents = [(row[name], group) for group, names in enumerate(ties.parents) for name in names]
        self.payee_names = list(ties.payees)
        self.payee_links = [(row[name], number) for number, names in enumerate(ties.payees.values()) for name in names]


_EXPECTED = {
    "money": "an amount such as 171.00",
    "day": "a day such as 2026-02-01",
    "month": "a month such as 2026-02",
    "flag": "true or false",
    "number": "a whole number",
    "text": "text",
}


def _fail(node: Node, message: str) -> NoReturn:
    node.place.fail(message)
