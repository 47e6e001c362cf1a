"""A block as a table in the format of population files; a default is written as null."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from balsts.population.synthesis.draft import RELATIONS
from balsts.population.synthesis.facts import Bools, Ints, municipalities
from balsts.population.synthesis.health import Health
from balsts.population.synthesis.income import Income
from balsts.population.synthesis.means import Means
from balsts.population.synthesis.pension_right import PensionRights
from balsts.population.synthesis.people import People
from balsts.population.synthesis.status import RESIDENT_STATUS, Status
from balsts.population.synthesis.work import EDUCATION, Work

PARENTAL_OPTIONS = ("none", "months_13", "months_19")
SEXES = ("f", "m")


@dataclass(frozen=True)
class Block:
    """Everything drawn about the persons of a block."""

    people: People
    health: Health
    work: Work
    rights: PensionRights
    income: Income
    status: Status
    means: Means
    care_costs: Ints


def to_table(block: Block, first_person: int, first_household: int) -> pa.Table:
    """The table of a block whose persons and households are numbered from the numbers given."""
    people = block.people
    columns: dict[str, pa.Array] = {
        "household_id": pa.array(people.household + first_household),
        "person_id": pa.array(np.arange(len(people)) + first_person),
        "born": _dates(people.born, np.ones(len(people), dtype=np.bool_)),
        "died": _dates(block.status.died),
        "sex": _words(people.sex, SEXES, keep_first=True),
    }
    for name in RELATIONS:
        other = people.relations[name]
        columns[f"{name}_id"] = pa.array(other + first_person, mask=other < 0)
    columns |= _person_columns(block) | _money_columns(block) | _household_columns(block)
    return pa.table(columns)


def _person_columns(block: Block) -> dict[str, pa.Array]:
    people, health, work, status = block.people, block.health, block.work, block.status
    return {
        "is_emergency_guardian": _flags(status.is_emergency_guardian),
        "care_granted_on": _dates(status.care_granted_on),
        "adopted_on": _dates(status.adopted_on),
        "is_married": _flags(people.is_married),
        "resident_status": _words(status.resident_status, RESIDENT_STATUS),
        "disability_group": pa.array(health.group, mask=health.group == 0),
        "is_disabled_child": _flags(health.is_disabled_child),
        "is_disabled_since_childhood": _flags(health.since_childhood),
        "needs_special_care": _flags(health.needs_care),
        "mobility_opinion_on": _dates(health.opinion_on),
        "has_sight_disability_group_1": _flags(health.is_blind),
        "has_celiac_certificate": _flags(health.has_celiac),
        "education": _words(work.education, EDUCATION),
        "is_employed": _flags(work.is_employed),
        "is_insured": _flags(work.is_employed),
        "is_imprisoned": _flags(people.is_prisoner),
        "is_in_long_term_care": _flags(people.is_resident),
        "is_orphan_after_care": _flags(status.is_orphan_after_care),
        "lost_breadwinner_on": _dates(block.rights.lost_breadwinner_on),
        "is_chernobyl_participant": _flags(status.is_chernobyl_participant),
        "applied_for": _lists(status.applies_as_student, "family_state_benefit"),
        "unemployed_since": _dates(work.unemployed_since),
        "parental_benefit_option": _words(block.income.parental_option, PARENTAL_OPTIONS),
        "assistant_hours": _numbers(health.assistant_hours),
        "is_early_pension": _flags(block.rights.is_early),
    }


def _money_columns(block: Block) -> dict[str, pa.Array]:
    income = block.income
    taxed = np.where(income.pension_gross == income.pension, 0, income.pension_gross)
    return {
        "wage_net_cents": _numbers(income.wage),
        "pension_cents": _numbers(income.pension),
        "pension_gross_cents": _numbers(taxed),
        "other_counted_income_cents": _numbers(income.other),
        "savings_cents": _numbers(block.means.savings),
        "long_term_care_cost_cents": _numbers(block.care_costs),
    }


def _household_columns(block: Block) -> dict[str, pa.Array]:
    means = block.means
    codes = municipalities(block.people.calendar.has_varaklani)[0]
    months = block.status.months_since_application
    return {
        "months_since_first_application": pa.array(months, mask=months < 0),
        "housing_costs_cents": _numbers(means.housing_costs),
        "municipality": _words(means.municipality, codes, keep_first=True),
        "has_needy_property": pa.array(np.zeros(len(block.people), dtype=np.bool_), mask=means.has_needy_property),
    }


def _flags(values: Bools) -> pa.Array:
    return pa.array(values, mask=~values)


def _numbers(values: Ints) -> pa.Array:
    return pa.array(values, mask=values == 0)


def _dates(days: Ints, known: Bools | None = None) -> pa.Array:
    mask = days == 0 if known is None else ~known
    return pa.array(days.astype(np.int32), mask=mask).view(pa.date32())


def _words(codes: Ints, words: tuple[str, ...], keep_first: bool = False) -> pa.Array:
    indices = pa.array(codes.astype(np.int8), mask=None if keep_first else codes == 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(list(words)))


def _lists(has: Bools, word: str) -> Any:
    offsets = np.concatenate(([0], np.cumsum(has))).astype(np.int32)
    values = pa.array([word] * int(offsets[-1]), type=pa.string())
    return pa.ListArray.from_arrays(pa.array(offsets), values, mask=pa.array(~has))
