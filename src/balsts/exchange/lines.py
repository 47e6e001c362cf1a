"""One line to one register: its own pool, its own patience, its own circuit. What one does delays no other."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import httpx
import stamina

from balsts.exchange.breaker import CircuitBreaker
from balsts.exchange.connections import ClientCredentials, Connection, Patience
from balsts.exchange.contract import FactStatus
from balsts.exchange.messages import MEDIA_TYPE, MOST_BYTES, PERMIT_HEADER
from balsts.exchange.texts import FAILED, MALFORMED, PAUSED, REFUSED, TIMED_OUT, UNREACHABLE, Text


@dataclass
class NoAnswer(Exception):
    """A register gave no answer that can be used.

    Attributes:
        status: what the facts become.
        reason: shown to people.
        detail: for those who run it; without personal data.
        may_pass: whether asking again can help.
        retry_after: seconds that the register asked to wait.
    """

    status: FactStatus
    reason: Text
    detail: str
    may_pass: bool = False
    retry_after: float | None = None


class Line:
    """Requests to one register over HTTP, with retries, a deadline and a circuit breaker."""

    def __init__(
        self,
        connection: Connection,
        patience: Patience,
        auth: ClientCredentials,
        breaker: CircuitBreaker | None = None,
    ) -> None:
        self._patience = patience
        self._breaker = breaker or CircuitBreaker(patience.failures, patience.pause_seconds)
        self._turns = asyncio.Semaphore(patience.at_once)
        self._http = httpx.AsyncClient(
            base_url=connection.address,
            auth=auth,
            headers={PERMIT_HEADER: connection.permit, "Accept": f"{MEDIA_TYPE}, application/json"},
            timeout=httpx.Timeout(patience.read_seconds, connect=patience.connect_seconds, pool=None),
            limits=httpx.Limits(max_connections=patience.at_once + 1),
            follow_redirects=False,
        )

    async def close(self) -> None:
        """Give the connections back."""
        await self._http.aclose()

    async def get(self, path: str, **parameters: str | int) -> bytes:
        """The body of a page.

        Raises:
            NoAnswer: none came in time, or not a right one.
        """
        return await self._patiently("GET", path, params=parameters)

    async def post(self, path: str, body: bytes) -> bytes:
        """The body of the answer to a question. A question changes nothing, so it may be asked again.

        Raises:
            NoAnswer: none came in time, or not a right one.
        """
        return await self._patiently("POST", path, content=body, headers={"Content-Type": "application/json"})

    async def _patiently(self, method: str, path: str, **request: Any) -> bytes:
        patience = self._patience
        try:
            async with asyncio.timeout(patience.deadline_seconds), self._turns:
                async for attempt in stamina.retry_context(
                    on=_wait_before_asking_again,
                    attempts=patience.attempts,
                    timeout=None,
                    wait_initial=patience.first_wait_seconds,
                    wait_max=patience.longest_wait_seconds,
                    wait_jitter=patience.first_wait_seconds,
                ):
                    with attempt:
                        return await self._once(method, path, **request)
        except TimeoutError:
            self._breaker.failed()
            raise _timed_out(f"no answer within {patience.deadline_seconds:g} s") from None
        raise AssertionError("the attempts ended without an answer and without an error")

    async def _once(self, method: str, path: str, **request: Any) -> bytes:
        if not self._breaker.lets_through():
            raise NoAnswer(FactStatus.UNAVAILABLE, PAUSED, "the circuit is open")
        try:
            async with self._http.stream(method, path, **request) as response:
                _check_status(response)
                body = await _read(response)
        except NoAnswer as error:
            self._count(error)
            raise
        except httpx.HTTPError as error:
            lost = _lost(error)
            self._count(lost)
            raise lost from None
        self._breaker.answered()
        return body

    def _count(self, lost: NoAnswer) -> None:
        if lost.status is FactStatus.UNAVAILABLE and lost.reason is not REFUSED:
            self._breaker.failed()
        else:
            self._breaker.answered()


def _wait_before_asking_again(error: Exception) -> bool | float:
    if not isinstance(error, NoAnswer) or not error.may_pass:
        return False
    return error.retry_after if error.retry_after is not None else True


def _check_status(response: httpx.Response) -> None:
    status = response.status_code
    if status == httpx.codes.OK:
        return
    if status >= 500 or status == httpx.codes.TOO_MANY_REQUESTS:
        wait = response.headers.get("retry-after", "")
        raise NoAnswer(
            FactStatus.UNAVAILABLE, FAILED, f"HTTP {status}", may_pass=True,
            retry_after=float(wait) if wait.isdecimal() else None,
        )  # fmt: skip
    raise NoAnswer(FactStatus.UNAVAILABLE, REFUSED, f"HTTP {status}")


async def _read(response: httpx.Response) -> bytes:
    parts, size = [], 0
    async for part in response.aiter_bytes():
        parts.append(part)
        size += len(part)
        if size > MOST_BYTES:
            raise NoAnswer(FactStatus.UNREADABLE, MALFORMED, f"more than {MOST_BYTES:,} bytes")
    return b"".join(parts)


def _lost(error: httpx.HTTPError) -> NoAnswer:
    """What an error of the way there means; its own words may hold an address, so only its kind is kept."""
    if isinstance(error, httpx.HTTPStatusError):  # the token was refused, or could not be had
        status = error.response.status_code
        if status < 500:
            return NoAnswer(FactStatus.UNAVAILABLE, REFUSED, f"no token: HTTP {status}")
        return NoAnswer(FactStatus.UNAVAILABLE, FAILED, f"no token: HTTP {status}", may_pass=True)
    if isinstance(error, httpx.TimeoutException):
        return _timed_out(type(error).__name__)
    return NoAnswer(FactStatus.UNAVAILABLE, UNREACHABLE, type(error).__name__, may_pass=True)


def _timed_out(detail: str) -> NoAnswer:
    return NoAnswer(FactStatus.UNAVAILABLE, TIMED_OUT, detail, may_pass=True)
