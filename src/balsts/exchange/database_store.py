"""Keeps questions and messages in the database, as the platform: whoever asks, it writes down what was asked."""

from __future__ import annotations

import uuid

from asgiref.sync import sync_to_async
from django.db import IntegrityError, transaction
from psycopg.types.range import DateRange

from balsts.access.acting import in_scope, the_platform
from balsts.exchange.models import MessageBody, RegisterMessage, RegisterQuestion
from balsts.exchange.store import AlteredMessage, AskedQuestion, ReceivedMessage

_MOST_PROBLEM = 300


class DatabaseStore:
    """The store of questions and messages that lasts."""

    async def keep_question(self, asked: AskedQuestion) -> None:
        """Keep a question before it is sent."""
        await sync_to_async(_keep_question)(asked)

    async def keep_message(self, message: ReceivedMessage) -> bool:
        """Keep a message; returns whether it is new.

        Raises:
            AlteredMessage: another message was kept under this id of this register.
        """
        return await sync_to_async(_keep_message)(message)


def _keep_question(asked: AskedQuestion) -> None:
    question, query = asked.question, asked.query
    with in_scope(the_platform()):
        RegisterQuestion.objects.create(
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


def _keep_message(message: ReceivedMessage) -> bool:
    with in_scope(the_platform()):
        if message.message_id is None:
            _write(message)
            return True
        if not _is_kept(message):
            try:
                with transaction.atomic():
                    _write(message)
            except IntegrityError:
                # Somebody else kept a message under this id meanwhile: the same one, or another.
                if not _is_kept(message):
                    raise
            else:
                return True
        return False


def _is_kept(message: ReceivedMessage) -> bool:
    kept = RegisterMessage.objects.filter(register=message.register_code, message_id=message.message_id).first()
    if kept is not None and bytes(kept.sha256).hex() != message.sha256:
        raise AlteredMessage
    return kept is not None


def _write(message: ReceivedMessage) -> None:
    kept = RegisterMessage.objects.create(
        register=message.register_code,
        kind=message.kind,
        message_id=message.message_id,
        question_id=uuid.UUID(message.request_id) if message.request_id else None,
        received_at=message.received_at,
        sha256=bytes.fromhex(message.sha256),
        purpose=message.purpose,
        problem=message.problem[:_MOST_PROBLEM],
    )
    if message.body:
        MessageBody.objects.create(message=kept, content=message.body)
