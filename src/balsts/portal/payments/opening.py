"""Who may come in to payments, and opening a run: what is of another payer is answered as what does not exist."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps

import rules
from django.http import Http404, HttpRequest, HttpResponse

from balsts.access.acting import Acting, in_scope
from balsts.access.log import log_access
from balsts.payments.lines import persons_of
from balsts.payments.models import Line, Overpaid, Run
from balsts.portal.office.opening import acting_of

View = Callable[..., HttpResponse]
LINE, SUBJECT = "a payment line", "reason: payment"
CLAIM, ORDER, CHOICE = "claim of an overpayment", "orders to withhold", "where payments go"
"""Which data is looked at, as the record holds it; use cases that record something name it so too."""


def works_on_payments(who: Acting) -> bool:
    """Whether who acts prepares, approves or releases payments."""
    return who.purpose == "payments" and rules.test_rule("payments.read", who, None)


def for_payments(view: View) -> View:
    """A page for those who pay; for anybody else there is no such page."""

    @wraps(view)
    def opened(request: HttpRequest, *arguments: object, **named: object) -> HttpResponse:
        if not works_on_payments(acting_of(request)):
            raise Http404
        return view(request, *arguments, **named)

    return opened


def run_seen(who: Acting, run: uuid.UUID) -> Run:
    """A run of the payer where who acts works.

    Raises:
        Http404: there is none, or it is another payer's.
    """
    with in_scope(who):
        found = Run.objects.select_related("payer").filter(pk=run).first()
    if found is None or not rules.test_rule("payments.read", who, found):
        raise Http404
    return found


def line_recorded(who: Acting, one: Line | Overpaid, why: str) -> None:
    """Record that who acts looks at whoever a line is of, before they see it."""
    log_access(who, "read", persons_of(one), f"{LINE}; {why}")


def reason_of(run: Run, number: int) -> str:
    """Why a line is looked at: the run is the reason."""
    return f"{SUBJECT} {run.month:%Y-%m} {run.kind} {number}"
