"""Books of tests in which everything happens that a proof looks at; and what may be wrong with them, planted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import psycopg

from balsts.access.acting import in_scope
from balsts.database.server import ADMINISTRATOR, Cluster
from balsts.payments.models import Line, Run
from balsts.payments.payout_lists import apply_answer
from balsts.payments.proof import Proof, prove
from tests.database.apart import Connections
from tests.payments.at_the_bank import bank, days_at, open_account, round_at
from tests.payments.payout_situations import SUPPLIER, answer, by_post, chosen, named
from tests.payments.running_bank import RunningBank
from tests.payments.situations import Given, approver, case_of, granted, payee, preparer, released
from tests.payments.withholding_situations import claimed, ordered, pensioner
from tests.registry.situations import PLATFORM

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)
TOUCHED = ("payments_line", "payments_overpaid", "payments_ledgerentry", "payments_posting", "payments_event",
           "payments_bankfile", "payments_deduction", "cases_awardspan")  # fmt: skip
# The lines of January by number: they are in the order of payees, which is that in which persons were made.
PLAIN, OTHER, RETURNED, POSTED, TOO_MUCH, NO_ACCOUNT, PENSION = range(1, 8)
# Two of February, of one month and of other sums.
LOWERED, FROM_NOW_ON = 6, 8


@dataclass(frozen=True)
class Months:
    """Runs of three months: January and February were answered, March was sent."""

    january: Run
    february: Run
    march: Run

    def proofs(self, *, every_line: bool) -> list[Proof]:
        """The proof of each run, the last one whole."""
        with in_scope(approver()):
            return [prove(run, whole=run is self.march, every_line=every_line)
                    for run in (self.january, self.february, self.march)]  # fmt: skip


def three_months(folder: Path) -> Months:
    """Payments in which everything happens once.

    Two plain lines, one that comes back, one by post, one too high and claimed back, one late, one without an account,
    and a pension of which a part is kept back.
    """
    open_account()
    persons = [payee(), payee(), payee(iban=SUPPLIER), payee(), payee()]
    late = case_of(payee())
    persons.append(payee(iban=None))
    cases = [case_of(person) for person in persons]
    for case in cases:
        granted(case, Given(10_000, JANUARY))
    chosen(persons[POSTED - 1], by_post())
    ordered(pensioner())
    january = released("2026-01")
    with bank(folder, returned_accounts={SUPPLIER: "DT05"}) as running:
        _answered(january, running)
        granted(cases[TOO_MUCH - 1], Given(9_000, JANUARY))
        granted(late, Given(7_000, JANUARY))
        february = released("2026-02")
        _answered(february, running)
        claimed()
        march = released("2026-03")
        round_at(running)
    with in_scope(PLATFORM):
        return Months(*(Run.objects.get(pk=one.pk) for one in (january, february, march)))


def _answered(run: Run, running: RunningBank) -> None:
    round_at(running)
    days_at(running, 3)
    with in_scope(PLATFORM):
        by_hand = Line.objects.get(run=run, channel="post")
    apply_answer(preparer(), answer((named(run, by_hand.number), "paid")))


@contextmanager
def touching(cluster: Cluster, apart: Connections) -> Iterator[psycopg.Connection]:
    """The administrator of the database, whom neither triggers nor foreign keys hold; who puts all back at the end."""
    with cluster.connect(ADMINISTRATOR, apart.database, autocommit=True) as administrator:
        administrator.execute("SET session_replication_role = replica")
        for name in TOUCHED:
            administrator.execute(f"CREATE TEMP TABLE kept_{name} AS TABLE {name}")  # type: ignore[call-overload]
        yield administrator


def put_back(administrator: psycopg.Connection) -> None:
    """Make the tables what they were."""
    for name in TOUCHED:
        administrator.execute(f"DELETE FROM {name}")  # type: ignore[call-overload]
        administrator.execute(f"INSERT INTO {name} TABLE kept_{name}")  # type: ignore[call-overload]
