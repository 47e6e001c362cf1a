"""A reform's new wording: the childcare benefit is of one amount up to two years."""

from __future__ import annotations

from balsts.law.engine.declare import rule
from balsts.law.engine.vocabulary import Cents


@rule(act="VSPL", article="7", lv="Kopšanas pabalsta apmērs", en="Childcare amount", since="2027-01-01")
def childcare_amount(childcare_benefit_amount: Cents) -> Cents:
    """The same at every age; the law in force pays 42.69 from one and a half years on."""
    return childcare_benefit_amount
