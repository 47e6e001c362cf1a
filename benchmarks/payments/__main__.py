"""Measures files for and from banks at size: a payment file written and checked, a statement proven and read.

Run it in the repository: `python -m benchmarks.payments --lines 10000 100000 1000000`. Each step runs in a process of
its own, so that its peak of memory is its own; the files lie in a folder for temporary files. "made" is what it takes
to make the transfers alone, which is part of "written".
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks.payments.steps import STEPS, timed


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.payments", description=__doc__)
    parser.add_argument("--lines", type=int, nargs="+", default=[10_000, 100_000], metavar="N")
    arguments = parser.parse_args()
    for number in arguments.lines:
        with tempfile.TemporaryDirectory(prefix="balsts-bench-") as name:
            for step in STEPS:
                print(json.dumps(measured(step, number, Path(name))), flush=True)
    return 0


def measured(step: str, number: int, folder: Path) -> dict[str, Any]:
    """One step in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        seconds, peak, size = pool.submit(timed, step, number, folder).result()
    return {
        "lines": number,
        "step": step,
        "seconds": round(seconds, 2),
        "lines_per_second": round(number / seconds),
        "peak_mebibytes": round(peak),
        "mebibytes_of_file": round(size / 2**20),
    }


if __name__ == "__main__":
    raise SystemExit(main())
