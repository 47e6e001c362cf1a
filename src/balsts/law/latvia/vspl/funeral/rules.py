"""Funeral benefit when a recipient of the state social security benefit died (VSPL 14)."""

from __future__ import annotations

from balsts.law.engine.declare import CENT, Question, half_up, right, rule
from balsts.law.engine.vocabulary import Cents, Day, Month, Rate, is_known, month_of


@rule(act="METHOD", article="months 2", lv="Nāves mēnesis", en="Month of death", since="2020-01-01")
def is_month_of_death(died: Day, month: Month) -> bool:
    """Died in the month asked."""
    return is_known(died) and month_of(died) == month


@rule(act="VSPL", article="14", lv="Apbedīšanas pabalsta apmērs", en="Amount of the funeral benefit",
      since="2020-01-01", rounding=half_up(to=CENT, article="VSPL 14"))  # fmt: skip
def social_security_funeral_amount(largest_social_security_amount: Cents, funeral_multiple: Rate) -> Cents:
    """Twice the state social security benefit of the deceased, whatever its ground."""
    return largest_social_security_amount * funeral_multiple


@rule(act="VSPL", article="14", lv="Miris pabalsta saņēmējs", en="A recipient of the benefit died",
      since="2020-01-01")  # fmt: skip
def is_funeral_of_recipient(is_month_of_death: bool, social_security_funeral_amount: Cents) -> bool:
    """Died this month, with a right to the state social security benefit."""
    return is_month_of_death and social_security_funeral_amount != Cents(0)


@rule(act="MS", article="article not read", lv="Lielākais no apbedīšanas pabalstiem", en="The larger funeral benefit",
      since="2020-01-01")  # fmt: skip
def largest_funeral_amount(social_security_funeral_amount: Cents, insured_funeral_amount: Cents) -> Cents:
    """With several grounds one funeral benefit is paid, the largest."""
    return max(social_security_funeral_amount, insured_funeral_amount)


@right(act="VSPL", article="14", lv="Apbedīšanas pabalsts", en="Funeral benefit", since="2020-01-01", payer="state",
       per="once", counted=False, after_death=True,
       questions=[
           Question(
               lv="Pabalstu saņem tas, kurš apbedī; ailē «kam» ir mirušais, jo apbedītāju ievaddati nenosauc.",
               en="It is paid to whoever buries; the answer names the deceased, since no fact names who buries.",
               rests_on="lm-apb",
           )
       ])  # fmt: skip
def funeral_benefit(
    is_funeral_of_recipient: bool, social_security_funeral_amount: Cents, largest_funeral_amount: Cents
) -> Cents:
    """Once, in the month of death, unless that of insurance is larger."""
    if not is_funeral_of_recipient:
        return Cents(0)
    if social_security_funeral_amount != largest_funeral_amount:
        return Cents(0)
    return social_security_funeral_amount
