"""A case: who, which stage, what is to be done, what was decided and granted, and everything that happened."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import rules
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from balsts.access.acting import Acting
from balsts.cases.errors import CaseNotReady
from balsts.cases.models import Appeal, Application, Case, Change, Decision, Determination, StoredFile
from balsts.cases.notices import draft_letter, make_notice
from balsts.cases.selectors import AwardMonth, CaseFile, file_of, months_of
from balsts.cases.types.reading import case_type
from balsts.portal.cards.shown import cards_shown
from balsts.portal.office import words
from balsts.portal.office.answers import answers_of
from balsts.portal.office.opening import acting_of, decision_in, for_case_workers, opened_case
from balsts.portal.office.showing import staff_names
from balsts.portal.persons.case import births_of, names_of

_MONTHS_BACK, _MONTHS_AHEAD = 12, 13


@require_GET
def case(request: HttpRequest, case: uuid.UUID) -> HttpResponse:
    """A case of one's office, with all that hangs on it."""
    who = acting_of(request)
    if who.scope == "self":
        raise Http404
    with opened_case(request, case, "case: all of it") as found:
        file = file_of(found)
        return render(request, "portal/office/case.html", _page(who, file))


def _page(who: Acting, file: CaseFile) -> dict[str, Any]:
    case = file.case
    persons = sorted({one.person_id for one in file.parties} | {one for one in (case.subject_id,) if one})
    names, births = names_of(persons), births_of(persons)
    colleagues = staff_names(_staff_in(file))
    shown = months_of(file.awards, *_around(timezone.localdate()))
    return frame_of(who, case) | {
        "file": file, "names": names,
        "people": [(names.get(one, "–"), births.get(one), one) for one in persons],
        "applications": [(one, words.CHANNELS[Application.Channel(one.channel)], answers_of(one, names))
                         for one in file.applications],
        "decisions": [decision_row(one, colleagues) for one in file.decisions],
        "appeals": [(one, words.OUTCOMES[Appeal.Outcome(one.outcome)] if one.outcome else "") for one in file.appeals],
        "changes": [(one, words.CAUSES[Determination.Cause(one.cause)], words.CHANGE_STATES[Change.State(one.state)])
                    for one in file.changes],
        "tasks": [(one, words.task_words(one.kind, one.detail), words.left_words(one.due_on)) for one in file.tasks],
        "notes": [(one, colleagues.get(one.by_staff, "–")) for one in file.notes],
        "messages": [(one, _writer(one, names, colleagues)) for one in file.messages[-3:]],
        "more_messages": len(file.messages) > 3,
        "events": [(one.at, words.event_words(one.kind), words.event_detail(one.kind, one.detail),
                    _writer(one, names, colleagues)) for one in file.events],
        "months": [award_row(one, names) for one in shown],
        "is_determined": file.is_determined, "cards": cards_shown(file.cards, names),
        "evidence": {one.code: one.title.in_language(words.lang()) for one in case_type(case.type).evidence},
    }  # fmt: skip


def frame_of(who: Acting, case: Case) -> dict[str, Any]:
    """What every page of a case shows and offers."""
    return {
        "case": case, "type": words.type_words(case.type), "stage": words.STAGES[Case.Stage(case.stage)],
        "left": words.left_words(case.due_on), "is_late": words.is_late(case.due_on),
        "may_work": rules.test_rule("cases.work", who, case),
        "may_assign": rules.test_rule("cases.supervise", who), "is_mine": case.assigned_to_id == who.staff,
        "is_money": bool(case_type(case.type).codes),
    }  # fmt: skip


def _around(today: date) -> tuple[date, date]:
    """The months that the page shows of what was granted."""
    return today - timedelta(days=31 * _MONTHS_BACK), today + timedelta(days=31 * _MONTHS_AHEAD)


def _staff_in(file: CaseFile) -> set[uuid.UUID | None]:
    written: tuple[Any, ...] = (*file.events, *file.notes, *file.messages, *file.applications)
    found = {one.by_staff for one in written}
    return found | {step.by_staff for one in file.decisions for step in one.steps.all()}


def _writer(one: Any, names: dict[uuid.UUID, str], colleagues: dict[uuid.UUID, str]) -> str:
    if one.by_staff:
        return colleagues.get(one.by_staff, "–")
    return names.get(one.by_person, "–") if one.by_person else ""


def decision_row(one: Decision, colleagues: dict[uuid.UUID, str]) -> dict[str, Any]:
    """A decision with its steps, as a list shows it."""
    return {
        "decision": one, "kind": words.KINDS[Decision.Kind(one.kind)], "state": words.STATES[Decision.State(one.state)],
        "steps": [(step, words.STATES[Decision.State(step.step)],
                   colleagues.get(step.by_staff, "") if step.by_staff else "") for step in one.steps.all()],
    }  # fmt: skip


def award_row(one: AwardMonth, names: dict[uuid.UUID, str]) -> dict[str, Any]:
    """What is granted for a month, as a table shows it."""
    return {
        "month": words.month_name(one.month), "title": words.award_title(one.award),
        "amount": words.amount_words(one.amount, one.award.code), "per": words.PER.get(one.per, ""),
        "payee": names.get(one.award.payee_id, "–"), "paid_in": words.month_name(one.paid_in) if one.per else "",
        "decision": one.award.decision,
    }  # fmt: skip


@require_GET
def notice(request: HttpRequest, case: uuid.UUID, decision: uuid.UUID, language: str) -> HttpResponse:
    """The sealed document of a decision, in one language: in English it is made when somebody first asks for it."""
    if language not in ("lv", "en"):
        raise Http404
    with opened_case(request, case, "notice of a decision") as found:
        one = decision_in(found, decision)
        try:
            made = make_notice(one, "en" if language == "en" else "lv")
        except CaseNotReady:
            raise Http404 from None
        content = StoredFile.objects.get(pk=made.file_id).content
        return _file(bytes(content), "application/pdf", f"{one.number}-{language}.pdf")


@require_GET
@for_case_workers
def draft_of_notice(request: HttpRequest, case: uuid.UUID, decision: uuid.UUID) -> HttpResponse:
    """The document that a decision which is being made would become, marked as a draft."""
    with opened_case(request, case, "a decision: rights, reasons, facts they rest on") as found:
        one = decision_in(found, decision)
        if one.state not in (Decision.State.DRAFTED, Decision.State.CHECKED):
            raise Http404
        content = draft_letter(one, "en" if words.lang() == "en" else "lv")
        return _file(content, "application/pdf", f"{one.number}.pdf")


@require_GET
def attachment(request: HttpRequest, case: uuid.UUID, attachment: uuid.UUID) -> HttpResponse:
    """A document that was handed in, always as a download: what others made is opened by no page of ours."""
    with opened_case(request, case, "document handed in") as found:
        one = found.attachments.select_related("file").filter(pk=attachment).first()
        if one is None:
            raise Http404
        return _file(bytes(one.file.content), one.media_type, one.name)


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    disposition = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    return response
