"""What travels by the API about payments: runs, findings, lines, why one is as it is, proof, one's own payments."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import StringConstraints

from balsts.portal.api.shapes import NO_NUL, Day, In, MonthDay

RunKind = Literal["monthly", "extra"]
RunState = Literal["prepared", "acknowledged", "approved", "released", "cancelled"]
FindingName = Literal[
    "new", "ended", "changed", "one_account_of_several", "moved", "new_creditor", "new_payout_account", "arrears",
    "above_limit", "withheld", "overpaid",
]  # fmt: skip
HeldName = Annotated[str, StringConstraints(min_length=1, max_length=12, pattern=r"^[a-z][a-z_]*$")]


class PrepareIn(In):
    """Of which month a run is prepared; `pay_on` is its payment day, left out the usual one."""

    month: MonthDay
    kind: RunKind = "monthly"
    pay_on: Day | None = None


class AcknowledgeIn(In):
    """The digest of the findings that were looked at."""

    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class CancelIn(In):
    """Why a run is cancelled."""

    reason: Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=NO_NUL)]


class TotalsOut(Schema):
    """How many lines a run pays, holds and finds overpaid, and their cents."""

    paid: int
    paid_cents: int
    held: int
    held_cents: int
    overpaid: int
    overpaid_cents: int


class RunStepOut(Schema):
    """A step of a run: which, when, by whom; of a cancellation, why."""

    step: RunState
    at: datetime
    by_staff: uuid.UUID
    detail: str


class RunRow(Schema):
    """A payment run. `snapshot_at` is the moment as of which decisions and accounts count."""

    id: uuid.UUID
    payer: uuid.UUID
    month: date
    kind: RunKind
    state: RunState
    pay_on: date
    snapshot_at: datetime
    totals: TotalsOut


class RunOut(RunRow):
    """A payment run with its steps."""

    steps: list[RunStepOut]


class RunPage(Schema):
    """A page of runs, the newest first; `next` is given as `after` for the next page."""

    items: list[RunRow]
    next: uuid.UUID | None


class FindingOut(Schema):
    """One kind of difference: how many, cents now and before, numbers of the first lines."""

    kind: str
    many: int
    cents: int
    cents_before: int
    numbers: list[int]


class FindingsOut(Schema):
    """Everything in which a run differs from the one before; `digest` is sent to acknowledge just these."""

    digest: str
    totals: TotalsOut
    findings: list[FindingOut]


class PaymentLineRow(Schema):
    """A line, or an overpayment found (`kind`), of a run: nobody's data. `run` is another one for what ended.

    `channel` is by which way a line goes (empty for an overpayment); `to_supplier`: by the bank, to the account of an
    institution or supplier.
    """

    run: uuid.UUID
    number: int
    code: str
    month: date
    due: date
    kind: Literal["current", "arrears", "again", "overpaid"]
    amount: int
    held: str
    programme: str
    withheld: int
    before: int
    channel: Literal["bank", "post", "cash", ""]
    to_supplier: bool


class LinePage(Schema):
    """A page of lines in the order of numbers; `next` is given as `after` for the next page."""

    items: list[PaymentLineRow]
    next: int | None


class OwedByOut(Schema):
    """A decision by which something is owed, or was until it was replaced."""

    decision: uuid.UUID
    number: str
    signed_at: datetime | None
    cents: int
    is_owed: bool
    replaced_by: str | None


class KeptBackOut(Schema):
    """What is kept back from a line: by what kind of order, for whom, of which document."""

    kind: Literal["maintenance", "enforcement", "recovery"]
    creditor: str
    reference: str
    cents: int


class PaymentLineOut(Schema):
    """A line with whose it is and why this much: owed by decisions, less what earlier runs paid.

    Of an account the last four characters are told.
    """

    line: PaymentLineRow
    case: str
    payee: str | None
    receiver: str | None
    account: str
    owed: int
    before: int
    owed_by: list[OwedByOut]
    kept_back: list[KeptBackOut]


class SumOut(Schema):
    """A run by programme, right and month: lines and cents."""

    programme: str
    code: str
    month: date
    kind: str
    paid: int
    paid_cents: int
    held: int
    held_cents: int
    overpaid: int
    overpaid_cents: int


class DifferenceOut(Schema):
    """Where sums differ: cents that were expected and found; `number` is the line's, if the run has one."""

    what: str
    number: int | None
    code: str
    month: date
    expected: int
    found: int


class ProofOut(Schema):
    """Whether decisions, lines, ledger and bank of a run agree, in cents. At most 1000 differences are listed.

    Each sum stands beside that which it is held against; `waiting` was sent and not answered yet, `executed` is the
    expense that stands in the books.
    """

    holds: bool
    decided: int
    lines: int
    to_post: int
    posted: int
    withheld: int
    deducted: int
    to_file: int
    filed: int
    paid: int
    paid_posted: int
    back: int
    back_posted: int
    waiting: int
    executed: int
    differences: list[DifferenceOut]


class FileOut(Schema):
    """A payment file of a run: the lines it holds, its bytes by their hash, and where it is at the bank."""

    number: int
    name: str
    programme: str
    first: int
    last: int
    transfers: int
    cents: int
    sha256: str
    size: int
    state: Literal["stored", "sending", "received", "accepted", "in_part", "refused"]


class ReturnOut(Schema):
    """A line that the bank returned or rejected: its code, and what follows."""

    number: int
    kind: Literal["returned", "rejected"]
    cents: int
    reason: str
    action: str
    on: date | None


class ReturnPage(Schema):
    """A page of what came back; `next` is given as `after` for the next page."""

    items: list[ReturnOut]
    next: int | None


class MatterOut(Schema):
    """What the bank said that somebody must settle; `number` is a line's."""

    id: int
    kind: Literal["back", "unknown", "amount", "message", "file", "gap"]
    run: uuid.UUID | None
    number: int | None
    action: str
    opened_at: datetime
    settled_at: datetime | None


class MatterPage(Schema):
    """A page of matters, the oldest first; `next` is given as `after` for the next page."""

    items: list[MatterOut]
    next: int | None


class SettleMatterIn(In):
    """How a matter was settled."""

    note: Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern=NO_NUL)]


class MyPaymentOut(Schema):
    """What was paid, or held and why, to oneself or somebody whom one represents."""

    id: int
    payee: uuid.UUID
    code: str
    month: date
    due: date
    pay_on: date
    kind: Literal["current", "arrears", "again"]
    amount: int
    withheld: int
    held: str
    account: str
    came_back: bool
    channel: Literal["bank", "post", "cash"]
    to_supplier: bool
    decision: uuid.UUID | None


class MyPaymentsPage(Schema):
    """A page of payments, the newest first; `next` is given as `before` for older ones."""

    items: list[MyPaymentOut]
    next: int | None
