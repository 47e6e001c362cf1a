"""Drafts of law for policy analysts: load one, try it on all cases, see what it does, enact it. Nobody is named."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from balsts.access.acting import Acting, in_scope
from balsts.cases import rehearsal, runs
from balsts.cases.background import begin_and_defer_rehearsal
from balsts.cases.drafts_of_law import enact, load_draft
from balsts.cases.law_in_force import law_in_force
from balsts.cases.models import LawDraft, Run
from balsts.law.engine.errors import DomainError
from balsts.portal.problems import Problem, problem_of
from balsts.portal.rehearsal.forms import DraftForm, EnactForm, RehearseForm
from balsts.portal.rehearsal.pictures import pictures


def _analyst(request: HttpRequest) -> Acting:
    """Who rehearses; for whoever does not, these pages are not there."""
    who: Acting = request.acting  # type: ignore[attr-defined]
    if not who.may("rehearse"):
        raise Http404
    return who


def _language() -> str:
    return "lv" if get_language() == "lv" else "en"


@require_http_methods(["GET", "POST"])
def drafts(request: HttpRequest) -> HttpResponse:
    """All drafts, the newest first, and the form to load one."""
    who = _analyst(request)
    form = DraftForm(request.POST or None)
    page: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("draft", load_draft(who, form.cleaned_data["text"]).pk)
        except DomainError as error:
            page["problem"] = problem_of(error)
    with in_scope(who):
        page["drafts"] = list(LawDraft.objects.order_by("-loaded_at"))
    page["law"] = law_in_force().sha256
    return render(request, "portal/rehearsal/drafts.html", page, status=409 if "problem" in page else 200)


@require_http_methods(["GET"])
def draft(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """One draft: its text, and what its last rehearsal came to."""
    return render(request, "portal/rehearsal/draft.html", _page(_analyst(request), draft))


def _page(who: Acting, pk: uuid.UUID) -> dict[str, object]:
    with in_scope(who):
        found = LawDraft.objects.filter(pk=pk).first()
        if found is None:
            raise Http404
        run = Run.objects.filter(draft=found, kind=Run.Kind.REHEARSAL).order_by("made_at").last()
        page: dict[str, object] = {"draft": found, "run": run, "rehearse": RehearseForm(), "enact": EnactForm(),
                                   "may_enact": not found.rules and found.loaded_by != who.staff}  # fmt: skip
        if run is not None and run.finished_at is None:
            page["progress"] = runs.progress(run.pk)
        elif run is not None:
            shown = rehearsal.shown(run, _language())
            page |= {"shown": shown, "pictures": pictures(shown, _language()), "month": run.asked["since"]}
    return page


@require_POST
def rehearse(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """Begin a rehearsal; a worker does it in the background."""
    who, form = _analyst(request), RehearseForm(request.POST)
    page = _page(who, draft) | {"rehearse": form}
    found = page["draft"]
    assert isinstance(found, LawDraft)
    if not form.is_valid():
        return render(request, "portal/rehearsal/draft.html", page, status=422)
    try:
        begin_and_defer_rehearsal(who, found, form.cleaned_data["month"])
    except DomainError as error:
        page["problem"] = problem_of(error)
        return render(request, "portal/rehearsal/draft.html", page, status=409)
    return redirect("draft", draft)


@require_POST
def enact_draft(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """Make a draft part of the law from a day on."""
    who, form = _analyst(request), EnactForm(request.POST)
    page = _page(who, draft) | {"enact": form}
    if not page["may_enact"]:
        page["problem"] = Problem(_("Somebody else must enact it: not whoever loaded it; one with rules, by command."))
        return render(request, "portal/rehearsal/draft.html", page, status=409)
    if not form.is_valid():
        return render(request, "portal/rehearsal/draft.html", page, status=422)
    try:
        enact(who, draft, form.cleaned_data["since"])
    except DomainError as error:
        page["problem"] = problem_of(error)
        return render(request, "portal/rehearsal/draft.html", page, status=409)
    return redirect("draft", draft)
