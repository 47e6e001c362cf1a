"""Childcare benefit: for those who look after a child under two (VSPL 7; MK 1609)."""

from __future__ import annotations

from balsts.law.engine.declare import Question, right, rule
from balsts.law.engine.vocabulary import Cents, Day, NumberSteps


@rule(act="VSPL", article="7", lv="Bērns, par kuru maksā kopšanas pabalstu",
      en="Child of the age of the childcare benefit", since="2020-01-01",
      questions=[
          Question(lv="Vai pabalsts nepienākas par laiku, kad otram vecākam izmaksā maternitātes pabalstu? Pieņemts: "
                      "pienākas.",
                   en="Is the benefit not due while the other parent draws the maternity benefit? Read: it is due.",
                   rests_on="ejurists"),
      ])  # fmt: skip
def is_childcare_child(
    born: Day, age_months: int, childcare_benefit_until_months: NumberSteps, is_covered_by_state_benefits: bool
) -> bool:
    """Under two (born after 2026-11-02: under one and a half) on the 1st; the month of birth is the first."""
    return age_months < childcare_benefit_until_months.at(born) and is_covered_by_state_benefits


@rule(act="VSPL", article="7", lv="Kopšanas pabalsta apmērs pēc bērna vecuma",
      en="Childcare amount by the child's age", since="2020-01-01")  # fmt: skip
def childcare_amount(
    age_months: int,
    childcare_benefit_first_part_months: int,
    childcare_benefit_amount: Cents,
    childcare_benefit_second_amount: Cents,
) -> Cents:
    """The larger amount under 18 months on the 1st, the smaller one after."""
    if age_months < childcare_benefit_first_part_months:
        return childcare_benefit_amount
    return childcare_benefit_second_amount


@rule(act="VSPL", article="7", lv="Pirmais vienās dzemdībās dzimušais bērns", en="First child of one birth",
      since="2020-01-01")  # fmt: skip
def is_first_of_birth(birth_rank: int) -> bool:
    """The only child of its birth, or the first of twins."""
    return birth_rank == 0


@rule(act="VSPL", article="7", lv="Par bērnu maksā kopšanas pabalstu", en="Childcare benefit is due for the child",
      since="2020-01-01")  # fmt: skip
def is_childcare_benefit_due(is_childcare_child: bool, is_first_of_birth: bool) -> bool:
    """The child's age fits, and it is the first of its birth."""
    return is_childcare_child and is_first_of_birth


@rule(act="VSPL", article="7", lv="Par bērnu maksā piemaksu par dvīņiem", en="Twins supplement is due for the child",
      since="2020-01-01")  # fmt: skip
def is_twins_supplement_due(is_childcare_child: bool, is_first_of_birth: bool) -> bool:
    """The child's age fits, and it is a further child of its birth."""
    return is_childcare_child and not is_first_of_birth


@right(act="VSPL", article="7", lv="Bērna kopšanas pabalsts", en="Childcare benefit", since="2020-01-01",
       payer="state", per="month", paid="arrears", counted=True, payee="family_payee")  # fmt: skip
def childcare_benefit(is_childcare_benefit_due: bool, childcare_amount: Cents) -> Cents:
    """For a child, employed or not; for twins once."""
    if not is_childcare_benefit_due:
        return Cents(0)
    return childcare_amount


@right(act="VSPL", article="7", lv="Piemaksa pie bērna kopšanas pabalsta par dvīņiem vai vairākiem bērniem",
       en="Twins supplement to the childcare benefit", since="2020-01-01",
       payer="state", per="month", paid="arrears", counted=True, payee="family_payee")  # fmt: skip
def childcare_twins_supplement(is_twins_supplement_due: bool, childcare_amount: Cents) -> Cents:
    """For each further child of one birth, as much as for the first."""
    if not is_twins_supplement_due:
        return Cents(0)
    return childcare_amount
