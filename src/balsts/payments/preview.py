"""What a run differs in from the one before, for the person who approves it to look through."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection

from balsts.payments.models import Run
from balsts.payments.selectors import Totals, totals_of

CHANGED_PERCENT = 20
"""A payee's sum of a right that changes by more than this share of the last one is shown."""
MOST_CENTS_OF_A_LINE = 300_000
"""A line above this is shown. Both are the platform's own measure of attention; no act sets them."""


@dataclass(frozen=True)
class Finding:
    """One kind of difference: how many, their cents now and before, and the numbers of the first lines.

    Kinds: new, ended, changed, arrears, overpaid, moved (the payee's declared municipality is another one),
    one_account_of_several, above_limit, withheld (kept back from lines), new_creditor (something kept back goes to an
    account to which nothing did before), new_payout_account (a line goes to somebody else's account to which none did
    before), held_… (a line that is not paid, and why), left_out (an award that no run can
    pay).
    """

    kind: str
    many: int
    cents: int
    cents_before: int
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Preview:
    """A run's sums and findings. `digest` names just these: whoever acknowledges them says which they saw."""

    totals: Totals
    findings: tuple[Finding, ...]
    digest: str

    def as_json(self) -> dict[str, Any]:
        """As commands print it."""
        return asdict(self)


def preview_of(run: Run) -> Preview:
    """The preview of a run, as far as who acts may see it; to be called in scope."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT finding, many, cents, cents_before, numbers FROM payments_findings(%s, %s, %s)",
            [run.pk, CHANGED_PERCENT, MOST_CENTS_OF_A_LINE],
        )
        findings = tuple(
            Finding(kind, many, cents, before, tuple(numbers or ()))
            for kind, many, cents, before, numbers in cursor.fetchall()
        )
    totals = totals_of(run)
    said = json.dumps([str(run.pk), asdict(totals), [asdict(one) for one in findings]], sort_keys=True)
    return Preview(totals, findings, hashlib.sha256(said.encode()).hexdigest())
