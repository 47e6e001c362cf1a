"""A resident's own cases, decisions and payments, and those of whom they may see."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import rules
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from balsts.access.acting import Acting, in_scope
from balsts.cases.appeals import contest, contest_by
from balsts.cases.determining import doubts_of
from balsts.cases.errors import CaseNotReady
from balsts.cases.models import Appeal, Case, Decision
from balsts.cases.selectors import awards_of_decision, cases_of_persons, file_of, months_of
from balsts.cases.writing import mark_read, write
from balsts.law.engine.errors import DomainError
from balsts.portal.my.forms import ContestForm, WriteForm
from balsts.portal.my.words import DECISIONS, NEXT, STAGES
from balsts.portal.office import words
from balsts.portal.office.answers import answers_of
from balsts.portal.office.case_views import award_row
from balsts.portal.office.opening import acting_of, decision_in, opened_case
from balsts.portal.office.showing import persons_named, shown
from balsts.portal.office.writing_views import thread
from balsts.portal.persons.case import names_of
from balsts.registry.predicates import persons_of
from balsts.registry.use_cases import reading

_BACK_DAYS, _AHEAD_DAYS = 366, 366
_MADE_KNOWN = ("notified", "in_force", "appealed", "replaced", "ended")


def resident_of(request: HttpRequest) -> Acting:
    """The resident who acts; for anybody else there is no such page.

    Raises:
        Http404: who acts is no resident.
    """
    who = acting_of(request)
    if who.scope != "self" or who.person is None:
        raise Http404
    return who


@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """All cases of oneself and of those one may see, the newest first."""
    who = resident_of(request)
    persons = persons_seen(who)
    with reading(who, persons, "own cases"):
        names = names_of(persons)
        rows = [(one, words.type_words(one.type), STAGES[Case.Stage(one.stage)], words.left_words(one.due_on),
                 names.get(one.subject_id, "") if one.subject_id != who.person else "")
                for one in cases_of_persons(persons) if one.subject_id]  # fmt: skip
        return render(request, "portal/my/cases.html", {"rows": rows})


def persons_seen(who: Acting) -> list[uuid.UUID]:
    """Oneself, and those whose data one may see."""
    with in_scope(who):
        return sorted(persons_of(who).values_list("pk", flat=True))


@require_http_methods(["GET", "POST"])
def case(request: HttpRequest, case: uuid.UUID) -> HttpResponse:
    """One's case: where it is, what happens next, decisions, what is granted, messages; by POST, a new message."""
    who = resident_of(request)
    form = WriteForm(request.POST or None)
    with opened_case(request, case, "own case") as found:
        page = _page(who, found) | {"form": form}
        mark_read(who, found)
    if request.method == "POST" and form.is_valid():
        write(who, found, form.cleaned_data["text"], key=form.cleaned_data["key"])
        return redirect("my_case", found.pk)
    return render(request, "portal/my/case.html", page)


def _page(who: Acting, case: Case) -> dict[str, Any]:
    file = file_of(case)
    persons = {one.person_id for one in file.parties} | {one for one in (case.subject_id,) if one}
    names = names_of(persons)
    today = timezone.localdate()
    months = months_of(file.awards, today - timedelta(days=_BACK_DAYS), today + timedelta(days=_AHEAD_DAYS))
    return {
        "case": case, "type": words.type_words(case.type), "stage": STAGES[Case.Stage(case.stage)],
        "next": NEXT[Case.Stage(case.stage)], "left": words.left_words(case.due_on),
        "is_late": words.is_late(case.due_on), "office": case.institution,
        "whose": names.get(case.subject_id, "") if case.subject_id and case.subject_id != who.person else "",
        "decisions": [(one, DECISIONS[Decision.Kind(one.kind)], words.STATES[Decision.State(one.state)],
                       contest_by(one)) for one in file.decisions if one.state in _MADE_KNOWN],
        "appeals": [(one, words.OUTCOMES[Appeal.Outcome(one.outcome)] if one.outcome else "") for one in file.appeals],
        "months": [award_row(one, names) for one in months], "messages": thread(file.messages), "for_person": True,
        "applications": [(one, answers_of(one, names)) for one in file.applications],
        "attachments": file.attachments,
    }  # fmt: skip


@require_GET
def decision(request: HttpRequest, case: uuid.UUID, decision: uuid.UUID) -> HttpResponse:
    """A decision on one's case: what it says, by month, why, and how to contest it."""
    who = resident_of(request)
    with opened_case(request, case, "own decision") as found:
        one = decision_in(found, decision)
        page: dict[str, Any] = {
            "case": found, "type": words.type_words(found.type), "decision": one, "for_person": True,
            "says": DECISIONS[Decision.Kind(one.kind)], "state": words.STATES[Decision.State(one.state)],
            "contest_by": contest_by(one), "may_contest": _may_contest(who, found, one), "is_signed": True,
            "office": found.institution,
        }  # fmt: skip
        if one.determination is not None:
            names = persons_named(
                one.determination, [uuid.UUID(each["about"]) for each in doubts_of(one.determination)]
            )
            page["shown"] = shown(one.determination, one, names)
            awards = awards_of_decision(one.pk)
            until = max((each.months.upper or one.determination.months.upper for each in awards), default=one.since)
            page["months"] = [award_row(each, names) for each in months_of(awards, one.since, until)]
        return render(request, "portal/my/decision.html", page)


def _may_contest(who: Acting, case: Case, one: Decision) -> bool:
    by = contest_by(one)
    in_time = by is not None and timezone.localdate() <= by
    standing = one.state in (Decision.State.NOTIFIED, Decision.State.IN_FORCE)
    return in_time and standing and rules.test_rule("cases.contest", who, case)


@require_http_methods(["GET", "POST"])
def contest_decision(request: HttpRequest, case: uuid.UUID, decision: uuid.UUID) -> HttpResponse:
    """Contest a decision within its term, saying why."""
    who = resident_of(request)
    form = ContestForm(request.POST or None)
    with opened_case(request, case, "own decision") as found:
        one = decision_in(found, decision)
        sent = found.appeals.filter(decision=one, outcome="").first()
        page = {"case": found, "decision": one, "form": form, "contest_by": contest_by(one), "sent": sent,
                "may_contest": _may_contest(who, found, one), "type": words.type_words(found.type)}  # fmt: skip
    if request.method == "POST" and form.is_valid() and (page["may_contest"] or sent is not None):
        try:
            contest(who, one, key=form.cleaned_data["key"], grounds=form.cleaned_data["grounds"])
        except CaseNotReady:
            return render(request, "portal/my/contest.html", page, status=409)
        except DomainError:
            raise Http404 from None
        return redirect("my_case", found.pk)
    return render(request, "portal/my/contest.html", page, status=409 if request.method == "POST" and sent else 200)
