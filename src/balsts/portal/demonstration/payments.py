"""Payments of the demonstration: accounts, a month that was paid, and the next one prepared."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from schwifty import IBAN

from balsts.access.acting import Acting, in_scope, the_platform
from balsts.cases.models import Award
from balsts.exchange.periods import next_month
from balsts.law.engine.vocabulary import Month, month_number
from balsts.payments.preview import preview_of
from balsts.payments.use_cases import acknowledge, approve_run, prepare_run, release_run
from balsts.registry.models import Person
from balsts.registry.recording import days, new_source
from balsts.registry.use_cases import state_account

_BANK, _FIRST_ACCOUNT = "HABA", 700_000_000
_WITHOUT_ACCOUNT = 5
"""Each so-manieth payee has stated none, so that something waits."""


@dataclass(frozen=True)
class Payer:
    """Who prepares, approves and releases payments of one office."""

    officer: Acting
    head: Acting
    other_head: Acting


def make_payments(here: Payer) -> None:
    """State accounts, pay this month, and prepare the next one."""
    this = timezone.localdate().replace(day=1)
    _state_accounts(here, this)
    run = prepare_run(here.officer, _month(this))
    with in_scope(here.head):
        seen = preview_of(run).digest
    acknowledge(here.head, run, seen)
    release_run(here.other_head, approve_run(here.head, run))
    prepare_run(here.officer, _month(next_month(this)))


def _month(day: date) -> Month:
    return month_number(day.year, day.month)


def _state_accounts(here: Payer, since: date) -> None:
    """Accounts of those to whom something is granted here: two of them share one, some have none."""
    with in_scope(the_platform()):
        awards = Award.objects.filter(case__institution=here.officer.institution, kind=Award.Kind.RIGHT)
        payees: list[uuid.UUID] = sorted(set(awards.values_list("payee", flat=True)))
        source = new_source("declaration", "SD-2026/0002")
        for number, payee in enumerate(payees, start=1):
            if number % _WITHOUT_ACCOUNT:
                iban = IBAN.generate("LV", bank_code=_BANK, account_code=str(_FIRST_ACCOUNT + max(number, 2)).zfill(13))
                state_account(Person(pk=payee), source, str(iban), days(since))
