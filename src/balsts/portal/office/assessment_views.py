"""Assessing a case: what the law gives and why, what is doubtful, what staff decide where it lets them; a draft."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from balsts.access.acting import in_scope
from balsts.cases.accepting import ACCEPT
from balsts.cases.assessing import (
    application_of,
    assess,
    decision_being_made,
    decision_in_force,
    draft,
    newest_determination,
    proposed_change,
)
from balsts.cases.determining import doubts_of
from balsts.cases.models import Case, Decision, Determination, DeterminationLine
from balsts.cases.types.reading import case_type
from balsts.law.engine.errors import DomainError
from balsts.portal.office import words
from balsts.portal.office.case_views import frame_of
from balsts.portal.office.conflicts import conflict
from balsts.portal.office.declaration import declaration_of
from balsts.portal.office.establishing import doubtful
from balsts.portal.office.forms import AssessForm, DraftForm
from balsts.portal.office.opening import acting_of, for_case_workers, opened_case
from balsts.portal.office.showing import persons_named, shown


@require_http_methods(["GET", "POST"])
@for_case_workers
def assessment(request: HttpRequest, case: uuid.UUID) -> HttpResponse:
    """What the law gives month by month; asked by POST, it is worked out anew of what is known now."""
    with opened_case(request, case, "assessment: rights by the law, facts they rest on") as found:
        page = _page(request, found)
        form = AssessForm(case_type(found.type), page["doubtful"], request.POST or None,
                          initial=_initial(page["newest"]))  # fmt: skip
        page["form"] = form
    if request.method == "POST" and form.is_valid():
        return _assessed(request, found, form)
    with in_scope(acting_of(request)):
        return render(request, "portal/office/assessment.html", page)


def _page(request: HttpRequest, case: Case) -> dict[str, Any]:
    if not case_type(case.type).codes or case.household_id is None:
        raise Http404
    newest = newest_determination(case)
    making = decision_being_made(case)
    page = frame_of(acting_of(request), case) | {
        "newest": newest, "making": making, "change": proposed_change(case), "application": application_of(case),
        "in_force": decision_in_force(case), "doubtful": [],
    }  # fmt: skip
    page["declaration"] = declaration_of(acting_of(request), case, page["application"])
    if newest is not None:
        signed = newest.decisions.exclude(state=Decision.State.DISCARDED).first()
        names = persons_named(newest, _doubtful(newest))
        page |= {"shown": shown(newest, signed, names), "doubtful": doubtful(newest, names)}
    return page


def _doubtful(newest: Determination) -> list[uuid.UUID]:
    return [uuid.UUID(one["about"]) for one in doubts_of(newest)]


def _initial(newest: Determination | None) -> dict[str, Any]:
    """What staff decided last time, so that it is not lost when the case is determined anew."""
    found: dict[str, Any] = {"seen": str(newest.pk) if newest else ""}
    for one in newest.said if newest else []:
        if one["effect"] == ACCEPT:
            continue  # what was established goes on holding without being said again
        found |= {f"{one['code']}_is": True, f"{one['code']}_reason": one["reason"]}
        if one["effect"] == "set_amount":
            found[f"{one['code']}_amount"] = words.cents_words(int(one["amount"]))
            found[f"{one['code']}_right"] = one["right"]
    return found


def _assessed(request: HttpRequest, case: Case, form: AssessForm) -> HttpResponse:
    try:
        assess(acting_of(request), case, seen=form.cleaned_data["seen"], discretion=form.cleaned_data["discretion"])
    except DomainError as error:
        return conflict(request, case, error)
    return redirect("case_assessment", case.pk)


@require_http_methods(["GET", "POST"])
@for_case_workers
def decide(request: HttpRequest, case: uuid.UUID) -> HttpResponse:
    """What would be drafted, for confirmation; by POST, the draft."""
    with opened_case(request, case, "assessment: rights by the law, facts they rest on") as found:
        newest = newest_determination(found)
        if newest is None or not case_type(found.type).codes:
            raise Http404
        in_force = decision_in_force(found)
        lines = list(newest.lines.all())
        kind = Decision.Kind.REPLACE if in_force else Decision.Kind.GRANT if lines else Decision.Kind.REFUSE
        form = DraftForm(request.POST or None, initial={"determination": newest.pk})
        page = frame_of(acting_of(request), found) | {
            "newest": newest, "form": form, "kind": words.KINDS[kind], "in_force": in_force,
            "shown": shown(newest, None, persons_named(newest, _doubtful(newest))),
            "is_unknown": any(one.kind == DeterminationLine.Kind.UNDETERMINED for one in lines),
        }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            made = draft(acting_of(request), found, determination=form.cleaned_data["determination"],
                         reasons=form.cleaned_data["reasons"])  # fmt: skip
        except DomainError as error:
            return conflict(request, found, error)
        return redirect("case_decision", found.pk, made.pk)
    return render(request, "portal/office/decide.html", page)
