"""From the bytes that a register sent to an answer that accounts for every fact, whatever came or did not come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from joserfc.jwk import KeySet
from pydantic import BaseModel, ValidationError

from balsts.exchange.contract import AnyContract, FactStatus, Record
from balsts.exchange.facts import RegisterFact, Source, facts_of_record, facts_without_answer
from balsts.exchange.lines import NoAnswer
from balsts.exchange.messages import BadSignature, Message, Query, message_type, places_of, verified_payload
from balsts.exchange.texts import MALFORMED, NOT_FOUND, OTHER_PERSON, OTHER_QUESTION, UNSIGNED, Text

_KEEPS_IDENTITIES = "population_register"


@dataclass(frozen=True)
class Answer:
    """What became of a question.

    Attributes:
        record: the register's statement; None when there is none that can be read.
        status: `known` with a record, else what every fact becomes.
        reason: why there is no record; shown to people.
        detail: the same for those who run it, without personal data.
        is_new: whether the message had not come before.
    """

    contract: AnyContract
    query: Query
    source: Source
    record: Record | None
    status: FactStatus
    reason: Text | None = None
    detail: str = ""
    is_new: bool = True

    def facts(self) -> list[RegisterFact]:
        """The facts that the answer stands for: each fact that the register supplies is accounted for."""
        code, window = self.query.personal_code, self.query.window()
        if self.record is not None:
            return facts_of_record(self.contract, self.record, code, window, self.source)
        assert self.reason is not None
        return facts_without_answer(self.contract, code, window, self.source, self.status, self.reason)


def read_signed(kind: type[BaseModel], body: bytes, keys: KeySet) -> Any:
    """A signed message of a kind.

    Raises:
        NoAnswer: it is not signed by the register, or does not keep to the contract.
    """
    try:
        return kind.model_validate_json(verified_payload(body.decode("ascii"), keys))
    except (BadSignature, UnicodeDecodeError) as error:
        raise NoAnswer(FactStatus.UNREADABLE, UNSIGNED, f"signature: {error}") from None
    except ValidationError as error:
        raise NoAnswer(FactStatus.UNREADABLE, MALFORMED, f"contract: {places_of(error)}") from None


def read_answer(contract: AnyContract, query: Query, body: bytes, keys: KeySet) -> Message[Any]:
    """The message that answers a question.

    Raises:
        NoAnswer: it cannot be read, or answers another question.
    """
    message: Message[Any] = read_signed(message_type(contract), body, keys)
    told = (message.register_code, message.request_id, message.personal_code, message.kind)
    if told != (contract.code, query.request_id, query.personal_code, "answer"):
        raise NoAnswer(FactStatus.UNREADABLE, OTHER_QUESTION, "register, question, person or kind differ")
    return message


def answer_of(contract: AnyContract, query: Query, message: Message[Any], sha256: str, *, is_new: bool) -> Answer:
    """What a message that could be read amounts to."""
    source = Source(contract.code, message.message_id, sha256, message.as_of, message.issued_at)
    if message.record is None:
        return Answer(contract, query, source, None, FactStatus.MISSING, NOT_FOUND, "not found", is_new)
    if contract.code != _KEEPS_IDENTITIES and message.record.personal_code != query.personal_code:
        return Answer(contract, query, source, None, FactStatus.UNREADABLE, OTHER_PERSON, "another code", is_new)
    return Answer(contract, query, source, message.record, FactStatus.KNOWN, is_new=is_new)


def no_answer(contract: AnyContract, query: Query, lost: NoAnswer, source: Source | None = None) -> Answer:
    """What no answer amounts to."""
    return Answer(contract, query, source or Source(contract.code), None, lost.status, lost.reason, lost.detail)
