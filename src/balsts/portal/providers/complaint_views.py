"""A complaint about a provider, by anybody; and the office that answers it or hands it over."""

from __future__ import annotations

import uuid

import rules
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from balsts.access.acting import in_scope
from balsts.access.errors import AccessDenied
from balsts.access.models import Institution
from balsts.cases.complaints import MOST_TEXT, answer, hand_over, take_in
from balsts.cases.models import Complaint, Organisation
from balsts.cases.opening import office_of
from balsts.cases.types.reading import case_type
from balsts.law.engine.errors import DomainError
from balsts.portal.problems import problem_of
from balsts.portal.providers.forms import AnswerForm, ComplaintForm, HandoverForm
from balsts.portal.providers.guard import refused_to_others, sent_in
from balsts.portal.providers.limits import is_too_large, is_too_much
from balsts.portal.providers.shown import CHANNELS
from balsts.services.registering import TYPE

_PAGE = "portal/providers/complaint.html"


@require_http_methods(["GET", "POST"])
def complain(request: HttpRequest) -> HttpResponse:
    """The form for everybody; whoever is signed in stays unnamed too."""
    office = _office()
    if is_too_large(request):
        return render(request, _PAGE, {"form": ComplaintForm(), "is_too_large": True}, status=413)
    form = ComplaintForm(sent_in(request), initial={"number": request.GET.get("number", "")})
    if request.method != "POST" or not form.is_valid():
        return render(request, _PAGE, {"form": form}, status=400 if form.errors else 200)
    if is_too_much(request, "complaint"):
        return render(request, _PAGE, {"form": form, "is_too_much": True}, status=429)
    about = Organisation.objects.filter(registration_number=form.cleaned_data["number"]).first()
    made = take_in(None, office, _with_number(form, about), channel="portal", organisation=about)
    return render(request, "portal/providers/complaint_sent.html", {"one": made})


def _office() -> Institution:
    """The office that keeps the register; where there is none, nobody could answer."""
    try:
        return office_of(case_type(TYPE), None)
    except DomainError:
        raise Http404 from None


def _with_number(form: ComplaintForm, about: Organisation | None) -> str:
    """The text; with the number where it is of nobody whom the register knows."""
    number, text = form.cleaned_data["number"], form.cleaned_data["text"]
    return f"{number}: {text}"[:MOST_TEXT] if number and about is None else text


@require_http_methods(["GET", "POST"])
@refused_to_others
def complaint(request: HttpRequest, complaint: uuid.UUID) -> HttpResponse:
    """A complaint for the office that has it: read, answered or handed over."""
    who = request.acting  # type: ignore[attr-defined]
    with in_scope(who):
        one = Complaint.objects.filter(pk=complaint).select_related("organisation").first()
        if one is None or not rules.test_rule("cases.answer_complaint", who, one):
            raise Http404
    does = request.POST.get("does")
    answering = AnswerForm(request.POST if does == "answer" else None)
    handing = HandoverForm(who.institution, request.POST if does == "hand_over" else None)
    page = {"one": one, "answering": answering, "handing": handing, "channel": CHANNELS[one.channel]}
    form = handing if does == "hand_over" else answering
    if request.method != "POST" or not form.is_valid():
        return render(request, "portal/providers/complaint_case.html", page | {"form": form},
                      status=400 if form.errors else 200)  # fmt: skip
    try:
        if does == "answer":
            answer(who, one, form.cleaned_data["result"])
        else:
            to = Institution.objects.get(pk=form.cleaned_data["to"])
            hand_over(who, one, to, form.cleaned_data["reason"])
    except AccessDenied:
        raise
    except DomainError as error:
        return render(request, "portal/providers/complaint_case.html",
                      page | {"form": form, "problem": problem_of(error)}, status=409)  # fmt: skip
    return redirect("register_work")
