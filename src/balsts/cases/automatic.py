"""Decisions by the platform itself: only where the act leaves no discretion and registers have confirmed every fact.

Only what is granted is decided so: a refusal is always a person's. Of those that could be, a sample goes to a person
all the same, so that a mistake in the law's text or in a register is noticed.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from balsts.access.acting import in_scope, the_platform
from balsts.cases.chain import determine, draft_decision, notify, sign, tell
from balsts.cases.determining import doubts_of
from balsts.cases.law_in_force import inputs_read, law_in_force
from balsts.cases.models import Application, Case, Decision, Determination, DeterminationLine, Task
from balsts.cases.terms import plus_working_days
from balsts.cases.timeline import month_of_day
from balsts.cases.types.reading import case_type
from balsts.registry.fact_types import BY_NUMBER, DECLARATION
from balsts.registry.models import Fact
from balsts.registry.selectors import known_facts

ONE_IN = 20
"""Of so many applications that could be decided automatically, one is looked at by a person."""
DEEMED_KNOWN_AFTER_WORKING_DAYS = 2
"""What is sent electronically counts as made known then."""


@dataclass(frozen=True)
class NotAutomatic:
    """Why a person decides an application: `discretion`, `doubt`, `declared`, `unknown`, `refusal` or `sample`."""

    why: str
    determination: Determination | None = None


def decide_automatically(application: Application) -> Decision | NotAutomatic:
    """Decide an application without a person, if that may be; else leave it to one, with the determination made.

    All or nothing: a decision that is made is also signed and made known.
    """
    platform = the_platform()
    case = application.case
    if not case_type(case.type).is_automatic:
        return NotAutomatic("discretion")
    with in_scope(platform), transaction.atomic():
        determination = determine(platform, case, application.since, Determination.Cause.APPLICATION)
        why = _why_not(application, determination)
        if why:
            Task.objects.get_or_create(case=case, kind="decide", about=application.pk, done_at=None,
                                       defaults={"due_on": case.due_on, "detail": why})  # fmt: skip
            Case.objects.filter(pk=case.pk).update(stage=Case.Stage.ASSESSED)
            tell(case, "left_to_a_person", platform, about=determination.pk, detail=why)
            return NotAutomatic(why, determination)
        decision = draft_decision(platform, case, determination=determination, application=application)
        sign(platform, decision)
        notify(platform, decision, on=made_known_on(), how="portal")
    return decision


def made_known_on() -> date:
    """The day on which what is sent electronically today counts as made known."""
    return plus_working_days(timezone.localdate(), DEEMED_KNOWN_AFTER_WORKING_DAYS)


def _why_not(application: Application, determination: Determination) -> str:
    lines = list(determination.lines.all())
    if any(one.kind == DeterminationLine.Kind.UNDETERMINED for one in lines):
        return "unknown"
    if not lines:
        return "refusal"
    if doubts_of(determination):
        return "doubt"
    if _rests_on_declarations(determination):
        return "declared"
    return "sample" if is_sampled(application.key) else ""


def is_sampled(key: uuid.UUID) -> bool:
    """Whether an application is one of those that a person looks at; nobody can tell beforehand which."""
    return int.from_bytes(sha256(key.bytes).digest()[:8], "big") % ONE_IN == 0


def _rests_on_declarations(determination: Determination) -> bool:
    """Whether the law read a fact that nobody but the person has told."""
    case, months = determination.case, determination.months
    month = month_of_day(months.lower)
    read = inputs_read(law_in_force(), month, case_type(case.type).codes)
    members = {uuid.UUID(one) for line in determination.lines.all() for one in map(str, line.beneficiaries)}
    members |= {one for one in (case.subject_id,) if one}
    facts = known_facts(determination.knowledge_at, members, case.household_id, months)
    told_by: dict[tuple[object, int], set[str]] = {}
    for fact in facts.filter(status=Fact.Status.KNOWN):
        told_by.setdefault((fact.person_id or fact.household_id, fact.type), set()).add(fact.origin.code)
    return any(origins == {DECLARATION} and BY_NUMBER[type_].key in read for (_, type_), origins in told_by.items())
