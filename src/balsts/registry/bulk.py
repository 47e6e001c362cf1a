"""Bulk loads: a population file, or further facts about its persons, into the registry by COPY.

Rows go in parts, each with its progress in one transaction: a load that was broken off, however it was, goes on where
it stopped. It runs as the owner of the tables, because COPY cannot ask policies.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.db import DataError, IntegrityError, connections, transaction
from django.db.models import F

from balsts.access.models import Municipality
from balsts.law.engine.errors import DomainError, InputError, nearest
from balsts.law.engine.inputs import link_names
from balsts.law.latvia.inputs import CATALOGUE
from balsts.registry.bulk_columns import (
    as_csv,
    day_ranges,
    identifiers_as_text,
    numbered_identifiers,
    values_as_text,
)
from balsts.registry.bulk_parts import Numbered, household_parts, plain_parts, side_by_side
from balsts.registry.fact_types import BY_KEY, FACT_TYPES, RELATION_KINDS, FactType
from balsts.registry.lifting import is_lifted, lift, put_back
from balsts.registry.load_models import Load, LoadPart
from balsts.registry.models import Fact, Visibility
from balsts.registry.recording import LOADS
from balsts.registry.spelling import search_key, sort_key
from balsts.registry.statements import Origin, Source
from balsts.registry.uuids import many_uuid7

Progress = Callable[[int, int], None]
"""Told after each part: rows done, and rows in all."""
_PART = 50_000
MANY = 200_000
"""From so many rows on, parts are written side by side, and foreign keys are lifted and checked at the end."""
_TABLES = [f"registry_{name}" for name in ("membership", "personname", "identifier", "address", "relation", "fact")]
_MOST_ID = 1 << 48
_PERSON, _HOUSEHOLD = "0", "1"
_TIES = {name: (kind, place) for kind, (key, _) in RELATION_KINDS.items()
         for place, name in enumerate(link_names(CATALOGUE.by_key[key]), start=1)}  # fmt: skip
_PERMANENT = ("born", "died", "sex")


@dataclass(frozen=True)
class Part:
    """What all rows of a part have in common, and where they are written."""

    load: Load
    cursor: Any
    recorded: str
    origin: str
    municipalities: tuple[str, ...]

    def copy(self, table: str, columns: str, values: list[Any], size: int) -> None:
        """Copy rows into a table of statements.

        Their identifiers are made here: where the database gives them, COPY writes row by row.
        """
        if size:
            common = [identifiers_as_text(many_uuid7(size)), str(self.load.source_id), self.recorded]
            with self.cursor.copy(f"COPY {table} (id, source_id, recorded, {columns}) FROM STDIN (FORMAT csv)") as copy:
                copy.write(as_csv([*common, *values], size))

    def identifiers(self, ids: Any, kind: str = _PERSON) -> pa.Array:
        """The registry's identifiers of the file's persons or households: the same in every part and run.

        Raises:
            InputError: a number that no person or household can have.
        """
        numbers = np.asarray(ids)
        if ids.null_count or (len(numbers) and not 0 <= numbers.min() <= numbers.max() < _MOST_ID):
            what = "person_id" if kind == _PERSON else "household_id"
            raise InputError(f"column {what}: expected whole numbers from 0 to {_MOST_ID - 1}.")
        load = (self.load.of_id or self.load.id).hex
        prefix = bytes.fromhex(f"{load[:11]}08{load[13:16]}8{kind}00")
        return identifiers_as_text(numbered_identifiers(prefix, numbers))


def load_population(path: Path, month: date, tell: Progress = lambda done, rows: None) -> Load:
    """Load a population file: persons, households, ties, and what it says of them from a month on.

    Args:
        path: a population file; columns `x_given_names`, `x_surname`, `x_personal_code` and `x_address` are names,
            personal codes and declared addresses, every other `x_` column is left out.
        month: the first day of the month that it describes.

    Raises:
        DomainError: the file cannot be used, or another process is loading it.
    """
    file = _opened(path)
    known = {one.column for one in CATALOGUE.inputs if one.kind != "link"} | {f"{name}_id" for name in _TIES}
    _check_columns(path, file, known | {"person_id", "household_id", "weight"}, ("person_id", "household_id"))
    return _run(path, file, month, None, household_parts, _write_population, tell)


def load_facts(path: Path, of: Load, tell: Progress = lambda done, rows: None) -> Load:
    """Load further facts about the persons of a loaded population.

    Args:
        path: columns `person_id`, `key` (an input of the law), `value` (as in a household file), `valid_from` and
            `valid_until` (dates; empty: open).

    Raises:
        DomainError: the file cannot be used, a fact overlaps one that is believed, or another process is loading it.
    """
    file = _opened(path)
    columns = ("person_id", "key", "value", "valid_from", "valid_until")
    _check_columns(path, file, set(columns), columns)
    return _run(path, file, of.month, of, plain_parts, _write_facts, tell)


# -- running -------------------------------------------------------------------------------------------------------


def _run(
    path: Path, file: pq.ParquetFile, month: date, of: Load | None,
    parts: Callable[[pq.ParquetFile, int], Iterator[pa.Table]], write: Callable[[Part, pa.Table], None], tell: Progress,
) -> Load:  # fmt: skip
    load = _begun(path, file, month, of)
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [str(load.pk)])
        if not cursor.fetchone()[0]:
            raise DomainError(f"{path.name} is being loaded by another process.")
        try:
            load.refresh_from_db(using="owner")
            tell(load.rows_done, load.rows)
            is_long = load.rows - load.rows_done >= MANY
            if is_long and not is_lifted():
                lift(_TABLES)
            done = set(LoadPart.objects.using("owner").filter(load=load).values_list("number", flat=True))
            left = ((number, table) for number, table in enumerate(parts(file, _PART)) if number not in done)
            for rows in _written(load, left, write, is_long):
                load.rows_done += rows
                tell(load.rows_done, load.rows)
            put_back()
            _settle(cursor)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [str(load.pk)])
    return load


def _settle(cursor: Any) -> None:
    """What the database does by itself in time; until then each question would read the whole list of late entries."""
    cursor.execute("SELECT gin_clean_pending_list('name_by_words')")
    cursor.execute(
        f"ANALYZE registry_person, registry_household, registry_nameword, registry_namenear, {', '.join(_TABLES)}"
    )


def _written(
    load: Load, left: Iterator[Numbered], write: Callable[[Part, pa.Table], None], is_long: bool
) -> Iterator[int]:
    """Write parts, those of a long load on connections of their own, as many as there are locks for them."""
    if not is_long:
        for part in left:
            yield _write_part(load, LOADS[0], part, write)
        return

    def in_a_lane(lane: int, part: Numbered) -> int:
        try:
            return _write_part(load, LOADS[lane], part, write)
        finally:
            connections["owner"].close()  # of this thread

    yield from side_by_side(left, in_a_lane, len(LOADS))


def _write_part(load: Load, lock: int, part: Numbered, write: Callable[[Part, pa.Table], None]) -> int:
    """One part and its progress: both or neither; its rows."""
    number, table = part
    try:
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            # Nobody takes a moment of knowledge while rows come in whose persons are not locked one by one.
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock])
            cursor.execute("SELECT '[\"' || clock_timestamp() || '\",)'")
            recorded = str(cursor.fetchone()[0])
            codes = tuple(Municipality.objects.using("owner").values_list("pk", flat=True))
            write(Part(load, cursor, recorded, str(load.source.origin_id), codes), table)
            LoadPart.objects.using("owner").create(load=load, number=number)
            Load.objects.using("owner").filter(pk=load.pk).update(rows_done=F("rows_done") + len(table))
    except (IntegrityError, DataError, psycopg.IntegrityError, psycopg.DataError) as error:
        refusal = error if isinstance(error, psycopg.Error) else error.__cause__
        told = refusal.diag if isinstance(refusal, psycopg.Error) else None
        what = (told and (told.constraint_name or told.message_primary)) or type(error).__name__
        raise InputError(
            f"{load.name}, part {number + 1} of {len(table)} rows: the database refuses them ({what}); nothing of "
            "these rows was written."
        ) from None
    return len(table)


def _begun(path: Path, file: pq.ParquetFile, month: date, of: Load | None) -> Load:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    found = Load.objects.using("owner").filter(digest=digest, month=month, of=of).first()
    if found:
        return found
    with transaction.atomic(using="owner"):
        source = Source.objects.using("owner").create(
            origin=Origin.objects.using("owner").get(code="load"), reference=f"{path.name[:40]} sha256:{digest}"
        )
        return Load.objects.using("owner").create(
            name=path.name, digest=digest, month=month, of=of, source=source, rows=file.metadata.num_rows
        )


def _opened(path: Path) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(path)
    except (OSError, pa.ArrowInvalid) as error:
        raise InputError(f"{path}: cannot be read as Parquet: {str(error).splitlines()[0]}") from None


def _check_columns(path: Path, file: pq.ParquetFile, known: set[str], needed: tuple[str, ...]) -> None:
    names = file.schema_arrow.names
    for name in names:
        if name not in known and not name.startswith("x_"):
            raise InputError(f"{path}: column {name} is not known.{nearest(name, known)}")
    for name in needed:
        if name not in names:
            raise InputError(f"{path}: has no column {name}.")


# -- writing a population ------------------------------------------------------------------------------------------


def _write_population(part: Part, table: pa.Table) -> None:
    persons = part.identifiers(table["person_id"])
    first = _first_of_each(table["household_id"])
    homes = part.identifiers(table["household_id"].take(first), _HOUSEHOLD)
    _copy_subjects(part, "registry_person", persons)
    _copy_subjects(part, "registry_household", homes)
    _write_members(part, table, persons)
    _write_identities(part, table, persons)
    _write_ties(part, table, persons)
    for kind in FACT_TYPES:
        if kind.input.column in table.column_names:
            _write_inputs(part, kind, table, persons, first, homes)
    _write_codes(part, table, persons)  # last: all parts wait for one another from here on


def _copy_subjects(part: Part, table: str, identifiers: pa.Array) -> None:
    with part.cursor.copy(f"COPY {table} (id, created_at) FROM STDIN (FORMAT csv)") as copy:
        copy.write(as_csv([identifiers, part.recorded.split('"')[1]], len(identifiers)))


def _first_of_each(column: Any) -> pa.Array:
    values = column.to_numpy()
    return pa.array(np.flatnonzero(np.diff(values, prepend=values[:1] - 1)), pa.int64())


def _write_members(part: Part, table: pa.Table, persons: pa.Array) -> None:
    since = pa.repeat(pa.scalar(part.load.month, pa.date32()), len(table))
    if "born" in table.column_names:
        since = pc.max_element_wise(since, table["born"])  # whoever is born in the month joins with birth
    valid = day_ranges(since, pa.nulls(len(table), pa.date32()))
    homes = part.identifiers(table["household_id"], _HOUSEHOLD)
    part.copy(
        "registry_membership", "visibility, valid, person_id, household_id", ["0", valid, persons, homes], len(table)
    )


def _write_identities(part: Part, table: pa.Table, persons: pa.Array) -> None:
    size, always = len(table), "(,)"
    if {"x_given_names", "x_surname"} <= set(table.column_names):
        given, surnames = table["x_given_names"].to_pylist(), table["x_surname"].to_pylist()
        keys = [(search_key(last, first), sort_key(last, first)) for first, last in zip(given, surnames, strict=True)]
        part.copy("registry_personname", "visibility, valid, person_id, given_names, surname, search_key, sort_key",
                  ["0", always, persons, pa.array(given), pa.array(surnames), pa.array([one for one, _ in keys]),
                   pa.array([one for _, one in keys])], size)  # fmt: skip
    if "municipality" in table.column_names:
        has = pc.is_valid(table["municipality"])
        places = pc.cast(table["municipality"].filter(has), pa.string())
        _check_known(part, "municipality", places, pa.array(part.municipalities, pa.string()))
        text = table["x_address"].filter(has) if "x_address" in table.column_names else ""
        part.copy("registry_address", "visibility, valid, person_id, kind, municipality_id, text, address_code",
                  ["0", f"[{part.load.month},)", persons.filter(_one(has)), "declared", places, text, ""],
                  len(places))  # fmt: skip


def _write_codes(part: Part, table: pa.Table, persons: pa.Array) -> None:
    if "x_personal_code" in table.column_names:
        has = pc.is_valid(table["x_personal_code"])
        codes = table["x_personal_code"].filter(has)
        part.copy("registry_identifier", "visibility, valid, person_id, scheme, value",
                  ["0", "(,)", persons.filter(_one(has)), "personal_code", codes], len(codes))  # fmt: skip


def _write_ties(part: Part, table: pa.Table, persons: pa.Array) -> None:
    for name, (kind, place) in _TIES.items():
        if f"{name}_id" not in table.column_names:
            continue
        has = pc.is_valid(table[f"{name}_id"])
        _check_known(part, f"{name}_id", table[f"{name}_id"].filter(has), table["person_id"])
        others = part.identifiers(table[f"{name}_id"].filter(has))
        valid = "(,)" if kind == "parent" else f"[{part.load.month},)"
        part.copy("registry_relation", "visibility, valid, kind, place, person_id, other_id",
                  ["0", valid, kind, str(place), persons.filter(_one(has)), others], len(others))  # fmt: skip


def _write_inputs(part: Part, kind: FactType, table: pa.Table, persons: pa.Array, first: Any, homes: pa.Array) -> None:
    """The facts of one type: of persons, or of each household by its first member."""
    is_of_household = kind.input.entity == "household"
    column = table[kind.input.column].take(first) if is_of_household else table[kind.input.column]
    has = pc.is_valid(column)
    text = values_as_text(kind.input, column.filter(has))
    is_permanent = kind.input.kind == "day" or kind.key in _PERMANENT
    valid = "(,)" if is_permanent else f"[{part.load.month},)"
    subjects = (homes if is_of_household else persons).filter(_one(has))
    part.copy("registry_fact", f"{_FACT}, {'household_id' if is_of_household else 'person_id'}",
              [*_fact(part, kind), valid, text, subjects], len(text))  # fmt: skip


def _check_known(part: Part, name: str, found: Any, known: Any) -> None:
    """Foreign keys are lifted, so what a row points to is looked up here, where the message can name the column."""
    unknown = pc.unique(found.filter(pc.invert(pc.is_in(found, value_set=_one(known)))))
    if len(unknown):
        raise InputError(
            f"{part.load.name}: column {name}: {unknown[0]} is not known; nothing of these rows was written."
        )


def _one(column: Any) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


_FACT = "type, visibility, origin_id, status, certainty, valid, value"


def _fact(part: Part, kind: FactType) -> list[str]:
    visibility = Visibility[kind.visibility.upper()].value
    return [str(kind.number), str(visibility), part.origin, str(Fact.Status.KNOWN.value),
            str(Fact.Certainty.DECLARED.value)]  # fmt: skip


# -- writing further facts -----------------------------------------------------------------------------------------


def _write_facts(part: Part, table: pa.Table) -> None:
    keys = pc.cast(table["key"], pa.string())
    for key in pc.unique(keys).to_pylist():
        kind = BY_KEY.get(key)
        if kind is None or kind.input.entity != "person":
            raise InputError(f"column key: {key} is not a fact of a person.{nearest(str(key), BY_KEY)}")
        rows = table.filter(pc.equal(keys, key))
        valid = day_ranges(rows["valid_from"], rows["valid_until"])
        part.copy("registry_fact", f"{_FACT}, person_id",
                  [*_fact(part, kind), valid, pc.cast(rows["value"], pa.string()), part.identifiers(rows["person_id"])],
                  len(rows))  # fmt: skip


def loaded(name: str) -> Load:
    """A load by its identifier.

    Raises:
        InputError: there is none.
    """
    try:
        return Load.objects.using("owner").get(pk=uuid.UUID(name))
    except (ValueError, Load.DoesNotExist):
        raise InputError(f"{name} is not the identifier of a load, as `balsts registry load` prints it.") from None
