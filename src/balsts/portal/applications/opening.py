"""Opening an application that is being written: whose it is, then the record, then what registers know."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from balsts.access.acting import Acting, in_scope
from balsts.cases import drafts, forms
from balsts.cases.answers import Answers, Shown
from balsts.cases.circle import Circle, circle_of
from balsts.cases.forms import Sheet
from balsts.cases.models import Attachment, Draft
from balsts.cases.prefill import known_for
from balsts.cases.types.declaration import CaseType, Evidence
from balsts.exchange.texts import Text
from balsts.portal.persons.opening import View, needs_reason, person_in_scope
from balsts.portal.session.state import why


def for_applicants(view: View) -> View:
    """Open a page to residents, and to staff whose role decides cases; staff say why they look first."""

    @wraps(view)
    def opened(request: HttpRequest, *arguments: object, **named: object) -> HttpResponse:
        who = request.acting  # type: ignore[attr-defined]
        if who.terms is not None and not who.may("decide"):
            return render(request, "portal/403.html", status=403)
        return needs_reason(view)(request, *arguments, **named)

    return opened


@dataclass(frozen=True)
class Opened:
    """A draft with all that its pages need."""

    who: Acting
    draft: Draft
    declared: CaseType
    circle: Circle
    answers: Answers
    known: dict[tuple[str, str], Shown]
    documents: tuple[Attachment, ...]

    @property
    def sheets(self) -> list[Sheet]:
        """The pages that are filled."""
        return forms.sheets(self.declared, self.circle, self.answers)

    def sheet(self, code: str) -> Sheet:
        """A page by its code.

        Raises:
            Http404: there is none, or the answers do not ask for it.
        """
        found = next((one for one in self.sheets if one.code == code), None)
        if found is None:
            raise Http404
        return found

    @property
    def received_on(self) -> date:
        """The day on which it came, or comes when it is sent today."""
        return drafts.received_day(self.answers)

    @property
    def evidence(self) -> list[Evidence]:
        """The documents that are asked for."""
        return [one for one in self.declared.evidence if one.only_if is None or self._says(*one.only_if)]

    @property
    def lacking(self) -> list[Evidence]:
        """Documents that must be handed in and are not; staff may have them on paper."""
        there = {one.kind for one in self.documents}
        required = [one for one in self.evidence if one.is_required and one.code not in there]
        return required if self.who.terms is None else []

    def fill(self, sheet: Sheet, typed: Mapping[str, str]) -> dict[str, Text]:
        """Put what was typed on a page into the answers; what to enter instead, by the names of fields."""
        errors = forms.take(sheet, typed, self.answers, self.known)
        month, allowed = self.answers.value("since", ""), list(drafts.months_asked(self.declared, self.received_on))
        if sheet.code == "since" and month is not None and month not in allowed:
            errors["since"] = Text(f"Ierakstiet mēnesi no {allowed[-1]} līdz {allowed[0]}.",
                                   f"Enter a month from {allowed[-1]} to {allowed[0]}.")  # fmt: skip
        return errors

    def _says(self, question: str, counting: tuple[str, ...]) -> bool:
        return any(value in counting for value in self.answers.values.get(question, {}).values())


def draft_or_404(request: HttpRequest, draft: uuid.UUID) -> Draft:
    """A draft of who acts; anybody else's is answered as what does not exist."""
    return draft_of(request.acting, draft)  # type: ignore[attr-defined]


def draft_of(who: Acting, draft: uuid.UUID) -> Draft:
    """A draft of who acts, as `draft_or_404`."""
    with in_scope(who):
        found = Draft.objects.filter(pk=draft).first()
    if found is None or found.subject_id is None:
        raise Http404
    return found


@contextmanager
def opened_draft(request: HttpRequest, draft: uuid.UUID, what: str) -> Iterator[Opened]:
    """Open a draft for a block; that the person's data are looked at is recorded.

    Raises:
        Http404: there is no such draft of who acts, or the person may not be seen by them any more.
    """
    detail = f"application: {what}; {why(request)}"
    with draft_in_scope(request.acting, draft, detail) as opened:  # type: ignore[attr-defined]
        yield opened


@contextmanager
def draft_in_scope(who: Acting, draft: uuid.UUID, detail: str) -> Iterator[Opened]:
    """Open a draft for a block, as `opened_draft`; `detail` stands in the record: which data, and why."""
    found = draft_of(who, draft)
    assert found.subject_id is not None
    with person_in_scope(who, found.subject_id, detail) as around:
        declared, answers = drafts.declared_of(found), Answers.from_json(found.answers)
        today = timezone.localdate()
        visible = set(around.members) | {found.subject_id}
        circle = circle_of(found.subject_id, around.household, today, visible)
        since = drafts.since_of(answers, drafts.received_day(answers))
        documents = Attachment.objects.filter(draft=found).select_related("file").defer("file__content")
        yield Opened(who, found, declared, circle, answers, known_for(declared, circle, since),
                     tuple(documents.order_by("received_at")))  # fmt: skip
