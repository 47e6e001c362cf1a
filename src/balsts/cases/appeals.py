"""Contested decisions (apstrīdēšana): taken in, heard by somebody who had no part in them, and what came of it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from balsts.access.acting import Acting, in_scope, the_platform
from balsts.access.errors import AccessDenied
from balsts.access.kept_queries import Kept
from balsts.access.log import log_access
from balsts.access.predicates import require
from balsts.cases.accepting import accept_facts
from balsts.cases.automatic import made_known_on
from balsts.cases.chain import draft_decision, notify, sign, take_step
from balsts.cases.determining import determine, next_number, tell
from balsts.cases.entries import counts
from balsts.cases.errors import CaseNotReady
from balsts.cases.models import Appeal, Case, Decision, DecisionStep, Determination
from balsts.cases.terms import last_day
from balsts.cases.types.reading import case_type
from balsts.law.engine.errors import DomainError

_MOST = 4000


_STEPS = Kept(lambda decision, step: DecisionStep.objects.filter(decision=decision, step=step))


def contest_by(decision: Decision) -> date | None:
    """The last day on which a decision can be contested; None before it was made known."""
    step = _STEPS.first(decision.pk, Decision.State.NOTIFIED)
    return last_day(case_type(decision.case.type).terms["contest"], step.on) if step else None


def contest(
    who: Acting, decision: Decision, *, key: uuid.UUID, grounds: str, received_on: date | None = None
) -> Appeal:
    """Contest a decision; the same `key` twice is one appeal. What comes late is taken in; whoever hears it says so.

    Args:
        grounds: why, in the person's own words; at most 4,000 characters.
        received_on: for what staff enter; left out, today.

    Raises:
        AccessDenied: who acts may not contest it.
        CaseNotReady: it was not made known yet, is contested already, or is no longer in force.
        DomainError: no grounds, or too long.
    """
    text = grounds.strip()
    if not text or len(text) > _MOST:
        raise DomainError(f"Say why the decision is contested, in at most {_MOST} characters.")
    with in_scope(who):
        require("cases.contest" if who.scope == "self" else "cases.work", who, decision.case)
    platform = the_platform()
    with in_scope(platform), transaction.atomic():
        case = Case.objects.select_for_update(of=("self",)).get(pk=decision.case_id)
        sent = Appeal.objects.filter(key=key).first()
        if sent is not None:
            return sent
        on = received_on or timezone.localdate()
        contester = who.person or case.subject_id
        if contester is None:
            raise CaseNotReady(f"Case {case.number} is of an organisation; enter the person who contests for it.")
        appeal = Appeal(
            decision=decision, case=case, number=next_number(f"{case_type(case.type).series}-A"), key=key,
            heard_by=case.institution, by_person_id=contester, by_staff=who.staff, received_on=on,
            grounds=text, due_on=last_day(case_type(case.type).terms["hear"], on),
        )  # fmt: skip
        try:
            with transaction.atomic():
                appeal.save(force_insert=True)
        except IntegrityError:
            raise CaseNotReady(f"Decision {decision.number} is contested already; nothing was changed.") from None
        take_step(decision, Decision.State.APPEALED, platform, on=on, detail=appeal.number)
        case.stage, case.due_on, case.closed_at = Case.Stage.CONTESTED, appeal.due_on, None
        case.save(update_fields=["stage", "due_on", "closed_at"])
        tell(case, "contested", who, about=appeal.pk)
    return appeal


def is_late(appeal: Appeal) -> bool:
    """Whether it was contested after the last day."""
    by = contest_by(appeal.decision)
    return by is not None and appeal.received_on > by


def hear(
    who: Acting, appeal: Appeal, outcome: str, reasons: str, *, discretion: Sequence[Mapping[str, Any]] = ()
) -> Appeal:
    """Decide on a contested decision: left as it is, changed by a new one, or annulled.

    Args:
        discretion: for `changed`, as `accept_facts` takes it: what is decided otherwise where the act lets one.

    Raises:
        AccessDenied: it is not heard by who acts, or they had a part in the decision.
        CaseNotReady: it was decided already.
        DomainError: no reasons, or said to be late when it is not.
    """
    if not reasons.strip():
        raise DomainError("Say why; the person who contests the decision reads it.")
    with in_scope(who), transaction.atomic():
        require("cases.hear", who, appeal.case)
        _had_no_part(who, appeal.decision)
        found = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal.pk)
        if found.outcome:
            raise CaseNotReady(f"Appeal {appeal.number} is decided already; nothing was changed.")
        if outcome == Appeal.Outcome.LATE and not is_late(found):
            raise DomainError(f"Appeal {appeal.number} was received in time; it has to be heard.")
        if found.case.subject_id:
            log_access(who, "read", [found.case.subject_id], f"appeal {found.number}")
        new = _new_decision(who, found, outcome, reasons, discretion)
        _settled(who, found, outcome, reasons, new)
    return found


def withdraw(who: Acting, appeal: Appeal) -> None:
    """Take an appeal back; the decision stands."""
    with in_scope(who):
        require("cases.contest", who, appeal.case)
    with in_scope(the_platform()), transaction.atomic():
        found = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal.pk)
        if found.outcome:
            raise CaseNotReady(f"Appeal {appeal.number} is decided already; nothing was changed.")
        _settled(who, found, Appeal.Outcome.WITHDRAWN, "", None)


def _had_no_part(who: Acting, decision: Decision) -> None:
    took_part = {decision.drafted_by} | set(
        DecisionStep.objects.filter(decision=decision, by_staff__isnull=False).values_list("by_staff", flat=True)
    )
    if who.staff in took_part:
        raise AccessDenied(
            "Lēmuma gatavotājs to nevar izskatīt apstrīdēšanā.", "Whoever made a decision cannot hear the appeal."
        )


def _new_decision(
    who: Acting, appeal: Appeal, outcome: str, reasons: str, discretion: Sequence[Mapping[str, Any]]
) -> Decision | None:
    """The decision that replaces the contested one, signed and made known; none where it stands."""
    old = appeal.decision
    if outcome == Appeal.Outcome.CHANGED:
        anchor = old.determination.anchor if old.determination else None
        kept = accept_facts(who, appeal.case, discretion, old.since, anchor or old.since)
        determination = determine(who, appeal.case, old.since, Determination.Cause.APPEAL, anchor=anchor,
                                  discretion=kept)  # fmt: skip
        new = draft_decision(who, appeal.case, determination=determination, replaces=old, reasons=reasons)
    elif outcome == Appeal.Outcome.ANNULLED:
        new = draft_decision(who, appeal.case, kind=Decision.Kind.END, replaces=old, reasons=reasons, since=old.since)
    else:
        return None
    sign(who, new)
    notify(who, new, on=made_known_on(), how="portal")
    return new


def _settled(who: Acting, appeal: Appeal, outcome: str, reasons: str, new: Decision | None) -> None:
    appeal.outcome, appeal.reasons, appeal.new_decision = outcome, reasons, new
    appeal.decided_by, appeal.decided_at = who.staff, timezone.now()
    appeal.save(update_fields=["outcome", "reasons", "new_decision", "decided_by", "decided_at"])
    if new is None:
        take_step(appeal.decision, Decision.State.IN_FORCE, who, detail=appeal.number)
        case = Case.objects.select_for_update(of=("self",)).get(pk=appeal.case_id)
        grants = case.awards.filter(recorded__upper_inf=True).exists() or counts(case)
        case.stage = Case.Stage.RUNNING if grants else Case.Stage.CLOSED
        case.closed_at = None if grants else timezone.now()
        case.due_on = None
        case.save(update_fields=["stage", "closed_at", "due_on"])
    tell(appeal.case, "heard", who, about=appeal.pk, detail=outcome)
