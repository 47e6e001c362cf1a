"""One-off support in the two Covid-19 emergencies: disabled children (2020), children, and pensioners (2021)."""

from __future__ import annotations

from balsts.law.engine.declare import Question, count, earlier, right, rule
from balsts.law.engine.vocabulary import Cents, Day, NumberSteps

was_covid_grant_child = earlier(
    "is_covid_grant_child", months=1,
    lv="Tiesības uz atbalstu bija jau iepriekšējā mēnesī", en="The support was due in the month before",
)  # fmt: skip
covid_care_children = count(
    "is_disabled_child_in_care", over="family_payee",
    lv="Bērni, par kuriem saņem kopšanas pabalstu", en="Children for whom the care benefit is paid to this person",
)  # fmt: skip


@right(act="VSPL", article="6(3)", lv="Vienreizēja piemaksa par bērnu ar invaliditāti", since="2020-04-01",
       en="One-off supplement for a disabled child", until="2020-05-01", enacted="2020-05-12",
       payer="state", per="once", counted=False, payee="family_payee",
       questions=[
           Question(lv="Piemaksa pienākas, ja tiesības uz piemaksu par bērnu ar invaliditāti bija kaut vienu dienu no "
                       "2020. gada 12. marta līdz 9. jūnijam; kurā mēnesī to rādīt? Pieņemts: aprīlī, pēc tā faktiem.",
                    en="The supplement is due to those entitled to the disabled child's supplement at any time from "
                       "2020-03-12 to 2020-06-09; in which month does it stand? Read: April, by the facts of April.",
                    rests_on="ifinanses"),
       ])  # fmt: skip
def covid_disabled_child_grant(is_disabled_supplement_child: bool, covid_disabled_child_amount: Cents) -> Cents:
    """Once for each child with the disabled child's supplement."""
    if not is_disabled_supplement_child:
        return Cents(0)
    return covid_disabled_child_amount


@rule(act="COVIDL", article="2021-02-18", lv="Bērns, par kuru pienākas Covid-19 atbalsts",
      en="Child for whom the Covid-19 support is due", since="2021-03-01", until="2021-05-01")  # fmt: skip
def is_covid_grant_child(
    is_living: bool,
    born: Day,
    covid_born_in_time: NumberSteps,
    age_months: int,
    is_childcare_child: bool,
    covid_child_under_months: int,
    is_family_benefit_child: bool,
    is_disabled_supplement_child: bool,
) -> bool:
    """Born by 2021-04-06, and under one year, or with the family benefit or the disabled child's supplement."""
    is_under_one = is_childcare_child and age_months < covid_child_under_months
    is_child_of_a_benefit = is_under_one or is_family_benefit_child or is_disabled_supplement_child
    return is_living and covid_born_in_time.at(born) == 1 and is_child_of_a_benefit


@right(act="COVIDL", article="2021-02-18", lv="Vienreizējs Covid-19 atbalsts par bērnu",
       en="One-off Covid-19 support for a child", since="2021-03-01", until="2021-04-01",
       payer="state", per="once", counted=False, payee="family_payee")  # fmt: skip
def covid_child_grant(is_covid_grant_child: bool, covid_child_amount: Cents) -> Cents:
    """Once for each child entitled in March 2021."""
    if not is_covid_grant_child:
        return Cents(0)
    return covid_child_amount


@rule(act="COVIDL", article="2021-02-18", lv="Tiesības uz atbalstu radušās šajā mēnesī",
      en="The support became due in this month", since="2021-04-01", until="2021-05-01")  # fmt: skip
def is_new_covid_grant_child(is_covid_grant_child: bool, was_covid_grant_child: bool) -> bool:
    """Entitled this month and not the month before."""
    return is_covid_grant_child and not was_covid_grant_child


@right(act="COVIDL", article="2021-02-18", lv="Vienreizējs Covid-19 atbalsts par bērnu",
       en="One-off Covid-19 support for a child", since="2021-04-01", until="2021-05-01",
       payer="state", per="once", counted=False, payee="family_payee",
       questions=[
           Question(lv="Vai atbalsts pienākas, ja tiesības uz ģimenes valsts pabalstu atsākās no 2. līdz 6. aprīlim? "
                       "Pieņemts: lasa pēc 1. aprīļa.",
                    en="Is the support due when the family benefit began again between 2 and 6 April? Read: by the "
                       "facts of 1 April.",
                    rests_on="aluksne-500"),
       ])  # fmt: skip
def covid_child_grant(is_new_covid_grant_child: bool, covid_child_amount: Cents) -> Cents:
    """For a child entitled in April 2021 and not yet in March."""
    if not is_new_covid_grant_child:
        return Cents(0)
    return covid_child_amount


@rule(act="COVIDL", article="2021-03-11", lv="Saņem pensiju vai apgādnieka zaudējuma pabalstu",
      en="Draws a pension or a survivor's benefit", since="2021-03-01", until="2021-04-01")  # fmt: skip
def is_covid_pension_recipient(
    pension: Cents, survivor_social_security_benefit: Cents, is_covid_grant_child: bool
) -> bool:
    """Such a recipient, but not a child for whom 500 are paid."""
    # Simplification: every pension of such a child is taken to be a survivor's; an invalid of 18 or 19 is rare.
    return (pension > Cents(0) or survivor_social_security_benefit > Cents(0)) and not is_covid_grant_child


@rule(act="COVIDL", article="2021-03-11", lv="Saņem pensiju vai sociālā nodrošinājuma pabalstu",
      en="Draws a pension or a social security benefit", since="2021-03-01", until="2021-04-01")  # fmt: skip
def is_covid_income_recipient(is_covid_pension_recipient: bool, state_social_security_benefit: Cents) -> bool:
    """A pension, a survivor's benefit, or the social security benefit for age or disability."""
    return is_covid_pension_recipient or state_social_security_benefit > Cents(0)


@rule(act="COVIDL", article="2021-03-11", lv="Maksājumi, ar kuriem pienākas pabalsts",
      en="Payments that the grant goes with", since="2021-03-01", until="2021-04-01")  # fmt: skip
def covid_grants(is_covid_income_recipient: bool, is_disabled_person_in_care: bool, covid_care_children: int) -> int:
    """One with all pensions and social security, one with the own care benefit, one with each child's."""
    with_income = 1 if is_covid_income_recipient else 0
    with_own_care = 1 if is_disabled_person_in_care else 0
    return with_income + with_own_care + covid_care_children


@rule(act="COVIDL", article="2021-03-11", lv="Saņem pensiju, sociālā nodrošinājuma vai kopšanas pabalstu",
      en="Draws a pension, a social security or a care benefit", since="2021-03-01", until="2021-04-01")  # fmt: skip
def is_covid_pensioner(covid_grants: int) -> bool:
    """At least one of the payments that the grant goes with."""
    return covid_grants >= 1


@right(act="COVIDL", article="2021-03-11", lv="Vienreizējs Covid-19 pabalsts pensionāriem",
       en="One-off Covid-19 benefit for pensioners", since="2021-03-01", until="2021-04-01", enacted="2021-03-11",
       payer="state", per="once", paid="arrears", counted=False,
       questions=[
           Question(lv="Pabalsts pienākas, ja pensiju vai pabalstu saņem laikā no 2021. gada 1. marta līdz 6. aprīlim, "
                       "un to izmaksā aprīlī; kurā mēnesī to rādīt? Pieņemts: martā, pēc marta faktiem.",
                    en="The benefit is due to those who draw a pension or benefit from 2021-03-01 to 2021-04-06 and is "
                       "paid in April; in which month does it stand? Read: March, by the facts of March.",
                    rests_on="lvp-326310"),
       ])  # fmt: skip
def covid_pensioner_grant(is_covid_pensioner: bool, covid_grants: int, covid_pensioner_amount: Cents) -> Cents:
    """Once with a pension or social security benefit, and once more with each care benefit."""
    if not is_covid_pensioner:
        return Cents(0)
    return covid_grants * covid_pensioner_amount
