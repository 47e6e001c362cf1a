"""How a simulated bank behaves: a scenario for all days, and faults that happen a number of times."""

from __future__ import annotations

import hashlib
from datetime import date
from enum import StrEnum
from typing import Annotated, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from balsts.law.engine.errors import InputError

Code = Annotated[str, Field(pattern=r"^[A-Z0-9]{4}$")]
Account = Annotated[str, Field(pattern=r"^[A-Z]{2}[0-9]{2}[A-Z0-9]{1,30}$")]
Share = Annotated[float, Field(ge=0, le=1)]
Days = Annotated[int, Field(ge=0, le=60)]

_Model = TypeVar("_Model", bound=BaseModel)
_WHOLE = 1 << 64
_DIGITS_OF = {ord(letter): str(10 + at) for at, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}


class Booking(StrEnum):
    """How a block of payments stands on the statement."""

    AS_ASKED = "as_asked"
    BATCH = "batch"
    SUM_ALONE = "sum_alone"
    SINGLES = "singles"


class Fate(NamedTuple):
    """What becomes of a transfer: the code it is rejected with at once, or returned with later; blank for neither."""

    rejected: str = ""
    returned: str = ""


class Scenario(BaseModel):
    """What the bank does with what it is sent. Days are banking days.

    Attributes:
        rejects, returns: which share of transfers is rejected at once, or returned later, by reason code. What is wrong
            with an account (AC.., MD07) is drawn from its number, so it stays wrong; all else from each transfer.
        rejected_accounts, returned_accounts: the same by the payee's account, such as closed ones.
        reports_after_days: after a file came, until its report (pain.002) is given.
        returns_after_days: after a transfer was carried out, until it comes back.
        statements_after_days: after a day was closed, until its statement and notifications are given.
        booking: whether blocks are booked as the file asks, or always as one of the others; `sum_alone` is one sum
            whose transfers are not listed.
        opening_cents: what stands on an account when the bank first hears of it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rejects: dict[Code, Share] = {}
    returns: dict[Code, Share] = {}
    rejected_accounts: dict[Account, Code] = {}
    returned_accounts: dict[Account, Code] = {}
    reports_after_days: Days = 0
    returns_after_days: Days = 1
    statements_after_days: Days = 0
    booking: Booking = Booking.AS_ASKED
    opening_cents: Annotated[int, Field(ge=0, le=10**15)] = 10**13

    @model_validator(mode="after")
    def _shares_are_of_one_whole(self) -> Scenario:
        if sum(self.rejects.values()) + sum(self.returns.values()) > 1:
            raise ValueError("the shares of rejects and returns are more than the whole")
        return self

    def fate(self, seed: int, end_to_end_id: str, iban: str) -> Fate:
        """What becomes of a transfer; the same for the same seed, name and account."""
        if not is_iban(iban):
            return Fate(rejected="AC01")
        if iban in self.rejected_accounts:
            return Fate(rejected=self.rejected_accounts[iban])
        if iban in self.returned_accounts:
            return Fate(returned=self.returned_accounts[iban])
        if not self.rejects and not self.returns:
            return Fate()
        drawn = {True: _drawn(f"{seed}|{iban}"), False: _drawn(f"{seed}|{iban}|{end_to_end_id}")}
        for is_return, shares in ((False, self.rejects), (True, self.returns)):
            for code, share in sorted(shares.items()):
                is_of_account = code.startswith("AC") or code == "MD07"
                if drawn[is_of_account] < share:
                    return Fate(returned=code) if is_return else Fate(rejected=code)
                drawn[is_of_account] -= share
        return Fate()


def _drawn(text: str) -> float:
    """A number from 0 to below 1 that a text always gives, and that no other text tells anything of."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") / _WHOLE


def is_iban(text: str) -> bool:
    """Whether an account number has right check digits (ISO 13616)."""
    turned = text[4:] + text[:4]
    return turned.isascii() and turned.isalnum() and turned.isupper() and int(turned.translate(_DIGITS_OF)) % 97 == 1


class Fault(StrEnum):
    """What can go wrong."""

    NO_ANSWER = "no_answer"  # a file is stored, and the connection is dropped before the receipt
    UNAVAILABLE = "unavailable"  # any request is answered by 503
    REJECT_FILE = "reject_file"  # the next file is taken, and rejected as a whole
    TRUNCATED_REPORT = "truncated_report"
    TRUNCATED_STATEMENT = "truncated_statement"
    WRONG_TOTALS = "wrong_totals"  # the next statement declares one entry more than it has
    WRONG_BALANCE = "wrong_balance"  # its closing balance is a cent off
    UNKNOWN_END_TO_END_ID = "unknown_end_to_end_id"  # it holds a return of a transfer nobody sent, as it is told
    UNKNOWN_REASON = "unknown_reason"  # the next return has a code of no list
    OWN_REASON = "own_reason"  # the next return has the bank's own word in place of a code
    RETURN_TWICE = "return_twice"  # the next return is booked twice
    RETURN_LESS = "return_less"  # the next return is a cent short
    STATEMENT_TWICE = "statement_twice"
    OUT_OF_ORDER = "out_of_order"  # the messages of the day that is closed next are given last first
    KILL = "kill"  # the process ends at a point, as by kill -9


class Point(StrEnum):
    """Where the process can be made to end."""

    FILE_CHECKED = "file_checked"
    FILE_STORED = "file_stored"
    FILE_ACCEPTED = "file_accepted"
    DAY_BOOKED = "day_booked"
    DAY_CLOSED = "day_closed"


class Order(BaseModel):
    """A fault put in force: how often it happens, and what it needs to know.

    Attributes:
        at: where `kill` ends the process.
        code: of `reject_file` and of `unknown_end_to_end_id`.
        end_to_end_id, cents: of `unknown_end_to_end_id`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    fault: Fault
    times: Annotated[int, Field(ge=1)] = 1
    at: Point | None = None
    code: Code = "AM04"
    end_to_end_id: Annotated[str, Field(min_length=1, max_length=35)] = "NEVER-SENT"
    cents: Annotated[int, Field(ge=1, le=99_999_999_999)] = 4_200

    @model_validator(mode="after")
    def _a_point_belongs_to_kill(self) -> Order:
        if (self.fault is Fault.KILL) != (self.at is not None):
            raise ValueError("`at` belongs to `kill`, and to it alone")
        return self


class Close(BaseModel):
    """Which day is to be closed; left out, the one that is open."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    day: date | None = None


class _ScenarioFile(BaseModel):
    """A file for `--scenario`: a scenario, and faults in force from the beginning."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    scenario: Scenario = Scenario()
    faults: list[Order] = []


def read_scenario_file(text: bytes, what: str) -> tuple[Scenario, list[Order]]:
    """The scenario and the faults of a file.

    Raises:
        InputError: it holds something else.
    """
    found = read(_ScenarioFile, text, what)
    return found.scenario, found.faults


def read(model: type[_Model], text: bytes, what: str) -> _Model:
    """What an order or a file holds.

    Raises:
        InputError: it is not one; names the places that are wrong.
    """
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        places = ", ".join(
            f"{'.'.join(str(part) for part in one['loc']) or 'as a whole'} ({one['type']})" for one in error.errors()
        )
        raise InputError(
            f"{what} is not what the bank knows: {places}. See the README of the simulated bank."
        ) from None
