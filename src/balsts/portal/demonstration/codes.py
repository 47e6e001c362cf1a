"""One-time codes as an authenticator app works them out (RFC 6238), for accounts of the demonstration."""

from __future__ import annotations

import base64
import hmac
import secrets
import time

_PERIOD_SECONDS, _DIGITS = 30, 6


def new_secret() -> str:
    """A new key of an authenticator, base 32."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def one_time_code(secret: str, at: float | None = None) -> str:
    """The code of a moment (seconds since 1970); left out, of now."""
    counter = int(time.time() if at is None else at) // _PERIOD_SECONDS
    digest = hmac.new(base64.b32decode(secret), counter.to_bytes(8, "big"), "sha1").digest()
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**_DIGITS:0{_DIGITS}}"
