"""Sums of runs, out of what is kept with them: never by reading lines. To be called in scope."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Case, F, Q, QuerySet, Sum, When

from balsts.payments.models import Deduction, Run, RunSum
from balsts.payments.selectors import Totals

_OVERPAID = Q(what=RunSum.What.OVERPAID)
_HELD = Q(what=RunSum.What.LINE) & ~Q(held="")
_PAID = Q(what=RunSum.What.LINE, held="")


@dataclass(frozen=True)
class SumRow:
    """What a run pays, holds and found overpaid of one right, month and programme: numbers of lines, and cents."""

    programme: str
    code: str
    month: date
    kind: str
    paid: int
    paid_cents: int
    held: int
    held_cents: int
    overpaid: int
    overpaid_cents: int


@dataclass(frozen=True)
class Compared:
    """Cents that a run and the one before pay of something: a right or a programme by its code."""

    name: str
    cents: int
    before: int

    @property
    def difference(self) -> int:
        """By how many cents it is more."""
        return self.cents - self.before


@dataclass(frozen=True)
class Held:
    """Lines of a run that wait for one reason, of one right: how many, and their cents."""

    held: str
    code: str
    many: int
    cents: int


def _counted() -> dict[str, Any]:
    return {
        "paid": Sum("many", filter=_PAID, default=0), "paid_cents": Sum("cents", filter=_PAID, default=0),
        "number_held": Sum("many", filter=_HELD, default=0), "held_cents": Sum("cents", filter=_HELD, default=0),
        "overpaid": Sum("many", filter=_OVERPAID, default=0),
        "overpaid_cents": Sum("cents", filter=_OVERPAID, default=0),
    }  # fmt: skip


_COUNTED = ("paid", "paid_cents", "number_held", "held_cents", "overpaid", "overpaid_cents")


def sums_of_runs(runs: Iterable[Run]) -> dict[uuid.UUID, Totals]:
    """What each of some runs comes to."""
    sums = RunSum.objects.filter(run__in=[one.pk for one in runs])
    rows: Any = sums.values("run").annotate(**_counted())  # by names that are not written out
    return {one["run"]: Totals(*(int(one[name]) for name in _COUNTED)) for one in rows}


def sums_of(run: Run) -> Totals:
    """What a run comes to."""
    return sums_of_runs([run]).get(run.pk, Totals(0, 0, 0, 0, 0, 0))


def sum_rows(run: Run) -> list[SumRow]:
    """A run by programme, right, month of the right and kind: what the Treasury is told."""
    named = ("programme", "code", "month", "kind")
    rows = RunSum.objects.filter(run=run).values(*named).annotate(**_counted()).order_by(*named)
    return [SumRow(*(one[name] for name in named), *(int(one[name]) for name in _COUNTED)) for one in rows]


def withheld_of(run: Run) -> int:
    """Cents of what a run pays that do not go to receivers: kept back for creditors, or for the payer itself."""
    return int(Deduction.objects.filter(run=run).aggregate(sum=Sum("cents", default=0))["sum"])


def run_before(run: Run) -> Run | None:
    """The run that a run is held against: the last of its kind for an earlier month that was not cancelled."""
    earlier = Run.objects.filter(payer=run.payer_id, kind=run.kind, month__lt=run.month)
    return earlier.exclude(state=Run.State.CANCELLED).order_by("-month").first()


def compared(run: Run, by: str) -> list[Compared]:
    """What a run pays, by `code` or `programme`, beside what the run before paid; the largest first."""
    before = run_before(run)
    wanted = RunSum.objects.filter(_PAID, run__in=[run.pk, *([before.pk] if before else [])])
    return _compared(wanted, run, by)


def _compared(sums: QuerySet[RunSum], run: Run, by: str) -> list[Compared]:
    now = Sum(Case(When(run=run.pk, then=F("cents")), default=0))
    rows = sums.values(by).annotate(now=now, both=Sum("cents"))
    found = [Compared(one[by], int(one["now"]), int(one["both"]) - int(one["now"])) for one in rows]
    return sorted(found, key=lambda one: (-max(one.cents, one.before), one.name))


def held_of(run: Run) -> list[Held]:
    """What a run holds, by reason and right."""
    rows = RunSum.objects.filter(_HELD, run=run).values("held", "code").annotate(number=Sum("many"), sum=Sum("cents"))
    return [
        Held(one["held"], one["code"], int(one["number"]), int(one["sum"])) for one in rows.order_by("held", "code")
    ]


def rights_of(run: Run) -> list[str]:
    """The codes of rights of which a run has lines or overpayments."""
    return list(RunSum.objects.filter(run=run).values_list("code", flat=True).distinct().order_by("code"))


@dataclass(frozen=True)
class PaidOn:
    """When a run that went out pays, of which payer and month."""

    payer: uuid.UUID
    month: date
    pay_on: date


def days_of(runs: Iterable[uuid.UUID]) -> dict[uuid.UUID, PaidOn]:
    """When runs pay, of those that went out; a person may ask it of their own lines' runs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT run, payer, month, pay_on FROM payments_days(%s)", [list(set(runs))])
        return {run: PaidOn(payer, month, pay_on) for run, payer, month, pay_on in cursor.fetchall()}
