"""Servers of tests: each in a folder of its own under the system's folder for temporary files."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from balsts.database import server
from balsts.database.server import Cluster

_PREFIX = "balsts-test-"


def folder_for_a_cluster() -> Path:
    """A new folder; those of test runs that were killed are removed first, with their servers."""
    temporary = Path(tempfile.gettempdir())
    for left in temporary.glob(f"{_PREFIX}*-*"):
        number = left.name.removeprefix(_PREFIX).split("-")[0]
        if number.isdigit() and left.stat().st_uid == os.geteuid() and not _is_alive(int(number)):
            throw_away(Cluster(left))
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
    folder.chmod(0o711)  # the server's own account must reach its folder in it
    return folder


def throw_away(cluster: Cluster) -> None:
    """Stop a server and remove its folder."""
    if (cluster.data / "PG_VERSION").exists():
        server.stop(cluster)
    shutil.rmtree(cluster.folder)


def _is_alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
