"""The store that lasts: what is kept at one moment, what comes twice, and what came altered."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable
from datetime import UTC, date, datetime

import pytest
from asgiref.sync import async_to_sync

from balsts.access.acting import in_scope
from balsts.exchange.database_store import DatabaseStore
from balsts.exchange.messages import Query
from balsts.exchange.models import MessageBody, RegisterMessage, RegisterQuestion
from balsts.exchange.periods import Period
from balsts.exchange.spdci.envelope import new_id
from balsts.exchange.store import AlteredMessage, AskedQuestion, Question, ReceivedMessage, Requester
from tests.registry.situations import PLATFORM

pytestmark = pytest.mark.django_db(databases=["default", "log"])
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


def question(person: uuid.UUID | None = None) -> AskedQuestion:
    window = Period(date(2026, 1, 1), date(2026, 2, 1))
    query = Query(request_id=new_id(), personal_code="39900000001", since=window.since, until=window.until,
                  purpose="social_assistance", requester="r")  # fmt: skip
    asked = Question("prisons", "39900000001", window, "social_assistance", Requester("social_worker"), person)
    return AskedQuestion(query, asked)


def message(message_id: str | None, said: bytes, problem: str = "") -> ReceivedMessage:
    kind = "change" if message_id else "unreadable"
    return ReceivedMessage("prisons", kind, message_id, None, AT, said, "register_intake", problem)


def kept(*works: list[AskedQuestion | ReceivedMessage]) -> list[list[bool | str]]:
    """What became of each item; items of one list are kept at one moment, the lists one after another."""

    async def one(store: DatabaseStore, item: AskedQuestion | ReceivedMessage) -> bool | str:
        keeping: Awaitable[bool | None] = (
            store.keep_question(item) if isinstance(item, AskedQuestion) else store.keep_message(item)
        )
        try:
            return bool(await keeping) or isinstance(item, AskedQuestion)
        except AlteredMessage:
            return "altered"

    async def all_of_them() -> list[list[bool | str]]:
        store = DatabaseStore()
        return [list(await asyncio.gather(*(one(store, item) for item in work))) for work in works]

    return async_to_sync(all_of_them)()


def test_what_is_kept_at_one_moment_is_all_kept() -> None:
    questions = [question() for _ in range(30)]
    messages = [message(f"m{number}", b"%d" % number) for number in range(30)]
    assert kept([*questions, *messages]) == [[True] * 60]
    with in_scope(PLATFORM):
        assert RegisterQuestion.objects.count() == 30
        assert {bytes(one.content) for one in MessageBody.objects.all()} == {b"%d" % number for number in range(30)}


def test_a_message_that_comes_twice_is_kept_once_in_one_moment_or_two() -> None:
    same = message("m1", b"same")
    assert kept([same, same, message("m2", b"other")], [same]) == [[True, False, True], [False]]
    with in_scope(PLATFORM):
        assert RegisterMessage.objects.count() == 2


def test_a_message_altered_under_its_id_is_refused_in_one_moment_or_two() -> None:
    first, second = message("m1", b"first"), message("m1", b"second")
    assert kept([first, second], [second], [first]) == [[True, "altered"], ["altered"], [False]]


def test_what_cannot_be_read_is_kept_every_time() -> None:
    unreadable = message(None, b"?", problem="signature: none")
    assert kept([unreadable, unreadable]) == [[True, True]]


def test_ids_of_different_registers_are_not_confused() -> None:
    elsewhere = ReceivedMessage("vehicles", "change", "m1", None, AT, b"vehicles", "register_intake")
    assert kept([message("m1", b"prisons")], [elsewhere]) == [[True], [True]]


def test_a_question_kept_twice_is_told_to_whoever_keeps_it() -> None:
    twice = question()
    with pytest.raises(Exception, match="duplicate key"):
        kept([twice], [twice])
