"""The law of January 2026 in OpenFisca-core, as its users write law: a variable a rule, money as float32 euros.

Parameters stand in the formulas, so that no time is spent on looking them up. Who is paid for a child is given as a
position; families and households are group entities. Building the simulation and setting its inputs is no part of what
is timed.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from openfisca_core import periods
from openfisca_core.entities import build_entity
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from benchmarks.peers.figures import *  # noqa: F403

Array = np.ndarray[Any, Any]

Person = build_entity("person", "persons", "Person", is_person=True)
Family = build_entity("family", "families", "Children raised together", roles=[{"key": "child", "plural": "children"}])
Household = build_entity("household", "households", "Household", roles=[{"key": "member", "plural": "members"}])

_MONEY = ("wage_net", "pension", "other_counted_income", "savings", "other_child_payments", "pension_gross",
          "long_term_care_cost")  # fmt: skip
_FLAGS = (
    "has_sight_disability_group_1", "needs_special_care", "has_celiac_certificate", "is_chernobyl_participant",
    "is_imprisoned", "is_in_long_term_care", "is_emergency_guardian", "is_employed", "is_disabled_since_childhood",
    "is_married", "is_disabled_child", "applied_for_family_state_benefit", "is_insured", "is_orphan_after_care",
)  # fmt: skip
_NUMBERS = (
    "born", "died", "resident_status", "care_granted_on", "adopted_on", "assistant_hours", "education", "birth_rank",
    "sex", "disability_group", "lost_breadwinner_on", "unemployed_since", "left_care_on", "mobility_opinion_on",
)  # fmt: skip
_LINKS = ("preadoption_carer", "adoptive_payee", "foster_payee", "guardian", "partner", "family_payee")
_OF_HOUSEHOLD = {
    "months_since_first_application": int, "has_needy_property": bool, "crisis": bool,
    "housing_benefit_first_month": int, "housing_costs": float,
}  # fmt: skip


class Structure:
    """The tax-benefit system, and one simulation with its inputs set.

    Attributes:
        seconds_to_build: the simulation with its entities.
        seconds_to_set: the inputs.
    """

    def __init__(self, columns: dict[str, Array]) -> None:
        started = time.perf_counter()
        self.period = periods.period("2026-01")
        system = TaxBenefitSystem([Person, Family, Household])
        rules = [one for one in globals().values() if getattr(one, "__base__", None) is Variable]
        self.formulas = [one.__name__ for one in rules]
        system.add_variables(*rules, *_inputs())
        starts = columns["starts"].astype(np.int64)
        count, sizes = int(starts[-1]), np.diff(starts)
        first = np.repeat(starts[:-1], sizes)
        rows = np.arange(count)
        family = np.where(columns["family"] >= 0, first + columns["family"], rows)
        builder = SimulationBuilder()
        builder.create_entities(system)
        builder.declare_person_entity("person", rows)
        for name, groups in (("family", family), ("household", np.repeat(np.arange(len(sizes)), sizes))):
            entity = builder.declare_entity(name, np.unique(groups))
            builder.join_with_persons(entity, groups, roles=np.full(count, "child" if name == "family" else "member"))
        self.simulation = builder.build(system)
        self.seconds_to_build = time.perf_counter() - started
        started = time.perf_counter()
        for name in (*_MONEY, *_FLAGS, *_NUMBERS):
            self.set(name, columns[name], money=name in _MONEY)
        self.set("has_family", columns["family"] >= 0)
        for name in _LINKS:
            self.set(f"{name}_row", np.where(columns[name] >= 0, first + columns[name], -1))
        for name in _OF_HOUSEHOLD:
            self.set(name, columns[name], money=name == "housing_costs")
        self.seconds_to_set = time.perf_counter() - started

    def set(self, name: str, values: Array, *, money: bool = False) -> None:
        variable = self.simulation.tax_benefit_system.get_variable(name)
        values = values / 100 if money else values
        self.simulation.set_input(name, self.period, values.astype(variable.dtype))

    def forget(self) -> None:
        """Drop what was calculated; inputs stay."""
        for name in self.formulas:
            self.simulation.delete_arrays(name, self.period)


def _inputs() -> list[type[Variable]]:
    kinds = dict.fromkeys(_MONEY, float) | dict.fromkeys((*_FLAGS, "has_family"), bool) | dict.fromkeys(_NUMBERS, int)
    kinds |= {f"{name}_row": int for name in _LINKS}
    made = [(name, kind, Person) for name, kind in kinds.items()]
    made += [(name, kind, Household) for name, kind in _OF_HOUSEHOLD.items()]
    return [
        type(name, (Variable,), {"value_type": kind, "entity": entity, "definition_period": periods.MONTH,
                                 "label": name})  # fmt: skip
        for name, kind, entity in made
    ]


OUTPUTS: list[str] = []


def evaluate(_: dict[str, Array], structure: Structure) -> dict[str, Array]:
    """Every right of the month at its payee, and both statuses."""
    structure.forget()
    return {name: structure.simulation.calculate(name, structure.period) for name in OUTPUTS}


# -- how the formulas below are written ----------------------------------------------------------------------------


def euros(cents: int) -> np.float32:
    return np.float32(cents / 100)


def cents(amount: Array) -> Array:
    """Rounded half up to the cent."""
    return np.floor(amount * 100 + 0.5) / 100


def share(rate: int) -> np.float32:
    return np.float32(rate / RATE_ONE)


def month_of(day: Array) -> Array:
    return day // 32


def at(person: Any, rows: Array, amounts: Array) -> Array:
    """Amounts summed up at the persons in those rows."""
    is_paid = (rows >= 0) & (amounts != 0)
    return np.bincount(rows[is_paid], weights=amounts[is_paid], minlength=person.count).astype(np.float32)


def of(rows: Array, values: Array) -> Array:
    """The values of the persons in those rows; nothing where there is none."""
    return np.where(rows >= 0, values[rows], 0)


def output(variable: type[Variable]) -> type[Variable]:
    OUTPUTS.append(variable.__name__)
    return variable


# -- persons -------------------------------------------------------------------------------------------------------


class months_since_birth(Variable):
    value_type = int
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        return MONTH - month_of(person("born", period))


class age_months(Variable):
    value_type = int
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        return person("months_since_birth", period) - (person("born", period) % 32 > 1)


class age_years(Variable):
    value_type = int
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        return person("age_months", period) // 12


class is_living(Variable):
    value_type = bool
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        died = person("died", period)
        return (person("months_since_birth", period) >= 0) * ((died == 0) + (month_of(died) > MONTH))


class is_minor(Variable):
    value_type = bool
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        return person("months_since_birth", period) < MAJORITY_MONTHS


class counts_in_household(Variable):
    value_type = bool
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        return np.logical_not(person("is_imprisoned", period) + person("is_in_long_term_care", period))


class is_member(Variable):
    value_type = bool
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        return person("is_living", period) * person("counts_in_household", period)


class is_pupil(Variable):
    value_type = bool
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        education = person("education", period)
        return (education == GENERAL) + (education == VOCATIONAL)


class is_full_time_student(Variable):
    value_type = bool
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        return person("education", period) == HIGHER_FULL_TIME


class is_studying(Variable):
    value_type = bool
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        years, pupil = person("age_years", period), person("is_pupil", period)
        is_student = person("is_full_time_student", period)
        return pupil * (years < SCHOOL_UNTIL_YEARS) + is_student * (years < STUDY_UNTIL_YEARS)


class is_disabled_adult(Variable):
    value_type = bool
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        return np.logical_not(person("is_minor", period)) * (person("disability_group", period) >= 1)


class has_reached_pension_age(Variable):
    value_type = bool
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        row = np.searchsorted(np.array(PENSION_AGE_FROM, np.int32), person("born", period), side="right")
        return person("age_months", period) >= np.array((0, *PENSION_AGE_MONTHS), np.int32)[row]


# -- children ------------------------------------------------------------------------------------------------------


class childcare_amount(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        months = person("age_months", period)
        until = np.where(person("born", period) < CHILDCARE_NEW_FROM, CHILDCARE_UNTIL_MONTHS, CHILDCARE_UNTIL_MONTHS_NEW)
        amount = np.where(months < CHILDCARE_FIRST_PART_MONTHS, euros(CHILDCARE_FIRST), euros(CHILDCARE_SECOND))
        return amount * (months < until) * person("is_living", period)


@output
class childcare_benefit(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        is_first = person("birth_rank", period) == 0
        return at(person, person("family_payee_row", period), person("childcare_amount", period) * is_first)


@output
class childcare_twins_supplement(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        is_later = person("birth_rank", period) != 0
        return at(person, person("family_payee_row", period), person("childcare_amount", period) * is_later)


@output
class childbirth_benefit(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        is_due = (person("months_since_birth", period) == 0) * person("is_living", period)
        return at(person, person("family_payee_row", period), is_due * euros(CHILDBIRTH))


@output
class disabled_child_care_benefit(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        is_due = (
            person("is_disabled_child", period) * person("needs_special_care", period) * person("is_minor", period)
            * person("is_member", period)
        )  # fmt: skip
        return at(person, person("family_payee_row", period), is_due * euros(DISABLED_CHILD_CARE))


@output
class disabled_child_supplement(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        is_due = person("is_disabled_child", period) * (person("age_years", period) < DISABLED_CHILD_UNTIL_YEARS)
        amount = is_due * person("is_living", period) * euros(DISABLED_CHILD_SUPPLEMENT)
        return at(person, person("family_payee_row", period), amount)


class is_family_benefit_child(Variable):
    value_type = bool
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        years = person("age_years", period)
        is_student = person("is_full_time_student", period) * person("applied_for_family_state_benefit", period)
        is_learning = (person("is_pupil", period) + is_student) * np.logical_not(person("is_married", period))
        is_of_age = (years >= FAMILY_FROM_YEARS) * (years < FAMILY_UNTIL_YEARS)
        return is_of_age * ((years < FAMILY_SCHOOL_YEARS) + is_learning + person("is_disabled_child", period))


class family_benefit_children(Variable):
    value_type = int
    entity = Family
    definition_period = periods.MONTH

    def formula(family, period):
        return family.sum(family.members("is_family_benefit_child", period) * family.members("is_living", period)
                          * family.members("has_family", period))  # fmt: skip


class family_benefit_for_child(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        number = np.minimum(person.family("family_benefit_children", period), len(FAMILY_PER_CHILD) - 1)
        per_child = np.array(FAMILY_PER_CHILD, np.float32) / 100
        return per_child[number] * person("is_family_benefit_child", period) * person("has_family", period)


@output
class family_state_benefit(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        amount = person("family_benefit_for_child", period) * person("is_living", period)
        return at(person, person("family_payee_row", period), amount)


# -- guardians, foster families, adoption --------------------------------------------------------------------------


class is_child_before_adoption(Variable):
    value_type = bool
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        is_placed = (person("preadoption_carer_row", period) >= 0) * (month_of(person("care_granted_on", period)) <= MONTH)
        return is_placed * person("is_minor", period) * person("is_living", period)


@output
class adoptee_care_remuneration(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        children = at(person, person("preadoption_carer_row", period), person("is_child_before_adoption", period))
        return (children > 0) * person("is_living", period) * euros(ADOPTEE_CARE)


class is_adopted_child(Variable):
    value_type = bool
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        is_adopted = (person("adoptive_payee_row", period) >= 0) * (month_of(person("adopted_on", period)) <= MONTH)
        return is_adopted * person("is_minor", period) * person("is_living", period)


@output
class adoption_benefit(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        is_older = person("age_years", period) >= OLDER_FROM_YEARS
        amount = np.where(is_older, euros(ADOPTION_OLDER), euros(ADOPTION_YOUNGER))
        return at(person, person("adoptive_payee_row", period), amount * person("is_adopted_child", period))


@output
class adoption_remuneration(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        is_due = person("is_adopted_child", period) * (month_of(person("adopted_on", period)) == MONTH)
        return at(person, person("adoptive_payee_row", period), is_due * euros(ADOPTION_ONCE))


class is_foster_child(Variable):
    value_type = bool
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        is_placed = (person("foster_payee_row", period) >= 0) * (month_of(person("care_granted_on", period)) <= MONTH)
        return is_placed * person("is_minor", period) * person("is_living", period)


@output
class foster_family_remuneration(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        children = at(person, person("foster_payee_row", period), person("is_foster_child", period)).astype(np.int32)
        by_children = np.array(FOSTER_BY_CHILDREN, np.float32) / 100
        return by_children[np.minimum(children, len(by_children) - 1)] * person("is_living", period)


@output
class foster_child_maintenance(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        is_older = person("age_years", period) >= OLDER_FROM_YEARS
        amount = np.where(is_older, euros(FOSTER_CHILD_OLDER), euros(FOSTER_CHILD_YOUNGER))
        is_due = person("is_minor", period) * person("is_living", period)
        return at(person, person("foster_payee_row", period), amount * is_due)


class is_ward(Variable):
    value_type = bool
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        is_placed = (person("guardian_row", period) >= 0) * (month_of(person("care_granted_on", period)) <= MONTH)
        return is_placed * person("is_minor", period) * person("is_living", period)


class has_emergency_guardian(Variable):
    value_type = bool
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        own = person("is_emergency_guardian", period)
        return own + of(person("guardian_row", period), own)


@output
class guardian_remuneration(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        is_ward, is_emergency = person("is_ward", period), person("has_emergency_guardian", period)
        rows = person("guardian_row", period)
        ordinary = at(person, rows, is_ward * np.logical_not(is_emergency))
        emergency = at(person, rows, is_ward * is_emergency)
        amount = (ordinary > 0) * euros(GUARDIAN) + (emergency > 0) * euros(EMERGENCY_GUARDIAN)
        return amount * person("is_living", period)


@output
class guardian_child_benefit(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        is_older = person("age_years", period) >= OLDER_FROM_YEARS
        reducing = person("family_benefit_for_child", period) + person("survivor_social_security_benefit", period)
        reducing = reducing + person("other_child_payments", period)
        ordinary = np.maximum(np.where(is_older, euros(WARD_OLDER), euros(WARD_YOUNGER)) - reducing, 0)
        amount = np.where(person("has_emergency_guardian", period), euros(EMERGENCY_WARD), ordinary)
        return at(person, person("guardian_row", period), amount * person("is_ward", period))


# -- refugees ------------------------------------------------------------------------------------------------------


class has_refugee_status(Variable):
    value_type = bool
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        status = person("resident_status", period)
        return (status == REFUGEE) + (status == ALTERNATIVE)


class is_second_spouse(Variable):
    value_type = bool
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        is_refugee_adult = person("has_refugee_status", period) * np.logical_not(person("is_minor", period))
        partner, born = person("partner_row", period), person("born", period)
        partner_born = of(partner, born)
        is_later = (born > partner_born) + (born == partner_born) * (person("sex", period) == MALE)
        return is_refugee_adult * of(partner, is_refugee_adult) * is_later


@output
class refugee_benefit(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        months = person.household("months_since_first_application", period)
        is_refugee = person("resident_status", period) == REFUGEE
        allowed = np.where(is_refugee, REFUGEE_MONTHS, ALTERNATIVE_MONTHS)
        is_due = person("has_refugee_status", period) * (months < allowed) * person("is_living", period)
        amount = np.select(
            [person("is_minor", period), person("is_second_spouse", period)],
            [euros(REFUGEE_MINOR), euros(REFUGEE_SPOUSE)],
            euros(REFUGEE_ADULT),
        )
        return amount * is_due


@output
class refugee_one_off_support(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        months = person.household("months_since_first_application", period)
        is_due = person("has_refugee_status", period) * (months == 0) * person("is_living", period)
        amount = np.select(
            [person("is_minor", period), person("is_second_spouse", period)],
            [euros(REFUGEE_ONCE_MINOR), euros(REFUGEE_ONCE_SPOUSE)],
            euros(REFUGEE_ONCE_ADULT),
        )
        return amount * is_due


# -- state social security benefit ---------------------------------------------------------------------------------


class has_no_state_pension(Variable):
    value_type = bool
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        return person("pension", period) == 0


class social_security_group_amount(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        childhood = person("is_disabled_since_childhood", period)
        base = np.where(childhood, euros(DISABILITY_BASE_CHILDHOOD), euros(DISABILITY_BASE))
        coefficients = np.array(GROUP_COEFFICIENTS, np.float32) / RATE_ONE
        return cents(base * coefficients[np.minimum(person("disability_group", period), 3)])


class social_security_disability_amount(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        shares = np.array(NOT_EMPLOYED_SHARES, np.float32) / RATE_ONE
        rate = shares[np.minimum(person("disability_group", period), 3)]
        amount = person("social_security_group_amount", period)
        return amount + cents(amount * rate * np.logical_not(person("is_employed", period)))


class social_security_amount(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        is_disabled = person("is_disabled_adult", period)
        is_old = person("has_reached_pension_age", period) * np.logical_not(person("is_employed", period))
        is_due = person("has_no_state_pension", period) * (is_disabled + is_old)
        amount = np.where(is_disabled, person("social_security_disability_amount", period), euros(SOCIAL_SECURITY_AGE))
        return amount * is_due


class survivor_social_security_amount(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        lost = person("lost_breadwinner_on", period)
        is_due = (
            (lost != 0) * (month_of(lost) <= MONTH) * (person("is_minor", period) + person("is_studying", period))
            * np.logical_not(person("is_married", period)) * person("has_no_state_pension", period)
        )  # fmt: skip
        is_older = person("age_years", period) >= OLDER_FROM_YEARS
        return np.where(is_older, euros(SURVIVOR_OLDER), euros(SURVIVOR_YOUNGER)) * is_due


@output
class state_social_security_benefit(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        own, survivor = person("social_security_amount", period), person("survivor_social_security_amount", period)
        return own * (own >= survivor) * person("is_living", period)


@output
class survivor_social_security_benefit(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        own, survivor = person("social_security_amount", period), person("survivor_social_security_amount", period)
        return survivor * (survivor > own) * person("is_living", period)


# -- disability, after care, services ------------------------------------------------------------------------------


@output
class disabled_person_care_benefit(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        is_due = person("is_disabled_adult", period) * person("needs_special_care", period) * person("is_member", period)
        childhood = person("is_disabled_since_childhood", period)
        return np.where(childhood, euros(DISABLED_PERSON_CARE_CHILDHOOD), euros(DISABLED_PERSON_CARE)) * is_due


@output
class transport_benefit(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        opinion = person("mobility_opinion_on", period)
        months = MONTH - month_of(opinion)
        is_due = (opinion != 0) * (months >= 0) * (months % TRANSPORT_EVERY_MONTHS == 0) * person("is_member", period)
        return is_due * euros(TRANSPORT)


@output
class blind_assistant_benefit(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        has_no_other = (person("assistant_hours", period) == 0) * np.logical_not(person("needs_special_care", period))
        is_due = person("has_sight_disability_group_1", period) * has_no_other * person("is_living", period)
        return is_due * euros(BLIND_ASSISTANT)


@output
class celiac_support(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        is_child = person("is_minor", period) + person("is_studying", period)
        return person("has_celiac_certificate", period) * is_child * person("is_living", period) * euros(CELIAC)


@output
class chernobyl_benefit(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        return person("is_chernobyl_participant", period) * person("is_living", period) * euros(SOCIAL_SECURITY_AGE)


class left_care_month(Variable):
    value_type = int
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        left = person("left_care_on", period)
        return np.where(left != 0, month_of(left), month_of(person("born", period)) + MAJORITY_MONTHS)


class is_leaving_care(Variable):
    value_type = bool
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        is_now = person("left_care_month", period) == MONTH
        return person("is_orphan_after_care", period) * is_now * person("is_living", period)


@output
class household_goods_grant(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        return person("is_leaving_care", period) * euros(CARE_LEAVER_GOODS)


@output
class independent_living_grant(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        childhood = person("is_disabled_since_childhood", period)
        amount = np.where(childhood, euros(CARE_LEAVER_START_CHILDHOOD), euros(CARE_LEAVER_START))
        return amount * person("is_leaving_care", period)


@output
class studying_orphan_benefit(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        has_left = person("is_orphan_after_care", period) * (person("left_care_month", period) <= MONTH)
        is_student = (person("age_years", period) < STUDY_UNTIL_YEARS) * (person("education", period) != NO_EDUCATION)
        childhood = person("is_disabled_since_childhood", period)
        amount = np.where(childhood, euros(CARE_LEAVER_STUDY_CHILDHOOD), euros(CARE_LEAVER_STUDY))
        return amount * has_left * is_student * person("is_living", period)


@output
class assistant_service_funding(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        return person("assistant_hours", period) * person("is_living", period) * euros(ASSISTANT_FUNDING)


@output
class assistant_wage(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        return person("assistant_hours", period) * person("is_living", period) * euros(ASSISTANT_WAGE)


@output
class assistant_administration(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        return person("assistant_hours", period) * person("is_living", period) * euros(ASSISTANT_ADMINISTRATION)


@output
class long_term_care_client_share(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        gross, cost = person("pension_gross", period), person("long_term_care_cost", period)
        is_due = person("is_in_long_term_care", period) * (gross > 0) * (cost > 0) * person("is_living", period)
        return np.minimum(cents(gross * share(LONG_TERM_CARE_SHARE)), cost) * is_due


# -- funerals ------------------------------------------------------------------------------------------------------


class household_has_insured_adult(Variable):
    value_type = bool
    entity = Household
    definition_period = periods.MONTH

    def formula(household, period):
        is_adult = np.logical_not(household.members("is_minor", period))
        return household.any(household.members("is_insured", period) * is_adult * household.members("is_living", period))


class is_month_of_death(Variable):
    value_type = bool
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        return month_of(person("died", period)) == MONTH


class social_security_funeral_amount(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        own, survivor = person("social_security_amount", period), person("survivor_social_security_amount", period)
        return np.maximum(own, survivor) * FUNERAL_MULTIPLE * person("is_month_of_death", period)


class insured_funeral_amount(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        since = person("unemployed_since", period)
        is_unemployed = (since != 0) * (month_of(since) <= MONTH)
        is_learning = person("is_pupil", period) + person("is_full_time_student", period)
        is_dependant = person("is_minor", period) + is_learning * (person("age_years", period) < STUDY_UNTIL_YEARS)
        is_dependant = is_dependant * np.logical_not(person("is_insured", period))
        is_dependant = is_dependant * person.household("household_has_insured_adult", period)
        is_due = person("is_month_of_death", period) * (is_unemployed + is_dependant)
        return is_due * euros(SOCIAL_SECURITY_AGE * INSURED_FUNERAL_MULTIPLE)


@output
class funeral_benefit(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        by_security, by_insurance = (
            person("social_security_funeral_amount", period), person("insured_funeral_amount", period)
        )  # fmt: skip
        return by_security * (by_security >= by_insurance)


@output
class insured_funeral_benefit(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        by_security, by_insurance = (
            person("social_security_funeral_amount", period), person("insured_funeral_amount", period)
        )  # fmt: skip
        return by_insurance * (by_insurance > by_security)


# -- households ----------------------------------------------------------------------------------------------------


class household_members(Variable):
    value_type = int
    entity = Household
    definition_period = periods.MONTH

    def formula(household, period):
        return household.sum(household.members("is_member", period))


class counted_income(Variable):
    value_type = float
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        return (
            person("wage_net", period) + person("pension", period) + person("other_counted_income", period)
            + person("childcare_amount", period) + person("adoptee_care_remuneration", period)
            + person("foster_family_remuneration", period) + person("guardian_remuneration", period)
            + person("chernobyl_benefit", period) + person("refugee_benefit", period)
            + person("state_social_security_benefit", period) + person("survivor_social_security_benefit", period)
        )  # fmt: skip


class household_income(Variable):
    value_type = float
    entity = Household
    definition_period = periods.MONTH

    def formula(household, period):
        return household.sum(household.members("counted_income", period) * household.members("is_member", period))


class household_savings(Variable):
    value_type = float
    entity = Household
    definition_period = periods.MONTH

    def formula(household, period):
        return household.sum(household.members("savings", period) * household.members("is_member", period))


def threshold(household: Any, period: Any, first: int, other: int) -> Array:
    members = household("household_members", period)
    return np.where(members >= 1, euros(first) + euros(other) * (members - 1), 0)


class has_needy_means(Variable):
    value_type = bool
    entity = Household
    definition_period = periods.MONTH

    def formula(household, period):
        limit = threshold(household, period, SAVINGS_FIRST, SAVINGS_OTHER)
        is_any = household("household_members", period) >= 1
        return household("has_needy_property", period) * is_any * (household("household_savings", period) <= limit)


@output
class needy_household(Variable):
    value_type = bool
    entity = Household
    definition_period = periods.MONTH

    def formula(household, period):
        limit = threshold(household, period, NEEDY_FIRST, NEEDY_OTHER)
        return household("has_needy_means", period) * (household("household_income", period) <= limit)


@output
class low_income_household(Variable):
    value_type = bool
    entity = Household
    definition_period = periods.MONTH

    def formula(household, period):
        limit = threshold(household, period, LOW_INCOME_FIRST, LOW_INCOME_OTHER)
        is_low = household("has_needy_means", period) * (household("household_income", period) <= limit)
        return is_low * np.logical_not(household("needy_household", period))


class is_ukrainian_household(Variable):
    value_type = bool
    entity = Household
    definition_period = periods.MONTH

    def formula(household, period):
        is_ukrainian = household.members("resident_status", period) == UKRAINE_CIVILIAN
        number = household.sum(is_ukrainian * household.members("is_member", period))
        members = household("household_members", period)
        return (members >= 1) * (number == members)


class is_means_test_waived(Variable):
    value_type = bool
    entity = Household
    definition_period = periods.MONTH

    def formula(household, period):
        months = household("months_since_first_application", period)
        return household("is_ukrainian_household", period) * (months < MEANS_TEST_WAIVED_MONTHS)


class gmi_threshold(Variable):
    value_type = float
    entity = Household
    definition_period = periods.MONTH

    def formula(household, period):
        return threshold(household, period, GMI_FIRST, GMI_OTHER)


@output
class gmi_benefit(Variable):
    value_type = float
    entity = Household
    definition_period = periods.MONTH

    def formula(household, period):
        is_waived, limit = household("is_means_test_waived", period), household("gmi_threshold", period)
        income = household("household_income", period) * np.logical_not(is_waived)
        return (limit - income) * (is_waived + household("needy_household", period) * (income < limit))


class is_pension_age_or_disabled(Variable):
    value_type = bool
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        return person("has_reached_pension_age", period) + person("is_disabled_adult", period)


class is_housing_child(Variable):
    value_type = bool
    entity = Person
    definition_period = periods.MONTH

    def formula(person, period):
        is_young = (person("age_years", period) < STUDY_UNTIL_YEARS) * np.logical_not(
            person("is_pension_age_or_disabled", period)
        )
        is_learning = person("is_pupil", period) + person("is_full_time_student", period)
        return person("is_minor", period) + is_young * is_learning


class housing_coefficient(Variable):
    value_type = float
    entity = Household
    definition_period = periods.MONTH

    def formula(household, period):
        members, is_member = household("household_members", period), household.members("is_member", period)
        old = household.sum(household.members("is_pension_age_or_disabled", period) * is_member)
        children = household.sum(household.members("is_housing_child", period) * is_member)
        is_with_children = (children >= 1) * (old >= 1) * (children + old == members)
        return np.select(
            [(members == 1) * (old == 1), (members >= 2) * (old == members), is_with_children],
            [share(HOUSING_LONE), share(HOUSING_ONLY), share(HOUSING_WITH_CHILDREN)],
            share(HOUSING_OTHER),
        )


@output
class housing_benefit(Variable):
    value_type = float
    entity = Household
    definition_period = periods.MONTH

    def formula(household, period):
        costs = household("housing_costs", period)
        minimum = cents(household("gmi_threshold", period) * household("housing_coefficient", period))
        lacking = minimum + costs - household("household_income", period) - household("gmi_benefit", period)
        is_due = household("has_needy_means", period) * (household("housing_benefit_first_month", period) <= MONTH)
        return np.minimum(lacking, costs) * is_due * (costs > 0) * (lacking > 0)


@output
class crisis_benefit(Variable):
    value_type = float
    entity = Household
    definition_period = periods.MONTH

    def formula(household, period):
        members = household("household_members", period)
        minors = household.sum(household.members("is_minor", period) * household.members("is_member", period))
        ukrainian = (members - minors) * euros(CRISIS_UKRAINIAN_ADULT) + minors * euros(CRISIS_UKRAINIAN_CHILD)
        amount = np.where(household("is_ukrainian_household", period), ukrainian, euros(CRISIS_OTHER))
        return amount * household("crisis", period) * (members >= 1)


class is_kit_household(Variable):
    value_type = bool
    entity = Household
    definition_period = periods.MONTH

    def formula(household, period):
        return household("needy_household", period) + household("crisis", period)


@output
class food_kits(Variable):
    value_type = int
    entity = Household
    definition_period = periods.MONTH

    def formula(household, period):
        return household("household_members", period) * household("is_kit_household", period) * FOOD_KITS


@output
class hygiene_kits(Variable):
    value_type = int
    entity = Household
    definition_period = periods.MONTH

    def formula(household, period):
        return household("household_members", period) * household("is_kit_household", period) * HYGIENE_KITS


@output
class child_food_kits(Variable):
    value_type = int
    entity = Household
    definition_period = periods.MONTH

    def formula(household, period):
        months = household.members("age_months", period)
        is_child = (months >= CHILD_FOOD_FROM_MONTHS) * (months <= CHILD_FOOD_TO_MONTHS)
        children = household.sum(is_child * household.members("is_member", period))
        return children * household("is_kit_household", period) * CHILD_FOOD_KITS


@output
class child_hygiene_kits(Variable):
    value_type = int
    entity = Household
    definition_period = periods.MONTH

    def formula(household, period):
        is_child = household.members("age_months", period) < CHILD_HYGIENE_UNTIL_MONTHS
        children = household.sum(is_child * household.members("is_member", period))
        return children * household("is_kit_household", period) * CHILD_HYGIENE_KITS


@output
class school_kits(Variable):
    value_type = int
    entity = Household
    definition_period = periods.MONTH

    def formula(household, period):
        years = household.members("age_years", period)
        is_child = (years >= SCHOOL_FROM_YEARS) * (years <= SCHOOL_TO_YEARS)
        children = household.sum(is_child * household.members("is_member", period))
        return children * household("is_kit_household", period) * SCHOOL_KITS
