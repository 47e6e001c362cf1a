"""Care benefits: for a disabled child and for a disabled adult who need special care (VSPL 7.1, 12.1)."""

from __future__ import annotations

from balsts.law.engine.declare import Question, right, rule
from balsts.law.engine.vocabulary import Cents


@rule(act="VSPL", article="12.1", lv="Nav pilnā valsts apgādībā", en="Not fully kept by the state", since="2020-01-01",
      questions=[
          Question(lv="Izmaksu pārtrauc valsts finansētā ilgstošas aprūpes iestādē; vai arī pašvaldības vai paša "
                      "apmaksātā? Pieņemts: jebkurā; arī bērna pabalstam.",
                   en="The payment stops in long-term care paid by the state; also when the municipality or the person "
                      "pays for it? Read: in any; for the child's benefit too.",
                   rests_on="vsaa-kops"),
      ])  # fmt: skip
def is_outside_state_care(is_imprisoned: bool, is_in_long_term_care: bool) -> bool:
    """Neither in prison nor in an institution of long-term care."""
    return not is_imprisoned and not is_in_long_term_care


@rule(act="VSPL", article="7.1", lv="Bērns ar invaliditāti, kuram nepieciešama īpaša kopšana",
      en="Disabled child who needs special care", since="2020-01-01")  # fmt: skip
def is_disabled_child_in_care(
    is_disabled_child: bool,
    needs_special_care: bool,
    is_minor: bool,
    is_outside_state_care: bool,
    is_covered_by_state_benefits: bool,
) -> bool:
    """A disabled minor with the commission's opinion, living at home."""
    is_in_need = is_disabled_child and needs_special_care and is_minor
    return is_in_need and is_outside_state_care and is_covered_by_state_benefits


@right(act="VSPL", article="7.1", lv="Bērna ar invaliditāti kopšanas pabalsts", en="Care benefit for a disabled child",
       since="2020-01-01", payer="state", per="month", counted=False, payee="family_payee")  # fmt: skip
def disabled_child_care_benefit(is_disabled_child_in_care: bool, disability_care_child_amount: Cents) -> Cents:
    """For each such child, employed or not."""
    if not is_disabled_child_in_care:
        return Cents(0)
    return disability_care_child_amount


@rule(act="VSPL", article="12.1", lv="Persona ar invaliditāti, kurai nepieciešama kopšana",
      en="Disabled person who needs care", since="2020-01-01")  # fmt: skip
def is_disabled_person_in_care(
    is_disabled_adult: bool,
    needs_special_care: bool,
    is_outside_state_care: bool,
    is_covered_by_state_benefits: bool,
) -> bool:
    """A disabled adult with the commission's opinion, living at home."""
    is_in_need = is_disabled_adult and needs_special_care
    return is_in_need and is_outside_state_care and is_covered_by_state_benefits


@right(act="VSPL", article="12.1", lv="Pabalsts personai ar invaliditāti, kurai nepieciešama kopšana",
       en="Care benefit for a disabled person", since="2020-01-01",
       payer="state", per="month", counted=False)  # fmt: skip
def disabled_person_care_benefit(
    is_disabled_person_in_care: bool,
    is_disabled_since_childhood: bool,
    disability_care_adult_amount: Cents,
    disability_care_since_childhood_amount: Cents,
) -> Cents:
    """For the person, beside a pension or other benefit; more when disabled since childhood."""
    if not is_disabled_person_in_care:
        return Cents(0)
    if is_disabled_since_childhood:
        return disability_care_since_childhood_amount
    return disability_care_adult_amount
