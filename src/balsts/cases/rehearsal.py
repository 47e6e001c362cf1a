"""Rehearsal of a draft law over all cases that it touches: who gains, who loses, what it costs, how much work it makes.

Nobody is named and nothing is decided: each part of the run gives counts and sums by municipality and right, and of
fewer than five persons nothing is shown.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from balsts.access.acting import Acting, in_scope, the_platform
from balsts.access.models import Municipality
from balsts.access.predicates import require
from balsts.cases.dependency import cases_of_types, types_of_law_change
from balsts.cases.drafts_of_law import law_of_draft
from balsts.cases.law_in_force import law_in_force
from balsts.cases.many_cases import batch_of
from balsts.cases.models import Case, LawDraft, Run, RunPart
from balsts.cases.runs import WORKS, begin
from balsts.cases.timeline import this_month
from balsts.law.engine.many.output import UNDETERMINED
from balsts.law.engine.quantities import first_day
from balsts.law.engine.vocabulary import Month

MONTHS = 12
"""For so many months from the one asked for, what a draft costs is added up."""
FEWEST = 5
"""Of fewer persons than this nothing is shown."""
STEPS_CENTS = (-100_00, -50_00, -10_00, 0, 10_00, 50_00, 100_00)
"""Where the differences a month are cut into groups."""
_PART = 2_000
_ELSEWHERE = "-"
"""In place of a municipality: declared in none."""


def begin_rehearsal(who: Acting, draft: LawDraft, month: Month | None = None) -> Run:
    """Begin a rehearsal of a draft, from a month on; left out, from the present one.

    Raises:
        AccessDenied: who acts does not rehearse.
        LawError: the draft does not fit the law in force any more.
    """
    with in_scope(who):
        require("cases.draft_law", who)
    since = month or this_month()
    old, new = law_in_force(), law_of_draft(draft)
    with in_scope(the_platform()):
        types = types_of_law_change(old, new, since, Month(since + MONTHS))
        cases = cases_of_types(types, first_day(since)) if types else []
    asked = {"since": int(since), "new": new.sha256, "old": old.sha256}
    return begin(Run.Kind.REHEARSAL, cases, asked, size=_PART, draft=draft, staff=who.staff)


def _part(part: RunPart) -> Mapping[str, Any]:
    assert part.run.draft is not None
    since = Month(part.run.asked["since"])
    cases = list(Case.objects.filter(pk__in=part.subjects).order_by("pk"))
    batch = batch_of(cases, (law_in_force(), law_of_draft(part.run.draft)), since, Month(since + MONTHS - 1))
    if not batch.questions:
        return {"cases": 0}
    places = places_of([one.case.pk for one in batch.questions])
    cells: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    steps: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    redone: set[int] = set()
    for gap in batch.gaps():
        known = (gap.before != UNDETERMINED) & (gap.after != UNDETERMINED)
        redone.update(gap.cases.tolist())
        for case, before, after in zip(gap.cases[known].tolist(), gap.before[known].tolist(), gap.after[known].tolist(),
                                       strict=True):  # fmt: skip
            cell = cells[places.get(batch.questions[case].case.pk, _ELSEWHERE)][gap.code]
            cell["cost"] += after - before
            if gap.month == since:
                cell["winners" if after > before else "losers"] += 1
                cell["cost_first"] += after - before
                steps[gap.code][step_of(after - before)] += 1
    return {
        "cases": len(batch.questions), "one_by_one": len(batch.plain | batch.registry.irregular),
        "redone": len(redone), "notices": len(redone),
        "redone_in": _counted(places.get(batch.questions[one].case.pk, _ELSEWHERE) for one in redone),
        "cells": {place: {code: dict(cell) for code, cell in of.items()} for place, of in cells.items()},
        "steps": {code: dict(of) for code, of in steps.items()},
    }  # fmt: skip


def _counted(places: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for one in places:
        found[one] += 1
    return dict(found)


def step_of(difference: int) -> str:
    """The group of a monthly difference: the number of steps that it has reached."""
    return str(sum(difference > one for one in STEPS_CENTS))


def places_of(cases: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The municipality of today in which whoever a case is about is declared, by its code."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.id, m.present_id FROM cases_case c JOIN registry_address a ON a.person_id = c.subject_id "
            "AND a.kind = 'declared' AND upper_inf(a.recorded) AND a.valid @> registry_today() "
            "JOIN access_municipality m ON m.code = a.municipality_id WHERE c.id = ANY(%s)",
            [list(cases)],
        )
        return dict(cursor.fetchall())


# -- what is shown -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """One line of a rehearsal: a municipality or a right; None where too few persons are behind a number.

    Attributes:
        winners, losers: payees in the first month.
        cost_cents_month: in the first month; cost_cents_year: over twelve months from it.
    """

    code: str
    name: str
    winners: int | None
    losers: int | None
    cost_cents_month: int | None
    cost_cents_year: int | None
    redone: int | None = None


@dataclass(frozen=True)
class Shown:
    """A rehearsal as it may be shown.

    Attributes:
        steps: how many payees of each right differ by how much a month, by group; None: too few.
        hidden: how many lines hold something that is not shown.
    """

    cases: int
    redone: int | None
    notices: int | None
    one_by_one: int
    by_right: tuple[Row, ...]
    by_place: tuple[Row, ...]
    steps: Mapping[str, tuple[int | None, ...]]

    @property
    def hidden(self) -> int:
        """How many lines hold something that is not shown."""
        return sum(one.winners is None or one.losers is None for one in (*self.by_right, *self.by_place))


def shown(run: Run, lang: str) -> Shown:
    """The result of a rehearsal with small numbers left out, and what they could be worked out from."""
    result = run.result
    cells: Mapping[str, Mapping[str, Mapping[str, int]]] = result.get("cells", {})
    names = dict(Municipality.objects.values_list("code", "name")) | {
        _ELSEWHERE: {"lv": "citur", "en": "elsewhere"}[lang]
    }
    rules = law_in_force().law.rules
    by_right: dict[str, dict[str, int]] = {}
    by_place: dict[str, dict[str, int]] = {}
    for place, of in cells.items():
        for code, cell in of.items():
            for key, value in cell.items():
                for table, name in ((by_right, code), (by_place, place)):
                    row = table.setdefault(name, {})
                    row[key] = row.get(key, 0) + value
    for place, count in result.get("redone_in", {}).items():
        by_place.setdefault(place, {})["redone"] = count
    titles = {code: rules[code][-1].lv if lang == "lv" else rules[code][-1].en for code in by_right}
    return Shown(
        result.get("cases", 0), protected(result.get("redone", 0)), protected(result.get("notices", 0)),
        result.get("one_by_one", 0), tuple(_rows(by_right, titles)), tuple(_rows(by_place, names)),
        {code: tuple(protected(of.get(str(one), 0)) for one in range(len(STEPS_CENTS) + 1))
         for code, of in sorted(result.get("steps", {}).items())},
    )  # fmt: skip


def protected(count: int) -> int | None:
    """A count that may be shown; None where fewer than five persons are behind it. Nobody is nothing to hide."""
    return None if 0 < count < FEWEST else count


def _rows(table: Mapping[str, Mapping[str, int]], names: Mapping[str, str]) -> list[Row]:
    """Lines in the order of names; where one alone is hidden, so is the smallest other: it follows from the sum."""
    hidden = {code for code, of in table.items() if _is_small(of)}
    others = sorted((of.get("winners", 0) + of.get("losers", 0), code) for code, of in table.items()
                    if code not in hidden)  # fmt: skip
    if len(hidden) == 1 and others:
        hidden.add(others[0][1])
    return [_row(code, names.get(code, code), of, is_hidden=code in hidden)
            for code, of in sorted(table.items(), key=lambda one: names.get(one[0], one[0]))]  # fmt: skip


def _is_small(of: Mapping[str, int]) -> bool:
    return any(protected(of.get(name, 0)) is None for name in ("winners", "losers", "redone"))


def _row(code: str, name: str, of: Mapping[str, int], *, is_hidden: bool) -> Row:
    if is_hidden:
        return Row(code, name, None, None, None, None)
    return Row(code, name, of.get("winners", 0), of.get("losers", 0), of.get("cost_first", 0), of.get("cost", 0),
               of.get("redone", 0))  # fmt: skip


WORKS[Run.Kind.REHEARSAL] = _part
