"""Open data as a folder: written beside the one that stands, which it then replaces whole."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from balsts.law.engine.errors import InputError
from balsts.statistics.open_data.catalogue import FORMATS, catalogue, written
from balsts.statistics.open_data.files import Files
from balsts.statistics.open_data.publisher import Publishing

LIST = "open-data.json"
"""The list of the files of a folder, by which it is known again."""


def written_files(files: Files, here: Publishing) -> Iterator[tuple[str, bytes]]:
    """Every file with its place in the folder, the catalogue last."""
    for place in files.places():
        yield place, files.content(place)
    graph = catalogue(files, here)
    for ending in FORMATS:
        yield f"catalog.{ending}", written(graph, ending)


def written_folder(folder: Path, files: Iterable[tuple[str, bytes]], changed_at: datetime) -> dict[str, Any]:
    """Write a folder; until the last file is written, what stood there stays as it is.

    Returns:
        What the list in the folder says: when the figures last changed, and each file with its size and hash.

    Raises:
        InputError: something else lies there, which would be lost.
    """
    _must_be_ours(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as beside:
        fresh, old = Path(beside) / "fresh", Path(beside) / "old"
        fresh.mkdir()
        listed: list[dict[str, Any]] = []
        for place, content in files:
            path = fresh / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            listed.append({"path": place, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()})
        told = {"changed_at": changed_at.isoformat(), "files": listed}
        (fresh / LIST).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
        _replace(folder, fresh, old)
    return told


def _must_be_ours(folder: Path) -> None:
    if not folder.exists() or (folder.is_dir() and ((folder / LIST).is_file() or not any(folder.iterdir()))):
        return
    what = "holds other files" if folder.is_dir() else "is a file"
    raise InputError(f"{folder} {what}, which would be lost; expected a new or empty folder, or one that this command "
                     "wrote. Name another.")  # fmt: skip


def _replace(folder: Path, fresh: Path, old: Path) -> None:
    """Put a folder in the place of another, which comes back if that fails."""
    if folder.exists():
        folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
