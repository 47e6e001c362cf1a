"""`balsts population`: commands on populations of persons and households."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from balsts.law.engine.errors import DomainError, InputError

if TYPE_CHECKING:
    import pyarrow as pa

    from balsts.population.targets import Comparison

_DONE, _FAILED, _WRONG_INPUT = 0, 1, 2
_SILENT_SECONDS = 2
_EXAMPLE = """example:
  balsts population synth --persons 1900000 --seed 1 --out nation.parquet
  balsts population synth --persons 1000 --seed 7 --on 2025-12 --out small.parquet --json

The file holds one row a person. It is drawn from published distributions and named assumptions; the same number,
seed and month give the same file. What is printed compares it with the published figures, for a country of the
published size."""


@dataclass(frozen=True)
class _Written:
    persons: int
    households: int
    seconds: float
    comparison: list[Comparison]


def add_commands(subparsers: Any) -> None:
    """Add `population` and its commands; the chosen one is `handler(arguments)` and returns the exit code."""
    population = subparsers.add_parser("population", help="populations of persons and households")
    commands = population.add_subparsers(dest="population_command", required=True, metavar="COMMAND")
    synth = commands.add_parser(
        "synth",
        help="draw a synthetic population",
        description="Draw a synthetic population of Latvia and compare it with the published figures.",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    synth.add_argument("--persons", type=int, required=True, metavar="N", help="how many persons, exactly")
    synth.add_argument("--seed", type=int, default=1, metavar="S", help="a whole number from 0 (default: 1)")
    synth.add_argument("--on", default="2026-01", metavar="YYYY-MM", help="the month (default: 2026-01)")
    synth.add_argument("--out", required=True, metavar="FILE.parquet", help="the file to write")
    synth.add_argument("--json", action="store_true", help="print the comparison as JSON")
    synth.set_defaults(handler=synth_command)


def synth_command(arguments: argparse.Namespace) -> int:
    """Draw, write and compare; returns the exit code."""
    out = Path(arguments.out)
    try:
        _check_path(out)
        written = _draw_and_write(arguments.persons, arguments.seed, arguments.on, out)
    except DomainError as error:
        sys.stderr.write("".join(f"balsts population synth: {message}\n" for message in error.messages))
        return _WRONG_INPUT
    except OSError as error:
        sys.stderr.write(f"balsts population synth: {out}: {error.strerror or error}. Nothing was written.\n")
        return _FAILED
    if arguments.json:
        report = json.dumps(_as_json(arguments, written), ensure_ascii=False, indent=1)
    else:
        report = "\n".join(_as_lines(out, written))
    sys.stdout.write(f"{report}\n")
    return _DONE


def _check_path(out: Path) -> None:
    if out.suffix != ".parquet":
        raise InputError(f"--out {out}: the name must end in .parquet, for example {out.stem or 'nation'}.parquet.")
    if out.is_dir():
        raise InputError(f"--out {out}: this is a folder; name a file in it.")
    if not out.parent.is_dir():
        raise InputError(f"--out {out}: there is no folder {out.parent}; make it first.")


def _draw_and_write(persons: int, seed: int, on: str, out: Path) -> _Written:
    from balsts.population.parquet import write_population
    from balsts.population.synthesis import synthesise_blocks
    from balsts.population.targets import Measure

    start = time.perf_counter()
    blocks = synthesise_blocks(persons, seed, on)
    measure = Measure(on)
    households = 0

    def measured() -> Iterator[pa.Table]:
        nonlocal households
        for block in _with_progress(blocks, persons):
            measure.add(block)
            households = block["household_id"][-1].as_py()
            yield block

    try:
        write_population(measured(), out)
    except PermissionError as error:
        raise InputError(f"--out {out}: the folder {out.parent} cannot be written to.") from error
    return _Written(persons, households, time.perf_counter() - start, measure.compare())


def _with_progress(blocks: Iterator[pa.Table], persons: int) -> Iterator[pa.Table]:
    """A bar on standard error: at once on a terminal, otherwise only when it takes longer than two seconds."""
    from tqdm import tqdm

    delay = 0 if sys.stderr.isatty() else _SILENT_SECONDS
    with tqdm(total=persons, unit=" persons", unit_scale=True, file=sys.stderr, delay=delay, leave=False) as bar:
        for block in blocks:
            yield block
            bar.update(len(block))


def _as_json(arguments: argparse.Namespace, written: _Written) -> dict[str, Any]:
    lines = [{**asdict(line), "difference_percent": round(line.difference_percent, 3)} for line in written.comparison]
    return {
        "on": arguments.on,
        "seed": arguments.seed,
        "persons": written.persons,
        "households": written.households,
        "seconds": round(written.seconds, 3),
        "file": str(arguments.out),
        "comparison": lines,
    }


def _as_lines(out: Path, written: _Written) -> Iterator[str]:
    yield f"{written.persons:,} persons in {written.households:,} households, {written.seconds:.1f} s: {out}"
    yield f"\n{'':48}{'published':>12}{'synthetic':>12}{'differs':>10}  year, source"
    area = ""
    for line in written.comparison:
        if line.area != area:
            area = line.area
            yield area
        digits = 2 if line.published < 10 else 1 if line.published < 1000 else 0
        label = f"  {line.label}" + (f", {line.unit}" if line.unit.startswith(("%", "EUR")) else "")
        difference = f"{round(line.difference_percent, 1) + 0.0:+.1f} %"
        yield (
            f"{label:48}{line.published:12,.{digits}f}{line.synthetic:12,.{digits}f}{difference:>10}"
            f"  {line.year} {line.source}"
        )
