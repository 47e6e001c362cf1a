"""The envelope of version 1: a signature, a header and a message; a search in it and the answer to it.

Source: SPDCI, Interoperability APIs 1.0.0 (Social Registry, CRVS, Disability Registry). The standard leaves the form of
a signature open: ours is a JWS with detached content (RFC 7515, appendix F) over the canonical JSON of header and
message: keys sorted, no spaces, UTF-8.
"""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from balsts.exchange.messages import ALGORITHM, BadSignature

Reference = Annotated[str, StringConstraints(min_length=1, max_length=99)]
Locale = Annotated[str, StringConstraints(pattern=r"^[a-z]{3}$")]
ReasonCode = Literal[
    "rjct.reference_id.invalid",
    "rjct.reference_id.duplicate",
    "rjct.timestamp.invalid",
    "rjct.search_criteria.invalid",
    "rjct.filter.invalid",
    "rjct.sort.invalid",
    "rjct.pagination.invalid",
    "rjct.search.too_many_records_found",
]
HeaderReasonCode = Literal[
    "rjct.version.invalid",
    "rjct.message_id.duplicate",
    "rjct.message_ts.invalid",
    "rjct.action.invalid",
    "rjct.action.not_supported",
    "rjct.total_count.invalid",
    "rjct.total_count.limit_exceeded",
    "rjct.errors.too_many",
]
ErrorCode = Literal[
    "err.request.bad",
    "err.request.unauthorized",
    "err.request.forbidden",
    "err.sender_id.invalid",
    "err.signature.invalid",
]
"""Those of the standard's errors of the way there that are told here."""
VERSION = "1.0.0"


class _Part(BaseModel):
    """A part of a message; what the standard allows besides is let through and not read."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")


class RequestHeader(_Part):
    """Header of a request."""

    version: str = VERSION
    message_id: Reference
    message_ts: AwareDatetime
    action: Literal["search"]
    sender_id: Reference
    receiver_id: str | None = None
    total_count: Annotated[int, Field(ge=0)]
    is_msg_encrypted: bool = False


class Pagination(_Part):
    """Which part of the records is wanted; pages are counted from 1."""

    page_size: Annotated[int, Field(ge=1, le=1000)]
    page_number: Annotated[int, Field(ge=1)] = 1


class SearchCriteria(_Part):
    """What is searched for; `query` is read according to `query_type`."""

    version: str = VERSION
    reg_type: str | None = None
    reg_record_type: str | None = None
    query_type: Literal["idtype-value", "expression", "predicate", "graphql"]
    query: dict[str, Any] | list[Any]
    pagination: Pagination | None = None


class SearchItem(_Part):
    """One search of a batch."""

    reference_id: Reference
    timestamp: AwareDatetime
    search_criteria: SearchCriteria
    locale: Locale | None = None


class SearchRequest(_Part):
    """A batch of searches."""

    transaction_id: Reference
    search_request: Annotated[tuple[SearchItem, ...], Field(min_length=1, max_length=100)]


class RequestEnvelope(_Part):
    """A search as it is sent."""

    signature: str | None = None
    header: RequestHeader
    message: SearchRequest


class ResponseHeader(_Part):
    """Header of an answer."""

    version: str = VERSION
    message_id: Reference
    message_ts: AwareDatetime
    action: Literal["on-search"]
    status: Literal["rcvd", "pdng", "succ", "rjct"]
    status_reason_code: HeaderReasonCode | None = None
    status_reason_message: Annotated[str, StringConstraints(max_length=999)] | None = None
    total_count: int | None = None
    completed_count: int | None = None
    sender_id: str | None = None
    receiver_id: str | None = None
    is_msg_encrypted: bool = False


class FoundRecords(_Part):
    """What was found. The disability registry states one record as an object; the others state an array."""

    version: str = VERSION
    reg_type: str
    reg_record_type: str
    reg_records: list[dict[str, Any]] | dict[str, Any]


class FoundPage(_Part):
    """Which part of the records this is."""

    page_size: int
    page_number: int
    total_count: int


class FoundItem(_Part):
    """The answer to one search of the batch."""

    reference_id: Reference
    timestamp: AwareDatetime
    status: Literal["rcvd", "pdng", "succ", "rjct"]
    status_reason_code: ReasonCode | None = None
    status_reason_message: Annotated[str, StringConstraints(max_length=999)] | None = None
    data: FoundRecords | None = None
    pagination: FoundPage | None = None
    locale: Locale | None = None


class SearchResponse(_Part):
    """The answers to a batch."""

    transaction_id: Reference
    correlation_id: Reference
    search_response: tuple[FoundItem, ...]


class ResponseEnvelope(_Part):
    """An answer as it is sent."""

    signature: str | None = None
    header: ResponseHeader
    message: SearchResponse | None = None


def sealed(envelope: RequestEnvelope | ResponseEnvelope, key: ECKey) -> bytes:
    """The envelope with its signature, as it goes out."""
    return seal(envelope.model_dump(mode="json", exclude_none=True, exclude={"signature"}), key)


def seal(plain: dict[str, Any], key: ECKey) -> bytes:
    """A header and a message, whatever they say, with the signature of a key.

    Raises:
        ValueError: they cannot be written as UTF-8.
    """
    signed = jws.serialize_compact({"alg": ALGORITHM, "kid": key.kid}, _canonical(plain), key)
    return json.dumps({"signature": jws.detach_content(signed), **plain}, ensure_ascii=False).encode()


def check_seal(body: bytes, keys: KeySet) -> None:
    """Check the signature of an envelope.

    Raises:
        BadSignature: there is none, or it does not hold for this header and message.
    """
    try:
        plain = json.loads(body)
        signature = plain.pop("signature")
        jws.deserialize_compact(signature, keys, algorithms=[ALGORITHM], payload=_canonical(plain))
    except (JoseError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadSignature(type(error).__name__) from None


def _canonical(plain: dict[str, Any]) -> bytes:
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


def new_id() -> str:
    """An id that nobody else uses."""
    return str(uuid.uuid4())
