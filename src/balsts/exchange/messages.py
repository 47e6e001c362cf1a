"""What travels between a register and us: questions, signed messages, pages of changes and of a snapshot.

A message travels as a compact JWS (RFC 7515, ES256) whose payload is its JSON. Moments carry a zone.
"""

from __future__ import annotations

import base64
import json
from datetime import date
from typing import Annotated, Any, Generic, Literal, cast

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from balsts.exchange.contract import AnyContract, RecordType
from balsts.exchange.periods import Period

ALGORITHM = "ES256"
MOST_BYTES = 8 * 1024 * 1024
"""Of one message. A page of a snapshot is the largest there is."""
MEDIA_TYPE = "application/jose"
PERMIT_HEADER = "X-DAGR-Permission"
"""Names the permit under which data are asked for, as the state's data distribution platform wants it."""

PersonalCode = Annotated[str, StringConstraints(pattern=r"^\d{11}$")]
Id = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class _OnTheWire(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")


MessageKind = Literal["answer", "change", "correction"]


class Query(_OnTheWire):
    """A question about one person: which days, what for, and who asks (a reference, never a name)."""

    request_id: Id
    personal_code: PersonalCode
    since: date
    until: date | None = None
    purpose: str
    requester: str

    def window(self) -> Period:
        """The days asked about."""
        return Period(self.since, self.until)


class Message(_OnTheWire, Generic[RecordType]):
    """A register's message about one person.

    Attributes:
        kind: `answer` to a question; `change` that the feed tells of; `correction` of what was told earlier.
            In the feed a record states at least the twelve months before the message.
        request_id: the question that is answered; None in the feed.
        personal_code: the code asked about, or the one the change is about.
        issued_at: when the register signed it.
        as_of: the moment that the data stand for.
        wrong_since: of a correction, the first day that was told wrongly before.
        record: the statement; None when the register does not hold the person.
    """

    message_id: Id
    register_code: str
    kind: MessageKind
    request_id: Id | None = None
    personal_code: PersonalCode
    issued_at: AwareDatetime
    as_of: AwareDatetime
    wrong_since: date | None = None
    record: RecordType | None


class SnapshotPage(_OnTheWire, Generic[RecordType]):
    """A part of everything a register holds, by personal code.

    Attributes:
        next_after: ask for the next page with this; None after the last.
        feed_position: where the feed of changes stood; read on from there once the snapshot is in.
    """

    message_id: Id
    register_code: str
    issued_at: AwareDatetime
    as_of: AwareDatetime
    records: tuple[RecordType, ...]
    next_after: PersonalCode | None
    feed_position: Annotated[int, Field(ge=0)]


class Change(_OnTheWire):
    """An entry of the feed: its position, counted from 1 without gaps, and a signed message."""

    position: Annotated[int, Field(ge=1)]
    message: str


class ChangesPage(_OnTheWire):
    """A part of the feed. `has_more` says that newer entries wait."""

    changes: tuple[Change, ...]
    has_more: bool


def message_type(contract: AnyContract) -> type[Message[Any]]:
    """The type of a register's messages about a person."""
    return cast("type[Message[Any]]", Message.__class_getitem__(contract.record))


def snapshot_type(contract: AnyContract) -> type[SnapshotPage[Any]]:
    """The type of a register's pages of its snapshot."""
    return cast("type[SnapshotPage[Any]]", SnapshotPage.__class_getitem__(contract.record))


class _LargeMessages(jws.JWSRegistry):
    max_payload_length = MOST_BYTES


_REGISTRY = _LargeMessages(algorithms=[ALGORITHM])


class BadSignature(Exception):
    """A message whose signature does not hold, or that is not signed at all."""


def sign(payload: bytes, key: ECKey) -> str:
    """A payload as a compact JWS that names its key."""
    return jws.serialize_compact({"alg": ALGORITHM, "kid": key.kid}, payload, key)


def verified_payload(signed: str, keys: KeySet) -> bytes:
    """The payload of a compact JWS.

    Raises:
        BadSignature: it is not one, names a key that is not known, or the signature does not hold.
    """
    try:
        return jws.deserialize_compact(signed, keys, registry=_REGISTRY).payload
    except (JoseError, ValueError) as error:
        raise BadSignature(type(error).__name__) from None


def unsigned(signed: bytes) -> bytes:
    """The payload of a compact JWS that has been verified."""
    payload = signed.split(b".")[1]
    return base64.urlsafe_b64decode(payload + b"=" * (-len(payload) % 4))


def as_json(model: BaseModel) -> bytes:
    """A message as the bytes that are signed."""
    return model.model_dump_json().encode()


def places_of(error: ValidationError) -> str:
    """Where a message breaks its contract, without any of its values: they may be personal data."""
    found = {".".join(str(part) for part in one["loc"]) or "the whole": one["type"] for one in error.errors()}
    return ", ".join(f"{place} ({problem})" for place, problem in sorted(found.items())[:5])


def public_keys(text: bytes) -> KeySet:
    """The keys of a JWKS document.

    Raises:
        ValueError: it is not one.
    """
    found: dict[str, Any] = TypeAdapter(dict[str, Any]).validate_python(json.loads(text))
    try:
        return KeySet.import_key_set(found)  # type: ignore[arg-type]
    except (JoseError, KeyError, TypeError) as error:
        raise ValueError(f"not a set of keys: {type(error).__name__}") from None
