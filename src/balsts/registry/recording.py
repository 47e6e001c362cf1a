"""How statements are written: belief in what no longer holds ends, and another begins, at one moment.

A moment is taken from the database's clock after the persons concerned are locked, so whoever asks later what was known
then gets the same answer for ever. Whoever needs that of the present moment takes it with `moment_of_knowledge`.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TypeVar

from django.db import connection, transaction
from psycopg.types.range import DateRange, TimestamptzRange

from balsts.access.acting import Acting
from balsts.access.errors import AccessDenied
from balsts.law.engine.errors import DomainError
from balsts.registry.models import Fact, Membership, Relation, Source, Statement
from balsts.registry.statements import Origin

Stated = TypeVar("Stated", bound=Statement)
ALWAYS: DateRange = DateRange(None, None)


class UnknownOrigin(DomainError):
    """A source of an origin that nobody declared."""


def new_source(origin: str, reference: str, *, reason: str = "", who: Acting | None = None) -> Source:
    """Record an occasion on which something is learnt.

    Args:
        origin: code of an origin: a register, `declaration`, `worker`.
        reference: the message, declaration or document.
        reason: why, where something is corrected; names nobody.

    Raises:
        UnknownOrigin: nobody declared that origin.
    """
    found = Origin.objects.filter(code=origin).first()
    if found is None:
        known = ", ".join(Origin.objects.order_by("rank").values_list("code", flat=True))
        raise UnknownOrigin(f"{origin} is not an origin of statements; there are {known}.")
    return Source.objects.create(origin=found, reference=reference, reason=reason, staff=who.staff if who else None)


def state(new: Stated) -> Stated:
    """State something of its days: what was believed of them ends, and goes on for the days that it does not touch.

    Said again by the same key, it changes nothing: the statement that is believed is given back.

    Raises:
        ValidationError: the statement is not well formed.
        AccessDenied: what is believed may not be ended by who acts.
    """
    with transaction.atomic():
        lock(_subjects(new))
        believed = _believed(new)
        for old in believed:
            if old.says() == new.says() and not list(_without(new.valid, old.valid)):
                return old
        at = clock()
        _end(believed, new.source, at)
        rest = [_again(old, part, at) for old in believed for part in _without(old.valid, new.valid)]
        new.recorded = TimestamptzRange(at, None)
        # What a statement points to is checked by the database; who writes need not see it.
        new.clean_fields(exclude=["recorded", *(one.name for one in new._meta.fields if one.is_relation)])
        type(new)._base_manager.bulk_create([*rest, new])
    return new


def withdraw(old: Statement, source: Source) -> None:
    """No longer believe a statement, and believe nothing in its place; the source says why.

    Raises:
        DomainError: it is not believed any more, or the source gives no reason.
    """
    if not source.reason:
        raise DomainError("To withdraw a statement, its source must say why (reason).")
    with transaction.atomic():
        lock(_subjects(old))
        if not type(old)._base_manager.filter(pk=old.pk, recorded__upper_inf=True).exists():
            raise DomainError(f"Statement {old.pk} is not believed any more; nothing was changed.")
        _end([old], source, clock())


def correct(old: Stated, new: Stated) -> Stated:
    """State something else instead of a statement that was wrong, of whatever days; the new one's source says why.

    Raises:
        DomainError: the old one is not believed any more, or the source gives no reason.
    """
    with transaction.atomic():
        withdraw(old, new.source)
        return state(new)


def moment_of_knowledge(subjects: Iterable[uuid.UUID]) -> datetime:
    """The present moment, for a decision to name: what was known at it of these persons and households never changes.

    Waits for whoever is writing about them, and holds further writers until this transaction ends.
    """
    assert connection.in_atomic_block, "a moment means something inside a transaction alone"
    lock(subjects, shared=True)
    return clock()


def clock() -> datetime:
    """The database's clock; not the beginning of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        found: datetime = cursor.fetchone()[0]
    return found


def lock(subjects: Iterable[uuid.UUID], *, shared: bool = False) -> None:
    """Let one transaction at a time write about a person or household; in the order of identifiers, so none waits in
    a circle.
    """
    function = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    with connection.cursor() as cursor:
        for subject in sorted(set(subjects)):
            cursor.execute(f"SELECT {function}(hashtextextended(%s, 0))", [str(subject)])


def days(since: date | None, until: date | None = None) -> DateRange:
    """The days from one to the day before another; open where there is none."""
    return DateRange(since, until)


def _subjects(new: Statement) -> set[uuid.UUID]:
    names = ("person_id", "household_id", "other_id") if isinstance(new, Membership | Relation | Fact) else (
        "person_id",
    )  # fmt: skip
    return {found for name in names if (found := getattr(new, name, None)) is not None}


def _believed(new: Stated) -> list[Stated]:
    found = type(new)._base_manager.filter(**new.key(), recorded__upper_inf=True, valid__overlap=new.valid)
    return list(found.order_by("valid"))


def _end(believed: Iterable[Statement], source: Source, at: datetime) -> None:
    for old in believed:
        belief = TimestamptzRange(old.recorded.lower, at)
        if not type(old)._base_manager.filter(pk=old.pk).update(recorded=belief, ended_by=source):
            raise AccessDenied(
                "Šo ierakstu nav tiesību aizstāt.", f"Statement {old.pk} may not be replaced by who acts."
            )


def _again(old: Stated, part: DateRange, at: datetime) -> Stated:
    fields = {field.attname: getattr(old, field.attname) for field in old._meta.concrete_fields if field.name != "id"}
    return type(old)(**fields | {"valid": part, "recorded": TimestamptzRange(at, None)})


def _without(whole: DateRange, part: DateRange) -> Iterator[DateRange]:
    """The days of one period that are not in another that it touches."""
    if part.lower is not None and (whole.lower is None or whole.lower < part.lower):
        yield DateRange(whole.lower, part.lower)
    if part.upper is not None and (whole.upper is None or part.upper < whole.upper):
        yield DateRange(part.upper, whole.upper)
