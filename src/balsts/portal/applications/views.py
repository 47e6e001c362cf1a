"""Beginning an application, its list of tasks, throwing it away, and what comes after it was sent."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from balsts.access.acting import Acting, in_scope
from balsts.access.errors import AccessDenied
from balsts.access.log import log_access
from balsts.access.predicates import require
from balsts.cases import drafts
from balsts.cases.selectors import applications_of
from balsts.cases.types.declaration import CaseType
from balsts.cases.types.reading import case_type
from balsts.portal.applications.forms import BeginForm, EnterForm
from balsts.portal.applications.opening import draft_or_404, for_applicants, opened_draft
from balsts.portal.applications.shown import pages_shown, said
from balsts.portal.persons import case
from balsts.portal.persons.opening import opened_person
from balsts.registry.predicates import persons_of

_MOST_SENT = 20


@require_GET
@for_applicants
def applications(request: HttpRequest) -> HttpResponse:
    """What was begun, what was sent, and for whom one may apply."""
    who = request.acting  # type: ignore[attr-defined]
    begun = drafts.drafts_of(who)
    with in_scope(who):
        for_whom, sent = [], []
        if who.terms is None:
            log_access(who, "read", [who.person], "applications that were begun and sent")
            persons = list(persons_of(who).values_list("pk", flat=True))
            for_whom = [one for one in persons if _may_apply(who, one)]
            sent = list(applications_of(persons)[:_MOST_SENT])
        names = case.names_of({*for_whom, *(one.subject_id for one in begun if one.subject_id)})
    page = {
        "begun": [{"draft": one, "title": said(drafts.declared_of(one).name),
                   "name": names.get(one.subject_id, "") if one.subject_id else ""} for one in begun],
        "for_whom": sorted(((one, names.get(one, "–")) for one in for_whom), key=lambda one: one[0] != who.person),
        "sent": [{"application": one, "title": said(case_type(one.case.type).name)} for one in sent],
        "wanted": _wanted(request, who),
    }  # fmt: skip
    return render(request, "portal/applications/applications.html", page)


def _wanted(request: HttpRequest, who: Acting) -> CaseType | None:
    """The case type that a link named, where who acts may apply for it."""
    return next((one for one in drafts.types_for(who) if one.code == request.GET.get("type")), None)


def _may_apply(who: object, person: uuid.UUID) -> bool:
    try:
        require("cases.apply", who, person)  # type: ignore[arg-type]
    except AccessDenied:
        return False
    return True


@require_http_methods(["GET", "POST"])
@for_applicants
def begin(request: HttpRequest, person: uuid.UUID) -> HttpResponse:
    """Choose what to apply for, for oneself or for somebody; staff, also how it came."""
    who = request.acting  # type: ignore[attr-defined]
    types = drafts.types_for(who)
    choices = [(one.code, said(one.name)) for one in types]
    sent = request.POST if request.method == "POST" else None
    wanted = _wanted(request, who)
    initial = {"channel": "in_person", "type": wanted.code if wanted else None}
    form = (BeginForm if who.terms is None else EnterForm)(choices, sent, initial=initial)
    with opened_person(request, person, "begin an application: name") as circle:
        page = {"form": form, "person": person, "name": case.names_of([person]).get(person, "–"), "circle": circle,
                "types": [{"code": one.code, "title": said(one.name), "says": said(one.says)} for one in types],
                "for_oneself": who.person == person}  # fmt: skip
        if sent is not None and form.is_valid():
            data = form.cleaned_data
            try:
                draft = drafts.begin(who, data["type"], person, channel=data.get("channel", ""),
                                     received_on=data.get("received_on"))  # fmt: skip
            except AccessDenied:
                raise Http404 from None
            return redirect("application_tasks", draft.pk)
        return render(request, "portal/applications/begin.html", page)


@require_GET
@for_applicants
def tasks(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """The list of tasks of an application: each page with whether it is done."""
    with opened_draft(request, draft, "list of tasks") as opened:
        pages = pages_shown(opened)
        page = {
            "opened": opened, "draft": opened.draft, "title": said(opened.declared.name), "pages": pages,
            "name": opened.circle.name(str(opened.circle.applicant)), "is_done": all(one.is_done for one in pages),
            "done": sum(one.is_done for one in pages), "evidence": opened.evidence, "lacking": opened.lacking,
        }  # fmt: skip
        return render(request, "portal/applications/tasks.html", page)


@require_http_methods(["GET", "POST"])
@for_applicants
def discard(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """Throw an application away that was not sent."""
    found = draft_or_404(request, draft)
    if request.method == "POST":
        drafts.throw_away(request.acting, found)  # type: ignore[attr-defined]
        return redirect("applications")
    return render(request, "portal/applications/discard.html", {"draft": found})


@require_GET
@for_applicants
def sent(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What was sent: the number of the case, what happens next and by when."""
    who = request.acting  # type: ignore[attr-defined]
    application = drafts.sent_by(who, key)
    if application is None:
        raise Http404
    declared = case_type(application.case.type)
    with in_scope(who):
        subjects = [application.case.subject_id] if application.case.subject_id else []
        log_access(who, "read", subjects, f"application of case {application.case.number}")
        page = {"application": application, "case": application.case, "title": said(declared.name),
                "office": application.case.institution, "decide": declared.terms["decide"]}  # fmt: skip
        return render(request, "portal/applications/sent.html", page)
