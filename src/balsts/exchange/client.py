"""Asks registers, real or simulated: only connections differ. Every question and every message is kept."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from types import TracebackType
from typing import Any, Self, TypeVar

from joserfc.jwk import KeySet
from pydantic import ValidationError

from balsts.access.roles import PURPOSES
from balsts.exchange.answers import Answer, answer_of, no_answer, read_answer, read_signed
from balsts.exchange.breaker import CircuitBreaker
from balsts.exchange.catalogue import register
from balsts.exchange.connections import ClientCredentials, Connection, Patience
from balsts.exchange.contract import AnyContract, FactStatus
from balsts.exchange.facts import Source
from balsts.exchange.lines import Line, NoAnswer
from balsts.exchange.messages import (
    ChangesPage,
    Message,
    Query,
    SnapshotPage,
    as_json,
    message_type,
    places_of,
    public_keys,
    snapshot_type,
    unsigned,
)
from balsts.exchange.store import AlteredMessage, AskedQuestion, KeptKind, MessageStore, Question, ReceivedMessage
from balsts.exchange.texts import ALTERED, MALFORMED, UNSIGNED
from balsts.law.engine.errors import InputError

_INTAKE = "register_intake"
Readable = TypeVar("Readable")


@dataclass(frozen=True)
class FeedEntry:
    """A message of the feed of changes. `message` is None when it cannot be read; then `problem` says why."""

    position: int
    message: Message[Any] | None
    source: Source
    is_new: bool
    problem: str = ""


class RegisterClient:
    """Asks registers and reads their feeds; to be used as a context manager, in one event loop.

    Args:
        connections: by code of the register; `*` stands for all others.
        store: where questions and messages are kept.
        patience: how long a register is waited for.
        circuits: kept from client to client, so that a register that has just failed is not asked again at once.
    """

    def __init__(
        self,
        connections: Mapping[str, Connection],
        store: MessageStore,
        patience: Patience | None = None,
        circuits: dict[tuple[str, str], CircuitBreaker] | None = None,
    ) -> None:
        self._connections = connections
        self._store = store
        self._patience = patience or Patience()
        self._circuits = {} if circuits is None else circuits
        self._lines: dict[str, Line] = {}
        self._auth: dict[Connection, ClientCredentials] = {}
        self._keys: dict[str, KeySet] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.gather(*(line.close() for line in self._lines.values()))

    # ------------------------------------------------------------------------------------------ one person

    async def ask(self, question: Question) -> Answer:
        """Ask a register about a person. Whatever the register does, there is an answer that says so.

        Raises:
            InputError: there is no such register or connection, or it may not be asked for this purpose.
        """
        contract = register(question.register_code)
        _check_purpose(contract, question.purpose)
        asked = AskedQuestion(_query(question), question)
        await self._store.keep_question(asked)
        query = asked.query
        body = b""
        try:
            line = self._line(contract.code)
            body = await line.post(f"/registers/{contract.code}/query", as_json(query))
            message = await self._read(line, contract.code, partial(read_answer, contract, query, body))
            received, is_new = await self._keep(
                contract.code, "answer", body, question.purpose, query.request_id, message.message_id
            )
        except NoAnswer as lost:
            return await self._unanswered(contract, asked, lost, body)
        return answer_of(contract, query, message, received.sha256, is_new=is_new)

    async def ask_all(self, questions: Iterable[Question]) -> list[Answer]:
        """Ask several registers at once; a slow one delays the others in nothing but the return."""
        return list(await asyncio.gather(*(self.ask(question) for question in questions)))

    async def _unanswered(self, contract: AnyContract, asked: AskedQuestion, lost: NoAnswer, body: bytes) -> Answer:
        kind: KeptKind = "unreadable" if body else "no_answer"
        purpose, request_id = asked.question.purpose, asked.query.request_id
        received, _ = await self._keep(contract.code, kind, body, purpose, request_id, None, lost.detail)
        source = Source(contract.code, None, received.sha256) if body else None
        return no_answer(contract, asked.query, lost, source)

    # ------------------------------------------------------------------------------------------ feed and snapshot

    async def changes(self, register_code: str, after: int) -> AsyncIterator[FeedEntry]:
        """The feed after a position, oldest first, until its end. A message may come twice: see `is_new`.

        Raises:
            NoAnswer: the feed cannot be had now, or leaves out a position. What came before holds.
        """
        contract = register(register_code)
        line = self._line(register_code)
        while True:
            page = _page(await line.get(f"/registers/{register_code}/changes", after=after, limit=100))
            for change in page.changes:
                if change.position != after + 1:
                    raise NoAnswer(FactStatus.UNREADABLE, MALFORMED, f"after position {after} came {change.position}")
                yield await self._entry(contract, line, change.position, change.message.encode())
                after = change.position
            if not page.has_more or not page.changes:
                return

    async def _entry(self, contract: AnyContract, line: Line, position: int, body: bytes) -> FeedEntry:
        try:
            read = partial(read_signed, message_type(contract), body)
            message: Message[Any] = await self._read(line, contract.code, read)
            if message.register_code != contract.code or message.kind == "answer":
                raise NoAnswer(FactStatus.UNREADABLE, MALFORMED, "not a change of this register")
            received, is_new = await self._keep(contract.code, message.kind, body, _INTAKE, None, message.message_id)
        except NoAnswer as lost:
            received, is_new = await self._keep(contract.code, "unreadable", body, _INTAKE, None, None, lost.detail)
            return FeedEntry(position, None, Source(contract.code, None, received.sha256), is_new, lost.detail)
        source = Source(contract.code, message.message_id, received.sha256, message.as_of, message.issued_at)
        return FeedEntry(position, message, source, is_new)

    async def snapshot(self, register_code: str, page_size: int = 500) -> AsyncIterator[SnapshotPage[Any]]:
        """Everything that a register holds, page by page; read the feed on from the first page's position.

        Raises:
            NoAnswer: a page cannot be had or read.
        """
        contract = register(register_code)
        line = self._line(register_code)
        after: str | None = None
        while True:
            place = {} if after is None else {"after": after}
            body = await line.get(f"/registers/{register_code}/snapshot", limit=page_size, **place)
            read = partial(read_signed, snapshot_type(contract), body)
            page: SnapshotPage[Any] = await self._read(line, register_code, read)
            await self._keep(register_code, "snapshot", body, _INTAKE, None, page.message_id)
            yield page
            if page.next_after is None:
                return
            after = page.next_after

    # ------------------------------------------------------------------------------------------ what they share

    def _line(self, register_code: str) -> Line:
        if register_code not in self._lines:
            connection = self._connection(register_code)
            auth = self._auth.setdefault(connection, ClientCredentials(connection))
            place = (connection.address, register_code)
            circuit = self._circuits.setdefault(
                place, CircuitBreaker(self._patience.failures, self._patience.pause_seconds)
            )
            self._lines[register_code] = Line(connection, self._patience, auth, circuit)
        return self._lines[register_code]

    def _connection(self, register_code: str) -> Connection:
        found = self._connections.get(register_code) or self._connections.get("*")
        if found is None:
            raise InputError(f"There is no connection to {register_code}; name one for it, or one for all.")
        return found

    async def _read(self, line: Line, register_code: str, read: Callable[[KeySet], Readable]) -> Readable:
        """Read a signed message; published keys are fetched anew when they do not fit, for they are renewed."""
        try:
            return read(await self._keys_of(line, register_code))
        except NoAnswer as lost:
            connection = self._connection(register_code)
            if lost.reason is not UNSIGNED or connection.keys is not None:
                raise
            self._keys.pop(connection.address, None)
        return read(await self._keys_of(line, register_code))

    async def _keys_of(self, line: Line, register_code: str) -> KeySet:
        connection = self._connection(register_code)
        if connection.keys is not None:
            return connection.keys
        if connection.address not in self._keys:
            try:
                self._keys[connection.address] = public_keys(await line.get("/.well-known/jwks.json"))
            except ValueError as error:
                raise NoAnswer(FactStatus.UNREADABLE, MALFORMED, str(error)) from None
        return self._keys[connection.address]

    async def _keep(
        self, register_code: str, kind: KeptKind, body: bytes, purpose: str, request_id: str | None,
        message_id: str | None, problem: str = "",
    ) -> tuple[ReceivedMessage, bool]:  # fmt: skip
        said = None if message_id is None else unsigned(body)
        received = ReceivedMessage(
            register_code, kind, message_id, request_id, datetime.now(UTC), body, purpose, problem, said
        )
        try:
            return received, await self._store.keep_message(received)
        except AlteredMessage:
            raise NoAnswer(FactStatus.CONTRADICTORY, ALTERED, "another message has this id") from None


def _query(question: Question) -> Query:
    try:
        return Query(
            request_id=str(uuid.uuid4()),
            personal_code=question.personal_code,
            since=question.window.since,
            until=question.window.until,
            purpose=question.purpose,
            requester=question.requester.reference(),
        )
    except ValidationError as error:
        raise InputError(f"The question to {question.register_code} is not one: {places_of(error)}.") from None


def _check_purpose(contract: AnyContract, purpose: str) -> None:
    if purpose not in contract.purposes:
        named = PURPOSES[purpose].en if purpose in PURPOSES else repr(purpose)
        raise InputError(
            f"{contract.code} may not be asked for {named}. Its contract allows: {', '.join(contract.purposes)}."
        )


def _page(body: bytes) -> ChangesPage:
    try:
        return ChangesPage.model_validate_json(body)
    except ValidationError as error:
        raise NoAnswer(FactStatus.UNREADABLE, MALFORMED, f"page: {places_of(error)}") from None
