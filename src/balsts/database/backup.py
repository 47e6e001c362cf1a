"""Backup with checksums, and restoring one: nothing is replaced before what is restored has been counted."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from balsts.database.server import ADMINISTRATOR, DATABASE, PORT, Cluster, DatabaseError, new_database

MANIFEST = "manifest.json"
_FORMAT = 1
Tell = Callable[[str], None]


def back_up(cluster: Cluster, folder: Path, tell: Tell = lambda _: None) -> dict[str, Any]:
    """Write a backup of the embedded server's database into a new folder.

    All tables are read as of one moment, and their rows counted in that same moment. The folder is complete when it has
    its name: until then it is called `….unfinished`.

    Returns:
        The manifest: format, moment, server version, rows by table, and the sha256 of every file.
    """
    if folder.exists():
        raise DatabaseError(f"{folder} exists; name a new folder for the backup.")
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    with cluster.connect(ADMINISTRATOR) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        snapshot = _one(connection, "SELECT pg_export_snapshot()")
        tell("writing tables")
        unfinished.mkdir(mode=0o700, parents=True)
        _program(cluster, "pg_dump", "--format=directory", "--compress=gzip:1", f"--snapshot={snapshot}",
                 "--dbname", DATABASE, f"--file={unfinished / 'tables'}")  # fmt: skip
        tell("counting rows and files")
        manifest = {
            "format": _FORMAT,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "server": _one(connection, "SHOW server_version"),
            "rows": _rows(connection),
            "files": {path.name: _sha256(path) for path in sorted((unfinished / "tables").iterdir())},
        }
    (unfinished / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    unfinished.rename(folder)
    return manifest


def check(folder: Path) -> dict[str, Any]:
    """The manifest of a backup, when every file is there and unchanged.

    Raises:
        DatabaseError: what is missing, changed or added.
    """
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        expected: dict[str, str] = manifest["files"]
    except (OSError, ValueError, KeyError, TypeError):
        raise DatabaseError(f"{folder} is no finished backup: it has no readable {MANIFEST}.") from None
    if manifest.get("format") != _FORMAT:
        raise DatabaseError(f"{folder} has backup format {manifest.get('format')}; this version reads {_FORMAT}.")
    found = {path.name for path in (folder / "tables").iterdir()} if (folder / "tables").is_dir() else set[str]()
    wrong = [f"{name} is missing" for name in sorted(expected.keys() - found)]
    wrong += [f"{name} is not of this backup" for name in sorted(found - expected.keys())]
    wrong += [
        f"{name} was changed" for name in sorted(found & expected.keys())
        if _sha256(folder / "tables" / name) != expected[name]
    ]  # fmt: skip
    if wrong:
        raise DatabaseError(f"{folder} cannot be restored: {'; '.join(wrong)}. Take another backup.")
    return manifest


def restore(cluster: Cluster, folder: Path, tell: Tell = lambda _: None) -> str:
    """Put a backup in the place of the embedded server's database; that one is kept under another name.

    Returns:
        The name under which the database that was there is kept.

    Raises:
        DatabaseError: the backup is damaged, or what came back is not what went in; nothing was replaced then.
    """
    tell("checking files")
    manifest = check(folder)
    moment = datetime.now(UTC).strftime("%Y%m%d_%H%M%S_%f")
    fresh, kept = f"balsts_restoring_{moment}", f"balsts_before_{moment}"
    new_database(cluster, fresh)
    try:
        tell("reading tables")
        _program(cluster, "pg_restore", "--exit-on-error", "--dbname", fresh, str(folder / "tables"))
        with cluster.connect(ADMINISTRATOR, fresh) as connection:
            rows = _rows(connection)
        if rows != manifest["rows"]:
            differing = sorted(name for name in rows.keys() | manifest["rows"].keys()
                               if rows.get(name) != manifest["rows"].get(name))  # fmt: skip
            raise DatabaseError(f"{folder}: restored rows differ in {', '.join(differing)}; nothing was replaced.")
    except DatabaseError:
        _administer(cluster, sql.SQL("DROP DATABASE {}").format(sql.Identifier(fresh)))
        raise
    tell("changing over")
    _rename(cluster, DATABASE, kept)
    _rename(cluster, fresh, DATABASE)
    return kept


def _rename(cluster: Cluster, old: str, new: str) -> None:
    with cluster.connect(ADMINISTRATOR, "postgres", autocommit=True) as connection:
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [old])
        connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(old), sql.Identifier(new)))


def _administer(cluster: Cluster, command: sql.Composed) -> None:
    with cluster.connect(ADMINISTRATOR, "postgres", autocommit=True) as connection:
        connection.execute(command)


def _rows(connection: psycopg.Connection[Any]) -> dict[str, int]:
    tables = connection.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname"
    ).fetchall()
    count = sql.SQL("SELECT count(*) FROM {}")
    return {name: _one(connection, count.format(sql.Identifier(name))) for (name,) in tables}


def _one(connection: psycopg.Connection[Any], query: Any) -> Any:
    row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _program(cluster: Cluster, program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs as its administrator; the password goes by the environment."""
    done = subprocess.run(
        [cluster.programs / program, "-h", cluster.socket, "-p", str(PORT), "-U", ADMINISTRATOR, *arguments],
        env=os.environ | {"PGPASSWORD": cluster.password(ADMINISTRATOR), "LC_ALL": "C"},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise DatabaseError(f"{program} failed: {' / '.join(done.stderr.strip().splitlines()[-3:])}")
