"""A refresh of live series (pārrēķins): counted, protected and written in one transaction, or not at all.

Only months that are over are counted, since what is shown of one that is not would tell, day after day, of fewer than
five persons each. What is written is added to what was there: the newest block of a period stands, earlier ones are
history.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from balsts.access.acting import in_scope, the_platform
from balsts.law.engine.errors import DomainError
from balsts.statistics.counting import WHOLE, Cells, Key, Span, counted, exported_snapshot, relations_of
from balsts.statistics.definitions.declared import Family
from balsts.statistics.definitions.indicators import FAMILIES, INDICATORS
from balsts.statistics.disclosure import Block, Cell, Relation, block_of, revised, suppressed
from balsts.statistics.models import Block as BlockRow
from balsts.statistics.models import Counted, DefinitionUsed, Refresh
from balsts.statistics.publishing import latest_blocks, publish

_MIDDLE_OF = 10
"""A middle value is shown of so many persons or more."""
_LOCK = int.from_bytes(hashlib.sha256(b"balsts.statistics.refresh").digest()[:8], "big", signed=True)
_ROWS, _MONTHS_OF_A_YEAR = 2_000, 12


class NothingToCount(DomainError):
    """No month of those asked for is over."""


@dataclass
class Refreshed:
    """What a refresh did.

    Attributes:
        cells: counted; points: written, of which `suppressed`; blocks: that are new or changed.
        kept: blocks that stay as they were shown, since what is new would tell of few.
    """

    refresh: int
    months: list[str] = field(default_factory=list)
    cells: int = 0
    blocks: int = 0
    points: int = 0
    suppressed: int = 0
    kept: int = 0


def refresh(year: int, month: int | None = None, *, until: date | None = None) -> Refreshed:
    """Count a year's months, or one of them, and write what may be shown.

    Args:
        until: the first month that is not over; left out, the present one.

    Raises:
        NothingToCount: no month asked for is over.
        DomainError: a version of a definition says something else than when it first counted.
    """
    since, end = (date(year, month or 1, 1), _next(date(year, month or 12, 1)))
    end = min(end, until or timezone.localdate().replace(day=1))
    if end <= since:
        raise NothingToCount(
            f"No month asked for is over: {since:%Y-%m} is counted from {_next(since)} on. Nothing was changed."
        )
    is_outermost = not connection.in_atomic_block
    with _alone(), transaction.atomic():
        snapshot = exported_snapshot() if is_outermost else ""
        with in_scope(the_platform()):
            work = _Work(since, end)
            work.count(snapshot)
            return work.write()


@contextmanager
def _alone() -> Iterator[None]:
    """Wait for a refresh that is under way: each must see what the one before showed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def _months(since: date, until: date) -> Iterator[date]:
    while since < until:
        yield since
        since = _next(since)


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


class _Work:
    """One refresh: families month by month, then their years."""

    def __init__(self, since: date, until: date) -> None:
        self.since, self.until = since, until
        self.months = list(_months(since, until))
        self.before = latest_blocks(since.year)
        self.counts: dict[str, dict[str, Cells]] = {}

    def count(self, snapshot: str) -> None:
        """Count all families, as of one moment."""
        for family in FAMILIES.values():
            self.counts[family.code] = counted(family, self._spans(family), snapshot)

    def _spans(self, family: Family) -> list[Span]:
        months = self.months[-1:] if family.only_now else self.months
        spans = [Span(f"{one:%Y-%m}", one, _next(one)) for one in months]
        if family.has_year and len(self.months) == _MONTHS_OF_A_YEAR:
            spans.append(Span(str(self.since.year), self.since, self.until, with_parts=False))
        return spans

    def write(self) -> Refreshed:
        """Protect what was counted, and write it."""
        _note_definitions()
        self.row = Refresh.objects.create(since=self.since, until=self.until)
        self.found = Refreshed(self.row.pk, [f"{one:%Y-%m}" for one in self.months])
        for family in FAMILIES.values():
            self._family(family)
        return self.found

    def _family(self, family: Family) -> None:
        self.blocks: list[tuple[BlockRow, Block[Key]]] = []
        counts = self.counts[family.code]
        months = {period: cells for period, cells in counts.items() if len(period) > len("2026")}
        shown: dict[str, dict[str, Block[Key]]] = defaultdict(dict)
        for period in sorted(months):
            for of, block in self._blocks(family, period, months[period]):
                shown[of][period] = block
        for period in counts.keys() - months.keys():
            self._year(family, period, months, shown)
        rows = [
            Counted(refresh=self.row, family=family.code, of=of, period=period, split=split, part=part,
                    persons=cell.persons, number=cell.number, cents=cell.cents, largest=cell.largest)
            for period, cells in counts.items() for of, several in cells.items()
            for (split, part), cell in several.items()
        ]  # fmt: skip
        Counted.objects.bulk_create(rows, batch_size=_ROWS)
        points = publish(self.blocks, family)
        self.found.cells += len(rows)
        self.found.blocks += len(self.blocks)
        self.found.points += len(points)
        self.found.suppressed += sum(one.value is None for one in points)

    def _blocks(self, family: Family, period: str, cells: Cells) -> Iterator[tuple[str, Block[Key]]]:
        """What is shown of a month, by right, case type or register; what was there and is not any more too."""
        earlier = {of for code, of, when in self.before if (code, when) == (family.code, period)}
        for of in sorted({*cells, *earlier}):
            before = self.before.get((family.code, of, period))
            block = _protected(family, cells.get(of, {}), before)
            self._write(family, of, period, block, before)
            yield of, block

    def _year(
        self, family: Family, period: str, months: Mapping[str, Cells], shown: Mapping[str, Mapping[str, Block[Key]]]
    ) -> None:
        """What is shown of a year that is over: its whole, if nothing of its months follows from it."""
        for of, several in self.counts[family.code][period].items():
            whole = several[WHOLE]
            before = self.before.get((family.code, of, period))
            hidden = _year_is_hidden(family, whole, {when: one.get(of, {}) for when, one in months.items()}, shown[of])
            now = Block({WHOLE: whole}, frozenset({WHOLE} if hidden else ()))
            block = now if before is None else revised(before, now.cells, now.hidden)
            self._write(family, of, period, block, before)

    def _write(self, family: Family, of: str, period: str, block: Block[Key], before: Block[Key] | None) -> None:
        self.found.kept += block.is_kept
        if before is not None and (before.cells, before.hidden) == (block.cells, block.hidden):
            return
        row = BlockRow(refresh=self.row, family=family.code, of=of, period=period)
        self.blocks.append((row, block))


def _protected(family: Family, cells: Mapping[Key, Cell], before: Block[Key] | None) -> Block[Key]:
    if family.protection == "cells":
        return block_of(cells, relations_of(family, cells), before)
    if family.protection == "public":
        return Block(dict(cells), frozenset())
    few = frozenset(key for key, cell in cells.items() if cell.persons < _MIDDLE_OF)
    return Block(dict(cells), few) if before is None else revised(before, cells, few)


def _year_is_hidden(
    family: Family, whole: Cell, months: Mapping[str, Mapping[Key, Cell]], shown: Mapping[str, Block[Key]]
) -> bool:
    """Whether a year's whole must be suppressed, when it is settled what is shown of its months."""
    if family.protection == "middle":
        return whole.persons < _MIDDLE_OF
    cells: dict[tuple[str, Key], Cell] = {("", WHOLE): whole}
    relations = []
    for when, several in months.items():
        cells |= {(when, key): cell for key, cell in several.items()}
        relations += [Relation((when, one.whole), tuple((when, part) for part in one.parts), one.adds)
                      for one in relations_of(family, several)]  # fmt: skip
    parts = tuple((when, WHOLE) for when, several in months.items() if WHOLE in several)
    relations.append(Relation(("", WHOLE), parts, family.adds_over_months))
    hidden = {(when, key) for when, block in shown.items() for key in block.hidden if (when, key) in cells}
    fixed = cells.keys() - {("", WHOLE)}
    return ("", WHOLE) in suppressed(cells, relations, hidden=hidden, fixed=fixed)


def _note_definitions() -> None:
    """Note which versions count, and see to it that each still says what it said first.

    Raises:
        DomainError: one does not.
    """
    noted = {(one.indicator, one.version): one.sha256 for one in DefinitionUsed.objects.all()}
    for one in INDICATORS.values():
        for version in one.versions:
            sha256 = one.sha256(version)
            if noted.setdefault((one.code, version.number), sha256) != sha256:
                raise DomainError(
                    f"{one.code}: version {version.number} says something else than when it first counted. Declare a "
                    "new version that says what changed. Nothing was changed."
                )
            DefinitionUsed.objects.get_or_create(
                indicator=one.code, version=version.number, defaults={"sha256": sha256}
            )
