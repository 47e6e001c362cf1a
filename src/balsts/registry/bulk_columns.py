"""Columns of Parquet as the text that COPY reads: a whole column at a time."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from balsts.law.engine.errors import InputError
from balsts.law.engine.inputs import Input

_CENT = pa.scalar(Decimal("0.01"), pa.decimal128(3, 2))
_OPTIONS = pacsv.WriteOptions(include_header=False)
Array = Any
"""A column, chunked or not."""
_HEX = np.frombuffer("".join(f"{byte:02x}" for byte in range(256)).encode(), dtype=np.uint16)
"""Each byte → its two digits."""
_GROUPS = ((0, 8, 0), (8, 12, 9), (12, 16, 14), (16, 20, 19), (20, 32, 24))
"""From and to which digit, and where it stands in the text of an identifier."""


def values_as_text(one: Input, column: Array) -> Array:
    """The values of an input as `values.written` has them; empty stays empty.

    Raises:
        InputError: the column is of a type that this input cannot have.
    """
    try:
        if one.kind == "money":
            return pc.cast(pc.multiply(pc.cast(pc.cast(column, pa.int64()), pa.decimal128(19, 0)), _CENT), pa.string())
        if one.kind == "codes":
            return pc.binary_join(column, ",")
        if one.kind == "flag":
            return pc.cast(pc.cast(column, pa.bool_()), pa.string())
        if one.kind == "number":
            return pc.cast(pc.cast(column, pa.int64()), pa.string())
        if one.kind == "day":
            return pc.cast(pc.cast(column, pa.date32()), pa.string())
        return pc.cast(column, pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        raise InputError(f"column {one.column}: expected {one.kind}, found {column.type}.") from None


def day_ranges(since: Array, until: Array) -> Array:
    """Periods as PostgreSQL reads them: `[2026-02-01,2026-03-01)`; open where there is no day."""
    ends = [pc.fill_null(pc.cast(pc.cast(one, pa.date32()), pa.string()), "") for one in (since, until)]
    return pc.binary_join_element_wise("[", ends[0], ",", ends[1], ")", "")


def as_csv(columns: list[Array], size: int) -> bytes:
    """Rows for COPY in CSV; a constant stands in every row, an empty value is nothing between two commas."""
    whole = [one if isinstance(one, pa.Array | pa.ChunkedArray) else pa.repeat(pa.scalar(one, pa.string()), size)
             for one in columns]  # fmt: skip
    out = io.BytesIO()
    pacsv.write_csv(pa.table(whole, names=[str(number) for number in range(len(whole))]), out, _OPTIONS)
    return out.getvalue()


def identifiers_as_text(sixteen: np.ndarray) -> pa.Array:
    """Identifiers, shape (size, 16) bytes, as PostgreSQL reads them: with dashes."""
    digits = _HEX[sixteen].view(np.uint8)
    written = np.full((len(sixteen), 36), ord("-"), dtype=np.uint8)
    for start, end, place in _GROUPS:
        written[:, place : place + end - start] = digits[:, start:end]
    ends = pa.py_buffer(np.arange(len(sixteen) + 1, dtype=np.int32) * 36)
    return pa.StringArray.from_buffers(len(sixteen), ends, pa.py_buffer(written))


def numbered_identifiers(prefix: bytes, numbers: np.ndarray) -> np.ndarray:
    """Identifiers of a prefix of ten bytes and numbers below 2 to the 48th, shape (size, 16) bytes."""
    written = np.empty((len(numbers), 16), dtype=np.uint8)
    written[:, :10] = np.frombuffer(prefix, dtype=np.uint8)
    written[:, 10:] = numbers.astype(">u8").view(np.uint8).reshape(-1, 8)[:, 2:]
    return written
