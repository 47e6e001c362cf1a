"""Filling a page of an application, checking the answers, and sending it."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from balsts.access.acting import in_scope
from balsts.cases import drafts, forms
from balsts.cases.drafts import ChangedElsewhere
from balsts.exchange.texts import Text
from balsts.law.engine.errors import DomainError
from balsts.portal.applications.forms import TrueForm
from balsts.portal.applications.opening import Opened, for_applicants, opened_draft
from balsts.portal.applications.shown import fields_shown, income_total, pages_shown, said, title_of
from balsts.portal.problems import Problem, problem_of

_CONFLICT = 409
CHECK = "check"
"""The address of a page says by this word that one came from checking the answers, and goes back there."""


@require_http_methods(["GET", "POST"])
@for_applicants
def page(request: HttpRequest, draft: uuid.UUID, sheet: str) -> HttpResponse:
    """One page of the form."""
    sent = request.POST if request.method == "POST" else None
    with opened_draft(request, draft, f"page {sheet}") as opened:
        found = opened.sheet(sheet)
        errors: dict[str, Text] = {}
        if sent is not None:
            typed = {name: str(value) for name, value in sent.items()}
            errors = opened.fill(found, typed)
            if not errors:
                try:
                    drafts.save(opened.who, opened.draft, opened.answers, version_in(request))
                except ChangedElsewhere:
                    return conflict(request, draft)
                return redirect(_next(request, opened, sheet))
        fields = fields_shown(opened, found, sent, errors)
        return render(request, "portal/applications/page.html", {
            "opened": opened, "draft": opened.draft, "sheet": found, "title": title_of(opened, found),
            "fields": fields, "version": opened.draft.version if sent is None else version_in(request),
            "back": request.GET.get("back", ""), "errors": [one for one in fields if one.error or one.right_error],
            "months": drafts.months_asked(opened.declared, opened.received_on) if sheet == "since" else (),
        })  # fmt: skip


def version_in(request: HttpRequest) -> int:
    """The version of the draft that a page was opened with; none when it does not say."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else -1


def conflict(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """The answers were saved elsewhere since: nothing is overwritten."""
    return render(request, "portal/applications/conflict.html", {"draft": draft}, status=_CONFLICT)


def _next(request: HttpRequest, opened: Opened, sheet: str) -> str:
    """The next page that is not done; the list of tasks behind the last one, or the check one came from."""
    if request.GET.get("back") == CHECK:
        return reverse("application_check", args=[opened.draft.pk])
    codes = [one.code for one in opened.sheets]
    after = codes[codes.index(sheet) + 1 :] if sheet in codes else []
    return (reverse("application_page", args=[opened.draft.pk, after[0]]) if after
            else reverse("application_tasks", args=[opened.draft.pk]))  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_applicants
def check(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """All answers once more; declared true, the application is sent. Whoever presses again finds it sent."""
    try:
        return _checked(request, draft)
    except Http404:
        if request.method == "POST" and drafts.sent_by(request.acting, draft) is not None:  # type: ignore[attr-defined]
            return redirect("application_sent", draft)
        raise


def _checked(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    who = request.acting  # type: ignore[attr-defined]
    form = TrueForm(request.POST if request.method == "POST" else None)
    with opened_draft(request, draft, "check of the answers") as opened:
        forms.prune(opened.declared, opened.circle, opened.answers)
        pages = pages_shown(opened)
        page = {
            "form": form, "opened": opened, "draft": opened.draft, "title": said(opened.declared.name), "pages": pages,
            "is_done": all(one.is_done for one in pages) and not opened.lacking, "total": income_total(opened),
            "documents": opened.documents, "lacking": opened.lacking, "problem": None,
        }  # fmt: skip
        if request.method != "POST" or not form.is_valid() or not page["is_done"]:
            return render(request, "portal/applications/check.html", page)
        if forms.refused(opened.declared, opened.circle, opened.answers):
            page["problem"] = Problem(_("The form has changed since you filled it. Open each page and save it anew."))
            return render(request, "portal/applications/check.html", page, status=_CONFLICT)
        opened.answers.details["is_true"] = "true"
    try:
        # In one transaction: whoever presses twice at once waits for the first, and finds the application sent.
        with in_scope(who):
            kept = drafts.save(who, opened.draft, opened.answers, version_in(request))
            drafts.send(who, kept, kept.version)
    except ChangedElsewhere:
        if drafts.sent_by(who, draft) is not None:
            return redirect("application_sent", draft)
        return conflict(request, draft)
    except DomainError as error:
        found = problem_of(error)
        page["problem"] = Problem(f"{_('The application was not sent.')} {found.said}", found.untold)
        return render(request, "portal/applications/check.html", page, status=_CONFLICT)
    return redirect("application_sent", draft)
