"""Files of released runs for the bank: written and kept first, then sent; sent again, they are the same files.

Bytes stand on disk under their hash before the database knows of a file, and the database knows that it is being sent
before it is. Whatever stops in between, the next call goes on from there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.db import connection

from balsts.access.acting import in_scope, the_platform
from balsts.payments.bank.errors import Broken, Refused
from balsts.payments.bank.line import BankLine
from balsts.payments.errors import NoPayerAccount, StoredFileMissing
from balsts.payments.iso20022.identifiers import end_to_end_id, message_id, payment_information_id
from balsts.payments.iso20022.models import CreditTransfer, Initiation, Organisation, PaymentInformation
from balsts.payments.iso20022.return_code_table import Action
from balsts.payments.iso20022.schema import check
from balsts.payments.iso20022.writer import WrittenFile, write
from balsts.payments.kept_files import being_written, folder_of_files, keep, path_of
from balsts.payments.models import BankFile, FileStep, PayerAccount, Run, RunStep
from balsts.payments.points import passed
from balsts.payments.programmes import category_of

_RIGA = ZoneInfo("Europe/Riga")
_MOST_IN_ONE_READING = 10_000
_MOST_TEXT = 140
"""Characters of what the payee reads; the payer's name gives way."""
_NO_NAME = "NOTPROVIDED"  # the word of ISO 20022 where a name is asked for and none is known
# What the next file of a programme may hold. Names are those believed when the run was prepared; those of creditors,
# and the numbers of their documents, are the order's; those of whoever else's account it is, the choice's.
_TRANSFERS = """
    SELECT i.number, i.cents, i.iban, COALESCE(o.creditor, c.name, n.given_names || ' ' || n.surname), i.month,
           o.reference, c.reference
    FROM payments_items(%s) i
    LEFT JOIN payments_deduction d ON d.run_id = %s AND d.number = i.number
    LEFT JOIN payments_withholdingorder o ON o.id = d.order_id
    LEFT JOIN payments_payoutchoice c ON c.id = i.choice_id
    LEFT JOIN LATERAL (
        SELECT n.given_names, n.surname FROM registry_personname n
        WHERE n.person_id = i.receiver_id AND n.recorded @> %s AND n.valid @> %s ORDER BY n.recorded DESC, n.id LIMIT 1
    ) n ON true
    WHERE i.programme = %s AND i.number > %s ORDER BY i.number LIMIT %s"""


def write_files(run: Run) -> list[BankFile]:
    """Write and keep the files of a released run that are not kept yet, each with account and limits of its programme.

    The same run gives the same bytes, whenever they are written.

    Raises:
        NoPayerAccount: the payer has no account for a programme; the files of others are kept.
    """
    while (programme := _next_programme(run)) is not None:
        with in_scope(the_platform()):
            _write_next(run, programme)
    with in_scope(the_platform()), connection.cursor() as cursor:
        cursor.execute("SELECT payments_all_filed(%s)", [run.pk])
        return list(BankFile.objects.filter(run=run).order_by("number"))


def _next_programme(run: Run) -> str | None:
    """The first programme of a run with lines that are in no file."""
    with in_scope(the_platform()), connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(i.programme) FROM payments_items(%s) i WHERE i.number > COALESCE((SELECT max(f.last) "
            "FROM payments_bankfile f WHERE f.run_id = %s AND f.programme = i.programme), 0)",
            [run.pk, run.pk],
        )
        return cast("str | None", (cursor.fetchone() or (None,))[0])


def _write_next(run: Run, programme: str) -> None:
    """Write the next file of a programme and keep it."""
    files = BankFile.objects.filter(run=run)
    before = files.filter(programme=programme).order_by("last").last()
    account = _account_of(run, programme)
    number = files.count() + 1
    taken = _Taken(run, programme, account, before.last if before else 0)
    written = _kept(run, number, account, taken)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT payments_store_file(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [run.pk, number, programme, taken.first, taken.last, written.transactions, written.cents,
             written.message_id, written.sha256, written.size],
        )  # fmt: skip
    passed("file stored")


def _account_of(run: Run, programme: str) -> PayerAccount:
    found = PayerAccount.objects.filter(payer=run.payer_id, programme__in=["", programme]).order_by("programme").last()
    if found is None:
        raise NoPayerAccount(
            f"Run {run.number}: the payer has no account for programme {programme}; expected one with its bank. "
            "Nothing of this programme is written. Name the account with `balsts payments account`, and go on."
        )
    return found


class _Taken:
    """The transfers of one file, as far as its limits allow; read once. `first` and `last` are known then."""

    def __init__(self, run: Run, programme: str, account: PayerAccount, after: int) -> None:
        self._run, self.programme, self._account = run, programme, account
        self._last_before = after
        self.first = self.last = 0

    def __iter__(self) -> Iterator[CreditTransfer]:
        cents = 0
        for number, amount, iban, name, month, reference, contract in self._rows():
            cents += amount
            if self._account.most_cents is not None and cents > self._account.most_cents and self.last:
                return
            self.first, self.last = self.first or number, number
            text = f"izmaksa par {month:%m.%Y}" if reference is None else f"ieturējums, {reference}"
            text = text if contract is None else f"{contract}, {text}"
            yield CreditTransfer(
                end_to_end_id=end_to_end_id(self._run.number, number), cents=amount, creditor_name=name or _NO_NAME,
                creditor_iban=iban, remittance_text=f"{self._run.payer.name_lv[: _MOST_TEXT - len(text) - 2]}: {text}",
            )  # fmt: skip

    def _rows(self) -> Iterator[tuple[Any, ...]]:
        run = self._run
        with connection.chunked_cursor() as cursor:
            cursor.execute(_TRANSFERS, [run.pk, run.pk, run.snapshot_at, run.pay_on, self.programme, self._last_before,
                                        self._account.most_transfers])  # fmt: skip
            while rows := cursor.fetchmany(_MOST_IN_ONE_READING):
                yield from rows


def _kept(run: Run, number: int, account: PayerAccount, transfers: _Taken) -> WrittenFile:
    """Write a file to the disk under its hash, checked by the official schema."""
    debtor = Organisation(run.payer.name_lv[:70])
    initiation = Initiation(message_id(run.number, number), _released_at(run), debtor)
    block = PaymentInformation(
        payment_information_id(run.number, number, 1), debtor, account.iban, account.bic, run.pay_on,
        category_of(transfers.programme),
    )  # fmt: skip
    with being_written(".part") as file:
        written = write(initiation, [(block, transfers)], file, folder_of_files())
        file.flush()
        passed("file laid out")
        with Path(file.name).open("rb") as again:
            check(again)
        keep(file, written.sha256)
    passed("file on disk")
    return written


def _released_at(run: Run) -> datetime:
    """The moment that stands in all files of a run."""
    step = RunStep.objects.get(run=run, step=Run.State.RELEASED)
    return step.at.astimezone(_RIGA).replace(microsecond=0)


def send_files(line: BankLine) -> list[BankFile]:
    """Send every file that the bank has not confirmed, in order; those it refuses are not paid and become a matter.

    Raises:
        NoAnswer: the bank does not answer; what was being sent is sent again by the next call.
        Broken: the line is not as agreed.
        StoredFileMissing: the bytes of a file are not where they were kept.
    """
    with in_scope(the_platform()):
        waiting = list(
            BankFile.objects.filter(state__in=[BankFile.State.STORED, BankFile.State.SENDING]).order_by(
                "run__number", "number"
            )
        )
    for file in waiting:
        _send(line, file)
    return waiting


def _send(line: BankLine, file: BankFile) -> None:
    path = path_of(file.sha256)
    if not path.exists():
        raise StoredFileMissing(
            f"File {file.name}: its bytes are not at {path.name} in the folder of payments; expected them there until "
            "the bank has confirmed. Nothing was sent. Bring the folder back from its copy."
        )
    _step(file, BankFile.State.SENDING)
    passed("sending marked")
    try:
        receipt = line.send(f"{file.name}.xml", path, file.sha256)
    except Refused as refused:
        with in_scope(the_platform()), connection.cursor() as cursor:
            cursor.execute("SELECT payments_refuse_file(%s, NULL, %s, %s, %s)",
                           [file.pk, refused.code[:35], Action.MEND_THE_FILE, str(refused)])  # fmt: skip
        return
    passed("file sent")
    if (receipt.transactions, receipt.cents) != (file.transfers, file.cents):
        raise Broken(f"file {file.name} was sent", "its receipt counts other transfers than the file holds")
    _step(file, BankFile.State.RECEIVED, receipt.reference)
    passed("receipt recorded")


def _step(file: BankFile, step: str, detail: str = "") -> None:
    with in_scope(the_platform()):
        FileStep.objects.create(file=file, step=step, detail=detail[:300])
