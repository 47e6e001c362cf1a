"""What travels by the API about claims, orders of creditors, choices of where money goes, and what is handed out."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Literal

from ninja import Schema

ClaimState = Literal["proposed", "open", "on_plan", "settled", "written_off", "withdrawn"]
AgreedState = Literal["proposed", "to_come", "in_force", "over"]


class AgreedOut(Schema):
    """Who stated something that takes two people, who agreed, who ended it and why."""

    by_staff: uuid.UUID
    at: datetime
    agreed_by: uuid.UUID | None
    agreed_at: datetime | None
    ended_by: uuid.UUID | None
    ended_at: datetime | None
    ended_because: str


class OverpaymentRow(Schema):
    """An overpayment that nobody has claimed back, or the part of it that is claimed: nobody's data."""

    id: int
    run: uuid.UUID
    number: int
    code: str
    month: date
    cents: int


class OverpaymentPage(Schema):
    """A page of overpayments, the oldest first; `next` is given as `after` for the next page."""

    items: list[OverpaymentRow]
    next: int | None


class ClaimRowOut(AgreedOut):
    """A claim in cents: what was kept back, paid back, given up, and what is `left`.

    `withheld` is of runs that are released, `coming` of others; `waits`: something of it waits for a second person.
    """

    id: uuid.UUID
    state: ClaimState
    reason: str
    amount: int
    withheld: int
    coming: int
    repaid: int
    written_off: int
    left: int
    waits: bool
    parts: list[OverpaymentRow]


class ClaimPageOut(Schema):
    """A page of claims, those decided last first; `next` is given as `after` for the next page."""

    items: list[ClaimRowOut]
    next: uuid.UUID | None


class PlanOut(AgreedOut):
    """A plan: from a month on, in how many months, how much the first of them; kept back from payments, or paid."""

    id: uuid.UUID
    since: date
    months: int
    monthly: int
    is_withheld: bool


class WriteOffOut(AgreedOut):
    """A sum of a claim that is given up once a second person agrees, and why."""

    id: uuid.UUID
    cents: int
    reason: str


class RepaymentOut(Schema):
    """Money that the debtor paid back."""

    cents: int
    received_on: date
    reference: str
    at: datetime
    by_staff: uuid.UUID


class KeptOut(Schema):
    """What a line kept back; `is_released`: its run is."""

    run: uuid.UUID
    line: int
    cents: int
    is_released: bool


class ClaimOut(ClaimRowOut):
    """A claim with whose it is and all that became of it; of what was kept back, the last fifty lines."""

    debtor: str | None
    plans: list[PlanOut]
    write_offs: list[WriteOffOut]
    repayments: list[RepaymentOut]
    kept: list[KeptOut]


class OrderRowOut(AgreedOut):
    """An order of a creditor: nobody's data. `until` is the first payment day it is no longer for."""

    id: uuid.UUID
    matter: uuid.UUID
    state: AgreedState
    kind: Literal["maintenance", "enforcement"]
    reference: str
    rank: int
    since: date | None
    until: date | None
    monthly: int | None
    total: int | None
    children: int
    kept: int
    left: int | None


class OrderPageOut(Schema):
    """A page of orders, those recorded last first; `next` is given as `page` for the next page."""

    items: list[OrderRowOut]
    next: int | None


class OrderOut(OrderRowOut):
    """An order with from whose payments and to whom; of the account the last four characters are told."""

    debtor: str | None
    creditor: str
    account: str
    lines: list[KeptOut]


class ChoiceRowOut(AgreedOut):
    """A choice of where money goes: nobody's data and no address. `code` is of the right; empty: every right."""

    id: uuid.UUID
    state: AgreedState
    code: str
    channel: Literal["account", "post", "cash"]
    since: date | None
    until: date | None
    basis: str


class ChoicePageOut(Schema):
    """A page of choices, those recorded last first; `next` is given as `page` for the next page."""

    items: list[ChoiceRowOut]
    next: int | None


class ChoiceOut(ChoiceRowOut):
    """A choice with whose money it is and where that goes; of the account the last four characters are told."""

    payee: str | None
    name: str
    account: str
    reference: str
    address: str


class HandedOut(Schema):
    """A line that goes by post or in cash: whether it waits, was paid, or is owed again; and since when."""

    number: int
    code: str
    month: date
    cents: int
    state: Literal["waits", "paid", "again"]
    on: date | None


class HandedPage(Schema):
    """A page of what a run pays by post or in cash; `next` is given as `after` for the next page."""

    items: list[HandedOut]
    next: int | None
