"""Housing benefit: the costs of the dwelling that the household cannot bear (SPSPL 35; MK 809)."""

from __future__ import annotations

from balsts.law.engine.declare import CENT, Question, count, half_up, right, rule
from balsts.law.engine.vocabulary import Cents, Month, Rate
from balsts.law.latvia.inputs import Education

pension_age_or_disabled_members = count("is_pension_age_or_disabled", over="household", where="counts_in_household",
                                        lv="Pensijas vecuma personas un personas ar invaliditāti",
                                        en="Members of pension age or with a disability")  # fmt: skip
housing_children = count("is_housing_child", over="household", where="counts_in_household",
                         lv="Bērni mājokļa pabalstam", en="Children for the housing benefit")  # fmt: skip


@rule(act="SPSPL", article="35(5)", lv="Pensijas vecuma persona vai persona ar invaliditāti",
      en="Of pension age or with a disability", since="2021-07-01")  # fmt: skip
def is_pension_age_or_disabled(has_reached_pension_age: bool, is_disabled_adult: bool) -> bool:
    """Has reached the pension age, or is an adult with a disability group."""
    return has_reached_pension_age or is_disabled_adult


@rule(act="SPSPL", article="35(5)", lv="Bērns", en="Child", since="2021-07-01", until="2026-01-01")
def is_housing_child(is_minor: bool) -> bool:
    """A minor."""
    return is_minor


@rule(act="SPSPL", article="35(5)", lv="Bērns vai jaunietis, kas mācās", en="Child or young person in education",
      since="2026-01-01", enacted="2026-02-26",
      questions=[
          Question(lv="Vai jauniešus līdz 24 gadiem, kas mācās, par bērniem uzskata jau no 2026-01-01? Pieņemts: jā, "
                      "tāpat kā jaunos koeficientus.",
                   en="Do young people in education to 24 count as children from 2026-01-01 already? Read: yes, as the "
                      "new coefficients.",
                   rests_on="saeima-35551"),
      ])  # fmt: skip
def is_housing_child(
    is_minor: bool,
    is_pension_age_or_disabled: bool,
    age_years: int,
    education: Education,
    housing_benefit_student_until_years: int,
) -> bool:
    """A minor, or a young person to 24 in general, vocational or higher education."""
    if is_minor:
        return True
    if is_pension_age_or_disabled or age_years >= housing_benefit_student_until_years:
        return False
    return (
        education == Education.GENERAL or education == Education.VOCATIONAL or education == Education.HIGHER_FULL_TIME
    )


@rule(act="SPSPL", article="35(5) p. 1", lv="Atsevišķi dzīvojoša pensijas vecuma persona vai persona ar invaliditāti",
      en="Lone person of pension age or with a disability", since="2021-07-01", entity="household")  # fmt: skip
def is_lone_pension_age_or_disabled(household_members: int, pension_age_or_disabled_members: int) -> bool:
    """One member, and that one is of pension age or disabled."""
    return household_members == 1 and pension_age_or_disabled_members == 1


@rule(act="SPSPL", article="35(5) p. 2", lv="Tikai pensijas vecuma personas vai personas ar invaliditāti",
      en="Only persons of pension age or with a disability", since="2021-07-01", entity="household")  # fmt: skip
def is_only_pension_age_or_disabled(household_members: int, pension_age_or_disabled_members: int) -> bool:
    """Two or more members, all of them of pension age or disabled."""
    return household_members >= 2 and pension_age_or_disabled_members == household_members


@rule(act="SPSPL", article="35(5) p. 3", lv="Tikai pensijas vecuma personas vai personas ar invaliditāti un bērni",
      en="Only persons of pension age or with a disability, and children", since="2021-07-01", until="2026-01-01",
      entity="household")  # fmt: skip
def is_pension_age_or_disabled_with_children(
    household_members: int, pension_age_or_disabled_members: int, housing_children: int
) -> bool:
    """All adults are of pension age or disabled, and there are children."""
    return (
        housing_children >= 1
        and pension_age_or_disabled_members >= 1
        and pension_age_or_disabled_members + housing_children == household_members
    )


@rule(act="SPSPL", article="35(5) p. 3", lv="Tikai pensijas vecuma personas vai personas ar invaliditāti un bērni",
      en="Only persons of pension age or with a disability, and children", since="2026-01-01", enacted="2026-02-26",
      entity="household")  # fmt: skip
def is_pension_age_or_disabled_with_children(
    household_members: int,
    pension_age_or_disabled_members: int,
    housing_children: int,
    housing_benefit_any_household_with_children: bool,
) -> bool:
    """There are children; all adults are of pension age or disabled, unless the new text asks for children only."""
    others = household_members - housing_children - pension_age_or_disabled_members
    return housing_children >= 1 and (
        (pension_age_or_disabled_members >= 1 and others == 0) or housing_benefit_any_household_with_children
    )


@rule(act="SPSPL", article="35(5)", lv="Koeficients GMI sliekšņu summai", en="Coefficient on the GMI threshold",
      since="2021-07-01", entity="household",
      questions=[
          Question(lv="Kādu lielāku koeficientu līdz 2022-09-30 bija noteikusi pašvaldība? Pieņemts: nekādu.",
                   en="Which higher coefficient had the municipality set, to 2022-09-30? Read: none.",
                   rests_on="lvp-2202"),
          Question(lv="Vai koeficientu 3 piemēro pēc izdevumu mēneša (2022-09 līdz 2023-04) vai pēc mēneša, par kuru "
                      "maksā pabalstu (2022-10 līdz 2023-05)? Pieņemts: pēc pabalsta mēneša.",
                   en="Does the coefficient 3 follow the month of the costs (2022-09 to 2023-04) or of the benefit "
                      "(2022-10 to 2023-05)? Read: of the benefit.",
                   rests_on="em-2022"),
      ])  # fmt: skip
def housing_coefficient(
    is_lone_pension_age_or_disabled: bool,
    is_only_pension_age_or_disabled: bool,
    is_pension_age_or_disabled_with_children: bool,
    housing_benefit_coefficient_lone: Rate,
    housing_benefit_coefficient_only: Rate,
    housing_benefit_coefficient_with_children: Rate,
    housing_benefit_coefficient_other: Rate,
) -> Rate:
    """By the type of the household."""
    if is_lone_pension_age_or_disabled:
        return housing_benefit_coefficient_lone
    if is_only_pension_age_or_disabled:
        return housing_benefit_coefficient_only
    if is_pension_age_or_disabled_with_children:
        return housing_benefit_coefficient_with_children
    return housing_benefit_coefficient_other


@rule(act="MK809", article="formula of the housing benefit", lv="GMI sliekšņu summa ar koeficientu",
      en="GMI threshold times the coefficient", since="2021-07-01", entity="household",
      rounding=half_up(to=CENT, article="MK809, not read; no amount so far needed it"))  # fmt: skip
def housing_minimum(gmi_threshold: Cents, housing_coefficient: Rate) -> Cents:
    """What the household should keep for living after paying for the dwelling."""
    return gmi_threshold * housing_coefficient


@rule(act="MK809", article="formula of the housing benefit", lv="Ienākumi, ko ņem vērā mājokļa pabalstam",
      en="Income counted for the housing benefit", since="2021-07-01", entity="household")  # fmt: skip
def housing_income(household_income: Cents, gmi_benefit: Cents, housing_benefit_counts_gmi: bool) -> Cents:
    """The household's income, with its GMI benefit."""
    if housing_benefit_counts_gmi:
        return household_income + gmi_benefit
    return household_income


@rule(act="MK809", article="formula of the housing benefit", lv="Mājsaimniecībai pienākas mājokļa pabalsts",
      en="Housing benefit is due", since="2021-07-01", until="2022-01-01", entity="household")  # fmt: skip
def is_housing_household(
    month: Month,
    housing_benefit_first_month: Month,
    needy_household: bool,
    low_income_household: bool,
    housing_costs: Cents,
    housing_income: Cents,
    housing_minimum: Cents,
) -> bool:
    """A needy or low-income household, from its first month on, with income below the minimum and the costs."""
    return (
        (needy_household or low_income_household)
        and month >= housing_benefit_first_month
        and housing_income < housing_minimum + housing_costs
    )


@rule(act="MK809", article="formula of the housing benefit", lv="Mājsaimniecībai pienākas mājokļa pabalsts",
      en="Housing benefit is due", since="2022-01-01", entity="household")  # fmt: skip
def is_housing_household(
    month: Month,
    housing_benefit_first_month: Month,
    household_members: int,
    has_needy_property: bool,
    is_within_savings_limit: bool,
    housing_costs: Cents,
    housing_income: Cents,
    housing_minimum: Cents,
) -> bool:
    """As before, but instead of a status only the limits on savings and property are asked for."""
    return (
        has_needy_property
        and is_within_savings_limit
        and household_members >= 1
        and month >= housing_benefit_first_month
        and housing_costs > Cents(0)
        and housing_income < housing_minimum + housing_costs
    )


@right(act="SPSPL", article="35", lv="Mājokļa pabalsts", en="Housing benefit", since="2021-07-01", payer="municipality",
       per="month", counted=False, entity="household", beneficiaries="counts_in_household")  # fmt: skip
def housing_benefit(
    is_housing_household: bool,
    housing_minimum: Cents,
    housing_costs: Cents,
    housing_income: Cents,
    housing_benefit_is_capped_at_costs: bool,
) -> Cents:
    """The minimum and the housing costs less the income, at most the costs, a month."""
    if not is_housing_household:
        return Cents(0)
    lacking = housing_minimum + housing_costs - housing_income
    if housing_benefit_is_capped_at_costs:
        return min(lacking, housing_costs)
    return lacking
