"""What the simulated social insurance agency tells of a person."""

from __future__ import annotations

from datetime import date
from typing import Literal

from balsts.exchange.contract import Spell
from balsts.exchange.periods import Period, months_back
from balsts.exchange.simulation.people import Person
from balsts.exchange.social_insurance.contract import (
    InsuranceRecord,
    MonthlyBenefit,
    MonthlyPension,
    PensionAward,
    SocialInsuranceRecord,
)
from balsts.exchange.tax_authority.simulated import reported_months

_PENSION_AGE = 65


def record(person: Person, window: Period) -> SocialInsuranceRecord:
    """Pensions, benefits and insurance as in the population file, for every month that is asked about."""
    complete_to = months_back(person.today, 1)
    pensions = _pensions(person)
    first_paid = pensions[0].since if pensions else person.today
    paid, gross = person.cents("pension_cents"), person.cents("pension_gross_cents") or person.cents("pension_cents")
    insured = person.months_ago("employment", 25, 132)
    return SocialInsuranceRecord(
        personal_code=person.code,
        complete_to=f"{complete_to:%Y-%m}",
        died=person["died"],
        pensions=pensions,
        pension_payments=tuple(
            MonthlyPension(month=f"{month:%Y-%m}", gross_cents=gross, paid_cents=paid)
            for month in reported_months(window, first_paid, complete_to)
            if pensions
        ),
        benefit_payments=_benefits(person, window, complete_to),
        insured=(Spell(since=insured),) if person["is_insured"] else (),
        insurance_record=_insurance_record(person),
        parental_benefit_option=person["parental_benefit_option"] or "none",
        lost_breadwinner_on=person["lost_breadwinner_on"],
    )


def _pensions(person: Person) -> tuple[PensionAward, ...]:
    if not person.cents("pension_cents"):
        return ()
    group = person["disability_group"] or None
    kind: Literal["old_age", "disability", "survivor", "service"]
    if person.age >= _PENSION_AGE - 3 or person["is_early_pension"]:
        kind = "old_age"
    elif person["lost_breadwinner_on"] is not None:
        kind = "survivor"
    else:
        kind = "disability" if group else "service"
    since = person["pension_granted_on"] or person.months_ago("pension", 25, 60)
    return (
        PensionAward(
            since=since,
            kind=kind,
            granted_on=since,
            is_early=bool(person["is_early_pension"]),
            disability_group=group if kind == "disability" else None,
        ),
    )


def _benefits(person: Person, window: Period, complete_to: date) -> tuple[MonthlyBenefit, ...]:
    amount = person.cents("other_counted_income_cents")
    kind: Literal["unemployment", "parental"] = "unemployment" if person["unemployed_since"] else "parental"
    if not amount or not (person["unemployed_since"] or person["parental_benefit_option"]):
        return ()  # other income of the file comes from elsewhere: the agency does not know it
    return tuple(
        MonthlyBenefit(month=f"{month:%Y-%m}", kind=kind, paid_cents=amount)
        for month in reported_months(window, person["born"], complete_to)
    )


def _insurance_record(person: Person) -> InsuranceRecord | None:
    years = person["insurance_record_years"]
    if years is None:
        return None
    return InsuranceRecord(
        years=years,
        before_1996_years=person["insurance_record_before_1996_years"] or 0,
        notional_capital_cents=person["notional_capital_cents"],
        initial_capital_cents=person["initial_capital_cents"],
    )
