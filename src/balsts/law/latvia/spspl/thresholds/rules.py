"""Thresholds of the household: GMI, needy, low-income (SPSPL 33)."""

from __future__ import annotations

from balsts.law.engine.declare import rule
from balsts.law.engine.vocabulary import Cents


@rule(act="MK550", article="level, text not read", lv="Garantētā minimālā ienākuma līmenis mājsaimniecībai",
      en="GMI level of the household", since="2020-01-01", until="2021-01-01", entity="household")  # fmt: skip
def gmi_threshold(household_members: int, thresholds_gmi_first: Cents) -> Cents:
    """One and the same amount for every person."""
    return thresholds_gmi_first * household_members


@rule(act="SPSPL", article="33(2)", lv="Garantētā minimālā ienākuma sliekšņu summa mājsaimniecībai",
      en="GMI threshold of the household", since="2021-01-01", entity="household")  # fmt: skip
def gmi_threshold(household_members: int, thresholds_gmi_first: Cents, thresholds_gmi_other: Cents) -> Cents:
    """The first person's amount and the lower one of each other person."""
    if household_members == 0:
        return Cents(0)
    return thresholds_gmi_first + thresholds_gmi_other * (household_members - 1)


@rule(act="SPSPL", article="33, text of 2020 not read", lv="Trūcīgas mājsaimniecības ienākumu slieksnis",
      en="Needy threshold of the household", since="2020-01-01", until="2021-01-01", entity="household")  # fmt: skip
def needy_threshold(household_members: int, thresholds_needy_first: Cents) -> Cents:
    """One and the same amount for every person."""
    return thresholds_needy_first * household_members


@rule(act="SPSPL", article="33", lv="Trūcīgas mājsaimniecības ienākumu sliekšņu summa",
      en="Needy threshold of the household", since="2021-01-01", entity="household")  # fmt: skip
def needy_threshold(household_members: int, thresholds_needy_first: Cents, thresholds_needy_other: Cents) -> Cents:
    """The first person's amount and the lower one of each other person."""
    if household_members == 0:
        return Cents(0)
    return thresholds_needy_first + thresholds_needy_other * (household_members - 1)


@rule(act="SPSPL", article="33(4)", lv="Maznodrošinātas mājsaimniecības ienākumu sliekšņu summas augšējā robeža",
      en="Low-income threshold of the household", since="2021-01-01", entity="household")  # fmt: skip
def low_income_threshold(
    household_members: int, thresholds_low_income_first: Cents, thresholds_low_income_other: Cents
) -> Cents:
    """The national cap; a municipality may set less, down to the needy threshold."""
    # Simplification: the cap stands for every municipality; where one chose less, fewer households are low-income.
    if household_members == 0:
        return Cents(0)
    return thresholds_low_income_first + thresholds_low_income_other * (household_members - 1)
