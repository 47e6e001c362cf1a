"""Orders of creditors and choices of where money goes, page by page, and what became of one. To be called in scope.

What takes two people and names payment days is proposed, to come, in force or over; the database says who and when.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from psycopg.types.range import DateRange

from balsts.access.acting import Acting
from balsts.payments.lines import A_PAGE
from balsts.payments.models import Deduction, Line, PayoutChoice, Run, WithholdingOrder, WithholdingRule
from balsts.payments.withholding import Kind

PROPOSED, TO_COME, IN_FORCE, OVER = "proposed", "to_come", "in_force", "over"
STATES = (PROPOSED, TO_COME, IN_FORCE, OVER)
_MOST_LINES = 50
Kept = TypeVar("Kept", WithholdingOrder, PayoutChoice)


def state_of(one: WithholdingOrder | PayoutChoice) -> str:
    """Where an order or a choice is today."""
    today, days = timezone.localdate(), one.valid
    if one.ended_by is not None or (days.upper is not None and days.upper <= today):
        return OVER
    if one.agreed_by is None:
        return PROPOSED
    return TO_COME if days.lower is not None and days.lower > today else IN_FORCE


def _of_state(found: QuerySet[Kept], state: str) -> QuerySet[Kept]:
    today = timezone.localdate()
    over = Q(ended_by__isnull=False) | Q(valid__fully_lt=DateRange(today, None))
    if state == OVER:
        return found.filter(over)
    standing = found.exclude(over)
    if state == PROPOSED:
        return standing.filter(agreed_by__isnull=True)
    believed = standing.filter(agreed_by__isnull=False)
    to_come = Q(valid__startswith__gt=today)
    return believed.filter(to_come) if state == TO_COME else believed.exclude(to_come)


# -- orders --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OrderRow:
    """An order of a creditor, and the cents that its matter took by runs that are released."""

    order: WithholdingOrder
    kept: int

    @property
    def left(self) -> int | None:
        """What remains of its sum in all; None where it has none."""
        return None if self.order.total is None else max(self.order.total - self.kept, 0)


def orders_page(who: Acting, state: str, page: Any, most: int = A_PAGE) -> tuple[list[OrderRow], Page[Any]]:
    """Orders of creditors (not plans of claims) of one state or of all, those recorded last first."""
    found = _orders().filter(payer=who.institution)
    found = (_of_state(found, state) if state else found).order_by("-at", "-pk")
    shown: Page[Any] = Paginator(found, most).get_page(page)
    return [OrderRow(one, int(one.kept)) for one in shown], shown


def order_row(order: Any) -> OrderRow | None:
    """One order of a creditor, if who acts sees it."""
    found: Any = _orders().filter(pk=order).first()
    return None if found is None else OrderRow(found, int(found.kept))


def _orders() -> QuerySet[WithholdingOrder]:
    taken = Deduction.objects.filter(order__matter=OuterRef("matter"), run__state=Run.State.RELEASED)
    sums = taken.order_by().values("order__matter").annotate(sum=Sum("cents")).values("sum")
    return WithholdingOrder.objects.filter(plan__isnull=True).annotate(kept=Coalesce(Subquery(sums), 0))


def kept_by(order: WithholdingOrder) -> list[Deduction]:
    """The last lines from which the matter of an order took something, also of runs that are not released yet."""
    found = Deduction.objects.filter(order__matter=order.matter).exclude(run__state=Run.State.CANCELLED)
    return list(found.select_related("line", "run").order_by("-pk")[:_MOST_LINES])


@dataclass(frozen=True)
class LawGroup:
    """Rights of which the law, as far as it was read, says the same about a kind of order."""

    rule: WithholdingRule
    codes: tuple[str, ...]


def law_of(kind: Kind, day: date | None = None) -> list[LawGroup]:
    """What may be kept back by a kind of order on a day (today), rights of one answer together; what may be, first."""
    rules = WithholdingRule.objects.filter(kind=kind, since__lte=day or timezone.localdate())
    groups: dict[tuple[Any, ...], list[WithholdingRule]] = {}
    for one in rules.order_by("code", "-since").distinct("code"):
        groups.setdefault((one.answer != "may", one.answer, one.reason_lv, one.question, one.percent, one.floor),
                          []).append(one)  # fmt: skip
    return [LawGroup(found[0], tuple(one.code for one in found)) for _said, found in sorted(groups.items())]


# -- choices -------------------------------------------------------------------------------------------------------


def choices_page(who: Acting, state: str, page: Any, most: int = A_PAGE) -> Page[PayoutChoice]:
    """Choices of the payer of one state or of all, those recorded last first; no address of them is to be shown."""
    found = PayoutChoice.objects.filter(payer=who.institution)
    found = (_of_state(found, state) if state else found).order_by("-at", "-pk")
    return Paginator(found, most).get_page(page)


def lines_by(choice: PayoutChoice) -> list[Line]:
    """The last lines that go by a choice."""
    found = Line.objects.filter(choice=choice).exclude(run__state=Run.State.CANCELLED)
    return list(found.select_related("run").order_by("-pk")[:_MOST_LINES])


def choices_of(persons: list[Any]) -> list[PayoutChoice]:
    """Choices of some persons that are in force or to come, by whose they are."""
    found = PayoutChoice.objects.filter(payee__in=persons, agreed_by__isnull=False, ended_by__isnull=True)
    found = found.exclude(valid__fully_lt=DateRange(timezone.localdate(), None))
    return list(found.order_by("payee", "code", "valid"))
