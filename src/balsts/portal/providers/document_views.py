"""Documents of an application for registration: handed in, taken back; looked through as those of persons are."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from balsts.access.acting import Acting, in_scope
from balsts.cases.attachments import MOST_BYTES, FileRefused, hand_in, take_back
from balsts.cases.models import Attachment
from balsts.cases.types.reading import case_type
from balsts.portal.applications.forms import DocumentForm
from balsts.portal.providers.application_views import applicant, draft_or_404
from balsts.portal.providers.guard import refused_to_others
from balsts.portal.words import in_language
from balsts.services.drafts import documents_of
from balsts.services.registering import TYPE

Shown = list[tuple[Attachment, str]]


@require_http_methods(["GET", "POST"])
@refused_to_others
def evidence(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """The documents of an application: which may be added, which are there, and handing in one more."""
    who = applicant(request)
    kept = draft_or_404(who, draft)
    kinds = [(one.code, in_language(one.title)) for one in case_type(TYPE).evidence]
    form = DocumentForm(kinds, *((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        handed = form.cleaned_data["document"]
        try:
            with in_scope(who):
                hand_in(who, kept, form.cleaned_data["kind"], handed.name, handed.read(MOST_BYTES + 1))
        except FileRefused as error:
            form.add_error("document", in_language(error.text))
        else:
            return redirect("provider_evidence", draft)
    page = {"form": form, "draft": kept, "there": shown(documents_of(who, kept))}
    return render(request, "portal/providers/documents.html", page, status=400 if form.errors else 200)


@require_POST
@refused_to_others
def remove(request: HttpRequest, draft: uuid.UUID, attachment: uuid.UUID) -> HttpResponse:
    """Take a document back that was not sent yet."""
    who: Acting = applicant(request)
    take_back(who, draft_or_404(who, draft), attachment)
    return redirect("provider_evidence", draft)


def shown(documents: Iterable[Attachment]) -> Shown:
    """Documents, each with which it is."""
    titles = {one.code: in_language(one.title) for one in case_type(TYPE).evidence}
    return [(one, titles.get(one.kind, one.kind)) for one in documents]
