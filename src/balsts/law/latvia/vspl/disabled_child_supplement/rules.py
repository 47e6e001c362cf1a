"""Supplement to the family state benefit for a disabled child (VSPL 6)."""

from __future__ import annotations

from balsts.law.engine.declare import right, rule
from balsts.law.engine.vocabulary import Cents


@rule(act="VSPL", article="6", lv="Bērns ar invaliditāti, par kuru maksā piemaksu",
      en="Disabled child for whom the supplement is paid", since="2020-01-01", until="2022-01-01")  # fmt: skip
def is_disabled_supplement_child(is_disabled_child: bool, is_minor: bool, is_covered_by_state_benefits: bool) -> bool:
    """A disabled child below 18."""
    return is_disabled_child and is_minor and is_covered_by_state_benefits


@rule(act="VSPL", article="6", lv="Bērns ar invaliditāti, par kuru maksā piemaksu",
      en="Disabled child for whom the supplement is paid", since="2022-01-01")  # fmt: skip
def is_disabled_supplement_child(
    is_disabled_child: bool,
    age_years: int,
    disabled_child_supplement_until_years: int,
    is_covered_by_state_benefits: bool,
) -> bool:
    """A disabled child below 20."""
    is_young_enough = age_years < disabled_child_supplement_until_years
    return is_disabled_child and is_young_enough and is_covered_by_state_benefits


@right(act="VSPL", article="6", lv="Piemaksa pie ģimenes valsts pabalsta par bērnu ar invaliditāti",
       en="Supplement for a disabled child", since="2020-01-01",
       payer="state", per="month", counted=False, payee="family_payee")  # fmt: skip
def disabled_child_supplement(is_disabled_supplement_child: bool, disabled_child_supplement_amount: Cents) -> Cents:
    """For each disabled child, whether or not the family benefit is due."""
    if not is_disabled_supplement_child:
        return Cents(0)
    return disabled_child_supplement_amount
