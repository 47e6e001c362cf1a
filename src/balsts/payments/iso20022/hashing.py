"""A file that is hashed while it is read, so that what is used later is known to be what was verified."""

from __future__ import annotations

import hashlib
from typing import Protocol


class Readable(Protocol):
    """Anything bytes can be read from: a file, a stored document, a connection."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""
        ...


class Hashed:
    """Reads from another file; `digest` is of what has been read."""

    def __init__(self, source: Readable) -> None:
        self._source = source
        self.digest = hashlib.sha256()

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""
        data = self._source.read(size)
        self.digest.update(data)
        return data
