"""Writes messages piece by piece: what is counted in their headings is laid out before them."""

from __future__ import annotations

import hashlib
import os
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from xml.sax.saxutils import escape

_CHUNK = 1 << 20


class Sink:
    """A file that is hashed and counted while it is written; synchronised with the disk at its end."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0
        self._digest = hashlib.sha256()
        self._file = path.open("wb")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._file.flush()
                os.fsync(self._file.fileno())
        finally:
            self._file.close()

    def put(self, text: str) -> None:
        """Write a text."""
        self.put_bytes(text.encode())

    def put_bytes(self, data: bytes) -> None:
        """Write bytes."""
        self._file.write(data)
        self._digest.update(data)
        self.size += len(data)

    def copy(self, source: IO[bytes], size: int) -> None:
        """Write so many bytes of a file, from where it stands."""
        while size:
            data = source.read(min(_CHUNK, size))
            if not data:
                raise OSError("The temporary file is shorter than what was written to it.")
            self.put_bytes(data)
            size -= len(data)

    @property
    def sha256(self) -> str:
        """Of what was written."""
        return self._digest.hexdigest()


def element(name: str, text: str) -> str:
    """An element with a text; nothing where the text is blank."""
    return f"<{name}>{escape(text)}</{name}>" if text else ""


def euros(cents: int) -> str:
    """Cents as a sum in euros."""
    whole, part = divmod(cents, 100)
    return f"{whole}.{part:02d}"


def amount(cents: int, name: str = "Amt") -> str:
    """An element with a sum in euros."""
    return f'<{name} Ccy="EUR">{euros(cents)}</{name}>'


def direction(is_credit: bool) -> str:
    """Whether money came or went."""
    return f"<CdtDbtInd>{'CRDT' if is_credit else 'DBIT'}</CdtDbtInd>"


def opened(version: str, name: str, message_id: str, day: date, hour: int) -> str:
    """The beginning of a message, which was made on a day of the bank at an hour."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:{version}">\n<{name}>\n'
        f"<GrpHdr><MsgId>{message_id}</MsgId><CreDtTm>{moment(day, hour)}</CreDtTm></GrpHdr>\n"
    )


def closed(name: str) -> str:
    """The end of a message."""
    return f"</{name}>\n</Document>\n"


def moment(day: date, hour: int) -> str:
    """A moment of the bank's time, which is not the real one."""
    return f"{day.isoformat()}T{hour:02}:00:00Z"
