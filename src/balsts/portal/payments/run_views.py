"""Runs of a payer: all of them, preparing one, one with its steps and sums, what it differs in, its proof."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from balsts.access.acting import Acting, in_scope
from balsts.access.models import Institution
from balsts.access.sendings import done_once
from balsts.law.engine.errors import DomainError
from balsts.payments.bank_selectors import lines_of_numbers
from balsts.payments.models import Run
from balsts.payments.preview import preview_of
from balsts.payments.proof import Difference, prove
from balsts.payments.sums import run_before, sums_of, sums_of_runs, withheld_of
from balsts.payments.use_cases import prepare_run
from balsts.portal.office.opening import acting_of
from balsts.portal.office.words import month_of, right_words
from balsts.portal.payments import words
from balsts.portal.payments.forms import AcknowledgeForm, PrepareForm
from balsts.portal.payments.opening import for_payments, run_seen
from balsts.portal.payments.pictures import pictures_of
from balsts.portal.payments.steps import STEPS, next_words, open_to
from balsts.portal.problems import problem_of

_A_PAGE = 24
_MOST_DIFFERENCES = 200


@require_GET
@for_payments
def runs(request: HttpRequest) -> HttpResponse:
    """The payer's runs, the newest month first, with what each comes to."""
    who = acting_of(request)
    assert who.institution is not None  # staff work somewhere
    with in_scope(who):
        found = Run.objects.filter(payer=who.institution).order_by("-month", "-snapshot_at")
        shown = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
        totals = sums_of_runs(shown.object_list)
        rows = [(one, words.run_title(one), words.STATES[Run.State(one.state)], totals.get(one.pk)) for one in shown]
        payer = Institution.objects.filter(pk=who.institution).first()
    return render(request, "portal/payments/runs.html", {
        "rows": rows, "shown": shown, "payer": payer, "may_prepare": who.may("prepare_payments"),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_payments
def prepare(request: HttpRequest) -> HttpResponse:
    """Prepare the run of a month: everything that is owed by then and that no earlier run pays."""
    who = acting_of(request)
    if not who.may("prepare_payments"):
        return render(request, "portal/403.html", status=403)
    form = PrepareForm(request.POST or None, initial={"month": f"{timezone.localdate():%Y-%m}"})
    page: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("payment_run", _prepared(who, form.cleaned_data))
        except DomainError as error:
            page["problem"] = problem_of(error)
    status = 409 if "problem" in page else 422 if form.errors else 200
    return render(request, "portal/payments/prepare.html", page, status=status)


def _prepared(who: Acting, said: dict[str, Any]) -> uuid.UUID | None:
    """Prepare a run once for the key of its form; the run."""
    asked = f"prepare {said['month']} {said['kind']} {said['pay_on']}".encode()
    return done_once(who, said["key"], asked, lambda: prepare_run(
        who, said["month"], kind=said["kind"], pay_on=said["pay_on"]).pk)  # fmt: skip


@require_GET
@for_payments
def run(request: HttpRequest, run: uuid.UUID) -> HttpResponse:
    """A run: where it stands and who took which step, what it comes to, and that beside the run before."""
    who = acting_of(request)
    return render(request, "portal/payments/run.html", run_page(who, run_seen(who, run)))


def run_page(who: Acting, run: Run) -> dict[str, Any]:
    """What the page of a run shows."""
    with in_scope(who):
        taken = list(run.steps.order_by("at", "pk"))
        names = words.names_of_staff([one.by_staff for one in taken])
        opened = open_to(who, run, taken)
        return {
            "run": run, "title": words.run_title(run), "state": words.STATES[Run.State(run.state)],
            "taken": [(words.STATES[Run.State(one.step)], one, names.get(one.by_staff, "–")) for one in taken],
            "steps": [(code, STEPS[code]) for code in opened.steps], "barred": opened.barred,
            "next": next_words(run), "totals": sums_of(run), "pictures": pictures_of(run), "withheld": withheld_of(run),
        }  # fmt: skip


@require_GET
@for_payments
def differences(request: HttpRequest, run: uuid.UUID) -> HttpResponse:
    """Everything in which a run differs from the one before, each with its lines; and that one has looked at it."""
    who = acting_of(request)
    return render(request, "portal/payments/differences.html", differences_page(who, run_seen(who, run)))


def differences_page(who: Acting, run: Run) -> dict[str, Any]:
    """What the page of differences shows; the form carries the digest of just these."""
    with in_scope(who):
        found = preview_of(run)
        opened = open_to(who, run, run.steps.all())
        before, withheld = run_before(run), withheld_of(run)
    return {
        "run": run, "title": words.run_title(run), "before": words.run_title(before) if before else "",
        "findings": [(one, *words.finding_words(one.kind), words.finding_query(one)) for one in found.findings],
        "totals": found.totals, "withheld": withheld, "barred": opened.barred, "step": STEPS["acknowledge"],
        "form": AcknowledgeForm(initial={"seen": found.digest}) if "acknowledge" in opened.steps else None,
    }  # fmt: skip


@require_GET
@for_payments
def proof(request: HttpRequest, run: uuid.UUID) -> HttpResponse:
    """Whether decisions, lines and ledger of a run agree to the cent; where they do not, by line."""
    who = acting_of(request)
    found = run_seen(who, run)
    with in_scope(who):
        proven = prove(found)
        listed = proven.differences[:_MOST_DIFFERENCES]
        lines = lines_of_numbers(found, [one.number for one in listed if one.number is not None])
    shown = [_difference(one, lines) for one in listed]
    return render(request, "portal/payments/proof.html", {
        "run": found, "title": words.run_title(found), "proof": proven, "differences": shown,
        "more": max(len(proven.differences) - _MOST_DIFFERENCES, 0),
    })  # fmt: skip


def _difference(one: Difference, lines: dict[int, int]) -> dict[str, Any]:
    """A difference, in words; its line, also where something of it goes to a creditor under a number of its own."""
    is_over = one.what == "posted" and (one.expected or one.found) < 0
    return {
        "one": one, "title": right_words(one.code) if one.what != "told" else "", "month": month_of(one.month),
        "what": words.DIFFERENCES.get(one.what, one.what), "cents": one.found - one.expected,
        "page": "payment_overpaid" if is_over else "payment_line",
        "line": one.number if is_over or one.number is None else lines.get(one.number),
    }  # fmt: skip
