"""`balsts db`: the embedded server, migrations, backup and restore."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from django.core.management import call_command

from balsts.database import backup, server
from balsts.database.connections import is_embedded, set_up
from balsts.database.server import Cluster, DatabaseError, data_folder


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `db` to the command line."""
    parser = subparsers.add_parser(
        "db", help="the database: start, stop, migrate, back up, restore",
        description="The database: embedded, or one's own by DATABASE_URL.", epilog="example: balsts db status",
    )  # fmt: skip
    jobs = parser.add_subparsers(dest="part", metavar="PART", required=True)
    _add(jobs, "start", "start the embedded server, setting it up the first time", _start)
    _add(jobs, "stop", "stop the embedded server; connections are closed", _stop)
    _add(jobs, "status", "say which database is used, whether it runs and what it takes", _status)
    _add(jobs, "migrate", "bring the tables up to date, as their owner", _migrate)
    for name, text, handler in (
        ("backup", "write a backup with checksums into a new folder", _backup),
        ("restore", "put a backup in place of the database, which is kept under another name", _restore),
    ):
        _add(jobs, name, text, handler, "backups/monday").add_argument("folder", metavar="FOLDER", type=Path)


def _add(
    jobs: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    text: str,
    handler: Callable[[argparse.Namespace], int],
    example: str = "",
) -> argparse.ArgumentParser:
    epilog = f"example: balsts db {name} {example}".rstrip()
    job = jobs.add_parser(name, help=text, description=text, epilog=epilog)
    job.set_defaults(handler=handler)
    return job


def _start(_: argparse.Namespace) -> int:
    cluster = _embedded()
    print("started" if server.start(cluster) else "running already")
    return 0


def _stop(_: argparse.Namespace) -> int:
    cluster = _embedded()
    print("stopped" if server.stop(cluster) else "was not running")
    return 0


def _status(_: argparse.Namespace) -> int:
    if not is_embedded():
        print("DATABASE_URL names a server; its own tools tell its state")
        return 0
    cluster = Cluster(data_folder())
    found = server.status(cluster)
    print(f"embedded PostgreSQL {found.version}: {found.state}".replace(" :", ":"))
    print(f"folder {cluster.folder}, {found.size_bytes / 1e6:,.1f} MB")
    return 0 if found.state == "running" else 1


def _migrate(_: argparse.Namespace) -> int:
    set_up(migrated=False)
    call_command("migrate", database="owner", interactive=False)
    return 0


def _backup(arguments: argparse.Namespace) -> int:
    cluster = _embedded()
    server.start(cluster)
    manifest = backup.back_up(cluster, arguments.folder, _tell)
    print(f"{arguments.folder}: {len(manifest['rows'])} tables, {sum(manifest['rows'].values()):,} rows")
    return 0


def _restore(arguments: argparse.Namespace) -> int:
    cluster = _embedded()
    server.start(cluster)
    kept = backup.restore(cluster, arguments.folder, _tell)
    print(f"restored; the database that was there is kept as {kept}")
    return 0


def _embedded() -> Cluster:
    if not is_embedded():
        raise DatabaseError("DATABASE_URL names a server of your own; this job is for the embedded one.")
    return Cluster(data_folder())


def _tell(text: str) -> None:
    print(f"{text} …", flush=True)
