"""Messages from the bank: kept first, then applied whole or set aside whole; the same message twice changes nothing.

A message is read in one transaction that is committed only when the whole file is proven. What it says of a line is
kept once, whichever message says it first and in whatever order they come.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

from django.db import IntegrityError, connection

from balsts.access.acting import in_scope, the_platform
from balsts.payments.bank.line import BankLine
from balsts.payments.iso20022.errors import BankFileError
from balsts.payments.iso20022.identifiers import LineName, file_of_block, line_of
from balsts.payments.iso20022.return_codes import reason
from balsts.payments.iso20022.statement_checks import Verification
from balsts.payments.iso20022.statement_models import BOOKED, Detail, Entry, Line, Statement
from balsts.payments.iso20022.statements import NOTIFICATION, STATEMENT, Kind, Reading
from balsts.payments.iso20022.status_checks import verify as verify_report
from balsts.payments.iso20022.status_models import Outcome, PaymentStatus, Report, Status, TransactionStatus
from balsts.payments.iso20022.status_reports import REPORT, records
from balsts.payments.kept_files import folder_of_files, path_of, put_in_place
from balsts.payments.models import BankFile, BankMessage, Event, FileStep, PayerAccount
from balsts.payments.points import passed
from balsts.payments.selectors import learn_sizes

_Batch = TypeVar("_Batch")
_AT_ONCE = 20_000
"""So many words of a message are told to the database at once."""
_NO_NAMES = ("", "NOTPROVIDED")
_NAMESPACE = re.compile(rb"urn:iso:std:iso:20022:tech:xsd:([a-z]{4}\.\d{3}\.\d{3}\.\d{2})")
_KINDS: dict[str, Kind] = {one.message.version: one for one in (STATEMENT, NOTIFICATION)}


class Word(NamedTuple):
    """What a message says of one transfer. `kind` is empty where it is none of ours, `line` None then."""

    entry: int
    place: int
    line: LineName | None
    kind: str
    cents: int | None
    reason: str
    action: str
    day: Any
    text: str


def fetch(line: BankLine) -> list[int]:
    """Keep every message that the bank holds ready and we have not got; their keys, in the bank's order.

    Raises:
        NoAnswer: the bank does not answer; the next call goes on from there.
        Broken: the line is not as agreed.
    """
    with in_scope(the_platform()):
        before = BankMessage.objects.filter(bank=line.name).order_by("-number")
        last = before.values_list("number", flat=True).first() or 0
    found = []
    while batch := line.messages(last):
        for one in batch:
            part = folder_of_files() / f"message-{one.number}.part"
            digest = line.fetch(one.number, part)
            put_in_place(part, digest)
            passed("message on disk")
            found.append(receive(digest, one.name, one.size, one.number, line.name))
            passed("message received")
            last = one.number
    return found


def receive(digest: str, name: str, size: int, number: int, bank: str) -> int:
    """Note that a message is kept; one that is known already keeps its key."""
    with in_scope(the_platform()), connection.cursor() as cursor:
        cursor.execute("SELECT payments_receive(%s, %s, %s, %s, %s)", [digest, name, size, number, bank])
        return cast("int", (cursor.fetchone() or (0,))[0])


def apply_messages() -> list[BankMessage]:
    """Apply every message that was kept and is not settled, in the order in which they came; each as it was settled."""
    with in_scope(the_platform()):
        waiting = list(BankMessage.objects.filter(state=BankMessage.State.NEW).order_by("number", "pk"))
    for message in waiting:
        settle(message)
    with in_scope(the_platform()):
        settled = list(BankMessage.objects.filter(pk__in=[one.pk for one in waiting]).order_by("number", "pk"))
    learn_sizes(sum(one.lines for one in settled))
    return settled


def settle(message: BankMessage) -> None:
    """Apply a message that was kept; what cannot be used is set aside whole, with why."""
    path, about = path_of(message.sha256), _About()
    try:
        version = _version(path)
        if version in _KINDS:
            _apply_statement(message, path, _KINDS[version], about)
        elif version == REPORT.version:
            _apply_report(message, path, about)
        else:
            raise BankFileError("The file is none of the messages that are read here. Set it aside and see what it is.")
    except BankFileError as error:
        _set_aside(message, about, str(error))
    except IntegrityError as error:
        if "statement_is_applied_once" not in str(error):
            raise
        _set_aside(message, about, "A statement of this name was applied before, with other bytes. Ask the bank which "
                   "of them holds.")  # fmt: skip


@dataclass
class _About:
    """What is known of a message while it is read."""

    kind: str = ""
    account: str = ""


def _version(path: Path) -> str:
    with path.open("rb") as file:
        found = _NAMESPACE.search(file.read(4_096))
    return found[1].decode() if found else ""


def _set_aside(message: BankMessage, about: _About, why: str) -> None:
    with in_scope(the_platform()), connection.cursor() as cursor:
        cursor.execute("SELECT payments_set_aside(%s, %s, %s, %s)", [message.pk, about.kind, about.account, why])


# -- statements and notifications ------------------------------------------------------------------------------------


def _apply_statement(message: BankMessage, path: Path, kind: Kind, about: _About) -> None:
    about.kind, about.account = kind.message.version, _account(path, kind)
    with in_scope(the_platform()):
        payer = PayerAccount.objects.filter(iban=about.account).values_list("payer", flat=True).first()
        if payer is None:
            raise BankFileError("The file is of an account that no payer has here. Set it aside and see whose it is.")
        after = _begun(message)
        with path.open("rb") as file:
            verification = Verification(file, kind, about.account)
            blocks: list[Line] = []
            _tell(message, payer, _words(verification.lines(), blocks))
        for line in blocks:
            _tell_of_block(message, payer, line)
        found = verification.result
        if found.sha256 != message.sha256:
            raise BankFileError("The file on the disk is not the one that was received. Fetch it from the bank anew.")
        _end(message, after, payer, about, found.statement, found.lines)
    passed("message applied")


def _account(path: Path, kind: Kind) -> str:
    """The account a file says it is of; what it is worth is seen when it is verified."""
    reading: Reading
    with path.open("rb") as file:
        reading = Reading(file, kind)
        for _ in reading.lines():
            break
    return reading.statement.account if reading.statement else ""


def _begun(message: BankMessage) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT payments_open_message(%s)", [message.pk])
        passed("message begun")
        return cast("int", (cursor.fetchone() or (0,))[0])


def _end(message: BankMessage, after: int, payer: Any, about: _About, one: Statement | None, lines: int,
         reference: str = "") -> None:  # fmt: skip
    opening, closing = (one.opening, one.closing) if one else (None, None)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT payments_apply_message(%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [message.pk, after, payer, about.kind, about.account, one.id if one else reference,
             opening.cents if opening else None, closing.cents if closing else None, lines],
        )  # fmt: skip


def _words(lines: Iterable[Line], blocks: list[Line]) -> Iterator[Word]:
    """What lines say of single transfers; sums of whole blocks are put by."""
    for line in lines:
        if _is_of_block(line):
            blocks.append(line)
        elif (word := _word(line)) is not None:
            yield word


def _is_of_block(line: Line) -> bool:
    """Whether a line is the sum of a block of ours, without its transfers."""
    is_ours = file_of_block(_block_of(line)) is not None
    return is_ours and line.entry.status == BOOKED and not line.entry.is_credit


def _block_of(line: Line) -> str:
    if line.detail is None:
        return line.block
    return "" if line.detail.end_to_end_id not in _NO_NAMES else line.detail.payment_information_id


def _tell_of_block(message: BankMessage, payer: Any, line: Line) -> None:
    entry = line.entry
    with connection.cursor() as cursor:
        cursor.execute("SELECT payments_tell_of_file(%s, %s, %s, %s, %s, %s, %s)",
                       [message.pk, payer, entry.number, line.place, file_of_block(_block_of(line)), entry.cents,
                        entry.booked_on])  # fmt: skip


def _word(line: Line) -> Word | None:
    """What a line says of a transfer of ours; None where it moves no money."""
    entry, detail = line.entry, line.detail
    if entry.status != BOOKED:
        return None
    if detail is None:
        return Word(entry.number, 0, None, "", entry.cents, "", "", entry.booked_on, _said(entry, None))
    name = line_of(detail.end_to_end_id)
    cents = entry.cents if detail.cents is None else detail.cents
    if name is None:
        return Word(entry.number, line.place, None, "", cents, "", "", entry.booked_on, _said(entry, detail))
    if not detail.is_credit and not entry.is_reversal:
        return Word(entry.number, line.place, name, Event.Kind.BOOKED, cents, "", "", entry.booked_on, "")
    if not detail.is_credit:  # a return that is undone: nobody but a person can say what holds
        return Word(entry.number, line.place, name, "", cents, "", "", entry.booked_on, _said(entry, detail))
    code = detail.return_reason or detail.return_reason_own
    return Word(entry.number, line.place, name, Event.Kind.RETURNED, cents, code[:35],
                reason(detail.return_reason).action, entry.booked_on, detail.return_information)  # fmt: skip


def _said(entry: Entry, detail: Detail | None) -> str:
    """How the bank names a movement that is none of ours."""
    names = [entry.reference, entry.servicer_reference]
    if detail is not None:
        names += [detail.end_to_end_id, detail.payment_information_id, detail.return_reason]
    direction = "credit" if (detail or entry).is_credit else "debit"
    return " ".join([direction, *filter(None, names)])


_COLUMNS = ("integer", "integer", "bigint", "integer", "text", "bigint", "text", "text", "date", "text")
_TELL = f"SELECT payments_tell(%s, %s, {', '.join(f'%s::{one}[]' for one in _COLUMNS)})"


def _tell(message: BankMessage, payer: Any, words: Iterator[Word]) -> None:
    """Tell the database what a message says of transfers, many at once."""
    for columns in _ahead(_columns(words)):
        with connection.cursor() as cursor:
            cursor.execute(_TELL, [message.pk, payer, *columns])
        passed("message told")


def _columns(words: Iterator[Word]) -> Iterator[list[list[Any]]]:
    while batch := list(islice(words, _AT_ONCE)):
        rows = (
            (one.entry, one.place, one.line and one.line.run, one.line and one.line.line, str(one.kind), one.cents,
             one.reason, str(one.action), one.day, one.text)
            for one in batch
        )  # fmt: skip
        yield [list(column) for column in zip(*rows, strict=True)]


def _ahead(batches: Iterator[_Batch]) -> Iterator[_Batch]:
    """The same batches; each is read while the database works on the one before."""
    with ThreadPoolExecutor(1) as reader:
        coming = reader.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = reader.submit(next, batches, None)
            yield batch


# -- reports on payment files ----------------------------------------------------------------------------------------


@dataclass
class _Answer:
    """What a report says of a file, as it is read."""

    report: Report | None = None
    blocks: list[Status] = field(default_factory=list)
    rejected: list[Word] = field(default_factory=list)

    def take(self, record: Report | PaymentStatus | TransactionStatus) -> None:
        if isinstance(record, Report):
            self.report = record
        elif isinstance(record, PaymentStatus):
            self.blocks.append(record.status)
        elif record.status.outcome is Outcome.REJECTED:
            self.rejected.append(_rejection(record, len(self.rejected) + 1))

    @property
    def whole(self) -> Status | None:
        """The status of the file, or of its one block where the bank gives it there."""
        for status in ([self.report.group] if self.report else []) + self.blocks:
            if status.code:
                return status
        return None


def _rejection(record: TransactionStatus, number: int) -> Word:
    status = record.status
    code = (*status.reasons, *status.own_reasons, "")[0]
    action = reason(status.reasons[0] if status.reasons else "").action
    return Word(number, 1, line_of(record.end_to_end_id), Event.Kind.REJECTED, None, code[:35], action,
                None, f"{record.end_to_end_id} {' '.join(status.information)}")  # fmt: skip


def _apply_report(message: BankMessage, path: Path, about: _About) -> None:
    about.kind = REPORT.version
    with path.open("rb") as file:
        verified = verify_report(file)
    if verified.sha256 != message.sha256:
        raise BankFileError("The file on the disk is not the one that was received. Fetch it from the bank anew.")
    answer = _Answer()
    with path.open("rb") as file:
        for record in records(file):
            answer.take(record)
    with in_scope(the_platform()):
        name = verified.report.original_message_id
        sent = BankFile.objects.filter(name=name).exclude(state=BankFile.State.STORED).select_related("account").first()
        if sent is None:
            raise BankFileError("The report answers a payment file that was not sent from here. Ask the bank.")
        about.account = sent.account.iban
        after = _begun(message)
        _file_answered(message, sent, answer)
        _tell(message, sent.account.payer_id, iter(answer.rejected))
        _end(message, after, sent.account.payer_id, about, None, verified.transactions, verified.report.message_id)
    passed("message applied")


def _file_answered(message: BankMessage, sent: BankFile, answer: _Answer) -> None:
    """Take the step that a report means for its file."""
    whole = answer.whole
    outcome = whole.outcome if whole else None
    if outcome is Outcome.REJECTED and whole is not None:
        code = (*whole.reasons, *whole.own_reasons, "")[0][:35]
        action = reason(whole.reasons[0] if whole.reasons else "").action
        said = " ".join((whole.code, code, *whole.information))
        with connection.cursor() as cursor:
            cursor.execute("SELECT payments_refuse_file(%s, %s, %s, %s, %s)",
                           [sent.pk, message.pk, code, action, said])  # fmt: skip
    elif outcome in (Outcome.ACCEPTED, Outcome.SETTLED, Outcome.IN_PART) or answer.rejected:
        step = BankFile.State.IN_PART if answer.rejected else BankFile.State.ACCEPTED
        if sent.state not in (step, BankFile.State.IN_PART, BankFile.State.REFUSED):
            FileStep.objects.create(file=sent, step=step, detail=whole.code if whole else "")
