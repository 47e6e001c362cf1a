"""What the database counts: cells of a family in months and years, exactly. For the platform alone, in its scope.

PostgreSQL counts, where the lines are: nothing leaves it but cells (docs/adr/0022). Lines of payments are counted by
two connections side by side, which look at the database as of the same moment.
"""

from __future__ import annotations

import queue
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import NamedTuple

from django.db import connection, transaction
from psycopg import sql

from balsts.access.acting import in_scope, the_platform
from balsts.statistics.definitions.declared import Family
from balsts.statistics.disclosure import Cell, Relation

Key = tuple[str, str]
"""A cell of a period: by what it is a part, and which; both empty for the whole."""
WHOLE: Key = ("", "")
Cells = dict[str, dict[Key, Cell]]
"""Cells by what they are of (a right, a case type, a register)."""
SIDE_BY_SIDE = 2
_COLUMNS = "of, split, part, persons, number, cents, largest"


class Span(NamedTuple):
    """A month or a year to be counted: its name, its first day, the first day after; a year without parts."""

    period: str
    since: date
    until: date
    with_parts: bool = True


def exported_snapshot() -> str:
    """The moment as of which this transaction looks at the database, for other connections; it must have begun just
    now.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        (found,) = cursor.fetchone() or ("",)
    return str(found)


def counted(family: Family, spans: Sequence[Span], snapshot: str = "") -> dict[str, Cells]:
    """The cells of a family by the names of spans.

    Args:
        snapshot: the moment as of which other connections may count too; left out, this one counts alone.
    """
    if not family.is_large:
        return {one.period: _cells(family, one) for one in spans}
    waiting: queue.SimpleQueue[Span] = queue.SimpleQueue()
    for one in sorted(spans, key=lambda span: span.with_parts):  # a year takes longest
        waiting.put(one)
    since, until = min(one.since for one in spans), max(one.until for one in spans)
    found: dict[str, Cells] = {}
    if not snapshot or len(spans) < SIDE_BY_SIDE:
        _count(family, waiting, found, since, until)
        return found
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        works = [pool.submit(_count_apart, family, waiting, found, (since, until), snapshot)
                 for _ in range(SIDE_BY_SIDE)]  # fmt: skip
        for work in works:
            work.result()
    return found


def _count_apart(family: Family, waiting: queue.SimpleQueue[Span], found: dict[str, Cells], span: tuple[date, date],
                 snapshot: str) -> None:  # fmt: skip
    """Count in a connection of this thread's own, as of a moment that another has told."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute(sql.SQL("SET TRANSACTION SNAPSHOT {}").format(snapshot))
            with in_scope(the_platform()):
                _count(family, waiting, found, *span)
    finally:
        connection.close()


def _count(family: Family, waiting: queue.SimpleQueue[Span], found: dict[str, Cells], since: date, until: date) -> None:
    """Count spans until none waits, once what payees are counted by is put together."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statistics_gather(%s, %s)", [since, until])
    while True:
        try:
            span = waiting.get_nowait()
        except queue.Empty:
            return
        found[span.period] = _cells(family, span)


def _cells(family: Family, span: Span) -> Cells:
    found: Cells = defaultdict(dict)
    arguments: list[date | bool] = [span.since, span.until]
    if family.is_large:
        arguments.append(span.with_parts)
    places = ", ".join(["%s"] * len(arguments))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_COLUMNS} FROM {family.function}({places})", arguments)
        for of, split, part, *numbers in cursor.fetchall():
            if span.with_parts or not split:
                found[of][split, part] = Cell(*numbers)
    return dict(found)


def relations_of(family: Family, cells: Mapping[Key, Cell]) -> list[Relation[Key]]:
    """How the parts of a period make up its whole."""
    if family.protection != "cells":
        return []
    return [
        Relation(WHOLE, tuple(sorted(key for key in cells if key[0] == one.code)), one.adds) for one in family.splits
    ]
