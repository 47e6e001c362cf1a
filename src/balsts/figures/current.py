"""The published figures as they stand in the database."""

from __future__ import annotations

import json
from collections import defaultdict
from decimal import Decimal
from functools import lru_cache

from django.db import connections

from balsts.figures.book import Book
from balsts.figures.findings import Finding
from balsts.figures.rows import Row, kept_row

_STANDING = """
    SELECT id, table_code, number, key, series, cells::text FROM figures_standing
    ORDER BY table_code, load_id, number
"""
_CONTRADICTIONS = """
    SELECT one.id, one.relation, one.printed, one.computed, one.lv, one.en,
           array_agg(load.table_code || '/' || loaded.key || '/' || figure."column" ORDER BY about.place)
    FROM figures_contradiction one
    JOIN figures_contradictionfigure about ON about.contradiction_id = one.id
    JOIN figures_loadedfigure figure ON figure.id = about.figure_id
    JOIN figures_loadedrow loaded ON loaded.id = figure.row_id
    JOIN figures_load load ON load.id = loaded.load_id
    WHERE one.withdrawn_at IS NULL
    GROUP BY one.id ORDER BY one.id
"""
_VERSION = """
    SELECT current_database(), load.id, load.sha256,
           (SELECT count(*) || '-' || coalesce(max(greatest(found_at, withdrawn_at))::text, '')
            FROM figures_contradiction)
    FROM (SELECT id, sha256 FROM figures_load ORDER BY id DESC LIMIT 1) load
"""


def book() -> Book:
    """The published figures as they stand now: read again only when something was loaded."""
    with connections["default"].cursor() as cursor:
        cursor.execute(_VERSION)
        version = cursor.fetchone()
    return _book(version) if version else Book({}, ())


def standing(using: str = "default") -> dict[str, list[tuple[int, Row]]]:
    """The rows as they stand with their numbers in the database, by table."""
    found: dict[str, list[tuple[int, Row]]] = defaultdict(list)
    with connections[using].cursor() as cursor:
        cursor.execute(_STANDING)
        for number, table, place, key, series, cells in cursor.fetchall():
            found[table].append((number, kept_row(table, place, key, series, json.loads(cells))))
    return found


def stored_contradictions(using: str = "default") -> dict[int, Finding]:
    """The contradictions that stand, by their numbers in the database."""
    with connections[using].cursor() as cursor:
        cursor.execute(_CONTRADICTIONS)
        return {
            number: Finding(relation, codes[0], tuple(codes[1:]), _exact(printed), _exact(computed), lv, en)
            for number, relation, printed, computed, lv, en, codes in cursor.fetchall()
        }


def _exact(number: Decimal) -> Decimal:
    """A number without the zeros that a column of the database adds."""
    whole = number.normalize()
    return whole.quantize(Decimal(1)) if whole == whole.to_integral_value() else whole


@lru_cache(maxsize=2)
def _book(_version: tuple[str, int, str, str]) -> Book:
    rows = {table: [row for _, row in found] for table, found in standing().items()}
    return Book(rows, stored_contradictions().values())
