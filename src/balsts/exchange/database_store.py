"""Keeps questions and messages in the database, as the platform: whoever asks, it writes down what was asked.

What waits to be kept at one moment is kept in one transaction, so that many questions at once do not each wait for the
disk. Nobody is told that something is kept before it is.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Sequence

from asgiref.sync import sync_to_async
from django.db import IntegrityError, transaction
from psycopg.types.range import DateRange

from balsts.access.acting import in_scope, the_platform
from balsts.exchange.models import MessageBody, RegisterMessage, RegisterQuestion
from balsts.exchange.store import AlteredMessage, AskedQuestion, ReceivedMessage

_MOST_PROBLEM = 300
_Item = AskedQuestion | ReceivedMessage
_Outcome = bool | AlteredMessage


class DatabaseStore:
    """The store of questions and messages that lasts; to be used in one event loop."""

    def __init__(self) -> None:
        self._waiting: list[tuple[_Item, asyncio.Future[bool]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def keep_question(self, asked: AskedQuestion) -> None:
        """Keep a question before it is sent."""
        await self._keep(asked)

    async def keep_message(self, message: ReceivedMessage) -> bool:
        """Keep a message; returns whether it is new.

        Raises:
            AlteredMessage: another message was kept under this id of this register.
        """
        return await self._keep(message)

    async def _keep(self, item: _Item) -> bool:
        kept: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, kept))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_what_waits())
        return await kept

    async def _write_what_waits(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            outcomes: Sequence[bool | Exception]
            try:
                outcomes = await sync_to_async(_write)([item for item, _ in batch])
            except Exception as error:  # whoever waits must be told, whatever it was
                outcomes = [error] * len(batch)
            for (_, kept), outcome in zip(batch, outcomes, strict=True):
                if kept.done():  # whoever waited has given up
                    continue
                if isinstance(outcome, Exception):
                    kept.set_exception(outcome)
                else:
                    kept.set_result(outcome)


def _write(items: Sequence[_Item]) -> list[_Outcome]:
    """Keep a batch in one transaction; an outcome for each."""
    messages = [item for item in items if isinstance(item, ReceivedMessage)]
    with in_scope(the_platform()):
        RegisterQuestion.objects.bulk_create(_question(item) for item in items if isinstance(item, AskedQuestion))
        try:
            with transaction.atomic():
                outcomes = _write_messages(messages)
        except IntegrityError:
            # Another worker kept one of these meanwhile; what it kept is seen now.
            outcomes = _write_messages(messages)
    of_messages = iter(outcomes)
    return [next(of_messages) if isinstance(item, ReceivedMessage) else True for item in items]


def _write_messages(messages: Sequence[ReceivedMessage]) -> list[_Outcome]:
    ids = [one.message_id for one in messages if one.message_id is not None]
    kept = {
        (one.register, one.message_id): bytes(one.sha256).hex()
        for one in RegisterMessage.objects.filter(message_id__in=ids)
    }
    outcomes: list[_Outcome] = []
    new: list[ReceivedMessage] = []
    for message in messages:
        place = (message.register_code, message.message_id)
        if message.message_id is None or place not in kept:
            kept[place] = message.sha256
            new.append(message)
            outcomes.append(True)
        else:
            outcomes.append(False if kept[place] == message.sha256 else AlteredMessage())
    rows = RegisterMessage.objects.bulk_create(_message(one) for one in new)
    MessageBody.objects.bulk_create(
        MessageBody(message=row, content=one.body) for row, one in zip(rows, new, strict=True) if one.body
    )
    return outcomes


def _question(asked: AskedQuestion) -> RegisterQuestion:
    question, query = asked.question, asked.query
    return RegisterQuestion(
        id=uuid.UUID(query.request_id),
        register=question.register_code,
        person=question.person,
        personal_code=query.personal_code,
        days=DateRange(query.since, query.until),
        purpose=question.purpose,
        role=question.requester.role,
        staff=question.requester.staff,
        institution=question.requester.institution,
    )


def _message(message: ReceivedMessage) -> RegisterMessage:
    return RegisterMessage(
        register=message.register_code,
        kind=message.kind,
        message_id=message.message_id,
        question_id=uuid.UUID(message.request_id) if message.request_id else None,
        received_at=message.received_at,
        sha256=bytes.fromhex(message.sha256),
        purpose=message.purpose,
        problem=message.problem[:_MOST_PROBLEM],
    )
