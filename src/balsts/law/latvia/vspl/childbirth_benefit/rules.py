"""Childbirth benefit: once for each child (VSPL 8; MK 1546)."""

from __future__ import annotations

from balsts.law.engine.declare import Question, right, rule
from balsts.law.engine.vocabulary import Cents, Day, Month, months_from


@rule(act="VSPL", article="8", lv="Par bērnu pienākas piedzimšanas pabalsts",
      en="Childbirth benefit is due for the child", since="2020-01-01",
      questions=[
          Question(lv="Pabalstu maksā arī par bērnu, kurš ņemts aizbildnībā līdz viena gada vecumam; vai tad tas "
                      "pienākas aizbildnības mēnesī? Pieņemts: vienmēr dzimšanas mēnesī.",
                   en="The benefit is also paid for a child taken into guardianship before the age of one; is it then "
                      "due in the month of the guardianship? Read: always in the month of birth.",
                   rests_on="vsaa-bpp"),
      ])  # fmt: skip
def is_childbirth_benefit_due(born: Day, month: Month, is_covered_by_state_benefits: bool) -> bool:
    """The month is that of the birth, whenever the benefit is claimed."""
    return months_from(born, month) == 0 and is_covered_by_state_benefits


@right(act="VSPL", article="8", lv="Bērna piedzimšanas pabalsts", en="Childbirth benefit", since="2020-01-01",
       payer="state", per="once", counted=False, payee="family_payee")  # fmt: skip
def childbirth_benefit(is_childbirth_benefit_due: bool, childbirth_benefit_amount: Cents) -> Cents:
    """For each child; as the right stands in the month of birth, the amount is that of the day of birth."""
    if not is_childbirth_benefit_due:
        return Cents(0)
    return childbirth_benefit_amount
