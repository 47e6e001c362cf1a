"""What went to the bank, what came back, and what a person must settle. To be called in scope."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Count, Q, Sum

from balsts.payments.lines import A_PAGE
from balsts.payments.models import BankFile, Deduction, Event, Line, Matter, Run


@dataclass(frozen=True)
class Answered:
    """What the bank has said of a run's lines, by kind: how many, and cents."""

    kind: str
    many: int
    cents: int


def files_of(run: Run) -> list[BankFile]:
    """The payment files of a run, each with its steps."""
    return list(BankFile.objects.filter(run=run).order_by("number").prefetch_related("steps"))


def answered_of(run: Run) -> list[Answered]:
    """What the bank has said of a run's lines."""
    rows = Event.objects.filter(run=run).values("kind").annotate(many=Count("pk"), sum=Sum("cents")).order_by("kind")
    return [Answered(one["kind"], one["many"], one["sum"]) for one in rows]


def returns_of(run: Run, after: int = 0, most: int = A_PAGE) -> tuple[list[Event], int | None]:
    """What came back of a run or never went, by the number of the line after one; and where the next page begins."""
    back = Event.objects.filter(run=run, number__gt=after).exclude(kind=Event.Kind.BOOKED).order_by("number")
    found = list(back[: most + 1])
    return found[:most], found[most - 1].number if len(found) > most else None


def lines_of_numbers(run: Run, numbers: Iterable[int]) -> dict[int, int]:
    """The line by each number that a run gave the bank: its own, or that from which a creditor gets something."""
    wanted = list(numbers)
    lines = Line.objects.filter(run=run, number__in=wanted).values_list("number", flat=True)
    kept = Deduction.objects.filter(run=run, number__in=wanted).values_list("number", "line__number")
    return {one: one for one in lines} | {number: line for number, line in kept if number is not None}


def of_payer(payer: uuid.UUID | None) -> Q:
    """Matters of a payer, and those of which nobody knows whose they are."""
    return Q(payer=payer) | Q(payer=None)


def open_matters(payer: uuid.UUID | None, after: int = 0, most: int = A_PAGE) -> tuple[list[Matter], int | None]:
    """What waits for somebody to settle it, the oldest first."""
    waits = Matter.objects.filter(of_payer(payer), settled_at=None, pk__gt=after).order_by("pk")
    found = list(waits.select_related("event", "file", "message", "run")[: most + 1])
    return found[:most], found[most - 1].pk if len(found) > most else None


def matters_waiting(payer: uuid.UUID | None) -> int:
    """How many matters wait."""
    return Matter.objects.filter(of_payer(payer), settled_at=None).count()


@dataclass(frozen=True)
class AtTheBank:
    """A line at the bank: the file that holds it, and what the bank said of it, the first word first."""

    file: BankFile | None
    events: tuple[Event, ...]


def at_the_bank(line: Line) -> AtTheBank:
    """Where a line is at the bank."""
    files = BankFile.objects.filter(run=line.run_id, programme=line.programme, first__lte=line.number,
                                    last__gte=line.number)  # fmt: skip
    file = None if line.held or line.channel != Line.Channel.BANK else files.first()
    return AtTheBank(file, tuple(Event.objects.filter(run=line.run_id, number=line.number).order_by("pk")))


@dataclass(frozen=True)
class Said:
    """The bank's last word of a line: kind of event, reason by its code, what follows, and the day."""

    kind: str
    reason: str
    action: str
    on: date | None


def said_of_own(lines: Iterable[int]) -> dict[int, Said]:
    """The bank's last word of lines, by their keys, that are of who acts, or of somebody whom they may see."""
    wanted = list(lines)
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT line, kind, reason, action, said_on FROM payments_said_of_own(%s)", [wanted])
        return {line: Said(*rest) for line, *rest in cursor.fetchall()}
