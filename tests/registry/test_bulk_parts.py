"""The parts of a file: the same in every run, and side by side only those that share nobody."""

from __future__ import annotations

import random
import threading
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from balsts.registry import bulk_parts
from balsts.registry.bulk_columns import identifiers_as_text, numbered_identifiers
from balsts.registry.bulk_parts import household_parts, plain_parts, side_by_side
from balsts.registry.uuids import many_uuid7


def persons(*numbers: int) -> pa.Table:
    return pa.table({"person_id": pa.array(numbers, pa.int64())})


def test_parts_side_by_side_share_nobody_and_each_is_written_once() -> None:
    parts = list(enumerate(persons(1000 * number, 1000 * (number + 1)) for number in range(30)))
    at_work: dict[int, set[int]] = {}
    written, together, lock = [], [], threading.Lock()

    def write(lane: int, part: bulk_parts.Numbered) -> int:
        number, table = part
        mine = {one >> 8 for one in table["person_id"].to_pylist()}
        with lock:
            assert lane not in at_work
            assert all(mine.isdisjoint(other) for other in at_work.values())
            at_work[lane] = mine
            together.append(len(at_work))
        time.sleep(0.002)
        with lock:
            del at_work[lane]
            written.append(number)
        return len(table)

    assert sum(side_by_side(iter(parts), write, 2)) == 60
    assert sorted(written) == list(range(30))
    assert max(together) == 2


def test_parts_that_all_share_somebody_are_written_one_after_another() -> None:
    at_work = threading.Lock()

    def write(_: int, part: bulk_parts.Numbered) -> int:
        assert at_work.acquire(blocking=False)
        time.sleep(0.002)
        at_work.release()
        return len(part[1])

    assert list(side_by_side(iter(list(enumerate([persons(7)] * 8))), write, 2)) == [1] * 8


def test_what_a_part_is_refused_for_ends_the_load() -> None:
    def write(_: int, part: bulk_parts.Numbered) -> int:
        raise ValueError(part[0])

    with pytest.raises(ValueError, match="0"):
        list(side_by_side(iter([(0, persons(1))]), write, 2))


@pytest.mark.parametrize("cut", [plain_parts, household_parts])
def test_a_part_needs_no_more_locks_than_there_are_and_no_household_is_cut(
    cut: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_parts, "_MOST_LOCKS", 40)
    numbers = list(range(0, 90_000, 300))
    random.Random(1).shuffle(numbers)
    table = pa.table({"person_id": numbers, "household_id": [row // 3 for row in range(len(numbers))]})
    pq.write_table(table, tmp_path / "file.parquet")
    runs = [list(cut(pq.ParquetFile(tmp_path / "file.parquet"), 100)) for _ in range(2)]  # type: ignore[operator]
    assert runs[0] == runs[1]
    assert pa.concat_tables(runs[0]).equals(table)
    assert all(len(bulk_parts._locks(part)) <= 40 for part in runs[0])
    if cut is household_parts:
        homes = [set(part["household_id"].to_pylist()) for part in runs[0]]
        assert sum(map(len, homes)) == len(set().union(*homes))


@given(st.lists(st.integers(0, (1 << 48) - 1), max_size=5))
def test_a_numbered_identifier_is_its_prefix_and_its_number(numbers: list[int]) -> None:
    prefix = bytes.fromhex("0123456789ab70018000")
    made = identifiers_as_text(numbered_identifiers(prefix, pa.array(numbers, pa.int64()).to_numpy()))
    assert made.to_pylist() == [f"01234567-89ab-7001-8000-{one:012x}" for one in numbers]


def test_identifiers_of_rows_grow_and_are_of_their_version() -> None:
    made = identifiers_as_text(many_uuid7(40_000)).to_pylist()
    assert made == sorted(set(made))
    assert {(one[14], one[19]) for one in made} <= {("7", place) for place in "89ab"}
    with pytest.raises(ValueError, match="at most"):
        many_uuid7((1 << 26) + 1)
