"""`balsts simulate`: totals of the law over a population, and the difference a reform makes."""

from __future__ import annotations

import argparse
import json
import os
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from balsts.law.engine.errors import InputError, nearest
from balsts.law.engine.law import Law
from balsts.law.engine.quantities import month_words
from balsts.law.engine.reform import with_reforms
from balsts.law.engine.wiring import wire
from balsts.law.entitle import asked_month, check_month
from balsts.law.latvia import latvia

if TYPE_CHECKING:
    from balsts.population.simulate import Simulation

_EXAMPLE = """examples:
  balsts simulate nation.parquet --on 2026-01
  balsts simulate nation.parquet --on 2027-01 --reform examples/reform.yaml --json
  balsts simulate nation.parquet --on 2026-01 --output gmi_benefit,housing_benefit --out rights.parquet
"""


def add_commands(subparsers: Any) -> None:
    """Add `simulate` to the command line."""
    parser = subparsers.add_parser(
        "simulate", help="totals of the law over a population", epilog=_EXAMPLE,
        description="Recipients and amounts by code over a population; with reforms, the difference too.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("population", metavar="POPULATION", type=Path, help="a Parquet file, one row a person")
    parser.add_argument("--on", required=True, metavar="YYYY-MM", help="the month")
    parser.add_argument("--reform", action="append", default=[], metavar="FILE", type=Path,
                        help="may be repeated; applied in order, as one")  # fmt: skip
    parser.add_argument("--output", metavar="CODE,...", help="only these rights")
    parser.add_argument("--out", metavar="FILE", type=Path, help="write one row a right (Parquet)")
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="processes (default 1, with threads)")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--lang", choices=("lv", "en"), default="lv")
    parser.set_defaults(handler=run)


def run(arguments: argparse.Namespace) -> int:
    """Simulate; returns the exit code."""
    month = asked_month(arguments.on)
    assert month is not None
    law = latvia()
    check_month(law, month)
    reformed = with_reforms(law, arguments.reform) if arguments.reform else None
    codes = _codes(law, reformed, arguments.output)
    if arguments.workers < 1:
        raise InputError(f"--workers: expected 1 or more, found {arguments.workers}.")
    if arguments.out is not None and arguments.out.suffix != ".parquet":
        raise InputError(f"--out: expected a file that ends in .parquet, found {arguments.out}.")
    if arguments.out is not None and not arguments.out.parent.is_dir():
        raise InputError(f"--out: there is no folder {arguments.out.parent}; make it first.")
    if arguments.workers > 1 and arguments.out is None:
        base, reform = _in_processes(arguments, month, codes)
    else:
        base, reform = _here(arguments, law, reformed, month, codes)
    if arguments.json:
        print(json.dumps(_json(base, reform), ensure_ascii=False, indent=1))
    else:
        print("\n".join(table(law, base, reform, arguments.lang)))
    return 0


def _codes(law: Law, reformed: Law | None, output: str | None) -> list[str] | None:
    if output is None:
        return None
    codes = [code.strip() for code in output.split(",") if code.strip()]
    known = sorted({*law.rights(), *(reformed.rights() if reformed else [])})
    for code in codes:
        if code not in known:
            raise InputError(f"--output: {code} is not the code of a right.{nearest(code, known)}")
    if not codes:
        raise InputError("--output: expected codes of rights with commas between.")
    return codes


def _here(arguments: argparse.Namespace, law: Law, reformed: Law | None, month: int,
          codes: list[str] | None) -> tuple[Simulation, Simulation | None]:  # fmt: skip
    """In this process, with threads."""
    from balsts.law.engine.many.columns import tie
    from balsts.population.progress import Bar
    from balsts.population.reader import read_population
    from balsts.population.simulate import needed_inputs, simulate, write_rights

    laws = [law, *([reformed] if reformed else [])]
    names = needed_inputs([wire(one, month) for one in laws])
    population = read_population(arguments.population, law.catalogue, names=names)
    tie(population.columns, law.catalogue, month)
    results = []
    for one in laws:
        with Bar("compiling the law") as bar:
            simulation, columns = simulate(one, population, month, codes, progress=bar.to, keep=bool(arguments.out))
        results.append(simulation)
        if arguments.out is not None and one is laws[-1]:
            write_rights(wire(one, month), columns, population, arguments.out)
    return results[0], results[1] if reformed else None


def _share(work: tuple[Path, list[Path], int, list[str] | None, int, int]) -> tuple[Simulation, Simulation | None]:
    """One process's share of the households; reads file and law itself, so that only totals travel."""
    from balsts.law.engine.many.columns import tie
    from balsts.population.reader import read_population
    from balsts.population.simulate import needed_inputs, part_of, simulate

    path, reforms, month, codes, number, of = work
    law = latvia()
    laws = [law, *([with_reforms(law, reforms)] if reforms else [])]
    names = needed_inputs([wire(one, month) for one in laws])
    whole = read_population(path, law.catalogue, names=names)
    households = whole.columns.households
    population = part_of(whole, households * number // of, households * (number + 1) // of)
    tie(population.columns, law.catalogue, month)
    results = [simulate(one, population, month, codes, threads=1)[0] for one in laws]
    return results[0], results[1] if reforms else None


def _in_processes(
    arguments: argparse.Namespace, month: int, codes: list[str] | None
) -> tuple[Simulation, Simulation | None]:
    from balsts.population.simulate import merged

    of = arguments.workers
    work = [(arguments.population, arguments.reform, month, codes, number, of) for number in range(of)]
    with get_context("spawn").Pool(min(of, os.cpu_count() or 1)) as pool:
        found = pool.map(_share, work)
    reforms = [reform for _, reform in found if reform is not None]
    return merged([base for base, _ in found]), merged(reforms) if reforms else None


def _json(base: Simulation, reform: Simulation | None) -> dict[str, Any]:
    from balsts.population.simulate import difference

    found = base.as_json()
    if reform is not None:
        found |= {"reform": reform.as_json()["rights"], "difference": difference(base, reform)}
    return found


def table(law: Law, base: Simulation, reform: Simulation | None, lang: str) -> list[str]:
    """The totals as lines; with a reform also the change of each amount."""
    from balsts.population.simulate import Total

    heads = {"lv": ("kods", "saņēmēji", "personas", "summa, €", "izmaiņa, €"),
             "en": ("code", "recipients", "persons", "amount, €", "change, €")}[lang]  # fmt: skip
    of = {"lv": "{persons:,} personas, {households:,} mājsaimniecības, {seconds:.2f} s",
          "en": "{persons:,} persons, {households:,} households, {seconds:.2f} s"}[lang]  # fmt: skip
    shown = reform or base
    lines = [month_words(base.month, lang), of.format(persons=base.persons, households=base.households,
                                                     seconds=base.seconds), ""]  # fmt: skip
    lines.append(f"{heads[0]:<34}{heads[1]:>12}{heads[2]:>12}{heads[3]:>18}" + (f"{heads[4]:>18}" if reform else ""))
    for code in sorted(base.totals.keys() | shown.totals.keys()):
        total = shown.totals.get(code, Total())
        text = total.as_json()
        amount = text.get("amount_eur") or f"{text['pieces']} ×"
        line = f"{code:<34}{text['recipients']:>12,}{text['beneficiaries']:>12,}{amount:>18}"
        if reform:
            change = (total - base.totals.get(code, Total())).as_json()
            line += f"{change.get('amount_eur') or change['pieces']:>18}"
        lines.append(line)
        if total.undetermined:
            unknown = {"lv": "nav nosakāms", "en": "cannot be determined for"}[lang]
            lines.append(f"{'':<34}{unknown}: {text['undetermined']:,}")
    return lines
