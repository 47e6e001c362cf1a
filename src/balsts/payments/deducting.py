"""What orders keep back from the lines of a run that is being prepared: read, worked out, and written, all in one.

It is a part of `prepare_run`. The database says which orders are in force and what each may still take, and holds what
is written to the same limits once more.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from datetime import date

from django.db import connection

from balsts.payments.models import Run, WithholdingRule
from balsts.payments.withholding import Deduction, Kind, Order, Payment, Rule, Rules, withhold
from balsts.payments.withholding_law import Answer


def keep_back(run: Run) -> None:
    """Keep back from a run's lines what orders in force ask for. Payees without one are not looked at."""
    orders = _orders(run)
    if not orders:
        return
    rules = rules_on(run.pay_on)
    found: list[Deduction] = []
    for payee, payments in _payments(run, list(orders)).items():
        found += withhold(payments, orders[payee], rules)
    if found:
        _write(run, found)


def rules_on(day: date) -> Rules:
    """The rules in force on a payment day by which something may be withheld."""
    latest: dict[tuple[str, Kind], WithholdingRule] = {}
    for one in WithholdingRule.objects.filter(since__lte=day).order_by("since"):
        latest[one.code, Kind(one.kind)] = one
    return {
        key: Rule(one.percent, one.of_excess, one.floor, one.floor_child, one.floor_children_most)
        for key, one in latest.items() if one.answer == Answer.MAY
    }  # fmt: skip


def _orders(run: Run) -> dict[uuid.UUID, list[Order]]:
    """Orders that may take something, by whom they are of."""
    found: dict[uuid.UUID, list[Order]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT debtor, order_id, kind, rank, cents, children FROM payments_orders_in_force(%s)", [run.pk]
        )
        for debtor, name, kind, rank, cents, children in cursor.fetchall():
            found[debtor].append(Order(name, Kind(kind), rank, cents, children))
    return dict(found)


def _payments(run: Run, payees: list[uuid.UUID]) -> dict[uuid.UUID, list[Payment]]:
    """The lines that will be paid to some payees, by payee, in their order."""
    found: dict[uuid.UUID, list[Payment]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT payee, line, code, cents FROM payments_lines_of(%s, %s) ORDER BY number", [run.pk, payees]
        )
        for payee, line, code, cents in cursor.fetchall():
            found[payee].append(Payment(line, code, cents))
    return found


def _write(run: Run, found: list[Deduction]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT payments_withhold(%s, %s, %s, %s)",
            [run.pk, [one.line for one in found], [one.order for one in found], [one.cents for one in found]],
        )
