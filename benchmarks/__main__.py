"""Measures every figure to reach and writes the measured column of `docs/figures.md`.

Run it in the repository: `make bench`. All ratios are of rounds that took turns in one run.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from balsts.population.bench import Measured, measure, rules_growth, timed

FIGURES = Path("docs/figures.md")
_PERSONS, _SMALL, _LARGE = 2_000_000, 200_000, 20_000_000
_NATION = 1_900_000
_STARTS = 7


@dataclass(frozen=True)
class Figure:
    """One row: what is to be reached, and what was measured."""

    what: str
    reach: str
    measured: str
    command: str
    reached: bool


def main() -> int:
    """Measure and write; returns 0 even when a figure is missed, which the page then says."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--without-peers", action="store_true", help="leave the peers out")
    parser.add_argument("--without-large", action="store_true", help="leave the twenty million out")
    arguments = parser.parse_args()
    started = time.perf_counter()
    nation = measured("two million persons", lambda: measure(_PERSONS, peers=not arguments.without_peers))
    sizes = {_SMALL: measured("two hundred thousand", lambda: measure(_SMALL)), _PERSONS: nation}
    if not arguments.without_large:
        sizes[_LARGE] = measured("twenty million", lambda: measure(_LARGE))
    growth = measured("growth with the number of rules", lambda: rules_growth(_PERSONS))
    figures = [*law_figures(nation), *size_figures(sizes), *start_figures(), synthesis_figure()]
    FIGURES.write_text(page(figures, sizes, growth, nation.machine), encoding="utf-8")
    sys.stdout.write(f"{FIGURES} written, {time.perf_counter() - started:.0f} s\n")
    return 0


def measured(what: str, job: Callable[[], object]) -> object:
    """Do a job and say how long it took."""
    started = time.perf_counter()
    found = job()
    sys.stderr.write(f"{what}: {time.perf_counter() - started:.0f} s\n")
    return found


def law_figures(found: Measured) -> list[Figure]:
    """The figures of one run over two million persons."""
    command = "balsts bench law --peers"
    names = {"openfisca": ("OpenFisca-core 46, float32", 5.0), "numpy": ("careful NumPy, int64", 5.0),
             "polars": ("Polars", 7.0)}  # fmt: skip
    rows = [
        Figure(f"all rights of 2026-01 over two million persons, against {names[name][0]}",
               f"at least {names[name][1]:.0f} x as fast",
               f"{peer['ratio']:.1f} x ({peer['seconds'] * 1e3:.0f} ms; {peer['wrong_cents']:,} of its values differ)",
               command, peer["ratio"] >= names[name][1])
        for name, peer in found.peers.items()
    ]  # fmt: skip
    rows += [
        Figure("the same, our own time", "", f"{found.seconds * 1e3:.0f} ms, {found.nanoseconds_per_person:.0f} ns a "
               f"person; {found.rights} rights, {found.rules} values", command, True),
        Figure("the same, written out as full columns, which peers give", "",
               f"{found.dense_seconds * 1e3:.0f} ms" + "".join(
                   f"; {names[name][0].split(',')[0]} {peer['seconds'] / found.dense_seconds:.1f} x"
                   for name, peer in found.peers.items()), command, True),
        Figure("the same, against a null pass over the same columns", "at most 3 x",
               f"{found.null_ratio:.2f} x ({found.null_kernel_seconds * 1e3:.0f} ms)", command, found.null_ratio <= 3),
        Figure("compiling the whole law, cold", "under 60 s", f"{found.compile_seconds:.1f} s", command,
               found.compile_seconds < 60),
        Figure("the same from the cache on disk", "under 1 s", f"{found.cached_seconds:.2f} s, the whole process",
               command, found.cached_seconds < 1),
        Figure("a reform of parameters", "compiles nothing", "nothing (a test holds it)", "make test", True),
        Figure("one household, all rights, with full explanation, warm", "median under 5 ms",
               f"{found.one_household_ms:.2f} ms (99 %: {found.one_household_p99_ms:.2f} ms)", command,
               found.one_household_ms < 5),
    ]  # fmt: skip
    return rows


def size_figures(sizes: dict[int, Measured]) -> list[Figure]:
    """How time and memory grow with the population."""
    largest = sizes[max(sizes)]
    flat = largest.nanoseconds_per_person / sizes[_PERSONS].nanoseconds_per_person
    command = f"balsts bench law --persons {largest.persons}"
    return [
        Figure("time per person from 2 to 20 million persons", "flat", f"{flat:.2f} x", command, flat < 1.2),
        Figure("peak memory above the baseline at 20 million", "at most 1.7 x inputs plus outputs",
               f"{largest.memory_ratio:.2f} x", command, largest.memory_ratio <= 1.7),
    ]  # fmt: skip


def start_figures() -> list[Figure]:
    """Whole processes: the start of commands, and one household cold."""
    balsts = [sys.executable, "-m", "balsts.cli"]
    found = []
    for what, arguments in (
        ("start of `balsts --help`", ["--help"]),
        ("start of `balsts law list`", ["law", "list"]),
        ("one household, cold, `balsts entitle --explain`", ["entitle", "examples/household.yaml", "--explain"]),
    ):
        command = [*balsts, *arguments]
        seconds = [timed(lambda command=command: subprocess.run(command, check=True, capture_output=True))  # type: ignore[misc]
                   for _ in range(_STARTS)]  # fmt: skip
        median = statistics.median(seconds)
        shown = "balsts " + " ".join(arguments)
        found.append(Figure(what, "under 0.5 s", f"{median:.2f} s", shown, median < 0.5))
    return found


def synthesis_figure() -> Figure:
    """Drawing the nation."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "balsts.cli", "population", "synth", "--persons", str(_NATION), "--seed", "1",
                   "--out", str(Path(folder) / "nation.parquet")]  # fmt: skip
        seconds = timed(lambda: subprocess.run(command, check=True, capture_output=True))
    return Figure("a synthetic nation of 1.9 million persons", "under a minute", f"{seconds:.1f} s",
                  "balsts population synth --persons 1900000", seconds < 60)  # fmt: skip


def page(figures: list[Figure], sizes: dict[int, Measured], growth: list[tuple[int, int, float]], machine: str) -> str:
    """The page of figures."""
    rows = "\n".join(f"| {one.what} | {one.reach} | {one.measured} | {'yes' if one.reached else '**no**'} | "
                     f"`{one.command}` |" for one in figures)  # fmt: skip
    by_size = "\n".join(
        f"| {one.persons:,} | {one.seconds * 1e3:.1f} ms | {one.nanoseconds_per_person:.1f} ns | "
        f"{one.null_ratio:.2f} | "
        f"{one.input_mb + one.output_mb:,.0f} MB | {one.peak_rss_mb - one.baseline_rss_mb:,.0f} MB |"
        for one in sizes.values()
    )  # fmt: skip
    by_rules = "\n".join(f"| {rights} | {values} | {seconds * 1e3:.1f} ms | {seconds / values * 1e6:.0f} µs |"
                         for rights, values, seconds in growth)  # fmt: skip
    return _PAGE.format(
        date=datetime.now(UTC).date().isoformat(), machine=machine, rows=rows, by_size=by_size, by_rules=by_rules
    )


_PAGE = """# Figures

What the project set itself to reach, beside what was measured. Written by `make bench` on {date};
machine: {machine}.

| figure | to reach | measured | reached | command |
|---|---|---|---|---|
{rows}

## How it was measured

Ours, a null pass and the peers take turns in one run; in each turn, one goes twice: once to be warm again after the
others, and once to be timed. Medians are quoted, since a shared machine drifts. Ours and the null pass give entries
(the rows that have something, and what), with two threads; the peers give full columns, as their engines do, so what
ours takes with full columns stands there too. The null pass
is generated with the same arguments: it reads every input once, writes as many entries to each output, and applies no
law. The peers work out the same rights of the same month from the same columns and are compared value by value; floats
are first rounded to the cent. OpenFisca's time is that of `calculate` for all outputs; building the simulation and
setting its inputs is not counted. NumPy and OpenFisca use one thread, Polars two. The NumPy version was written by hand
to be fast: whole numbers, index lists for what few persons have, untouched zeros elsewhere.

## How time grows with the population

| persons | median | a person | against the null pass | inputs and outputs | peak memory above the baseline |
|---|---|---|---|---|---|
{by_size}

## How time grows with the rules

The last rights of the alphabet, more and more of them, over two million persons.

| rights and statuses | values worked out | median | a value |
|---|---|---|---|
{by_rules}
"""

if __name__ == "__main__":
    sys.exit(main())
