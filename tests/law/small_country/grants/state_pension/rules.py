"""State pension: granted once, raised every October since."""

from __future__ import annotations

from balsts.law.engine.declare import right
from balsts.law.engine.vocabulary import Cents, Day, Month, RateSteps, indexed, is_known


@right(act="PA", article="1", lv="Pensija", en="Pension", since="2020-01-01", payer="state", per="month",
       counted=True)  # fmt: skip
def state_pension(
    pension_at_grant: Cents, pension_granted_on: Day, month: Month, state_pension_index: RateSteps
) -> Cents:
    """The amount of the grant with every index since."""
    if not is_known(pension_granted_on):
        return Cents(0)
    return indexed(pension_at_grant, state_pension_index, pension_granted_on, month)
