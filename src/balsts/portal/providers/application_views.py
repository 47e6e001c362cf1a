"""Applying for registration: by a representative who signed in, or by the office for a provider; saved as written."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from balsts.access.acting import Acting
from balsts.access.errors import AccessDenied
from balsts.cases.entries import key_of
from balsts.cases.models import Draft
from balsts.law.engine.errors import DomainError
from balsts.portal.problems import Problem, problem_of
from balsts.portal.providers.forms import EntryForm, PlaceForm, ProviderForm, choices_of, questions
from balsts.portal.providers.guard import refused_to_others, sent_in
from balsts.portal.providers.shown import entry_title, fields_shown, municipality_names
from balsts.portal.words import day_words, in_language
from balsts.services import drafts
from balsts.services.registering import PURPOSE, the_register


def applicant(request: HttpRequest) -> Acting:
    """Who applies: a resident, or whoever keeps the register."""
    who: Acting = request.acting  # type: ignore[attr-defined]
    if who.scope != "self" and (who.purpose != PURPOSE or not who.may("decide")):
        raise AccessDenied("Iesniegumus reģistram ievada tā uzturētājs.", "Keepers of the register enter applications.")
    return who


def draft_or_404(who: Acting, key: uuid.UUID) -> Draft:
    """A draft that who acts began; anybody else's is answered as what does not exist."""
    found = drafts.draft_of(who, key)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@refused_to_others
def begin(request: HttpRequest, draft: uuid.UUID | None = None) -> HttpResponse:
    """Who the provider is; the first page of an application, come back to from its list."""
    who = applicant(request)
    kept = draft_or_404(who, draft) if draft else None
    form = ProviderForm(sent_in(request), initial=_as_asked(kept.answers) if kept else None)
    if request.method == "POST" and form.is_valid():
        if kept is None:
            return redirect("provider_draft", drafts.begin(who, form.answers()).pk)
        return _saved(request, who, kept, dict(kept.answers) | form.answers())
    page = {"form": form, "draft": kept, "is_resident": who.scope == "self"}
    return render(request, "portal/providers/apply.html", page, status=400 if form.errors else 200)


def _as_asked(answers: dict[str, Any]) -> dict[str, Any]:
    """Answers as the form shows them: days are days again."""
    days = {one.code for one in questions() if one.kind == "day"}
    return {name: date.fromisoformat(value) if name in days and value else value for name, value in answers.items()}


@require_GET
@refused_to_others
def summary(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """What the application says so far, each part to be changed; then sent."""
    who = applicant(request)
    if drafts.draft_of(who, draft) is None and drafts.sent(who, draft):
        return redirect("provider_sent", draft)
    return _summary(request, draft_or_404(who, draft))


def _summary(request: HttpRequest, kept: Draft, problem: Problem | None = None, status: int = 200) -> HttpResponse:
    names = municipality_names()
    entries = [{"title": entry_title(one), "fields": fields_shown(one, names, without=("service", "address"))}
               for one in kept.answers.get("entries", [])]  # fmt: skip
    who: Acting = request.acting  # type: ignore[attr-defined]
    page = {"draft": kept, "answers": answered(kept.answers), "entries": entries, "problem": problem,
            "documents": drafts.documents_of(who, kept)}  # fmt: skip
    return render(request, "portal/providers/draft.html", page, status=status)


def answered(answers: dict[str, Any]) -> list[tuple[str, str]]:
    """The declared questions with their answers, as they are read."""
    found = []
    for one in questions():
        value = answers.get(one.code)
        words = dict(choices_of(one) or ()).get(str(value), "" if value is None else str(value))
        if one.kind == "day" and words:
            words = day_words(date.fromisoformat(words))
        found.append((in_language(one.title), words))
    return found


@require_http_methods(["GET", "POST"])
@refused_to_others
def place(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """Services at one more address."""
    who = applicant(request)
    kept = draft_or_404(who, draft)
    form = PlaceForm(sent_in(request))
    if request.method == "POST" and form.is_valid():
        return _saved(request, who, kept, _with_entries(kept, form.entries()))
    return render(request, "portal/providers/place.html", {"form": form, "draft": kept},
                  status=400 if form.errors else 200)  # fmt: skip


def _with_entries(kept: Draft, more: list[dict[str, Any]]) -> dict[str, Any]:
    """The answers with more entries; one of the same service and address takes the place of the earlier one."""
    register = the_register()
    by_key = {key_of(register, one): one for one in [*kept.answers.get("entries", []), *more]}
    return dict(kept.answers) | {"entries": list(by_key.values())}


@require_http_methods(["GET", "POST"])
@refused_to_others
def entry(request: HttpRequest, draft: uuid.UUID, number: int) -> HttpResponse:
    """One entry of the application: its own number of places, telephone, and so on; or left out again."""
    who = applicant(request)
    kept = draft_or_404(who, draft)
    entries = list(kept.answers.get("entries", []))
    if number >= len(entries):
        raise Http404
    if request.method == "POST" and request.POST.get("does") == "remove":
        del entries[number]
        return _saved(request, who, kept, dict(kept.answers) | {"entries": entries})
    form = EntryForm(sent_in(request), initial=entries[number])
    if request.method == "POST" and form.is_valid():
        entries[number] = form.entry()
        return _saved(request, who, kept, _with_entries(_having(kept, entries), []))
    return render(request, "portal/providers/entry.html", {"form": form, "draft": kept},
                  status=400 if form.errors else 200)  # fmt: skip


def _having(kept: Draft, entries: list[dict[str, Any]]) -> Draft:
    kept.answers = dict(kept.answers) | {"entries": entries}
    return kept


def _saved(request: HttpRequest, who: Acting, kept: Draft, answers: dict[str, Any]) -> HttpResponse:
    """Save what a form says, unless the draft was saved from another window since the form was opened."""
    version = request.POST.get("version", "")
    try:
        drafts.save(who, kept, answers, int(version) if version.isdigit() else -1)
    except drafts.DraftChanged as error:
        return _summary(request, draft_or_404(who, kept.pk), problem_of(error), status=409)
    return redirect("provider_draft", kept.pk)


@require_POST
@refused_to_others
def send(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """Send the application; sent twice, it is one."""
    who = applicant(request)
    kept = drafts.draft_of(who, draft)
    if kept is not None:
        try:
            drafts.send(who, kept)
        except DomainError as error:
            return _summary(request, kept, problem_of(error), status=409)
    return redirect("provider_sent", draft)


@require_GET
@refused_to_others
def sent(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """That the application was received, with its number and the day by which it is decided."""
    who = applicant(request)
    found = drafts.sent(who, draft)
    if found is None:
        raise Http404
    return render(request, "portal/providers/sent.html", {"one": found, "is_resident": who.scope == "self"})
