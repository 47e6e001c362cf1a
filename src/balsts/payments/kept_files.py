"""Files for others and from them: each kept on disk under the hash of its bytes before the database knows of it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings


def folder_of_files() -> Path:
    """Where they are kept, for the server's own account alone."""
    folder: Path = settings.PAYMENT_FILES
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def path_of(sha256: str, ending: str = "xml") -> Path:
    """Where a file of this hash is kept."""
    return folder_of_files() / f"{sha256}.{ending}"


@contextmanager
def being_written(suffix: str) -> Iterator[IO[bytes]]:
    """A new file for a block; at its end it is gone, unless it was kept. `suffix` says whose it is until then."""
    with tempfile.NamedTemporaryFile(dir=folder_of_files(), suffix=suffix, delete=False) as file:
        try:
            yield file
        finally:
            Path(file.name).unlink(missing_ok=True)


def keep(file: IO[bytes], sha256: str, ending: str = "xml") -> None:
    """Keep a file that was written whole, for good."""
    file.flush()
    os.fsync(file.fileno())
    put_in_place(Path(file.name), sha256, ending)


def put_in_place(part: Path, sha256: str, ending: str = "xml") -> None:
    """Give a file that is on the disk its name, so that the name outlives the machine's power too."""
    part.replace(path_of(sha256, ending))
    descriptor = os.open(folder_of_files(), os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
