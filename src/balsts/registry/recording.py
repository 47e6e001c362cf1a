"""How statements are written: belief in what no longer holds ends, and another begins, at one moment.

A moment is taken from the database's clock after the persons concerned are locked, so whoever asks later what was known
then gets the same answer for ever. Whoever needs that of the present moment takes it with `moment_of_knowledge`.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TypeVar

from django.db import connection, transaction
from django.db.models import DateTimeField, F, Func, Q, Value
from psycopg.types.range import DateRange, TimestamptzRange

from balsts.access.acting import Acting
from balsts.access.errors import AccessDenied
from balsts.law.engine.errors import DomainError
from balsts.registry.models import Duplicate, Fact, Membership, Relation, Source, Statement
from balsts.registry.statements import FOREVER, Origin
from balsts.registry.waking import tell_after_commit

Stated = TypeVar("Stated", bound=Statement)
ALWAYS: DateRange = DateRange(None, None)
TOLD: tuple[type[Statement], ...] = (Fact, Relation, Membership, Duplicate)
"""Of statements of these kinds the database tells news."""
LOADS = (0x6C6F6164, 0x6C6F6165)
"""The locks of bulk loads, one for each part that is written at a time; moments of knowledge wait for all of them."""


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
    return state_all([new])[0]


def state_all(new: Sequence[Stated]) -> list[Stated]:
    """State several things at one moment, of one or more kinds, as `state`; of one key, of different days.

    Returns:
        For each, the statement that is believed now: itself, or the one that said the same before.

    Raises:
        DomainError: two of them are about the same thing on the same day.
    """
    kinds = sorted({type(one) for one in new}, key=lambda kind: kind._meta.label)
    with transaction.atomic():
        lock(subject for one in new for subject in _subjects(one))
        at = clock()
        now: dict[Stated, Stated] = {}
        for kind in kinds:
            now |= _state_kind(kind, [one for one in new if type(one) is kind], at)
        if any(kind in TOLD for kind in kinds):
            tell_after_commit()
    return [now[one] for one in new]


def _state_kind(kind: type[Stated], new: list[Stated], at: datetime) -> dict[Stated, Stated]:
    believed = _believed(kind, new)
    now: dict[Stated, Stated] = {}
    ended: dict[Source, list[Stated]] = {}
    added: list[Stated] = []
    for one in new:
        same_key = believed.setdefault(_key(one), [])
        touched = [old for old in same_key if _overlap(old.valid, one.valid)]
        if any(old in now for old in touched):
            raise DomainError(f"Two statements of one source are about the same {kind._meta.model_name} and day.")
        same = [old for old in touched if old.says() == one.says() and not list(_without(one.valid, old.valid))]
        now[one] = same[0] if same else one
        if same:
            continue
        one.recorded = TimestamptzRange(at, None)
        # What a statement points to is checked by the database; who writes need not see it.
        one.clean_fields(exclude=["recorded", *(field.name for field in kind._meta.fields if field.is_relation)])
        rest = [_again(old, part, at) for old in touched for part in _without(old.valid, one.valid)]
        written_before = [old for old in touched if old not in added]
        ended.setdefault(one.source, []).extend(written_before)
        added = [old for old in added if old not in touched] + [*rest, one]
        believed[_key(one)] = [old for old in same_key if old not in touched] + [*rest, one]
    for source, old in ended.items():
        _end(kind, old, source, at)
    kind._base_manager.bulk_create(added)
    return now


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
        _end(type(old), [old], source, clock())
        if type(old) in TOLD:
            tell_after_commit()


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
    with connection.cursor() as cursor:
        for one in LOADS:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [one])
    lock(subjects, shared=True)
    return clock()


def clock() -> datetime:
    """The database's clock; not the beginning of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        found: datetime = cursor.fetchone()[0]
    return found


def lock(subjects: Iterable[uuid.UUID], *, shared: bool = False) -> None:
    """Let one transaction at a time write about a person or household; in the order of locks, so none waits in a
    circle. The locks are those that the database takes itself when a statement is written.
    """
    function = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {function}(one.lock) FROM (SELECT DISTINCT registry_lock_of(subject) AS lock "
            "FROM unnest(%s::uuid[]) AS subject ORDER BY 1) AS one",
            [list(set(subjects))],
        )


def days(since: date | None, until: date | None = None) -> DateRange:
    """The days from one to the day before another; open where there is none."""
    return DateRange(since, until)


def _subjects(new: Statement) -> set[uuid.UUID]:
    names = ("person_id", "household_id", "other_id", "same_as_id")
    return {found for name in names if (found := getattr(new, name, None)) is not None}


def _key(one: Statement) -> tuple[object, ...]:
    return tuple(one.key().values())


def _believed(kind: type[Stated], new: Sequence[Stated]) -> dict[tuple[object, ...], list[Stated]]:
    """What is believed by the keys of new statements, in the order of days."""
    about: dict[str, set[object]] = {}
    for one in new:
        for name in ("person_id", "household_id"):
            if name.removesuffix("_id") in kind.KEY and (subject := getattr(one, name)) is not None:
                about.setdefault(name, set()).add(subject)
    conditions = Q(*((f"{name}__in", subjects) for name, subjects in about.items()), _connector=Q.OR)
    if len(new) == 1:
        conditions &= Q(**new[0].key(), valid__overlap=new[0].valid)
    found: dict[tuple[object, ...], list[Stated]] = {}
    for old in kind._base_manager.filter(conditions, recorded__contains=FOREVER).order_by("valid"):
        found.setdefault(_key(old), []).append(old)
    return found


def _end(kind: type[Stated], believed: Sequence[Stated], source: Source, at: datetime) -> None:
    if not believed:
        return
    wanted = [one.pk for one in believed]
    ends = Func(Func(F("recorded"), function="lower", output_field=DateTimeField()), Value(at), function="tstzrange")
    done = kind._base_manager.filter(pk__in=wanted, recorded__upper_inf=True).update(recorded=ends, ended_by=source)
    if done != len(wanted):
        raise AccessDenied(
            "Šo ierakstu nav tiesību aizstāt.", f"{len(wanted) - done} statements may not be replaced by who acts."
        )


def _again(old: Stated, part: DateRange, at: datetime) -> Stated:
    fields = {field.attname: getattr(old, field.attname) for field in old._meta.concrete_fields if field.name != "id"}
    return type(old)(**fields | {"valid": part, "recorded": TimestamptzRange(at, None)})


def _overlap(one: DateRange, other: DateRange) -> bool:
    return (one.lower is None or other.upper is None or one.lower < other.upper) and (
        other.lower is None or one.upper is None or other.lower < one.upper
    )


def _without(whole: DateRange, part: DateRange) -> Iterator[DateRange]:
    """The days of one period that are not in another that it touches."""
    if part.lower is not None and (whole.lower is None or whole.lower < part.lower):
        yield DateRange(whole.lower, part.lower)
    if part.upper is not None and (whole.upper is None or part.upper < whole.upper):
        yield DateRange(part.upper, whole.upper)
