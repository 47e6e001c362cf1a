"""Where a bank answers, and how we show who we are. A simulated bank and a real one differ in nothing else."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from balsts.law.engine.errors import InputError

_HERE = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Connection:
    """One way to one bank.

    Attributes:
        address: where it answers, without a slash at the end.
    """

    address: str
    client_id: str
    client_secret: str

    @property
    def name(self) -> str:
        """Whose numbers of messages these are: the same whichever port the bank answers at."""
        return f"{self.client_id}@{httpx.URL(self.address).host}"

    def __repr__(self) -> str:
        return f"Connection({self.address}, client {self.client_id})"


@dataclass(frozen=True)
class Patience:
    """How long a bank is waited for.

    Attributes:
        connect_seconds: until it takes the call.
        write_seconds: until it takes the next piece of a file.
        answer_seconds: until it says something; a bank reads a large file to its end before it gives a receipt.
    """

    connect_seconds: float = 5.0
    write_seconds: float = 60.0
    answer_seconds: float = 600.0


def connection_from_environment(environment: Mapping[str, str] = os.environ) -> Connection:
    """The connection that the environment names: BALSTS_BANK_ADDRESS, _CLIENT, _SECRET.

    Raises:
        InputError: one of them is missing or cannot be used.
    """
    found = {}
    for name in ("ADDRESS", "CLIENT", "SECRET"):
        found[name] = environment.get(f"BALSTS_BANK_{name}", "")
        if not found[name]:
            raise InputError(f"BALSTS_BANK_{name} is not set; no bank can be spoken to without it.")
    url = httpx.URL(found["ADDRESS"])
    if url.scheme != "https" and url.host not in _HERE:
        raise InputError("BALSTS_BANK_ADDRESS must begin with https://, unless it is on this machine.")
    return Connection(found["ADDRESS"].rstrip("/"), found["CLIENT"], found["SECRET"])
