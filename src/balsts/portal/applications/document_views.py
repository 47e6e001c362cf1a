"""Handing documents in, taking them back, and opening them: always as a download, never inside a page."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from balsts.access.acting import in_scope
from balsts.access.log import log_access
from balsts.cases.attachments import MOST_BYTES, FileRefused, hand_in, take_back
from balsts.cases.models import Attachment
from balsts.portal.applications.forms import DocumentForm
from balsts.portal.applications.opening import draft_or_404, for_applicants, opened_draft
from balsts.portal.applications.shown import said
from balsts.portal.session.state import why


@require_http_methods(["GET", "POST"])
@for_applicants
def evidence(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """The documents of an application: which are asked for, which are there, and handing in one more."""
    with opened_draft(request, draft, "documents") as opened:
        kinds = [(one.code, said(one.title)) for one in opened.evidence]
        form = DocumentForm(kinds, *((request.POST, request.FILES) if request.method == "POST" else ()))
        if request.method == "POST" and form.is_valid():
            handed = form.cleaned_data["document"]
            try:
                hand_in(opened.who, opened.draft, form.cleaned_data["kind"], handed.name, handed.read(MOST_BYTES + 1))
            except FileRefused as error:
                form.add_error("document", said(error.text))
            else:
                return redirect("application_evidence", draft)
        titles = dict(kinds)
        return render(request, "portal/applications/evidence.html", {
            "form": form, "opened": opened, "draft": opened.draft, "asked": opened.evidence,
            "asked_for": [{"title": said(one.title), "is_required": one.is_required} for one in opened.evidence],
            "there": [{"document": one, "title": titles.get(one.kind, one.kind)} for one in opened.documents],
        })  # fmt: skip


@require_POST
@for_applicants
def remove(request: HttpRequest, draft: uuid.UUID, attachment: uuid.UUID) -> HttpResponse:
    """Take a document back that was not sent yet."""
    found = draft_or_404(request, draft)
    take_back(request.acting, found, attachment)  # type: ignore[attr-defined]
    return redirect("application_evidence", draft)


@require_GET
@for_applicants
def document(request: HttpRequest, attachment: uuid.UUID) -> HttpResponse:
    """A document as it was handed in, to be saved; what is out of scope is answered as what does not exist."""
    who = request.acting  # type: ignore[attr-defined]
    with in_scope(who):
        found = Attachment.objects.select_related("file", "case", "draft").filter(pk=attachment).first()
        if found is None:
            raise Http404
        about = found.case or found.draft
        subject = about.subject_id if about else None
        log_access(who, "read", [subject] if subject else [], f"document {found.pk}; {why(request)}")
        response = HttpResponse(bytes(found.file.content), content_type=found.media_type)
    return as_download(response, found.name)


def as_download(response: HttpResponse, name: str) -> HttpResponse:
    """An answer that a browser saves, opens in no page and guesses nothing about."""
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
