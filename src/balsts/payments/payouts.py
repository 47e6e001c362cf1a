"""Choices of where a payee's money goes when it is not their own account: recorded by one, agreed by another, ended.

A choice is in force from the moment it is agreed to, on the payment days that it names. Runs that are prepared by then
follow what was in force before; a line keeps the choice by which it goes.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

import schwifty
from django.db import connection
from django.utils import timezone
from psycopg.types.range import DateRange
from schwifty.exceptions import SchwiftyException

from balsts.access.acting import Acting, in_scope
from balsts.access.log import log_access
from balsts.access.predicates import require
from balsts.payments.errors import NoPayout
from balsts.payments.models import PayoutChoice, Programme
from balsts.payments.refusals import in_words

Channel = PayoutChoice.Channel
_MOST = {"name": 70, "reference": 35, "address": 200, "basis": 300}


@dataclass(frozen=True)
class Payout:
    """Where money goes, from which payment day to which, of one right or of all, and why.

    An account has a name, an IBAN and what its holder knows the payment by; the post has an address; the cash desk
    nothing more.
    """

    channel: Channel
    basis: str
    since: date
    until: date | None = None
    code: str = ""
    name: str = ""
    iban: str = ""
    reference: str = ""
    address: str = ""


def payee_of(who: Acting, personal_code: str) -> uuid.UUID:
    """Whose money a choice is about, by their personal code; it is recorded that who acts asked.

    Raises:
        AccessDenied: who acts prepares no payments.
        NoPayout: this payer owes and pays nobody of that code.
    """
    require("payments.prepare", who)
    with in_scope(who), connection.cursor() as cursor:
        cursor.execute("SELECT payments_owed_person(%s)", [personal_code.replace("-", "")])
        found: uuid.UUID | None = (cursor.fetchone() or (None,))[0]
    if found is None:
        raise NoPayout("This payer owes nobody of that personal code; nothing was recorded. Look at the application.")
    log_access(who, "record", [found], "where payments go")
    return found


def record_choice(who: Acting, payee: uuid.UUID, payout: Payout) -> PayoutChoice:
    """Record where a payee's money is to go; somebody else agrees before any of it does.

    Raises:
        AccessDenied: who acts prepares no payments there.
        NoPayout: it is not well formed, or the right is not one that is paid.
    """
    require("payments.prepare", who)
    if payout.until is not None and payout.until <= payout.since:
        raise NoPayout("The choice ends before it begins; nothing was recorded. Look at its days.")
    for name, most in _MOST.items():
        if len(getattr(payout, name).strip()) > most:
            raise NoPayout(f"The choice: {name} is too long; expected at most {most} characters. Nothing was recorded.")
    if payout.code and not Programme.objects.filter(code=payout.code, is_money=True).exists():
        raise NoPayout("No right of that code is paid in money; nothing was recorded. Look at its code.")
    assert who.staff is not None
    assert who.institution is not None
    new = PayoutChoice(
        payer_id=who.institution, payee_id=payee, code=payout.code, channel=payout.channel,
        valid=DateRange(payout.since, payout.until), name=payout.name.strip(),
        iban=_account(payout.iban) if payout.iban else "", reference=payout.reference.strip(),
        address=payout.address.strip(), basis=payout.basis.strip(), by_staff=who.staff,
    )  # fmt: skip
    with in_scope(who), in_words("The choice", NoPayout):
        new.save(force_insert=True)
    return new


def agree_choice(who: Acting, choice: PayoutChoice) -> PayoutChoice:
    """Agree to a choice that somebody else recorded; it takes the place of the one before on the days both name.

    Raises:
        AccessDenied: who acts approves no payments there.
        NoPayout: it is agreed to or ended already, or who acts recorded it.
    """
    require("payments.approve", who, choice)
    with in_scope(who), in_words("The choice", NoPayout):
        PayoutChoice.objects.filter(pk=choice.pk).update(agreed_by=who.staff)
        return PayoutChoice.objects.get(pk=choice.pk)


def end_choice(who: Acting, choice: PayoutChoice, reason: str) -> PayoutChoice:
    """No longer follow a choice from now on; what went by it stays so.

    Raises:
        AccessDenied: who acts neither prepares nor approves payments there.
        NoPayout: it has ended already, or no reason is given.
    """
    require("payments.prepare" if who.may("prepare_payments") else "payments.approve", who, choice)
    with in_scope(who), in_words("The choice", NoPayout):
        PayoutChoice.objects.filter(pk=choice.pk).update(ended_by=who.staff, ended_because=reason.strip())
        return PayoutChoice.objects.get(pk=choice.pk)


def choices_today(who: Acting) -> list[PayoutChoice]:
    """Choices of the payer that are not ended and whose last day has not come, as they were recorded.

    Whose they are is recorded as looked at first: a choice may hold an address.

    Raises:
        AccessDenied: who acts reads no payments there.
    """
    require("payments.read", who)
    with in_scope(who):
        found = PayoutChoice.objects.filter(payer=who.institution, ended_by__isnull=True)
        found = found.exclude(valid__fully_lt=DateRange(timezone.localdate(), None))
        log_access(who, "read", set(found.values_list("payee", flat=True)), "where payments go")
        return list(found.order_by("at", "pk"))


def _account(text: str) -> str:
    try:
        return str(schwifty.IBAN(text))
    except SchwiftyException as error:
        raise NoPayout(
            f"The account is not one ({type(error).__name__}); expected an IBAN such as LV80BANK0000435195001. Nothing "
            "was recorded."
        ) from None
