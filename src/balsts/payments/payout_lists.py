"""What a run pays by post and in cash: lists of it, and what the post and the cash desk say.

A list is a table as CSV, kept under its hash; each payout in it has the name that a transfer of its line would have at
a bank, with check digits. Open question: in what form Latvijas Pasts takes lists and gives answers is not read anywhere
yet; this one stands in its place.
"""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

from django.db import IntegrityError, connection
from django.db.models import F
from django.utils import timezone

from balsts.access.acting import Acting, in_scope
from balsts.access.log import log_access
from balsts.access.predicates import require
from balsts.documents.spreadsheet import Euros, as_csv
from balsts.payments import kept_files
from balsts.payments.errors import AnswerNotUsable, NoPayout, RunNotReady, StoredFileMissing
from balsts.payments.iso20022.identifiers import LineName, end_to_end_id, line_of
from balsts.payments.lines import A_PAGE
from balsts.payments.models import Event, Line, PayoutList, Run

COLUMNS = ("number", "receiver", "address", "euros", "payment_day")
ANSWER = ("number", "state", "day")
STATES = {"paid": True, "undelivered": False}
_MOST_TOLD = 20
"""So many rows of an answer that cannot be used are told at once."""


def path_of(sha256: str) -> Path:
    """Where a list, or an answer, of this hash is kept."""
    return kept_files.path_of(sha256, "csv")


def write_lists(who: Acting, run: Run) -> list[PayoutList]:
    """Write and keep the lists of what a released run pays by post and in cash; those it has nothing for are left out.

    The same run gives the same bytes. Whose data are handed over is recorded first.

    Raises:
        AccessDenied: who acts prepares no payments there.
        RunNotReady: the run is not released.
    """
    require("payments.prepare", who, run)
    if run.state != Run.State.RELEASED:
        raise RunNotReady(f"Run {run.month:%Y-%m} ({run.kind}): it is not released; lists are of what is. Release it.")
    with in_scope(who):
        for channel in (Line.Channel.POST, Line.Channel.CASH):
            _write_list(who, run, channel)
        return list(PayoutList.objects.filter(run=run).order_by("-channel"))


def _write_list(who: Acting, run: Run, channel: str) -> None:
    receivers = Line.objects.filter(run=run, channel=channel, held="").values_list("receiver", flat=True).distinct()
    log_access(who, "export", [one for one in receivers if one], f"list of payouts: {channel}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, name, address, cents FROM payments_payouts_of(%s, %s)", [run.pk, channel])
        found = cursor.fetchall()
    if not found:
        return
    rows = [(end_to_end_id(run.number, number), name, address, Euros(cents), run.pay_on.isoformat())
            for number, name, address, cents in found]  # fmt: skip
    content = as_csv(COLUMNS, rows)
    digest = _kept(content)
    with connection.cursor() as cursor:
        cursor.execute("SELECT payments_store_list(%s, %s, %s, %s, %s, %s)",
                       [run.pk, channel, len(rows), sum(row[3] for row in found), digest, len(content)])  # fmt: skip


def _kept(content: bytes) -> str:
    """Keep bytes under their hash, for good."""
    digest = hashlib.sha256(content).hexdigest()
    with kept_files.being_written(".list") as file:
        file.write(content)
        kept_files.keep(file, digest, "csv")
    return digest


# -- what the post says ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answered:
    """What an answer said: payouts paid and undelivered, and how many of both were not known before."""

    paid: int
    undelivered: int
    new: int


@dataclass(frozen=True, slots=True)
class _Said:
    """A row of an answer that can be read: its number in the file, the payout, whether it was paid, the day."""

    row: int
    line: LineName
    is_paid: bool
    day: date


def apply_answer(who: Acting, content: bytes) -> Answered:
    """Apply an answer of the post (number, state, day): whole, or not at all; the same answer again changes nothing.

    What was undelivered is owed again, and the next run pays it.

    Args:
        content: a table as CSV in UTF-8, its columns parted by commas or semicolons, its first row naming them.

    Raises:
        AccessDenied: who acts prepares no payments.
        AnswerNotUsable: some rows do not fit; `problems` holds each with its number.
    """
    require("payments.prepare", who)
    said, problems = _read(content)
    with in_scope(who):
        problems += _unfit(said)
        if problems:
            raise _not_usable(problems)
        new = _told("post", said, _kept(content))
    paid = sum(one.is_paid for one in said)
    return Answered(paid, len(said) - paid, new)


def _not_usable(problems: list[tuple[int, str]]) -> AnswerNotUsable:
    told = sorted(problems)[:_MOST_TOLD]
    more = [f"and {len(problems) - len(told)} more"] if len(problems) > len(told) else []
    return AnswerNotUsable("The answer cannot be used; nothing was changed. Mend these rows, or ask the post:",
                           *(f"row {number}: {words}" for number, words in told), *more)  # fmt: skip


def _read(content: bytes) -> tuple[list[_Said], list[tuple[int, str]]]:
    """The rows of an answer, and what cannot be read, by row; the head is row 1."""
    try:
        text = content.decode("utf-8-sig")
        head = text.partition("\n")[0]
        rows = list(csv.reader(io.StringIO(text), delimiter=";" if ";" in head else ",", strict=True))
    except (UnicodeDecodeError, csv.Error):
        raise AnswerNotUsable("The answer is not a table as CSV in UTF-8; nothing was changed. Save it anew.") from None
    if not rows or tuple(one.strip() for one in rows[0]) != ANSWER:
        return [], [(1, f"expected the columns {', '.join(ANSWER)}")]
    said, problems = [], []
    for number, row in enumerate(rows[1:], start=2):
        if not row:
            continue
        found = _row(number, [one.strip() for one in row])
        if isinstance(found, str):
            problems.append((number, found))
        else:
            said.append(found)
    return said, problems or ([] if said else [(2, "expected a row for each payout; there is none")])


def _row(number: int, row: list[str]) -> _Said | str:
    """A row, or what is wrong with it."""
    if len(row) != len(ANSWER):
        return f"expected {len(ANSWER)} columns, found {len(row)}"
    line = line_of(row[0])
    if line is None:
        return "the number is not one of a list; its check digits do not fit"
    if row[1] not in STATES:
        return f"the state is unknown; expected {' or '.join(STATES)}"
    try:
        return _Said(number, line, STATES[row[1]], date.fromisoformat(row[2]))
    except ValueError:
        return "the day is not one; expected YYYY-MM-DD"


def _unfit(said: list[_Said]) -> list[tuple[int, str]]:
    """Rows that do not fit what was paid out, and why."""
    states, seen = _states([one.line for one in said]), dict[LineName, int]()
    problems = []
    for nth, one in enumerate(said, start=1):
        before = seen.setdefault(one.line, one.row)
        words = f"the number stands in row {before} too" if before != one.row else _why_not(one, states.get(nth))
        if words:
            problems.append((one.row, words))
    return problems


def _why_not(one: _Said, state: _State | None, channel: str = Line.Channel.POST) -> str:
    """Why something cannot be said of a payout; empty: it can."""
    if state is None or state.channel != channel:
        return "no released payout of this payer has this number"
    if not state.released_on <= one.day <= timezone.localdate():
        return "the day is before the payment was released, or has not come yet"
    if one.is_paid and state.is_back:
        return "it was said to be undelivered before; it is owed again"
    return "it was said to be paid before" if not one.is_paid and state.is_paid and not state.is_back else ""


@dataclass(frozen=True, slots=True)
class _State:
    """What is known of a payout."""

    channel: str
    released_on: date
    is_paid: bool
    is_back: bool


def _states(lines: list[LineName]) -> dict[int, _State]:
    """What is known of payouts, by their place in the list from 1; those that are none of ours are left out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nth, channel, released_on, is_paid, is_back "
                       "FROM payments_payouts_found(%s::bigint[], %s::integer[])",
                       [[one.run for one in lines], [one.line for one in lines]])  # fmt: skip
        return {nth: _State(*rest) for nth, *rest in cursor.fetchall()}


def _told(channel: str, said: list[_Said], receipt: str) -> int:
    """Tell the database; how many words were new."""
    columns: list[list[Any]] = [
        [one.line.run for one in said], [one.line.line for one in said], [one.is_paid for one in said],
        [one.day for one in said], [receipt] * len(said),
    ]  # fmt: skip
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT payments_tell_payouts(%s, %s::bigint[], %s::integer[], %s::boolean[], %s::date[], "
                           "%s::text[])", [channel, *columns])  # fmt: skip
            return cast("int", (cursor.fetchone() or (0,))[0])
    except IntegrityError as error:
        if "does not fit them" not in str(error):
            raise
        raise AnswerNotUsable(
            "Somebody said something of the same payouts meanwhile; nothing was changed. Look anew."
        ) from None


# -- what the cash desk says -----------------------------------------------------------------------------------------


def paid_out(who: Acting, line: Line, on: date, receipt: str) -> None:
    """Say that a line was paid in cash, on a day, against a receipt; said again, it changes nothing.

    Raises:
        AccessDenied: who acts prepares no payments there.
        NoPayout: the line is not to be paid in cash, it was not fetched and is owed again, or there is no receipt.
    """
    _say_of_cash(who, line, on, receipt, is_paid=True)


def not_paid_out(who: Acting, line: Line, on: date, reason: str) -> None:
    """Say that a line was not fetched at the cash desk; it is owed again, and the next run pays it.

    Raises:
        AccessDenied: who acts prepares no payments there.
        NoPayout: the line is not to be paid in cash, it was paid, or no reason is given.
    """
    _say_of_cash(who, line, on, reason, is_paid=False)


def _say_of_cash(who: Acting, line: Line, on: date, receipt: str, *, is_paid: bool) -> None:
    require("payments.prepare", who)
    if not receipt.strip():
        raise NoPayout("To say what became of cash, a receipt or a reason must be given. Nothing was changed.")
    with in_scope(who):
        number = Run.objects.filter(pk=line.run_id).values_list("number", flat=True).first() or 0
        said = _Said(1, LineName(number, line.number), is_paid, on)
        problem = _why_not(said, _states([said.line]).get(1), Line.Channel.CASH)
        if problem:
            raise NoPayout(f"Line {line.number}: {problem}. Nothing was changed.")
        _told("cash", [said], receipt.strip()[:70])


# -- looking ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Handed:
    """A line that goes by post or in cash, and what is known of it: waits, paid or owed again; and on which day."""

    line: Line
    state: str
    on: date | None

    @property
    def cents(self) -> int:
        """What is handed out."""
        return self.line.amount - self.line.withheld


def payouts_page(run: Run, channel: str, after: int = 0, most: int = A_PAGE) -> tuple[list[Handed], int | None]:
    """What a run pays by post or in cash, by number after one; and after which the next page begins. In scope."""
    lines = Line.objects.filter(run=run, channel=channel, held="", number__gt=after, amount__gt=F("withheld"))
    found = list(lines.order_by("number")[: most + 1])
    events = Event.objects.filter(run=run, number__in=[one.number for one in found[:most]]).order_by("pk")
    said = {one.number: one for one in events}
    rows = [_handed(one, said.get(one.number)) for one in found[:most]]
    return rows, found[most - 1].number if len(found) > most else None


def _handed(line: Line, said: Event | None) -> Handed:
    if said is None:
        return Handed(line, "waits", None)
    return Handed(line, "paid" if said.kind == Event.Kind.BOOKED else "again", said.on)


def handed(line: Line) -> Handed:
    """The same of one line. In scope."""
    return _handed(line, Event.objects.filter(run=line.run_id, number=line.number).order_by("pk").last())


def content_of(who: Acting, one: PayoutList) -> bytes:
    """The bytes of a list that was written; whose data are handed over is recorded first.

    Raises:
        AccessDenied: who acts prepares no payments there.
        StoredFileMissing: its bytes are not kept any more.
    """
    with in_scope(who):
        run = Run.objects.get(pk=one.run_id)
        require("payments.prepare", who, run)
        receivers = Line.objects.filter(run=run, channel=one.channel, held="").values_list("receiver", flat=True)
        log_access(who, "export", {each for each in receivers if each}, f"list of payouts: {one.channel}")
    path = path_of(one.sha256)
    if not path.is_file():
        raise StoredFileMissing(
            f"The list {one.channel} of run {run.month:%Y-%m} ({run.kind}): its bytes are not kept any more. Write "
            "the lists anew."
        )
    return path.read_bytes()
