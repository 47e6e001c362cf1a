"""A run at the bank: its files, what came back, and what somebody of the payer must settle."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from balsts.access.acting import Acting, in_scope
from balsts.access.errors import AccessDenied
from balsts.access.log import log_access
from balsts.law.engine.errors import DomainError
from balsts.payments.bank_selectors import (
    answered_of,
    files_of,
    lines_of_numbers,
    of_payer,
    open_matters,
    returns_of,
)
from balsts.payments.bank_work import settle_matter
from balsts.payments.lines import last_four
from balsts.payments.models import BankFile, Event, Matter
from balsts.portal.office.opening import acting_of
from balsts.portal.payments import bank_words, words
from balsts.portal.payments.forms import SettleForm
from balsts.portal.payments.opening import SUBJECT, for_payments, run_seen
from balsts.portal.problems import problem_of
from balsts.portal.words import cents_words

_MOST_AFTER = 2**63 - 1


@require_GET
@for_payments
def files(request: HttpRequest, run: uuid.UUID) -> HttpResponse:
    """The files of a run: which lines and how much each holds, and when it was kept, sent and answered."""
    who = acting_of(request)
    found = run_seen(who, run)
    with in_scope(who):
        rows = [_file(one) for one in files_of(found)]
        answered = [(bank_words.EVENTS[Event.Kind(one.kind)], one) for one in answered_of(found)]
    return render(request, "portal/payments/files.html", {
        "run": found, "title": words.run_title(found), "rows": rows, "answered": answered,
    })  # fmt: skip


def _file(one: BankFile) -> dict[str, Any]:
    steps = sorted(one.steps.all(), key=lambda step: (step.at, step.pk))
    return {
        "file": one, "state": bank_words.FILES[BankFile.State(one.state)], "amount": cents_words(one.cents),
        "programme": words.programme_words(one.programme),
        "steps": [(bank_words.FILES[BankFile.State(step.step)], step) for step in steps],
    }  # fmt: skip


@require_GET
@for_payments
def returns(request: HttpRequest, run: uuid.UUID) -> HttpResponse:
    """Lines of a run that came back or never went: the bank's code, what it means, and what follows."""
    who = acting_of(request)
    found = run_seen(who, run)
    with in_scope(who):
        events, following = returns_of(found, _after(request))
        lines = lines_of_numbers(found, [one.number for one in events])
    rows = [(one, lines.get(one.number), bank_words.EVENTS[Event.Kind(one.kind)], bank_words.back_words(one.reason),
             bank_words.action_words(one.action)) for one in events]  # fmt: skip
    return render(request, "portal/payments/returns.html", {
        "run": found, "title": words.run_title(found), "rows": rows, "following": following,
        "is_first": not _after(request),
    })  # fmt: skip


def _after(request: HttpRequest) -> int:
    text = request.GET.get("after", "")
    return int(text) if text.isascii() and text.isdigit() and int(text) <= _MOST_AFTER else 0


@require_GET
@for_payments
def matters(request: HttpRequest) -> HttpResponse:
    """What the bank said that somebody must settle, the oldest first; nobody's data."""
    who = acting_of(request)
    with in_scope(who):
        found, following = open_matters(who.institution, _after(request))
    rows = [(one, bank_words.MATTERS[Matter.Kind(one.kind)], words.run_title(one.run) if one.run else "",
             bank_words.matter_do(one)) for one in found]  # fmt: skip
    return render(request, "portal/payments/matters.html", {
        "rows": rows, "following": following, "is_first": not _after(request),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_payments
def matter(request: HttpRequest, matter: int) -> HttpResponse:
    """A matter with what the bank says and what to do; by POST, how it was settled."""
    who = acting_of(request)
    with in_scope(who):
        one = _matter_seen(who, matter)
        if one.person_id is not None:
            log_access(who, "read", [one.person_id], f"a payment line; {SUBJECT} {_place(one)}")
    form = SettleForm(request.POST or None)
    page = _matter_page(who, one) | {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            settle_matter(who, one, form.cleaned_data["note"])
        except AccessDenied:
            return render(request, "portal/403.html", status=403)
        except DomainError as error:
            page["problem"] = problem_of(error)
            return render(request, "portal/payments/matter.html", page, status=409)
        return redirect("payment_matters")
    return render(request, "portal/payments/matter.html", page, status=422 if form.errors else 200)


def _matter_seen(who: Acting, matter: int) -> Matter:
    """A matter of the payer where who acts works.

    Raises:
        Http404: there is none, or it is another payer's.
    """
    wanted = Matter.objects.filter(of_payer(who.institution), pk=matter if matter <= _MOST_AFTER else 0)
    found = wanted.select_related("event", "file", "message", "run").first()
    if found is None:
        raise Http404
    return found


def _place(one: Matter) -> str:
    return f"{one.run.month:%Y-%m} {one.run.kind} {one.number}" if one.run and one.number else "bank"


def _matter_page(who: Acting, one: Matter) -> dict[str, Any]:
    with in_scope(who):
        names = words.names_of_staff([one.settled_by])
        lines = lines_of_numbers(one.run, [one.number]) if one.run and one.number else {}
    return {
        "line": lines.get(one.number) if one.number else None,
        "matter": one, "name": bank_words.MATTERS[Matter.Kind(one.kind)], "do": bank_words.matter_do(one),
        "run_title": words.run_title(one.run) if one.run else "", "account": last_four(one.iban),
        "reason": bank_words.back_words(one.event.reason) if one.event else "",
        "amount": cents_words(one.event.cents) if one.event else "",
        "may_settle": one.settled_at is None and who.may("prepare_payments"),
        "settled_by": names.get(one.settled_by, "–") if one.settled_by else "",
    }  # fmt: skip
