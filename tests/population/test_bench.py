"""The measuring of speed: what it says, that runners take turns, and that the null pass does what it stands for."""

from __future__ import annotations

from dataclasses import asdict
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from balsts.law.engine.many.codegen import Kernel
from balsts.population.bench import Measured, interleaved, lines, null_text
from tests.command import Command

CONTRACT = {
    "persons", "rights", "seconds", "null_kernel_seconds", "floor_seconds", "peak_rss_mb", "baseline_rss_mb",
    "one_household_ms", "compile_seconds",
}  # fmt: skip


def measured() -> Measured:
    peers = {
        name: {"seconds": 0.4, "ratio": 8.0, "wrong_cents": 3, "wrong_by_code": {}} for name in ("numpy", "polars")
    }
    return Measured(2_000_000, households=900_000, rights=39, seconds=0.05, null_kernel_seconds=0.04, peers=peers)


def test_the_figures_have_the_names_of_the_contract() -> None:
    assert asdict(measured()).keys() >= CONTRACT


def test_each_peer_is_told_with_its_time_its_ratio_and_its_wrong_values() -> None:
    told = [line.split() for line in lines(measured()) if line.split()[0] in ("numpy", "polars")]
    assert told == [
        [name, "400.0", "ms", "8.00", "x", "ours,", "3", "values", "differ"] for name in ("numpy", "polars")
    ]


def test_runners_take_turns_and_only_the_second_go_of_each_is_timed() -> None:
    calls: list[str] = []

    def runner(name: str) -> float:
        calls.append(name)
        return float(len(calls))

    found = interleaved({name: lambda name=name: runner(name) for name in "ab"}, 2)  # type: ignore[misc]
    assert calls == ["a", "a", "b", "b"] * 2
    assert found == {"a": [2.0, 6.0], "b": [4.0, 8.0]}


def test_the_null_pass_reads_every_input_once_and_writes_as_many_entries() -> None:
    ours: Any = SimpleNamespace(kernel=Kernel("", {}, [], set(), ["born", "wage"], ["costs"], [], [False, True]))
    scope: dict[str, Any] = {"njit": lambda **_: lambda function: function, "np": np}
    text = null_text(ours, [2, 1])
    exec(text.replace("from numba import njit", ""), scope)
    at, values, made = np.zeros((2, 9), np.int32), np.zeros((2, 9), np.int64), np.zeros(2, np.int64)
    starts = np.array([0, 2, 5], np.uint64)
    columns = [np.arange(5), np.full(5, 100), np.full(2, 7)]
    scope["kernel"](None, None, None, starts, np.uint64(0), np.uint64(2), 3, at, values, made, *columns)
    assert made.tolist() == [3, 2]
    assert at[0, :3].tolist() == [0, 2, 4]
    assert at[1, :2].tolist() == [0, 1]
    assert set(values[0, :3].tolist()) | set(values[1, :2].tolist()) == {10 + 500 + 14}


def test_a_population_of_no_one_is_not_measured(command: Command) -> None:
    assert "--persons: expected 1 or more, found 0." in command.refuses("bench", "law", "--persons", "0")


@pytest.mark.parametrize("ratio", [1.5, 3.0])
def test_ours_is_told_beside_the_null_pass(ratio: float) -> None:
    found = measured()
    found.null_ratio = ratio
    assert any(f"ours is {ratio:.2f} x" in line for line in lines(found))
