"""What the law gives a case, of facts as they are known at a moment: kept, and worked out again years later."""

from __future__ import annotations

import json
import uuid
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils import timezone
from psycopg.types.range import DateRange

from balsts.access.acting import Acting, in_scope, the_platform
from balsts.access.log import log_access
from balsts.access.predicates import require
from balsts.cases.decided import Stretch
from balsts.cases.errors import CaseNotReady, NotReplayable
from balsts.cases.homes import around
from balsts.cases.law_in_force import law_in_force, law_of
from balsts.cases.models import (
    Case,
    Decision,
    Determination,
    DeterminationLine,
    Event,
    LawText,
    Party,
)
from balsts.cases.timeline import (
    MONTHS_AHEAD,
    Asked,
    Line,
    Timeline,
    month_of_day,
    months_granted,
    span_of,
    this_month,
    timeline,
)
from balsts.cases.types.reading import case_type
from balsts.law.engine.quantities import first_day
from balsts.law.engine.vocabulary import Month
from balsts.registry.household_file import Doubt
from balsts.registry.recording import moment_of_knowledge

LANGUAGES = ("lv", "en")


def next_number(series: str) -> str:
    """A new number of a case, decision or appeal: series, year, running number. Some are left out, none comes twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('cases_numbers')")
        return f"{series}-{timezone.localdate().year}-{cursor.fetchone()[0]:06d}"


def tell(case: Case, kind: str, who: Acting, *, about: uuid.UUID | None = None, detail: str = "") -> None:
    """Add to the timeline of a case what happened."""
    Event.objects.create(case=case, kind=kind, by_staff=who.staff, by_person=who.person, about=about, detail=detail)


# -- determination -------------------------------------------------------------------------------------------------


def determine(
    who: Acting, case: Case, since: date, cause: str, *, anchor: date | None = None,
    discretion: Sequence[Mapping[str, Any]] = (),
) -> Determination:  # fmt: skip
    """Work out what the law gives from a month on, of facts as they are known now, and keep it.

    The law reads all facts of the household, sealed ones too; whoever looks sees what they may.

    Args:
        since: first day of the first month.
        anchor: a day of the month of application; the window of counted income lies before it. Left out, `since`.
        discretion: what staff decided where the act lets them: `code`, `effect`, `reason`, by effect `right`, `amount`.

    Raises:
        AccessDenied: the case is not one that who acts works on.
        DomainError: the registry does not know enough to read the household.
    """
    with in_scope(who):
        require("cases.work", who, case)
        subjects, homes = _around(case, since)
        log_access(who, "read", subjects, f"determination in case {case.number}")
    with in_scope(the_platform()):
        at = moment_of_knowledge([*subjects, *homes])
        asked = _asked(case, since, anchor or since, discretion)
        found = timeline(law_in_force(), asked, at)
        return keep_determination(case, found, at, cause, who)


def _around(case: Case, since: date) -> tuple[list[uuid.UUID], list[uuid.UUID]]:
    if case.household_id is None or case.subject_id is None:
        raise CaseNotReady(f"Case {case.number} is about no household; there is nothing to determine.")
    with in_scope(the_platform()):
        return around(case, DateRange(since, None))


def _asked(case: Case, since: date, anchor: date, discretion: Sequence[Mapping[str, Any]]) -> Asked:
    assert case.household_id is not None
    assert case.subject_id is not None
    declared, first = case_type(case.type), month_of_day(since)
    one = Asked(declared, case.household_id, case.subject_id, first, Month(first + 1), month_of_day(anchor),
                tuple(discretion))  # fmt: skip
    granted = months_granted(law_in_force(), one, None)
    # What is worked out again from a later month lasts no longer for it.
    begins = min(first, one.anchor)
    until = max(begins + granted, first + 1) if granted else max(this_month(), first) + 1 + MONTHS_AHEAD
    return Asked(declared, one.household, one.subject, first, Month(until), one.anchor, one.discretion)


def keep_determination(case: Case, found: Timeline, at: datetime, cause: str, who: Acting) -> Determination:
    """Keep what was worked out with the law in force, of facts as known at a moment."""
    law = law_in_force()
    LawText.objects.bulk_create([LawText(sha256=law.sha256)], ignore_conflicts=True)
    months = DateRange(first_day(found.asked.since), first_day(found.asked.until))
    determination = Determination.objects.create(
        case=case, previous=case.determinations.order_by("made_at").last(), cause=cause, months=months,
        knowledge_at=at, law_id=law.sha256, doubts=[_doubt_json(one) for one in found.doubts],
        discretion=discretion_kept(found.asked),
        digest=found.digest, by_staff=who.staff,
    )  # fmt: skip
    DeterminationLine.objects.bulk_create([
        DeterminationLine(
            determination=determination, kind=one.kind, code=one.code, payee_id=one.payee,
            beneficiaries=list(one.beneficiaries), months=DateRange(*span_of(one)), amount=one.amount, per=one.per,
            paid_after_months=one.paid_after_months, rule_since=one.rule_since or None, question=one.question,
        )
        for one in found.lines
    ])  # fmt: skip
    members = {person for answer in found.answers.values() for person in answer.results.facts.ids}
    Party.objects.bulk_create(
        [Party(case=case, person_id=person, part=Party.Part.MEMBER) for person in sorted(members)],
        ignore_conflicts=True,
    )
    tell(case, "determined", who, about=determination.pk, detail=cause)
    return determination


def discretion_kept(asked: Asked) -> list[dict[str, Any]]:
    """What a determination keeps of how it was asked for, as `Determination.said` and `anchor` read it."""
    return [*map(dict, asked.discretion), {"anchor": f"{first_day(asked.anchor)}"}]


def _doubt_json(one: Doubt) -> dict[str, str]:
    return {"about": str(one.about), "key": one.key, "why": one.why}


def replay(determination: Determination) -> Timeline:
    """Work a determination out again: the same months, facts as they were known then, the same text of law.

    Raises:
        NotReplayable: this installation has another text of the law.
    """
    law = law_of(determination.law_id)
    if law is None:
        raise NotReplayable(
            f"It was determined with the law of text {determination.law_id[:12]}; this installation has "
            f"{law_in_force().sha256[:12]}. Replay it with the version of Balsts of that day."
        )
    case, months = determination.case, determination.months
    asked = Stretch(determination, month_of_day(months.lower), month_of_day(months.upper)).asked(case)
    with in_scope(the_platform()):
        return timeline(law, asked, determination.knowledge_at)


def doubts_of(determination: Determination) -> list[dict[str, str]]:
    """What keeps its facts from carrying an automatic decision; worked out anew where it was not kept.

    Raises:
        NotReplayable: it was not kept, and this installation has another text of the law.
    """
    if determination.doubts is not None:
        return list(determination.doubts)
    return [_doubt_json(one) for one in replay(determination).doubts]


def explained(determination: Determination) -> dict[str, Any]:
    """The explanation of a determination by language, worked out anew."""
    found: dict[str, Any] = json.loads(explanation(replay(determination)))
    return found


def explanation(found: Timeline) -> bytes:
    """The explanation of a timeline in every language, always in the same bytes."""
    content = {lang: {"rights": found.explanations(lang), "refused": found.refused(lang)} for lang in LANGUAGES}
    return json.dumps(content, sort_keys=True, ensure_ascii=False).encode()


def trace_of(decision: Decision) -> dict[str, Any]:
    """The explanation that a decision was made with, by language: trees of each right, and what was refused."""
    found: dict[str, Any] = json.loads(zlib.decompress(bytes(decision.trace.content)))
    return found


def same_lines(stored: Iterable[DeterminationLine], found: Iterable[Line]) -> bool:
    """Whether lines in the database and worked out anew say the same."""

    def plain(one: DeterminationLine) -> tuple[Any, ...]:
        payee = str(one.payee_id) if one.payee_id else None
        return (one.kind, one.code, payee, tuple(map(str, one.beneficiaries)), month_of_day(one.months.lower),
                month_of_day(one.months.upper), one.amount, one.per, one.paid_after_months,
                f"{one.rule_since or ''}", one.question)  # fmt: skip

    return sorted(map(plain, stored), key=repr) == sorted((tuple(asdict(one).values()) for one in found), key=repr)
