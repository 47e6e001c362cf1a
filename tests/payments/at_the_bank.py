"""Payments of tests at a bank: accounts of payers, rounds of talk, what the books come to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from django.db import connection

from balsts.access.acting import in_scope
from balsts.access.models import Institution
from balsts.payments.bank_work import Round, talk
from balsts.payments.models import BankFile, Event, Matter, Posting, Run
from tests.access.people import RIGA, office
from tests.payments.running_bank import RunningBank, bank_in_process
from tests.payments.situations import IBANS, Given, case_of, granted, payee, released
from tests.payments.transfers import AGENCY_IBAN
from tests.registry.situations import PLATFORM

BIC = "HABALV22"


def open_account(where: Institution | None = None, *, programme: str = "", transfers: int = 100_000,
                 cents: int | None = None, iban: str = AGENCY_IBAN) -> None:  # fmt: skip
    where = where or office(RIGA)
    with in_scope(PLATFORM), connection.cursor() as cursor:
        cursor.execute("SELECT payments_open_account(%s, %s, %s, %s, %s, %s)",
                       [where.pk, programme, iban, BIC, transfers, cents])  # fmt: skip


@contextmanager
def bank(folder: Path, **scenario: object) -> Iterator[RunningBank]:
    """A bank in this process, to whose returns nobody waits: they come the day after."""
    folder.mkdir(exist_ok=True)
    with bank_in_process(folder, **scenario) as running:  # type: ignore[arg-type]
        yield running


def round_at(running: RunningBank) -> Round:
    with running.line() as line:
        return talk(line)


def days_at(running: RunningBank, many: int = 1) -> Round:
    """So many banking days, and what the bank says of them."""
    running.close_days(many)
    return round_at(running)


def events_of(run: Run) -> list[tuple[int, str, int, str]]:
    with in_scope(PLATFORM):
        return list(Event.objects.filter(run=run).order_by("number", "pk")
                    .values_list("number", "kind", "cents", "reason"))  # fmt: skip


def files_of(run: Run) -> list[tuple[int, str, int, int, int, int, str]]:
    with in_scope(PLATFORM):
        return list(BankFile.objects.filter(run=run).order_by("number")
                    .values_list("number", "programme", "first", "last", "transfers", "cents", "state"))  # fmt: skip


def matters() -> list[tuple[str, str]]:
    with in_scope(PLATFORM):
        return list(Matter.objects.filter(settled_at=None).order_by("pk").values_list("kind", "action"))


def books() -> dict[str, int]:
    """The balance of each account, in cents; those at nothing are left out."""
    found: dict[str, int] = {}
    with in_scope(PLATFORM):
        for account, cents in Posting.objects.values_list("account", "cents"):
            found[account] = found.get(account, 0) + cents
    assert sum(found.values()) == 0
    return {account: cents for account, cents in found.items() if cents}


def one_month() -> Run:
    """A released run of three lines; the account of the second is closed."""
    open_account()
    for iban, cents in ((IBANS[0], 8_700), (IBANS[1], 9_900), (IBANS[0], 500)):
        granted(case_of(payee(iban=iban)), Given(cents, date(2026, 1, 1), date(2026, 2, 1)))
    return released("2026-01")
