"""What is kept of every question and every message, before anything else is done with it."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import InitVar, dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from balsts.exchange.messages import Query
from balsts.exchange.periods import Period

KeptKind = Literal["answer", "change", "correction", "snapshot", "unreadable", "no_answer"]


@dataclass(frozen=True)
class Requester:
    """Who asks: an account at an institution in a role, or the platform itself (both empty)."""

    role: str
    staff: uuid.UUID | None = None
    institution: uuid.UUID | None = None

    def reference(self) -> str:
        """What the register is told: enough to find who asked, and no name."""
        return f"{self.institution or 'platform'}/{self.staff or self.role}"


@dataclass(frozen=True)
class Question:
    """A question to a register about one person, before it has an id; `person` is theirs in the registry."""

    register_code: str
    personal_code: str
    window: Period
    purpose: str
    requester: Requester
    person: uuid.UUID | None = None


@dataclass(frozen=True)
class AskedQuestion:
    """A question as it is kept, before it is sent."""

    query: Query
    question: Question


@dataclass(frozen=True)
class ReceivedMessage:
    """A message as it is kept: the bytes as they came, also when they cannot be read.

    Attributes:
        message_id: the register's; None when it cannot be read.
        request_id: of the question it answers; None in a feed or snapshot.
        problem: why it is unreadable, or why there is no answer; without personal data.
        said: what the message says, where that is not all of its bytes: a signature is made anew for each sending.
        sha256: of what the message says, so that a message signed anew is the same; of the bytes where it says nothing
            that can be read. In hexadecimal.
    """

    register_code: str
    kind: KeptKind
    message_id: str | None
    request_id: str | None
    received_at: datetime
    body: bytes
    purpose: str
    problem: str = ""
    said: InitVar[bytes | None] = None
    sha256: str = field(init=False)

    def __post_init__(self, said: bytes | None) -> None:
        object.__setattr__(self, "sha256", hashlib.sha256(self.body if said is None else said).hexdigest())


class AlteredMessage(Exception):
    """A register sent another message under an id that it had used: neither can be relied on."""


class MessageStore(Protocol):
    """Keeps questions and messages; what is kept is never changed."""

    async def keep_question(self, asked: AskedQuestion) -> None:
        """Keep a question before it is sent."""

    async def keep_message(self, message: ReceivedMessage) -> bool:
        """Keep a message; returns whether it is new.

        Raises:
            AlteredMessage: another message was kept under this id of this register. This one is not kept yet.
        """
