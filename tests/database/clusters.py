"""Servers of tests: each in a folder of its own under the system's folder for temporary files."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from balsts.database import server
from balsts.database.server import Cluster, DatabaseError

_PREFIX = "balsts-test-"
_PATIENCE_SECONDS = 30
IN_A_HURRY = (("fsync", "off"), ("synchronous_commit", "off"))
"""Options of a server of which nothing needs to last: nothing waits for the disk."""
_RUN = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()
"""The process of the whole test run: what is made once in it belongs to it."""
_NAME = os.environ.get("PYTEST_XDIST_TESTRUNUID") or uuid.uuid4().hex
"""Of the run alone: numbers of processes come again."""


def folder_for_a_cluster() -> Path:
    """A new folder; those of test runs that were killed are removed first, with their servers."""
    remove_left_folders()
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
    folder.chmod(0o711)  # the server's own account must reach its folder in it
    return folder


def migrated_cluster() -> Cluster:
    """A server of its own that does not run yet, in a new folder, whose tables are up to date.

    Bringing them up to date takes longer than most tests: `balsts db migrate` does it once in a test run.
    """
    found = Cluster(folder_for_a_cluster(), options=IN_A_HURRY)
    subprocess.run(["cp", "-a", f"{_migrated_once()}/.", str(found.folder)], check=True)
    return found


def _migrated_once() -> Path:
    made = Cluster(Path(tempfile.gettempdir()) / f"{_PREFIX}{_RUN}-{_NAME}", options=IN_A_HURRY)
    made.folder.mkdir(exist_ok=True)
    made.folder.chmod(0o711)
    with (made.folder / "copied.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (whole := made.folder / "migrated").exists():
            server.start(made)
            kept = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "BALSTS_"))}
            command = [sys.executable, "-m", "balsts.cli", "db", "migrate"]
            subprocess.run(command, env=kept | {"BALSTS_DATA": str(made.folder)}, check=True, capture_output=True)
            server.stop(made)
            whole.touch()
    return made.folder


def throw_away_what_the_run_made() -> None:
    """At the end of a test run: what `migrated_cluster` copies is not needed any more."""
    if os.getpid() == _RUN:
        for made in Path(tempfile.gettempdir()).glob(f"{_PREFIX}{_RUN}-*"):
            throw_away(Cluster(made))


def remove_left_folders() -> None:
    """Remove the folders of test runs that were killed; what cannot be removed now is left to the next run."""
    with _alone() as temporary:
        for left in temporary.glob(f"{_PREFIX}*-*"):
            number = left.name.removeprefix(_PREFIX).split("-")[0]
            if number.isdigit() and left.stat().st_uid == os.geteuid() and not _is_alive(int(number)):
                try:
                    throw_away(Cluster(left))
                except (OSError, DatabaseError) as error:
                    print(f"{left} is left to the next run: {error}")


def throw_away(cluster: Cluster) -> None:
    """Stop a server and remove its folder; a server that is just starting or stopping is waited for.

    Raises:
        OSError: the folder cannot be removed, or somebody goes on writing in it.
    """
    patience = time.monotonic() + _PATIENCE_SECONDS
    while cluster.folder.exists():
        if (cluster.data / "PG_VERSION").exists():
            server.stop(cluster)
        try:
            if not _writes(cluster):
                shutil.rmtree(cluster.folder)
        except OSError:  # a file came or went meanwhile
            if time.monotonic() > patience:
                raise
        if cluster.folder.exists():
            if time.monotonic() > patience:
                raise TimeoutError(f"{cluster.folder}: its server does not end.")
            time.sleep(0.1)


def _writes(cluster: Cluster) -> bool:
    """Whether a server or its set-up is still at work in the folder: one that does not answer may still write."""
    command = ["ps", "-e", "-ww", "-o", "stat=,args="]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return any(str(cluster.data) in line and not line.startswith("Z") for line in found.splitlines())


@contextmanager
def _alone() -> Iterator[Path]:
    """The folder for temporary files, for one cleaner at a time, whatever run it belongs to."""
    temporary = Path(tempfile.gettempdir())
    with (temporary / f"{_PREFIX}{os.geteuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield temporary


def _is_alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
