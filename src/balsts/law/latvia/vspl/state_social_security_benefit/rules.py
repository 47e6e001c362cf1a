"""State social security benefit: for age, disability or the loss of a breadwinner, without a pension (VSPL 13)."""

from __future__ import annotations

from balsts.law.engine.declare import CENT, Question, half_up, right, rule
from balsts.law.engine.vocabulary import Cents, Day, MoneyTable, Month, Rate, RateTable, is_known, months_from
from balsts.law.latvia.inputs import Education, ResidentStatus

SEVERAL_GROUNDS = Question(
    lv="Kuru pabalstu maksā, ja persona ar invaliditāti ir arī zaudējusi apgādnieku? Pieņemts: lielāko no abiem.",
    en="Which is paid when a disabled person has also lost a breadwinner? Read as: the larger of the two.",
    rests_on="vsaa-vsnp",
)
SURVIVOR_PENSION = Question(
    lv="Apgādnieka zaudējuma pensija personai ar invaliditāti pabalstu neliedz, bet no pensijas summas vien tā nav "
    "atšķirama. Pieņemts: jebkura pensija liedz pabalstu.",
    en="A survivor pension of a disabled person does not exclude the benefit, but cannot be told from the sum of "
    "pensions. Read as: any pension excludes it. A pension of another country reduces the benefit; not modelled.",
    rests_on="lm-vsnp",
)
UKRAINIAN_STAY = Question(
    lv="Ukrainas civiliedzīvotājam vecuma gadījumā vajag trīs mēnešu uzturēšanos Latvijā; pieņemts, ka tā ir.",
    en="A Ukrainian civilian of pension age needs three months' stay in Latvia; it is taken as fulfilled.",
    rests_on="S1",
)
COUNTED_FOR_SURVIVORS = Question(
    lv="Vai pabalsts apgādnieka zaudējuma gadījumā ir ienākums, izvērtējot mājsaimniecību? Pieņemts: jā, kā citos "
    "gadījumos pēc tā paša panta.",
    en="Does the survivor's benefit count as income of the household? Read as: yes, as the others of the same article.",
    rests_on="jekabpils-inc",
)


@rule(act="VSPL", article="4(1)", lv="Uzturēšanās statuss dod tiesības uz valsts sociālajiem pabalstiem",
      en="Residence gives a right to state social benefits", since="2020-01-01")  # fmt: skip
def is_covered_by_state_benefits(
    resident_status: ResidentStatus, state_social_security_benefit_covers_temporary_permits: bool
) -> bool:
    """Everyone but, before 2023-07, those with a temporary permit or the alternative status."""
    return state_social_security_benefit_covers_temporary_permits or (
        resident_status != ResidentStatus.TEMPORARY and resident_status != ResidentStatus.ALTERNATIVE
    )


@rule(act="VSPL", article="13", lv="Nesaņem valsts pensiju", en="Draws no state pension", since="2020-01-01",
      questions=[SURVIVOR_PENSION])  # fmt: skip
def has_no_state_pension(pension: Cents) -> bool:
    """Having a pension means drawing a state pension."""
    return pension == Cents(0)


@rule(act="VSPL", article="13", lv="Pensijas vecumā un nav nodarbināts", en="Of pension age and not employed",
      since="2020-01-01", questions=[UKRAINIAN_STAY])  # fmt: skip
def is_social_security_age(has_reached_pension_age: bool, is_employed: bool) -> bool:
    """The ground of age."""
    return has_reached_pension_age and not is_employed


@rule(act="VSPL", article="13", lv="Vecuma vai invaliditātes gadījums bez pensijas",
      en="Aged or disabled, without a pension", since="2020-01-01")  # fmt: skip
def is_social_security_recipient(
    is_covered_by_state_benefits: bool,
    has_no_state_pension: bool,
    is_disabled_adult: bool,
    is_social_security_age: bool,
) -> bool:
    """Disabled and of age, or of pension age and not employed; without a state pension."""
    return is_covered_by_state_benefits and has_no_state_pension and (is_disabled_adult or is_social_security_age)


@rule(act="VSPL", article="13", lv="Pabalsta bāze invaliditātes gadījumā", en="Base for a disability",
      since="2020-01-01")  # fmt: skip
def social_security_base(
    is_disabled_since_childhood: bool,
    state_social_security_benefit_general_base: Cents,
    state_social_security_benefit_childhood_base: Cents,
) -> Cents:
    """The amount for group III."""
    if is_disabled_since_childhood:
        return state_social_security_benefit_childhood_base
    return state_social_security_benefit_general_base


@rule(act="VSPL", article="13", lv="Aprēķinātais apmērs pēc invaliditātes grupas", en="Amount by disability group",
      since="2020-01-01", rounding=half_up(to=CENT, article="VSPL 13"))  # fmt: skip
def social_security_group_amount(
    social_security_base: Cents, disability_group: int, state_social_security_benefit_group_coefficients: RateTable
) -> Cents:
    """The base with the coefficient of the group."""
    return social_security_base * state_social_security_benefit_group_coefficients.at(disability_group)


@rule(act="VSPL", article="13", lv="Piemaksas daļa nenodarbinātam", en="Share of the supplement when not employed",
      since="2021-01-01")  # fmt: skip
def social_security_supplement_share(
    disability_group: int, is_employed: bool, state_social_security_benefit_not_employed_supplement: RateTable
) -> Rate:
    """By group; nothing for those employed."""
    if is_employed:
        return Rate(0)
    return state_social_security_benefit_not_employed_supplement.at(disability_group)


@rule(act="VSPL", article="13", lv="Piemaksa nenodarbinātam", en="Supplement when not employed",
      since="2021-01-01", rounding=half_up(to=CENT, article="VSPL 13"))  # fmt: skip
def social_security_supplement(social_security_group_amount: Cents, social_security_supplement_share: Rate) -> Cents:
    """A share of the computed amount."""
    return social_security_group_amount * social_security_supplement_share


@rule(act="VSPL", article="13", lv="Apmērs invaliditātes gadījumā", en="Amount for a disability",
      since="2020-01-01", until="2021-01-01")  # fmt: skip
def social_security_disability_amount(social_security_group_amount: Cents) -> Cents:
    """In 2020 employment made no difference."""
    return social_security_group_amount


@rule(act="VSPL", article="13", lv="Apmērs invaliditātes gadījumā", en="Amount for a disability",
      since="2021-01-01")  # fmt: skip
def social_security_disability_amount(social_security_group_amount: Cents, social_security_supplement: Cents) -> Cents:
    """The amount of the group with the supplement."""
    return social_security_group_amount + social_security_supplement


@rule(act="VSPL", article="13", lv="Pabalsts vecuma vai invaliditātes gadījumā", en="Amount for age or disability",
      since="2020-01-01")  # fmt: skip
def social_security_amount(
    is_social_security_recipient: bool,
    is_disabled_adult: bool,
    social_security_disability_amount: Cents,
    state_social_security_benefit_age_amount: Cents,
) -> Cents:
    """For a disability if there is one, else for age; also known for the month of death."""
    if not is_social_security_recipient:
        return Cents(0)
    if is_disabled_adult:
        return social_security_disability_amount
    return state_social_security_benefit_age_amount


@rule(act="VSPL", article="13", lv="Mācās vai studē", en="In school or studying", since="2020-01-01")
def is_studying_survivor(
    education: Education,
    age_years: int,
    state_social_security_benefit_survivor_school_until_years: int,
    state_social_security_benefit_survivor_study_until_years: int,
) -> bool:
    """General or vocational school to 20, full-time university to 24."""
    if education == Education.GENERAL or education == Education.VOCATIONAL:
        return age_years < state_social_security_benefit_survivor_school_until_years
    return (
        education == Education.HIGHER_FULL_TIME and age_years < state_social_security_benefit_survivor_study_until_years
    )


@rule(act="VSPL", article="13", lv="Zaudējis apgādnieku", en="Has lost a breadwinner", since="2020-01-01")
def has_lost_breadwinner(lost_breadwinner_on: Day, month: Month) -> bool:
    """The loss counts from its own month."""
    return is_known(lost_breadwinner_on) and months_from(lost_breadwinner_on, month) >= 0


@rule(act="VSPL", article="13", lv="Apgādnieku zaudējis bērns bez pensijas", en="Child who lost a breadwinner",
      since="2020-01-01")  # fmt: skip
def is_social_security_survivor(
    has_lost_breadwinner: bool,
    is_minor: bool,
    is_studying_survivor: bool,
    is_married: bool,
    has_no_state_pension: bool,
    is_covered_by_state_benefits: bool,
) -> bool:
    """A minor or a student, not married, without a pension."""
    return (
        has_lost_breadwinner
        and (is_minor or is_studying_survivor)
        and not is_married
        and has_no_state_pension
        and is_covered_by_state_benefits
    )


@rule(act="VSPL", article="13", lv="Pabalsts apgādnieka zaudējuma gadījumā", en="Amount for the loss of a breadwinner",
      since="2020-01-01")  # fmt: skip
def survivor_social_security_amount(
    is_social_security_survivor: bool, age_years: int, state_social_security_benefit_survivor_amount: MoneyTable
) -> Cents:
    """By the child's age; a child born in this month is of age 0. Also known for the month of death."""
    if not is_social_security_survivor:
        return Cents(0)
    return state_social_security_benefit_survivor_amount.at(max(age_years, 0))


@rule(act="VSPL", article="13", lv="Lielākais no abiem pabalstiem", en="The larger of the two amounts",
      since="2020-01-01", questions=[SEVERAL_GROUNDS])  # fmt: skip
def largest_social_security_amount(social_security_amount: Cents, survivor_social_security_amount: Cents) -> Cents:
    """One benefit is paid to a person, on the ground that gives more."""
    return max(social_security_amount, survivor_social_security_amount)


@right(act="VSPL", article="13", lv="Valsts sociālā nodrošinājuma pabalsts", en="State social security benefit",
       since="2020-01-01", payer="state", per="month", paid="arrears", counted=True)  # fmt: skip
def state_social_security_benefit(
    is_social_security_recipient: bool, social_security_amount: Cents, largest_social_security_amount: Cents
) -> Cents:
    """For age or disability, unless the survivor's benefit is larger."""
    if not is_social_security_recipient:
        return Cents(0)
    if social_security_amount != largest_social_security_amount:
        return Cents(0)
    return social_security_amount


@right(act="VSPL", article="13", lv="Valsts sociālā nodrošinājuma pabalsts apgādnieka zaudējuma gadījumā",
       en="State social security benefit for survivors", since="2020-01-01", payer="state", per="month",
       paid="arrears", counted=True, questions=[COUNTED_FOR_SURVIVORS])  # fmt: skip
def survivor_social_security_benefit(
    is_social_security_survivor: bool,
    social_security_amount: Cents,
    survivor_social_security_amount: Cents,
    largest_social_security_amount: Cents,
) -> Cents:
    """For a child who lost a breadwinner, unless the child's own benefit for a disability is as large."""
    if not is_social_security_survivor:
        return Cents(0)
    if social_security_amount == largest_social_security_amount:
        return Cents(0)
    return survivor_social_security_amount
