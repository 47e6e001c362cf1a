"""Which cases something touches: a fact that was told, a text of law that changed, a month that was reached.

No question reads all cases: persons lead to cases by their parts in them, keys and rules to case types by the graph of
the law, days to cases by `review_on`; each by an index.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import connection
from psycopg.types.range import DateRange

from balsts.cases.awarding import statuses_of
from balsts.cases.decided import CURRENT
from balsts.cases.law_in_force import LawInForce, inputs_read, known_codes, law_in_force, months_of_change, same_value
from balsts.cases.models import AwardHolder, Case, Decision
from balsts.cases.timeline import MONTHS_AHEAD, month_of_day, this_month
from balsts.cases.types.declaration import CaseType
from balsts.cases.types.reading import case_types
from balsts.law.engine.quantities import first_day
from balsts.law.engine.vocabulary import Month
from balsts.law.engine.wiring import wire
from balsts.registry.fact_types import BY_KEY, BY_NUMBER
from balsts.registry.models import News
from balsts.registry.news_models import TIES

_READ_BY_TIES = frozenset({"born", "died", "sex", "birth_order"})
"""Facts from which the law works out families and payees, whatever right is asked for."""
_GRANTS = (Decision.Kind.GRANT, Decision.Kind.REPLACE)


@dataclass(frozen=True)
class Touch:
    """That something was told of persons or households: the number of its type of fact (0: ties), and its days."""

    type: int
    valid: DateRange
    persons: tuple[uuid.UUID, ...] = ()
    households: tuple[uuid.UUID, ...] = ()


def touched_by(touches: Iterable[Touch], law: LawInForce | None = None) -> set[uuid.UUID]:
    """Cases that facts touch: of these persons and households, of types that read such a fact in some of its months.

    To be called in the scope of the platform. A case counts that has granted something, or is being worked on.
    """
    law, found = law or law_in_force(), set[uuid.UUID]()
    by_types: dict[tuple[str, ...], tuple[set[uuid.UUID], set[uuid.UUID]]] = {}
    for one in touches:
        types = types_reading(law, one)
        if types:
            persons, households = by_types.setdefault(types, (set(), set()))
            persons.update(one.persons)
            households.update(one.households)
    for types, (persons, households) in by_types.items():
        found |= _cases_of(persons, households, types)
    return found


def types_reading(law: LawInForce, touch: Touch) -> tuple[str, ...]:
    """The case types for which a fact of these days counts; one that an act averages counts after its months too."""
    first = month_of_day(touch.valid.lower) if touch.valid.lower else month_of_day(law.law.first_day)
    horizon = Month(this_month() + 1 + MONTHS_AHEAD)
    last = min(month_of_day(touch.valid.upper), horizon) if touch.valid.upper else horizon
    return tuple(code for code, one in sorted(case_types().items()) if _reads(law, one, touch.type, first, Month(last)))


def _reads(law: LawInForce, one: CaseType, type_: int, first: Month, last: Month) -> bool:
    if not one.codes:
        return False
    if type_ == TIES or BY_NUMBER[type_].key in _READ_BY_TIES:
        return True
    key = BY_NUMBER[type_].key
    window = one.grant.window_months if any(fact.key == key and fact.is_averaged for fact in one.facts) else 0
    horizon = Month(this_month() + 1 + MONTHS_AHEAD)
    until = horizon if window else Month(max(last, first + 1))
    since = Month(max(first, month_of_day(law.law.first_day)))
    return key in _keys(law, one.code, since, Month(max(until, since + 1)))


@lru_cache(maxsize=4096)
def _keys(law: LawInForce, code: str, since: Month, until: Month) -> frozenset[str]:
    declared = case_types()[code]
    codes = (*declared.codes, *filter(None, [declared.grant.months_rule]))
    read: set[str] = set()
    for month in months_of_change(law, since, until):
        rules = tuple(one for one in codes if one == declared.grant.months_rule)
        read |= inputs_read(law, month, known_codes(law, month, codes))
        if rules and law.law.version(rules[0], first_day(month)):
            wiring = wire(law.law, month, wanted=rules)
            read |= {law.law.catalogue.by_name[name].key for name in wiring.inputs if name in law.law.catalogue.by_name}
    return frozenset(read)


_BY_SUBJECT = """
    WITH told AS MATERIALIZED (
        SELECT p.case_id FROM cases_party p WHERE p.person_id = ANY(%(persons)s)
        UNION SELECT c.id FROM cases_case c WHERE c.household_id = ANY(%(households)s)
        -- A matter of a person goes on in the household that this person has moved to.
        UNION SELECT c.id FROM registry_membership m JOIN cases_case c ON c.subject_id = m.person_id
        WHERE c.type = ANY(%(of_persons)s) AND upper_inf(m.recorded) AND m.household_id <> c.household_id
            AND m.household_id IN (SELECT unnest(%(households)s::uuid[]) UNION SELECT with_whom.household_id
                FROM registry_membership with_whom
                WHERE with_whom.person_id = ANY(%(persons)s) AND upper_inf(with_whom.recorded))
    )
    SELECT c.id FROM told JOIN cases_case c ON c.id = told.case_id
    WHERE c.type = ANY(%(types)s) AND (
        c.stage IN ('assessed', 'deciding') OR EXISTS (
            SELECT FROM cases_decision d WHERE d.case_id = c.id AND d.state = ANY(%(current)s)
                AND d.kind = ANY(%(grants)s)))
"""


def _cases_of(
    persons: Collection[uuid.UUID], households: Collection[uuid.UUID], types: Sequence[str]
) -> set[uuid.UUID]:
    of_persons = [one for one in types if case_types()[one].subject == "person"]
    with connection.cursor() as cursor:
        cursor.execute(_BY_SUBJECT, {
            "persons": list(persons), "households": list(households), "types": list(types), "of_persons": of_persons,
            "current": list(CURRENT), "grants": list(_GRANTS),
        })  # fmt: skip
        return {row[0] for row in cursor.fetchall()}


def touch_of(key: str | None, valid: DateRange, persons: Iterable[uuid.UUID] = (),
             households: Iterable[uuid.UUID] = ()) -> Touch:  # fmt: skip
    """A touch by a fact of a key; None: by a tie between persons."""
    return Touch(BY_KEY[key].number if key else TIES, valid, tuple(persons), tuple(households))


def take_news(most: int = 1000) -> list[Touch]:
    """Take away what was told since, oldest first; others take other news. It is back when the transaction fails."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM registry_news WHERE id IN (SELECT id FROM registry_news ORDER BY id LIMIT %s FOR UPDATE "
            "SKIP LOCKED) RETURNING person, household, type, valid",
            [most],
        )
        rows = cursor.fetchall()
    return [Touch(type_, valid, (person,) if person else (), (household,) if household else ())
            for person, household, type_, valid in rows]  # fmt: skip


def has_news() -> bool:
    """Whether something was told that nobody has taken."""
    return News.objects.exists()


def due_for_review(on: date, most: int | None = None) -> list[uuid.UUID]:
    """Cases in which, from a month that is reached on a day, time alone may change what is due; by their index."""
    due = Case.objects.filter(review_on__lte=on).order_by("review_on", "pk").values_list("pk", flat=True)
    return list(due[:most])


def types_of_law_change(old: LawInForce, new: LawInForce, since: Month, until: Month) -> tuple[str, ...]:
    """The case types with a code that reads a parameter or rule which differs between two laws in some months."""
    months = sorted({*months_of_change(old, since, until), *months_of_change(new, since, until)})
    return tuple(code for code, one in sorted(case_types().items())
                 if one.codes and any(_differs(old, new, one, month) for month in months))  # fmt: skip


def _differs(old: LawInForce, new: LawInForce, declared: CaseType, month: Month) -> bool:
    was = wire(old.law, month, wanted=known_codes(old, month, declared.codes))
    now = wire(new.law, month, wanted=known_codes(new, month, declared.codes))
    if was.parameters.keys() != now.parameters.keys() or was.values.keys() != now.values.keys():
        return True
    return any(not same_value(was.parameters[key], one) for key, one in now.parameters.items()) or any(
        was.values[key].version is not one.version for key, one in now.values.items()
    )


def cases_of_types(types: Iterable[str], since: date) -> list[uuid.UUID]:
    """Cases of some types that have something granted in months from a day on, by the indexes of types and cases."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.id FROM cases_case c WHERE c.type = ANY(%s) AND c.stage IN ('running', 'contested', 'deciding', "
            "'closed') AND EXISTS (SELECT FROM cases_award a WHERE a.case_id = c.id AND upper_inf(a.recorded) "
            "AND a.months && daterange(%s, NULL)) ORDER BY c.id",
            [list(types), since],
        )
        return [row[0] for row in cursor.fetchall()]


def touched_by_status(codes: Collection[str], persons: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Cases of persons whose rights rest on a status that was given or ended, by the graph of the law."""
    law, now = law_in_force(), this_month()
    types = tuple(code for code, one in sorted(case_types().items()) if _rests_on(law, one, now, frozenset(codes)))
    return _cases_of(persons, (), types) if types else set()


def touched_by_decision(decision: uuid.UUID) -> set[uuid.UUID]:
    """Other cases with rights that rest on a status of a decision; to be called in the scope of the platform."""
    case = Decision.objects.values_list("case_id", flat=True).get(pk=decision)
    found = set(AwardHolder.objects.filter(award__in=statuses_of(decision)).values_list("code", "person_id"))
    touched = touched_by_status({code for code, _ in found}, {person for _, person in found})
    # Its own case was worked out for it; looked at again because of it, it would never come to rest.
    return touched - {case}


def _rests_on(law: LawInForce, declared: CaseType, month: Month, statuses: frozenset[str]) -> bool:
    wiring = wire(law.law, month, wanted=known_codes(law, month, declared.rights))
    return any(value.name in statuses for value in wiring.values.values())
