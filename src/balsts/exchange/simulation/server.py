"""The simulated state over HTTP: the addresses of every register, and those that make things go wrong.

POST /oauth2/token                      a token for the client (OAuth 2.0 client credentials)
GET  /.well-known/jwks.json             the keys that messages are signed with
POST /registers/REGISTER/query          one person; the answer is a signed message
GET  /registers/REGISTER/changes        the feed, ?after=POSITION&limit=N
GET  /registers/REGISTER/snapshot       everything, ?after=CODE&limit=N
POST /spdci/REGISTRY/registry/sync/search   crvs or dr, as the SPDCI standard describes it
POST, DELETE /admin/faults              from this machine alone
POST /admin/events                      from this machine alone
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import ipaddress
import json
import secrets
import time
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

from joserfc.jwk import KeySet
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from balsts.exchange.catalogue import REGISTERS
from balsts.exchange.messages import MEDIA_TYPE, PERMIT_HEADER, Query, as_json, places_of, sign
from balsts.exchange.simulation.faults import AnyFault, Fail, Hang, Lag, Malformed, Slow, read_event, read_fault
from balsts.exchange.simulation.malformed import malformed
from balsts.exchange.simulation.searched import searched_registries
from balsts.exchange.simulation.state import SimulatedState
from balsts.exchange.spdci.server import answer, http_error
from balsts.law.engine.errors import DomainError

TOKEN_SECONDS = 300
_HANG_SECONDS, _LOOKS_UP_EVERY = 600.0, 0.05
_MOST_ON_A_PAGE = 1000


class RegisterServer:
    """The requests of one simulated state.

    Args:
        state: what the registers hold.
        clients: secret by client id.
        askers: the keys of those who may search by the SPDCI standard; None where the token alone proves who asks.
    """

    def __init__(self, state: SimulatedState, clients: dict[str, str], askers: KeySet | None = None) -> None:
        self.state = state
        self._clients, self._askers = clients, askers
        self._tokens: dict[str, float] = {}
        self._searched = searched_registries(state)

    def application(self) -> Starlette:
        """The ASGI application."""
        return Starlette(
            routes=[
                Route("/oauth2/token", self.token, methods=["POST"]),
                Route("/.well-known/jwks.json", self.keys),
                Route("/registers/{register}/query", self.query, methods=["POST"]),
                Route("/registers/{register}/changes", self.changes),
                Route("/registers/{register}/snapshot", self.snapshot),
                Route("/spdci/{registry}/registry/sync/search", self.search, methods=["POST"]),
                Route("/admin/faults", self.faults, methods=["POST", "DELETE"]),
                Route("/admin/events", self.events, methods=["POST"]),
            ],
            exception_handlers={HTTPException: _problem, DomainError: _wrong_input},
        )

    # ------------------------------------------------------------------------------------------ who may ask

    async def token(self, request: Request) -> Response:
        """A token that lives for five minutes (RFC 6749, 4.4)."""
        form = parse_qs((await request.body()).decode(errors="replace"))
        if form.get("grant_type") != ["client_credentials"]:
            return JSONResponse({"error": "unsupported_grant_type"}, status_code=400)
        if not self._is_client(request.headers.get("authorization", "")):
            return JSONResponse({"error": "invalid_client"}, status_code=401)
        token = secrets.token_urlsafe(32)
        now = time.monotonic()
        self._tokens = {one: ends for one, ends in self._tokens.items() if ends > now}
        self._tokens[token] = now + TOKEN_SECONDS
        return JSONResponse(
            {"access_token": token, "token_type": "Bearer", "expires_in": TOKEN_SECONDS},
            headers={"cache-control": "no-store"},
        )

    def _is_client(self, header: str) -> bool:
        kind, _, encoded = header.partition(" ")
        try:
            client, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return False
        known = self._clients.get(client)
        return kind.lower() == "basic" and known is not None and secrets.compare_digest(known, secret)

    def _check_token(self, request: Request) -> None:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if self._tokens.get(token, 0.0) < time.monotonic():
            raise HTTPException(401, "The token is missing, unknown or has run out; ask for a new one.")

    def _authorise(self, request: Request) -> str:
        self._check_token(request)
        if not request.headers.get(PERMIT_HEADER):
            raise HTTPException(403, f"The header {PERMIT_HEADER} must name the permit to ask under.")
        code = str(request.path_params["register"])
        if code not in REGISTERS:
            raise HTTPException(404, f"There is no register {code}; there are {', '.join(REGISTERS)}.")
        return code

    # ------------------------------------------------------------------------------------------ what is asked

    async def keys(self, _request: Request) -> Response:
        """The public keys."""
        return JSONResponse(KeySet([self.state.key]).as_dict(private=False))

    async def query(self, request: Request) -> Response:
        """The answer to a question about one person."""
        code = self._authorise(request)
        try:
            query = Query.model_validate_json(await request.body())
            query.window()
        except (ValidationError, ValueError) as error:
            places = places_of(error) if isinstance(error, ValidationError) else "until"
            raise HTTPException(400, f"The question does not keep to the contract: {places}.") from None
        if query.purpose not in REGISTERS[code].purposes:
            raise HTTPException(403, f"{code} may not be asked for the purpose {query.purpose!r}.")
        faults = self.state.faults.met(code)
        await _wait(request, faults)
        message = self.state.answer(code, query, lag=_lag(faults))
        for fault in faults:
            if isinstance(fault, Malformed):
                content, media_type = malformed(fault.how, message, self.state.key)
                return Response(content, media_type=media_type)
        return Response(sign(as_json(message), self.state.key), media_type=MEDIA_TYPE)

    async def changes(self, request: Request) -> Response:
        """A page of the feed."""
        code = self._authorise(request)
        await _wait(request, self.state.faults.met(code))
        after, limit = _whole_number(request, "after", 0), _limit(request)
        return Response(as_json(self.state.changes(code, after, limit)), media_type="application/json")

    async def snapshot(self, request: Request) -> Response:
        """A page of the snapshot, signed as a whole."""
        code = self._authorise(request)
        faults = self.state.faults.met(code)
        await _wait(request, faults)
        page = self.state.snapshot(code, request.query_params.get("after"), _limit(request), lag=_lag(faults))
        return Response(sign(as_json(page), self.state.key), media_type=MEDIA_TYPE)

    async def search(self, request: Request) -> Response:
        """A search of the SPDCI standard. The token proves who asks, and the signature where keys are known."""
        try:
            self._check_token(request)
        except HTTPException as error:
            return Response(http_error("err.request.unauthorized", error.detail), 401, media_type="application/json")
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            error_body = http_error("err.request.bad", "a search is sent as application/json")
            return Response(error_body, 415, media_type="application/json")
        registry = self._searched.get(str(request.path_params["registry"]))
        if registry is None:
            raise HTTPException(404, f"Searched are {', '.join(self._searched)}.")
        status, body = answer(registry, await request.body(), self.state.key, self._askers)
        return Response(body, status, media_type="application/json")

    # ------------------------------------------------------------------------------------------ what goes wrong

    async def faults(self, request: Request) -> Response:
        """Put a fault in force, or take away those of ?register=, or all."""
        _only_from_this_machine(request)
        if request.method == "DELETE":
            self.state.faults.clear(request.query_params.get("register"))
            return JSONResponse({"done": "Faults are taken away."})
        fault = read_fault(await request.body())
        if fault.register_code not in REGISTERS:
            raise HTTPException(404, f"There is no register {fault.register_code}; there are {', '.join(REGISTERS)}.")
        self.state.faults.add(fault)
        return JSONResponse({"done": "The fault is in force."})

    async def events(self, request: Request) -> Response:
        """Let something happen in the state."""
        _only_from_this_machine(request)
        return JSONResponse({"done": self.state.happen(read_event(await request.body()))})


async def _wait(request: Request, faults: list[AnyFault]) -> None:
    for fault in faults:
        if isinstance(fault, Slow):
            await asyncio.sleep(fault.seconds)
        elif isinstance(fault, Hang):
            await _hang(request)
        elif isinstance(fault, Fail):
            headers = None if fault.retry_after is None else {"retry-after": str(fault.retry_after)}
            raise HTTPException(fault.status, "The register fails, as it was told to.", headers)


async def _hang(request: Request) -> None:
    """Say nothing until whoever asks gives up."""
    ends_at = time.monotonic() + _HANG_SECONDS
    while time.monotonic() < ends_at and not await request.is_disconnected():
        await asyncio.sleep(_LOOKS_UP_EVERY)
    raise HTTPException(504, "The register hung.")


def _lag(faults: list[AnyFault]) -> timedelta:
    return timedelta(hours=sum(fault.hours for fault in faults if isinstance(fault, Lag)))


def _only_from_this_machine(request: Request) -> None:
    host = request.client.host if request.client else ""
    try:
        is_here = ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_here = False
    if not is_here:
        raise HTTPException(403, "This address answers to its own machine alone.")


def _limit(request: Request) -> int:
    return max(1, min(_whole_number(request, "limit", 100), _MOST_ON_A_PAGE))


def _whole_number(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, str(default))
    if not text.isdecimal():
        raise HTTPException(400, f"{name} must be a whole number from 0.")
    return int(text)


async def _problem(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _problem_details(error.status_code, error.detail, dict(error.headers or {}))


async def _wrong_input(_request: Request, error: Exception) -> Response:
    return _problem_details(400, str(error), {})


def _problem_details(status: int, detail: str, headers: dict[str, str]) -> Response:
    """An error as RFC 9457 wants it."""
    content: dict[str, Any] = {"type": "about:blank", "status": status, "detail": detail}
    return Response(json.dumps(content), status, headers, media_type="application/problem+json")
