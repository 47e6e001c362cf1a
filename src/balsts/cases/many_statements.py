"""Writes what changed in many cases: determinations, statements of change and tasks, each kind by one statement.

Doubts about facts are not kept with such a determination: nothing is decided automatically on it, and they are worked
out again when somebody looks (`doubts_of`).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from psycopg.types.range import DateRange

from balsts.access.acting import the_platform
from balsts.access.log import log_accesses
from balsts.cases.changes import Because, Difference, cause_of
from balsts.cases.determining import discretion_kept
from balsts.cases.law_in_force import LawInForce
from balsts.cases.models import Case, Change, Determination, Event, LawText, Party, Task
from balsts.cases.timeline import Timeline, span_of
from balsts.law.engine.quantities import first_day


@dataclass(frozen=True)
class Found:
    """What differs in a case.

    Attributes:
        number: of its question in the batch.
        before: the determination that was decided on; `previous`: the latest one.
        timeline: what the law gives from the first month that differs.
        members: whom it is about.
    """

    number: int
    case: Case
    before: Determination
    previous: Determination
    timeline: Timeline
    differences: Sequence[Difference]
    why: Because
    members: frozenset[uuid.UUID]

    @property
    def cause(self) -> str:
        """The cause that the change is told under."""
        return cause_of(self.why, Determination.Cause.LAW)


def propose_all(found: Sequence[Found], law: LawInForce, at: datetime) -> None:
    """Keep what was worked out with a law of facts as known at a moment, and propose what differs, in every case."""
    if not found:
        return
    log_accesses(the_platform(), "read", [(person, f"case {one.case.number} worked out anew")
                                          for one in found for person in sorted(one.members)])  # fmt: skip
    LawText.objects.bulk_create([LawText(sha256=law.sha256)], ignore_conflicts=True)
    determinations = [_determination(one, law, at) for one in found]
    Determination.objects.bulk_create(determinations)
    _write_lines(zip(determinations, found, strict=True))
    _write_parties(found)
    changes = [Change(case=one.case, before=one.before, after=after, cause=one.cause, because=one.why)
               for one, after in zip(found, determinations, strict=True)]  # fmt: skip
    Change.objects.bulk_create(changes)
    _write_differences(zip(changes, found, strict=True))
    Task.objects.bulk_create([Task(case=one.case, kind="change", about=one.pk, detail=one.cause) for one in changes])
    Event.objects.bulk_create([
        Event(case=one.case, kind=kind, about=about, detail=one.cause)
        for one in changes for kind, about in (("determined", one.after_id), ("change_found", one.pk))
    ])  # fmt: skip


def _determination(one: Found, law: LawInForce, at: datetime) -> Determination:
    asked = one.timeline.asked
    return Determination(
        case=one.case, previous=one.previous, cause=one.cause, knowledge_at=at, law_id=law.sha256, doubts=None,
        months=DateRange(first_day(asked.since), first_day(asked.until)),
        discretion=discretion_kept(asked), digest=one.timeline.digest,
    )  # fmt: skip


def _write(insert: str, types: str, rows: list[tuple[Any, ...]]) -> None:
    """Insert rows given as one array a column."""
    if not rows:
        return
    arrays = ", ".join(f"%s::{one}[]" for one in types.split())
    with connection.cursor() as cursor:
        cursor.execute(insert.replace("{rows}", f"unnest({arrays})"), list(map(list, zip(*rows, strict=True))))


def _write_lines(of: Iterable[tuple[Determination, Found]]) -> None:
    rows = [
        (kept.pk, one.kind, one.code, one.payee, "{" + ",".join(one.beneficiaries) + "}", *span_of(one), one.amount,
         one.per, one.paid_after_months, one.rule_since or None)
        for kept, found in of for one in found.timeline.lines
    ]  # fmt: skip
    _write(
        "INSERT INTO cases_determinationline (determination_id, kind, code, payee_id, beneficiaries, months, amount, "
        "per, paid_after_months, rule_since, question) SELECT a, b, c, d, e::uuid[], daterange(f, g), h, i, j, k, '' "
        "FROM {rows} AS r (a, b, c, d, e, f, g, h, i, j, k)",
        "uuid text text uuid text date date bigint text smallint date", rows,
    )  # fmt: skip


def _write_differences(of: Iterable[tuple[Change, Found]]) -> None:
    rows = [(change.pk, first_day(one.month), one.code, one.payee, one.before, one.after)
            for change, found in of for one in found.differences]  # fmt: skip
    _write(
        'INSERT INTO cases_changeline (change_id, month, code, payee_id, "before", "after") SELECT * FROM {rows} AS r',
        "uuid date text uuid bigint bigint", rows,
    )  # fmt: skip


def _write_parties(found: Sequence[Found]) -> None:
    """Whoever is a member and was not named so before."""
    cases = [one.case.pk for one in found]
    named = set(Party.objects.filter(case__in=cases, part=Party.Part.MEMBER).values_list("case", "person"))
    Party.objects.bulk_create(
        [Party(case=one.case, person_id=person, part=Party.Part.MEMBER)
         for one in found for person in sorted(one.members) if (one.case.pk, person) not in named],
        ignore_conflicts=True,
    )  # fmt: skip
