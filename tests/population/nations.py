"""Small populations in which much happens: a synthetic one, and families that are rare in it."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from balsts.population.synthesis import synthesise
from tests.population.files import TYPES, Row, person, table_of

_FIRST = 9_000


def rare_families(on: str) -> list[Row]:
    """Guardians, foster families, adopters, carers, orphans, the dead, and those who are given in kind."""
    year, month = int(on[:4]), on[5:]
    mother, father = f"{year - 35}-05-04", f"{year - 38}-01-30"

    def child(age: int, day: str = "01") -> str:
        return f"{year - age}-{month}-{day}"

    return [
        person(1, 1, mother, partner_id=2, wage_net_cents=6_400, housing_costs_cents=18_000),
        person(2, 1, father, "m", is_married=True, housing_costs_cents=18_000),
        person(3, 1, child(0), parent_1_id=1, parent_2_id=2, housing_costs_cents=18_000),
        person(4, 1, child(1), "m", parent_1_id=1, parent_2_id=2, housing_costs_cents=18_000),
        person(5, 1, child(1), "m", parent_1_id=1, parent_2_id=2, housing_costs_cents=18_000),
        person(6, 1, child(19, "02"), parent_1_id=1, education="higher_full_time",
               applied_for=["family_state_benefit"], housing_costs_cents=18_000),
        person(7, 2, mother), person(8, 2, child(5), guardian_id=7), person(9, 2, child(9), "m", guardian_id=7),
        person(10, 3, father, "m", partner_id=11), person(11, 3, mother),
        *[person(12 + at, 3, child(4 + at), foster_parent_1_id=10, foster_parent_2_id=11) for at in range(4)],
        person(16, 4, mother), person(17, 4, child(3), adoptive_parent_1_id=16, adopted_on=f"{on}-01"),
        person(18, 5, father, "m", is_employed=True),
        person(19, 5, child(3), preadoption_carer_id=18, care_granted_on=f"{on}-01"),
        person(20, 6, child(18), is_orphan_after_care=True, education="general"),
        person(21, 7, "1950-03-03", partner_id=22),
        person(22, 7, "1949-03-03", "m", died=f"{on}-01", disability_group=1),
        person(23, 8, mother, disability_group=1, is_disabled_since_childhood=True, needs_special_care=True,
               mobility_opinion_on=f"{year - 1}-{month}-01", has_sight_disability_group_1=True),
        person(24, 9, mother, resident_status="ukraine_civilian", crisis=True, months_since_first_application=1),
        person(25, 9, child(12), resident_status="ukraine_civilian", parent_1_id=24, crisis=True,
               months_since_first_application=1, education="general", has_celiac_certificate=True),
        person(26, 10, father, "m", resident_status="refugee", assistant_hours=40, disability_group=2,
               months_since_first_application=0),
        person(27, 11, "1940-03-03", is_in_long_term_care=True, pension_cents=40_000,
               long_term_care_cost_cents=100_000),
        person(28, 12, "1940-03-03", pension_cents=25_000, is_chernobyl_participant=True, housing_costs_cents=12_345),
        person(29, 13, mother, partner_id=30, housing_costs_cents=18_000),
        person(30, 13, father, "m", wage_net_cents=6_400, housing_costs_cents=18_000),
        person(31, 13, f"{year - 1}-06-11", parent_1_id=29, parent_2_id=30, housing_costs_cents=18_000),
    ]  # fmt: skip


def nation(persons: int, on: str, weights: bool = False) -> pa.Table:
    """Synthetic persons of a month and, after them, the rare families."""
    rows = [{name: value + _FIRST if name.endswith("_id") and value is not None else value
             for name, value in row.items()} for row in rare_families(on)]  # fmt: skip
    rare = table_of(*rows)
    drawn = synthesise(persons, seed=7, on=on)
    known = {**TYPES, **{name: pa.int64() for name in (*drawn.column_names, *rare.column_names) if name not in TYPES}}
    names = list(dict.fromkeys([*drawn.column_names, *rare.column_names]))
    parts = [pa.table({name: part.column(name).cast(known[name]) if name in part.column_names
                       else pa.nulls(len(part), known[name]) for name in names}) for part in (drawn, rare)]  # fmt: skip
    table = pa.concat_tables(parts)
    if weights:
        drawn_weights = np.random.default_rng(11).uniform(0.1, 900, _FIRST * 2)
        table = table.append_column("weight", pa.array(drawn_weights[table.column("household_id").to_numpy()]))
    return table
