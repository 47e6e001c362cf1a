"""`python -m tests.mutation`: change the law on purpose and count the changes that the golden cases notice."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
from collections import Counter

from tqdm import tqdm

from balsts.law.engine.checks.golden import GoldenCase, golden_cases
from balsts.law.latvia import latvia
from tests.mutation.run import Outcome, cases_by_version, equivalents, run

_LEAST = 0.90


_CASES: dict[int, list[GoldenCase]] = {}
"""Filled before the workers are forked, so that they share it."""


def _chunk(names: list[str]) -> list[Outcome]:
    law = latvia()
    return run(law, [version for name in names for version in law.rules[name]], _CASES)


def main() -> int:
    """Returns 1 when fewer than 90 of 100 mutants are noticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__,
                                     epilog="example: python -m tests.mutation --folder gmi_benefit")  # fmt: skip
    parser.add_argument("--folder", help="only the rules of this folder")
    parser.add_argument("--workers", type=int, default=multiprocessing.cpu_count())
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    law = latvia()
    names = sorted(name for name in law.rules if arguments.folder in (None, law.folder_of[name]))
    if not names:
        sys.stderr.write(f"no folder of rules is called {arguments.folder}\n")
        return 2
    chunks = [names[start : start + 4] for start in range(0, len(names), 4)]
    outcomes: list[Outcome] = []
    _CASES.update(cases_by_version(law, golden_cases(law)))
    with multiprocessing.get_context("fork").Pool(arguments.workers) as pool:
        for found in tqdm(pool.imap(_chunk, chunks), total=len(chunks), desc="mutants", disable=None):
            outcomes += found
    report(outcomes, as_json=arguments.json)
    return 0 if sum(one.killed for one in outcomes) >= _LEAST * len(outcomes) else 1


def report(outcomes: list[Outcome], *, as_json: bool) -> None:
    """How many mutants there were, how many were noticed, and those that were not."""
    killed = sum(one.killed for one in outcomes)
    survivors = [one for one in outcomes if not one.killed]
    if as_json:
        rows = [{"folder": one.folder, "rule": one.mutant.rule, "since": one.mutant.since, "change": one.mutant.change}
                for one in survivors]  # fmt: skip
        print(json.dumps({"mutants": len(outcomes), "killed": killed, "survivors": rows}, indent=1))
        return
    everything = Counter(one.folder for one in outcomes)
    noticed = Counter(one.folder for one in outcomes if one.killed)
    for folder in sorted(everything):
        print(f"  {folder:<34}{noticed[folder]:>5} of {everything[folder]:>5}")
    for one in survivors:
        print(f"  survived: {one.mutant.place}: {one.mutant.rule} {one.mutant.since}: {one.mutant.change}")
    print(f"{len(outcomes)} mutants, {killed} noticed ({killed / max(1, len(outcomes)):.1%}), "
          f"{len(equivalents())} left out as changing nothing (equivalent.yaml)")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
