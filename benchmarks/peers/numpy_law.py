"""The law of January 2026 in NumPy, by hand: whole cents in int64, exact, one thread.

Rule by rule over columns, as an expert writes it: masks for what many persons have, positions (`flatnonzero`) for what
few have, sums over households with `add.reduceat` or `bincount`, sums at the one who is paid with `add.at`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.peers.figures import *  # noqa: F403

Array = np.ndarray[Any, Any]


class Structure:
    """Where persons and households stand; worked out once, before anything is timed.

    Attributes:
        heads: position of each household's first person.
        household: of each person.
        first: position of the first person of each person's household; links count from it.
    """

    def __init__(self, columns: dict[str, Array]) -> None:
        starts = columns["starts"].astype(np.int64)
        self.heads = starts[:-1]
        self.households = len(self.heads)
        self.persons = int(starts[-1])
        sizes = np.diff(starts)
        self.household = np.repeat(np.arange(self.households), sizes)
        self.first = np.repeat(self.heads, sizes)


def half_up(exact: Array, denominator: int) -> Array:
    """Amounts are never negative here."""
    return (2 * exact + denominator) // (2 * denominator)


def evaluate(columns: dict[str, Array], structure: Structure) -> dict[str, Array]:
    """Every right of the month at its payee, and both statuses."""
    law = _Law(columns, structure)
    law.ages()
    law.children()
    law.placements()
    law.refugees()
    law.social_security()
    law.disability()
    law.family_benefit()
    law.funerals()
    law.after_care()
    law.services()
    law.social_assistance()
    return law.out


class _Law:
    def __init__(self, columns: dict[str, Array], structure: Structure) -> None:
        self.c = columns
        self.at = structure
        self.out: dict[str, Array] = {}

    def nothing(self) -> Array:
        return np.zeros(self.at.persons, np.int64)

    def paid(self, code: str, persons: Array, amounts: Array | int) -> Array:
        """A right of some persons, paid to themselves."""
        found = self.out[code] = self.nothing()
        found[persons] = amounts
        return found

    def paid_to(self, code: str, link: str, persons: Array, amounts: Array | int) -> None:
        """A right of some persons, summed up at the one they point to."""
        found = self.out[code] = self.nothing()
        to = self.c[link][persons]
        is_paid = to >= 0
        amounts = amounts[is_paid] if isinstance(amounts, np.ndarray) else amounts
        np.add.at(found, self.at.first[persons[is_paid]] + to[is_paid], amounts)

    def count(self, mask: Array) -> Array:
        """How many in each household."""
        return np.bincount(self.at.household[mask], minlength=self.at.households)

    def flag(self, name: str) -> Array:
        return self.c[name].view(np.bool_)

    # -- persons ---------------------------------------------------------------------------------------------------

    def ages(self) -> None:
        born, died = self.c["born"], self.c["died"]
        self.months_since_birth = MONTH - (born >> 5)
        self.age_months = self.months_since_birth - ((born & 31) > 1)
        self.age_years = self.age_months // 12
        self.living = self.months_since_birth >= 0
        gone = np.flatnonzero(died)
        self.living[gone] &= (died[gone] >> 5) > MONTH
        self.minor = self.months_since_birth < MAJORITY_MONTHS
        self.counts = ~(self.flag("is_imprisoned") | self.flag("is_in_long_term_care"))
        self.member = self.living & self.counts
        self.education = self.c["education"]
        self.pupil = (self.education == GENERAL) | (self.education == VOCATIONAL)
        self.childhood = self.flag("is_disabled_since_childhood")
        self.counted = self.nothing()

        self.pension_age = self.age_months >= PENSION_AGE_MONTHS[0]
        between = np.flatnonzero(self.pension_age & (self.age_months < PENSION_AGE_MONTHS[-1]))
        row = np.searchsorted(PENSION_AGE_FROM, born[between], side="right")
        self.pension_age[between] = self.age_months[between] >= np.array((0, *PENSION_AGE_MONTHS))[row]
        self.disabled_adult = ~self.minor & (self.c["disability_group"] >= 1)

    def children(self) -> None:
        born = self.c["born"]
        young = np.flatnonzero((self.age_months < CHILDCARE_UNTIL_MONTHS) & self.living)
        months = self.age_months[young]
        until = np.where(born[young] < CHILDCARE_NEW_FROM, CHILDCARE_UNTIL_MONTHS, CHILDCARE_UNTIL_MONTHS_NEW)
        young, months = young[months < until], months[months < until]
        amounts = np.where(months < CHILDCARE_FIRST_PART_MONTHS, CHILDCARE_FIRST, CHILDCARE_SECOND)
        is_first = self.c["birth_rank"][young] == 0
        self.counted[young] += amounts
        self.paid_to("childcare_benefit", "family_payee", young[is_first], amounts[is_first])
        self.paid_to("childcare_twins_supplement", "family_payee", young[~is_first], amounts[~is_first])
        newborn = young[self.months_since_birth[young] == 0]
        self.paid_to("childbirth_benefit", "family_payee", newborn, CHILDBIRTH)

    # -- guardians, foster families, adoption ----------------------------------------------------------------------

    def linked(self, link: str) -> Array:
        """Minors who point to someone."""
        found = np.flatnonzero(self.c[link] >= 0)
        return found[self.minor[found]]

    def placed(self, link: str, since: str) -> Array:
        found = self.linked(link)
        return found[MONTH >= (self.c[since][found] >> 5)]

    def targets(self, link: str, persons: Array) -> Array:
        return self.at.first[persons] + self.c[link][persons]

    def placements(self) -> None:
        living, years = self.living, self.age_years
        cared = self.placed("preadoption_carer", "care_granted_on")
        carers = np.unique(self.targets("preadoption_carer", cared[living[cared]]))
        carers = carers[living[carers]]
        self.paid("adoptee_care_remuneration", carers, ADOPTEE_CARE)
        self.counted[carers] += ADOPTEE_CARE

        adopted = self.placed("adoptive_payee", "adopted_on")
        adopted = adopted[living[adopted]]
        amounts = np.where(years[adopted] >= OLDER_FROM_YEARS, ADOPTION_OLDER, ADOPTION_YOUNGER)
        self.paid_to("adoption_benefit", "adoptive_payee", adopted, amounts)
        now = adopted[(self.c["adopted_on"][adopted] >> 5) == MONTH]
        self.paid_to("adoption_remuneration", "adoptive_payee", now, ADOPTION_ONCE)

        fostered = self.placed("foster_payee", "care_granted_on")
        parents, children = np.unique(self.targets("foster_payee", fostered[living[fostered]]), return_counts=True)
        parents, children = parents[living[parents]], children[living[parents]]
        amounts = np.array(FOSTER_BY_CHILDREN)[np.minimum(children, len(FOSTER_BY_CHILDREN) - 1)]
        self.paid("foster_family_remuneration", parents, amounts)
        self.counted[parents] += amounts
        maintained = self.linked("foster_payee")
        maintained = maintained[living[maintained]]
        amounts = np.where(years[maintained] >= OLDER_FROM_YEARS, FOSTER_CHILD_OLDER, FOSTER_CHILD_YOUNGER)
        self.paid_to("foster_child_maintenance", "foster_payee", maintained, amounts)

        self.wards = self.placed("guardian", "care_granted_on")
        self.wards = self.wards[living[self.wards]]
        emergency = self.flag("is_emergency_guardian")
        guardians = self.targets("guardian", self.wards)
        self.emergency_ward = emergency[self.wards] | emergency[guardians]
        ordinary = np.unique(guardians[~self.emergency_ward])
        extra = np.unique(guardians[self.emergency_ward])
        amounts = self.paid("guardian_remuneration", ordinary[living[ordinary]], GUARDIAN)
        amounts[extra[living[extra]]] += EMERGENCY_GUARDIAN
        guardians = np.union1d(ordinary, extra)
        self.counted[guardians] += amounts[guardians]

    def refugees(self) -> None:
        status, since = self.c["resident_status"], self.c["months_since_first_application"]
        covered = np.flatnonzero((status == REFUGEE) | (status == ALTERNATIVE))
        months = since[self.at.household[covered]]
        minor = self.minor[covered]
        partner = self.c["partner"][covered]
        has_partner = partner >= 0
        other = np.where(has_partner, self.at.first[covered] + partner, covered)
        other_is_refugee = (status[other] == REFUGEE) | (status[other] == ALTERNATIVE)
        born, other_born = self.c["born"][covered], self.c["born"][other]
        is_later = (born > other_born) | ((born == other_born) & (self.c["sex"][covered] == MALE))
        second = ~minor & has_partner & other_is_refugee & ~self.minor[other] & is_later
        allowed = np.where(status[covered] == REFUGEE, REFUGEE_MONTHS, ALTERNATIVE_MONTHS)
        due = self.living[covered] & (months < allowed)
        amounts = np.where(minor, REFUGEE_MINOR, np.where(second, REFUGEE_SPOUSE, REFUGEE_ADULT)) * due
        self.paid("refugee_benefit", covered, amounts)
        self.counted[covered] += amounts
        once = np.where(minor, REFUGEE_ONCE_MINOR, np.where(second, REFUGEE_ONCE_SPOUSE, REFUGEE_ONCE_ADULT))
        self.paid("refugee_one_off_support", covered, once * (self.living[covered] & (months == 0)))

    # -- pensions left out, disability -----------------------------------------------------------------------------

    def social_security(self) -> None:
        no_pension = self.c["pension"] == 0
        employed, group = self.flag("is_employed"), self.c["disability_group"]
        recipients = np.flatnonzero(no_pension & (self.disabled_adult | (self.pension_age & ~employed)))
        own = np.full(len(recipients), SOCIAL_SECURITY_AGE)
        is_disabled = self.disabled_adult[recipients]
        disabled = recipients[is_disabled]
        groups = np.minimum(group[disabled], 3)
        base = np.where(self.childhood[disabled], DISABILITY_BASE_CHILDHOOD, DISABILITY_BASE)
        amounts = half_up(base * np.array(GROUP_COEFFICIENTS)[groups], RATE_ONE)
        shares = np.where(employed[disabled], 0, np.array(NOT_EMPLOYED_SHARES)[groups])
        own[is_disabled] = amounts + half_up(amounts * shares, RATE_ONE)

        lost = self.c["lost_breadwinner_on"]
        survivors = np.flatnonzero((lost != 0) & no_pension)
        years, education = self.age_years[survivors], self.education[survivors]
        studying = np.where(
            self.pupil[survivors],
            years < SCHOOL_UNTIL_YEARS,
            (education == HIGHER_FULL_TIME) & (years < STUDY_UNTIL_YEARS),
        )
        is_survivor = (MONTH >= (lost[survivors] >> 5)) & (self.minor[survivors] | studying)
        is_survivor &= ~self.flag("is_married")[survivors]
        survivors, years = survivors[is_survivor], years[is_survivor]
        survivors_amounts = np.where(years >= OLDER_FROM_YEARS, SURVIVOR_OLDER, SURVIVOR_YOUNGER)

        self.social_security_amount = self.nothing()
        self.social_security_amount[recipients] = own
        is_larger = survivors_amounts > self.social_security_amount[survivors]
        survivors, survivors_amounts = survivors[is_larger], survivors_amounts[is_larger]
        benefit = self.social_security_amount.copy()
        benefit[survivors] = 0
        benefit *= self.living
        self.out["state_social_security_benefit"] = benefit
        paid = survivors_amounts * self.living[survivors]
        self.survivor = self.paid("survivor_social_security_benefit", survivors, paid)
        self.social_security_amount[survivors] = survivors_amounts
        self.counted += benefit
        self.counted[survivors] += paid

    def disability(self) -> None:
        living, counts = self.living, self.counts
        children = np.flatnonzero(self.flag("is_disabled_child"))
        children = children[living[children]]
        special = self.flag("needs_special_care")
        cared = children[special[children] & self.minor[children] & counts[children]]
        self.paid_to("disabled_child_care_benefit", "family_payee", cared, DISABLED_CHILD_CARE)
        young = children[self.age_years[children] < DISABLED_CHILD_UNTIL_YEARS]
        self.paid_to("disabled_child_supplement", "family_payee", young, DISABLED_CHILD_SUPPLEMENT)
        adults = np.flatnonzero(special & self.disabled_adult)
        adults = adults[self.member[adults]]
        amounts = np.where(self.childhood[adults], DISABLED_PERSON_CARE_CHILDHOOD, DISABLED_PERSON_CARE)
        self.paid("disabled_person_care_benefit", adults, amounts)

        opinion = self.c["mobility_opinion_on"]
        persons = np.flatnonzero(opinion)
        months = MONTH - (opinion[persons] >> 5)
        is_due = (months >= 0) & (months % TRANSPORT_EVERY_MONTHS == 0) & self.member[persons]
        self.paid("transport_benefit", persons[is_due], TRANSPORT)
        blind = np.flatnonzero(self.flag("has_sight_disability_group_1"))
        hours = self.c["assistant_hours"]
        blind = blind[(hours[blind] == 0) & ~special[blind] & living[blind]]
        self.paid("blind_assistant_benefit", blind, BLIND_ASSISTANT)
        celiac = np.flatnonzero(self.flag("has_celiac_certificate"))
        years = self.age_years[celiac]
        studying = np.where(
            self.pupil[celiac],
            years < SCHOOL_UNTIL_YEARS,
            (self.education[celiac] == HIGHER_FULL_TIME) & (years < STUDY_UNTIL_YEARS),
        )
        celiac = celiac[(self.minor[celiac] | studying) & living[celiac]]
        self.paid("celiac_support", celiac, CELIAC)
        chernobyl = np.flatnonzero(self.flag("is_chernobyl_participant"))
        chernobyl = chernobyl[living[chernobyl]]
        self.paid("chernobyl_benefit", chernobyl, SOCIAL_SECURITY_AGE)
        self.counted[chernobyl] += SOCIAL_SECURITY_AGE

    # -- families --------------------------------------------------------------------------------------------------

    def family_benefit(self) -> None:
        years = self.age_years
        children = np.flatnonzero((years >= FAMILY_FROM_YEARS) & (years < FAMILY_UNTIL_YEARS))
        age, education = years[children], self.education[children]
        student = (education == HIGHER_FULL_TIME) & self.flag("applied_for_family_state_benefit")[children]
        learning = (self.pupil[children] | student) & ~self.flag("is_married")[children]
        is_due = (age < FAMILY_SCHOOL_YEARS) | learning | self.flag("is_disabled_child")[children]
        children = children[is_due]
        family = self.c["family"][children]
        children, family = children[family >= 0], family[family >= 0] + self.at.first[children[family >= 0]]
        living = self.living[children]
        in_family = np.bincount(family[living], minlength=self.at.persons)[family]
        amounts = np.array(FAMILY_PER_CHILD)[np.minimum(in_family, len(FAMILY_PER_CHILD) - 1)]
        self.paid_to("family_state_benefit", "family_payee", children[living], amounts[living])

        wards, years = self.wards, self.age_years[self.wards]
        own = self.nothing()
        own[children] = amounts
        reducing = own[wards] + self.survivor[wards] + self.c["other_child_payments"][wards]
        amounts = np.maximum(np.where(years >= OLDER_FROM_YEARS, WARD_OLDER, WARD_YOUNGER) - reducing, 0)
        self.paid_to("guardian_child_benefit", "guardian", wards,
                     np.where(self.emergency_ward, EMERGENCY_WARD, amounts))  # fmt: skip

    def funerals(self) -> None:
        dead = np.flatnonzero(self.c["died"])
        dead = dead[(self.c["died"][dead] >> 5) == MONTH]
        insured, unemployed = self.flag("is_insured"), self.c["unemployed_since"][dead]
        has_insured = np.zeros(self.at.households, np.bool_)
        has_insured[self.at.household[insured & ~self.minor & self.living]] = True
        by_security = self.social_security_amount[dead] * FUNERAL_MULTIPLE
        studying = self.pupil[dead] | (self.education[dead] == HIGHER_FULL_TIME)
        is_dependant = self.minor[dead] | (studying & (self.age_years[dead] < STUDY_UNTIL_YEARS))
        is_dependant &= ~insured[dead] & has_insured[self.at.household[dead]]
        is_unemployed = (unemployed != 0) & (MONTH >= (unemployed >> 5))
        by_insurance = np.where(is_dependant | is_unemployed, SOCIAL_SECURITY_AGE * INSURED_FUNERAL_MULTIPLE, 0)
        self.paid("funeral_benefit", dead, np.where(by_security >= by_insurance, by_security, 0))
        self.paid("insured_funeral_benefit", dead, np.where(by_insurance > by_security, by_insurance, 0))

    def after_care(self) -> None:
        orphans = np.flatnonzero(self.flag("is_orphan_after_care"))
        orphans = orphans[self.living[orphans]]
        left, born = self.c["left_care_on"][orphans], self.c["born"][orphans]
        month = np.where(left != 0, left >> 5, (born >> 5) + MAJORITY_MONTHS)
        leaving = orphans[month == MONTH]
        self.paid("household_goods_grant", leaving, CARE_LEAVER_GOODS)
        amounts = np.where(self.childhood[leaving], CARE_LEAVER_START_CHILDHOOD, CARE_LEAVER_START)
        self.paid("independent_living_grant", leaving, amounts)
        is_studying = (month <= MONTH) & (self.age_years[orphans] < STUDY_UNTIL_YEARS)
        studying = orphans[is_studying & (self.education[orphans] != NO_EDUCATION)]
        amounts = np.where(self.childhood[studying], CARE_LEAVER_STUDY_CHILDHOOD, CARE_LEAVER_STUDY)
        self.paid("studying_orphan_benefit", studying, amounts)

    def services(self) -> None:
        hours = self.c["assistant_hours"]
        served = np.flatnonzero(hours)
        served = served[self.living[served]]
        hours = hours[served].astype(np.int64)
        self.paid("assistant_service_funding", served, hours * ASSISTANT_FUNDING)
        self.paid("assistant_wage", served, hours * ASSISTANT_WAGE)
        self.paid("assistant_administration", served, hours * ASSISTANT_ADMINISTRATION)
        clients = np.flatnonzero(self.flag("is_in_long_term_care"))
        gross, cost = self.c["pension_gross"][clients], self.c["long_term_care_cost"][clients]
        is_due = (gross > 0) & (cost > 0) & self.living[clients]
        part = half_up(gross * LONG_TERM_CARE_SHARE, RATE_ONE)
        self.paid("long_term_care_client_share", clients, np.where(is_due, np.minimum(part, cost), 0))

    # -- households ------------------------------------------------------------------------------------------------

    def social_assistance(self) -> None:
        c, heads, member, minor = self.c, self.at.heads, self.member, self.minor
        members = self.count(member)
        total = c["wage_net"] + c["pension"]
        total += c["other_counted_income"]
        total += self.counted
        total *= member
        income = np.add.reduceat(total, heads)
        savings = np.add.reduceat(c["savings"] * member, heads)
        others = np.maximum(members - 1, 0)
        is_any = members >= 1

        has_means = c["has_needy_property"].view(np.bool_) & (savings <= is_any * SAVINGS_FIRST + others * SAVINGS_OTHER)
        has_means &= is_any
        needy = has_means & (income <= NEEDY_FIRST + others * NEEDY_OTHER)
        low = has_means & ~needy & (income <= LOW_INCOME_FIRST + others * LOW_INCOME_OTHER)
        self.out["needy_household"] = needy.astype(np.int64)
        self.out["low_income_household"] = low.astype(np.int64)

        ukrainians = self.count(member & (c["resident_status"] == UKRAINE_CIVILIAN))
        is_ukrainian = is_any & (ukrainians == members)
        waived = is_ukrainian & (c["months_since_first_application"] < MEANS_TEST_WAIVED_MONTHS)
        threshold = is_any * GMI_FIRST + others * GMI_OTHER
        gmi_income = income * ~waived
        gmi = (threshold - gmi_income) * (waived | (needy & (gmi_income < threshold)))
        self.out["gmi_benefit"] = gmi
        self.housing(members, is_any, has_means, threshold, income + gmi)
        crisis = c["crisis"].view(np.bool_)
        minors = self.count(member & minor)
        ukrainian_amount = (members - minors) * CRISIS_UKRAINIAN_ADULT + minors * CRISIS_UKRAINIAN_CHILD
        self.out["crisis_benefit"] = np.where(crisis & is_any, np.where(is_ukrainian, ukrainian_amount, CRISIS_OTHER), 0)
        self.kits(needy | crisis, members)

    def housing(self, members: Array, is_any: Array, has_means: Array, threshold: Array, income: Array) -> None:
        old = self.pension_age | self.disabled_adult
        young = ~old & (self.age_years < STUDY_UNTIL_YEARS) & (self.pupil | (self.education == HIGHER_FULL_TIME))
        old_members = self.count(old & self.member)
        children = self.count((self.minor | young) & self.member)
        coefficient = np.full(self.at.households, HOUSING_OTHER)
        is_with_children = (children >= 1) & (old_members >= 1) & (children + old_members == members)
        coefficient[is_with_children] = HOUSING_WITH_CHILDREN
        coefficient[(members >= 2) & (old_members == members)] = HOUSING_ONLY
        coefficient[(members == 1) & (old_members == 1)] = HOUSING_LONE
        lacking = half_up(threshold * coefficient, RATE_ONE)
        costs = self.c["housing_costs"]
        lacking += costs
        lacking -= income
        is_due = has_means & is_any & (MONTH >= self.c["housing_benefit_first_month"]) & (costs > 0) & (lacking > 0)
        self.out["housing_benefit"] = np.minimum(lacking, costs) * is_due

    def kits(self, is_due: Array, members: Array) -> None:
        months, years, member = self.age_months, self.age_years, self.member
        food = self.count(member & (months >= CHILD_FOOD_FROM_MONTHS) & (months <= CHILD_FOOD_TO_MONTHS))
        hygiene = self.count(member & (months < CHILD_HYGIENE_UNTIL_MONTHS))
        school = self.count(member & (years >= SCHOOL_FROM_YEARS) & (years <= SCHOOL_TO_YEARS))
        self.out["child_food_kits"] = food * is_due * CHILD_FOOD_KITS
        self.out["child_hygiene_kits"] = hygiene * is_due * CHILD_HYGIENE_KITS
        self.out["school_kits"] = school * is_due * SCHOOL_KITS
        self.out["food_kits"] = members * is_due * FOOD_KITS
        self.out["hygiene_kits"] = members * is_due * HYGIENE_KITS
