"""In which household somebody lives, month by month: that of a case is where its subject lived when it was opened.

A matter of a household stays with the household. One of a person goes with the person, into whichever they move.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from django.db import connection
from psycopg.types.range import DateRange

from balsts.cases.models import Case
from balsts.cases.types.declaration import CaseType
from balsts.cases.types.reading import case_type, case_types
from balsts.law.engine.quantities import first_day
from balsts.law.engine.vocabulary import Month
from balsts.registry.household_file import PLACEMENTS
from balsts.registry.models import Membership, Relation
from balsts.registry.selectors import entries_of, known


def standing(person: uuid.UUID, at: datetime | None) -> uuid.UUID:
    """The entry that stands for a person, as was known at a moment: most stand for themselves."""
    return entries_of(at, [person])[person]


def homes_of(
    declared: CaseType, subject: uuid.UUID, household: uuid.UUID, months: Sequence[Month], at: datetime | None
) -> list[uuid.UUID]:
    """The household that counts in each of some months that follow each other, as was known at a moment (None: now).

    Args:
        household: that of the case; it counts for what is no matter of a person, and where nobody knows another.
    """
    if declared.subject != "person":
        return [household] * len(months)
    during = DateRange(first_day(months[0]), first_day(Month(months[-1] + 1)))
    entries = entries_of(at, [standing(subject, at)])
    lived = list(known(Membership, at).filter(person__in=entries, valid__overlap=during).order_by("valid", "pk"))
    if {one.household_id for one in lived} <= {household}:
        return [household] * len(months)
    placed = set(known(Relation, at).filter(person__in=entries, kind__in=PLACEMENTS, valid__overlap=during)
                 .values_list("valid__startswith", flat=True))  # fmt: skip
    return [_home(lived, month, placed) or household for month in months]


def _home(lived: Iterable[Membership], month: Month, placed: Collection[date | None]) -> uuid.UUID | None:
    """The household on the first of a month; whoever is born or placed in another within the month counts there."""
    first, after = first_day(month), first_day(Month(month + 1))
    home = next((one.household_id for one in lived if first in one.valid), None)
    for one in lived:
        begins = one.valid.lower
        if begins is not None and first < begins < after and (home is None or begins in placed):
            home = one.household_id
    return home


def around(case: Case, during: DateRange) -> tuple[list[uuid.UUID], list[uuid.UUID]]:
    """Persons and households whose facts may count in a case in some days, as is known now.

    To be called in the scope of the platform.
    """
    assert case.household_id is not None
    assert case.subject_id is not None
    households = {case.household_id}
    if case_type(case.type).subject == "person":
        entries = entries_of(None, [standing(case.subject_id, None)])
        lived = known(Membership).filter(person__in=entries, valid__overlap=during)
        households.update(lived.values_list("household_id", flat=True))
    members = known(Membership).filter(household__in=households, valid__overlap=during)
    persons = set(members.values_list("person_id", flat=True)) | {case.subject_id}
    return sorted(persons), sorted(households)


def living_elsewhere(cases: Sequence[uuid.UUID], since: date) -> set[uuid.UUID]:
    """Cases, of some, that are a matter of a person who from a day on lives in another household than the case names.

    One query, of what is known now; to be called in the scope of the platform.
    """
    of_persons = [code for code, one in case_types().items() if one.subject == "person"]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT c.id FROM cases_case c JOIN registry_membership m ON m.person_id = c.subject_id "
            "WHERE c.id = ANY(%s) AND c.type = ANY(%s) AND upper_inf(m.recorded) AND m.household_id <> c.household_id "
            "AND m.valid && daterange(%s, NULL)",
            [list(cases), of_persons, since],
        )
        return {row[0] for row in cursor.fetchall()}
