"""Who may take which step of a run: the first wall. The database asks the same on its own."""

from __future__ import annotations

import rules

from balsts.access.acting import Acting
from balsts.access.predicates import has_ability
from balsts.payments.models import Claim, PayoutChoice, Run, WithholdingOrder


@rules.predicate
def is_at_the_payer(who: Acting, what: Run | Claim | WithholdingOrder | PayoutChoice | None) -> bool:
    """Whether a run, claim, order or choice is of the institution where who acts works; one to come will be."""
    return who.institution is not None and (what is None or what.payer_id == who.institution)


PREPARES = has_ability("prepare_payments")
APPROVES = has_ability("approve_payments")
RELEASES = has_ability("release_payments")

rules.add_rule("payments.prepare", PREPARES & is_at_the_payer)
rules.add_rule("payments.approve", APPROVES & is_at_the_payer)
rules.add_rule("payments.release", RELEASES & is_at_the_payer)
rules.add_rule("payments.read", (PREPARES | APPROVES | RELEASES) & is_at_the_payer)
