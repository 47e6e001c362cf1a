"""Funeral benefit of social insurance, when an unemployed person or a dependant of an insured person died.

The other grounds of insurance (2 average wages of an insured person, 2 pensions of a pensioner) come with the pensions
and benefits of insurance.
"""

from __future__ import annotations

from balsts.law.engine.declare import Question, any_of, right, rule
from balsts.law.engine.vocabulary import Cents, Day, Month, is_known, months_from
from balsts.law.latvia.inputs import Education

household_has_insured_adult = any_of(
    "is_insured_adult", over="household", lv="Mājsaimniecībā ir apdrošināts pieaugušais",
    en="The household has an insured adult",
)  # fmt: skip


@rule(act="MS", article="1", lv="Apdrošināts pieaugušais", en="Insured adult", since="2020-01-01")
def is_insured_adult(is_insured: bool, is_adult: bool) -> bool:
    """An adult with social insurance this month."""
    return is_insured and is_adult


@rule(act="BG", article="12(1)", lv="Bija bezdarbnieks", en="Was unemployed", since="2020-01-01",
      questions=[
          Question(
              lv="Bezdarbniekam bez pabalsta vajag 12 mēnešu iemaksas no 36; pieņemts, ka tās ir.",
              en="Without unemployment benefit 12 months of contributions in 36 are needed; taken as fulfilled.",
              rests_on="vsaa-apb",
          )
      ])  # fmt: skip
def is_unemployed(unemployed_since: Day, month: Month) -> bool:
    """Registered as unemployed; the first day counts from its own month."""
    return is_known(unemployed_since) and months_from(unemployed_since, month) >= 0


@rule(act="MS", article="1", lv="Bērns apgādājamā vecumā", en="Child of the age of a dependant", since="2020-01-01")
def is_of_dependant_age(
    is_minor: bool,
    is_pupil: bool,
    education: Education,
    age_years: int,
    insured_funeral_benefit_student_until_years: int,
) -> bool:
    """A minor, or up to 24 a pupil or full-time student."""
    return is_minor or (
        (is_pupil or education == Education.HIGHER_FULL_TIME)
        and age_years < insured_funeral_benefit_student_until_years
    )


@rule(act="MS", article="1", lv="Bija apdrošinātās personas apgādībā", en="Was a dependant of an insured person",
      since="2020-01-01",
      questions=[
          Question(
              lv="Kurš ģimenes loceklis bija apgādībā? Pieņemts: bērns vecumā, kas dod tiesības uz apgādnieka "
              "zaudējuma pensiju, ja mājsaimniecībā ir apdrošināts pieaugušais.",
              en="Which member of the family was a dependant? Read as: a child of the age that gives a right to a "
              "survivor pension, in a household with an insured adult.",
              rests_on="vsaa-apb",
          )
      ])  # fmt: skip
def is_dependant_of_insured(is_of_dependant_age: bool, is_insured: bool, household_has_insured_adult: bool) -> bool:
    """Simplification: links of the dead are not followed, so any living insured adult of the household will do."""
    return is_of_dependant_age and not is_insured and household_has_insured_adult


@rule(act="MS", article="article not read", lv="Miris bezdarbnieks vai apgādājamais",
      en="An unemployed person or dependant died", since="2020-01-01")  # fmt: skip
def is_funeral_of_insurance(is_month_of_death: bool, is_unemployed: bool, is_dependant_of_insured: bool) -> bool:
    """Died this month, unemployed or a dependant of an insured person."""
    return is_month_of_death and (is_unemployed or is_dependant_of_insured)


@rule(act="MS", article="article not read", lv="Apbedīšanas pabalsta apmērs no apdrošināšanas",
      en="Funeral amount of insurance", since="2020-01-01")  # fmt: skip
def insured_funeral_amount(
    is_funeral_of_insurance: bool,
    state_social_security_benefit_age_amount: Cents,
    insured_funeral_benefit_multiple: int,
) -> Cents:
    """Three times the state social security benefit for age."""
    if not is_funeral_of_insurance:
        return Cents(0)
    return state_social_security_benefit_age_amount * insured_funeral_benefit_multiple


@right(act="MS", article="article not read", lv="Apbedīšanas pabalsts bezdarbnieka vai apgādājamā nāves gadījumā",
       en="Funeral benefit for an unemployed person or a dependant", since="2020-01-01", payer="insurance", per="once",
       counted=False, after_death=True)  # fmt: skip
def insured_funeral_benefit(
    is_funeral_of_insurance: bool,
    insured_funeral_amount: Cents,
    social_security_funeral_amount: Cents,
    largest_funeral_amount: Cents,
) -> Cents:
    """Once, in the month of death, unless that of the state is as large."""
    if not is_funeral_of_insurance:
        return Cents(0)
    if social_security_funeral_amount == largest_funeral_amount:
        return Cents(0)
    return insured_funeral_amount
