"""Drafts of law for policy analysts, and rights that nobody has claimed."""

from __future__ import annotations

import uuid
from typing import Literal

from django.http import Http404, HttpRequest
from ninja import Router
from ninja.responses import Status

from balsts.access.acting import Acting, in_scope
from balsts.access.log import log_access
from balsts.cases import rehearsal, runs, take_up
from balsts.cases.background import begin_and_defer_rehearsal
from balsts.cases.drafts_of_law import enact, load_draft
from balsts.cases.errors import CaseNotReady
from balsts.cases.models import LawDraft, Run, Unclaimed
from balsts.law.engine.quantities import first_day
from balsts.law.engine.vocabulary import Month, month_number
from balsts.portal.api.callers import Key, for_staff, once, who_of, why_of
from balsts.portal.api.office_shapes import (
    EnactIn,
    LawDraftIn,
    LawDraftOut,
    LawDraftRow,
    RehearsalOut,
    RehearsalRow,
    RehearseIn,
    SettleIn,
    UnclaimedOut,
)
from balsts.portal.api.problems import Refused
from balsts.portal.api.shown import word

router = Router()
_MOST = 50
Lang = Literal["lv", "en"]


# -- drafts of law -------------------------------------------------------------------------------------------------


def _analyst(request: HttpRequest) -> Acting:
    """Who rehearses; for whoever does not, drafts are not there."""
    who = for_staff(request)
    if not who.may("rehearse"):
        raise Http404
    return who


@router.get("/law-drafts", response=list[LawDraftRow], tags=["drafts of law"], summary="Drafts of law")
def list_drafts(request: HttpRequest) -> list[LawDraftRow]:
    """All drafts, the newest first."""
    with in_scope(_analyst(request)):
        return [_row(one) for one in LawDraft.objects.order_by("-loaded_at")]


@router.post("/law-drafts", response={201: LawDraftOut}, tags=["drafts of law"], summary="Load a draft")
def load(request: HttpRequest, body: LawDraftIn, key: Key, lang: Lang = "lv") -> Status[LawDraftOut]:
    """Keep a draft, if it can be read and fits the law in force; the same text is one draft, whoever loads it."""
    who = _analyst(request)
    made = once(request, key, lambda: load_draft(who, body.text))
    return Status(201, _out(who, made, lang))


@router.get("/law-drafts/{uuid:draft}", response=LawDraftOut, tags=["drafts of law"], summary="A draft of law")
def read_draft(request: HttpRequest, draft: uuid.UUID, lang: Lang = "lv") -> LawDraftOut:
    """A draft with its text, and how far its last rehearsal is or what it came to."""
    return _out(_analyst(request), draft, lang)


@router.post("/law-drafts/{uuid:draft}/rehearse", response={202: LawDraftOut}, tags=["drafts of law"],
             summary="Rehearse a draft")  # fmt: skip
def rehearse(request: HttpRequest, draft: uuid.UUID, body: RehearseIn, key: Key) -> Status[LawDraftOut]:
    """Begin a rehearsal over all cases that the draft touches; a worker does it in the background."""
    who = _analyst(request)
    month = month_number(body.month.year, body.month.month) if body.month else None
    with in_scope(who):
        found = _draft(draft)
        once(request, key, lambda: begin_and_defer_rehearsal(who, found, month))
    return Status(202, _out(who, draft, "lv"))


@router.post("/law-drafts/{uuid:draft}/enact", response=LawDraftOut, tags=["drafts of law"], summary="Enact a draft")
def enact_draft(request: HttpRequest, draft: uuid.UUID, body: EnactIn, key: Key) -> LawDraftOut:
    """Make a draft part of the law from a day on; not by whoever loaded it."""
    who = _analyst(request)
    with in_scope(who):
        found = _draft(draft)

        def may_and_does() -> LawDraft:
            if found.rules or found.loaded_by == who.staff:
                raise CaseNotReady("Somebody else must enact it: not whoever loaded it; one with rules, by command.")
            return enact(who, draft, body.since)

        once(request, key, may_and_does)
    return _out(who, draft, "lv")


def _draft(draft: uuid.UUID) -> LawDraft:
    found = LawDraft.objects.filter(pk=draft).first()
    if found is None:
        raise Http404
    return found


def _row(one: LawDraft) -> LawDraftRow:
    return LawDraftRow(id=one.pk, name=one.name, sha256=one.sha256, status=word(one.status), loaded_at=one.loaded_at,
                       since=one.since)  # fmt: skip


def _out(who: Acting, draft: uuid.UUID, lang: Lang) -> LawDraftOut:
    with in_scope(who):
        found = _draft(draft)
        run = Run.objects.filter(draft=found, kind=Run.Kind.REHEARSAL).order_by("made_at").last()
        tried = _rehearsal(run, lang) if run else None
        return LawDraftOut(**_row(found).model_dump(), text=found.text, rehearsal=tried)


def _rehearsal(run: Run, lang: Lang) -> RehearsalOut:
    how_far = runs.progress(run.pk)
    begun = RehearsalOut(id=run.pk, month=first_day(Month(run.asked["since"])), done=how_far.done, total=how_far.total,
                         is_finished=run.finished_at is not None)  # fmt: skip
    if run.finished_at is None:
        return begun
    shown = rehearsal.shown(run, lang)
    return begun.model_copy(update={
        "cases": shown.cases, "redone": shown.redone, "notices": shown.notices,
        "by_right": [_line(one) for one in shown.by_right], "by_place": [_line(one) for one in shown.by_place],
        "steps": {code: list(counts) for code, counts in shown.steps.items()},
    })  # fmt: skip


def _line(one: rehearsal.Row) -> RehearsalRow:
    return RehearsalRow(
        code=one.code, name=one.name, winners=one.winners, losers=one.losers, cost_cents_month=one.cost_cents_month,
        cost_cents_year=one.cost_cents_year, redone=one.redone,
    )  # fmt: skip


# -- rights that nobody has claimed --------------------------------------------------------------------------------


@router.get("/unclaimed", response=list[UnclaimedOut], tags=["not claimed"], summary="Rights not claimed")
def list_unclaimed(request: HttpRequest) -> list[UnclaimedOut]:
    """To staff what persons of the office could claim, the largest first, at most 50; to residents their own."""
    who, why = who_of(request), why_of(request)
    if who.terms is not None:
        return [_unclaimed(one) for one in take_up.for_staff(who, _MOST)]
    assert who.person is not None
    with in_scope(who):
        log_access(who, "read", [who.person], f"list of rights that were not claimed; {why}")
    return [_unclaimed(one) for one in take_up.for_person(who)]


@router.post("/unclaimed/{uuid:hint}/settle", response=UnclaimedOut, tags=["not claimed"],
             summary="Say what came of it")  # fmt: skip
def settle_unclaimed(request: HttpRequest, hint: uuid.UUID, body: SettleIn, key: Key) -> UnclaimedOut:
    """Say that a right was offered (staff), or that the person does not want it."""
    who = who_of(request)
    why_of(request)
    if who.terms is None and body.state == "offered":
        raise Refused(422, "A person says `declined`.", [{"place": "body.state", "problem": "value"}])

    def settle() -> Unclaimed:
        found = take_up.settle(who, hint, body.state)
        if found is None:
            raise Http404
        return found

    with in_scope(who):
        made = once(request, key, settle)
        return _unclaimed(Unclaimed.objects.get(pk=made))


def _unclaimed(one: Unclaimed) -> UnclaimedOut:
    return UnclaimedOut(id=one.pk, person=one.person_id, code=one.code, type=one.type, month=one.month,
                        amount=one.amount, state=word(one.state))  # fmt: skip
