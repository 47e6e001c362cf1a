"""What could not be done, as a page that says what happened meanwhile and what to do: nothing was changed."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from balsts.access.acting import Acting, in_scope
from balsts.access.errors import AccessDenied
from balsts.cases.errors import OverlappingAward
from balsts.cases.models import Case, Decision
from balsts.law.engine.errors import DomainError
from balsts.portal.office import words
from balsts.portal.office.opening import acting_of
from balsts.portal.office.showing import staff_names


def conflict(
    request: HttpRequest, case: Case, error: DomainError, *, decision: Decision | None = None, step: str = ""
) -> HttpResponse:
    """The page of what could not be done (409), or of what who acts may not do (403)."""
    if isinstance(error, AccessDenied):
        return render(request, "portal/403.html", status=403)
    who = acting_of(request)
    with in_scope(who):
        page = {"case": Case.objects.get(pk=case.pk), "decision": decision,
                "said": _said(who, case, error, decision, step), "problem": " ".join(error.messages)}  # fmt: skip
        return render(request, "portal/office/conflict.html", page, status=409)


def _said(who: Acting, case: Case, error: DomainError, decision: Decision | None, step: str) -> list[str]:
    """What happened and what to do, in the language of the page."""
    if isinstance(error, OverlappingAward):
        return [
            _("Somebody in this case already has the same right in these months, by a decision of this or another "
              "office."),
            _("Replace or end that decision first, or change the months of this one."),
        ]  # fmt: skip
    if decision is not None:
        return _about_decision(who, decision, step)
    making = case.decisions.filter(state__in=("drafted", "checked", "signed")).first()
    if making is not None:
        return [
            _("A decision is being made in this case already: %(number)s, %(state)s.")
            % {"number": making.number, "state": words.STATES[Decision.State(making.state)]},
            _("Finish it or give it up first."),
        ]
    return [_("The case was changed after you opened the page."), _("Open the case and look at it as it is now.")]


def _about_decision(who: Acting, decision: Decision, step: str) -> list[str]:
    standing = Decision.objects.get(pk=decision.pk)
    if step in ("checked", "signed") and standing.drafted_by == who.staff and standing.needs_second:
        return [
            _("You drafted this decision. Somebody else must check and sign it."),
            _("It stands in their list of decisions for a second pair of eyes; you need to do nothing."),
        ]
    last = standing.steps.order_by("-at", "-pk").first()
    names = staff_names([last.by_staff]) if last else {}
    by: uuid.UUID | None = last.by_staff if last else None
    named: dict[str, Any] = {
        "number": standing.number, "state": words.STATES[Decision.State(standing.state)],
        "by": names.get(by, _("the platform")) if by else _("the platform"),
        "at": words.moment_words(last.at) if last else "",
    }  # fmt: skip
    return [
        _("Decision %(number)s is %(state)s now: %(by)s, %(at)s.") % named,
        _("Open the decision: it shows which step comes next and who can take it."),
    ]
