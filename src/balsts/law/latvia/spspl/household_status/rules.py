"""Statuses of a household: needy and low-income (SPSPL 33; MK 809 p. 1.4)."""

from __future__ import annotations

from balsts.law.engine.declare import Question, count, rule, status
from balsts.law.engine.vocabulary import Cents

members_able_to_work = count("is_able_to_work", over="household", where="counts_in_household",
                             lv="Darbspējīgie mājsaimniecībā", en="Members able to work")  # fmt: skip

_LOW_INCOME_ASSETS = Question(
    lv="Vai maznodrošinātas mājsaimniecības statusam ir tās pašas uzkrājumu un īpašuma robežas kā trūcīgai "
       "mājsaimniecībai? Pieņemts: ir.",
    en="Does the low-income status have the same limits on savings and property as the needy one? Read: it has.",
    rests_on="lm-mazn",
)  # fmt: skip


@status(act="SPSPL", article="33", lv="Trūcīga mājsaimniecība", en="Needy household", since="2020-01-01",
        questions=[
            Question(lv="Vai ienākumi, kas vienādi ar slieksni, vēl dod statusu? Pieņemts: dod (nepārsniedz).",
                     en="Does income equal to the threshold still give the status? Read: it does (not above).",
                     rests_on="K"),
        ])  # fmt: skip
def needy_household(
    household_members: int,
    household_income: Cents,
    needy_threshold: Cents,
    is_within_savings_limit: bool,
    has_needy_property: bool,
) -> bool:
    """Income not above the threshold, savings and property within the limits."""
    return (
        has_needy_property
        and is_within_savings_limit
        and household_members >= 1
        and household_income <= needy_threshold
    )


@status(act="SPSPL", article="33(4), text of 2020 not read", lv="Maznodrošināta mājsaimniecība",
        en="Low-income household", since="2020-01-01", until="2021-01-01",
        questions=[_LOW_INCOME_ASSETS])  # fmt: skip
def low_income_household(
    household_members: int,
    needy_household: bool,
    household_income: Cents,
    thresholds_low_income_first: Cents,
    has_needy_property: bool,
) -> bool:
    """Not needy, and income not above what the municipality had set for each person."""
    # Savings are not asked for again: with any the needy status is undetermined already, and so is this one.
    if household_members == 0 or needy_household or not has_needy_property:
        return False
    return household_income <= thresholds_low_income_first * household_members


@status(act="SPSPL", article="33(4)", lv="Maznodrošināta mājsaimniecība", en="Low-income household",
        since="2021-01-01", questions=[_LOW_INCOME_ASSETS])  # fmt: skip
def low_income_household(
    household_members: int,
    needy_household: bool,
    household_income: Cents,
    low_income_threshold: Cents,
    is_within_savings_limit: bool,
    has_needy_property: bool,
) -> bool:
    """Not needy, income not above the low-income threshold, savings and property within the limits."""
    return (
        not needy_household
        and has_needy_property
        and is_within_savings_limit
        and household_members >= 1
        and household_income <= low_income_threshold
    )


@rule(act="SPSPL", article="article not read", lv="Darbspējīgs darbspējas vecumā", en="Of working age and able to work",
      since="2020-01-01",
      questions=[
          Question(lv="Vai persona ar III grupas invaliditāti šeit ir darbspējīga? Pieņemts: nav, kā ar I un II grupu.",
                   en="Is a person with a disability of group III able to work here? Read: not, as with groups I and "
                      "II.",
                   rests_on="K"),
      ])  # fmt: skip
def is_able_to_work(is_adult: bool, has_reached_pension_age: bool, is_disabled_adult: bool) -> bool:
    """An adult below pension age without a disability."""
    return is_adult and not has_reached_pension_age and not is_disabled_adult


@rule(act="SPSPL", article="article not read", lv="Uz cik mēnešiem piešķir statusu",
      en="Months for which the status is granted", entity="household", since="2020-01-01")  # fmt: skip
def household_status_months(
    members_able_to_work: int,
    household_status_months_with_working_age: int,
    household_status_months_without_working_age: int,
) -> int:
    """Shorter where somebody's income can change with work."""
    if members_able_to_work >= 1:
        return household_status_months_with_working_age
    return household_status_months_without_working_age
