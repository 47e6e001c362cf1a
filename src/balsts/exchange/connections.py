"""Where registers answer, and how we show who we are: an address and credentials, nothing of their contracts."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx
from joserfc.jwk import KeySet

from balsts.exchange.messages import public_keys
from balsts.law.engine.errors import InputError

_RENEWED_BEFORE_ITS_END = 10.0


@dataclass(frozen=True)
class Connection:
    """One way to registers.

    Attributes:
        address: where they answer, without a slash at the end.
        permit: the permit (VIRSIS atļauja) under which data are asked for.
        keys: the keys that messages are signed with; None takes those that the address publishes, which is safe only
            where the address itself is: on this machine, or by TLS.
    """

    address: str
    client_id: str
    client_secret: str
    permit: str
    keys: KeySet | None = None

    def __repr__(self) -> str:
        return f"Connection({self.address}, client {self.client_id})"


@dataclass(frozen=True)
class Patience:
    """How long a register is waited for, and how often it is asked again.

    Attributes:
        connect_seconds, read_seconds: of one attempt.
        deadline_seconds: of a question with all its attempts, and of waiting for its turn.
        attempts: at most, the first one included.
        first_wait_seconds, longest_wait_seconds: between attempts; doubled each time, with jitter.
        failures: in a row, after which the register is left alone for `pause_seconds`.
        at_once: how many questions one register is asked at a time.
    """

    connect_seconds: float = 2.0
    read_seconds: float = 5.0
    deadline_seconds: float = 15.0
    attempts: int = 3
    first_wait_seconds: float = 0.1
    longest_wait_seconds: float = 2.0
    failures: int = 5
    pause_seconds: float = 30.0
    at_once: int = 20


def connection_from_environment(environment: Mapping[str, str] = os.environ) -> Connection:
    """The connection that the environment names.

    BALSTS_REGISTERS_ADDRESS, _CLIENT, _SECRET, _PERMIT, and _KEYS (a JWKS file; optional for https and this machine).

    Raises:
        InputError: one of them is missing or cannot be used.
    """
    found = {}
    for name in ("ADDRESS", "CLIENT", "SECRET", "PERMIT"):
        value = environment.get(f"BALSTS_REGISTERS_{name}", "")
        if not value:
            raise InputError(f"BALSTS_REGISTERS_{name} is not set; registers cannot be asked without it.")
        found[name] = value
    url = httpx.URL(found["ADDRESS"])
    if url.scheme != "https" and url.host not in ("127.0.0.1", "localhost", "::1"):
        raise InputError("BALSTS_REGISTERS_ADDRESS must begin with https://, unless it is on this machine.")
    keys = environment.get("BALSTS_REGISTERS_KEYS")
    return Connection(
        address=found["ADDRESS"].rstrip("/"),
        client_id=found["CLIENT"],
        client_secret=found["SECRET"],
        permit=found["PERMIT"],
        keys=None if keys is None else _keys_of(Path(keys)),
    )


def _keys_of(path: Path) -> KeySet:
    try:
        return public_keys(path.read_bytes())
    except (OSError, ValueError):
        raise InputError(f"BALSTS_REGISTERS_KEYS: {path} is not a readable JWKS file.") from None


class ClientCredentials(httpx.Auth):
    """Shows a token that is asked for once and renewed shortly before it ends (OAuth 2.0 client credentials)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._token = ""
        self._ends_at = 0.0
        self._one_at_a_time = asyncio.Lock()

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """The request with a token; refused once, it goes out again with a new one."""
        for is_last in (False, True):
            async with self._one_at_a_time:
                if time.monotonic() >= self._ends_at:
                    await self._take((yield self._token_request()))
            shown = self._token
            request.headers["Authorization"] = f"Bearer {shown}"
            response = yield request
            if response.status_code != httpx.codes.UNAUTHORIZED or is_last:
                return
            if shown == self._token:
                self._ends_at = 0.0

    def _token_request(self) -> httpx.Request:
        known = httpx.BasicAuth(self._connection.client_id, self._connection.client_secret)
        request = httpx.Request(
            "POST", f"{self._connection.address}/oauth2/token", data={"grant_type": "client_credentials"}
        )
        return next(known.auth_flow(request))

    async def _take(self, response: httpx.Response) -> None:
        await response.aread()
        response.raise_for_status()
        try:
            body = response.json()
            self._token, lives = str(body["access_token"]), float(body["expires_in"])
        except (ValueError, KeyError, TypeError):
            raise httpx.DecodingError("the answer to the request for a token is not one") from None
        self._ends_at = time.monotonic() + max(lives - _RENEWED_BEFORE_ITS_END, lives / 2)
