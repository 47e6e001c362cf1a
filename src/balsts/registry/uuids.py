"""Identifiers that grow with time (UUID version 7), so that what is made together is stored together."""

from __future__ import annotations

import secrets
import threading
import time
import uuid

_lock = threading.Lock()
_last = 0


def uuid7() -> uuid.UUID:
    """A new identifier, above every one that this process made before (RFC 9562, section 5.7)."""
    global _last  # the one thing that makes identifiers grow within a millisecond
    with _lock:
        # 48 bits of milliseconds, then 12 of parts of one; 74 bits of the rest are random.
        now = time.time_ns() * 4096 // 1_000_000
        _last = max(now, _last + 1)
        moment, part = divmod(_last, 4096)
    rest = secrets.randbits(62)
    return uuid.UUID(int=moment << 80 | 0x7 << 76 | part << 64 | 0b10 << 62 | rest)
