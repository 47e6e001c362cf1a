"""Orders of third parties to keep something back from payments: recorded by one, confirmed by another, ended.

An order is in force from the moment it is confirmed, on the payment days that it names. Plans of claims are orders too;
the database makes them (`claims.py`).
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

import schwifty
from django.db import connection
from django.utils import timezone
from psycopg.types.range import DateRange
from schwifty.exceptions import SchwiftyException

from balsts.access.acting import Acting, in_scope
from balsts.access.log import log_access
from balsts.access.predicates import require
from balsts.payments.errors import NotWithheld
from balsts.payments.models import WithholdingOrder
from balsts.payments.refusals import in_words
from balsts.payments.withholding import Kind
from balsts.payments.withholding_law import RANKS


@dataclass(frozen=True)
class Terms:
    """What a document orders: for whom, from which payment day to which, how much in all and a month, in cents.

    `children` are the minors in the debtor's care whom it names; `rank` is its order of satisfaction (kārta), the usual
    one of its kind where it names none.
    """

    kind: Kind
    creditor: str
    iban: str
    reference: str
    since: date
    until: date | None = None
    total: int | None = None
    monthly: int | None = None
    children: int = 0
    rank: int | None = None


def debtor_of(who: Acting, personal_code: str) -> uuid.UUID:
    """Whom a document means, by their personal code; it is recorded that who acts asked.

    Raises:
        AccessDenied: who acts prepares no payments.
        NotWithheld: this payer pays nobody of that code.
    """
    require("payments.prepare", who)
    with in_scope(who), connection.cursor() as cursor:
        cursor.execute("SELECT payments_payee(%s)", [personal_code.replace("-", "")])
        found: uuid.UUID | None = (cursor.fetchone() or (None,))[0]
    if found is None:
        raise NotWithheld("This payer pays nobody of that personal code; nothing was recorded. Look at the document.")
    log_access(who, "record", [found], "orders to withhold")
    return found


def record_order(
    who: Acting, debtor: uuid.UUID, terms: Terms, *, instead_of: WithholdingOrder | None = None
) -> WithholdingOrder:
    """Record what a document orders; somebody else confirms it before anything is kept back.

    Args:
        instead_of: the order that it changes: what was taken by that one counts, and it ends with the confirmation.

    Raises:
        AccessDenied: who acts prepares no payments there.
        NotWithheld: it is not well formed, or a recovery, which a claim has plans for.
    """
    require("payments.prepare", who, instead_of)
    if terms.kind == Kind.RECOVERY:
        raise NotWithheld("An overpayment is recovered by the plan of a claim; nothing was recorded. Decide a claim.")
    if terms.until is not None and terms.until <= terms.since:
        raise NotWithheld("The order ends before it begins; nothing was recorded. Look at its days.")
    assert who.staff is not None
    assert who.institution is not None
    new = WithholdingOrder(
        payer_id=who.institution, debtor_id=debtor, kind=terms.kind, valid=DateRange(terms.since, terms.until),
        rank=RANKS[terms.kind] if terms.rank is None else terms.rank, total=terms.total, monthly=terms.monthly,
        children=terms.children, creditor=terms.creditor.strip(), iban=_account(terms.iban),
        reference=terms.reference.strip(), by_staff=who.staff,
    )  # fmt: skip
    if instead_of is not None:
        new.matter = instead_of.matter
    with in_scope(who), in_words(f"Order {new.reference}"):
        new.save(force_insert=True)
    return new


def confirm_order(who: Acting, order: WithholdingOrder) -> WithholdingOrder:
    """Agree to an order that somebody else recorded; the one that it changes ends.

    Raises:
        AccessDenied: who acts approves no payments there.
        NotWithheld: it is confirmed or ended already, or who acts recorded it.
    """
    require("payments.approve", who, order)
    with in_scope(who), in_words(f"Order {order.reference}"):
        before = WithholdingOrder.objects.filter(matter=order.matter, agreed_by__isnull=False, ended_by__isnull=True)
        before.exclude(pk=order.pk).update(ended_by=who.staff, ended_because="changed by another order")
        WithholdingOrder.objects.filter(pk=order.pk).update(agreed_by=who.staff)
        return WithholdingOrder.objects.get(pk=order.pk)


def end_order(who: Acting, order: WithholdingOrder, reason: str) -> WithholdingOrder:
    """No longer keep anything back by an order; what was kept back stays so.

    Raises:
        AccessDenied: who acts neither prepares nor approves payments there.
        NotWithheld: it has ended already, or no reason is given.
    """
    require("payments.prepare" if who.may("prepare_payments") else "payments.approve", who, order)
    with in_scope(who), in_words(f"Order {order.reference or order.pk}"):
        WithholdingOrder.objects.filter(pk=order.pk).update(ended_by=who.staff, ended_because=reason.strip())
        return WithholdingOrder.objects.get(pk=order.pk)


def orders_today(who: Acting) -> list[WithholdingOrder]:
    """Orders of the payer that are not ended and whose last day has not come, in the order in which they were recorded.

    Raises:
        AccessDenied: who acts reads no payments there.
    """
    require("payments.read", who)
    with in_scope(who):
        found = WithholdingOrder.objects.filter(payer=who.institution, ended_by__isnull=True)
        return list(found.exclude(valid__fully_lt=DateRange(timezone.localdate(), None)).order_by("at", "pk"))


def _account(text: str) -> str:
    try:
        return str(schwifty.IBAN(text))
    except SchwiftyException as error:
        raise NotWithheld(
            f"The creditor's account is not one ({type(error).__name__}); expected an IBAN such as "
            "LV80BANK0000435195001. Nothing was recorded."
        ) from None
