"""A contested decision, for whoever hears it."""

from __future__ import annotations

import uuid

import rules
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from balsts.cases.appeals import contest_by, hear, is_late
from balsts.cases.models import Appeal
from balsts.law.engine.errors import DomainError
from balsts.portal.office import words
from balsts.portal.office.case_views import frame_of
from balsts.portal.office.conflicts import conflict
from balsts.portal.office.forms import HearForm
from balsts.portal.office.opening import acting_of, for_case_workers, opened_case
from balsts.portal.persons.case import names_of


@require_http_methods(["GET", "POST"])
@for_case_workers
def appeal(request: HttpRequest, case: uuid.UUID, appeal: uuid.UUID) -> HttpResponse:
    """Who contests which decision and why; for whoever hears it, what comes of it."""
    who = acting_of(request)
    with opened_case(request, case, "contested decision") as found:
        one = found.appeals.select_related("decision", "by_person", "new_decision").filter(pk=appeal).first()
        if one is None:
            raise Http404
        form = HearForm(request.POST or None)
        page = frame_of(who, found) | {
            "appeal": one, "form": form, "by": names_of([one.by_person_id]).get(one.by_person_id, "–"),
            "outcome": words.OUTCOMES[Appeal.Outcome(one.outcome)] if one.outcome else "",
            "may_hear": rules.test_rule("cases.hear", who, found) and not one.outcome,
            "is_submitted_late": is_late(one), "contest_by": contest_by(one.decision),
            "left": words.left_words(one.due_on), "is_late": words.is_late(one.due_on),
        }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            hear(who, one, form.cleaned_data["outcome"], form.cleaned_data["reasons"])
        except DomainError as error:
            return conflict(request, found, error)
        return redirect("case_appeal", found.pk, one.pk)
    return render(request, "portal/office/appeal.html", page)
