"""Claims of overpayments: page by page by state, one with all that became of it, and what nobody has claimed yet."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from balsts.access.acting import Acting, in_scope
from balsts.access.log import log_access
from balsts.payments.agreed_selectors import law_of
from balsts.payments.claim_selectors import (
    STATES,
    ClaimRow,
    claims_page,
    decisions_behind,
    history_of,
    name_told,
    unclaimed_page,
)
from balsts.payments.claims import open_of
from balsts.payments.models import ClaimPart, Overpaid
from balsts.payments.withholding import Kind
from balsts.portal.office.opening import acting_of
from balsts.portal.office.words import month_of, right_words
from balsts.portal.payments import agreed_words, words
from balsts.portal.payments.agreed_forms import StateForm
from balsts.portal.payments.asking import barred_words, identifier, number_after, staff_numbers
from balsts.portal.payments.claim_steps import claim_seen, steps_open, to_agree
from balsts.portal.payments.opening import CLAIM, for_payments
from balsts.portal.words import cents_words

_SHOWN_PARTS = 2


@require_GET
@for_payments
def claims(request: HttpRequest) -> HttpResponse:
    """Claims of the payer by state: what each is for and what is left of it; nobody's name."""
    who = acting_of(request)
    form = StateForm({one: agreed_words.CLAIMS[one] for one in STATES}, request.GET or None)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    after = identifier(request.GET.get("after"))
    with in_scope(who):
        found = claims_page(who, state, after)
        waits = bool(unclaimed_page(who, most=1)[0])
    return render(request, "portal/payments/claims.html", {
        "rows": [claim_words(one) for one in found.rows], "form": form, "state": state, "following": found.following,
        "is_first": after is None, "has_unclaimed": waits,
    })  # fmt: skip


def claim_words(one: ClaimRow) -> dict[str, Any]:
    """A claim in words."""
    parts = [part_words(each) for each in one.parts]
    return {
        "row": one, "claim": one.claim, "state": agreed_words.CLAIMS[one.state],
        "is_sure": one.state in agreed_words.SURE,
        "for": parts[:_SHOWN_PARTS], "more": len(parts) - _SHOWN_PARTS, "amount": cents_words(one.claim.amount),
        "left": cents_words(one.left if one.state not in ("proposed", "withdrawn") else one.claim.amount),
        "name": claim_name(one.claim.pk),
    }  # fmt: skip


def claim_name(claim: uuid.UUID) -> str:
    """What staff call a claim: the end of its identifier."""
    return claim.hex[-8:]


def part_words(part: ClaimPart) -> str:
    """The right and the month of an overpayment."""
    return f"{right_words(part.overpaid.code)}, {month_of(part.overpaid.month)}"


@require_GET
@for_payments
def claim(request: HttpRequest, claim: uuid.UUID) -> HttpResponse:
    """A claim: whose it is, for what, by which decisions, and all that became of it; that it was opened is recorded."""
    who = acting_of(request)
    with in_scope(who):
        found = claim_seen(claim)
        log_access(who, "read", [found.claim.debtor_id], CLAIM)
        return render(request, "portal/payments/claim.html", _claim_page(who, found))


def _claim_page(who: Acting, found: ClaimRow) -> dict[str, Any]:
    history = history_of(found.claim)
    stated = [found.claim, *history.plans, *history.write_offs]
    parts = [{"part": one, "title": part_words(one), "amount": cents_words(one.cents),
              "decisions": decisions_behind(one)} for one in found.parts]  # fmt: skip
    plan = next((one for one in history.plans if one.is_believed), None)
    return claim_words(found) | {
        "debtor": name_told(found.claim.debtor_id), "parts": parts, "history": history, "plan": plan,
        "names": words.names_of_staff(staff_numbers(stated) + [one.by_staff for one in history.repayments]),
        "sums": _sums(found), "steps": steps_open(who, found, history),
        "barred": barred_words(who, to_agree(found, history)),
        "law": agreed_words.law_rows(law_of(Kind.RECOVERY)), "questions": agreed_words.general_questions(),
        "may_take": cents_words(open_of(found.claim)) if found.coming else "",
    }  # fmt: skip


def _sums(found: ClaimRow) -> list[tuple[str, str]]:
    said = ((gettext("Claimed back"), found.claim.amount), (gettext("Kept back from payments"), found.withheld),
            (gettext("Paid back by the debtor"), found.repaid), (gettext("Given up"), found.written_off),
            (gettext("Still open"), found.left))  # fmt: skip
    return [(name, cents_words(cents)) for name, cents in said]


@require_GET
@for_payments
def unclaimed(request: HttpRequest) -> HttpResponse:
    """Overpayments that runs found and nobody has claimed back: right, month and sum; nobody's name."""
    who = acting_of(request)
    after = number_after(request.GET.get("after"))
    with in_scope(who):
        found, following = unclaimed_page(who, after)
    return render(request, "portal/payments/unclaimed.html", {
        "rows": [_unclaimed_words(one) for one in found], "following": following, "is_first": not after,
        "may_decide": who.may("prepare_payments"),
    })  # fmt: skip


def _unclaimed_words(one: Overpaid) -> dict[str, Any]:
    return {"one": one, "title": right_words(one.code), "month": month_of(one.month), "run": words.run_title(one.run),
            "amount": cents_words(one.amount)}  # fmt: skip
