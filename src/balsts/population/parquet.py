"""Writing population files."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


def write_population(table: pa.Table | Iterable[pa.Table], path: str | os.PathLike[str]) -> None:
    """Write a population file, or leave what was there: a half-written file never has the name asked for.

    Args:
        table: the population, or its blocks in order, of which only one is held in memory.
        path: the file; its folder must exist.

    Raises:
        OSError: the folder or the file cannot be written.
        ValueError: there is no block.
    """
    target = Path(path)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    os.close(handle)
    try:
        _write_blocks([table] if isinstance(table, pa.Table) else table, name)
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _write_blocks(blocks: Iterable[pa.Table], name: str) -> None:
    writer: pq.ParquetWriter | None = None
    try:
        for block in blocks:
            if writer is None:
                writer = pq.ParquetWriter(name, block.schema, compression="zstd")
            writer.write_table(block, row_group_size=max(1, len(block)))
    finally:
        if writer is not None:
            writer.close()
    if writer is None:
        raise ValueError("A population file needs at least one block; none was given.")


def _umask() -> int:
    """The mask for new files; it can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
