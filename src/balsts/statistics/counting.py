"""What the database counts: cells of a family in a month or year, exactly. For the platform alone, in its scope.

PostgreSQL counts, where the lines are: nothing leaves it but cells (see `docs/adr/0022-live-series-are-counted-where-
the-lines-are.md`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from django.db import connection

from balsts.statistics.definitions.declared import Family
from balsts.statistics.disclosure import Cell, Relation

Key = tuple[str, str]
"""A cell of a period: by what it is a part, and which; both empty for the whole."""
WHOLE: Key = ("", "")
Cells = dict[str, dict[Key, Cell]]
"""Cells by what they are of (a right, a case type, a register)."""
_COLUMNS = "of, split, part, persons, number, cents, largest"


def gather(since: date, until: date) -> None:
    """Put together what payees are counted by, for the rest of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statistics_gather(%s, %s)", [since, until])


def counted(family: Family, since: date, until: date, *, with_parts: bool = True) -> Cells:
    """The cells of a family in the months from one to another, by their first days."""
    found: Cells = defaultdict(dict)
    arguments: list[object] = [since, until]
    if family.code == "paid":
        arguments.append(with_parts)
    places = ", ".join(["%s"] * len(arguments))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_COLUMNS} FROM {family.function}({places})", arguments)
        for of, split, part, *numbers in cursor.fetchall():
            if with_parts or not split:
                found[of][split, part] = Cell(*numbers)
    return dict(found)


def relations_of(family: Family, cells: Mapping[Key, Cell]) -> list[Relation[Key]]:
    """How the parts of a period make up its whole."""
    if family.protection != "cells":
        return []
    return [
        Relation(WHOLE, tuple(sorted(key for key in cells if key[0] == one.code)), one.adds) for one in family.splits
    ]
