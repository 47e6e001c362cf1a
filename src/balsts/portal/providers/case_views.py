"""The office that keeps the register: what waits, a case of registration, and drafting what a decision enters.

Checking, signing and making known are the same for every case type and stand on the pages of cases.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from balsts.access.acting import Acting, in_scope
from balsts.access.errors import AccessDenied
from balsts.cases.complaints import complaints_of
from balsts.cases.entries import Entry, entries_of
from balsts.cases.models import Application, Case, Decision
from balsts.cases.organisations import is_verified, rename, verify_authority
from balsts.law.engine.errors import DomainError
from balsts.portal.problems import Problem, problem_of
from balsts.portal.providers import forms
from balsts.portal.providers.application_views import answered
from balsts.portal.providers.document_views import Shown as Documents
from balsts.portal.providers.document_views import shown as documents_shown
from balsts.portal.providers.guard import refused_to_others, sent_in
from balsts.portal.providers.shown import (
    CHANNELS,
    DECISION_STATES,
    DECISIONS,
    STAGES,
    entry_shown,
    entry_title,
    fields_shown,
    municipality_names,
)
from balsts.services import registering
from balsts.services.providers import ending_soon

_SOON_DAYS, _A_PAGE = 90, 50


@dataclass(frozen=True)
class Opened:
    """A case of registration as who acts sees it.

    Attributes:
        entries: what is entered of the provider and counts today or later.
    """

    who: Acting
    case: Case
    application: Application
    decisions: list[Decision]
    entries: list[Entry]
    is_verified: bool
    documents: Documents

    @property
    def asked(self) -> list[dict[str, Any]]:
        """The entries that the application asks for."""
        found: list[dict[str, Any]] = self.application.answers["entries"]
        return found

    def entry(self, key: str) -> Entry:
        """An entry of the provider.

        Raises:
            Http404: there is none that counts.
        """
        for one in self.entries:
            if one.key == key:
                return one
        raise Http404


def _keeper(request: HttpRequest) -> Acting:
    """Who keeps the register; for whoever does not, its pages are not there, whatever is asked for."""
    who: Acting = request.acting  # type: ignore[attr-defined]
    if who.purpose != registering.PURPOSE or not who.may("decide"):
        raise Http404
    return who


def _opened(request: HttpRequest, case: uuid.UUID) -> Opened:
    who, today = _keeper(request), timezone.localdate()
    with in_scope(who):
        try:
            found = registering.case_of(who, case)
        except DomainError:
            raise Http404 from None
        entries = entries_of(registering.the_register(), organisation=found.organisation_id)
        documents = found.attachments.select_related("file").defer("file__content")
        return Opened(who, found, found.applications.earliest("submitted_at"),
                      list(found.decisions.order_by("-made_at")), [one for one in entries if one.until > today],
                      is_verified(found.pk), documents_shown(documents.order_by("received_at")))  # fmt: skip


@require_GET
@refused_to_others
def work(request: HttpRequest) -> HttpResponse:
    """What waits: cases that are open, those due first; complaints; entries that end soon."""
    who, today = _keeper(request), timezone.localdate()
    with in_scope(who):
        waiting = Case.objects.filter(type=registering.TYPE, institution=who.institution).exclude(
            stage__in=[Case.Stage.RUNNING, Case.Stage.CLOSED]
        )
        shown = Paginator(waiting.select_related("organisation").order_by("due_on", "number"), _A_PAGE).get_page(
            request.GET.get("page")
        )
        rows = [{"case": one, "stage": STAGES[one.stage], "is_late": one.due_on is not None and one.due_on < today}
                for one in shown]  # fmt: skip
        complaints = list(complaints_of(who)[:_A_PAGE])
    soon = [{"one": one, "last_day": min(offer.last_day for offer in one.offers), "number": len(one.offers)}
            for one in ending_soon(on=today, within_days=_SOON_DAYS)[:_A_PAGE]]  # fmt: skip
    return render(request, "portal/providers/work.html",
                  {"shown": shown, "rows": rows, "complaints": complaints, "soon": soon, "days": _SOON_DAYS,
                   "today": today})  # fmt: skip


@require_http_methods(["GET", "POST"])
@refused_to_others
def case(request: HttpRequest, case: uuid.UUID) -> HttpResponse:
    """A case: what is asked for, who asked and whether they may, what is entered and decided, what can be drafted."""
    opened = _opened(request, case)
    if request.POST.get("does") == "rename":
        stated = opened.application.answers.get("provider", "")
        return _done(request, opened, lambda: rename(opened.who, opened.case, stated))
    form = forms.AuthorityForm(sent_in(request))
    if request.method == "POST" and form.is_valid():
        return _done(request, opened, lambda: verify_authority(opened.who, opened.case, form.cleaned_data["how"]))
    return _case_page(request, opened, form, status=400 if form.errors else 200)


def _case_page(
    request: HttpRequest, opened: Opened, form: forms.AuthorityForm, problem: Problem | None = None, status: int = 200
) -> HttpResponse:
    names, application = municipality_names(), opened.application
    page = {
        "case": opened.case, "application": application, "stage": STAGES[opened.case.stage], "problem": problem,
        "channel": CHANNELS[application.channel], "answers": answered(application.answers), "form": form,
        "stated_name": application.answers.get("provider", ""), "is_verified": opened.is_verified,
        "asked": [{"title": entry_title(one), "fields": fields_shown(one, names, without=("service", "address"))}
                  for one in opened.asked],
        "entries": [entry_shown(one, names) for one in opened.entries],
        "decisions": [{"one": one, "kind": DECISIONS[one.kind], "state": DECISION_STATES[one.state]}
                      for one in opened.decisions],
        "documents": opened.documents,
        "may_draft": not any(one.state in ("drafted", "checked", "signed") for one in opened.decisions),
    }  # fmt: skip
    return render(request, "portal/providers/case.html", page, status=status)


def _done(request: HttpRequest, opened: Opened, does: Callable[[], object]) -> HttpResponse:
    """Do something in a case and go back to it; where it is refused, say why there."""
    try:
        does()
    except AccessDenied:
        raise
    except DomainError as error:
        return _case_page(request, _opened(request, opened.case.pk), forms.AuthorityForm(),
                          problem_of(error), status=409)  # fmt: skip
    return redirect("register_case", opened.case.pk)


def _form_page(request: HttpRequest, opened: Opened, what: str, form: BaseForm) -> HttpResponse:
    page = {"form": form, "case": opened.case, "what": what}
    return render(request, "portal/providers/decide.html", page, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@refused_to_others
def register(request: HttpRequest, case: uuid.UUID) -> HttpResponse:
    """Draft the decision that enters what was asked for, or a part of it."""
    opened = _opened(request, case)
    choices = [(str(number), entry_title(one)) for number, one in enumerate(opened.asked)]
    begin = {"entries": [number for number, _ in choices], "since": opened.application.since}
    form = forms.RegisterForm(choices, sent_in(request), initial=begin)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        offers = [opened.asked[int(number)] for number in given["entries"]]
        return _done(request, opened, lambda: registering.draft_registration(
            opened.who, opened.case, offers, since=given["since"], reasons=given["reasons"]))  # fmt: skip
    return _form_page(request, opened, "register", form)


@require_http_methods(["GET", "POST"])
@refused_to_others
def refuse(request: HttpRequest, case: uuid.UUID) -> HttpResponse:
    """Draft the decision that refuses registration."""
    opened = _opened(request, case)
    form = forms.RefusalForm(sent_in(request))
    if request.method == "POST" and form.is_valid():
        return _done(request, opened, lambda: registering.draft_refusal(
            opened.who, opened.case, form.cleaned_data["reasons"]))  # fmt: skip
    return _form_page(request, opened, "refuse", form)


@require_http_methods(["GET", "POST"])
@refused_to_others
def remove(request: HttpRequest, case: uuid.UUID) -> HttpResponse:
    """Draft the decision that removes entries."""
    opened = _opened(request, case)
    choices = [(one.key, entry_title(one.fields)) for one in opened.entries]
    form = forms.RemovalForm(choices, sent_in(request), initial={"since": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        return _done(request, opened, lambda: registering.draft_removal(
            opened.who, opened.case, given["entries"], ground=given["ground"], since=given["since"],
            reasons=given["reasons"]))  # fmt: skip
    return _form_page(request, opened, "remove", form)


@require_http_methods(["GET", "POST"])
@refused_to_others
def change(request: HttpRequest, case: uuid.UUID) -> HttpResponse:
    """Draft the decision that changes one entry, named by its key."""
    opened = _opened(request, case)
    entry = opened.entry(request.GET.get("entry", ""))
    begin = dict(entry.fields) | {"since": max(timezone.localdate(), entry.since)}
    form = forms.ChangeForm(sent_in(request), initial=begin)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        differing = {"key": entry.key} | dict(form.differing(entry))
        if len(differing) == 1:
            form.add_error(None, forms.NOTHING_DIFFERS)
        else:
            return _done(request, opened, lambda: registering.draft_registration(
                opened.who, opened.case, [], since=given["since"], reasons=given["reasons"],
                changes=[differing]))  # fmt: skip
    return _form_page(request, opened, "change", form)
