"""The one way by which live figures are shown: what a protected block lets be shown becomes points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.db import connection

from balsts.statistics.counting import WHOLE, Key
from balsts.statistics.definitions.declared import Definition, Family
from balsts.statistics.definitions.indicators import indicators_of
from balsts.statistics.disclosure import Block, Cell, rounded, rounded_cents
from balsts.statistics.models import Block as BlockRow
from balsts.statistics.models import Point, Rest

_ROWS = 2_000
_CENTS = Decimal(100)


def publish(blocks: Sequence[tuple[BlockRow, Block[Key]]], family: Family) -> list[Point]:
    """Write blocks of a family, what they rest on, and their points; a suppressed one has no value.

    To be called in the scope of the platform.
    """
    BlockRow.objects.bulk_create([row for row, _ in blocks])
    Rest.objects.bulk_create(
        [Rest(block=row, split=key[0], part=key[1], persons=cell.persons, number=cell.number, cents=cell.cents,
              largest=cell.largest, is_hidden=key in block.hidden)
         for row, block in blocks for key, cell in block.cells.items()],
        batch_size=_ROWS,
    )  # fmt: skip
    indicators = indicators_of(family.code)
    points = [point for row, block in blocks for one in indicators for point in _points(row, one, family, block)]
    return Point.objects.bulk_create(points, batch_size=_ROWS)


def _points(row: BlockRow, indicator: Definition, family: Family, block: Block[Key]) -> Iterator[Point]:
    version = indicator.version_in(row.period)
    if version is None:
        return
    for key in sorted(block.cells):
        if indicator.measure == "share" and key != WHOLE:
            continue
        value = _share(indicator, block) if indicator.measure == "share" else _value(indicator, family, block, key)
        yield Point(block=row, indicator=indicator.code, version=version.number, split=key[0], part=key[1], value=value)


def _value(indicator: Definition, family: Family, block: Block[Key], key: Key) -> Decimal | None:
    """A value as it may be shown; None: suppressed."""
    if key in block.hidden:
        return None
    cell = block.cells[key]
    if family.protection != "cells":
        return Decimal(cell.number)
    return Decimal(rounded_cents(cell.cents, cell.number)) / _CENTS if indicator.measure == "cents" else _count(cell)


def _count(cell: Cell) -> Decimal:
    return Decimal(rounded(cell.number))


def _share(indicator: Definition, block: Block[Key]) -> Decimal | None:
    """A share of what is shown of a part and of the whole, in whole percent; None where either is suppressed."""
    part = (indicator.split, indicator.part)
    if WHOLE in block.hidden or part in block.hidden:
        return None
    of_part = _count(block.cells[part]) if part in block.cells else Decimal(0)
    return min(Decimal(100), (100 * of_part / _count(block.cells[WHOLE])).quantize(Decimal(1)))


def latest_blocks(year: int) -> dict[tuple[str, str, str], Block[Key]]:
    """The blocks of a year and its months that stand, by family, what they are of, and period.

    To be called in the scope of the platform: nobody else sees what they rest on.
    """
    blocks = BlockRow.objects.filter(period__startswith=str(year)).order_by("family", "of", "period", "-refresh")
    newest = {(one.family, one.of, one.period): one.pk
              for one in blocks.distinct("family", "of", "period")}  # fmt: skip
    cells: dict[int, dict[Key, Cell]] = defaultdict(dict)
    hidden: dict[int, set[Key]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute("SELECT block_id, split, part, persons, number, cents, largest, is_hidden FROM statistics_rest "
                       "WHERE block_id = ANY (%s)", [list(newest.values())])  # fmt: skip
        for block, split, part, *numbers, is_hidden in cursor.fetchall():
            cells[block][split, part] = Cell(*numbers)
            if is_hidden:
                hidden[block].add((split, part))
    return {name: Block(cells[block], frozenset(hidden[block])) for name, block in newest.items()}
