"""The chain from determination to award: draft, check, sign, notify, bring into force. Each step once, in order."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from balsts.access.acting import Acting, in_scope
from balsts.access.predicates import require
from balsts.cases.awarding import award_lines, end_awards, one_grant_at_a_time, statuses_of
from balsts.cases.deferring import defer
from balsts.cases.determining import explanation, next_number, replay, tell
from balsts.cases.entries import counts, enter
from balsts.cases.errors import CaseNotReady
from balsts.cases.models import (
    Case,
    Decision,
    DecisionStep,
    Determination,
    DeterminationLine,
    Trace,
)
from balsts.cases.notices import make_notice
from balsts.cases.types.reading import case_type

# -- decision ------------------------------------------------------------------------------------------------------


def draft_decision(
    who: Acting, case: Case, *, determination: Determination | None = None, kind: str | None = None, reasons: str = "",
    content: Mapping[str, Any] | None = None, replaces: Decision | None = None, since: date | None = None,
    application: Any = None,
) -> Decision:  # fmt: skip
    """Draft a decision on a determination (of money) or with a content of its own (of anything else).

    Args:
        kind: left out, what the determination comes to: to grant, to refuse, or to replace the earlier decision.
        since: left out, the first month of the determination.

    Raises:
        AccessDenied: the case is not one that who acts works on.
        CaseNotReady: another decision is being made, or a right cannot be determined.
    """
    with in_scope(who):
        require("cases.work", who, case)
        case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        lines = list(determination.lines.all()) if determination else []
        unknown = sorted({one.code for one in lines if one.kind == DeterminationLine.Kind.UNDETERMINED})
        if unknown:
            raise CaseNotReady(
                f"Case {case.number}: {', '.join(unknown)} cannot be determined: a value of the law is not known. "
                "Decide at the discretion that the act gives, or wait for the value."
            )
        declared = case_type(case.type)
        decision = Decision(
            case=case, number=next_number(f"{declared.series}-L"), kind=kind or _kind(lines, replaces),
            determination=determination, application=application, replaces=replaces, reasons=reasons,
            content=dict(content or {}), is_automatic=who.staff is None,
            since=since or (determination.months.lower if determination else timezone.localdate()),
            needs_second=_needs_second(case, lines, who), drafted_by=who.staff,
        )  # fmt: skip
        try:
            with transaction.atomic():
                decision.save(force_insert=True)
        except IntegrityError as error:
            if "one_decision_is_being_made" not in str(error):
                raise
            raise CaseNotReady(
                f"Case {case.number}: another decision is being made; finish or discard it first."
            ) from None
        take_step(decision, Decision.State.DRAFTED, who)
        _move(case, Case.Stage.DECIDING)
        tell(case, "drafted", who, about=decision.pk)
    return decision


def _kind(lines: Iterable[DeterminationLine], replaces: Decision | None) -> str:
    if replaces is not None:
        return Decision.Kind.REPLACE
    grants = any(one.kind != DeterminationLine.Kind.UNDETERMINED for one in lines)
    return Decision.Kind.GRANT if grants else Decision.Kind.REFUSE


def _needs_second(case: Case, lines: Iterable[DeterminationLine], who: Acting) -> bool:
    declared = case_type(case.type)
    # Whoever hears an appeal is the second person already: the first is whoever made the decision that is contested.
    if who.staff is None or declared.second == "never" or who.may("hear_appeals"):
        return False
    largest = max((one.amount or 0 for one in lines), default=0)
    return declared.second == "always" or largest > declared.second_above_cents


def take_step(decision: Decision, step: str, who: Acting, *, on: date | None = None, detail: str = "") -> None:
    """Take a step; the database refuses one that is not in order or not by the right person."""
    try:
        with transaction.atomic():
            DecisionStep.objects.create(decision=decision, step=step, on=on or timezone.localdate(), by_staff=who.staff,
                                        detail=detail)  # fmt: skip
    except IntegrityError as error:
        raise CaseNotReady(f"Nothing was changed: {str(error).splitlines()[0]}.") from None
    decision.state = step


def _move(case: Case, stage: str) -> None:
    """Move a case to a stage in which it is open; one that was closed is open again."""
    case.stage, case.closed_at = stage, None
    case.save(update_fields=["stage", "closed_at"])


def check(who: Acting, decision: Decision, *, detail: str = "") -> None:
    """Check a draft: a second pair of eyes.

    Raises:
        AccessDenied: who acts does not check decisions of this type.
        CaseNotReady: it is no draft that needs a second person, or who acts drafted it.
    """
    with in_scope(who):
        require("cases.check", who, decision.case)
        take_step(decision, Decision.State.CHECKED, who, detail=detail)
        tell(decision.case, "checked", who, about=decision.pk)


def discard(who: Acting, decision: Decision, why: str) -> None:
    """Give a draft up, for a reason; another one can be made then."""
    with in_scope(who):
        require("cases.work", who, decision.case)
        take_step(decision, Decision.State.DISCARDED, who, detail=why)
        case = Case.objects.select_for_update(of=("self",)).get(pk=decision.case_id)
        running = case.decisions.filter(state=Decision.State.IN_FORCE).exists()
        _move(case, Case.Stage.RUNNING if running else Case.Stage.ASSESSED)
        tell(case, "discarded", who, about=decision.pk)


def sign(who: Acting, decision: Decision) -> None:
    """Sign a decision: explanation, awards and the sealed notice come with it, all or nothing.

    Raises:
        AccessDenied: who acts may not sign it.
        CaseNotReady: it is not checked where it must be, or facts or law give something else now than when drafted.
        OverlappingAward: somebody has the right in these months already.
    """
    with in_scope(who):
        require("cases.check" if decision.needs_second else "cases.work", who, decision.case)
        take_step(decision, Decision.State.SIGNED, who)
        one_grant_at_a_time(decision)
        if decision.determination is not None:
            _keep_trace(decision, decision.determination)
        if decision.replaces is not None:
            end_awards(decision, decision.since)
            take_step(decision.replaces, Decision.State.REPLACED, who, detail=decision.number)
        if decision.determination is not None:
            award_lines(decision, open_ended=not case_type(decision.case.type).grant.months_rule)
        if case_type(decision.case.type).register is not None:
            _enter(who, decision)
        make_notice(decision)
        tell(decision.case, "signed", who, about=decision.pk)


def _enter(who: Acting, decision: Decision) -> None:
    """Do what a decision says about entries of a register; decisions of which nothing is left have ended."""
    for earlier in enter(decision):
        if earlier.state in (Decision.State.IN_FORCE, Decision.State.APPEALED):
            take_step(earlier, Decision.State.ENDED, who, detail=decision.number)


def _keep_trace(decision: Decision, determination: Determination) -> None:
    found = replay(determination)
    if found.digest != determination.digest:
        raise CaseNotReady(f"Decision {decision.number}: worked out again it comes out otherwise; nothing was signed. "
                           "Determine the case anew.")  # fmt: skip
    content = explanation(found)
    Trace.objects.create(decision=decision, content=zlib.compress(content, 9), sha256=sha256(content).hexdigest())


def notify(who: Acting, decision: Decision, *, on: date, how: str) -> None:
    """State that a signed decision was made known, on the day from which that counts; it is in force then.

    Only then other systems are told of statuses, and other cases that rest on them are looked at.

    Raises:
        CaseNotReady: it is not signed.
    """
    with in_scope(who):
        require("cases.work", who, decision.case)
        take_step(decision, Decision.State.NOTIFIED, who, on=on, detail=how)
        take_step(decision, Decision.State.IN_FORCE, who, on=on)
        case = Case.objects.select_for_update(of=("self",)).get(pk=decision.case_id)
        grants = decision.awards.filter(recorded__upper_inf=True).exists() or counts(case)
        case.stage = Case.Stage.RUNNING if grants else Case.Stage.CLOSED
        case.closed_at = None if grants else timezone.now()
        case.due_on = None
        case.review_on = _review_on(decision)
        case.save(update_fields=["stage", "closed_at", "due_on", "review_on"])
        tell(case, "notified", who, about=decision.pk, detail=how)
        if statuses_of(decision.pk).exists():
            defer("statuses", decision=f"{decision.pk}")  # rights in other cases may rest on them


def _review_on(decision: Decision) -> date | None:
    """The first month in which time alone changes what was granted: a line ends, or no further month was worked out."""
    if decision.determination is None:
        return None
    after = [one.months.upper for one in decision.determination.lines.all() if one.months.upper > decision.since]
    return min(after, default=None)
