"""The synthetic population as registers see it: one person at a time, by personal code."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from balsts.exchange.periods import months_back
from balsts.exchange.simulation import identities
from balsts.law.engine.errors import InputError

_REQUIRED = ("person_id", "household_id", "born", "sex")


class People:
    """A population file in memory (one row a person), and codes that were changed since.

    Raises:
        InputError: the file cannot be read or lacks a column.
    """

    def __init__(self, table: pa.Table, name: str = "the population") -> None:
        missing = [column for column in _REQUIRED if column not in table.column_names]
        if missing:
            raise InputError(
                f"{name}: the column {missing[0]} is missing; a population file has it. Nothing was started."
            )
        self._columns = {column: table[column].combine_chunks() for column in table.column_names}
        self._ids: np.ndarray[Any, np.dtype[np.int64]] = self._columns["person_id"].to_numpy(zero_copy_only=False)
        self._order = np.argsort(self._ids, kind="stable")
        self._sorted = self._ids[self._order]
        if len(self._ids) and not (self._sorted[0] >= 0 and self._sorted[-1] < identities.PERSONS_AT_MOST):
            raise InputError(f"{name}: person_id must be from 0 to {identities.PERSONS_AT_MOST - 1:,}.")
        self._code_of: dict[int, str] = {}
        self._person_of: dict[str, int] = {}

    @classmethod
    def read(cls, path: Path) -> People:
        """The population of a Parquet file."""
        try:
            return cls(pq.read_table(path), str(path))
        except (pa.ArrowException, FileNotFoundError, IsADirectoryError) as error:
            reason = "no such file" if isinstance(error, FileNotFoundError) else "not a Parquet file"
            raise InputError(
                f"{path}: {reason}. Write one with: balsts population synth --persons 1000 --out people.parquet"
            ) from None

    def __len__(self) -> int:
        return len(self._ids)

    def row_of(self, person_id: int) -> int | None:
        """Where a person stands in the file."""
        place = int(np.searchsorted(self._sorted, person_id))
        found = place < len(self._sorted) and self._sorted[place] == person_id
        return int(self._order[place]) if found else None

    def person_of(self, code: str) -> int | None:
        """Who has or had a personal code."""
        if code in self._person_of:
            return self._person_of[code]
        found = identities.person_id(code)
        return found if found is not None and self.row_of(found) is not None else None

    def code_of(self, person_id: int) -> str:
        """The personal code of a person today."""
        return self._code_of.get(person_id) or identities.personal_code(person_id)

    def give_code(self, person_id: int, code: str) -> None:
        """Give a person another code; the earlier ones still find the person."""
        self._person_of[code] = person_id
        self._code_of[person_id] = code

    def value(self, row: int, column: str) -> Any:
        """A value of the file; None where it is null or there is no such column."""
        return self._columns[column][row].as_py() if column in self._columns else None

    def born_on(self, day: date) -> list[int]:
        """Persons born on a day."""
        days = self._columns["born"].to_numpy(zero_copy_only=False)
        rows = np.flatnonzero(days.astype("datetime64[D]") == np.datetime64(day))
        return [int(self._ids[row]) for row in rows]

    def ids_after(self, person_id: int | None, limit: int) -> Iterator[int]:
        """Persons in the order of their numbers, after one of them."""
        start = 0 if person_id is None else int(np.searchsorted(self._sorted, person_id, side="right"))
        yield from (int(found) for found in self._sorted[start : start + limit])


@dataclass(frozen=True)
class Person:
    """One person, on the day that is today in the simulated state."""

    people: People
    person_id: int
    today: date
    former_codes: tuple[str, ...] = ()
    merged_into: str | None = None
    _row: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        row = self.people.row_of(self.person_id)
        if row is None:
            raise KeyError(self.person_id)
        object.__setattr__(self, "_row", row)

    @property
    def code(self) -> str:
        """The personal code today."""
        return self.people.code_of(self.person_id)

    def __getitem__(self, column: str) -> Any:
        return self.people.value(self._row, column)

    def cents(self, column: str) -> int:
        """A sum of the file; nothing is zero."""
        return int(self[column] or 0)

    def code_in(self, column: str) -> str | None:
        """The personal code of the person that a column links to."""
        other = self[column]
        return None if other is None else self.people.code_of(other)

    @property
    def age(self) -> int:
        """Full years today."""
        born: date = self["born"]
        return self.today.year - born.year - ((self.today.month, self.today.day) < (born.month, born.day))

    @property
    def is_adult(self) -> bool:
        """18 or over."""
        return self.age >= 18

    def number(self, what: str, below: int, *, of: int | None = None) -> int:
        """A number from 0 that looks like chance, always the same for a person (or another number) and a thing."""
        seed = f"{what}:{self.person_id if of is None else of}".encode()
        return int.from_bytes(hashlib.blake2b(seed, digest_size=8).digest(), "big") % below

    def months_ago(self, what: str, least: int, most: int) -> date:
        """The first day of a month that lies between so many months back, never before birth."""
        born: date = self["born"]
        return max(born, months_back(self.today, least + self.number(what, most - least + 1)))
