"""A decision and its steps: what would be signed, a second pair of eyes, signed, made known, or given up."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import rules
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from balsts.access.acting import Acting, in_scope
from balsts.access.kept_queries import attach
from balsts.cases.appeals import contest_by
from balsts.cases.automatic import made_known_on
from balsts.cases.chain import check, discard, notify, sign
from balsts.cases.determining import doubts_of
from balsts.cases.models import Case, Decision
from balsts.cases.selectors import awards_of_decision, months_of, steps_of
from balsts.law.engine.errors import DomainError
from balsts.portal.office.case_views import award_row, decision_row, frame_of
from balsts.portal.office.conflicts import conflict
from balsts.portal.office.forms import NotifyForm, WhyForm
from balsts.portal.office.opening import acting_of, decision_in, for_case_workers, opened_case
from balsts.portal.office.showing import persons_named, shown, staff_names
from balsts.portal.session.forms import GovukForm


@dataclass(frozen=True)
class Step:
    """A step that staff can take: its title, what it means, its button, its form, and how it is taken."""

    state: str
    title: Any
    says: Any
    button: Any
    form: type[GovukForm]
    take: Callable[[Acting, Decision, dict[str, Any]], None]


STEPS = {
    "check": Step(
        Decision.State.CHECKED, _("Check the decision"),
        _("You confirm that you have looked at the facts, the calculation and the reasons, and that they are right."),
        _("I have checked it"), GovukForm, lambda who, one, _said: check(who, one)),
    "sign": Step(
        Decision.State.SIGNED, _("Sign the decision"),
        _("After this the decision cannot be changed; only another decision can replace it. What it grants becomes "
          "due."),
        _("Sign"), GovukForm, lambda who, one, _said: sign(who, one)),
    "notify": Step(
        Decision.State.NOTIFIED, _("Make the decision known"),
        _("From the day you state the decision is in force, and the term to contest it runs."),
        _("State that it was made known"), NotifyForm,
        lambda who, one, said: notify(who, one, on=said["on"], how=said["how"])),
    "discard": Step(
        Decision.State.DISCARDED, _("Give the draft up"),
        _("The draft stays in the case, given up. Another one can be made then."),
        _("Give the draft up"), WhyForm, lambda who, one, said: discard(who, one, said["why"])),
}  # fmt: skip
_DONE = {
    Decision.State.CHECKED: {"checked", "signed", "notified", "in_force"},
    Decision.State.SIGNED: {"signed", "notified", "in_force"},
    Decision.State.NOTIFIED: {"notified", "in_force"},
    Decision.State.DISCARDED: {"discarded"},
}
"""The states in which a step has been taken already."""


@require_GET
@for_case_workers
def decision(request: HttpRequest, case: uuid.UUID, decision: uuid.UUID) -> HttpResponse:
    """A decision exactly as it would be, or was, signed; and the step that comes next."""
    with opened_case(request, case, "a decision: rights, reasons, facts they rest on") as found:
        one = decision_in(found, decision)
        return render(request, "portal/office/decision.html", page_of(acting_of(request), found, one))


def page_of(who: Acting, case: Case, one: Decision) -> dict[str, Any]:
    """What the page of a decision shows."""
    taken = steps_of(one)
    attach([one], "steps", taken)
    colleagues = staff_names(step.by_staff for step in taken)
    page = frame_of(who, case) | {"row": decision_row(one, colleagues), "decision": one,
                                  "steps": [(code, STEPS[code]) for code in open_to(who, case, one)],
                                  "waits_for": _waits_for(who, case, one), "contest_by": contest_by(one),
                                  "is_signed": any(step.step == Decision.State.SIGNED for step in taken)}  # fmt: skip
    if one.determination is not None:
        names = persons_named(one.determination, [uuid.UUID(each["about"]) for each in doubts_of(one.determination)])
        page["shown"] = shown(one.determination, one, names)
        awards = awards_of_decision(one.pk)
        if awards:
            until = max((each.months.upper or one.determination.months.upper) for each in awards)
            page["months"] = [award_row(each, names) for each in months_of(awards, one.since, until)]
    return page


def open_to(who: Acting, case: Case, one: Decision) -> list[str]:
    """The steps that who acts can take now."""
    may_check, may_work = (rules.test_rule(f"cases.{rule}", who, case) for rule in ("check", "work"))
    is_own = one.drafted_by == who.staff
    found = []
    if one.state == Decision.State.DRAFTED and one.needs_second and may_check and not is_own:
        found.append("check")
    if one.state == (Decision.State.CHECKED if one.needs_second else Decision.State.DRAFTED) and (
        may_check and not is_own if one.needs_second else may_work
    ):
        found.append("sign")
    if one.state == Decision.State.SIGNED and may_work:
        found.append("notify")
    if one.state in (Decision.State.DRAFTED, Decision.State.CHECKED) and may_work:
        found.append("discard")
    return found


def _waits_for(who: Acting, case: Case, one: Decision) -> str:
    """For whom a decision waits, where who acts can do nothing but give it up."""
    if one.state not in (Decision.State.DRAFTED, Decision.State.CHECKED) or not one.needs_second:
        return ""
    if one.drafted_by == who.staff:
        return "other"
    return "" if rules.test_rule("cases.check", who, case) else "checker"


@require_http_methods(["GET", "POST"])
@for_case_workers
def step(request: HttpRequest, case: uuid.UUID, decision: uuid.UUID, step: str) -> HttpResponse:
    """Confirm a step of a decision; by POST it is taken, once."""
    if step not in STEPS:
        raise Http404
    taken = STEPS[step]
    with opened_case(request, case, "a decision: rights, reasons, facts they rest on") as found:
        one = decision_in(found, decision)
        initial = {"on": made_known_on()} if step == "notify" else {}
        form = taken.form(request.POST or None, initial=initial) if taken.form.base_fields else None
        is_open = step in open_to(acting_of(request), found, one)
        page = page_of(acting_of(request), found, one) | {"step": taken, "code": step, "form": form}
        if request.method == "GET":
            if not is_open:
                return redirect("case_decision", found.pk, one.pk)
            return render(request, "portal/office/step.html", page)
    if form is not None and not form.is_valid():
        return render(request, "portal/office/step.html", page)
    return _taken(request, found, one, taken, form.cleaned_data if form else {})


def _taken(request: HttpRequest, case: Case, one: Decision, step: Step, said: dict[str, Any]) -> HttpResponse:
    who = acting_of(request)
    with in_scope(who):
        mine = one.steps.filter(step=step.state, by_staff=who.staff).exists()
        if mine and one.state in _DONE[Decision.State(step.state)]:
            return redirect("case_decision", case.pk, one.pk)  # sent twice, or from an old page: it is done
    try:
        step.take(who, one, said)
    except DomainError as error:
        return conflict(request, case, error, decision=one, step=step.state)
    return redirect("case_decision", case.pk, one.pk)
