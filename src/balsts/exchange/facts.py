"""Facts from registers: a reading of an answer that accounts for every fact the register supplies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from balsts.exchange.contract import AnyContract, FactStatus, Finding, Record, Value
from balsts.exchange.periods import Period
from balsts.exchange.texts import TOO_OLD, Text


@dataclass(frozen=True)
class Source:
    """Where a fact comes from.

    Attributes:
        register: code of the contract.
        message_id: the message kept in the message log; None when no message came.
        message_hash: SHA-256 of the message as it came, in hexadecimal.
        as_of: the moment that the register's data stand for.
        answered_at: the moment the register signed the message.
    """

    register: str
    message_id: str | None = None
    message_hash: str | None = None
    as_of: datetime | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True)
class RegisterFact:
    """One fact of one person during a period, with how far it can be relied on.

    `value` is None with the status `known` when the register says that there is none (never died, no partner); with any
    other status the value is not to be used by an automatic decision.
    """

    personal_code: str
    name: str
    value: Value
    period: Period
    status: FactStatus
    is_derived: bool
    source: Source
    reason: Text | None = None

    @property
    def may_carry_an_automatic_decision(self) -> bool:
        """Whether the fact is known."""
        return self.status is FactStatus.KNOWN


def facts_of_record(
    contract: AnyContract, record: Record, personal_code: str, window: Period, source: Source
) -> list[RegisterFact]:
    """The facts of an answer that could be read; known ones are stale when the data are older than promised."""
    is_stale = _is_older_than_promised(contract, source)
    return [
        _stale(fact) if is_stale and fact.status is FactStatus.KNOWN else fact
        for fact in _with_source(contract.read(record, window), personal_code, source)
    ]


def facts_without_answer(
    contract: AnyContract, personal_code: str, window: Period, source: Source, status: FactStatus, reason: Text
) -> list[RegisterFact]:
    """The facts of an answer that did not come or cannot be read: each one that was to come, with the reason."""
    lost = [Finding(name, window, None, status, reason=reason) for name in contract.supplies]
    return list(_with_source(lost, personal_code, source))


def _is_older_than_promised(contract: AnyContract, source: Source) -> bool:
    if source.as_of is None or source.answered_at is None:
        return True
    return source.answered_at - source.as_of > contract.freshness.promised


def _stale(fact: RegisterFact) -> RegisterFact:
    return replace(fact, status=FactStatus.STALE, reason=TOO_OLD)


def _with_source(findings: Iterable[Finding], personal_code: str, source: Source) -> Iterator[RegisterFact]:
    for one in findings:
        yield RegisterFact(
            personal_code, one.name, one.value, one.period, one.status, one.is_derived, source, one.reason
        )
