"""How long each kind of data is kept, and what is erased when its time is over.

Nobody has read the periods in an act yet: they are unknown, so nothing is due until somebody enters them here with the
provision. What is under a legal hold is never due.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db import connections, transaction

from balsts.registry.fact_types import BY_KEY
from balsts.registry.models import STATEMENTS, Erasure, Fact, LegalHold, Membership, Statement

_QUESTION_LV = "Glabāšanas termiņš tiesību aktā vēl nav nolasīts."
_QUESTION_EN = "The period is not read in an act yet."


@dataclass(frozen=True)
class Rule:
    """How long statements of a kind are kept.

    Attributes:
        kind: the model's name.
        starts: the clock: when a statement is no longer believed, or when its person has died.
        years: None while nobody knows; then nothing is due.
        basis: the provision; empty while it is not known.
        lv, en: what is open; empty when nothing is.
    """

    kind: str
    starts: Literal["belief_ended", "death"]
    years: int | None
    basis: str = ""
    lv: str = ""
    en: str = ""

    def __str__(self) -> str:
        period = "unknown" if self.years is None else f"{self.years} years"
        return f"{self.kind}: {period} from {self.starts} {self.basis}".rstrip()


RULES = tuple(
    Rule(str(kind._meta.model_name), starts, None, lv=_QUESTION_LV, en=_QUESTION_EN)
    for kind in STATEMENTS if kind is not LegalHold
    for starts in ("belief_ended", "death")
)  # fmt: skip
"""Two clocks for each kind of statement."""


@dataclass(frozen=True)
class Due:
    """How many statements' time is over under a rule."""

    rule: Rule
    statements: int


def due(today: date, rules: Iterable[Rule] = RULES) -> list[Due]:
    """What could be erased today, counted; rules whose period nobody knows are left out. Asks as the owner."""
    with connections["owner"].cursor() as cursor:
        found = []
        for rule in rules:
            if rule.years is not None:
                cursor.execute(f"SELECT count(*) FROM {_table(rule)} s WHERE {_is_due(rule)}", _values(rule, today))
                found.append(Due(rule, int(cursor.fetchone()[0])))
    return found


def erase(today: date, rules: Iterable[Rule] = RULES) -> list[Due]:
    """Erase what is due, and record how much under which rule: each rule in one transaction.

    Runs as the owner, because the application may not delete. Legal holds are asked for in the same statement. Facts go
    last, since the clock of the dead reads one of them.
    """
    found = []
    for rule in rules:
        if rule.years is None:
            continue
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            cursor.execute(f"DELETE FROM {_table(rule)} s WHERE {_is_due(rule)}", _values(rule, today))
            count = cursor.rowcount
            if count:
                Erasure.objects.using("owner").create(kind=rule.kind, rule=str(rule), statements=count)
        found.append(Due(rule, count))
    return found


def _kind(rule: Rule) -> type[Statement]:
    return next(kind for kind in STATEMENTS if kind._meta.model_name == rule.kind)


def _table(rule: Rule) -> str:
    return _kind(rule)._meta.db_table


def _is_due(rule: Rule) -> str:
    held = "h.person_id = s.person_id"
    if _kind(rule) is Fact:  # a household's facts are kept for every member who is under a hold
        held += (f" OR h.person_id IN (SELECT m.person_id FROM {Membership._meta.db_table} m "
                 "WHERE m.household_id = s.household_id)")  # fmt: skip
    not_held = (
        f"NOT EXISTS (SELECT FROM {LegalHold._meta.db_table} h WHERE ({held}) AND upper_inf(h.recorded) "
        "AND h.valid @> %(today)s::date)"
    )
    before = "%(today)s::date - make_interval(years => %(years)s)"
    if rule.starts == "belief_ended":
        return f"upper(s.recorded) < {before} AND {not_held}"
    died = (
        f"EXISTS (SELECT FROM {Fact._meta.db_table} d WHERE d.person_id = s.person_id AND d.type = %(died)s "
        f"AND upper_inf(d.recorded) AND d.value IS NOT NULL AND d.value::date < {before})"
    )
    return f"{died} AND {not_held}"


def _values(rule: Rule, today: date) -> dict[str, date | int | None]:
    return {"today": today, "years": rule.years, "died": BY_KEY["died"].number}
