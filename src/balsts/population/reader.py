"""Reads a population file: persons in Parquet, checked as a whole before any rule sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from balsts.law.engine.errors import InputError, nearest
from balsts.law.engine.inputs import MAX_MEMBERS, Catalogue, Input, link_names
from balsts.law.engine.many.columns import Array, Columns, column_type
from balsts.law.engine.quantities import MAX_CENTS

_IDS = ("person_id", "household_id")
_MAX_ID = 2**62
_FIRST_DAY, _LAST_DAY = np.datetime64("1850-01-01", "D"), np.datetime64("2200-01-01", "D")


@dataclass
class Population:
    """A population as read: the law's columns, and what the answer is reported by.

    Attributes:
        columns: persons sorted by household and person.
        person_ids, household_ids: one a person, one a household.
        weights: one a household; how many households of the country it stands for.
    """

    columns: Columns
    person_ids: Array
    household_ids: Array
    weights: Array


def read_population(path: Path, catalogue: Catalogue, *, names: Iterable[str] | None = None) -> Population:
    """Read and check a population.

    Args:
        names: the inputs to read (as in rules); all when left out, but for rights applied for, which are read when
            named (`applied_for_<code>`). Ties between persons are always read.

    Raises:
        InputError: the file, the column, the row and what was expected.
    """
    return _Reader(path, catalogue, None if names is None else set(names)).read()


class _Reader:
    def __init__(self, path: Path, catalogue: Catalogue, names: set[str] | None) -> None:
        self.path = path
        self.catalogue = catalogue
        self.names = names
        self.order: Array | None = None

    def fail(self, message: str) -> NoReturn:
        raise InputError(f"{self.path}: {message}")

    def fail_row(self, column: str, wrong: Array, expected: str) -> NoReturn:
        row = int(np.flatnonzero(wrong)[0])
        person = int(self.person_ids[row])
        if self.order is not None:
            row = int(self.order[row])
        self.fail(f"column {column}, row {row + 1} (person_id {person}): {expected}.")

    def read(self) -> Population:
        self.table = self.opened()
        self.check_columns()
        self.person_ids = self.ids("person_id")
        households = self.ids("household_id")
        if (np.diff(households) < 0).any():
            row = int(np.flatnonzero(np.diff(households) < 0)[0]) + 2
            self.fail(f"column household_id, row {row}: rows are not sorted by household_id.")
        self.sort_members(households)
        first: Any = np.flatnonzero(np.concatenate([[True], np.diff(households) != 0])) if len(households) else []
        starts = np.append(first, len(households)).astype(np.uint64)
        self.columns = Columns(starts, {}, {})
        if self.columns.largest > MAX_MEMBERS:
            self.fail(f"a household has {self.columns.largest} persons; expected at most {MAX_MEMBERS}.")
        self.sizes = self.columns.sizes
        self.base = np.repeat(starts[:-1].astype(np.int64), self.sizes)
        self.read_persons()
        self.read_ties()
        self.read_households()
        return Population(self.columns, self.person_ids, households[starts[:-1].astype(np.int64)], self.weights())

    def opened(self) -> pa.Table:
        try:
            self.schema = pq.read_schema(self.path)
            wanted = [name for name in self.schema.names if self.is_wanted(name)]
            return pq.read_table(self.path, columns=wanted)
        except OSError as error:
            self.fail(f"cannot be read: {error.strerror or error}.")
        except pa.ArrowException as error:
            self.fail(f"is not a Parquet file that can be read: {str(error).splitlines()[0].rstrip('.')}.")

    def is_wanted(self, column: str) -> bool:
        if column in (*_IDS, "weight") or column.endswith("_id") or self.names is None:
            return not column.startswith("x_")
        always = {"born", "died", "sex", "birth_order", "pension_cents"}
        used = {one.column for one in self.catalogue.inputs if one.name in self.names}
        applied = any(name.startswith("applied_for_") for name in self.names) and column == "applied_for"
        return column in always | used or applied

    def check_columns(self) -> None:
        known = [*_IDS, "weight", *(f"{name}_id" for name in self.catalogue.links)]
        known += [one.column for one in self.catalogue.inputs if one.kind != "link"]
        for name in self.schema.names:
            if name not in known and not name.startswith("x_"):
                self.fail(f"column {name} is not known; a column of your own starts with x_.{nearest(name, known)}")
        for name in ("person_id", "household_id", *(one.column for one in self.catalogue.inputs if one.required)):
            if name not in self.schema.names:
                self.fail(f"has no column {name}; every population needs it.")

    def ids(self, column: str) -> Array:
        values = self.integers(column, self.table.column(column), allow_null=False)
        if len(values) and (values.min() < 0 or values.max() > _MAX_ID):
            self.fail(f"column {column}: expected whole numbers from 0 to {_MAX_ID}.")
        return values

    def sort_members(self, households: Array) -> None:
        """Put the members of each household in the order of their ids, which decides between equals."""
        same = np.diff(households) == 0
        if (np.diff(self.person_ids)[same] <= 0).any():
            self.order = np.lexsort((self.person_ids, households))
            self.person_ids = self.person_ids[self.order]
        self.by_id = None
        sorted_ids = self.person_ids
        if (np.diff(self.person_ids) <= 0).any():
            self.by_id = np.argsort(self.person_ids, kind="stable")
            sorted_ids = self.person_ids[self.by_id]
            if (np.diff(sorted_ids) == 0).any():
                twice = int(sorted_ids[:-1][np.diff(sorted_ids) == 0][0])
                self.fail(f"column person_id: {twice} stands twice.")
        self.sorted_ids = sorted_ids

    def column(self, name: str) -> pa.ChunkedArray | None:
        if name not in self.table.column_names:
            return None
        found = self.table.column(name)
        return found.take(pa.array(self.order)) if self.order is not None else found

    def integers(self, name: str, column: pa.ChunkedArray, *, allow_null: bool = True, default: int = 0) -> Array:
        if not pa.types.is_integer(column.type):
            self.fail(f"column {name} holds {column.type}; expected whole numbers (int64).")
        if column.null_count:
            if not allow_null:
                self.fail(f"column {name} has {column.null_count} empty rows; every person needs one.")
            column = pc.fill_null(column, pa.scalar(default, column.type))
        return column.to_numpy().astype(np.int64, copy=False)

    # -- persons -----------------------------------------------------------------------------------------------

    def read_persons(self) -> None:
        persons = self.columns.persons
        for one in self.catalogue.persons():
            if one.kind == "codes":
                self.read_codes(one)
            elif one.name in self.catalogue.by_name and (self.names is None or self.needed(one)):
                persons[one.name] = self.values(one, self.column(one.column))
        for one in self.catalogue.persons():
            if one.default_from and one.name in persons:
                persons[one.name] = self.with_default_from(one, persons)

    def needed(self, one: Input) -> bool:
        assert self.names is not None
        return one.name in self.names or one.name in ("born", "died", "sex", "birth_order", "pension")

    def with_default_from(self, one: Input, persons: dict[str, Array]) -> Array:
        column = self.column(one.column)
        if column is None:
            return persons[str(one.default_from)]
        return np.where(column.is_null().to_numpy(), persons[str(one.default_from)], persons[one.name])

    def values(self, one: Input, column: pa.ChunkedArray | None) -> Array:
        kind = column_type(self.catalogue, one.name)
        if column is None:
            return np.full(self.columns.size, one.default, kind)
        if one.required and column.null_count:
            self.fail_row(one.column, column.is_null().to_numpy(), "is empty; every person needs it")
        read = {"day": self.days, "month": self.months, "flag": self.flags, "choice": self.choice}
        values = read.get(one.kind, self.numbers)(one, column)
        return values.astype(kind)

    def numbers(self, one: Input, column: pa.ChunkedArray) -> Array:
        values = self.integers(one.column, column, default=one.default)
        top = MAX_CENTS if one.kind == "money" else one.at_most
        wrong = (values < 0) | (values > top)
        if wrong.any():
            self.fail_row(one.column, wrong, f"expected 0 to {top}, found {int(values[wrong][0])}")
        return values

    def flags(self, one: Input, column: pa.ChunkedArray) -> Array:
        if not pa.types.is_boolean(column.type):
            self.fail(f"column {one.column} holds {column.type}; expected booleans.")
        return pc.fill_null(column, bool(one.default)).to_numpy()

    def days(self, one: Input, column: pa.ChunkedArray) -> Array:
        if not pa.types.is_date32(column.type):
            self.fail(f"column {one.column} holds {column.type}; expected days (date32).")
        known = column.is_valid().to_numpy()
        days = pc.fill_null(column.cast(pa.int32()), 0).to_numpy().astype("M8[D]")
        wrong = known & ((days < _FIRST_DAY) | (days > _LAST_DAY))
        if wrong.any():
            self.fail_row(one.column, wrong, f"expected a day from 1850 to 2200, found {days[wrong][0]}")
        months = days.astype("M8[M]")
        packed = (months.astype(np.int64) + 1970 * 12) * 32 + (days - months.astype("M8[D]")).astype(np.int64) + 1
        return np.where(known, packed, 0)

    def months(self, one: Input, column: pa.ChunkedArray) -> Array:
        if not pa.types.is_string(column.type):
            self.fail(f"column {one.column} holds {column.type}; expected months as text such as 2026-02.")
        texts = pc.fill_null(column, "")
        right = pc.match_substring_regex(texts, r"^\d{4}-(0[1-9]|1[0-2])$").to_numpy()
        empty = pc.equal(texts, "").to_numpy()
        if not (right | empty).all():
            self.fail_row(one.column, ~(right | empty), "expected a month such as 2026-02")
        unique = {text: 0 if not text else int(text[:4]) * 12 + int(text[5:]) - 1
                  for text in pc.unique(texts).to_pylist()}  # fmt: skip
        return np.array([unique[text] for text in texts.to_pylist()], np.int64)

    def choice(self, one: Input, column: pa.ChunkedArray) -> Array:
        kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
        if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
            self.fail(f"column {one.column} holds {column.type}; expected text, one of {', '.join(one.choice_names)}.")
        words = column.cast(pa.string())
        found = pc.index_in(words, pa.array(one.choice_names, pa.string()))
        wrong = found.is_null().to_numpy() & words.is_valid().to_numpy()
        if wrong.any():
            word = words.take([int(np.flatnonzero(wrong)[0])])[0].as_py()
            self.fail_row(one.column, wrong, f"expected one of {', '.join(one.choice_names)}, found «{word}»")
        return pc.fill_null(found, one.default).to_numpy()

    def read_codes(self, one: Input) -> None:
        column = self.column(one.column)
        wanted = [name for name in self.names or () if name.startswith(f"{one.name}_")]
        codes: dict[str, Array] = {name: np.zeros(self.columns.size, np.uint8) for name in wanted}
        if column is not None:
            if not pa.types.is_list(column.type) and not pa.types.is_large_list(column.type):
                self.fail(f"column {one.column} holds {column.type}; expected lists of text.")
            rows = pc.list_parent_indices(column.combine_chunks()).to_numpy()
            texts = np.asarray(pc.list_flatten(column.combine_chunks()).to_pylist(), dtype=object)
            for name in wanted:
                codes[name][rows[texts == name.removeprefix(f"{one.name}_")]] = 1
        self.columns.persons.update(codes)

    # -- ties --------------------------------------------------------------------------------------------------

    def read_ties(self) -> None:
        for one in self.catalogue.persons():
            if one.kind == "link":
                for name in link_names(one):
                    self.columns.persons[name] = self.link(name)
        self.check_partners()
        born = self.columns.persons["born"]
        for names in self.catalogue.ties.parents:
            for name in names:
                link = self.columns.persons[name]
                wrong = (link >= 0) & (born[self.base + np.maximum(link, 0)] >= born)
                if wrong.any():
                    self.fail_row(f"{name}_id", wrong, "the parent is not older than the child")

    def link(self, name: str) -> Array:
        column = self.column(f"{name}_id")
        if column is None:
            return np.full(self.columns.size, -1, np.int32)
        ids = self.integers(f"{name}_id", column, default=-1)
        given = column.is_valid().to_numpy()
        at = np.minimum(np.searchsorted(self.sorted_ids, ids), max(0, len(ids) - 1))
        position = self.by_id[at] if self.by_id is not None else at
        local = position - self.base
        found = self.person_ids[position] == ids if len(ids) else given
        wrong = given & (~found | (local < 0) | (local >= np.repeat(self.sizes, self.sizes)))
        if wrong.any():
            self.fail_row(f"{name}_id", wrong, f"points to {int(ids[wrong][0])}, who is not in the household")
        if (given & (position == np.arange(len(ids)))).any():
            self.fail_row(f"{name}_id", given & (position == np.arange(len(ids))), "points to the person itself")
        return np.where(given, local, -1).astype(np.int32)

    def check_partners(self) -> None:
        partner = self.columns.persons["partner"]
        here = np.arange(len(partner)) - self.base
        stated = np.flatnonzero(partner >= 0)
        back = partner[self.base[stated] + partner[stated]]
        wrong = (back >= 0) & (back != here[stated])
        if wrong.any():
            rows = np.zeros(len(partner), bool)
            rows[stated[wrong]] = True
            self.fail_row("partner_id", rows, "the partner names another partner")
        partner[self.base[stated] + partner[stated]] = here[stated]
        again = partner[self.base[stated] + partner[stated]] != here[stated]
        if again.any():
            rows = np.zeros(len(partner), bool)
            rows[stated[again]] = True
            self.fail_row("partner_id", rows, "two persons name the same partner")

    # -- households --------------------------------------------------------------------------------------------

    def read_households(self) -> None:
        for one in self.catalogue.household():
            if one.name in self.catalogue.by_name and (self.names is None or one.name in self.names):
                values = self.values(one, self.column(one.column))
                self.columns.household[one.name] = self.one_each(one.column, values)
            elif one.kind == "text" and (column := self.column(one.column)) is not None:
                self.one_each(one.column, self.texts(one.column, column))

    def texts(self, name: str, column: pa.ChunkedArray) -> Array:
        """A number for each different text, which is all that is asked of a text that no rule reads."""
        kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
        if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
            self.fail(f"column {name} holds {column.type}; expected text.")
        encoded = column.cast(pa.string()).combine_chunks().dictionary_encode()
        return pc.fill_null(encoded.indices, -1).to_numpy()

    def one_each(self, column: str, values: Array) -> Array:
        first = values[self.columns.starts[:-1].astype(np.int64)]
        wrong = np.repeat(first, self.sizes) != values
        if wrong.any():
            self.fail_row(column, wrong, "members of one household disagree")
        return first

    def weights(self) -> Array:
        column = self.column("weight")
        if column is None:
            return np.ones(self.columns.households)
        if not pa.types.is_floating(column.type):
            self.fail(f"column weight holds {column.type}; expected doubles.")
        values: Any = pc.fill_null(column.cast(pa.float64()), 1.0).to_numpy()
        wrong = ~np.isfinite(values) | (values < 0)
        if wrong.any():
            self.fail_row("weight", wrong, "expected a number of 0 or more")
        return self.one_each("weight", values)
