"""Sums over a block of a population file, from which the comparison with published figures is made."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from balsts.population.synthesis.calendar import Calendar
from balsts.population.synthesis.facts import Bools, Floats, Ints, published, threshold
from balsts.population.synthesis.means import counted_income
from balsts.population.synthesis.pension_right import pension_age_years

_HIGHEST_WAGE = 100_000


class Columns:
    """The columns of a block as arrays, with the defaults filled in; relations are positions in the block or -1."""

    def __init__(self, block: pa.Table, calendar: Calendar) -> None:
        self.block = block
        self.calendar = calendar
        self.born = self.days("born")
        self.age = calendar.age(self.born)
        self.is_man = self.has_word("sex", "m")
        starts = np.flatnonzero(np.diff(self.numbers("household_id"), prepend=-1))
        self.first = starts.astype(np.int64)
        self.size = np.diff(np.append(starts, len(self.age)))
        self.is_inside = self.flags("is_in_long_term_care") | self.flags("is_imprisoned")

    def numbers(self, name: str) -> Ints:
        """Whole numbers, 0 where there is none."""
        if name not in self.block.column_names:
            return np.zeros(len(self.block), dtype=np.int64)
        return np.asarray(pc.fill_null(self.block[name], 0).to_numpy(), dtype=np.int64)

    def flags(self, name: str, default: bool = False) -> Bools:
        """Yes or no."""
        if name not in self.block.column_names:
            return np.full(len(self.block), default)
        return np.asarray(pc.fill_null(self.block[name], default).to_numpy(), dtype=np.bool_)

    def days(self, name: str) -> Ints:
        """Days since 1970, 0 where there is none."""
        if name not in self.block.column_names:
            return np.zeros(len(self.block), dtype=np.int64)
        return np.asarray(pc.fill_null(self.block[name].cast(pa.int32()), 0).to_numpy(), dtype=np.int64)

    def has_word(self, name: str, word: str) -> Bools:
        """Whether an enumeration has this value."""
        if name not in self.block.column_names:
            return np.zeros(len(self.block), dtype=np.bool_)
        return np.asarray(pc.fill_null(pc.equal(self.block[name].cast(pa.string()), word), False).to_numpy())

    def relation(self, name: str) -> Ints:
        """The position of the other person, -1 for none or one who is not in the block."""
        if f"{name}_id" not in self.block.column_names:
            return np.full(len(self.block), -1, dtype=np.int64)
        is_known = self.block[f"{name}_id"].is_valid().to_numpy()
        ids, persons = self.numbers(f"{name}_id"), self.numbers("person_id")
        order = np.argsort(persons, kind="stable")
        position = order[np.minimum(np.searchsorted(persons[order], ids), len(persons) - 1)]
        return np.where(is_known & (persons[position] == ids), position, -1)

    def by_household(self, values: Floats | Ints | Bools) -> Floats:
        """The sum over each household."""
        return np.add.reduceat(values.astype(np.float64), self.first)


def tally_block(block: pa.Table, calendar: Calendar) -> tuple[dict[str, float], Ints]:
    """The sums of a block by name, and the number of employees by whole euros of net wage."""
    columns = Columns(block, calendar)
    wages = columns.numbers("wage_net_cents")
    tallies = {"persons": float(len(block))}
    for part in (_ages, _households, _families, _work, _wages, _pensions, _disability, _care, _residence, _assistance):
        tallies |= {name: float(np.sum(values)) for name, values in part(columns).items()}
    return tallies, np.bincount(np.minimum(wages[wages > 0] // 100, _HIGHEST_WAGE))


_Parts = dict[str, Bools | Ints | Floats]


def _ages(of: Columns) -> _Parts:
    return {
        "aged_0_14": of.age < 15,
        "aged_15_64": (of.age >= 15) & (of.age < 65),
        "aged_65_plus": of.age >= 65,
        "aged_20_64": (of.age >= 20) & (of.age < 65),
        "years_of_age": (of.calendar.end - of.born) / 365.2425 - 0.5 / 12,
        "infants": of.born >= of.calendar.months_before_end(18),
    }


def _households(of: Columns) -> _Parts:
    private = of.by_household(of.is_inside) == 0
    size = of.size[private]
    minors = of.by_household(of.age < 18)[private]
    women = of.by_household(~of.is_man)[private]
    return {
        "households": private,
        "persons_in_households": size,
        "households_of_1": size == 1,
        "households_of_2": size == 2,
        "households_of_3_5": (size >= 3) & (size <= 5),
        "households_of_6_plus": size >= 6,
        "women_alone": (size == 1) & (women == 1),
        "with_minors": minors > 0,
        "with_1_minor": minors == 1,
        "with_2_minors": minors == 2,
        "with_3_minors": minors >= 3,
    }


def _families(of: Columns) -> _Parts:
    head, father = of.relation("parent_1"), of.relation("parent_2")
    partner = of.relation("partner")
    raises_minor, has_child, has_family = (np.zeros(len(of.age), dtype=np.bool_) for _ in range(3))
    for parent in (head, father):
        raises_minor[parent[(parent >= 0) & (of.age < 18)]] = True
        has_family[parent[parent >= 0]] = True
    for parent in (head, father):  # a son or daughter with a family of their own is no child of this one
        has_child[parent[(parent >= 0) & (partner < 0) & ~has_family]] = True
    woman = ~of.is_man & (partner >= 0)
    married = of.flags("is_married")
    with_minors = woman & (raises_minor | raises_minor[np.maximum(partner, 0)])
    childless = woman & ~has_child & ~has_child[np.maximum(partner, 0)]
    lone = raises_minor & (partner < 0)
    return {
        "married_with_minors": with_minors & married,
        "cohabiting_with_minors": with_minors & ~married,
        "lone_mothers": lone & ~of.is_man,
        "lone_fathers": lone & of.is_man,
        "married_without_children": childless & married,
        "cohabiting_without_children": childless & ~married,
    }


def _work(of: Columns) -> _Parts:
    employed = of.flags("is_employed")
    main = employed & (of.age >= 15) & (of.age < 75)
    disabled = of.numbers("disability_group") > 0
    return {
        "employed_15_74": main,
        "employed_men_15_74": main & of.is_man,
        "employed_women_15_74": main & ~of.is_man,
        "employed_15_24": main & (of.age < 25),
        "employed_75_plus": employed & (of.age >= 75),
        "employed_20_64": main & (of.age >= 20) & (of.age < 65),
        "disabled_adults": disabled,
        "disabled_employed": disabled & employed,
        "unemployed": of.days("unemployed_since") > 0,
        "general_pupils": of.has_word("education", "general"),
        "vocational_pupils": of.has_word("education", "vocational"),
        "young_students": of.has_word("education", "higher_full_time") & (of.age < 20),
    }


def _wages(of: Columns) -> _Parts:
    wages = of.numbers("wage_net_cents")
    minimum = round(published(f"minimum_wage_net_{of.calendar.year}") * 100)
    return {"wages": wages / 100, "employees": wages > 0, "low_wages": (wages > 0) & (wages <= minimum)}


def _pensions(of: Columns) -> _Parts:
    net, stated = of.numbers("pension_cents"), of.numbers("pension_gross_cents")
    gross = np.where(stated > 0, stated, net)
    reached = (of.calendar.end - of.born) / 365.2425 >= pension_age_years(of.calendar.year)
    group = of.numbers("disability_group")
    lost = of.days("lost_breadwinner_on") != 0
    old = (net > 0) & (reached | of.flags("is_early_pension"))
    return {
        "old_age_pensioners": old,
        "old_age_pensions": np.where(old, gross, 0) / 100,
        "pensions_up_to_300": old & (gross <= 300_00),
        "pensions_300_500": old & (gross > 300_00) & (gross <= 500_00),
        "disability_pensioners": (net > 0) & ~old & (group > 0) & ~lost,
        "survivor_pensioners": (net > 0) & ~old & lost,
    }


def _disability(of: Columns) -> _Parts:
    group, adult = of.numbers("disability_group"), of.age >= 18
    child = of.flags("is_disabled_child") & ~adult
    care, hours = of.flags("needs_special_care"), of.numbers("assistant_hours")
    return {
        "disabled": (group > 0) | child,
        "disabled_children": child,
        "adults_in_care": care & adult,
        "children_in_care": care & ~adult,
        "blind": of.flags("has_sight_disability_group_1"),
        "mobility_opinions": of.days("mobility_opinion_on") != 0,
        "celiac": of.flags("has_celiac_certificate"),
        "assistants_group_1": (hours > 0) & (group == 1),
    }


def _care(of: Columns) -> _Parts:
    guardians, foster = of.relation("guardian"), of.relation("foster_parent_1")
    guardians = guardians[(guardians >= 0) & ~of.flags("is_emergency_guardian")[np.maximum(guardians, 0)]]
    return {
        "guardians": np.array([len(np.unique(guardians))]),
        "foster_families": np.array([len(np.unique(foster[foster >= 0]))]),
        "foster_children": foster >= 0,
        "adopted": of.relation("adoptive_parent_1") >= 0,
        "preadoption": of.relation("preadoption_carer") >= 0,
        "orphans": of.flags("is_orphan_after_care"),
        "prisoners": of.flags("is_imprisoned"),
    }


def _residence(of: Columns) -> _Parts:
    return {
        "ukrainians": of.has_word("resident_status", "ukraine_civilian"),
        "chernobyl": of.flags("is_chernobyl_participant"),
    }


def _assistance(of: Columns) -> _Parts:
    """Needy and low-income persons by a short form of the means test; the exact one is in the law."""
    day = of.calendar.iso
    reached = (of.calendar.end - of.born) / 365.2425 >= pension_age_years(of.calendar.year)
    names = ("wage_net_cents", "pension_cents", "other_counted_income_cents")
    stated = np.sum([of.numbers(name) for name in names], axis=0) / 100
    income = of.by_household(
        counted_income(
            day,
            stated,
            is_infant=of.born >= of.calendar.months_before_end(18),
            disability_group=of.numbers("disability_group"),
            is_old_without_work=reached & ~of.flags("is_employed"),
            has_pension=of.numbers("pension_cents") > 0,
        )
    )
    needy_limit = threshold("needy_first", day) + threshold("needy_other", day) * (of.size - 1)
    low_limit = threshold("low_income_first", day) + threshold("low_income_other", day) * (of.size - 1)
    within = of.flags("has_needy_property", default=True)[of.first] & (of.by_household(of.is_inside) == 0)
    within &= of.by_household(of.numbers("savings_cents")) / 100 <= needy_limit
    needy = within & (income <= needy_limit)
    low = within & (income > needy_limit) & (income <= low_limit)
    bills = of.numbers("housing_costs_cents")[of.first] > 0
    return {"needy": needy * of.size, "low_income": low * of.size, "with_bills": ((needy | low) & bills) * of.size}
