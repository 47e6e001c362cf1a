"""The steps of claims: decided, agreed to by another, withdrawn, paid back by a plan, given up, repaid."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from balsts.access.acting import Acting, in_scope
from balsts.access.log import log_access
from balsts.payments import claims
from balsts.payments.agreed_selectors import law_of
from balsts.payments.claim_selectors import ClaimHistory, ClaimRow, claim_row, name_told, unclaimed_beside
from balsts.payments.models import Claim, ClaimPart, Plan, WriteOff
from balsts.payments.withholding import Kind
from balsts.portal.office.opening import acting_of
from balsts.portal.office.words import month_of
from balsts.portal.payments import agreed_words
from balsts.portal.payments.agreed_forms import ClaimForm, PlanForm, ReasonForm, RepaidForm, WriteOffForm
from balsts.portal.payments.asking import (
    Step,
    approves,
    asked,
    is_agreed_by,
    is_ended_by,
    open_steps,
    prepares,
    prepares_or_approves,
    refused,
    sent_once,
    step_asked,
    waits_for,
)
from balsts.portal.payments.opening import CLAIM, for_payments
from balsts.portal.session.forms import GovukForm
from balsts.portal.words import cents_words

_MOST_NUMBER = 2**63 - 1


def _by(said: dict[str, Any]) -> claims.By:
    return claims.By(said["since"], said["months"], said["how"] == "withheld")


def _planned(who: Acting, of: ClaimRow, said: dict[str, Any]) -> None:
    sent_once(who, f"plan {of.claim.pk}", said, lambda: claims.propose_plan(who, of.claim, _by(said)))


def _given_up(who: Acting, of: ClaimRow, said: dict[str, Any]) -> None:
    sent_once(who, f"write-off {of.claim.pk}", said,
              lambda: claims.propose_write_off(who, of.claim, said["amount"], said["reason"]))  # fmt: skip


def _repaid(who: Acting, of: ClaimRow, said: dict[str, Any]) -> None:
    sent_once(who, f"repaid {of.claim.pk}", said, lambda: claims.record_repayment(
        who, of.claim, said["amount"], said["on"], said["reference"]))  # fmt: skip


def _is_proposed(_who: Acting, of: ClaimRow) -> bool:
    return of.state == "proposed"


def _is_owed(_who: Acting, of: ClaimRow) -> bool:
    return of.claim.is_believed and of.left > 0


STEPS = {
    "agree": Step(
        _("Agree to the claim"),
        _("The claim and its plan hold from now on, the claim is entered in the ledger, and the person sees it. It "
          "cannot be withdrawn after that; what is not owed is given up by a write-off."),
        _("Agree"), GovukForm, approves,
        lambda who, of: _is_proposed(who, of) and of.claim.by_staff != who.staff,
        lambda who, of, _said: claims.check_claim(who, of.claim),
        lambda who, of: is_agreed_by(who, of.claim)),
    "plan": Step(
        _("Propose a plan"),
        _("Another member of staff agrees to it; then it takes the place of the plan before."),
        _("Propose the plan"), PlanForm, prepares, _is_owed, _planned),
    "repaid": Step(
        _("Record a repayment"), _("What the debtor paid back by themselves; it is entered in the ledger at once."),
        _("Record it"), RepaidForm, prepares, _is_owed, _repaid),
    "write-off": Step(
        _("Propose a write-off"),
        _("A sum of the claim is given up once another member of staff agrees to it. It cannot be taken back."),
        _("Propose it"), WriteOffForm, prepares, _is_owed, _given_up),
    "withdraw": Step(
        _("Withdraw the claim"), _("Nobody has agreed to it yet. Its overpayments can be claimed anew."),
        _("Withdraw"), ReasonForm, prepares_or_approves, _is_proposed,
        lambda who, of, said: claims.withdraw_claim(who, of.claim, said["reason"]),
        lambda who, of: is_ended_by(who, of.claim)),
}  # fmt: skip
"""By their names in addresses."""


AGREE_PLAN = Step(
    _("Agree to the plan"), _("It takes the place of the plan before, and the person sees it."), _("Agree"), GovukForm,
    approves, waits_for, lambda who, of, _said: claims.agree_plan(who, of), is_agreed_by,
)  # fmt: skip
AGREE_WRITE_OFF = Step(
    _("Agree to the write-off"), _("The sum is given up and entered in the ledger. It cannot be taken back."),
    _("Agree"), GovukForm, approves, waits_for, lambda who, of, _said: claims.agree_write_off(who, of), is_agreed_by,
)  # fmt: skip


def steps_open(who: Acting, found: ClaimRow, history: ClaimHistory) -> list[tuple[str, Any]]:
    """The steps of a claim that who acts can take now: where each leads, and its title."""
    here = [(reverse("payment_claim_step", args=[found.claim.pk, code]), one.title)
            for code, one in open_steps(who, STEPS, found)]  # fmt: skip
    plan = history.waiting_plan
    if plan is not None and found.claim.is_believed and open_steps(who, {"": AGREE_PLAN}, plan):
        here.append((reverse("payment_claim_plan", args=[found.claim.pk, plan.pk]), AGREE_PLAN.title))
    for one in history.waiting_write_offs:
        if open_steps(who, {"": AGREE_WRITE_OFF}, one):
            title = gettext("Agree to the write-off of %(amount)s") % {"amount": cents_words(one.cents)}
            here.append((reverse("payment_claim_write_off", args=[found.claim.pk, one.pk]), title))
    return here


def to_agree(found: ClaimRow, history: ClaimHistory) -> list[Claim | Plan | WriteOff]:
    """What of a claim may wait for a second person: the claim first, its plans and write-offs once it holds."""
    if found.state == "proposed":
        return [found.claim]
    plans = [history.waiting_plan] if history.waiting_plan else []
    return [*plans, *history.waiting_write_offs] if found.claim.is_believed else []


@require_http_methods(["GET", "POST"])
@for_payments
def step(request: HttpRequest, claim: uuid.UUID, step: str) -> HttpResponse:
    """A step of a claim."""
    if step not in STEPS:
        raise Http404
    who = acting_of(request)
    with in_scope(who):
        found = claim_seen(claim)
    return step_asked(request, who, STEPS[step], found, _page(found) | _law(step))


@require_http_methods(["GET", "POST"])
@for_payments
def agree_plan(request: HttpRequest, claim: uuid.UUID, plan: uuid.UUID) -> HttpResponse:
    """Agree to a plan that somebody else proposed."""
    who, found, one = _part(request, claim, Plan, plan)
    facts = [(gettext("First month"), month_of(one.since)), (gettext("Months"), str(one.months)),
             (gettext("Of the first month"), cents_words(one.monthly)),
             (gettext("How it is paid back"), plan_words(is_withheld=one.is_withheld))]  # fmt: skip
    page = _page(found)
    return step_asked(request, who, AGREE_PLAN, one, page | {"facts": page["facts"] + facts} | _law("plan"))


@require_http_methods(["GET", "POST"])
@for_payments
def agree_write_off(request: HttpRequest, claim: uuid.UUID, write_off: uuid.UUID) -> HttpResponse:
    """Agree to a write-off that somebody else proposed."""
    who, found, one = _part(request, claim, WriteOff, write_off)
    facts = [(gettext("How much is given up"), cents_words(one.cents)), (gettext("Why"), one.reason)]
    page = _page(found)
    return step_asked(request, who, AGREE_WRITE_OFF, one, page | {"facts": page["facts"] + facts})


def plan_words(*, is_withheld: bool) -> str:
    """How a plan is paid back."""
    if is_withheld:
        return gettext("kept back from payments, as far as the law lets it")
    return gettext("paid by the debtor")


def _part(request: HttpRequest, claim: uuid.UUID, kind: type[Any], number: uuid.UUID) -> tuple[Acting, ClaimRow, Any]:
    """Who acts, the claim, and a plan or write-off of it.

    Raises:
        Http404: there is none, or it is another payer's.
    """
    who = acting_of(request)
    with in_scope(who):
        found = claim_seen(claim)
        one = kind.objects.filter(pk=number, claim=found.claim).first()
    if one is None:
        raise Http404
    return who, found, one


def claim_seen(claim: uuid.UUID) -> ClaimRow:
    """A claim, in scope.

    Raises:
        Http404: there is none, or it is another payer's.
    """
    found = claim_row(claim)
    if found is None:
        raise Http404
    return found


def _page(found: ClaimRow) -> dict[str, Any]:
    """What pages of steps of a claim have in common: nobody's name."""
    return {
        "back": reverse("payment_claim", args=[found.claim.pk]), "back_name": gettext("Claim"),
        "facts": [(gettext("Claimed back"), cents_words(found.claim.amount)),
                  (gettext("Still open"), cents_words(found.left)), (gettext("Why"), found.claim.reason)],
    }  # fmt: skip


def _law(step: str) -> dict[str, Any]:
    """What the law says, on pages of plans. To be called by who acts: rules are nobody's data."""
    if step != "plan":
        return {}
    return {"law": agreed_words.law_rows(law_of(Kind.RECOVERY)), "questions": agreed_words.general_questions()}


@require_http_methods(["GET", "POST"])
@for_payments
def decide(request: HttpRequest, overpaid: int) -> HttpResponse:
    """Claim an overpayment back, with others of the same person; that it was opened is recorded."""
    who = acting_of(request)
    if not prepares(who):
        return refused(request)
    with in_scope(who):
        found = unclaimed_beside(who, overpaid) if overpaid <= _MOST_NUMBER else []
        if not found:
            return _claimed_already(overpaid)
        log_access(who, "read", [found[0].payee_id], CLAIM)
        debtor = name_told(found[0].payee_id)
    form = ClaimForm(found, request.POST if request.method == "POST" else None, initial={"parts": [str(overpaid)]})
    page = {"title": gettext("Claim an overpayment back"), "button": gettext("Record the claim"),
            "says": gettext("Another member of staff agrees to the claim; nothing holds before that."),
            "back": reverse("payment_unclaimed"), "back_name": gettext("Not claimed yet"),
            "facts": [(gettext("Whose it is"), debtor or "–")]} | _law("plan")  # fmt: skip

    def take(said: dict[str, Any]) -> str:
        made = sent_once(who, f"claim {overpaid}", said, lambda: _decided(who, form, said))
        return reverse("payment_claim", args=[made])

    return asked(request, form, page, take)


def _claimed_already(overpaid: int) -> HttpResponse:
    """The claim in which an overpayment stands, also where a form is sent twice.

    Raises:
        Http404: there is no such overpayment, or it is another payer's.
    """
    part = ClaimPart.objects.filter(overpaid=min(overpaid, _MOST_NUMBER), stands=True).first()
    if part is None:
        raise Http404
    return redirect("payment_claim", part.claim_id)


def _decided(who: Acting, form: ClaimForm, said: dict[str, Any]) -> Claim:
    return claims.decide_claim(who, form.claimed, said["reason"], _by(said))
