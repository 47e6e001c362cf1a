"""Where money goes that is not for the payee's own account: choices by state, one, recorded, agreed to, ended."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from balsts.access.acting import Acting, in_scope
from balsts.access.log import log_access
from balsts.payments import payouts as use_cases
from balsts.payments.agreed_selectors import IN_FORCE, OVER, choices_page, lines_by, state_of
from balsts.payments.claim_selectors import name_told
from balsts.payments.models import PayoutChoice
from balsts.portal.office.opening import acting_of
from balsts.portal.office.words import month_of, right_words
from balsts.portal.payments import agreed_words, words
from balsts.portal.payments.agreed_forms import PayoutForm, ReasonForm, StateForm
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
from balsts.portal.payments.opening import CHOICE, for_payments
from balsts.portal.session.forms import GovukForm
from balsts.portal.words import cents_words

STEPS = {
    "agree": Step(
        _("Agree to the choice"),
        _("You have compared it with the application or decision. From now on money goes there; it takes the place of "
          "the choice before on the days that both name."),
        _("Agree"), GovukForm, approves,
        waits_for,
        lambda who, of, _said: use_cases.agree_choice(who, of),
        is_agreed_by),
    "end": Step(
        _("End the choice"), _("It is not followed any more; what went by it stays so."), _("End it"), ReasonForm,
        prepares_or_approves, lambda _who, of: state_of(of) != OVER,
        lambda who, of, said: use_cases.end_choice(who, of, said["reason"]),
        is_ended_by),
}  # fmt: skip


@require_GET
@for_payments
def choices(request: HttpRequest) -> HttpResponse:
    """Choices by state: of which right, by which way and for which days; nobody's name and no address."""
    who = acting_of(request)
    form = StateForm(agreed_words.STATES, request.GET or None)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    with in_scope(who):
        shown = choices_page(who, state, request.GET.get("page"))
        rows = [choice_words(one) for one in shown]
    return render(request, "portal/payments/choices.html", {
        "rows": rows, "form": form, "state": state, "shown": shown, "may_record": prepares(who),
    })  # fmt: skip


def choice_words(one: PayoutChoice) -> dict[str, Any]:
    """A choice in words."""
    state = state_of(one)
    return {
        "choice": one, "right": agreed_words.right_of(one), "state": agreed_words.STATES[state],
        "way": agreed_words.CHANNELS[PayoutChoice.Channel(one.channel)], "is_sure": state == IN_FORCE,
        "name": one.pk.hex[-8:],
    }  # fmt: skip


def choice_seen(choice: uuid.UUID) -> PayoutChoice:
    """A choice, in scope.

    Raises:
        Http404: there is none, or it is another payer's.
    """
    found = PayoutChoice.objects.filter(pk=choice).first()
    if found is None:
        raise Http404
    return found


@require_GET
@for_payments
def choice(request: HttpRequest, choice: uuid.UUID) -> HttpResponse:
    """A choice: whose it is, where the money goes, why, what went by it; that it was opened is recorded."""
    who = acting_of(request)
    with in_scope(who):
        one = choice_seen(choice)
        log_access(who, "read", [one.payee_id], CHOICE)
        return render(request, "portal/payments/choice.html", _choice_page(who, one))


def _choice_page(who: Acting, one: PayoutChoice) -> dict[str, Any]:
    return choice_words(one) | {
        "payee": name_told(one.payee_id), "barred": barred_words(who, [one]),
        "names": words.names_of_staff(staff_numbers([one])),
        "steps": [(reverse("payment_choice_step", args=[one.pk, code]), step.title)
                  for code, step in open_steps(who, STEPS, one)],
        "lines": [(each, right_words(each.code), month_of(each.month), words.run_title(each.run),
                   cents_words(each.amount - each.withheld)) for each in lines_by(one)],
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_payments
def step(request: HttpRequest, choice: uuid.UUID, step: str) -> HttpResponse:
    """Agree to a choice, or end it."""
    if step not in STEPS:
        raise Http404
    who = acting_of(request)
    with in_scope(who):
        one = choice_seen(choice)
    said = choice_words(one)
    facts = [(gettext("Of which right"), said["right"]), (gettext("Where the money goes"), said["way"]),
             (gettext("Whose the account is"), one.name), (gettext("Account"), one.iban),
             (gettext("What they know the payment by"), one.reference), (gettext("Why"), one.basis)]  # fmt: skip
    page = {"back": reverse("payment_choice", args=[one.pk]), "back_name": gettext("Choice"),
            "facts": [(name, value) for name, value in facts if value]}  # fmt: skip
    return step_asked(request, who, STEPS[step], one, page)


@require_http_methods(["GET", "POST"])
@for_payments
def record(request: HttpRequest) -> HttpResponse:
    """Record where a payee's money is to go; another member of staff agrees to it."""
    who = acting_of(request)
    if not prepares(who):
        return refused(request)
    form = PayoutForm(request.POST if request.method == "POST" else None)
    page = {"title": gettext("Record where money goes"), "button": gettext("Record the choice"),
            "says": gettext("Another member of staff agrees to it; until then money goes where it went before."),
            "back": reverse("payment_choices"), "back_name": gettext("Where money goes")}  # fmt: skip

    def take(said: dict[str, Any]) -> str:
        made = sent_once(who, "choice", said, lambda: use_cases.record_choice(
            who, use_cases.payee_of(who, said["code"]), _payout(said)))  # fmt: skip
        return reverse("payment_choice", args=[made])

    return asked(request, form, page, take)


def _payout(said: dict[str, Any]) -> use_cases.Payout:
    return use_cases.Payout(use_cases.Channel(said["channel"]), said["basis"], said["since"], said["until"],
                            said["right"], said["name"], said["iban"], said["reference"], said["address"])  # fmt: skip
