"""`balsts figures`: published tables listed, templates of new years, loading, and the contradictions found."""

from __future__ import annotations

import argparse
from pathlib import Path

_JOBS = "balsts.figures.jobs"


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `figures` to the command line."""
    parser = subparsers.add_parser(
        "figures", help="published figures: tables, templates, loading of new years, contradictions",
        description="The published figures as they were printed, and what contradicts itself in them.",
        epilog="example: balsts figures load indicators_2021.xlsx --table indicators --year 2021 --dry-run",
    )  # fmt: skip
    jobs = parser.add_subparsers(dest="part", metavar="PART", required=True)
    job = _add(jobs, "tables", "list the tables with their rows, figures and contradictions", "tables")
    job.add_argument("--json", action="store_true", help="print it as JSON")
    job = _add(jobs, "template", "write an empty file of a table, to be filled with a new year",
               "template indicators --out indicators_2021.xlsx")  # fmt: skip
    job.add_argument("table", metavar="TABLE")
    job.add_argument("--out", type=Path, required=True, metavar="FILE", help="ends in .csv or .xlsx")
    job.add_argument("--lang", choices=("lv", "en"), default="lv")
    text = "what is published, and one contradiction; the embedded database is brought up to date first"
    job = _add(jobs, "show", text, "show --lang lv")
    job.add_argument("--lang", choices=("lv", "en"), default="en")
    job.set_defaults(demonstration=True)
    _add_load(jobs)
    job = _add(jobs, "check", "try all relations between figures: exit 0 when the same contradictions stand as before, "
                              "1 when some were found or withdrawn", "check --json")  # fmt: skip
    job.add_argument("--json", action="store_true", help="print it as JSON")
    job.add_argument("--lang", choices=("lv", "en"), default="en")


def _add_load(jobs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = "take in a file of a table (CSV in UTF-8 or XLSX), whole or not at all; without a file, the product's own"
    job = _add(jobs, "load", text, "load indicators_2021.xlsx --table indicators --year 2021 --by anda")
    job.add_argument("file", type=Path, nargs="?", metavar="FILE")
    job.add_argument("--table", metavar="TABLE")
    job.add_argument("--year", type=int, metavar="YYYY", help="the year that the file reports")
    job.add_argument("--dry-run", action="store_true", help="tell what it would bring, and keep nothing")
    job.add_argument("--by", metavar="NAME", help="who takes it in: signs with their password, which is asked for")
    job.add_argument("--lang", choices=("lv", "en"), default="en")
    job.add_argument("--json", action="store_true", help="print it as JSON")


def _add(
    jobs: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str, example: str
) -> argparse.ArgumentParser:
    job = jobs.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.",
                          epilog=f"example: balsts figures {example}")  # fmt: skip
    job.set_defaults(handler=f"{_JOBS}:{name}")
    return job
