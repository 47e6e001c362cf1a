"""Payouts of tests: choices that two people agreed to, and what lists and answers of the post hold."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

from django.utils import timezone

from balsts.access.acting import in_scope
from balsts.access.models import Institution
from balsts.payments.iso20022.identifiers import end_to_end_id
from balsts.payments.models import Line, PayoutChoice, Run
from balsts.payments.payout_lists import path_of, write_lists
from balsts.payments.payouts import Channel, Payout, agree_choice, record_choice
from balsts.registry.models import Person
from tests.payments.situations import approver, preparer
from tests.registry.situations import PLATFORM

SUPPLIER = "LV92BANK0000000000017"
JANUARY, FEBRUARY, MARCH, APRIL = (date(2026, month, 1) for month in range(1, 5))
HOME = "Liepu iela 3-12, Rīga, LV-1001"


def to_supplier(**more: Any) -> Payout:
    given: dict[str, Any] = {"name": "SIA Siltums", "iban": SUPPLIER, "reference": "L-12/345"} | more
    return Payout(Channel.ACCOUNT, "lēmums par dzīvokļa pabalstu", given.pop("since", JANUARY), **given)


def by_post(**more: Any) -> Payout:
    return Payout(Channel.POST, "saņēmēja iesniegums", more.pop("since", JANUARY), address=HOME, **more)


def in_cash(**more: Any) -> Payout:
    return Payout(Channel.CASH, "saņēmēja iesniegums", more.pop("since", JANUARY), **more)


def chosen(person: Person, payout: Payout, where: Institution | None = None) -> PayoutChoice:
    """A choice that one recorded and another agreed to."""
    return agree_choice(approver(where), record_choice(preparer(where), person.pk, payout))


def ways(run: Run) -> list[tuple[int, str, str, str, str]]:
    """How each line of a run goes: number, right, channel, account, why it is held."""
    with in_scope(PLATFORM):
        return list(Line.objects.filter(run=run).order_by("number")
                    .values_list("number", "code", "channel", "iban", "held"))  # fmt: skip


def the_line(run: Run, number: int = 1) -> Line:
    with in_scope(PLATFORM):
        return Line.objects.get(run=run, number=number)


def listed(run: Run) -> dict[str, list[dict[str, str]]]:
    """The rows of the lists of a run, by channel."""
    return {
        one.channel: list(csv.DictReader(io.StringIO(path_of(one.sha256).read_text("utf-8-sig"), newline="")))
        for one in write_lists(preparer(), run)
    }


def named(run: Run, number: int = 1) -> str:
    """What a payout is called in a list."""
    return end_to_end_id(run.number, number)


def answer(*rows: tuple[str, str], day: str = "") -> bytes:
    """An answer of the post: numbers and states, all of one day, today unless it is named."""
    on = day or timezone.localdate().isoformat()
    return "\n".join(["number;state;day", *(f"{number};{state};{on}" for number, state in rows), ""]).encode()
