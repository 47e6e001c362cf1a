"""Population files for tests: rows as dictionaries, written to Parquet or, household by household, as text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa

from balsts.law.engine.inputs import link_names
from balsts.law.latvia import CATALOGUE
from balsts.population.parquet import write_population
from balsts.population.reader import Population, read_population

_TYPES = {"day": pa.date32(), "money": pa.int64(), "number": pa.int64(), "flag": pa.bool_(), "choice": pa.string(),
          "codes": pa.list_(pa.string()), "text": pa.string(), "month": pa.string()}  # fmt: skip
TYPES = {one.column: _TYPES[one.kind] for one in CATALOGUE.inputs if one.kind != "link"}
Row = dict[str, Any]


def person(number: int, household: int = 1, born: str = "1990-01-01", sex: str = "f", **more: Any) -> Row:
    """A row; days may be given as text."""
    row = {"person_id": number, "household_id": household, "born": born, "sex": sex, **more}
    return {name: date.fromisoformat(value) if TYPES.get(name) == pa.date32() and isinstance(value, str) else value
            for name, value in row.items()}  # fmt: skip


def table_of(*rows: Row, **types: pa.DataType) -> pa.Table:
    """A table of all the columns that some row has; `types` goes before the types of the format."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    known = {**TYPES, "weight": pa.float64(), **types}
    return pa.table({
        name: pa.array([row.get(name) for row in rows], known.get(name, pa.int64())) for name in names
    })  # fmt: skip


def written(folder: Path, table: pa.Table, name: str = "population.parquet") -> Path:
    path = folder / name
    write_population(table, path)
    return path


def read(folder: Path, table: pa.Table) -> Population:
    """The population of a table, with every input."""
    return read_population(written(folder, table), CATALOGUE)


def households_in(table: pa.Table) -> Iterator[tuple[int, float, str]]:
    """Each household's id, weight and the same facts written as a household file."""
    rows = table.to_pylist()
    for number, members in groupby(rows, key=lambda row: row["household_id"]):
        found = list(members)
        text = {"persons": {_id(row["person_id"]): _facts(row) for row in found}}
        for one in CATALOGUE.household():
            if found[0].get(one.column) is not None:
                text[one.key] = _value(one.kind, found[0][one.column])
        yield int(number), float(found[0].get("weight") or 1), json.dumps(text)


def _id(number: int) -> str:
    return f"p{number:09}"  # text in the order of the numbers


def _facts(row: Row) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for one in CATALOGUE.persons():
        if one.kind == "link":
            names = [row.get(f"{name}_id") for name in link_names(one)]
            if any(name is not None for name in names):
                ids = [_id(name) for name in names if name is not None]
                facts[one.key] = ids if one.several > 1 else ids[0]
        elif row.get(one.column) is not None:
            facts[one.key] = _value(one.kind, row[one.column])
    return facts


def _value(kind: str, value: Any) -> Any:
    if kind == "money":
        return f"{value // 100}.{value % 100:02}"
    return value.isoformat() if kind == "day" else value
