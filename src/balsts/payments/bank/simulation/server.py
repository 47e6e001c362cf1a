"""The simulated bank over HTTP.

PUT  /files/NAME               a payment file, with the hash of its bytes; the answer is a receipt
GET  /files/NAME               the receipt again
GET  /messages                 what is ready, ?after=NUMBER&limit=N
GET  /messages/NUMBER          one message

From this machine alone, without credentials:

GET  /day                      the day that is open
POST /day                      closes it
GET  /admin/accounts           what stands on each account, and what went and came back
PUT  /admin/scenario           how the bank behaves from now on
POST, DELETE /admin/faults     what goes wrong
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import re
import secrets
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from balsts.law.engine.errors import DomainError
from balsts.payments.bank.simulation.bank import Incoming, SimulatedBank
from balsts.payments.bank.simulation.payment_files import NotTaken
from balsts.payments.bank.simulation.scenario import Close, Fault, Order, Scenario, read

MOST_BYTES = 4 << 30
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_MOST_AT_ONCE = 1_000
_MOST_ORDER = 4 << 20
_HERE = ("127.0.0.1", "::1")


class BankServer:
    """The requests of one simulated bank.

    Args:
        clients: secret by client id.
    """

    def __init__(self, bank: SimulatedBank, clients: dict[str, str]) -> None:
        self._bank = bank
        self._clients = clients

    def application(self) -> Starlette:
        """The ASGI application."""
        return Starlette(
            routes=[
                Route("/files/{name}", self.put_file, methods=["PUT"]),
                Route("/files/{name}", self.receipt, methods=["GET"]),
                Route("/messages", self.messages, methods=["GET"]),
                Route("/messages/{number:int}", self.message, methods=["GET"]),
                Route("/day", self.day, methods=["GET"]),
                Route("/day", self.close_day, methods=["POST"]),
                Route("/admin/accounts", self.accounts, methods=["GET"]),
                Route("/admin/scenario", self.scenario, methods=["PUT"]),
                Route("/admin/faults", self.faults, methods=["POST", "DELETE"]),
            ],
            exception_handlers={
                HTTPException: _problem,
                NotTaken: _not_taken,
                DomainError: _wrong_input,
                ClientDisconnect: _gone,
            },
        )

    # ------------------------------------------------------------------------------------------ who may ask

    async def _admit(self, request: Request) -> None:
        """See who asks, and whether the bank answers anybody now. What is not read would cut the caller off."""
        refusal: HTTPException | None = None
        if not self._is_client(request.headers.get("authorization", "")):
            refusal = HTTPException(401, "Client and secret are missing or wrong.", {"www-authenticate": "Basic"})
        elif await run_in_threadpool(self._bank.books.happens, Fault.UNAVAILABLE):
            refusal = HTTPException(503, "The bank is not to be had, as it was told.")
        if refusal is not None:
            async for _ in request.stream():
                pass
            raise refusal

    def _is_client(self, header: str) -> bool:
        kind, _, encoded = header.partition(" ")
        try:
            client, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return False
        known = self._clients.get(client)
        return kind.lower() == "basic" and known is not None and secrets.compare_digest(known, secret)

    # ------------------------------------------------------------------------------------------ files

    async def put_file(self, request: Request) -> Response:
        """Take a payment file."""
        await self._admit(request)
        name = str(request.path_params["name"])
        path, sha256, size = await self._received(request)
        try:
            if not _NAME.fullmatch(name):
                raise NotTaken("bad_name", "A file is named by up to 100 letters, digits, full stops, - and _.")
            if request.headers.get("content-digest") != _digest(sha256):
                raise NotTaken("hash", "Content-Digest is missing, or is not of the bytes that came.")
            incoming = Incoming(name, path, sha256, size)
            receipt, is_new = await run_in_threadpool(self._bank.accept, incoming)
        finally:
            path.unlink(missing_ok=True)
        if await run_in_threadpool(self._bank.books.happens, Fault.NO_ANSWER):
            return _Dropped()
        return JSONResponse(receipt, 201 if is_new else 200)

    async def _received(self, request: Request) -> tuple[Path, str, int]:
        """What comes, in a file of its own, which is gone again when it does not come whole."""
        digest, size = hashlib.sha256(), 0
        handle, name = tempfile.mkstemp(dir=self._bank.books.incoming())
        path = Path(name)
        with ExitStack() as stack:
            stack.callback(path.unlink, missing_ok=True)
            with os.fdopen(handle, "wb") as file:
                async for data in request.stream():
                    size += len(data)
                    if size <= MOST_BYTES:
                        digest.update(data)
                        file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if size > MOST_BYTES:
                raise HTTPException(413, f"A file of more than {MOST_BYTES} bytes is not taken.")
            stack.pop_all()
        return path, digest.hexdigest(), size

    async def receipt(self, request: Request) -> Response:
        """The receipt of a file."""
        await self._admit(request)
        found = await run_in_threadpool(self._bank.receipt, str(request.path_params["name"]))
        if found is None:
            return _details(404, "There is no file of this name.", "unknown_file")
        return JSONResponse(found)

    # ------------------------------------------------------------------------------------------ messages

    async def messages(self, request: Request) -> Response:
        """What is ready."""
        await self._admit(request)
        after, limit = _whole_number(request, "after", 0), _whole_number(request, "limit", _MOST_AT_ONCE)
        return JSONResponse(await run_in_threadpool(self._bank.messages, after, min(limit, _MOST_AT_ONCE)))

    async def message(self, request: Request) -> Response:
        """One message."""
        await self._admit(request)
        found = await run_in_threadpool(self._bank.message, int(request.path_params["number"]))
        if found is None:
            return _details(404, "There is no message of this number.", "unknown_message")
        path, sha256 = found
        return FileResponse(path, media_type="application/xml", headers={"content-digest": _digest(sha256)})

    # ------------------------------------------------------------------------------------------ days and orders

    async def day(self, request: Request) -> Response:
        """The day that is open."""
        await _order(request)
        return JSONResponse({"today": (await run_in_threadpool(self._bank.day)).isoformat()})

    async def close_day(self, request: Request) -> Response:
        """Close a day; of one that was closed, say again what it gave."""
        body = await _order(request)
        wanted = read(Close, body, "The day to be closed").day if body else None
        return JSONResponse(await run_in_threadpool(self._bank.close_day, wanted))

    async def accounts(self, request: Request) -> Response:
        """What the bank holds of each account, to be compared with what others believe."""
        await _order(request)
        return JSONResponse(await run_in_threadpool(self._bank.accounts))

    async def scenario(self, request: Request) -> Response:
        """Behave otherwise from now on; what was taken before keeps to the scenario it came under."""
        scenario = read(Scenario, await _order(request), "The scenario")
        await run_in_threadpool(self._bank.behave, scenario)
        return JSONResponse({"done": "The scenario is in force."})

    async def faults(self, request: Request) -> Response:
        """Put a fault in force, or take all away."""
        body = await _order(request)
        if request.method == "DELETE":
            await run_in_threadpool(self._bank.end_faults)
            return JSONResponse({"done": "No fault is in force."})
        await run_in_threadpool(self._bank.put_in_force, read(Order, body, "The fault"))
        return JSONResponse({"done": "The fault is in force."})


class _Dropped(Response):
    """An answer that never comes whole: the connection ends after its first bytes."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Begin an answer, and do not end it; the server then closes the connection."""
        await send({"type": "http.response.start", "status": 201, "headers": [(b"content-length", b"1000")]})


async def _order(request: Request) -> bytes:
    """The body of an order, which this machine alone may give."""
    if request.client is None or request.client.host not in _HERE:
        raise HTTPException(403, "This address answers to its own machine alone.")
    body = b""
    async for data in request.stream():
        body += data
        if len(body) > _MOST_ORDER:
            raise HTTPException(413, f"An order has at most {_MOST_ORDER} bytes.")
    return body


def _digest(sha256: str) -> str:
    return f"sha-256=:{base64.b64encode(bytes.fromhex(sha256)).decode()}:"


def _whole_number(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, str(default))
    if not (text.isascii() and text.isdigit()) or len(text) > 15:
        raise HTTPException(400, f"{name} must be a whole number from 0.")
    return int(text)


async def _problem(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _details(error.status_code, error.detail, "", dict(error.headers or {}))


async def _gone(_request: Request, _error: Exception) -> Response:
    """Whoever called has hung up before the end; nobody reads this."""
    return Response(status_code=400)


async def _not_taken(_request: Request, error: Exception) -> Response:
    assert isinstance(error, NotTaken)
    return _details(409 if error.code in ("name_taken", "duplicate_message") else 422, error.detail, error.code)


async def _wrong_input(_request: Request, error: Exception) -> Response:
    return _details(400, str(error), "wrong_input")


def _details(status: int, detail: str, code: str, headers: dict[str, str] | None = None) -> Response:
    """An error as RFC 9457 wants it, with a code for programs."""
    content: dict[str, Any] = {
        "type": "about:blank",
        "status": status,
        "detail": detail,
        "code": code or f"http_{status}",
    }
    return Response(json.dumps(content), status, headers, media_type="application/problem+json")
