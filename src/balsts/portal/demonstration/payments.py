"""Payments of the demonstration: a month paid through the bank, what came back paid with the next, and one to come."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import httpx
from django.utils import timezone
from schwifty import IBAN

from balsts.access.acting import Acting, in_scope, the_platform
from balsts.cases.models import Award
from balsts.exchange.periods import next_month
from balsts.law.engine.quantities import euros
from balsts.law.engine.vocabulary import Month, month_number
from balsts.payments.bank.connections import connection_from_environment
from balsts.payments.bank.line import BankLine
from balsts.payments.bank_work import open_account, talk
from balsts.payments.models import Matter, Run
from balsts.payments.preview import preview_of
from balsts.payments.proof import prove
from balsts.payments.use_cases import acknowledge, approve_run, prepare_run, release_run
from balsts.portal.demonstration.people import HERE
from balsts.portal.demonstration.staff import office_of
from balsts.registry.models import Person
from balsts.registry.recording import days, new_source
from balsts.registry.use_cases import state_account

_BANK, _BIC, _FIRST_ACCOUNT, _OWN_NUMBER = "HABA", "HABALV22", 700_000_000, 99_000_001
_WITHOUT_ACCOUNT, _ACCOUNTS_CLOSED, _CORRECTED = 9, (3, 4), 3
"""Each so-manieth payee has stated no account; the accounts of these are closed; and one of them states another."""
_DAYS_OF_RETURNS = 4


@dataclass(frozen=True)
class Payer:
    """Who prepares, approves and releases payments of one office."""

    officer: Acting
    head: Acting
    other_head: Acting


def closed_accounts() -> tuple[str, ...]:
    """The accounts whose payments the demonstration's bank returns."""
    return tuple(_account(number) for number in _ACCOUNTS_CLOSED)


def first_month() -> date:
    """The first month that the demonstration pays: this one, in which its first decisions were made."""
    return timezone.localdate().replace(day=1)


def make_payments(here: Payer) -> None:
    """State accounts, pay two months through the bank, and prepare the next one for whoever looks."""
    first = first_month()
    payees = list(_payees(here))
    _state_accounts(payees, first)
    open_account(office_of(HERE), _account(_OWN_NUMBER), _BIC, most_transfers=10_000)
    _paid(here, first)
    with in_scope(the_platform()):
        source = new_source("declaration", "SD-2026/0003")
        state_account(Person(pk=payees[_CORRECTED - 1]), source, _account(len(payees) + 1), days(first))
    _paid(here, next_month(first))
    prepare_run(here.officer, _month(next_month(next_month(first))))


def _paid(here: Payer, month: date) -> None:
    """Take a month through all steps and through the bank, until its returns are there."""
    run = prepare_run(here.officer, _month(month))
    with in_scope(here.head):
        seen = preview_of(run).digest
    acknowledge(here.head, run, seen)
    run = release_run(here.other_head, approve_run(here.head, run))
    with BankLine(connection_from_environment()) as line:
        talk(line)
        _days_go_by(run.pay_on + timedelta(days=_DAYS_OF_RETURNS))
        talk(line)


def _days_go_by(until: date) -> None:
    """Let the bank close its days."""
    address = connection_from_environment().address
    with httpx.Client(base_url=address, timeout=60) as bank:
        while date.fromisoformat(bank.get("/day").raise_for_status().json()["today"]) <= until:
            bank.post("/day").raise_for_status()


def _month(day: date) -> Month:
    return month_number(day.year, day.month)


def _payees(here: Payer) -> Iterator[uuid.UUID]:
    with in_scope(the_platform()):
        awards = Award.objects.filter(case__institution=here.officer.institution, kind=Award.Kind.RIGHT)
        yield from sorted(set(awards.values_list("payee", flat=True)))


def _state_accounts(payees: list[uuid.UUID], since: date) -> None:
    """Accounts of those to whom something is granted here: two of them share one, some have none."""
    with in_scope(the_platform()):
        source = new_source("declaration", "SD-2026/0002")
        for number, payee in enumerate(payees, start=1):
            if number % _WITHOUT_ACCOUNT:
                state_account(Person(pk=payee), source, _account(max(number, 2)), days(since))


def _account(number: int) -> str:
    return str(IBAN.generate("LV", bank_code=_BANK, account_code=str(_FIRST_ACCOUNT + number).zfill(13)))


def payment_words() -> list[str]:
    """What the demonstration's months came to, for a terminal."""
    with in_scope(the_platform()):
        runs = list(Run.objects.exclude(state=Run.State.CANCELLED).order_by("number"))
        lines = [f"  {_in_words(run)}" for run in runs]
        waiting = Matter.objects.filter(settled_at=None).count()
    return ["  Payments through the simulated bank:", *lines, f"  {waiting} matters of the bank wait for somebody."]


def _in_words(run: Run) -> str:
    totals, proof = preview_of(run).totals, prove(run)
    agree = "all sums agree" if proof.holds else f"{len(proof.differences)} differences"
    return (f"{run.month:%Y-%m} {run.state}: {totals.paid} lines, {euros(totals.paid_cents)} EUR, {totals.held} held; "
            f"paid by the bank {euros(proof.paid)}, came back {euros(proof.back)}; {agree}")  # fmt: skip
