"""Determinations, decisions with each of their steps, appeals."""

from __future__ import annotations

import uuid
from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router
from ninja.responses import Status

from balsts.access.acting import in_scope
from balsts.cases import chain
from balsts.cases.accepting import ACCEPT, accept_facts, checked
from balsts.cases.appeals import contest, hear, withdraw
from balsts.cases.determining import determine, explained, trace_of
from balsts.cases.errors import CaseNotReady
from balsts.cases.models import Appeal, Case, Decision, Determination, Trace
from balsts.cases.notices import draft_letter, make_notice
from balsts.cases.types.reading import case_type
from balsts.portal.api.callers import (
    Key,
    for_staff,
    once,
    opened_case,
    opened_decision,
    opened_determination,
    to_be_saved,
    who_of,
)
from balsts.portal.api.case_calls import not_far_ahead
from balsts.portal.api.chain_shapes import (
    AppealIn,
    AppealOut,
    CheckIn,
    DecisionIn,
    DecisionOut,
    DeterminationIn,
    DeterminationOut,
    DiscardIn,
    DiscretionIn,
    ExplanationOut,
    HearIn,
    NotifyIn,
)
from balsts.portal.api.problems import Refused
from balsts.portal.api.shown import appeal_out, decision_out, determination_out

router = Router()
Lang = Literal["lv", "en"]
_PDF = {"responses": {200: {"content": {"application/pdf": {"schema": {"type": "string"}}}}}}


# -- determinations ------------------------------------------------------------------------------------------------


@router.post("/cases/{uuid:case}/determinations", response={201: DeterminationOut}, tags=["determinations"],
             summary="Work out what the law gives")  # fmt: skip
def make_determination(
    request: HttpRequest, case: uuid.UUID, body: DeterminationIn, key: Key
) -> Status[DeterminationOut]:  # fmt: skip
    """Work out what the law gives from a month on, of facts as they are known now. Nothing follows from it yet."""
    who = for_staff(request)
    not_far_ahead(body.since)
    with opened_case(request, case, "a determination and its explanation") as found:
        said = _discretion(found, body.discretion)

        def worked_out() -> Determination:
            kept = accept_facts(who, found, said, body.since, body.anchor or body.since)
            return determine(who, found, body.since, body.cause, anchor=body.anchor, discretion=kept)

        made = once(request, key, worked_out)
        return Status(201, determination_out(found.determinations.get(pk=made)))


@router.get("/determinations/{uuid:determination}", response=DeterminationOut, tags=["determinations"],
            summary="A determination")  # fmt: skip
def read_determination(request: HttpRequest, determination: uuid.UUID) -> DeterminationOut:
    """What the law gave, by right and months, with what was doubtful about the facts."""
    with opened_determination(request, determination, "a determination and its explanation") as found:
        return determination_out(found)


@router.get("/determinations/{uuid:determination}/explanation", response=ExplanationOut, tags=["determinations"],
            summary="Why")  # fmt: skip
def explain_determination(request: HttpRequest, determination: uuid.UUID, lang: Lang = "lv") -> ExplanationOut:
    """Why, worked out anew of the same facts; 409 where this installation has another text of the law by now."""
    with opened_determination(request, determination, "a determination and its explanation") as found:
        return ExplanationOut(language=lang, **explained(found)[lang])


def _discretion(case: Case, said: list[DiscretionIn]) -> list[dict[str, Any]]:
    """What staff decided, as the chain keeps it.

    Raises:
        Refused: the act gives no such discretion, or an amount is missing.
    """
    declared = {(one.code, one.effect): one for one in case_type(case.type).discretions}
    for number, one in enumerate(said):
        if (one.code, one.effect) not in declared:
            raise Refused(422, "The act gives no such discretion in this case type.",
                          [{"place": f"body.discretion.{number}.code", "problem": "unknown"}])  # fmt: skip
        if one.effect == "set_amount" and (one.right is None or one.amount is None):
            raise Refused(422, "An amount is set for a right.",
                          [{"place": f"body.discretion.{number}.amount", "problem": "missing"}])  # fmt: skip
    found = [one.model_dump(exclude_none=True, exclude={"fact", "about", "value"}) for one in said]
    for kept, one in zip(found, said, strict=True):
        if one.effect == ACCEPT:
            kept |= checked(declared[one.code, one.effect].fact, one.model_dump())
    return found


# -- decisions -----------------------------------------------------------------------------------------------------


@router.post("/cases/{uuid:case}/decisions", response={201: DecisionOut}, tags=["decisions"],
             summary="Draft a decision")  # fmt: skip
def draft(request: HttpRequest, case: uuid.UUID, body: DecisionIn, key: Key) -> Status[DecisionOut]:
    """Draft a decision on a determination of the case; 409 while another one is being made."""
    who = for_staff(request)
    with opened_case(request, case, "a decision and its explanation") as found:
        made = once(request, key, lambda: chain.draft_decision(
            who, found, kind=body.kind, reasons=body.reasons, since=body.since,
            determination=_within(found.determinations, body.determination, "determination"),
            application=_within(found.applications, body.application, "application"),
            replaces=_within(found.decisions, body.replaces, "replaces"),
        ))  # fmt: skip
        return Status(201, decision_out(_again(made)))


def _within(records: Any, number: uuid.UUID | None, place: str) -> Any:
    """A record of the opened case by its number."""
    if number is None:
        return None
    found = records.filter(pk=number).first()
    if found is None:
        raise Refused(422, "It is not one of this case.", [{"place": f"body.{place}", "problem": "unknown"}])
    return found


@router.get("/cases/{uuid:case}/decisions", response=list[DecisionOut], tags=["decisions"],
            summary="Decisions of a case")  # fmt: skip
def list_decisions(request: HttpRequest, case: uuid.UUID) -> list[DecisionOut]:
    """All decisions, first first; a person sees those that were made known."""
    with opened_case(request, case, "a decision and its explanation") as found:
        return [decision_out(one) for one in found.decisions.select_related("case").order_by("made_at", "pk")]


@router.get("/decisions/{uuid:decision}", response=DecisionOut, tags=["decisions"], summary="A decision")
def read_decision(request: HttpRequest, decision: uuid.UUID) -> DecisionOut:
    """A decision and the steps that it took."""
    with opened_decision(request, decision, "a decision and its explanation") as found:
        return decision_out(found)


@router.get("/decisions/{uuid:decision}/explanation", response=ExplanationOut, tags=["decisions"], summary="Why")
def explain_decision(request: HttpRequest, decision: uuid.UUID, lang: Lang = "lv") -> ExplanationOut:
    """Why, as it was decided. A decision that is not signed, or not about what the law calculates, has none: 404."""
    with opened_decision(request, decision, "a decision and its explanation") as found:
        if not Trace.objects.filter(decision=found).exists():
            raise Http404
        return ExplanationOut(language=lang, **trace_of(found)[lang])


@router.get(
    "/decisions/{uuid:decision}/notice", response={200: None}, tags=["decisions"], summary="The sealed notice",
    openapi_extra=_PDF,
)  # fmt: skip
def read_notice(request: HttpRequest, decision: uuid.UUID, lang: Lang = "lv") -> HttpResponse:
    """The notice as a sealed PDF; in English it is made when first asked for. 409 before the decision is signed."""
    with opened_decision(request, decision, "a decision and its explanation") as found:
        notice = make_notice(found, lang)
        content = bytes(notice.file.content) if notice.file.content else b""
    return to_be_saved(content, "application/pdf", f"{found.number}-{lang}.pdf")


@router.get(
    "/decisions/{uuid:decision}/draft-notice", response={200: None}, tags=["decisions"],
    summary="What a draft would become", openapi_extra=_PDF,
)  # fmt: skip
def read_draft_notice(request: HttpRequest, decision: uuid.UUID, lang: Lang = "lv") -> HttpResponse:
    """The document that a decision which is being made would become, marked as a draft; 404 once it is signed."""
    for_staff(request)
    with opened_decision(request, decision, "a decision and its explanation") as found:
        if found.state not in (Decision.State.DRAFTED, Decision.State.CHECKED):
            raise Http404
        return to_be_saved(draft_letter(found, lang), "application/pdf", f"{found.number}.pdf")


@router.post("/decisions/{uuid:decision}/check", response=DecisionOut, tags=["decisions"], summary="Check a draft")
def check(request: HttpRequest, decision: uuid.UUID, body: CheckIn, key: Key) -> DecisionOut:
    """A second pair of eyes; not by whoever drafted it."""
    who = for_staff(request)
    with opened_decision(request, decision, "a decision and its explanation") as found:
        once(request, key, lambda: chain.check(who, found, detail=body.detail))
        return decision_out(_again(found.pk))


@router.post("/decisions/{uuid:decision}/sign", response=DecisionOut, tags=["decisions"], summary="Sign a decision")
def sign(request: HttpRequest, decision: uuid.UUID, key: Key) -> DecisionOut:
    """Sign: explanation kept, awards made, notice sealed; all or nothing."""
    who = for_staff(request)
    with opened_decision(request, decision, "a decision and its explanation") as found:
        once(request, key, lambda: chain.sign(who, found))
        return decision_out(_again(found.pk))


@router.post("/decisions/{uuid:decision}/notify", response=DecisionOut, tags=["decisions"],
             summary="State that a decision was made known")  # fmt: skip
def notify(request: HttpRequest, decision: uuid.UUID, body: NotifyIn, key: Key) -> DecisionOut:
    """It is in force from the day stated."""
    who = for_staff(request)
    with opened_decision(request, decision, "a decision and its explanation") as found:
        once(request, key, lambda: chain.notify(who, found, on=body.on, how=body.how))
        return decision_out(_again(found.pk))


@router.post("/decisions/{uuid:decision}/discard", response=DecisionOut, tags=["decisions"], summary="Give a draft up")
def discard(request: HttpRequest, decision: uuid.UUID, body: DiscardIn, key: Key) -> DecisionOut:
    """Another one can be made then."""
    who = for_staff(request)
    with opened_decision(request, decision, "a decision and its explanation") as found:
        once(request, key, lambda: chain.discard(who, found, body.why))
        return decision_out(_again(found.pk))


def _again(decision: uuid.UUID) -> Decision:
    return Decision.objects.select_related("case").get(pk=decision)


# -- appeals -------------------------------------------------------------------------------------------------------


@router.post("/decisions/{uuid:decision}/appeals", response={201: AppealOut}, tags=["appeals"],
             summary="Contest a decision")  # fmt: skip
def contest_decision(
    request: HttpRequest, decision: uuid.UUID, body: AppealIn, key: Key
) -> Status[AppealOut]:  # fmt: skip
    """Contest a decision; the same key with the same body is one appeal, with another body it is refused."""
    who = who_of(request)
    with opened_decision(request, decision, "a contested decision") as found:
        made = contest(who, found, key=key, grounds=body.grounds, received_on=body.received_on if who.terms else None)
        if (made.decision_id, made.grounds) != (found.pk, body.grounds.strip()):
            raise CaseNotReady("Another appeal was sent with this Idempotency-Key; use a new one. Nothing was changed.")
        return Status(201, appeal_out(made))


@router.get("/appeals/{uuid:appeal}", response=AppealOut, tags=["appeals"], summary="A contested decision")
def read_appeal(request: HttpRequest, appeal: uuid.UUID) -> AppealOut:
    """A contested decision and what came of it."""
    with opened_case(request, _case_of_appeal(request, appeal), "a contested decision") as case:
        return appeal_out(case.appeals.get(pk=appeal))


@router.post("/appeals/{uuid:appeal}/withdraw", response=AppealOut, tags=["appeals"], summary="Take an appeal back")
def withdraw_appeal(request: HttpRequest, appeal: uuid.UUID, key: Key) -> AppealOut:
    """By whoever may contest; the decision stands."""
    who = who_of(request)
    with opened_case(request, _case_of_appeal(request, appeal), "a contested decision") as case:
        once(request, key, lambda: withdraw(who, case.appeals.get(pk=appeal)))
        return appeal_out(case.appeals.get(pk=appeal))


@router.post("/appeals/{uuid:appeal}/hear", response=AppealOut, tags=["appeals"], summary="Decide on an appeal")
def hear_appeal(request: HttpRequest, appeal: uuid.UUID, body: HearIn, key: Key) -> AppealOut:
    """Leave the decision as it is, change it by a new one, or annul it; by whoever had no part in it."""
    who = for_staff(request)
    with opened_case(request, _case_of_appeal(request, appeal), "a contested decision") as case:
        said = _discretion(case, body.discretion)
        found = case.appeals.select_related("decision__determination", "case").get(pk=appeal)
        once(request, key, lambda: hear(who, found, body.outcome, body.reasons, discretion=said))
        return appeal_out(case.appeals.get(pk=appeal))


def _case_of_appeal(request: HttpRequest, appeal: uuid.UUID) -> uuid.UUID:
    with in_scope(who_of(request)):
        case: uuid.UUID | None = Appeal.objects.filter(pk=appeal).values_list("case", flat=True).first()
    if case is None:
        raise Http404
    return case
