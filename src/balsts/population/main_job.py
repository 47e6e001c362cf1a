"""The main job: published cases explained, the 2026 package costed, the nation under the old and the new law."""

from __future__ import annotations

import argparse
import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from balsts.law.engine.answer import Answer, entitle
from balsts.law.engine.checks.golden import GoldenCase, differences, golden_cases
from balsts.law.engine.explaining.explain import Explainer, unfolded
from balsts.law.engine.law import Law
from balsts.law.engine.quantities import euros, month_text
from balsts.law.entitle import tree_lines
from balsts.law.latvia import latvia
from balsts.population.package_2026 import BENEFITS_ACT, NEW, OLD, Line, package, published_cost

_EXAMPLE = "example: balsts main-job --persons 100000"
_PERSONS = 1_900_000
_SEED = 2026
_EXPLAINED = ("G3", "H2", "F10")
_MILLION = 100_000_000
_ID = re.compile(r"\b[GTHFADEV][1-9]\d?\b")
_SHOWN_DEPTH = 3


def add_commands(subparsers: Any) -> None:
    """Add `main-job` to the command line."""
    parser = subparsers.add_parser("main-job", help="what `make run` does", epilog=_EXAMPLE,
                                   formatter_class=argparse.RawDescriptionHelpFormatter,
                                   description="Published cases explained, the 2026 package costed, the nation "
                                               "under the law of 2025-12 and of 2026-01.")  # fmt: skip
    parser.add_argument("--persons", type=int, default=_PERSONS, metavar="N", help="size of the synthetic nation")
    parser.add_argument("--folder", type=Path, default=Path("out"), help="where files go (default: out)")
    parser.add_argument("--lang", choices=("lv", "en"), default="en")
    parser.set_defaults(handler=run)


def run(arguments: argparse.Namespace) -> int:
    """Do the three parts; returns 1 when a published case is not answered to the cent."""
    law = latvia()
    agreed = show_cases(law, arguments.lang, print)
    show_package(law, arguments.lang, print)
    show_nation(law, arguments.persons, arguments.folder, arguments.lang, print)
    return 0 if agreed else 1


# -- (a) ---------------------------------------------------------------------------------------------------------


def fact_sheet_id(case: GoldenCase) -> str:
    """The id of a worked example (`G3`) that a golden case carries in its name or source, or nothing."""
    found = _ID.search(case.name) or _ID.search(case.source)
    return found[0] if found else ""


def show_cases(law: Law, lang: str, say: Callable[[str], None]) -> bool:
    """Every worked example with what was expected and what the law answers; three with their explanation."""
    say(_head("(a) Worked cases: published figures and sums by hand, answered by the law"))
    cases = [case for case in golden_cases(law) if fact_sheet_id(case)]
    cases.sort(key=lambda case: (fact_sheet_id(case)[0], int(fact_sheet_id(case)[1:]), case.month))
    wrong = 0
    for case in cases:
        found = differences(law, case)
        wrong += bool(found)
        expected = ", ".join(f"{code} {value}" for code, value in case.expect.items()) or "a rule's value"
        say(f"  {'ok ' if not found else 'NO '} {fact_sheet_id(case):<4}{month_text(case.month)}  "
            f"{case.name[:60]:<61}{expected[:70]}")  # fmt: skip
    total = sum(1 for _ in golden_cases(law))
    say(f"\n  {len(cases) - wrong} of {len(cases)} worked cases agree to the cent "
        f"(the tests hold {total} golden cases in all).")  # fmt: skip
    say("  Three of them explained, three steps deep; `balsts entitle FILE --explain` goes down to every fact.")
    for wanted in _EXPLAINED:
        case = next(one for one in cases if fact_sheet_id(one) == wanted and one.expect)
        say(f"\n  {wanted} explained: {case.name} ({case.source})")
        for line in explained(law, case, lang):
            say(f"  {line}")
    return wrong == 0


def explained(law: Law, case: GoldenCase, lang: str) -> list[str]:
    """The explanation of the first right a case expects."""
    answer: Answer = entitle(law, case.facts, case.month)
    explainer = Explainer(answer.results, lang)
    right = next(one for one in answer.rights if one.code in case.expect)
    return [line for tree in unfolded(explainer.right(right)) for line in tree_lines(tree, lang, most=_SHOWN_DEPTH)]


# -- (b) ---------------------------------------------------------------------------------------------------------


def show_package(law: Law, lang: str, say: Callable[[str], None]) -> None:
    """Each line of the package with its change and cost, their sum beside the published one."""
    say(_head("(b) The 2026 package: published recipients x the change between the law of 2025-12 and of 2026-01"))
    lines = package(law)
    say(f"  {'':<52}{'recipients':>11}{'change, €':>22}{'a year, million €':>24}")
    for line in lines:
        changes = sorted({case.change for case in line.cases})
        span = _span(changes[0], changes[-1], euros)
        cost = _span(line.lowest, line.highest, _millions)
        mark = " *" if line.assumed_from else ""
        say(f"  {(line.lv if lang == 'lv' else line.en)[:50] + mark:<52}{line.recipients:>11,}{span:>22}{cost:>24}")
        if not _as_published(line):
            say(f"  {'':<4}the law's amounts differ from the published ones: {line.published}")
    low, high = sum(line.lowest for line in lines), sum(line.highest for line in lines)
    say(f"  {'sum':<52}{'':>33}{_span(low, high, _millions):>24}")
    say(f"  {'published for the amendments of the benefits act':<85}{published_cost(BENEFITS_ACT):>24}")
    say("")
    for line in lines:
        if line.assumed_from:
            say(f"  * {line.lv if lang == 'lv' else line.en}: {line.recipients} is "
                f"{line.assumed_from[0 if lang == 'lv' else 1]}")  # fmt: skip
    for note in _NOTES:
        say(f"  - {note}")


_NOTES = (
    (
        "Two ages published together (guardians, adoption), the number of children in a family with a student, and in "
        "a foster family, leave an interval: the cost if all were the cheapest case, and if all were the dearest."
    ),
    (
        "The sum is of rights (twelve months); the childcare benefit is paid a month later, so its first year of "
        "payment holds eleven months of the change."
    ),
    "The childcare benefit from 1.5 to 2 years ends for births after 2026-11-02: its saving begins in 2028.",
    (
        "Not costed here, because it belongs to insurance law: state contributions for carers (published 7.4 million) "
        "and the parental benefit at 75 % (7.7 million). Palliative care and rehabilitation are services, not "
        "benefits."
    ),
    (
        "The printed rows give amounts for families of 4, 5 and 6 foster children without an old one: the law of 2025 "
        "gave the amount for three."
    ),
)


def _as_published(line: Line) -> bool:
    """Whether the law's own amounts are those printed, where a row prints them and a case stands for it."""
    if len(line.published) != len(line.cases):
        return True
    return all(
        (old is None or old == case.old or line.code == "guardian_child_benefit") and
        (new is None or new == case.new or line.code == "guardian_child_benefit")
        for (old, new), case in zip(line.published, line.cases, strict=True)
    )  # fmt: skip


def _span(low: int, high: int, write: Callable[[int], str]) -> str:
    return write(low) if low == high else f"{write(low)} to {write(high)}"


def _millions(cents: int) -> str:
    return f"{cents / _MILLION:.2f}"


# -- (c) ---------------------------------------------------------------------------------------------------------


def show_nation(law: Law, persons: int, folder: Path, lang: str, say: Callable[[str], None]) -> None:
    """A synthetic nation under the law of 2025-12 and of 2026-01."""
    from balsts.law.engine.many.columns import tie
    from balsts.law.engine.wiring import wire
    from balsts.population.progress import Bar
    from balsts.population.reader import read_population
    from balsts.population.simulate import needed_inputs, simulate

    say(_head(f"(c) The nation: {persons:,} synthetic persons under the law of 2025-12 and of 2026-01"))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "nation.parquet"
    started = time.perf_counter()
    households = draw(persons, path)
    say(f"  drawn from published distributions: {persons:,} persons in {households:,} households, "
        f"{time.perf_counter() - started:.1f} s, {os.path.relpath(path)}")  # fmt: skip
    started = time.perf_counter()
    population = read_population(path, law.catalogue, names=needed_inputs([wire(law, month) for month in (OLD, NEW)]))
    say(f"  read and checked in {time.perf_counter() - started:.1f} s")
    results = []
    for month in (OLD, NEW):
        tie(population.columns, law.catalogue, month)
        with Bar(f"compiling the law of {month_text(month)}") as bar:
            simulate(law, population, month, progress=bar.to)
        simulation, _ = simulate(law, population, month)
        results.append(simulation)
        say(f"  the law of {month_text(month)}: {len(simulation.totals)} rights in {simulation.seconds:.2f} s")
    say("")
    say(f"  {'code':<32}{'recipients 2025-12':>20}{'2026-01':>12}{'amount, € 2025-12':>20}{'2026-01':>16}")
    for code in sorted(results[0].totals.keys() | results[1].totals.keys()):
        old, new = (one.totals[code].as_json() if code in one.totals else {} for one in results)
        say(f"  {code:<32}{old.get('recipients', 0):>20,}{new.get('recipients', 0):>12,}"
            f"{_amount(old):>20}{_amount(new):>16}")  # fmt: skip


def _amount(total: dict[str, Any]) -> str:
    if not total:
        return "-"
    if "undetermined" in total and total["recipients"] == 0:
        return "undetermined"
    return str(total["amount_eur"]) if "amount_eur" in total else f"{total['pieces']} pieces"


def draw(persons: int, path: Path) -> int:
    """Draw the nation into a file; returns the number of households."""
    from balsts.population.parquet import write_population
    from balsts.population.progress import Bar
    from balsts.population.synthesis import synthesise_blocks

    households = 0
    with Bar("drawing the nation") as bar:

        def blocks() -> Any:
            nonlocal households
            done = 0
            for block in synthesise_blocks(persons, _SEED, month_text(NEW)):
                households = block["household_id"][-1].as_py()
                done += len(block)
                bar.to(done, persons)
                yield block

        write_population(blocks(), path)
    return households


def _head(text: str) -> str:
    return f"\n{text}\n{'-' * len(text)}"
