"""What a run pays by post and in cash: lists to be written and saved, and what is said of what was handed out."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from balsts.access.acting import Acting, in_scope
from balsts.access.errors import AccessDenied
from balsts.law.engine.errors import DomainError
from balsts.payments import payout_lists as use_cases
from balsts.payments.lines import line_in
from balsts.payments.models import Line, PayoutList, Run
from balsts.portal.office.opening import acting_of
from balsts.portal.office.words import month_of, right_words
from balsts.portal.payments import agreed_words, words
from balsts.portal.payments.agreed_forms import AnswerForm, CashForm
from balsts.portal.payments.asking import Step, asked, number_after, prepares, refused, step_asked
from balsts.portal.payments.opening import for_payments, run_seen
from balsts.portal.problems import problem_of
from balsts.portal.words import cents_words

_MOST_NUMBER = 2**31 - 1
CHANNELS = (Line.Channel.POST, Line.Channel.CASH)


@require_http_methods(["GET", "POST"])
@for_payments
def payouts(request: HttpRequest, run: uuid.UUID) -> HttpResponse:
    """What a run pays by post and in cash, by number; by POST its lists are written, the same bytes each time."""
    who = acting_of(request)
    found = run_seen(who, run)
    if request.method == "GET":
        return render(request, "portal/payments/payouts.html", _payouts_page(request, who, found))
    try:
        use_cases.write_lists(who, found)
    except AccessDenied:
        return refused(request)
    except DomainError as error:
        page = _payouts_page(request, who, found) | {"problem": problem_of(error)}
        return render(request, "portal/payments/payouts.html", page, status=409)
    return redirect("payment_payouts", found.pk)


def _payouts_page(request: HttpRequest, who: Acting, run: Run) -> dict[str, Any]:
    asked_for = request.GET.get("channel")
    channel = next((one for one in CHANNELS if one == asked_for), CHANNELS[0])
    after = number_after(request.GET.get("after"), _MOST_NUMBER)
    with in_scope(who):
        rows, following = use_cases.payouts_page(run, channel, after)
        lists = [(words.CHANNELS[Line.Channel(one.channel)], one, cents_words(one.cents))
                 for one in PayoutList.objects.filter(run=run).order_by("-channel")]  # fmt: skip
    return {
        "run": run, "title": words.run_title(run), "lists": lists, "channel": channel.value, "following": following,
        "channels": [(one.value, words.CHANNELS[one]) for one in CHANNELS], "is_first": not after,
        "rows": [_row(one) for one in rows], "may_prepare": prepares(who),
        "is_released": run.state == Run.State.RELEASED,
    }  # fmt: skip


def _row(one: use_cases.Handed) -> dict[str, Any]:
    return {"line": one.line, "title": right_words(one.line.code), "month": month_of(one.line.month),
            "amount": cents_words(one.cents), "state": agreed_words.HANDED[one.state], "handed": one}  # fmt: skip


@require_GET
@for_payments
def payout_list(request: HttpRequest, run: uuid.UUID, channel: str) -> HttpResponse:
    """A list as it was written, as a file; whose data it holds is recorded first."""
    who = acting_of(request)
    found = run_seen(who, run)
    if not prepares(who):
        return refused(request)
    with in_scope(who):
        one = PayoutList.objects.filter(run=found, channel=channel).first()
    if one is None:
        raise Http404
    try:
        content = use_cases.content_of(who, one)
    except DomainError as error:
        page = _payouts_page(request, who, found) | {"problem": problem_of(error)}
        return render(request, "portal/payments/payouts.html", page, status=409)
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = f"{found.month:%Y-%m}-{found.kind}-{channel}-{found.pk.hex[-8:]}.csv"
    answer.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@require_http_methods(["GET", "POST"])
@for_payments
def post_answer(request: HttpRequest) -> HttpResponse:
    """Apply an answer of the post: whole, or not at all; the same answer again changes nothing."""
    who = acting_of(request)
    if not prepares(who):
        return refused(request)
    is_sent = request.method == "POST"
    form = AnswerForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    page = {"title": gettext("Answer of the post"), "button": gettext("Apply the answer"), "is_file": True,
            "says": gettext("It is applied whole, or not at all. What was undelivered is owed again, and the next run "
                            "pays it."),
            "back": reverse("payment_runs"), "back_name": gettext("Payment runs")}  # fmt: skip

    def take(said: dict[str, Any]) -> str:
        found = use_cases.apply_answer(who, said["answer"].read())
        return f"{reverse('payment_post_answer')}?paid={found.paid}&undelivered={found.undelivered}&new={found.new}"

    told = {name: number_after(request.GET.get(name)) for name in ("paid", "undelivered", "new")}
    if request.GET.get("paid"):
        page["done"] = (
            gettext("The answer was applied: %(paid)s paid out, %(undelivered)s undelivered; %(new)s of them were new.")
            % told
        )
    return asked(request, form, page, take)


def _said_of_cash(who: Acting, of: use_cases.Handed, said: dict[str, Any]) -> None:
    says = use_cases.paid_out if said["became"] == "paid" else use_cases.not_paid_out
    says(who, of.line, said["on"], said["receipt"])


CASH = Step(
    _("Say what became of cash"),
    _("Cash that was not fetched is owed again, and the next run pays it."), _("Record it"), CashForm, prepares,
    lambda _who, of: of.line.channel == Line.Channel.CASH and of.state == "waits", _said_of_cash,
)  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_payments
def cash(request: HttpRequest, run: uuid.UUID, number: int) -> HttpResponse:
    """Say that a line was paid in cash, or was not fetched; said again, it changes nothing."""
    who = acting_of(request)
    found = run_seen(who, run)
    with in_scope(who):
        line = line_in(found, number) if number <= _MOST_NUMBER else None
        if line is None or line.channel != Line.Channel.CASH:
            raise Http404
        of = use_cases.handed(line)
    facts = [(gettext("Line"), str(line.number)), (gettext("Amount"), cents_words(of.cents))]
    page = {"back": reverse("payment_payouts", args=[found.pk]) + "?channel=cash", "facts": facts,
            "back_name": gettext("By post and in cash")}  # fmt: skip
    return step_asked(request, who, CASH, of, page)
