"""Claims, orders of creditors, choices of where money goes, and what is handed out by post and in cash: to read.

Steps are taken on pages alone: each is by a person who has compared a document.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from ninja import Query, Router

from balsts.access.acting import in_scope
from balsts.access.log import log_access
from balsts.payments.agreed_selectors import OrderRow, choices_page, kept_by, order_row, orders_page, state_of
from balsts.payments.claim_selectors import ClaimRow, claim_row, claims_page, history_of, name_told, unclaimed_page
from balsts.payments.lines import A_PAGE, last_four
from balsts.payments.models import ClaimPart, Deduction, Overpaid, PayoutChoice, Run
from balsts.payments.payout_lists import payouts_page
from balsts.portal.api.agreed_shapes import (
    AgreedState,
    ChoiceOut,
    ChoicePageOut,
    ChoiceRowOut,
    ClaimOut,
    ClaimPageOut,
    ClaimRowOut,
    ClaimState,
    HandedOut,
    HandedPage,
    KeptOut,
    OrderOut,
    OrderPageOut,
    OrderRowOut,
    OverpaymentPage,
    OverpaymentRow,
    PlanOut,
    RepaymentOut,
    WriteOffOut,
)
from balsts.portal.api.callers import why_of
from balsts.portal.api.payment_calls import LAST_LINE, LAST_NUMBER, Most, payer_of
from balsts.portal.api.shown import word
from balsts.portal.payments.opening import CHOICE, CLAIM, ORDER, run_seen

router = Router()
_TAG = ["payments"]
Nth = Annotated[int, Query(ge=1, le=LAST_NUMBER)]
_AGREED = ("by_staff", "at", "agreed_by", "agreed_at", "ended_by", "ended_at", "ended_because")


@router.get("/payment-overpayments", response=OverpaymentPage, tags=_TAG, summary="Overpayments not claimed back")
def list_overpayments(
    request: HttpRequest, after: Annotated[int, Query(ge=0, le=LAST_LINE)] = 0, limit: Most = A_PAGE
) -> OverpaymentPage:
    """Overpayments of released runs that nobody has claimed back, the oldest first; nobody's data."""
    who = payer_of(request)
    with in_scope(who):
        found, following = unclaimed_page(who, after, limit)
    return OverpaymentPage(items=[_overpayment(one, one.amount) for one in found], next=following)


@router.get("/payment-claims", response=ClaimPageOut, tags=_TAG, summary="Claims of overpayments")
def list_claims(
    request: HttpRequest, state: ClaimState | None = None, after: uuid.UUID | None = None, limit: Most = A_PAGE
) -> ClaimPageOut:
    """Claims of the payer, of one state or of all, with what is left of each; nobody's data."""
    who = payer_of(request)
    with in_scope(who):
        found = claims_page(who, state or "", after, limit)
    return ClaimPageOut(items=[ClaimRowOut(**_claim(one)) for one in found.rows], next=found.following)


@router.get("/payment-claims/{uuid:claim}", response=ClaimOut, tags=_TAG, summary="A claim")
def read_claim(request: HttpRequest, claim: uuid.UUID) -> ClaimOut:
    """A claim with whose it is and what became of it; that staff looked stands in the person's record."""
    who, why = payer_of(request), why_of(request)
    with in_scope(who):
        found = claim_row(claim)
        if found is None:
            raise Http404
        log_access(who, "read", [found.claim.debtor_id], f"{CLAIM}; {why}")
        history = history_of(found.claim)
        return ClaimOut(
            **_claim(found), debtor=name_told(found.claim.debtor_id), kept=_kept(history.kept),
            plans=[PlanOut.model_validate(one) for one in history.plans],
            write_offs=[WriteOffOut.model_validate(one) for one in history.write_offs],
            repayments=[RepaymentOut.model_validate(one) for one in history.repayments],
        )  # fmt: skip


def _claim(one: ClaimRow) -> dict[str, Any]:
    return _agreed(one.claim) | {
        "id": one.claim.pk, "state": one.state, "reason": one.claim.reason, "amount": one.claim.amount,
        "withheld": one.withheld, "coming": one.coming, "repaid": one.repaid, "written_off": one.written_off,
        "left": one.left, "waits": one.waits, "parts": [_part(each) for each in one.parts],
    }  # fmt: skip


def _agreed(one: Any) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _AGREED}


def _part(one: ClaimPart) -> OverpaymentRow:
    return _overpayment(one.overpaid, one.cents)


def _overpayment(one: Overpaid, cents: int) -> OverpaymentRow:
    return OverpaymentRow(id=one.pk, run=one.run_id, number=one.number, code=one.code, month=one.month, cents=cents)


def _kept(found: Iterable[Deduction]) -> list[KeptOut]:
    return [KeptOut(run=one.run_id, line=one.line.number, cents=one.cents,
                    is_released=one.run.state == Run.State.RELEASED) for one in found]  # fmt: skip


# -- orders and choices --------------------------------------------------------------------------------------------


@router.get("/payment-orders", response=OrderPageOut, tags=_TAG, summary="Orders of creditors")
def list_orders(
    request: HttpRequest, state: AgreedState | None = None, page: Nth = 1, limit: Most = A_PAGE
) -> OrderPageOut:
    """Orders of creditors, of one state or of all, with what each took; nobody's data."""
    who = payer_of(request)
    with in_scope(who):
        rows, shown = orders_page(who, state or "", page, limit)
    items = [OrderRowOut(**_order(one)) for one in rows] if shown.number == page else []
    return OrderPageOut(items=items, next=page + 1 if shown.number == page and shown.has_next() else None)


@router.get("/payment-orders/{uuid:order}", response=OrderOut, tags=_TAG, summary="An order of a creditor")
def read_order(request: HttpRequest, order: uuid.UUID) -> OrderOut:
    """An order with from whose payments and to whom; that staff looked stands in the person's record."""
    who, why = payer_of(request), why_of(request)
    with in_scope(who):
        found = order_row(order)
        if found is None:
            raise Http404
        one = found.order
        log_access(who, "read", [one.debtor_id], f"{ORDER}; {why}")
        return OrderOut(**_order(found), debtor=name_told(one.debtor_id), creditor=one.creditor,
                        account=last_four(one.iban), lines=_kept(kept_by(one)))  # fmt: skip


def _order(found: OrderRow) -> dict[str, Any]:
    one = found.order
    return _agreed(one) | {
        "id": one.pk, "matter": one.matter, "state": state_of(one), "kind": one.kind, "reference": one.reference,
        "rank": one.rank, "since": one.valid.lower, "until": one.valid.upper, "monthly": one.monthly,
        "total": one.total, "children": one.children, "kept": found.kept, "left": found.left,
    }  # fmt: skip


@router.get("/payment-choices", response=ChoicePageOut, tags=_TAG, summary="Choices of where money goes")
def list_choices(
    request: HttpRequest, state: AgreedState | None = None, page: Nth = 1, limit: Most = A_PAGE
) -> ChoicePageOut:
    """Choices by which money does not go to the payee's own account, of one state or of all; nobody's data."""
    who = payer_of(request)
    with in_scope(who):
        shown = choices_page(who, state or "", page, limit)
        items = [ChoiceRowOut(**_choice(one)) for one in shown] if shown.number == page else []
    return ChoicePageOut(items=items, next=page + 1 if shown.number == page and shown.has_next() else None)


@router.get("/payment-choices/{uuid:choice}", response=ChoiceOut, tags=_TAG, summary="A choice of where money goes")
def read_choice(request: HttpRequest, choice: uuid.UUID) -> ChoiceOut:
    """A choice with whose money it is and where that goes; that staff looked stands in the person's record."""
    who, why = payer_of(request), why_of(request)
    with in_scope(who):
        one = PayoutChoice.objects.filter(pk=choice).first()
        if one is None:
            raise Http404
        log_access(who, "read", [one.payee_id], f"{CHOICE}; {why}")
        return ChoiceOut(**_choice(one), payee=name_told(one.payee_id), name=one.name, account=last_four(one.iban),
                         reference=one.reference, address=one.address)  # fmt: skip


def _choice(one: PayoutChoice) -> dict[str, Any]:
    return _agreed(one) | {
        "id": one.pk, "state": state_of(one), "code": one.code, "channel": one.channel, "since": one.valid.lower,
        "until": one.valid.upper, "basis": one.basis,
    }  # fmt: skip


@router.get("/payment-runs/{uuid:run}/payouts", response=HandedPage, tags=_TAG, summary="What goes by post or in cash")
def list_payouts(
    request: HttpRequest, run: uuid.UUID, channel: Literal["post", "cash"],
    after: Annotated[int, Query(ge=0, le=LAST_NUMBER)] = 0, limit: Most = A_PAGE,
) -> HandedPage:  # fmt: skip
    """What a run pays by post or in cash, and what was said of it, after a number; nobody's data."""
    who = payer_of(request)
    found = run_seen(who, run)
    with in_scope(who):
        rows, following = payouts_page(found, channel, after, limit)
    return HandedPage(next=following, items=[
        HandedOut(number=one.line.number, code=one.line.code, month=one.line.month, cents=one.cents,
                  state=word(one.state), on=one.on) for one in rows
    ])  # fmt: skip
