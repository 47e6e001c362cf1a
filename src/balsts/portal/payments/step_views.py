"""The steps of a run: looked through, approved, released, cancelled. Each is confirmed, sent by POST, taken once."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from balsts.access.acting import Acting, in_scope
from balsts.access.errors import AccessDenied
from balsts.law.engine.errors import DomainError
from balsts.payments.models import Run
from balsts.portal.office.opening import acting_of
from balsts.portal.payments.opening import for_payments, run_seen
from balsts.portal.payments.run_views import differences_page, run_page
from balsts.portal.payments.steps import STEPS, Step, open_to
from balsts.portal.problems import problem_of
from balsts.portal.session.forms import GovukForm


@require_http_methods(["GET", "POST"])
@for_payments
def step(request: HttpRequest, run: uuid.UUID, step: str) -> HttpResponse:
    """Confirm a step of a run; by POST it is taken. What was done already is not done again, and is no error."""
    if step not in STEPS:
        raise Http404
    who, taken = acting_of(request), STEPS[step]
    found = run_seen(who, run)
    if request.method == "GET" and step == "acknowledge":
        return redirect("payment_differences", found.pk)
    form = taken.form(request.POST or None) if taken.form.base_fields else None
    if request.method == "GET":
        with in_scope(who):
            is_open = step in open_to(who, found, found.steps.all()).steps
        if not is_open:
            return redirect("payment_run", found.pk)
        return _confirm(request, found, step, form)
    if form is not None and not form.is_valid():
        if step == "acknowledge":
            return _refused(request, who, found, step, None)
        return _confirm(request, found, step, form, status=422)
    return _taken(request, who, found, step, form.cleaned_data if form else {})


def _confirm(request: HttpRequest, run: Run, code: str, form: GovukForm | None, status: int = 200) -> HttpResponse:
    page = run_page(acting_of(request), run) | {"step": STEPS[code], "code": code, "form": form}
    return render(request, "portal/payments/step.html", page, status=status)


def _taken(request: HttpRequest, who: Acting, run: Run, code: str, said: dict[str, Any]) -> HttpResponse:
    step = STEPS[code]
    if code != "acknowledge" and _is_done(who, run, step):
        return redirect("payment_run", run.pk)  # sent twice, or from an old page
    try:
        step.take(who, run, said)
    except AccessDenied:
        return render(request, "portal/403.html", status=403)
    except DomainError as error:
        return _refused(request, who, run, code, error)
    return redirect("payment_run", run.pk)


def _is_done(who: Acting, run: Run, step: Step) -> bool:
    """Whether who acts has taken the step already, and nothing came after."""
    assert who.staff is not None
    with in_scope(who):
        return run.state == step.state and run.steps.filter(step=step.state, by_staff=who.staff).exists()


def _refused(request: HttpRequest, who: Acting, run: Run, code: str, error: DomainError | None) -> HttpResponse:
    """The page as it is now, with why nothing was done."""
    standing = run_seen(who, run.pk)
    differs = code == "acknowledge"
    page = differences_page(who, standing) if differs else run_page(who, standing)
    page["problem"] = problem_of(error) if error else None
    name = "differences" if differs else "run"
    return render(request, f"portal/payments/{name}.html", page, status=409 if error else 422)
