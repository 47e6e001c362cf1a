"""Takes published tables in: a file is looked through, kept whole or not at all, and tried against the rest."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass

from django.db import connections, transaction
from django.utils import timezone

from balsts.access.acting import Acting
from balsts.access.predicates import require
from balsts.figures.current import book, standing, stored_contradictions
from balsts.figures.datasets import DATASETS, Dataset
from balsts.figures.findings import Finding
from balsts.figures.grid import grid_of
from balsts.figures.models import Contradiction, ContradictionFigure, Load, LoadedFigure, LoadedRow
from balsts.figures.reading import checked
from balsts.figures.relations import contradictions
from balsts.figures.rows import Row
from balsts.law.engine.errors import InputError

FIRST_YEAR = 1990


@dataclass(frozen=True)
class Change:
    """A cell that was printed otherwise before."""

    row: Row
    column: str
    before: str

    @property
    def after(self) -> str:
        """What is printed now."""
        return self.row[self.column]


@dataclass(frozen=True)
class Plan:
    """What a file would bring, before it is taken in.

    Attributes:
        year: the year it reports; None for a file that is part of the product.
        new: rows that were not there.
        changed: cells of rows that were there and are otherwise now.
        gone: rows of the file in whose place it stands that are not in it.
        contradictions: those that are not found without it.
    """

    table: Dataset
    file_name: str
    sha256: str
    year: int | None
    rows: tuple[Row, ...]
    new: tuple[Row, ...] = ()
    changed: tuple[Change, ...] = ()
    gone: tuple[Row, ...] = ()
    contradictions: tuple[Finding, ...] = ()

    @property
    def figure_count(self) -> int:
        """How many figures are in it."""
        return sum(len(row.values) for row in self.rows)


def plan_of(table: Dataset, file_name: str, content: bytes, year: int) -> Plan:
    """Look a file through without keeping anything (a dry run).

    Raises:
        InputError: what is wrong in it, with the address of each cell.
    """
    if not FIRST_YEAR <= year <= timezone.localdate().year + 1:
        raise InputError(f"year {year}: expected one from {FIRST_YEAR} to the next; name the year the file reports.")
    rows = checked(table, grid_of(file_name, content), year)
    before = book()
    known = {row.key: row for row in before.rows(table.code)}
    coming = {row.key: row for row in rows}
    replaced = _keys_of_the_load_before(table, year)
    left = [row for key, row in known.items() if key not in coming and key not in replaced]
    after = {code: before.rows(code) for code in DATASETS} | {table.code: [*left, *rows]}
    old = set(before.findings)
    return Plan(
        table, file_name, hashlib.sha256(content).hexdigest(), year, tuple(rows),
        new=tuple(row for row in rows if row.key not in known),
        changed=tuple(Change(row, column, known[row.key].get(column)) for row in rows if row.key in known
                      for column in table.columns if row[column] != known[row.key].get(column)),
        gone=tuple(known[key] for key in sorted(replaced & known.keys()) if key not in coming),
        contradictions=tuple(one for one in contradictions(after) if one not in old),
    )  # fmt: skip


def load_file(who: Acting, table: Dataset, file_name: str, content: bytes, year: int) -> Plan:
    """Take a file in. The same file again changes nothing.

    Raises:
        AccessDenied: who acts may not.
        InputError: what is wrong in it; nothing was kept.
    """
    require("figures.load", who)
    with transaction.atomic():
        _one_at_a_time("default")
        plan = plan_of(table, file_name, content, year)
        if _keep(plan, who.staff, "default"):
            note_contradictions("default")
    return plan


def load_packaged(using: str = "default") -> list[Load]:
    """Take in the files that are part of the product, where they are not there as they are now.

    Returns:
        What was taken in.
    """
    kept = []
    with transaction.atomic(using=using):
        _one_at_a_time(using)
        for table in DATASETS.values():
            content = table.path.read_bytes()
            rows = tuple(checked(table, grid_of(table.path.name, content)))
            digest = hashlib.sha256(content).hexdigest()
            plan = Plan(table, table.path.name, digest, None, rows, rows, (), (), ())
            if load := _keep(plan, None, using):
                kept.append(load)
        note_contradictions(using)
    return kept


def note_contradictions(using: str = "default") -> tuple[int, int]:
    """Try all relations on the rows as they stand; keep what is found, and withdraw what no longer is.

    Returns:
        How many were found anew, and how many were withdrawn.
    """
    wanted = contradictions({table: [row for _, row in rows] for table, rows in standing(using).items()})
    stored = stored_contradictions(using)
    gone = [number for number, one in stored.items() if one not in set(wanted)]
    Contradiction.objects.using(using).filter(pk__in=gone).update(withdrawn_at=timezone.now())
    new = [one for one in wanted if one not in set(stored.values())]
    made = Contradiction.objects.using(using).bulk_create(
        Contradiction(relation=one.relation, printed=one.printed, computed=one.computed, lv=one.lv, en=one.en)
        for one in new
    )
    numbers = _figure_numbers(using)
    ContradictionFigure.objects.using(using).bulk_create(
        ContradictionFigure(contradiction=kept, figure_id=numbers[code], place=place)
        for kept, one in zip(made, new, strict=True)
        for place, code in enumerate((one.figure, *one.others))
    )
    return len(new), len(gone)


def _keep(plan: Plan, who: uuid.UUID | None, using: str) -> Load | None:
    """Keep a file; None where the one that came last for this table and year is the same."""
    loads = Load.objects.using(using)
    last = loads.filter(table_code=plan.table.code, year=plan.year).order_by("-pk").first()
    if last is not None and last.sha256 == plan.sha256:
        return None
    load = loads.create(
        table_code=plan.table.code, year=plan.year, file_name=plan.file_name[-200:], sha256=plan.sha256,
        row_count=len(plan.rows), figure_count=plan.figure_count, loaded_by_id=who,
    )  # fmt: skip
    kept = LoadedRow.objects.using(using).bulk_create(
        LoadedRow(load=load, number=row.number, key=row.key, series=row.series, cells=dict(row.cells))
        for row in plan.rows
    )
    LoadedFigure.objects.using(using).bulk_create(
        LoadedFigure(row=stored, column=figure.column, printed=figure.text, value=figure.value)
        for stored, row in zip(kept, plan.rows, strict=True)
        for figure in row.figures()
    )
    return load


def _keys_of_the_load_before(table: Dataset, year: int) -> set[str]:
    """The keys of the file of this table and year in whose place a new one would stand."""
    last = Load.objects.filter(table_code=table.code, year=year).order_by("-pk").first()
    return set(LoadedRow.objects.filter(load=last).values_list("key", flat=True)) if last else set()


def _figure_numbers(using: str) -> dict[str, int]:
    """The number of each figure as it stands, by its code."""
    codes = {number: f"{table}/{row.key}" for table, rows in standing(using).items() for number, row in rows}
    found = LoadedFigure.objects.using(using).filter(row__in=codes).values_list("row_id", "column", "pk")
    return {f"{codes[row]}/{column}": number for row, column, number in found}


def _one_at_a_time(using: str) -> None:
    """Others wait until this transaction ends: what a file would bring is judged by what is there."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock('figures_load'::regclass::bigint)")
