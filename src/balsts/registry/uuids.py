"""Identifiers that grow with time (UUID version 7), so that what is made together is stored together."""

from __future__ import annotations

import os
import secrets
import threading
import time
import uuid

import numpy as np

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


def many_uuid7(size: int) -> np.ndarray:
    """New identifiers for the rows of a bulk load, each above the one before it (RFC 9562, section 6.2, method 1).

    Returns:
        Their 16 bytes, shape (size, 16): a moment, the row's number in 26 bits, and 48 random bits.

    Raises:
        ValueError: more than the row's number has room for.
    """
    if size > 1 << 26:
        raise ValueError(f"{size} identifiers at once; at most {1 << 26}.")
    moment = time.time_ns() // 1_000_000
    number = np.arange(size, dtype=np.uint64)
    high = np.uint64(moment << 16 | 0x7 << 12) | number >> np.uint64(14)
    low = np.uint64(0b10 << 62) | (number & np.uint64(0x3FFF)) << np.uint64(48)
    low |= np.frombuffer(os.urandom(8 * size), dtype=np.uint64) >> np.uint64(16)
    return np.stack([high, low], axis=1).astype(">u8").view(np.uint8).reshape(size, 16)
