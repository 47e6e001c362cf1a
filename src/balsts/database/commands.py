"""`balsts db`: the embedded server, migrations, backup and restore."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `db` to the command line."""
    parser = subparsers.add_parser(
        "db", help="the database: start, stop, migrate, back up, restore",
        description="The database: embedded, or one's own by DATABASE_URL.", epilog="example: balsts db status",
    )  # fmt: skip
    jobs = parser.add_subparsers(dest="part", metavar="PART", required=True)
    _add(jobs, "start", "start the embedded server, setting it up the first time")
    _add(jobs, "stop", "stop the embedded server; connections are closed")
    _add(jobs, "status", "say which database is used, whether it runs and what it takes")
    _add(jobs, "migrate", "bring the tables up to date, as their owner")
    for name, text in (
        ("backup", "write a backup with checksums into a new folder"),
        ("restore", "put a backup in place of the database, which is kept under another name"),
    ):
        _add(jobs, name, text, "backups/monday").add_argument("folder", metavar="FOLDER", type=Path)


def _add(
    jobs: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    text: str,
    example: str = "",
) -> argparse.ArgumentParser:
    epilog = f"example: balsts db {name} {example}".rstrip()
    job = jobs.add_parser(name, help=text, description=text, epilog=epilog)
    job.set_defaults(handler=_do, does=name)
    return job


def _do(arguments: argparse.Namespace) -> int:
    """Do a job; what it needs is loaded only now, since a list of commands needs no database."""
    return int(getattr(importlib.import_module("balsts.database.jobs"), arguments.does)(arguments))
