"""What people are entitled to and have not claimed: found over the whole registry, offered by staff or in the portal.

Only rights for which registers or staff have told every fact surely, of whoever would apply; nobody who has the right,
or has asked for it, is named. It is a hint, not a decision.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from balsts.access.acting import Acting, in_scope, the_platform
from balsts.access.log import log_access
from balsts.access.predicates import require
from balsts.cases.law_in_force import inputs_read, known_codes, law_in_force
from balsts.cases.many_cases import Batch, Question
from balsts.cases.models import Case, Run, RunPart, Unclaimed
from balsts.cases.registry_columns import Asking, Layout
from balsts.cases.runs import WORKS, begin
from balsts.cases.timeline import this_month
from balsts.cases.types.declaration import CaseType
from balsts.cases.types.reading import case_types
from balsts.law.engine.many.columns import Array
from balsts.law.engine.many.output import UNDETERMINED, Entries
from balsts.law.engine.quantities import first_day
from balsts.law.engine.vocabulary import Month
from balsts.registry.fact_types import BY_KEY

_PART = 5_000
STANDING = (Unclaimed.State.FOUND, Unclaimed.State.OFFERED, Unclaimed.State.DECLINED)


@dataclass(frozen=True)
class _Hint:
    person: uuid.UUID
    code: str
    amount: int


def begin_take_up() -> Run:
    """Begin a run over all households of today."""
    with in_scope(the_platform()), connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT household_id FROM registry_membership WHERE upper_inf(recorded) "
                       "AND valid @> registry_today() ORDER BY household_id")  # fmt: skip
        homes = [row[0] for row in cursor.fetchall()]
    return begin(Run.Kind.TAKE_UP, homes, {"month": int(this_month())}, size=_PART)


def _part(part: RunPart) -> Mapping[str, Any]:
    month = Month(part.run.asked["month"])
    found: dict[str, int] = {}
    persons: set[uuid.UUID] = set()
    for alike in _alike():
        given = _given(alike, part.subjects, month)
        persons.update(given.batch.registry.ids)
        for declared in alike:
            hints = _hints(declared, given, month)
            _keep(declared, month, hints, set(given.batch.registry.ids))
            for one in hints:
                found[one.code] = found.get(one.code, 0) + 1
    return {"households": len(part.subjects), "persons": len(persons), "found": found}


def _alike() -> list[list[CaseType]]:
    """Case types that can be claimed by persons, by what they average: those alike are worked out together."""
    found: dict[tuple[int, frozenset[str]], list[CaseType]] = {}
    for declared in case_types().values():
        if declared.rights and declared.subject != "organisation":
            found.setdefault((declared.grant.window_months, _averaged(declared)), []).append(declared)
    return list(found.values())


def _averaged(declared: CaseType) -> frozenset[str]:
    return frozenset(one.key for one in declared.facts if one.is_averaged)


@dataclass(frozen=True)
class _Given:
    """What the law gives members of households in a month, by code, with the layout of its rows."""

    batch: Batch
    layout: Layout
    by_code: Mapping[str, Entries]


def _given(alike: Sequence[CaseType], homes: Sequence[uuid.UUID], month: Month) -> _Given:
    """The rights of case types that average alike, of all members of households."""
    rights = tuple(sorted({code for one in alike for code in one.rights}))
    together = replace(alike[0], rights=rights, statuses=())
    window, keys = alike[0].grant.window_months, _averaged(alike[0])
    asked = [Asking(one, one, month, month, window, keys) for one in homes]
    questions = [
        Question(Case(pk=one.id, household_id=one.household), one, Month(month + 1), together) for one in asked
    ]
    law = law_in_force()
    batch = Batch(questions, month, month, (law,))
    layout = batch.layout(month)
    return _Given(batch, layout, batch.given(law, month, layout))


def _hints(declared: CaseType, given: _Given, month: Month) -> list[_Hint]:
    """Rights of a case type that members of households have by certain facts, and that nobody granted or asked for."""
    batch, layout = given.batch, given.layout
    certain = _certain(batch, declared, month, layout)
    ids = batch.registry.ids
    hints = []
    for code in known_codes(law_in_force(), month, declared.rights):
        entries = given.by_code[code]
        is_household = batch.is_of_household(month, code)
        is_known = entries.values != UNDETERMINED
        rows, values = entries.rows[is_known], entries.values[is_known]
        home = rows if is_household else layout.household[rows]
        sure = certain[home] & ~np.isin(home, sorted(batch.registry.irregular))
        payee = _applicants(batch, layout)[home] if is_household else layout.persons[rows]
        hints += [_Hint(ids[who], code, amount) for who, amount in
                  zip(payee[sure].tolist(), values[sure].tolist(), strict=True) if who >= 0]  # fmt: skip
    return _unclaimed(declared, hints)


def _certain(batch: Batch, declared: CaseType, month: Month, layout: Layout) -> Array:
    """By household, whether every fact that the type needs and the law reads is known surely of every member."""
    read = inputs_read(batch.laws[0], month, declared.codes)
    sure = np.ones(len(batch.questions), bool)
    for needed in declared.facts:
        if needed.key in read and needed.registers and BY_KEY[needed.key].input.entity == "person":
            doubtful = ~batch.registry.is_certain(needed.key, month)[layout.persons]
            sure[np.unique(layout.household[doubtful])] = False
    return sure


def _applicants(batch: Batch, layout: Layout) -> Array:
    """By household, who would apply for it: the eldest member; -1 where there is nobody."""
    born = layout.columns.persons["born"].astype(np.int64)
    found = np.full(len(batch.questions), -1, np.int64)
    order = np.lexsort((born, layout.household))[::-1]
    found[layout.household[order]] = layout.persons[order]
    return found


def _unclaimed(declared: CaseType, hints: Sequence[_Hint]) -> list[_Hint]:
    """Without those who have the right, live with somebody who holds it, or have a case of the type that is open."""
    if not hints:
        return []
    persons = [one.person for one in hints]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id, code FROM cases_awardholder WHERE is_believed AND person_id = ANY(%s) "
            "AND months @> registry_today() UNION SELECT payee_id, code FROM cases_award WHERE payee_id = ANY(%s) "
            "AND upper_inf(recorded) AND months @> registry_today()",
            [persons, persons],
        )
        has = set(cursor.fetchall())
        cursor.execute(
            "SELECT p.person_id FROM cases_party p JOIN cases_case c ON c.id = p.case_id WHERE p.person_id = ANY(%s) "
            "AND c.type = %s AND c.stage <> 'closed'",
            [persons, declared.code],
        )
        has_open = {row[0] for row in cursor.fetchall()}
    return [one for one in hints if (one.person, one.code) not in has and one.person not in has_open]


def _keep(declared: CaseType, month: Month, hints: Iterable[_Hint], members: set[uuid.UUID]) -> None:
    """Write what was found; what was found before and is not any more is over, of these persons."""
    wanted = {(one.person, one.code): one.amount for one in hints}
    places = _places([person for person, _ in wanted])
    standing = Unclaimed.objects.filter(person__in=members, type=declared.code, state__in=STANDING)
    known = {(one.person_id, one.code): one for one in standing}
    now = timezone.now()
    over = [one.pk for key, one in known.items() if key not in wanted]
    Unclaimed.objects.filter(pk__in=over).update(state=Unclaimed.State.OVER, settled_at=now, settled_by=None)
    for key, one in known.items():
        if key in wanted and (one.amount, one.month) != (wanted[key], first_day(month)):
            one.amount, one.month = wanted[key], first_day(month)
            one.save(update_fields=["amount", "month"])
    Unclaimed.objects.bulk_create([
        Unclaimed(person_id=person, code=code, type=declared.code, purpose=declared.purpose, month=first_day(month),
                  municipality=places.get(person, ""), amount=amount)
        for (person, code), amount in wanted.items() if (person, code) not in known
    ], batch_size=1000)  # fmt: skip


def _places(persons: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.person_id, m.present_id FROM registry_address a JOIN access_municipality m ON m.code = "
            "a.municipality_id WHERE a.person_id = ANY(%s) AND a.kind = 'declared' AND upper_inf(a.recorded) "
            "AND a.valid @> registry_today()",
            [list(persons)],
        )
        return dict(cursor.fetchall())


# -- who sees it, and what they do -----------------------------------------------------------------------------------


def for_staff(who: Acting, most: int = 50) -> list[Unclaimed]:
    """What nobody has claimed among the persons that who acts deals with, the largest first; recorded as looked at.

    Raises:
        AccessDenied: who acts does not decide on cases.
    """
    with in_scope(who):
        require("cases.enter", who)
        found = Unclaimed.objects.filter(purpose=who.purpose, state__in=STANDING[:2])
        if who.municipality:
            found = found.filter(municipality=who.municipality)
        rows = list(found.order_by("-amount", "person", "code")[:most])
        log_access(who, "read", {one.person_id for one in rows}, "list of rights that were not claimed")
    return rows


def for_person(who: Acting) -> list[Unclaimed]:
    """What a resident, or whom they may see, has not claimed."""
    with in_scope(who):
        return list(Unclaimed.objects.filter(state__in=STANDING[:2], person=who.person).order_by("-amount", "code"))


def settle(who: Acting, hint: uuid.UUID, state: str) -> Unclaimed | None:
    """Say what came of it: it was offered, or the person does not want it. None where who acts sees no such hint."""
    with in_scope(who), transaction.atomic():
        if who.terms is not None:
            require("cases.enter", who)
        found = Unclaimed.objects.select_for_update().filter(pk=hint, state__in=STANDING[:2]).first()
        if found is None:
            return None
        found.state, found.settled_at, found.settled_by = state, timezone.now(), who.staff
        found.save(update_fields=["state", "settled_at", "settled_by"])
        log_access(who, "record", [found.person_id], f"right that was not claimed: {state}")
    return found


WORKS[Run.Kind.TAKE_UP] = _part
