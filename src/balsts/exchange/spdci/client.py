"""Searches other registries by the standard. Question and answer are kept as those of our own registers are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from joserfc.jwk import ECKey, KeySet
from pydantic import ValidationError

from balsts.exchange.contract import FactStatus
from balsts.exchange.lines import Line, NoAnswer
from balsts.exchange.messages import BadSignature, Query, places_of
from balsts.exchange.spdci.envelope import (
    Pagination,
    RequestEnvelope,
    RequestHeader,
    ResponseEnvelope,
    SearchCriteria,
    SearchItem,
    SearchRequest,
    check_seal,
    new_id,
    now,
    sealed,
)
from balsts.exchange.store import AskedQuestion, KeptKind, MessageStore, Question, ReceivedMessage
from balsts.exchange.texts import MALFORMED, OTHER_QUESTION, REFUSED, UNSIGNED

_PATH = "registry/sync/search"


@dataclass(frozen=True)
class Partner:
    """A registry that is searched.

    Attributes:
        code: its name in the message log.
        receiver_id: how it names itself.
        path: where under the line's address it answers.
        reg_type, record_type: how the standard names it and its records.
        keys: the keys that its answers are signed with.
    """

    code: str
    receiver_id: str
    path: str
    reg_type: str
    record_type: str
    keys: KeySet


class SearchClient:
    """Searches partners for one person at a time.

    Args:
        line: the way to the partners.
        store: where questions and answers are kept.
        sender_id: how we name ourselves.
        key: what our requests are signed with.
    """

    def __init__(self, line: Line, store: MessageStore, sender_id: str, key: ECKey) -> None:
        self._line, self._store, self._sender_id, self._key = line, store, sender_id, key

    async def search(self, partner: Partner, question: Question) -> list[dict[str, Any]]:
        """The records of a person by personal code; empty when the partner holds none.

        Raises:
            NoAnswer: the partner did not answer, refused, or its answer cannot be relied on.
        """
        query = Query(
            request_id=new_id(), personal_code=question.personal_code, since=question.window.since,
            until=question.window.until, purpose=question.purpose, requester=question.requester.reference(),
        )  # fmt: skip
        await self._store.keep_question(AskedQuestion(query, question))
        body = b""
        try:
            body = await self._line.post(f"{partner.path}/{_PATH}", sealed(self._request(partner, query), self._key))
            records, message_id = _read(partner, query, body)
        except NoAnswer as lost:
            await self._keep(partner, query, body, None, lost.detail)
            raise
        await self._keep(partner, query, body, message_id, "")
        return records

    def _request(self, partner: Partner, query: Query) -> RequestEnvelope:
        criteria = SearchCriteria(
            reg_type=partner.reg_type, reg_record_type=partner.record_type, query_type="idtype-value",
            query={"type": "UIN", "value": query.personal_code}, pagination=Pagination(page_size=1),
        )  # fmt: skip
        item = SearchItem(reference_id=query.request_id, timestamp=now(), search_criteria=criteria)
        header = RequestHeader(
            message_id=new_id(), message_ts=now(), action="search", sender_id=self._sender_id,
            receiver_id=partner.receiver_id, total_count=1,
        )  # fmt: skip
        return RequestEnvelope(
            header=header, message=SearchRequest(transaction_id=query.request_id, search_request=(item,))
        )

    async def _keep(self, partner: Partner, query: Query, body: bytes, message_id: str | None, problem: str) -> None:
        kind: KeptKind = "answer" if message_id else ("unreadable" if body else "no_answer")
        await self._store.keep_message(
            ReceivedMessage(
                partner.code, kind, message_id, query.request_id, datetime.now(UTC), body, query.purpose, problem
            )
        )


def _read(partner: Partner, query: Query, body: bytes) -> tuple[list[dict[str, Any]], str]:
    try:
        check_seal(body, partner.keys)
        envelope = ResponseEnvelope.model_validate_json(body)
    except BadSignature as error:
        raise NoAnswer(FactStatus.UNREADABLE, UNSIGNED, f"signature: {error}") from None
    except ValidationError as error:
        raise NoAnswer(FactStatus.UNREADABLE, MALFORMED, f"contract: {places_of(error)}") from None
    message = envelope.message
    if envelope.header.status == "rjct" or message is None:
        raise NoAnswer(FactStatus.UNAVAILABLE, REFUSED, envelope.header.status_reason_code or "rejected")
    told = [(one.reference_id, message.transaction_id) for one in message.search_response]
    if told != [(query.request_id, query.request_id)]:
        raise NoAnswer(FactStatus.UNREADABLE, OTHER_QUESTION, "the answer is to another search")
    [item] = message.search_response
    if item.status != "succ":
        raise NoAnswer(FactStatus.UNAVAILABLE, REFUSED, item.status_reason_code or item.status)
    found = item.data.reg_records if item.data else []
    records = found if isinstance(found, list) else [found]
    return [one for one in records if one], envelope.header.message_id
