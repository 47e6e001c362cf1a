"""Case types, applications, cases and what hangs on them."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Annotated, Any

import rules
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.middleware.csrf import get_token
from django.utils import timezone
from ninja import Query, Router
from ninja.responses import Status

from balsts.access.acting import Acting, in_scope
from balsts.access.log import log_access
from balsts.access.models import Institution
from balsts.cases.answers import Answers
from balsts.cases.circle import circle_of
from balsts.cases.drafts import require_may
from balsts.cases.errors import CaseNotReady
from balsts.cases.forms import refused
from balsts.cases.models import Application, Award
from balsts.cases.opening import household_of, receive
from balsts.cases.selectors import applications_of, cases_in_scope
from balsts.cases.types.declaration import CaseType
from balsts.cases.types.reading import case_types
from balsts.law.engine.vocabulary import month_number
from balsts.portal.api.callers import Key, for_residents, opened_case, who_of, why_of
from balsts.portal.api.chain_shapes import (
    AwardMonthOut,
    ChangeOut,
)
from balsts.portal.api.problems import Refused
from balsts.portal.api.shapes import (
    ApplicationIn,
    ApplicationOut,
    CaseOut,
    CasesOut,
    CaseTypeOut,
    Code,
    EventOut,
    MonthDay,
    SessionOut,
    Stage,
)
from balsts.portal.api.shown import (
    application_out,
    award_months,
    case_out,
    case_row,
    case_type_out,
    change_out,
    event_out,
)
from balsts.registry.predicates import persons_of

router = Router()
_MOST_MONTHS, _MOST_LISTED = 120, 100


@router.get("/session", response=SessionOut, tags=["session"], summary="Who calls")
def session(request: HttpRequest) -> SessionOut:
    """Who calls by this session, and the token that unsafe methods send."""
    who = who_of(request)
    return SessionOut(kind="staff" if who.terms else "resident", role=who.role, purpose=who.purpose,
                      institution=who.institution, person=who.person, csrf_token=get_token(request))  # fmt: skip


@router.get("/case-types", auth=None, response=list[CaseTypeOut], tags=["case types"], summary="All case types")
def list_case_types(request: HttpRequest) -> list[CaseTypeOut]:
    """What can be applied for. Open to everybody."""
    return [case_type_out(one) for one in case_types().values()]


@router.get("/case-types/{code}", auth=None, response=CaseTypeOut, tags=["case types"], summary="A case type")
def read_case_type(request: HttpRequest, code: Code) -> CaseTypeOut:
    """A case type. Open to everybody."""
    return case_type_out(_type(code))


def _type(code: str) -> CaseType:
    if code not in case_types():
        raise Http404
    return case_types()[code]


# -- applications --------------------------------------------------------------------------------------------------


@router.post("/applications", response={201: ApplicationOut}, tags=["applications"], summary="Apply")
def apply(request: HttpRequest, body: ApplicationIn, key: Key) -> Status[ApplicationOut]:
    """Apply for oneself or for whom one represents; or, as staff, enter an application for somebody.

    The same key with the same body is the same application, however often it is sent; with another body it is refused.
    """
    who, why = who_of(request), why_of(request)
    declared = case_types().get(body.type)
    if declared is None or declared.subject == "organisation":
        raise Refused(422, "There is no such case type for persons; see /case-types.",
                      [{"place": "body.type", "problem": "unknown"}])  # fmt: skip
    not_far_ahead(body.since)
    with in_scope(who):
        if not rules.test_rule("registry.read", who, body.subject):
            raise Http404
        require_may(who, body.type, body.subject)
        log_access(who, "read", [body.subject], f"an application; {why}")
    _answers_fit(who, declared, body)
    channel, received_on = (body.channel, body.received_on) if who.terms else ("api", None)
    office = Institution.objects.get(pk=who.institution) if who.institution else None
    application = receive(
        who, body.type, key=key, subject=body.subject, since=body.since, answers={"values": body.answers},
        channel=channel, received_on=received_on, institution=office,
    )  # fmt: skip
    if not _is_the_same(who, application, body, channel):
        raise CaseNotReady("Another application was sent with this Idempotency-Key; use a new one.")
    return Status(201, application_out(application, application.case))


@router.get("/applications", response=list[ApplicationOut], tags=["applications"], summary="What was sent")
def list_applications(request: HttpRequest) -> list[ApplicationOut]:
    """What a resident has sent, or somebody for them, the newest first; the last hundred."""
    who = for_residents(request)
    with in_scope(who):
        assert who.person is not None
        log_access(who, "read", [who.person], f"an application; {why_of(request)}")
        found = applications_of(persons_of(who).values_list("pk", flat=True))[:_MOST_LISTED]
        return [application_out(one, one.case) for one in found]


def _answers_fit(who: Acting, declared: CaseType, body: ApplicationIn) -> None:
    """Refuse answers that the form could not have given: to no question, about nobody there, or of another kind."""
    today = timezone.localdate()
    with in_scope(who):
        household = household_of(body.subject)
        everybody = circle_of(body.subject, household, today).members
        visible = persons_of(who).filter(pk__in=everybody).values_list("pk", flat=True)
        circle = circle_of(body.subject, household, today, visible)
    wrong = refused(declared, circle, Answers(values=body.answers))
    if wrong:
        raise Refused(422, "Some answers are not answers to a question of this case type; see /case-types.",
                      [{"place": f"body.answers.{name}", "problem": "value"} for name in wrong[:20]])  # fmt: skip


def not_far_ahead(since: date) -> None:
    """Refuse a first month that lies more than a year ahead: the law and the household of then are not known."""
    today = timezone.localdate()
    if month_number(since.year, since.month) > month_number(today.year + 1, today.month):
        raise Refused(422, "The first month lies more than a year ahead.", [{"place": "body.since", "problem": "late"}])


def _is_the_same(who: Acting, stored: Application, body: ApplicationIn, channel: str) -> bool:
    case = stored.case
    return (
        (stored.by_staff, stored.by_person_id) == (who.staff, who.person)
        and (case.type, case.subject_id) == (body.type, body.subject)
        and (stored.since, stored.channel) == (body.since, channel)
        and stored.answers.get("values") == body.answers
        and (body.received_on is None or who.terms is None or stored.received_on == body.received_on)
    )


# -- cases ---------------------------------------------------------------------------------------------------------


@router.get("/cases", response=CasesOut, tags=["cases"], summary="Cases that who calls may see")
def list_cases(
    request: HttpRequest, after: uuid.UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50, stage: Stage | None = None,
    type_code: Annotated[Code | None, Query(alias="type")] = None, subject: uuid.UUID | None = None,
) -> CasesOut:  # fmt: skip
    """The newest first, without saying whose they are; asking by `subject` is recorded as looking at that person."""
    who = who_of(request)
    given: dict[str, Any] = {"stage": stage, "type": type_code, "subject": subject}
    wanted = Q(**{name: value for name, value in given.items() if value is not None})
    if after is not None:
        wanted &= Q(pk__lt=after)
    with in_scope(who):
        if subject is not None:
            why = why_of(request)
            if not rules.test_rule("registry.read", who, subject):
                raise Http404
            log_access(who, "read", [subject], f"a list of cases; {why}")
        found = list(cases_in_scope(who).filter(wanted).order_by("-pk")[: limit + 1])
    shown = [one for one in found[:limit] if who.terms or rules.test_rule("cases.read", who, one)]
    return CasesOut(items=[case_row(one) for one in shown], next=found[limit - 1].pk if len(found) > limit else None)


@router.get("/cases/{uuid:case}", response=CaseOut, tags=["cases"], summary="A case")
def read_case(request: HttpRequest, case: uuid.UUID) -> CaseOut:
    """A case: where it is, and the numbers of what is in it."""
    with opened_case(request, case, "a case") as found:
        return case_out(found)


@router.get("/cases/{uuid:case}/events", response=list[EventOut], tags=["cases"], summary="What happened in a case")
def list_events(request: HttpRequest, case: uuid.UUID) -> list[EventOut]:
    """Everything that happened, first first."""
    with opened_case(request, case, "a case") as found:
        return [event_out(one) for one in found.events.order_by("at", "pk")]


@router.get("/cases/{uuid:case}/changes", response=list[ChangeOut], tags=["cases"], summary="What changed in a case")
def list_changes(request: HttpRequest, case: uuid.UUID) -> list[ChangeOut]:
    """Statements of what changed after a decision; a person sees those that were confirmed."""
    with opened_case(request, case, "a case") as found:
        is_staff = who_of(request).terms is not None
        return [change_out(one, is_staff=is_staff) for one in found.changes.order_by("found_at", "pk")]


@router.get("/cases/{uuid:case}/awards", response=list[AwardMonthOut], tags=["cases"], summary="Awards by month")
def list_awards(request: HttpRequest, case: uuid.UUID, since: MonthDay, until: MonthDay) -> list[AwardMonthOut]:
    """What is granted in each month of [since, until), as it is believed today; at most 120 months."""
    first, end = month_number(since.year, since.month), month_number(until.year, until.month)
    if not 0 < end - first <= _MOST_MONTHS:
        raise Refused(422, f"`until` lies after `since`, at most {_MOST_MONTHS} months.",
                      [{"place": "query.until", "problem": "range"}])  # fmt: skip
    with opened_case(request, case, "what is granted, by month") as found:
        believed = Award.objects.filter(case=found, recorded__upper_inf=True).prefetch_related("spans")
        return award_months(believed, first, end)
