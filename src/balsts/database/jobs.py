"""What `balsts db` does: the embedded server, migrations, backup and restore."""

from __future__ import annotations

import argparse

from django.core.management import call_command

from balsts.database import backup as backups
from balsts.database import server
from balsts.database.connections import is_embedded, set_up
from balsts.database.server import Cluster, DatabaseError, data_folder


def start(_: argparse.Namespace) -> int:
    """Start the embedded server."""
    cluster = _embedded()
    print("started" if server.start(cluster) else "running already")
    return 0


def stop(_: argparse.Namespace) -> int:
    """Stop the embedded server."""
    cluster = _embedded()
    print("stopped" if server.stop(cluster) else "was not running")
    return 0


def status(_: argparse.Namespace) -> int:
    """Say which database is used, whether it runs and what it takes; 1 where it does not run."""
    if not is_embedded():
        print("DATABASE_URL names a server; its own tools tell its state")
        return 0
    cluster = Cluster(data_folder())
    found = server.status(cluster)
    print(f"embedded PostgreSQL {found.version}: {found.state}".replace(" :", ":"))
    print(f"folder {cluster.folder}, {found.size_bytes / 1e6:,.1f} MB")
    return 0 if found.state == "running" else 1


def migrate(_: argparse.Namespace) -> int:
    """Bring the tables up to date, as their owner."""
    set_up(migrated=False)
    call_command("migrate", database="owner", interactive=False)
    return 0


def backup(arguments: argparse.Namespace) -> int:
    """Write a backup into a new folder."""
    cluster = _embedded()
    server.start(cluster)
    manifest = backups.back_up(cluster, arguments.folder, _tell)
    print(f"{arguments.folder}: {len(manifest['rows'])} tables, {sum(manifest['rows'].values()):,} rows")
    return 0


def restore(arguments: argparse.Namespace) -> int:
    """Put a backup in place of the database."""
    cluster = _embedded()
    server.start(cluster)
    kept = backups.restore(cluster, arguments.folder, _tell)
    print(f"restored; the database that was there is kept as {kept}")
    return 0


def _embedded() -> Cluster:
    if not is_embedded():
        raise DatabaseError("DATABASE_URL names a server of your own; this job is for the embedded one.")
    return Cluster(data_folder())


def _tell(text: str) -> None:
    print(f"{text} …", flush=True)
