"""The law of January 2026 in Polars: lazy frames, whole cents in int64, exact.

What everyone has is one lazy frame; what few have, or is paid to somebody else, are small lazy frames collected
together, whose rows are then put in their places (`scatter`: joins of everyone with them took three times as long).
Persons are sorted by household, so the sum over a household is a difference of running totals at its last member
(`group_by` took three times as long).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from polars import col, lit, when

from benchmarks.peers.figures import *  # noqa: F403

Array = np.ndarray[Any, Any]
_FLAGS = (
    "has_sight_disability_group_1", "needs_special_care", "has_celiac_certificate", "is_chernobyl_participant",
    "is_imprisoned", "is_in_long_term_care", "is_emergency_guardian", "is_employed", "is_disabled_since_childhood",
    "is_married", "is_disabled_child", "applied_for_family_state_benefit", "is_insured", "is_orphan_after_care",
    "has_needy_property", "crisis",
)  # fmt: skip
_HOUSEHOLD = ("months_since_first_application", "has_needy_property", "crisis", "housing_benefit_first_month",
              "housing_costs")  # fmt: skip
_PAID_ON = (
    "childcare_benefit", "childcare_twins_supplement", "childbirth_benefit", "disabled_child_care_benefit",
    "disabled_child_supplement", "family_state_benefit", "adoption_benefit", "adoption_remuneration",
    "foster_child_maintenance", "guardian_child_benefit",
)  # fmt: skip
_OF_CARERS = ("carer_children", "foster_children", "ordinary_wards", "emergency_wards")
_OF_PERSONS = (
    "assistant_administration", "assistant_service_funding", "assistant_wage", "blind_assistant_benefit",
    "celiac_support", "chernobyl_benefit", "disabled_person_care_benefit", "household_goods_grant",
    "independent_living_grant", "long_term_care_client_share", "state_social_security_benefit",
    "studying_orphan_benefit", "survivor_social_security_benefit", "transport_benefit",
)  # fmt: skip
_REFUGEES = ("refugee_benefit", "refugee_one_off_support")
_DEAD = ("funeral_benefit", "insured_funeral_benefit")
_CARE = ("adoptee_care_remuneration", "foster_family_remuneration", "guardian_remuneration")


class Structure:
    """The columns as two frames, with the position of persons and households; made once, before anything is timed."""

    def __init__(self, columns: dict[str, Array]) -> None:
        starts = columns["starts"].astype(np.int64)
        sizes = np.diff(starts)
        series = {name: pl.Series(name, values.view(np.bool_) if name in _FLAGS else values)
                  for name, values in columns.items() if name != "starts"}  # fmt: skip
        households = {name: series.pop(name) for name in _HOUSEHOLD}
        self.persons = pl.DataFrame(series).with_columns(
            row=pl.Series(np.arange(len(columns["born"]))),
            household=pl.Series(np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)).set_sorted(),
            first=pl.Series(np.repeat(starts[:-1], sizes)),
        )
        self.last = pl.Series(starts[1:] - 1)
        self.households = pl.DataFrame(households).with_columns(
            household=pl.Series(np.arange(len(sizes), dtype=np.int32)).set_sorted()
        )


def evaluate(_: dict[str, Array], structure: Structure) -> dict[str, Array]:
    """Every right of the month at its payee, and both statuses."""
    persons = _persons(structure).collect()
    refugees, dead, paid_on = pl.collect_all(
        [_refugees(structure, persons.lazy()), _dead(persons.lazy()), _paid_on(persons.lazy())]
    )
    carers = _carers(persons, paid_on)
    few = ((refugees, _REFUGEES), (dead, _DEAD), (paid_on, _PAID_ON), (carers, _CARE))
    placed = [_placed(frame, name, len(persons)) for frame, names in few for name in names]
    everyone = persons.with_columns(placed)
    households = _households(structure, everyone.lazy()).collect()
    names = (*_PAID_ON, *_CARE, *_REFUGEES, *_DEAD, *_OF_PERSONS)
    return {name: everyone[name].to_numpy() for name in names} | {
        name: households[name].to_numpy() for name in households.columns
    }


def _placed(frame: pl.DataFrame, name: str, persons: int) -> pl.Series:
    """A column for everyone with the values of a few, 0 for all others."""
    return pl.zeros(persons, dtype=pl.Int64, eager=True).alias(name).scatter(frame["row"], frame[name])


def _half_up(exact: pl.Expr, denominator: int) -> pl.Expr:
    """Amounts are never negative here."""
    return (2 * exact + denominator) // (2 * denominator)


def _cents(amount: int) -> pl.Expr:
    return lit(amount, pl.Int64)


def _by(key: pl.Expr, rows: tuple[int, ...]) -> pl.Expr:
    """A table with a row for 0, 1, 2 …; the last stands for all above."""
    found = when(key >= 1).then(_cents(rows[1])).otherwise(_cents(rows[0]))
    for number in range(2, len(rows)):
        found = when(key >= number).then(_cents(rows[number])).otherwise(found)
    return found


def _studying(school: int, study: int) -> pl.Expr:
    is_student = (col("education") == HIGHER_FULL_TIME) & (col("age_years") < study)
    return when(col("is_pupil")).then(col("age_years") < school).otherwise(is_student)


def _one(is_due: pl.Expr, amount: pl.Expr | int) -> pl.Expr:
    return when(is_due).then(_cents(amount) if isinstance(amount, int) else amount).otherwise(_cents(0))


# -- persons -------------------------------------------------------------------------------------------------------


def _persons(structure: Structure) -> pl.LazyFrame:
    households = structure.households.lazy().select("household", "months_since_first_application")
    pension_age = _cents(PENSION_AGE_MONTHS[0]).cast(pl.Int32)
    for start, months in zip(PENSION_AGE_FROM[1:], PENSION_AGE_MONTHS[1:], strict=True):
        pension_age = when(col("born") >= start).then(lit(months, pl.Int32)).otherwise(pension_age)
    known = (
        structure.persons.lazy()
        .with_columns(since_birth=MONTH - col("born") // 32)
        .with_columns(
            age_months=col("since_birth") - ((col("born") & 31) > 1),
            living=(col("since_birth") >= 0) & ((col("died") == 0) | (col("died") // 32 > MONTH)),
            is_minor=col("since_birth") < MAJORITY_MONTHS,
            counts=~(col("is_imprisoned") | col("is_in_long_term_care")),
            is_pupil=col("education").is_in([GENERAL, VOCATIONAL]),
        )
        .with_columns(
            age_years=col("age_months") // 12,
            member=col("living") & col("counts"),
            is_old=(col("age_months") >= PENSION_AGE_MONTHS[0]) & (col("age_months") >= pension_age),
            is_disabled_adult=~col("is_minor") & (col("disability_group") >= 1),
        )
    )
    group = col("disability_group")
    base = when("is_disabled_since_childhood").then(_cents(DISABILITY_BASE_CHILDHOOD)).otherwise(_cents(DISABILITY_BASE))
    has_ground = col("is_disabled_adult") | (col("is_old") & ~col("is_employed"))
    is_survivor = (
        (col("lost_breadwinner_on") != 0) & (col("lost_breadwinner_on") // 32 <= MONTH) & ~col("is_married")
        & (col("pension") == 0) & (col("is_minor") | _studying(SCHOOL_UNTIL_YEARS, STUDY_UNTIL_YEARS))
    )  # fmt: skip
    by_age = when(col("age_years") >= OLDER_FROM_YEARS)
    known = known.with_columns(
        group_amount=_half_up(base * _by(group, GROUP_COEFFICIENTS), RATE_ONE),
        survivor_amount=_one(is_survivor, by_age.then(_cents(SURVIVOR_OLDER)).otherwise(_cents(SURVIVOR_YOUNGER))),
    )
    share = _by(group, NOT_EMPLOYED_SHARES)
    disability = col("group_amount") + _one(~col("is_employed"), _half_up(col("group_amount") * share, RATE_ONE))
    own = when("is_disabled_adult").then(disability).otherwise(_cents(SOCIAL_SECURITY_AGE))
    known = known.with_columns(security_amount=_one((col("pension") == 0) & has_ground, own))
    is_own_larger = col("security_amount") >= col("survivor_amount")
    left = when(col("left_care_on") != 0).then(col("left_care_on") // 32)
    left = left.otherwise(col("born") // 32 + MAJORITY_MONTHS)
    mobility = MONTH - col("mobility_opinion_on") // 32
    is_transport_due = (col("mobility_opinion_on") != 0) & (mobility >= 0) & (mobility % TRANSPORT_EVERY_MONTHS == 0)
    hours = col("assistant_hours").cast(pl.Int64)
    is_client = col("is_in_long_term_care") & (col("pension_gross") > 0) & (col("long_term_care_cost") > 0)
    client_part = _half_up(col("pension_gross") * LONG_TERM_CARE_SHARE, RATE_ONE)
    childhood = when("is_disabled_since_childhood")
    is_leaving = col("living") & col("is_orphan_after_care") & (left == MONTH)
    is_student_orphan = (
        col("living") & col("is_orphan_after_care") & (left <= MONTH) & (col("age_years") < STUDY_UNTIL_YEARS)
        & (col("education") != NO_EDUCATION)
    )  # fmt: skip
    is_celiac = col("has_celiac_certificate") & (col("is_minor") | _studying(SCHOOL_UNTIL_YEARS, STUDY_UNTIL_YEARS))
    is_blind = col("has_sight_disability_group_1") & (col("assistant_hours") == 0) & ~col("needs_special_care")
    is_in_care = col("is_disabled_adult") & col("needs_special_care") & col("member")
    return known.with_columns(
        state_social_security_benefit=_one(col("living") & is_own_larger, col("security_amount")),
        survivor_social_security_benefit=_one(col("living") & ~is_own_larger, col("survivor_amount")),
        transport_benefit=_one(is_transport_due & col("member"), TRANSPORT),
        assistant_service_funding=_one(col("living"), hours * ASSISTANT_FUNDING),
        assistant_wage=_one(col("living"), hours * ASSISTANT_WAGE),
        assistant_administration=_one(col("living"), hours * ASSISTANT_ADMINISTRATION),
        long_term_care_client_share=_one(
            col("living") & is_client, pl.min_horizontal(client_part, "long_term_care_cost")
        ),
        household_goods_grant=_one(is_leaving, CARE_LEAVER_GOODS),
        independent_living_grant=_one(
            is_leaving, childhood.then(_cents(CARE_LEAVER_START_CHILDHOOD)).otherwise(_cents(CARE_LEAVER_START))
        ),
        studying_orphan_benefit=_one(
            is_student_orphan, childhood.then(_cents(CARE_LEAVER_STUDY_CHILDHOOD)).otherwise(_cents(CARE_LEAVER_STUDY))
        ),
        celiac_support=_one(is_celiac & col("living"), CELIAC),
        blind_assistant_benefit=_one(is_blind & col("living"), BLIND_ASSISTANT),
        chernobyl_benefit=_one(col("is_chernobyl_participant") & col("living"), SOCIAL_SECURITY_AGE),
        disabled_person_care_benefit=_one(
            is_in_care,
            childhood.then(_cents(DISABLED_PERSON_CARE_CHILDHOOD)).otherwise(_cents(DISABLED_PERSON_CARE)),
        ),
    )

def _refugees(structure: Structure, known: pl.LazyFrame) -> pl.LazyFrame:
    households = structure.households.lazy().select("household", "months_since_first_application")
    is_refugee = col("resident_status").is_in([REFUGEE, ALTERNATIVE])
    refugees = known.filter(is_refugee).join(households, on="household", how="left")
    partners = refugees.filter(~col("is_minor")).select(partner_row="row", partner_born="born")
    refugees = refugees.with_columns(
        partner_row=when(col("partner") >= 0).then(col("first") + col("partner"))
    ).join(partners, on="partner_row", how="left")
    is_later = (col("born") > col("partner_born")) | ((col("born") == col("partner_born")) & (col("sex") == MALE))
    is_second = ~col("is_minor") & is_later.fill_null(False)
    allowed = when(col("resident_status") == REFUGEE).then(REFUGEE_MONTHS).otherwise(ALTERNATIVE_MONTHS)
    since = col("months_since_first_application")
    monthly = when("is_minor").then(_cents(REFUGEE_MINOR)).when(is_second).then(_cents(REFUGEE_SPOUSE))
    once = when("is_minor").then(_cents(REFUGEE_ONCE_MINOR)).when(is_second).then(_cents(REFUGEE_ONCE_SPOUSE))
    return refugees.select(
        "row",
        refugee_benefit=_one(col("living") & (since < allowed), monthly.otherwise(_cents(REFUGEE_ADULT))),
        refugee_one_off_support=_one(col("living") & (since == 0), once.otherwise(_cents(REFUGEE_ONCE_ADULT))),
    )


def _dead(known: pl.LazyFrame) -> pl.LazyFrame:
    dead = known.filter((col("died") // 32) == MONTH)
    insured = (
        known.filter(col("living") & col("is_insured") & ~col("is_minor"))
        .join(dead.select("household"), on="household", how="semi")
        .select("household", has_insured=True)
        .unique()
    )
    by_security = col("security_amount").clip(col("survivor_amount")) * FUNERAL_MULTIPLE
    studying = col("is_pupil") | (col("education") == HIGHER_FULL_TIME)
    is_dependant = (
        (col("is_minor") | (studying & (col("age_years") < STUDY_UNTIL_YEARS))) & ~col("is_insured")
        & col("has_insured").fill_null(False)
    )  # fmt: skip
    is_unemployed = (col("unemployed_since") != 0) & (col("unemployed_since") // 32 <= MONTH)
    by_insurance = _one(is_unemployed | is_dependant, SOCIAL_SECURITY_AGE * INSURED_FUNERAL_MULTIPLE)
    return dead.join(insured, on="household", how="left").select(
        "row",
        funeral_benefit=_one(by_security >= by_insurance, by_security),
        insured_funeral_benefit=_one(by_insurance > by_security, by_insurance),
    )


# -- paid to somebody else -----------------------------------------------------------------------------------------


def _paid_on(persons: pl.LazyFrame) -> pl.LazyFrame:
    """One row for each person who receives something for others, or has somebody in care."""
    minors = persons.filter(col("is_minor"))
    is_learning = (
        col("is_pupil") | ((col("education") == HIGHER_FULL_TIME) & col("applied_for_family_state_benefit"))
    ) & ~col("is_married")
    is_family_child = (
        (col("age_years") >= FAMILY_FROM_YEARS) & (col("age_years") < FAMILY_UNTIL_YEARS)
        & ((col("age_years") < FAMILY_SCHOOL_YEARS) | is_learning | col("is_disabled_child"))
    )  # fmt: skip
    months, years = col("age_months"), col("age_years")
    until = when(col("born") < CHILDCARE_NEW_FROM).then(CHILDCARE_UNTIL_MONTHS).otherwise(CHILDCARE_UNTIL_MONTHS_NEW)
    childcare = when(months < CHILDCARE_FIRST_PART_MONTHS).then(_cents(CHILDCARE_FIRST))
    childcare = _one(months < until, childcare.otherwise(_cents(CHILDCARE_SECOND)))
    is_first = col("birth_rank") == 0
    is_cared = col("is_disabled_child") & col("needs_special_care") & col("is_minor") & col("counts")
    has_supplement = col("is_disabled_child") & (years < DISABLED_CHILD_UNTIL_YEARS)
    children = persons.filter((col("family_payee") >= 0) & ((years < FAMILY_UNTIL_YEARS) | col("is_disabled_child")))
    counted = col("is_family_child") & col("living")
    family = (
        children.with_columns(is_family_child=is_family_child, family_row=col("first") + col("family"))
        .with_columns(in_family=counted.sum().over("family_row"))
        .with_columns(family_amount=_one(col("is_family_child"), _by(col("in_family"), FAMILY_PER_CHILD)))
    )
    for_children = family.filter("living").select(
        payee=col("first") + col("family_payee"),
        childcare_benefit=_one(is_first, childcare),
        childcare_twins_supplement=_one(~is_first, childcare),
        childbirth_benefit=_one(col("since_birth") == 0, CHILDBIRTH),
        disabled_child_care_benefit=_one(is_cared, DISABLED_CHILD_CARE),
        disabled_child_supplement=_one(has_supplement, DISABLED_CHILD_SUPPLEMENT),
        family_state_benefit="family_amount",
    )
    by_age = when(years >= OLDER_FROM_YEARS)
    adopted = minors.filter((col("adoptive_payee") >= 0) & (col("adopted_on") // 32 <= MONTH) & col("living")).select(
        payee=col("first") + col("adoptive_payee"),
        adoption_benefit=by_age.then(_cents(ADOPTION_OLDER)).otherwise(_cents(ADOPTION_YOUNGER)),
        adoption_remuneration=_one(col("adopted_on") // 32 == MONTH, ADOPTION_ONCE),
    )
    is_placed = (col("care_granted_on") // 32 <= MONTH) & col("living")
    cared = minors.filter((col("preadoption_carer") >= 0) & is_placed).select(
        payee=col("first") + col("preadoption_carer"), carer_children=_cents(1)
    )
    fostered = minors.filter((col("foster_payee") >= 0) & col("living")).select(
        payee=col("first") + col("foster_payee"),
        foster_child_maintenance=by_age.then(_cents(FOSTER_CHILD_OLDER)).otherwise(_cents(FOSTER_CHILD_YOUNGER)),
        foster_children=_one(is_placed, 1),
    )
    emergency = persons.filter("is_emergency_guardian").select(payee="row", has_emergency_guardian=True)
    wards = (
        minors.filter((col("guardian") >= 0) & is_placed)
        .with_columns(payee=col("first") + col("guardian"))
        .join(emergency, on="payee", how="left")
        .join(family.select("row", "family_amount"), on="row", how="left")
    )
    is_emergency = col("is_emergency_guardian") | col("has_emergency_guardian").fill_null(False)
    reducing = (
        col("family_amount").fill_null(0) + col("survivor_social_security_benefit") + col("other_child_payments")
    )
    ordinary = (by_age.then(_cents(WARD_OLDER)).otherwise(_cents(WARD_YOUNGER)) - reducing).clip(0)
    wards = wards.select(
        "payee",
        guardian_child_benefit=when(is_emergency).then(_cents(EMERGENCY_WARD)).otherwise(ordinary),
        ordinary_wards=_one(~is_emergency, 1),
        emergency_wards=_one(is_emergency, 1),
    )
    return pl.concat([for_children, adopted, cared, fostered, wards], how="diagonal").group_by(row="payee").sum()


def _carers(persons: pl.DataFrame, paid_on: pl.DataFrame) -> pl.DataFrame:
    """What is paid for the care itself, to the living."""
    is_carer = pl.any_horizontal(col(_OF_CARERS) > 0)
    return (
        paid_on.lazy()
        .filter(is_carer)
        .with_columns(living=persons["living"].gather(paid_on.filter(is_carer)["row"]))
        .filter("living")
        .select(
            "row",
            adoptee_care_remuneration=_one(col("carer_children") > 0, ADOPTEE_CARE),
            foster_family_remuneration=_by(col("foster_children"), FOSTER_BY_CHILDREN),
            guardian_remuneration=_one(col("ordinary_wards") > 0, GUARDIAN)
            + _one(col("emergency_wards") > 0, EMERGENCY_GUARDIAN),
        )
        .collect()
    )


# -- households ----------------------------------------------------------------------------------------------------


def _households(structure: Structure, everyone: pl.LazyFrame) -> pl.LazyFrame:
    months, years = col("age_months"), col("age_years")
    is_old = col("is_old") | col("is_disabled_adult")
    is_student = (col("is_pupil") | (col("education") == HIGHER_FULL_TIME)) & (years < STUDY_UNTIL_YEARS) & ~is_old
    number = {
        "members": col("member"),
        "ukrainians": col("resident_status") == UKRAINE_CIVILIAN,
        "minors": col("is_minor"),
        "old": is_old,
        "children": col("is_minor") | is_student,
        "food_children": months.is_between(CHILD_FOOD_FROM_MONTHS, CHILD_FOOD_TO_MONTHS),
        "hygiene_children": months < CHILD_HYGIENE_UNTIL_MONTHS,
        "school_children": years.is_between(SCHOOL_FROM_YEARS, SCHOOL_TO_YEARS),
    }
    until = when(col("born") < CHILDCARE_NEW_FROM).then(CHILDCARE_UNTIL_MONTHS).otherwise(CHILDCARE_UNTIL_MONTHS_NEW)
    childcare = when(months < CHILDCARE_FIRST_PART_MONTHS).then(_cents(CHILDCARE_FIRST))
    childcare = _one(col("living") & (months < until), childcare.otherwise(_cents(CHILDCARE_SECOND)))
    counted = (*_CARE, "chernobyl_benefit", "refugee_benefit", "state_social_security_benefit",
               "survivor_social_security_benefit", "wage_net", "pension", "other_counted_income")  # fmt: skip
    member = col("member")
    sums = everyone.select(
        income=_one(member, pl.sum_horizontal(childcare, *counted)),
        savings=_one(member, col("savings")),
        **{name: (mask & member).cast(pl.Int64) for name, mask in number.items()},
    ).select(pl.all().cum_sum().gather(structure.last))
    sums = sums.select(pl.all() - pl.all().shift(1, fill_value=0))
    found = pl.concat([structure.households.lazy().drop("household"), sums], how="horizontal")
    is_any, others = col("members") >= 1, (col("members") - 1).clip(0)

    def threshold(first: int, other: int) -> pl.Expr:
        return _one(is_any, first + other * others)

    found = found.with_columns(
        has_means=col("has_needy_property") & is_any & (col("savings") <= threshold(SAVINGS_FIRST, SAVINGS_OTHER)),
        is_ukrainian=is_any & (col("ukrainians") == col("members")),
        gmi_threshold=threshold(GMI_FIRST, GMI_OTHER),
    ).with_columns(
        needy=col("has_means") & (col("income") <= threshold(NEEDY_FIRST, NEEDY_OTHER)),
        waived=col("is_ukrainian") & (col("months_since_first_application") < MEANS_TEST_WAIVED_MONTHS),
    )
    gmi_income = _one(~col("waived"), col("income"))
    is_gmi = col("waived") | (col("needy") & (gmi_income < col("gmi_threshold")))
    is_with_children = (
        (col("children") >= 1) & (col("old") >= 1) & (col("children") + col("old") == col("members"))
    )
    coefficient = (
        when((col("members") == 1) & (col("old") == 1)).then(_cents(HOUSING_LONE))
        .when((col("members") >= 2) & (col("old") == col("members"))).then(_cents(HOUSING_ONLY))
        .when(is_with_children).then(_cents(HOUSING_WITH_CHILDREN))
        .otherwise(_cents(HOUSING_OTHER))
    )  # fmt: skip
    found = found.with_columns(
        gmi_benefit=_one(is_gmi, col("gmi_threshold") - gmi_income),
        minimum=_half_up(col("gmi_threshold") * coefficient, RATE_ONE),
        is_kit=col("needy") | col("crisis"),
    ).with_columns(lacking=col("minimum") + col("housing_costs") - col("income") - col("gmi_benefit"))
    is_housing = (
        col("has_means") & (col("housing_benefit_first_month") <= MONTH) & (col("housing_costs") > 0)
        & (col("lacking") > 0)
    )  # fmt: skip
    ukrainian = (col("members") - col("minors")) * CRISIS_UKRAINIAN_ADULT + col("minors") * CRISIS_UKRAINIAN_CHILD
    low = col("income") <= threshold(LOW_INCOME_FIRST, LOW_INCOME_OTHER)
    return found.select(
        "gmi_benefit",
        housing_benefit=_one(is_housing, pl.min_horizontal("lacking", "housing_costs")),
        crisis_benefit=_one(
            col("crisis") & is_any, when("is_ukrainian").then(ukrainian).otherwise(_cents(CRISIS_OTHER))
        ),
        child_food_kits=_one(col("is_kit"), col("food_children") * CHILD_FOOD_KITS),
        child_hygiene_kits=_one(col("is_kit"), col("hygiene_children") * CHILD_HYGIENE_KITS),
        school_kits=_one(col("is_kit"), col("school_children") * SCHOOL_KITS),
        food_kits=_one(col("is_kit"), col("members") * FOOD_KITS),
        hygiene_kits=_one(col("is_kit"), col("members") * HYGIENE_KITS),
        needy_household=col("needy").cast(pl.Int64),
        low_income_household=(col("has_means") & ~col("needy") & low).cast(pl.Int64),
    )
