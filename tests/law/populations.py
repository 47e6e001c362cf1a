"""Random persons and households for tests, close to where the law decides: at limits, birthdays and month ends.

`random_columns` makes populations fast, with ties as wild as they come (the dead, the unborn, parents who are younger
than their children); `household_files` makes single households as a file states them, which Hypothesis can shrink.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from balsts.law.engine.inputs import Catalogue, Input, link_names
from balsts.law.engine.law import Law
from balsts.law.engine.many.columns import Columns, column_type, tie
from balsts.law.engine.one import Facts
from balsts.law.engine.quantities import MAX_CENTS, date_of, euros, month_text
from balsts.law.engine.vocabulary import NOBODY, Day, Lookup

Array = np.ndarray[Any, Any]
_SIZES = np.array([1, 2, 3, 4, 5, 6, 7, 8, 30])
_SHARES = np.array([0.2, 0.2, 0.2, 0.17, 0.1, 0.06, 0.04, 0.02, 0.01])
_DAYS_IN_MONTH = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


@dataclass(frozen=True)
class Limits:
    """The values at which a law decides: ages in months, amounts in cents, plain numbers and day numbers."""

    ages: list[int]
    money: list[int]
    numbers: list[int]
    days: list[int]


def limits_of(law: Law) -> Limits:
    """Every value and row of the parameters of a law, at whatever time."""
    found = Limits([0, 12, 216, 1000], [0], [0, 1, 2], [])
    for parameter in law.parameters.values():
        for dated in parameter.values:
            if isinstance(dated.value, Lookup):
                _note(found, "money" if parameter.type == "scale" else parameter.by, dated.value.keys)
                _note(found, parameter.of, dated.value.values)
            elif isinstance(dated.value, int):
                unit = parameter.unit if parameter.type == "whole_number" else parameter.type
                _note(found, unit, (dated.value,))
    return Limits(*(sorted(set(values)) for values in vars(found).values()))


def _note(found: Limits, unit: str, values: tuple[int, ...]) -> None:
    if unit in ("years", "months", "age"):
        found.ages.extend(value * (1 if unit == "months" else 12) for value in values if value < 200)
        found.ages.extend(value for value in values if unit == "months" and value >= 200)
    elif unit == "money":
        found.money.extend(values)
    elif unit == "day":
        found.days.extend(values)
    if unit not in ("money", "day", "rate", "flag"):
        found.numbers.extend(value for value in values if value <= 10_000)


def tied(columns: Columns, catalogue: Catalogue, month: int) -> Columns:
    """A copy of a population with its families worked out for a month."""
    copy = replace(columns, persons=dict(columns.persons), stated=dict(columns.stated))
    tie(copy, catalogue, month)
    return copy


def columns_of(facts: Facts, catalogue: Catalogue) -> Columns:
    """One household, its families worked out, as a population of its own."""
    return Columns(
        np.array([0, len(facts.ids)], np.uint64),
        {name: np.array(values, column_type(catalogue, name)) for name, values in facts.persons.items()},
        {name: np.array([value], column_type(catalogue, name)) for name, value in facts.household.items()},
    )


def random_columns(law: Law, month: int, households: int, seed: int, sizes: list[int] | None = None) -> Columns:
    """A population of that many households, families not yet worked out: `tied` does it for a month."""
    return _Maker(law, month, np.random.default_rng(seed)).columns(households, sizes)


class _Maker:
    def __init__(self, law: Law, month: int, rng: np.random.Generator) -> None:
        self.law = law
        self.catalogue = law.catalogue
        self.limits = limits_of(law)
        self.month = month
        self.rng = rng
        self.size = 0

    def columns(self, households: int, sizes: list[int] | None) -> Columns:
        members = np.array(sizes) if sizes else self.rng.choice(_SIZES, households, p=_SHARES)
        starts = np.concatenate([[0], np.cumsum(members)]).astype(np.uint64)
        self.size = int(starts[-1])
        self.place = np.arange(self.size) - np.repeat(starts[:-1].astype(np.int64), members)
        self.members = np.repeat(members, members)
        self.is_plain = np.repeat(self.rng.random(len(members)) < 0.6, members)
        self.is_poor = np.repeat(self.rng.random(len(members)) < 0.6, members)
        persons: dict[str, Array] = {}
        for one in self.catalogue.persons():
            persons.update(self.person_input(one))
        persons["born"] = self.births().astype(np.int32)
        self.plain_ties(persons)
        few = self.rng.choice([0.0, 0.06, 1.0], len(members), p=[0.3, 0.3, 0.4])
        self.thinned(persons, np.repeat(few, members), self.catalogue.persons())
        self.size, self.is_poor = len(members), np.zeros(len(members), np.bool_)
        household = {one.name: self.values(one).astype(column_type(self.catalogue, one.name))
                     for one in self.catalogue.household() if one.kind != "text"}  # fmt: skip
        self.thinned(household, few, self.catalogue.household())
        return Columns(starts, persons, household)

    def thinned(self, columns: dict[str, Array], share: Array, inputs: list[Input]) -> None:
        """Rare facts stay with a share of their holders: many households have few of them, or none."""
        parents = {name for group in self.catalogue.ties.parents for name in group}
        for one in inputs:
            if one.is_common or one.required or one.kind in ("text", "codes"):
                continue
            for name in link_names(one) if one.kind == "link" else [one.name]:
                if name not in parents:
                    default = NOBODY if one.kind == "link" else one.default
                    is_kept = self.rng.random(len(share)) < share
                    columns[name] = np.where(is_kept, columns[name], default).astype(columns[name].dtype)

    def chance(self, share: float) -> Array:
        return self.rng.random(self.size) < share

    def person_input(self, one: Input) -> dict[str, Array]:
        if one.kind == "link":
            return {name: self.wild_links() for name in link_names(one)}
        if one.kind == "codes":
            return {f"{one.name}_{code}": self.chance(0.5).astype(np.uint8) for code in self.law.rights()}
        if one.kind == "text":
            return {}
        return {one.name: self.values(one).astype(column_type(self.catalogue, one.name))}

    def values(self, one: Input) -> Array:
        default = np.full(self.size, one.default, np.int64)
        if one.kind == "flag":
            return np.where(self.chance(0.3), 1 - one.default, default)
        if one.kind == "choice":
            return np.where(self.chance(0.5), self.rng.integers(0, len(one.choice_names), self.size), default)
        if one.kind == "number":
            return np.where(self.chance(0.5), self.numbers(one.at_most), default)
        if one.kind == "money":
            is_stated = np.where(self.is_poor, self.chance(0.1), self.chance(0.6))
            return np.where(is_stated, self.amounts(), default)
        if one.kind == "month":
            return np.where(self.chance(0.6), self.month + self.rng.integers(-30, 3, self.size), default)
        if one.name == "died":
            return np.where(self.chance(0.08), self.days_around(self.rng.integers(-2, 4, self.size)), default)
        return np.where(self.chance(0.5), self.days_around(self.ages(at_most=260)), default)

    def numbers(self, at_most: int) -> Array:
        near = self.picked(self.limits.numbers) + self.rng.integers(-1, 2, self.size)
        return np.clip(np.where(self.chance(0.6), near, self.rng.integers(0, at_most + 1, self.size)), 0, at_most)

    def amounts(self) -> Array:
        near = self.picked(self.limits.money) * self.rng.integers(1, 3, self.size)
        near += self.rng.integers(-1, 2, self.size)
        found = np.where(self.chance(0.6), near, self.rng.integers(0, 200_000, self.size))
        return np.clip(np.where(self.chance(0.01), MAX_CENTS, found), 0, MAX_CENTS)

    def picked(self, values: list[int]) -> Array:
        return self.rng.choice(np.array(values, np.int64), self.size)

    def ages(self, at_most: int = 1200) -> Array:
        """Months before the month asked: at a limit or one beside it, or any."""
        near = self.picked([age for age in self.limits.ages if age <= at_most]) + self.rng.integers(-1, 2, self.size)
        return np.where(self.chance(0.6), near, self.rng.integers(0, at_most, self.size))

    def births(self) -> Array:
        found = self.days_around(self.ages())
        if self.limits.days:
            steps = self.picked(self.limits.days) + self.rng.integers(-1, 1, self.size)
            found = np.where(self.chance(0.1) & ((steps & 31) > 0), steps, found)
        first = self.place < np.where(self.members > 1, 2, 1)
        grown = self.days_around(self.rng.integers(200, 900, self.size))
        found = np.where(self.is_plain & first & self.chance(0.8), grown, found)
        is_twin = (self.place > 2) & self.chance(0.15)
        return np.where(is_twin, np.roll(found, 1), found)

    def days_around(self, months_before: Array) -> Array:
        """A day that many months before the month asked: the first, the last, or another."""
        month = np.maximum(self.month - months_before, 12)
        year = month // 12
        leap = (month % 12 == 1) & (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
        last = _DAYS_IN_MONTH[month % 12] + leap
        drawn = self.rng.choice([1, 1, 2, 3, 15, 28, 30, 31], self.size)
        return month * 32 + np.minimum(drawn, last)

    def wild_links(self) -> Array:
        other = (self.place + self.rng.integers(1, 50, self.size)) % self.members
        links = np.where((other != self.place) & self.chance(0.2) & ~self.is_plain, other, NOBODY)
        return np.where(self.is_plain & (self.place > 1) & self.chance(0.04), 0, links).astype(np.int32)

    def plain_ties(self, persons: dict[str, Array]) -> None:
        """In plain households the first two are partners and the parents of the others, mostly."""
        is_child = self.is_plain & (self.place > 1)
        first, second = is_child & self.chance(0.8), is_child & self.chance(0.6)
        persons["parent_1"] = np.where(first, 0, persons["parent_1"]).astype(np.int32)
        persons["parent_2"] = np.where(second, 1, persons["parent_2"]).astype(np.int32)
        couple = np.repeat(self.rng.random(int((self.place == 0).sum())) < 0.6, self.members[self.place == 0])
        is_partner = self.is_plain & couple & (self.place < 2) & (self.members > 1)
        persons["partner"] = np.where(is_partner, 1 - self.place, persons["partner"]).astype(np.int32)


@st.composite
def household_files(draw: DrawFn, law: Law, month: int, most: int = 5) -> dict[str, Any]:
    """A household file that holds together: parents are older, nothing lies ahead, all is written as text."""
    limits = limits_of(law)
    size = draw(st.integers(1, most))
    adults = draw(st.integers(1, min(2, size)))
    ids = [f"p{number:02d}" for number in range(size)]
    persons: dict[str, dict[str, Any]] = {}
    for number, one in enumerate(ids):
        ages = st.integers(200, 1000) if number < adults else _near(limits.ages, 0, 1300)
        persons[one] = {"born": draw(days_before(month, ages)), "sex": draw(st.sampled_from(["f", "m"]))}
        if number >= adults:
            persons[one] |= draw(_ties(law.catalogue, persons, ids[:adults], one))
        persons[one] |= draw(_facts(law, month, limits, "person"))
    if adults == 2 and draw(st.booleans()):
        persons[ids[0]]["partner"] = ids[1]
    return {"on": month_text(month), "persons": persons} | draw(_facts(law, month, limits, "household"))


def days_before(month: int, ages: SearchStrategy[int]) -> SearchStrategy[str]:
    """A day that many months before a month, as text: the first, the last, or another."""
    return st.builds(_day_text, ages.map(lambda age: max(month - age, 12)), st.sampled_from([1, 2, 15, 28, 31]))


def _day_text(month: int, day: int) -> str:
    leap = month % 12 == 1 and month // 12 % 4 == 0
    last = int(_DAYS_IN_MONTH[month % 12]) + leap
    return date_of(Day(month * 32 + min(day, last))).isoformat()


def _near(limits: list[int], lowest: int, highest: int) -> SearchStrategy[int]:
    near = sorted({value + by for value in limits for by in (-1, 0, 1) if lowest <= value + by <= highest})
    return st.one_of(st.sampled_from(near), st.integers(lowest, highest))


@st.composite
def _ties(draw: DrawFn, catalogue: Catalogue, persons: dict[str, Any], adults: list[str], child: str) -> dict[str, Any]:
    """The links of a child to the adults of its household, by at most two of the ways there are."""
    links = [one for one in catalogue.persons() if one.kind == "link" and one.key != "partner"]
    found = {}
    for one in draw(st.lists(st.sampled_from(links), unique_by=lambda link: link.key, max_size=2)):
        chosen = draw(st.lists(st.sampled_from(adults), unique=True, min_size=1, max_size=one.several))
        older = [adult for adult in chosen if persons[adult]["born"] < persons[child]["born"]]
        if older:
            found[one.key] = older if one.several > 1 else older[0]
    return found


@st.composite
def _facts(draw: DrawFn, law: Law, month: int, limits: Limits, entity: str) -> dict[str, Any]:
    known = [one for one in law.catalogue.inputs
             if one.entity == entity and one.kind != "link" and not one.required and one.kind != "text"]  # fmt: skip
    chosen = draw(st.lists(st.sampled_from(known), unique_by=lambda one: one.key, max_size=6))
    return {one.key: draw(_written(law, month, limits, one)) for one in chosen if one.key != "died"}


def _written(law: Law, month: int, limits: Limits, one: Input) -> SearchStrategy[Any]:
    """A value of an input as a file writes it."""
    by_kind: dict[str, SearchStrategy[Any]] = {
        "money": _near(limits.money, 0, 200_000).map(euros),
        "number": _near(limits.numbers, 0, one.at_most).map(str),
        "flag": st.sampled_from(["true", "false"]),
        "day": days_before(month, _near(limits.ages, 0, 300)).filter(lambda day: day[:7] <= month_text(month)),
        "month": st.integers(month - 30, month).map(month_text),
        "codes": st.lists(st.sampled_from(law.rights()), unique=True, max_size=3),
    }
    return by_kind[one.kind] if one.kind in by_kind else st.sampled_from(one.choice_names)
