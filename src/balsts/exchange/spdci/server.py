"""Answers searches for one registry: envelope in, envelope out. What is served comes from a function given."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from joserfc.jwk import ECKey, KeySet
from pydantic import ValidationError

from balsts.exchange.messages import BadSignature, places_of
from balsts.exchange.spdci.envelope import (
    ErrorCode,
    FoundItem,
    FoundPage,
    FoundRecords,
    HeaderReasonCode,
    RequestEnvelope,
    ResponseEnvelope,
    ResponseHeader,
    SearchItem,
    SearchResponse,
    check_seal,
    new_id,
    now,
    sealed,
)
from balsts.exchange.spdci.queries import RefusedSearch, Wanted, wanted

_ON_A_PAGE = 100
_FRESH = timedelta(minutes=5)
"""How old a signed request may be, or how far its clock may be ahead: what was overheard cannot be sent again later."""


@dataclass(frozen=True)
class ServedRegistry:
    """A registry that answers searches.

    Attributes:
        sender_id: how it names itself.
        reg_type, record_type: how the standard names it and its records.
        is_one_record: whether a record stands as an object and not in an array.
        find: the records of somebody named; empty when there is nobody.
    """

    sender_id: str
    reg_type: str
    record_type: str
    find: Callable[[Wanted], list[dict[str, Any]]]
    is_one_record: bool = False


def answer(registry: ServedRegistry, body: bytes, key: ECKey, senders: KeySet | None = None) -> tuple[int, bytes]:
    """The status and body of the answer to a search.

    Args:
        registry: what is searched.
        body: the request as it came.
        key: what the answer is signed with.
        senders: the keys of those who may ask; None where the way there has proved who asks.
    """
    if senders is not None:
        try:
            check_seal(body, senders)
        except BadSignature:
            return 401, http_error("err.signature.invalid", "the signature does not hold for this header and message")
    try:
        request = RequestEnvelope.model_validate_json(body)
    except ValidationError as error:
        return 400, http_error("err.request.bad", f"the request has not its form: {places_of(error)}")
    if senders is not None and abs(now() - request.header.message_ts) > _FRESH:
        return 400, sealed(_rejected(registry, "rjct.message_ts.invalid", "the message is not of these minutes"), key)
    if request.header.total_count != len(request.message.search_request):
        return 400, sealed(
            _rejected(registry, "rjct.total_count.invalid", "total_count is not the number of searches"), key
        )
    return 200, sealed(_answered(registry, request), key)


def http_error(code: ErrorCode, message: str) -> bytes:
    """An error of the way there: as the standard writes it for gateways, and as a refused acknowledgement too."""
    error = {"code": code, "message": message}
    refused = {"ack_status": "ERR", "timestamp": now().isoformat(), "correlation_id": new_id(), "error": error}
    return json.dumps({"errors": [error], "message": refused}).encode()


def _answered(registry: ServedRegistry, request: RequestEnvelope) -> ResponseEnvelope:
    seen: set[str] = set()
    found = []
    for item in request.message.search_request:
        found.append(_rejected_item(item, "rjct.reference_id.duplicate", "the batch has this reference_id already")
                     if item.reference_id in seen else _found(registry, item))  # fmt: skip
        seen.add(item.reference_id)
    answers = SearchResponse(
        transaction_id=request.message.transaction_id, correlation_id=new_id(), search_response=tuple(found)
    )
    header = _header(registry, "succ", request.header.sender_id)
    counts = {"total_count": len(found), "completed_count": len(found)}
    return ResponseEnvelope(header=header.model_copy(update=counts), message=answers)


def _found(registry: ServedRegistry, item: SearchItem) -> FoundItem:
    criteria = item.search_criteria
    if criteria.reg_type not in (None, registry.reg_type):
        return _rejected_item(item, "rjct.search_criteria.invalid", f"this registry is {registry.reg_type}")
    try:
        records = registry.find(wanted(criteria))
    except RefusedSearch as error:
        return _rejected_item(item, "rjct.search_criteria.invalid", str(error))
    size = criteria.pagination.page_size if criteria.pagination else _ON_A_PAGE
    number = criteria.pagination.page_number if criteria.pagination else 1
    shown = records[(number - 1) * size : number * size]
    stated: list[dict[str, Any]] | dict[str, Any] = shown
    if registry.is_one_record:
        stated = shown[0] if shown else {}
    return FoundItem(
        reference_id=item.reference_id,
        timestamp=now(),
        status="succ",
        data=FoundRecords(reg_type=registry.reg_type, reg_record_type=registry.record_type, reg_records=stated),
        pagination=FoundPage(page_size=size, page_number=number, total_count=len(records)),
        locale=item.locale,
    )


def _rejected_item(item: SearchItem, code: Any, message: str) -> FoundItem:
    return FoundItem(
        reference_id=item.reference_id, timestamp=now(), status="rjct", status_reason_code=code,
        status_reason_message=message,
    )  # fmt: skip


def _rejected(registry: ServedRegistry, code: HeaderReasonCode, message: str) -> ResponseEnvelope:
    header = _header(registry, "rjct", None)
    reason = {"status_reason_code": code, "status_reason_message": message[:999]}
    return ResponseEnvelope(header=header.model_copy(update=reason))


def _header(registry: ServedRegistry, status: Literal["succ", "rjct"], receiver: str | None) -> ResponseHeader:
    return ResponseHeader(
        message_id=new_id(), message_ts=now(), action="on-search", status=status, sender_id=registry.sender_id,
        receiver_id=receiver,
    )  # fmt: skip
