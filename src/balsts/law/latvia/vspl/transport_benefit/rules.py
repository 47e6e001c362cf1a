"""Transport benefit: twice a year for those who can hardly walk (VSPL 12)."""

from __future__ import annotations

from balsts.law.engine.declare import right, rule
from balsts.law.engine.vocabulary import Cents, Day, Month, is_known, months_from


@rule(act="VSPL", article="12", lv="Sākas pusgads, skaitot no atzinuma",
      en="A half-year counted from the opinion begins", since="2020-01-01")  # fmt: skip
def is_transport_half_year_start(mobility_opinion_on: Day, month: Month, transport_benefit_period_months: int) -> bool:
    """The month of the opinion and every sixth month after it."""
    return (
        is_known(mobility_opinion_on)
        and months_from(mobility_opinion_on, month) >= 0
        and months_from(mobility_opinion_on, month) % transport_benefit_period_months == 0
    )


@rule(act="VSPL", article="12", lv="Ir tiesības uz transporta pabalstu šajā mēnesī",
      en="Transport benefit is due this month", since="2020-01-01")  # fmt: skip
def is_transport_benefit_due(
    is_transport_half_year_start: bool, is_outside_state_care: bool, is_covered_by_state_benefits: bool
) -> bool:
    """For a person of any age with the opinion."""
    return is_transport_half_year_start and is_outside_state_care and is_covered_by_state_benefits


@right(act="VSPL", article="12", lv="Pabalsts transporta izdevumu kompensēšanai personai ar invaliditāti",
       en="Transport benefit for persons with a disability", since="2020-01-01", payer="state", per="half_year",
       counted=False)  # fmt: skip
def transport_benefit(is_transport_benefit_due: bool, transport_benefit_amount: Cents) -> Cents:
    """At the amount of the payment day; a last incomplete half-year is paid in full."""
    if not is_transport_benefit_due:
        return Cents(0)
    return transport_benefit_amount
