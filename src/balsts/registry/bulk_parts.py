"""The parts of a file to be loaded: how it is cut, and which of them are written side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from balsts.law.engine.errors import InputError

Numbered = tuple[int, pa.Table]
_AHEAD = 5
"""Parts that are read before their turn, to find some that have no person in common."""
_MOST_LOCKS = 1_500
"""Of one part, so that the parts that are written fit into the server's table of locks (6,400 by default)."""
_BITS_OF_A_LOCK = 8
"""So many last bits of a number are left out of its lock, as `registry_lock_of` does."""


def plain_parts(file: pq.ParquetFile, rows: int) -> Iterator[pa.Table]:
    """The parts of a file: the same in every run."""
    for batch in file.iter_batches(batch_size=rows):
        yield from _lockable(pa.Table.from_batches([batch]))


def household_parts(file: pq.ParquetFile, rows: int) -> Iterator[pa.Table]:
    """The parts of a population file: no household stands in two."""
    held: pa.Table | None = None
    for batch in file.iter_batches(batch_size=rows):
        table = pa.Table.from_batches([batch])
        whole = table if held is None else pa.concat_tables([held, table])
        households = whole["household_id"].to_numpy()
        if len(households) > 1 and (households[1:] < households[:-1]).any():
            raise InputError("column household_id: rows are not sorted by household_id.")
        end = int(households.searchsorted(households[-1]))
        if end:
            yield from _lockable(whole.slice(0, end))
        held = whole.slice(end)
    if held is not None and len(held):
        yield from _lockable(held)


def _lockable(table: pa.Table) -> Iterator[pa.Table]:
    """A part, or halves of it that need fewer locks; no household is cut in two."""
    middle = len(table) // 2
    if "household_id" in table.column_names:
        households = table["household_id"].to_numpy()
        middle = int(households.searchsorted(households[middle])) or int(
            households.searchsorted(households[0], "right")
        )
    if len(_locks(table)) <= _MOST_LOCKS or not 0 < middle < len(table):
        yield table
    else:
        yield from _lockable(table.slice(0, middle))
        yield from _lockable(table.slice(middle))


def _locks(table: pa.Table) -> set[tuple[str, int]]:
    """The locks that are taken when a part is written, by column."""
    return {
        (name, int(one)) for name in ("person_id", "household_id") if name in table.column_names
        for one in np.unique(np.asarray(table[name].drop_null()).astype(np.int64) >> _BITS_OF_A_LOCK)
    }  # fmt: skip


def side_by_side(left: Iterator[Numbered], write: Callable[[int, Numbered], int], lanes: int) -> Iterator[int]:
    """Write parts, one a lane, of which no two have a lock in common: they would only wait for each other.

    Args:
        left: the parts to be written.
        write: writes a part in a lane, numbered from 0, in a thread; its rows.

    Yields:
        The rows of each part that is written.
    """
    ahead: list[tuple[set[tuple[str, int]], Numbered]] = []
    busy: dict[Future[int], tuple[int, set[tuple[str, int]]]] = {}
    with ThreadPoolExecutor(lanes) as pool:
        while True:
            while len(ahead) < _AHEAD and (part := next(left, None)) is not None:
                ahead.append((_locks(part[1]), part))
            idle = set(range(lanes)) - {lane for lane, _ in busy.values()}
            apart = [one for one in ahead if all(one[0].isdisjoint(taken) for _, taken in busy.values())]
            if idle and apart:
                ahead.remove(apart[0])
                lane = min(idle)
                busy[pool.submit(write, lane, apart[0][1])] = lane, apart[0][0]
            elif busy:
                for done in wait(busy, return_when=FIRST_COMPLETED).done:
                    del busy[done]
                    yield done.result()
            else:
                return
