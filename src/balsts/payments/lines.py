"""Lines of a run, page by page after the number of the last one; and what is behind one. To be called in scope."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from balsts.payments.models import Deduction, Event, Line, Overpaid, Run
from balsts.payments.preview import CHANGED_PERCENT, MOST_CENTS_OF_A_LINE

A_PAGE = 50
LAST_FOUR = 4
_NIL = uuid.UUID(int=0)
WORKED_OUT = ("new", "ended", "changed", "one_account_of_several", "moved", "new_creditor",
              "new_payout_account")  # fmt: skip
"""Findings that rest on more than the line itself; of a new creditor, the lines from which something goes there."""
OF_LINES = ("arrears", "above_limit", "withheld")
OVERPAID = "overpaid"
FINDINGS = (*WORKED_OUT, *OF_LINES, OVERPAID)
"""By which lines can be looked for; held lines are looked for by why they are held."""


@dataclass(frozen=True)
class Asked:
    """Which lines of a run: of a finding, a right, a reason for holding; empty is all of them."""

    finding: str = ""
    code: str = ""
    held: str = ""


@dataclass(frozen=True)
class Row:
    """A line or an overpayment in a list: what it is of, and nobody's data.

    Of `amount`, `withheld` does not go to the receiver. `before` are the cents that the payee got of the right in the
    run before, where the list is of what changed; `run` is that run where the list is of what ended. A line goes by a
    channel; `to_supplier`: to the account of an institution or supplier.
    """

    run: uuid.UUID
    number: int
    code: str
    month: date
    due: date
    kind: str
    amount: int
    held: str
    programme: str
    withheld: int = 0
    before: int = 0
    channel: str = ""
    to_supplier: bool = False

    @property
    def is_overpaid(self) -> bool:
        """Whether it is an overpayment found, not a line."""
        return self.kind == OVERPAID


@dataclass(frozen=True)
class Page:
    """Some lines in order; `following` is the number after which the next page begins, or None."""

    rows: tuple[Row, ...]
    following: int | None


def page_of(run: Run, asked: Asked, after: int = 0, most: int = A_PAGE) -> Page:
    """Lines of a run after a number, at most so many."""
    if asked.finding in WORKED_OUT:
        rows = _worked_out(run, asked, after, most + 1)
    elif asked.finding == OVERPAID:
        found = Overpaid.objects.filter(run=run, number__gt=after).order_by("number")
        rows = [_row(one, OVERPAID) for one in (found.filter(code=asked.code) if asked.code else found)[: most + 1]]
    else:
        rows = [_row(one, one.kind) for one in _filtered(run, asked).filter(number__gt=after)[: most + 1]]
    shown = tuple(rows[:most])
    return Page(shown, shown[-1].number if len(rows) > most else None)


def _filtered(run: Run, asked: Asked) -> QuerySet[Line]:
    lines = Line.objects.filter(run=run).order_by("number")
    if asked.code:
        lines = lines.filter(code=asked.code)
    if asked.held:
        lines = lines.filter(held=asked.held).exclude(held="")
    if asked.finding == "arrears":
        lines = lines.filter(kind=Line.Kind.ARREARS)
    if asked.finding == "above_limit":
        lines = lines.filter(amount__gt=MOST_CENTS_OF_A_LINE)
    if asked.finding == "withheld":
        lines = lines.filter(withheld__gt=0)
    return lines


def _worked_out(run: Run, asked: Asked, after: int, most: int) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT in_run, number, cents_before FROM payments_found(%s, %s, %s, %s, %s, %s)",
                       [run.pk, asked.finding, asked.code, CHANGED_PERCENT, after, most])  # fmt: skip
        found = cursor.fetchall()
    if not found:
        return []
    lines = {one.number: one for one in Line.objects.filter(run=found[0][0], number__in=[one[1] for one in found])}
    rows = [_row(lines[number], lines[number].kind, before) for _run, number, before in found]
    return [one for one in rows if not asked.held or one.held == asked.held]


def _row(one: Line | Overpaid, kind: str, before: int = 0) -> Row:
    held, withheld = (one.held, one.withheld) if isinstance(one, Line) else ("", 0)
    channel, to_supplier = way_of(one) if isinstance(one, Line) else ("", False)
    return Row(one.run_id, one.number, one.code, one.month, one.due, kind, one.amount, held, one.programme, withheld,
               before, channel, to_supplier)  # fmt: skip


def way_of(line: Line) -> tuple[str, bool]:
    """The channel by which a line goes, and whether that is to the account of an institution or supplier."""
    return line.channel, line.choice_id is not None and line.channel == Line.Channel.BANK


@dataclass(frozen=True)
class LeftOut:
    """An award that a run could not pay: its right, case, decision, and amount by period."""

    award: uuid.UUID
    code: str
    case: str
    decision: str
    amount: int
    per: str


def left_out_of(run: Run, after: uuid.UUID = _NIL, most: int = A_PAGE) -> tuple[list[LeftOut], uuid.UUID | None]:
    """Awards that a run could not pay, after one of them; and after which the next page begins."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT award, code, case_number, decision_number, amount, per "
                       "FROM payments_left_out_told(%s, %s, %s)", [run.pk, after, most + 1])  # fmt: skip
        found = [LeftOut(*row) for row in cursor.fetchall()]
    return found[:most], found[most - 1].award if len(found) > most else None


# -- one line ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OwedBy:
    """A decision by which something was owed: cents; whether the run believed so, else by which it was replaced."""

    decision: uuid.UUID
    number: str
    signed_at: datetime | None
    cents: int
    is_owed: bool
    replaced_by: str | None


@dataclass(frozen=True)
class Earlier:
    """What another run wrote of the same right and month: below zero where it found an overpayment."""

    run: Run
    number: int
    cents: int
    held: str
    is_overpaid: bool
    came_back: bool


@dataclass(frozen=True)
class Behind:
    """What is behind a line: case, names, decisions, what was written before, and lines to the same account.

    `before` is what earlier runs paid on the whole, of which `earlier` shows those that may be seen.
    """

    case: str
    type: str
    payee: str | None
    receiver: str | None
    owed_by: tuple[OwedBy, ...]
    owed: int
    before: int
    earlier: tuple[Earlier, ...]
    same_account: tuple[int, ...]


def line_in(run: Run, number: int) -> Line | None:
    """A line of a run by its number."""
    return Line.objects.filter(run=run, number=number).first()


def overpaid_in(run: Run, number: int) -> Overpaid | None:
    """An overpayment of a run by its number."""
    return Overpaid.objects.filter(run=run, number=number).first()


def persons_of(one: Line | Overpaid) -> list[uuid.UUID]:
    """Whose data a line holds: the payee, and who gets it for them."""
    receiver = one.receiver_id if isinstance(one, Line) else None
    return list(dict.fromkeys(each for each in (one.payee_id, receiver) if each))


def behind(one: Line | Overpaid) -> Behind:
    """What is behind a line; whoever asks has written down first that they look at `persons_of` it."""
    asked: list[Any] = [one.run_id, one.number, isinstance(one, Overpaid)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM payments_line_told(%s, %s, %s)", asked)
        case, kind, payee, receiver = cursor.fetchone() or ("", "", None, None)
    owed_by = owed_by_of(one)
    owed = sum(each.cents for each in owed_by if each.is_owed)
    difference = -one.amount if isinstance(one, Overpaid) else one.amount
    same = _same_account(one) if isinstance(one, Line) else ()
    return Behind(case, kind, payee, receiver, owed_by, owed, owed - difference, tuple(_earlier(one)), same)


def owed_by_of(one: Line | Overpaid) -> tuple[OwedBy, ...]:
    """By which decisions a line or an overpayment is owed, and was until they were replaced."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM payments_owed_by(%s, %s, %s)", [one.run_id, one.number, isinstance(one, Overpaid)]
        )
        return tuple(OwedBy(*row) for row in cursor.fetchall())


def _earlier(one: Line | Overpaid) -> list[Earlier]:
    """What other runs wrote of the same key before, oldest first."""
    found: list[tuple[int, Earlier]] = []
    for kind in (Line, Overpaid):
        rows = kind.objects.filter(case=one.case_id, code=one.code, payee=one.payee_id, month=one.month,
                                   part__lt=one.part)  # fmt: skip
        for each in rows.select_related("run").exclude(run__state=Run.State.CANCELLED):
            found.append((each.part, _as_earlier(each)))
    return [each for _part, each in sorted(found, key=lambda pair: pair[0])]


def _as_earlier(one: Line | Overpaid) -> Earlier:
    if isinstance(one, Overpaid):
        return Earlier(one.run, one.number, -one.amount, "", is_overpaid=True, came_back=False)
    back = Event.objects.filter(run=one.run_id, number=one.number).exclude(kind=Event.Kind.BOOKED)
    return Earlier(one.run, one.number, one.amount, one.held, is_overpaid=False, came_back=back.exists())


def kept_back_from(line: Line) -> list[Deduction]:
    """What is kept back from a line, with the orders by which it is."""
    return list(Deduction.objects.filter(line=line).select_related("order").order_by("pk"))


def _same_account(line: Line) -> tuple[int, ...]:
    """Numbers of the first lines of the run that pay somebody else to the same account."""
    if not line.iban:
        return ()
    others = Line.objects.filter(run=line.run_id, iban=line.iban).exclude(receiver=line.receiver_id)
    return tuple(others.order_by("number").values_list("number", flat=True)[:10])


def last_four(iban: str) -> str:
    """An account as it may be shown: its last four characters."""
    return f"•••• {iban[-LAST_FOUR:]}" if iban else ""
