"""`balsts registry`: households in and out, bulk loads, and the check of facts against the law."""

from __future__ import annotations

import argparse
from pathlib import Path

_JOBS = "balsts.registry.jobs"


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `registry` to the command line."""
    parser = subparsers.add_parser(
        "registry", help="persons and households, and what is known about them",
        description="Persons and households, and what is known about them, from where, since when.",
        epilog="example: balsts registry add examples/household.yaml",
    )  # fmt: skip
    jobs = parser.add_subparsers(dest="part", metavar="PART", required=True)
    text = "hold the types of facts against the inputs of the law: exit 0 when they agree, 1 when not"
    job = jobs.add_parser("check", help=text, description=text, epilog="example: balsts registry check")
    job.set_defaults(handler=f"{_JOBS}:check")
    text = "register the persons of a household file, with what it declares"
    job = jobs.add_parser("add", help=text, description=text,
                          epilog="example: balsts registry add examples/household.yaml")  # fmt: skip
    job.add_argument("file", metavar="FILE", type=Path, help="household file, YAML or JSON")
    job.add_argument("--on", metavar="YYYY-MM", help="the month; goes before the file's own `on`")
    job.set_defaults(handler=f"{_JOBS}:add")
    text = "print a registered household as a household file, and its doubts on standard error"
    job = jobs.add_parser("household", help=text, description=text,
                          epilog="example: balsts registry household ID --on 2026-02 | balsts entitle -")  # fmt: skip
    job.add_argument("household", metavar="ID", help="the household's identifier")
    job.add_argument("--on", metavar="YYYY-MM", required=True, help="the month")
    job.add_argument("--known-at", metavar="MOMENT", help="as it was known then, ISO 8601 with its zone")
    job.set_defaults(handler=f"{_JOBS}:print_household")
    text = "print everything held of a person, what was held, from where, and who looked (GDPR art. 15), as JSON"
    job = jobs.add_parser("export", help=text, description=text,
                          epilog="example: balsts registry export 320101-12345 --out person.json")  # fmt: skip
    job.add_argument("person", metavar="PERSON", help="the person's identifier or personal code")
    job.add_argument("--out", metavar="FILE", type=Path, help="write it there, readable by its owner alone")
    job.add_argument("--with-sealed", action="store_true",
                     help="with what a seal protects; leave it out of a file that is handed to the person")  # fmt: skip
    job.set_defaults(handler=f"{_JOBS}:export")
    text = "load a population file, or further facts about its persons; goes on where it was broken off"
    job = jobs.add_parser("load", help=text, description=text,
                          epilog="example: balsts registry load population.parquet --on 2026-02")  # fmt: skip
    job.add_argument("file", metavar="FILE", type=Path, help="Parquet")
    what = job.add_mutually_exclusive_group(required=True)
    what.add_argument("--on", metavar="YYYY-MM", help="the month that a population file describes")
    what.add_argument("--facts-of", metavar="LOAD", help="the file holds facts about the persons of this load")
    job.set_defaults(handler=f"{_JOBS}:load")
    text = "count what may be erased because its time is over; with --erase, erase it"
    job = jobs.add_parser("retention", help=text, description=text, epilog="example: balsts registry retention")
    job.add_argument("--erase", action="store_true", help="erase it, as the owner of the tables")
    job.add_argument("--lang", choices=("lv", "en"), default="lv")
    job.set_defaults(handler=f"{_JOBS}:retain")
