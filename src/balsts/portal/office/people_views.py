"""Who works on a case, and who is away."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from balsts.access.acting import in_scope
from balsts.access.errors import AccessDenied
from balsts.cases.assigning import absences, assign, be_absent, colleagues, end_absence, give_back, take
from balsts.cases.errors import CaseNotReady
from balsts.law.engine.errors import DomainError
from balsts.portal.office.case_views import frame_of
from balsts.portal.office.conflicts import conflict
from balsts.portal.office.forms import AbsenceForm, AssignForm
from balsts.portal.office.opening import acting_of, for_case_workers, opened_case


@require_POST
@for_case_workers
def take_case(request: HttpRequest, case: uuid.UUID) -> HttpResponse:
    """Take a case for oneself."""
    with opened_case(request, case, "taking a case") as found:
        pass
    try:
        take(acting_of(request), found)
    except DomainError as error:
        return conflict(request, found, error)
    return redirect("case", found.pk)


@require_POST
@for_case_workers
def give_case_back(request: HttpRequest, case: uuid.UUID) -> HttpResponse:
    """Give a case back to the office."""
    with opened_case(request, case, "giving a case back") as found:
        pass
    try:
        give_back(acting_of(request), found)
    except DomainError as error:
        return conflict(request, found, error)
    return redirect("case", found.pk)


@require_http_methods(["GET", "POST"])
@for_case_workers
def assign_case(request: HttpRequest, case: uuid.UUID) -> HttpResponse:
    """Assign a case to a colleague."""
    who = acting_of(request)
    with opened_case(request, case, "assigning a case") as found:
        form = AssignForm(list(colleagues(who)), request.POST or None, initial={"staff": found.assigned_to_id or ""})
        page = frame_of(who, found) | {"form": form}
    if not page["may_assign"]:
        raise Http404
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["staff"]
        try:
            assign(who, found, uuid.UUID(chosen) if chosen else None)
        except DomainError as error:
            return conflict(request, found, error)
        return redirect("case", found.pk)
    return render(request, "portal/office/assign.html", page)


@require_http_methods(["GET", "POST"])
@for_case_workers
def away(request: HttpRequest) -> HttpResponse:
    """Who is away and who stands in; a new absence of one's own, or of others by whoever sees to the work."""
    who = acting_of(request)
    if not who.may("decide"):
        raise Http404
    with in_scope(who):
        every = list(colleagues(who))
        may_be = every if who.may("supervise") else [one for one in every if one.pk == who.staff]
        form = AbsenceForm(every, may_be, request.POST or None, initial={"staff": who.staff})
        page = {"form": form, "absences": [(one, who.may("supervise") or one.staff_id == who.staff)
                                           for one in absences(who)]}  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            be_absent(who, uuid.UUID(said["staff"]), said["since"], said["until"],
                      uuid.UUID(said["substitute"]) if said["substitute"] else None)  # fmt: skip
        except CaseNotReady:
            return render(request, "portal/office/away.html", page | {"is_away_already": True}, status=409)
        return redirect("away")
    return render(request, "portal/office/away.html", page)


@require_POST
@for_case_workers
def back(request: HttpRequest, absence: int) -> HttpResponse:
    """Remove an absence."""
    try:
        end_absence(acting_of(request), absence)
    except AccessDenied:
        raise Http404 from None
    return redirect("away")
