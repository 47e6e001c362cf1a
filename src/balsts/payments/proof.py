"""Proof that a run's decisions, lines and ledger agree, to the cent; where they do not, by line."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import connection

from balsts.payments.models import Run


@dataclass(frozen=True)
class Difference:
    """Where sums differ.

    `decided`: lines are not what awards come to; `posted`: postings are not what a line says; `withheld`: deductions or
    their postings are not what a line keeps back.

    Cents that were expected and found; `number` is the line's in the run, or of the overpayment, or None for a key of
    which the run has none.
    """

    what: str
    number: int | None
    code: str
    month: date
    expected: int
    found: int


@dataclass(frozen=True)
class Proof:
    """Sums in cents over all keys that are due by the month of a run, and the differences.

    `lines` counts what this run and earlier ones pay, less what was found overpaid, with what this run holds. `posted`
    is what the ledger has of this run, `to_post` what its lines come to; both are 0 until it is released. `withheld`
    is what its lines keep back, `deducted` what its deductions come to.
    """

    decided: int
    lines: int
    to_post: int
    posted: int
    withheld: int
    deducted: int
    differences: tuple[Difference, ...]

    @property
    def holds(self) -> bool:
        """Whether all agree."""
        expected, found = (self.decided, self.to_post, self.withheld), (self.lines, self.posted, self.deducted)
        return not self.differences and expected == found

    def as_json(self) -> dict[str, Any]:
        """As commands print it."""
        differences = [asdict(one) | {"month": f"{one.month:%Y-%m}"} for one in self.differences]
        return asdict(self) | {"differences": differences, "holds": self.holds}


def prove(run: Run) -> Proof:
    """Work out anew what a run rests on, and hold its lines and postings against it; to be called in scope.

    Cases that another office has taken over since are that office's to prove.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT what, number, code, month, expected, found FROM payments_proof(%s)", [run.pk])
        rows = cursor.fetchall()
    sums = {what: (expected or 0, found or 0) for what, *_, expected, found in rows if what.startswith("sum_")}
    decided, posted, kept = (sums.get(f"sum_{one}", (0, 0)) for one in ("decided", "posted", "withheld"))
    return Proof(*decided, *posted, *kept, tuple(Difference(*row) for row in rows if not row[0].startswith("sum_")))
