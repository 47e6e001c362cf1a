"""Assessing a case: what the law gives now, with what staff decide where the act lets them, and the draft of it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from balsts.access.acting import Acting, in_scope
from balsts.access.predicates import require
from balsts.cases.accepting import ACCEPT, accept_facts, carried_on, checked
from balsts.cases.chain import draft_decision
from balsts.cases.determining import determine
from balsts.cases.errors import CaseNotReady
from balsts.cases.models import Application, Case, Change, Decision, Determination
from balsts.cases.tasks import finish_kind
from balsts.cases.types.reading import case_type
from balsts.law.engine.errors import DomainError

DECIDE = "decide"
"""The kind of task that an application left to a person makes."""
_MONEY = 10**9


def newest_determination(case: Case) -> Determination | None:
    """What was worked out last in a case; to be called in scope."""
    return case.determinations.order_by("made_at").last()


def application_of(case: Case) -> Application | None:
    """The application that a case is about: the newest; to be called in scope."""
    return case.applications.order_by("submitted_at").last()


def decision_in_force(case: Case) -> Decision | None:
    """The decision that a new one would replace; to be called in scope."""
    standing = (Decision.State.NOTIFIED, Decision.State.IN_FORCE, Decision.State.APPEALED)
    return case.decisions.filter(state__in=standing).order_by("made_at").last()


def decision_being_made(case: Case) -> Decision | None:
    """The decision that is drafted, checked or signed and not made known yet; to be called in scope."""
    making = (Decision.State.DRAFTED, Decision.State.CHECKED, Decision.State.SIGNED)
    return case.decisions.filter(state__in=making).first()


def assess(
    who: Acting, case: Case, *, seen: uuid.UUID | None, discretion: Sequence[Mapping[str, Any]] = (),
    since: date | None = None,
) -> Determination:  # fmt: skip
    """Work out what the law gives, and put the case forward as assessed; the same asked twice is one determination.

    Args:
        seen: the newest determination that who acts saw; None: there was none.
        discretion: as `accepting.accept_facts` takes it.
        since: first day of the first month; left out, that of the application.

    Raises:
        AccessDenied: the case is not one that who acts works on.
        CaseNotReady: somebody has determined it since, a decision is being made, or there is no application.
        DomainError: the discretion is none that the act gives, has no reason, or facts are not known well enough.
    """
    said = [_checked(case, one) for one in discretion]
    with in_scope(who):
        require("cases.work", who, case)
        standing = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        newest, application = newest_determination(standing), application_of(standing)
        if newest is not None and newest.pk != seen:
            if newest.by_staff == who.staff and newest.said == carried_on(newest, said):
                return newest
            raise CaseNotReady(f"Case {case.number} was determined anew meanwhile; look at that first.")
        if decision_being_made(standing) is not None:
            raise CaseNotReady(f"Case {case.number}: a decision is being made; finish or discard it first.")
        if application is None:
            raise CaseNotReady(f"Case {case.number} has no application to determine.")
        first, anchor = since or application.since, application.since
        kept = accept_facts(who, standing, said, first, anchor)
        found = determine(who, standing, first, _cause(standing), anchor=anchor, discretion=kept)
        if standing.stage in (Case.Stage.RECEIVED, Case.Stage.WAITING):
            standing.stage = Case.Stage.ASSESSED
            standing.save(update_fields=["stage"])
    return found


def _cause(case: Case) -> str:
    return Determination.Cause.APPLICATION if decision_in_force(case) is None else Determination.Cause.FACT


def _checked(case: Case, said: Mapping[str, Any]) -> dict[str, Any]:
    """What staff decided, if the act lets them: of its effect, with its reason."""
    declared = case_type(case.type)
    known = next((one for one in declared.discretions if one.code == said.get("code")), None)
    if known is None:
        raise DomainError(f"«{said.get('code')}» is no discretion of the case type {case.type}.")
    reason = str(said.get("reason", "")).strip()
    if not reason:
        raise DomainError("Say why; the reason stands in the decision.")
    found: dict[str, Any] = {"code": known.code, "effect": known.effect, "reason": reason}
    if known.effect == "set_amount":
        amount = int(said.get("amount") or 0)
        if said.get("right") not in declared.rights or not 0 < amount < _MONEY:
            raise DomainError("Name the right and its amount.")
        found |= {"right": said["right"], "amount": amount}
    if known.effect == ACCEPT:
        found |= checked(known.fact, {**said, "reason": reason})
    return found


def draft(who: Acting, case: Case, *, determination: uuid.UUID, reasons: str = "") -> Decision:
    """Draft the decision that the newest determination comes to; the same asked twice is one draft.

    Where a decision is in force it is replaced; where a change is proposed, the draft is of that change.

    Raises:
        AccessDenied: the case is not one that who acts works on.
        CaseNotReady: it was determined anew meanwhile, another decision is being made, or a right is not determinable.
    """
    with in_scope(who):
        require("cases.work", who, case)
        standing = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        newest, making = newest_determination(standing), decision_being_made(standing)
        if making is not None and making.determination_id == determination and making.drafted_by == who.staff:
            return making
        if newest is None or newest.pk != determination:
            raise CaseNotReady(f"Case {case.number} was determined anew meanwhile; look at that first.")
        found = draft_decision(who, standing, determination=newest, reasons=reasons.strip(),
                               replaces=decision_in_force(standing), application=application_of(standing))  # fmt: skip
        finish_kind(who, standing, DECIDE)
    return found


def proposed_change(case: Case) -> Change | None:
    """What is proposed to change after a decision; to be called in scope."""
    return case.changes.filter(state=Change.State.PROPOSED).first()
