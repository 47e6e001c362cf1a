"""One round of talking to the bank: files written, sent, messages fetched and applied; by one process at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import IntegrityError, connection

from balsts.access.acting import Acting, in_scope, the_platform
from balsts.access.models import Institution
from balsts.access.predicates import require
from balsts.payments.bank.line import BankLine
from balsts.payments.bank_selectors import of_payer
from balsts.payments.errors import AccountExists, BankIsBusy, MatterSettled, NoPayerAccount
from balsts.payments.inbox import apply_messages, fetch
from balsts.payments.iso20022.errors import PaymentValueError
from balsts.payments.kept_files import folder_of_files
from balsts.payments.models import BankMessage, Matter, Run
from balsts.payments.outbox import send_files, write_files

_TALK = 0x62616E6B  # names the lock that whoever talks to the bank holds for as long


@dataclass
class Round:
    """What one round did: files kept and sent, messages applied and set aside, and problems that wait for somebody."""

    written: int = 0
    sent: int = 0
    applied: int = 0
    aside: int = 0
    problems: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """As commands print it."""
        return asdict(self)


def talk(line: BankLine) -> Round:
    """Write and send what was released, fetch what the bank says, and apply it.

    Raises:
        BankIsBusy: another process is at it.
        NoAnswer, Broken: of the line; what was done until then stands, and the next round goes on from there.
        StoredFileMissing: the bytes of a file that was kept are gone.
    """
    with _alone():
        done = Round()
        for run in _runs_to_write():
            try:
                done.written += len(write_files(run))
            except (NoPayerAccount, PaymentValueError) as error:
                done.problems.append(str(error))
        done.sent = len(send_files(line))
        fetch(line)
        for message in apply_messages():
            if message.state == BankMessage.State.APPLIED:
                done.applied += 1
            else:
                done.aside += 1
                done.problems.append(f"{message.name}: {message.problem}")
        return done


@contextmanager
def _alone() -> Iterator[None]:
    """The database lets one process talk at a time, and forgets a process that dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_TALK])
        if not (cursor.fetchone() or (False,))[0]:
            raise BankIsBusy("Another process is speaking to the bank. Nothing was done; wait until it has finished.")
    try:
        for left in folder_of_files().glob("*.part"):  # of a process that was stopped
            left.unlink()
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_TALK])


def _runs_to_write() -> list[Run]:
    """Released runs whose lines are not all in files, the oldest first."""
    with in_scope(the_platform()):
        released = Run.objects.filter(state=Run.State.RELEASED, is_filed=False)
        return list(released.select_related("payer").order_by("number"))


def settle_matter(who: Acting, matter: Matter, how: str) -> None:
    """Say how a matter was settled; a line that waited for it is paid by the next run, if it is still owed.

    Raises:
        AccessDenied: who acts prepares no payments there.
        MatterSettled: it was settled before, or it is not said how.
    """
    require("payments.prepare", who)
    with in_scope(who), connection.cursor() as cursor:
        found = Matter.objects.filter(of_payer(who.institution), pk=matter.pk, settled_at=None).first()
        if found is None or not how.strip():
            raise MatterSettled("The matter is settled already, or it was not said how. Nothing was changed.")
        cursor.execute("SELECT payments_settle_matter(%s, %s)", [matter.pk, how.strip()[:1000]])


def open_account(
    payer: Institution, iban: str, bic: str, *, programme: str = "", most_transfers: int, most_cents: int | None = None
) -> None:
    """Name the account out of which a payer pays a programme, or all that have none of their own; for the platform.

    Raises:
        AccountExists: there is one.
    """
    try:
        with in_scope(the_platform()), connection.cursor() as cursor:
            cursor.execute("SELECT payments_open_account(%s, %s, %s, %s, %s, %s)",
                           [payer.pk, programme, iban, bic, most_transfers, most_cents])  # fmt: skip
    except IntegrityError as error:
        if "one_account_of_a_payer_for_a_programme" not in str(error):
            raise
        raise AccountExists(
            f"The payer has an account for {programme or 'every programme'} already; nothing was changed."
        ) from None
