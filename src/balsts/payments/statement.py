"""What somebody was paid in a month, why this much, what was kept back and for whom, and what they still owe.

To be called in scope: of the person, of whoever may see for them, of staff of the payer (who record that they looked).
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from balsts.cases.models import Award
from balsts.exchange.texts import Text
from balsts.law.engine.vocabulary import Month
from balsts.payments.models import Claim, Deduction, Line, Plan, WithholdingOrder, WithholdingRule
from balsts.payments.selectors import first_of
from balsts.payments.withholding_law import Answer

_NO_RULE = Text("šim maksājumam ieturēšanas kārtība nav noteikta; tāpēc neietur",
                "there is no rule of withholding for this payment; so nothing is withheld")  # fmt: skip
_NO_ROOM = Text("maksājums nepārsniedz summu, kas saņēmējam jāsaglabā, vai ieturēts jau viss, ko drīkst",
                "the payment is not above what the payee keeps, or all that may be withheld is withheld")  # fmt: skip


@dataclass(frozen=True)
class KeptBack:
    """One deduction of a line: the kind of order, to whom it went (nobody named: the payer itself), for what."""

    kind: str
    creditor: str
    reference: str
    claim: uuid.UUID | None
    cents: int


@dataclass(frozen=True)
class NotKeptBack:
    """That nothing was kept back from a line for an order in force, and why."""

    kind: str
    reference: str
    claim: uuid.UUID | None
    why: Text


@dataclass(frozen=True)
class PaidLine:
    """What was paid for one right and month: in full, kept back, and sent; cents.

    `award` and `decision` say why this much; the decision is empty for whoever does not see it.
    """

    line: int
    code: str
    month: date
    cents: int
    withheld: int
    paid_on: date
    payer: uuid.UUID
    iban: str
    award: uuid.UUID
    decision: uuid.UUID | None
    kept_back: tuple[KeptBack, ...]
    not_kept_back: tuple[NotKeptBack, ...]

    @property
    def sent(self) -> int:
        """What went to the account."""
        return self.cents - self.withheld


@dataclass(frozen=True)
class PlanOf:
    """The plan of a claim in force: from a month on, so many months, of so many cents."""

    since: date
    months: int
    monthly: int
    is_withheld: bool


@dataclass(frozen=True)
class ClaimOf:
    """A claim as it stood at the end of the month; cents."""

    claim: uuid.UUID
    decided_at: datetime
    reason: str
    cents: int
    withheld: int
    repaid: int
    written_off: int
    plan: PlanOf | None

    @property
    def open(self) -> int:
        """What is still to be paid back."""
        return self.cents - self.withheld - self.repaid - self.written_off


@dataclass(frozen=True)
class MonthlyStatement:
    """What a person was paid in a month, and what of each claim is open at its end."""

    person: uuid.UUID
    month: date
    lines: tuple[PaidLine, ...]
    claims: tuple[ClaimOf, ...]

    @property
    def cents(self) -> int:
        """All that was paid, with what was kept back."""
        return sum(one.cents for one in self.lines)

    @property
    def withheld(self) -> int:
        """All that was kept back."""
        return sum(one.withheld for one in self.lines)


def statement_of(person: uuid.UUID, month: Month) -> MonthlyStatement:
    """The monthly statement to a person: what runs of that month paid them, and what was open of their claims then."""
    first = first_of(month)
    return MonthlyStatement(person, first, _lines(person, first), claims_of(person, month))


@dataclass(frozen=True)
class _Paid:
    """When and by whom a line was paid, and the moment its run rests on."""

    on: date
    payer: uuid.UUID
    known_at: datetime


def _lines(person: uuid.UUID, first: date) -> tuple[PaidLine, ...]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT line, paid_on, payer, known_at FROM payments_paid_to(%s, %s)", [person, first])
        paid = {line: _Paid(*rest) for line, *rest in cursor.fetchall()}
    lines = list(Line.objects.filter(pk__in=paid).order_by("month", "code", "pk"))
    decisions = dict(Award.objects.filter(pk__in={one.award_id for one in lines}).values_list("pk", "decision_id"))
    kept: dict[int, list[Deduction]] = defaultdict(list)
    for one in Deduction.objects.filter(line__in=paid).select_related("order__plan").order_by("pk"):
        kept[one.line_id].append(one)
    orders = list(WithholdingOrder.objects.filter(debtor=person, agreed_by__isnull=False).select_related("plan"))
    return tuple(
        PaidLine(
            one.pk, one.code, one.month, one.amount, one.withheld, paid[one.pk].on, paid[one.pk].payer,
            one.iban, one.award_id, decisions.get(one.award_id), tuple(_kept(deduction) for deduction in kept[one.pk]),
            _not_kept(one, paid[one.pk], orders, {deduction.order_id for deduction in kept[one.pk]}),
        )
        for one in lines
    )  # fmt: skip


def _kept(one: Deduction) -> KeptBack:
    order = one.order
    return KeptBack(order.kind, order.creditor, order.reference, order.claim_id, one.cents)


def _not_kept(line: Line, of: _Paid, orders: list[WithholdingOrder], taken: set[uuid.UUID]) -> tuple[NotKeptBack, ...]:
    """Orders of the payer that were in force for a line and took nothing from it."""
    return tuple(
        NotKeptBack(one.kind, one.reference, one.claim_id, _why_not(line.code, one.kind, of.on))
        for one in orders
        if one.pk not in taken and one.payer_id == of.payer and of.on in one.valid
        and one.agreed_at is not None and one.agreed_at <= of.known_at
        and (one.ended_at is None or one.ended_at > of.known_at)
    )  # fmt: skip


def _why_not(code: str, kind: str, day: date) -> Text:
    rules = WithholdingRule.objects.filter(code=code, kind=kind, since__lte=day)
    rule = rules.order_by("-since").first()
    if rule is None:
        return _NO_RULE
    return _NO_ROOM if rule.answer == Answer.MAY else Text(rule.reason_lv, rule.reason_en)


def claims_of(person: uuid.UUID, month: Month) -> tuple[ClaimOf, ...]:
    """What is claimed back from a person, and what was open of it at the end of a month."""
    first, found = first_of(month), []
    for claim in Claim.objects.filter(debtor=person, agreed_at__isnull=False).order_by("agreed_at", "pk"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT withheld, repaid, written_off FROM payments_claim_by(%s, %s)", [claim.pk, first])
            withheld, repaid, written_off = cursor.fetchone() or (0, 0, 0)
        plan = Plan.objects.filter(claim=claim, agreed_by__isnull=False, ended_by__isnull=True).first()
        of_plan = PlanOf(plan.since, plan.months, plan.monthly, plan.is_withheld) if plan else None
        assert claim.agreed_at is not None
        found.append(
            ClaimOf(claim.pk, claim.agreed_at, claim.reason, claim.amount, withheld, repaid, written_off, of_plan)
        )
    return tuple(found)
