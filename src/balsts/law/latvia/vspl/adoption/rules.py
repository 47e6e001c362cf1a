"""Adoption: care before it, the remuneration at it, and the benefit after it (VSPL 3, 8.2; MK 177)."""

from __future__ import annotations

from balsts.law.engine.declare import Question, any_of, largest, linked, right, rule
from balsts.law.engine.vocabulary import (
    Cents,
    Day,
    Link,
    MoneySteps,
    MoneyTable,
    Month,
    is_someone,
    months_from,
)

preadoption_carer_is_employed = linked(
    "is_employed", via="preadoption_carer", lv="Aprūpētājs ir nodarbināts", en="The carer is employed",
)  # fmt: skip
has_child_before_adoption = any_of(
    "is_child_before_adoption", over="preadoption_carer",
    lv="Aprūpē ir adoptējamais bērns", en="Cares for a child to be adopted",
)  # fmt: skip
largest_adoptee_care_amount = largest(
    "adoptee_care_amount", over="preadoption_carer", where="is_child_before_adoption",
    lv="Lielākais atlīdzības apmērs starp aprūpējamiem bērniem", en="Largest amount among the children cared for",
)  # fmt: skip


@rule(act="VSPL", article="8.2", lv="Adoptēts bērns", en="Adopted child", since="2020-01-01",
      questions=[
          Question(lv="Pabalstu un atlīdzību maksā par bērnu, kas bijis ārpusģimenes aprūpē, ne par otra laulātā "
                      "bērnu; šis fakts netiek jautāts. Pieņemts: katrs adoptētais bērns bijis ārpusģimenes aprūpē.",
                   en="The benefit and the remuneration are for a child from out-of-family care, not for the spouse's "
                      "child; that fact is not asked. Read: every adopted child comes from such care.",
                   rests_on="likumi-306225"),
      ])  # fmt: skip
def is_adopted_child(
    adoptive_payee: Link, is_minor: bool, adopted_on: Day, month: Month, is_covered_by_state_benefits: bool
) -> bool:
    """An adopted minor, from the month of the adoption (when its day is not stated, an old one)."""
    is_adopted = is_someone(adoptive_payee) and months_from(adopted_on, month) >= 0
    return is_adopted and is_minor and is_covered_by_state_benefits


@right(act="VSPL", article="8.2", lv="Bērna adopcijas pabalsts", en="Adoption benefit", since="2020-01-01",
       payer="state", per="month", counted=False, payee="adoptive_payee")  # fmt: skip
def adoption_benefit(is_adopted_child: bool, age_years: int, adoption_amount: MoneyTable) -> Cents:
    """For each adopted child, by age; in its month of birth a child is below the first year."""
    if not is_adopted_child:
        return Cents(0)
    return adoption_amount.at(max(age_years, 0))


@rule(act="VSPL", article="3(2)", lv="Bērns adoptēts šajā mēnesī", en="Child adopted in this month",
      since="2020-01-01")  # fmt: skip
def is_adopted_this_month(is_adopted_child: bool, adopted_on: Day, month: Month) -> bool:
    """The month is that of the adoption."""
    return is_adopted_child and months_from(adopted_on, month) == 0


@right(act="VSPL", article="3(2)", lv="Atlīdzība par bērna adopciju", en="Remuneration for the adoption",
       since="2020-01-01", payer="state", per="once", counted=False, payee="adoptive_payee")  # fmt: skip
def adoption_remuneration(is_adopted_this_month: bool, adoption_remuneration_amount: Cents) -> Cents:
    """Once for each child, in the month of the adoption."""
    if not is_adopted_this_month:
        return Cents(0)
    return adoption_remuneration_amount


@rule(act="VSPL", article="3(1) p. 8", lv="Adoptējamais bērns aprūpē", en="Child in care before its adoption",
      since="2020-01-01")  # fmt: skip
def is_child_before_adoption(
    preadoption_carer: Link, is_minor: bool, care_granted_on: Day, month: Month, is_covered_by_state_benefits: bool
) -> bool:
    """A minor given into care before the adoption, from that month (when its day is not stated, an old one)."""
    is_placed = is_someone(preadoption_carer) and months_from(care_granted_on, month) >= 0
    return is_placed and is_minor and is_covered_by_state_benefits


@rule(act="VSPL", article="3(1) p. 8", lv="Atlīdzības apmērs par adoptējamo bērnu", en="Care amount for the child",
      since="2020-01-01", until="2026-01-01")  # fmt: skip
def adoptee_care_amount(
    preadoption_carer_is_employed: bool,
    age_years: int,
    care_granted_on: Day,
    adoption_employed_care_until_years: int,
    adoption_employed_care_amount: MoneySteps,
    adoption_employed_care_amount_before_2023: Cents,
    adoption_care_amount: Cents,
) -> Cents:
    """For an employed carer of a child under 8 by the day of the grant, for all others one amount."""
    # Simplification: an employed carer is taken to be on leave for the child or to work part-time.
    if not preadoption_carer_is_employed or age_years >= adoption_employed_care_until_years:
        return adoption_care_amount
    if adoption_employed_care_amount.at(care_granted_on) == 0:
        return adoption_employed_care_amount_before_2023
    return adoption_employed_care_amount.at(care_granted_on)


@rule(act="VSPL", article="3(1) p. 8", lv="Atlīdzības apmērs par adoptējamo bērnu", en="Care amount for the child",
      since="2026-01-01")  # fmt: skip
def adoptee_care_amount(adoption_care_amount: Cents) -> Cents:
    """One amount, irrespective of employment and age."""
    return adoption_care_amount


@right(act="VSPL", article="3(1) p. 8", lv="Atlīdzība par adoptējamā bērna aprūpi",
       en="Remuneration for the care of a child to be adopted", since="2020-01-01",
       payer="state", per="month", counted=True,
       beneficiaries="is_child_before_adoption", beneficiaries_over="preadoption_carer",
       questions=[
           Question(lv="Cik liela ir piemaksa par katru nākamo vienlaikus aprūpējamo adoptējamo bērnu? Piemaksa te nav "
                       "ietverta.",
                    en="How much is the supplement for each further child cared for at the same time before its "
                       "adoption? The supplement is not included here.",
                    rests_on="vsaa-adopt"),
           Question(lv="Vai šo atlīdzību ieskaita mājsaimniecības ienākumos? Pieņemts: jā, jo tā nav starp "
                       "neieskaitāmajiem pabalstiem.",
                    en="Does this remuneration count as income of the household? Read: yes, as it is not among the "
                       "benefits left out.",
                    rests_on="jekabpils-inc"),
       ])  # fmt: skip
def adoptee_care_remuneration(has_child_before_adoption: bool, largest_adoptee_care_amount: Cents) -> Cents:
    """One for a carer, whatever the number of children."""
    if not has_child_before_adoption:
        return Cents(0)
    return largest_adoptee_care_amount
