"""Orphans and children without parental care after their 18th birthday: two grants and a benefit (MK 857)."""

from __future__ import annotations

from balsts.law.engine.declare import Question, right, rule
from balsts.law.engine.vocabulary import Cents, Day, Month, is_known, month_of
from balsts.law.latvia.inputs import Education


@rule(act="MK857", article="vienreizējie pabalsti", lv="Ārpusģimenes aprūpes beigu mēnesis",
      en="Month in which out-of-family care ended", since="2020-01-01")  # fmt: skip
def left_care_month(born: Day, left_care_on: Day, persons_majority_months: int) -> Month:
    """The month stated, else that of the 18th birthday."""
    if is_known(left_care_on):
        return month_of(left_care_on)
    return month_of(born) + persons_majority_months


@rule(act="MK857", article="vienreizējie pabalsti", lv="Šajā mēnesī beidzas ārpusģimenes aprūpe",
      en="Leaves out-of-family care this month", since="2020-01-01")  # fmt: skip
def is_leaving_care(is_orphan_after_care: bool, left_care_month: Month, month: Month) -> bool:
    """An orphan or a child left without parental care, in the month in which the care ends."""
    return is_orphan_after_care and left_care_month == month


@right(act="MK857", article="vienreizējie pabalsti", lv="Vienreizējs pabalsts patstāvīgas dzīves uzsākšanai",
       en="Grant for an independent life", since="2020-01-01",
       payer="municipality", per="once", counted=False)  # fmt: skip
def independent_living_grant(
    is_leaving_care: bool,
    is_disabled_since_childhood: bool,
    after_care_start_amount: Cents,
    after_care_start_amount_since_childhood: Cents,
) -> Cents:
    """Once, when out-of-family care ends; the national minimum."""
    if not is_leaving_care:
        return Cents(0)
    if is_disabled_since_childhood:
        return after_care_start_amount_since_childhood
    return after_care_start_amount


@right(act="MK857", article="vienreizējie pabalsti",
       lv="Vienreizējs pabalsts sadzīves priekšmetu un mīkstā inventāra iegādei",
       en="Grant for household goods", since="2020-01-01",
       payer="municipality", per="once", counted=False)  # fmt: skip
def household_goods_grant(is_leaving_care: bool, after_care_goods_amount: Cents) -> Cents:
    """Once, when out-of-family care ends; the national minimum."""
    if not is_leaving_care:
        return Cents(0)
    return after_care_goods_amount


@rule(act="MK857", article="31", lv="Pēc ārpusģimenes aprūpes mācās", en="Studies after out-of-family care",
      since="2020-01-01",
      questions=[
          Question(lv="Līdz 2023. gada jūnijam bija jāmācās sekmīgi; vai arī neklātiene un kursi ir mācības? Pieņemts: "
                      "sekmes neprasa, der jebkura izglītība.",
                   en="To June 2023 the studies had to be successful; do distance learning and courses count too? "
                      "Read: no grades are asked, any education will do.",
                   rests_on="bernulab"),
      ])  # fmt: skip
def is_studying_after_care(
    is_orphan_after_care: bool,
    left_care_month: Month,
    month: Month,
    age_years: int,
    after_care_until_years: int,
    education: Education,
) -> bool:
    """From the month in which the care ended to the age of 24, in education."""
    return (
        is_orphan_after_care
        and left_care_month <= month
        and age_years < after_care_until_years
        and education != Education.NONE
    )  # fmt: skip


@right(act="MK857", article="31", lv="Ikmēneša pabalsts pilngadību sasniegušam bārenim, kurš mācās",
       en="Benefit for a studying orphan", since="2020-01-01",
       payer="municipality", per="month", counted=False)  # fmt: skip
def studying_orphan_benefit(
    is_studying_after_care: bool,
    is_disabled_since_childhood: bool,
    after_care_study_amount: Cents,
    after_care_study_amount_since_childhood: Cents,
) -> Cents:
    """A month, while in education; the national minimum."""
    if not is_studying_after_care:
        return Cents(0)
    if is_disabled_since_childhood:
        return after_care_study_amount_since_childhood
    return after_care_study_amount
