"""Lines of a run: by finding, right and reason, page by page; one with what is behind it; what waits, and for what."""

from __future__ import annotations

import uuid
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from balsts.access.acting import in_scope
from balsts.payments.bank_selectors import AtTheBank, at_the_bank, matters_waiting
from balsts.payments.lines import (
    OVERPAID,
    Asked,
    Row,
    behind,
    kept_back_from,
    left_out_of,
    line_in,
    overpaid_in,
    page_of,
)
from balsts.payments.models import BankFile, Event, Line, Overpaid, Run
from balsts.payments.sums import held_of, rights_of
from balsts.payments.withholding import Kind
from balsts.portal.office.opening import acting_of
from balsts.portal.office.words import PER, month_of, right_words, type_words
from balsts.portal.payments import bank_words, words
from balsts.portal.payments.forms import LinesForm, NumberForm
from balsts.portal.payments.opening import for_payments, line_recorded, reason_of, run_seen
from balsts.portal.words import cents_words, upper_first

_MOST_AFTER = 2**31 - 1


@require_GET
@for_payments
def lines(request: HttpRequest, run: uuid.UUID) -> HttpResponse:
    """Lines of a run that fit, after a number, with nobody's data; each leads to the line itself."""
    who = acting_of(request)
    found = run_seen(who, run)
    if request.GET.get("finding") == "left_out":
        return redirect("payment_left_out", found.pk)
    with in_scope(who):
        form = LinesForm(rights_of(found), request.GET or None)
        said = form.cleaned_data if form.is_valid() else {}
        asked = Asked(*(said.get(name, "") for name in ("finding", "code", "held")))
        page = page_of(found, asked, _after(request))
    kept = {name: value for name, value in vars(asked).items() if value}
    following = f"?{urlencode(kept | {'after': page.following})}" if page.following else ""
    name, means = words.finding_words(asked.finding) if asked.finding else ("", "")
    return render(request, "portal/payments/lines.html", {
        "run": found, "title": words.run_title(found), "rows": [_row(one) for one in page.rows], "form": form,
        "finding": name, "means": means, "next_address": following, "is_first": not _after(request),
        "first_address": f"?{urlencode(kept)}", "is_filtered": bool(kept), "number": NumberForm(),
        "with_before": asked.finding in ("changed", "ended"), "problem": request.GET.get("no"),
    })  # fmt: skip


def _after(request: HttpRequest) -> int:
    text = request.GET.get("after", "")
    return int(text) if text.isascii() and text.isdigit() and int(text) <= _MOST_AFTER else 0


def _row(one: Row) -> dict[str, Any]:
    """A line in words."""
    return {
        "one": one, "title": right_words(one.code), "month": month_of(one.month), "due": month_of(one.due),
        "kind": words.LINE_KINDS.get(one.kind, one.kind), "amount": cents_words(one.amount),
        "before": cents_words(one.before) if one.before else "", "held": words.held_words(one.held),
        "withheld": cents_words(one.withheld) if one.withheld else "",
        "page": "payment_overpaid" if one.kind == OVERPAID else "payment_line",
    }  # fmt: skip


@require_GET
@for_payments
def find(request: HttpRequest, run: uuid.UUID) -> HttpResponse:
    """Go to the line of a number."""
    who = acting_of(request)
    found, form = run_seen(who, run), NumberForm(request.GET or None)
    page: dict[str, Any] = {"run": found, "title": words.run_title(found), "form": form}
    if form.is_valid():
        number = form.cleaned_data["number"]
        with in_scope(who):
            is_there = line_in(found, number) is not None
        if is_there:
            return redirect("payment_line", found.pk, number)
        page["missing"] = number
    return render(request, "portal/payments/find.html", page, status=422 if form.errors else 200)


@require_GET
@for_payments
def line(request: HttpRequest, run: uuid.UUID, number: int) -> HttpResponse:
    """A line: how much and why, to whom, to which account; whoever it is of is recorded as looked at first."""
    return _opened(request, run, number, line_in)


@require_GET
@for_payments
def overpaid(request: HttpRequest, run: uuid.UUID, number: int) -> HttpResponse:
    """An overpayment found: what was paid, what is owed now, and by which decisions."""
    return _opened(request, run, number, overpaid_in)


def _opened(request: HttpRequest, run: uuid.UUID, number: int, find: Any) -> HttpResponse:
    who = acting_of(request)
    found = run_seen(who, run)
    with in_scope(who):
        one: Line | Overpaid | None = find(found, number) if number <= _MOST_AFTER else None
        if one is None:
            raise Http404
        line_recorded(who, one, reason_of(found, number))
        return render(request, "portal/payments/line.html", _line_page(found, one))


def _line_page(run: Run, one: Line | Overpaid) -> dict[str, Any]:
    found, is_overpaid = behind(one), isinstance(one, Overpaid)
    held = one.held if isinstance(one, Line) else ""
    return _bank_page(one) | _kept_back_page(one) | {
        "run": run, "title": words.run_title(run), "line": one, "is_overpaid": is_overpaid, "behind": found,
        "right": right_words(one.code), "month": month_of(one.month), "due": month_of(one.due),
        "kind": words.LINE_KINDS["overpaid" if is_overpaid else str(getattr(one, "kind", ""))],
        "programme": upper_first(words.programme_words(one.programme)), "type": type_words(found.type),
        "account": words.way_words(one) if isinstance(one, Line) else "", "held": words.held_words(held),
        "held_do": words.held_do_words(one) if isinstance(one, Line) else "",
        "is_for_another": isinstance(one, Line) and one.receiver_id not in (None, one.payee_id),
        "earlier": [(each, words.run_title(each.run), words.held_words(each.held)) for each in found.earlier],
    }  # fmt: skip


def _bank_page(one: Line | Overpaid) -> dict[str, Any]:
    """Where a line is at the bank, and what the bank said of it."""
    found = at_the_bank(one) if isinstance(one, Line) else AtTheBank(None, ())
    said = [(bank_words.EVENTS[Event.Kind(each.kind)], each, bank_words.back_words(each.reason),
             bank_words.action_words(each.action)) for each in found.events]  # fmt: skip
    state = bank_words.FILES[BankFile.State(found.file.state)] if found.file else ""
    return {"bank": found, "bank_said": said, "file_state": state}


def _kept_back_page(one: Line | Overpaid) -> dict[str, Any]:
    """What is kept back from a line: by what, for whom, of which document, how much; and what goes to the receiver."""
    if not isinstance(one, Line) or not one.withheld:
        return {}
    kept = [(words.ORDERS[Kind(each.order.kind)], each.order, cents_words(each.cents))
            for each in kept_back_from(one)]  # fmt: skip
    return {"kept": kept, "sent": cents_words(one.amount - one.withheld)}


# -- what waits ----------------------------------------------------------------------------------------------------


@require_GET
@for_payments
def waiting(request: HttpRequest) -> HttpResponse:
    """What the payer's newest run holds, by why and what to do about it."""
    who = acting_of(request)
    with in_scope(who):
        runs = Run.objects.filter(payer=who.institution).exclude(state=Run.State.CANCELLED)
        newest = runs.order_by("-month", "-snapshot_at").first()
        groups = [_group(held, list(rows)) for held, rows in groupby(held_of(newest), lambda one: one.held)] if (
            newest) else []  # fmt: skip
        left_out = left_out_of(newest, most=1)[0] if newest else []
        waits = matters_waiting(who.institution)
    return render(request, "portal/payments/waiting.html", {
        "run": newest, "title": words.run_title(newest) if newest else "", "groups": groups, "left_out": left_out,
        "matters": waits,
    })  # fmt: skip


def _group(held: str, rows: list[Any]) -> dict[str, Any]:
    """The lines that wait for one reason, by right."""
    return {
        "held": held, "why": upper_first(words.held_words(held)), "do": words.finding_words(f"held_{held}")[1],
        "many": sum(one.many for one in rows), "amount": cents_words(sum(one.cents for one in rows)),
        "rows": [(right_words(one.code), one.code, one.many, cents_words(one.cents)) for one in rows],
    }  # fmt: skip


@require_GET
@for_payments
def left_out(request: HttpRequest, run: uuid.UUID) -> HttpResponse:
    """Awards that a run could not pay, page by page."""
    who = acting_of(request)
    found = run_seen(who, run)
    try:
        after = uuid.UUID(request.GET.get("after", ""))
    except ValueError:
        after = uuid.UUID(int=0)
    with in_scope(who):
        awards, following = left_out_of(found, after)
    rows = [(one, right_words(one.code), cents_words(one.amount), PER.get(one.per, one.per)) for one in awards]
    return render(request, "portal/payments/left_out.html", {
        "run": found, "title": words.run_title(found), "rows": rows, "following": following,
        "means": words.finding_words("left_out")[1],
    })  # fmt: skip
