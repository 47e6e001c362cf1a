"""GMI benefit: what the household lacks to the guaranteed minimum income (SPSPL 33(2); MK 809)."""

from __future__ import annotations

from balsts.law.engine.declare import Question, right, rule
from balsts.law.engine.vocabulary import Cents


@rule(act="SPSPL", article="33(2)", lv="Ienākumi, ko ņem vērā GMI pabalstam", en="Income counted for the GMI benefit",
      since="2020-01-01", until="2022-03-01", entity="household")  # fmt: skip
def gmi_income(household_income: Cents) -> Cents:
    """All income of the household."""
    return household_income


@rule(act="UCAL", article="article not read", lv="Ienākumi, ko ņem vērā GMI pabalstam",
      en="Income counted for the GMI benefit", since="2022-03-01", entity="household",
      questions=[
          Question(lv="Vai mēnešos, kad Ukrainas civiliedzīvotāju resursus nevērtē, GMI pabalstu maksā pilnā apmērā, "
                      "no tā neatņemot ienākumus? Pieņemts: jā.",
                   en="Is the GMI benefit of Ukrainian civilians paid in full, without deducting income, in the months "
                      "when their means are not assessed? Read: yes.",
                   rests_on="S1"),
      ])  # fmt: skip
def gmi_income(household_income: Cents, is_means_test_waived: bool) -> Cents:
    """All income of the household, or nothing where means are not assessed."""
    if is_means_test_waived:
        return Cents(0)
    return household_income


@rule(act="SPSPL", article="33(2)", lv="Mājsaimniecībai pienākas GMI pabalsts", en="GMI benefit is due",
      since="2020-01-01", until="2022-03-01", entity="household")  # fmt: skip
def is_gmi_household(needy_household: bool, gmi_income: Cents, gmi_threshold: Cents) -> bool:
    """A needy household with income below the GMI threshold."""
    # Simplification: the agreement on co-operation is taken to be made and kept.
    return needy_household and gmi_income < gmi_threshold


@rule(act="SPSPL", article="33(2)", lv="Mājsaimniecībai pienākas GMI pabalsts", en="GMI benefit is due",
      since="2022-03-01", entity="household")  # fmt: skip
def is_gmi_household(
    needy_household: bool, is_means_test_waived: bool, gmi_income: Cents, gmi_threshold: Cents
) -> bool:
    """A household whose means are not assessed, or a needy one with income below the GMI threshold."""
    # Simplification: the agreement on co-operation is taken to be made and kept.
    if is_means_test_waived:
        return True
    return needy_household and gmi_income < gmi_threshold


@right(act="SPSPL", article="33(2)", lv="Garantētā minimālā ienākuma pabalsts", en="GMI benefit", since="2020-01-01",
       payer="municipality", per="month", counted=False, entity="household",
       beneficiaries="counts_in_household")  # fmt: skip
def gmi_benefit(is_gmi_household: bool, gmi_threshold: Cents, gmi_income: Cents) -> Cents:
    """The GMI threshold of the household less its income, a month."""
    if not is_gmi_household:
        return Cents(0)
    return gmi_threshold - gmi_income
