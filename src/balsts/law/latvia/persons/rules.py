"""Persons in a month: age, majority, pension age, who counts in the household."""

from __future__ import annotations

from balsts.law.engine.declare import rule
from balsts.law.engine.vocabulary import (
    Day,
    Month,
    NumberSteps,
    completed_months,
    completed_years,
    is_known,
    month_of,
    months_from,
)


@rule(act="METHOD", article="months 1", lv="Vecums pilnos mēnešos mēneša 1. datumā",
      en="Age in whole months on the 1st", since="2019-12-01")  # fmt: skip
def age_months(born: Day, month: Month) -> int:
    """Whole months completed on the 1st of the month; negative before birth."""
    return completed_months(born, month)


@rule(act="METHOD", article="months 1", lv="Vecums pilnos gados mēneša 1. datumā",
      en="Age in whole years on the 1st", since="2019-12-01")  # fmt: skip
def age_years(born: Day, month: Month) -> int:
    """Whole years completed on the 1st of the month."""
    return completed_years(born, month)


@rule(act="METHOD", article="months 2", lv="Ir dzīvs", en="Is living", since="2019-12-01")
def is_living(born: Day, died: Day, month: Month) -> bool:
    """Born, and not dead: birth and death count from their own month."""
    return months_from(born, month) >= 0 and (not is_known(died) or month_of(died) > month)


@rule(act="CL", article="219", lv="Nepilngadīgs", en="Minor", since="2019-12-01")
def is_minor(born: Day, month: Month, persons_majority_months: int) -> bool:
    """Under 18; the month of the 18th birthday already counts as adult."""
    return months_from(born, month) < persons_majority_months


@rule(act="CL", article="219", lv="Pilngadīgs", en="Adult", since="2019-12-01")
def is_adult(is_minor: bool) -> bool:
    """Of age."""
    return not is_minor


@rule(act="VSP", article="11(1)", lv="Sasniedzis pensijas vecumu", en="Has reached pension age", since="2019-12-01")
def has_reached_pension_age(born: Day, age_months: int, persons_pension_age_months: NumberSteps) -> bool:
    """The age rises by 3 months every January to 2025, so the age that binds follows from the day of birth."""
    return age_months >= persons_pension_age_months.at(born)


@rule(act="SPSPL", article="1", lv="Ir mājsaimniecības loceklis", en="Counts in the household", since="2019-12-01")
def counts_in_household(is_imprisoned: bool, is_in_long_term_care: bool) -> bool:
    """Lives in the common household: not in prison, not in long-term care."""
    return not is_imprisoned and not is_in_long_term_care


@rule(act="METHOD", article="persons 1", lv="Ir pieaugušais ar invaliditāti", en="Adult with a disability",
      since="2019-12-01")  # fmt: skip
def is_disabled_adult(is_adult: bool, disability_group: int) -> bool:
    """An adult with disability group I, II or III."""
    return is_adult and disability_group >= 1
