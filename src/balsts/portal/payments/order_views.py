"""Orders of creditors: page by page by state, one with what it took and what the law says, recorded, changed, ended."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from balsts.access.acting import Acting, in_scope
from balsts.access.log import log_access
from balsts.payments import orders as use_cases
from balsts.payments.agreed_selectors import IN_FORCE, OVER, OrderRow, kept_by, law_of, order_row, orders_page, state_of
from balsts.payments.claim_selectors import name_told
from balsts.payments.models import WithholdingOrder
from balsts.payments.withholding import Kind
from balsts.portal.office.opening import acting_of
from balsts.portal.office.words import month_of, right_words
from balsts.portal.payments import agreed_words, words
from balsts.portal.payments.agreed_forms import ChangedOrderForm, OrderForm, ReasonForm, StateForm
from balsts.portal.payments.asking import (
    Step,
    approves,
    asked,
    barred_words,
    is_agreed_by,
    is_ended_by,
    open_steps,
    prepares,
    prepares_or_approves,
    refused,
    sent_once,
    staff_numbers,
    step_asked,
    waits_for,
)
from balsts.portal.payments.opening import ORDER, for_payments
from balsts.portal.session.forms import GovukForm
from balsts.portal.words import cents_words, day_before

STEPS = {
    "confirm": Step(
        _("Confirm the order"),
        _("You have compared it with the document. From now on runs keep back what it orders, as far as the law lets "
          "them."),
        _("Confirm"), GovukForm, approves,
        waits_for,
        lambda who, of, _said: use_cases.confirm_order(who, of),
        is_agreed_by),
    "end": Step(
        _("End the order"), _("Nothing more is kept back by it; what was kept back stays so."), _("End it"), ReasonForm,
        prepares_or_approves, lambda _who, of: state_of(of) != OVER,
        lambda who, of, said: use_cases.end_order(who, of, said["reason"]),
        is_ended_by),
}  # fmt: skip


@require_GET
@for_payments
def orders(request: HttpRequest) -> HttpResponse:
    """Orders of creditors by state: the document, how much, and what was kept back; nobody's name."""
    who = acting_of(request)
    form = StateForm(agreed_words.STATES, request.GET or None)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    with in_scope(who):
        rows, shown = orders_page(who, state, request.GET.get("page"))
    return render(request, "portal/payments/orders.html", {
        "rows": [order_words(one) for one in rows], "form": form, "state": state, "shown": shown,
        "may_record": prepares(who),
    })  # fmt: skip


def order_words(one: OrderRow) -> dict[str, Any]:
    """An order in words."""
    order, state = one.order, state_of(one.order)
    return {
        "order": order, "kind": words.ORDERS[Kind(order.kind)], "state": agreed_words.STATES[state],
        "is_sure": state == IN_FORCE, "kept": cents_words(one.kept),
        "left": "" if one.left is None else cents_words(one.left),
        "monthly": "" if order.monthly is None else cents_words(order.monthly),
        "total": "" if order.total is None else cents_words(order.total),
    }  # fmt: skip


def order_seen(order: uuid.UUID) -> OrderRow:
    """An order of a creditor, in scope.

    Raises:
        Http404: there is none, or it is another payer's.
    """
    found = order_row(order)
    if found is None:
        raise Http404
    return found


@require_GET
@for_payments
def order(request: HttpRequest, order: uuid.UUID) -> HttpResponse:
    """An order: whose it is, for whom, what it took, what the law says; that it was opened is recorded."""
    who = acting_of(request)
    with in_scope(who):
        found = order_seen(order)
        log_access(who, "read", [found.order.debtor_id], ORDER)
        return render(request, "portal/payments/order.html", _order_page(who, found))


def _order_page(who: Acting, found: OrderRow) -> dict[str, Any]:
    one = found.order
    steps = [(reverse("payment_order_step", args=[one.pk, code]), step.title)
             for code, step in open_steps(who, STEPS, one)]  # fmt: skip
    if prepares(who) and one.is_believed:
        steps.insert(0, (reverse("payment_order_change", args=[one.pk]), gettext("Record a changed order")))
    return order_words(found) | {
        "debtor": name_told(one.debtor_id), "steps": steps, "barred": barred_words(who, [one]),
        "names": words.names_of_staff(staff_numbers([one])),
        "lines": [(each, right_words(each.line.code), month_of(each.line.month), words.run_title(each.run),
                   cents_words(each.cents)) for each in kept_by(one)],
        "law": agreed_words.law_rows(law_of(Kind(one.kind))),
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_payments
def step(request: HttpRequest, order: uuid.UUID, step: str) -> HttpResponse:
    """Confirm or end an order."""
    if step not in STEPS:
        raise Http404
    who = acting_of(request)
    with in_scope(who):
        found = order_seen(order)
    one = found.order
    facts = [(gettext("What it is for"), words.ORDERS[Kind(one.kind)]), (gettext("To whom it is paid"), one.creditor),
             (gettext("To which account"), one.iban), (gettext("Number of the document"), one.reference)]  # fmt: skip
    return step_asked(request, who, STEPS[step], one, _back_to(one) | {"facts": facts})


def _back_to(one: WithholdingOrder) -> dict[str, Any]:
    return {"back": reverse("payment_order", args=[one.pk]), "back_name": gettext("Order")}


@require_http_methods(["GET", "POST"])
@for_payments
def record(request: HttpRequest) -> HttpResponse:
    """Record what a document orders; another member of staff confirms it."""
    who = acting_of(request)
    if not prepares(who):
        return refused(request)
    form = OrderForm(request.POST if request.method == "POST" else None)
    page = {"title": gettext("Record an order of a creditor"), "button": gettext("Record the order"),
            "says": gettext("Another member of staff confirms it; nothing is kept back before that. What the law "
                            "closes is not kept back whatever a document orders."),
            "back": reverse("payment_orders"), "back_name": gettext("Orders of creditors")}  # fmt: skip

    def take(said: dict[str, Any]) -> str:
        made = sent_once(who, "order", said, lambda: use_cases.record_order(
            who, use_cases.debtor_of(who, said["code"]), _terms(Kind(said["kind"]), said)))  # fmt: skip
        return reverse("payment_order", args=[made])

    return asked(request, form, page, take)


@require_http_methods(["GET", "POST"])
@for_payments
def change(request: HttpRequest, order: uuid.UUID) -> HttpResponse:
    """Record an order that changes another one: what was taken counts, and the other ends with the confirmation."""
    who = acting_of(request)
    if not prepares(who):
        return refused(request)
    with in_scope(who):
        one = order_seen(order).order
    if not one.is_believed:
        return redirect("payment_order", one.pk)
    form = ChangedOrderForm(request.POST if request.method == "POST" else None, initial=_as_typed(one))
    page = _back_to(one) | {
        "title": gettext("Record a changed order"), "button": gettext("Record the order"),
        "says": gettext("It takes the place of the order once another member of staff confirms it. What was kept back "
                        "before counts."),
    }  # fmt: skip

    def take(said: dict[str, Any]) -> str:
        made = sent_once(who, f"order {one.pk}", said, lambda: use_cases.record_order(
            who, one.debtor_id, _terms(Kind(one.kind), said), instead_of=one))  # fmt: skip
        return reverse("payment_order", args=[made])

    return asked(request, form, page, take)


def _terms(kind: Kind, said: dict[str, Any]) -> use_cases.Terms:
    return use_cases.Terms(kind, said["creditor"], said["iban"], said["reference"], said["since"], said["until"],
                           said["total"], said["monthly"], said["children"], said["rank"])  # fmt: skip


def _as_typed(one: WithholdingOrder) -> dict[str, Any]:
    """An order as somebody would type it."""
    days = one.valid
    typed = {name: None if cents is None else f"{cents // 100},{cents % 100:02}"
             for name, cents in (("monthly", one.monthly), ("total", one.total))}  # fmt: skip
    return typed | {"creditor": one.creditor, "iban": one.iban, "reference": one.reference, "children": one.children,
                    "rank": one.rank, "since": days.lower, "until": days.upper and day_before(days.upper)}  # fmt: skip
