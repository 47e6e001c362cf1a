"""What goes to a bank and comes from it: files, messages, what they say of lines, what a person must settle."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from balsts.access.models import Institution
from balsts.registry.models import Person


class PayerAccount(models.Model):
    """The account out of which a payer pays a budget programme (maksātāja konts), and what its bank takes in a file."""

    payer = models.ForeignKey(Institution, models.PROTECT, related_name="payer_accounts")
    programme = models.CharField(max_length=12, blank=True, help_text="empty: every programme without one of its own")
    iban = models.CharField(max_length=34)
    bic = models.CharField(max_length=11)
    most_transfers = models.PositiveIntegerField(help_text="in one file")
    most_cents = models.BigIntegerField(null=True, help_text="in one file; empty: no limit")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(name="one_account_of_a_payer_for_a_programme", fields=["payer", "programme"]),
            models.CheckConstraint(
                name="bank_takes_something",
                condition=Q(most_transfers__gt=0) & (Q(most_cents=None) | Q(most_cents__gt=0)),
            ),
        ]  # fmt: skip


class BankFile(models.Model):
    """A payment file of a run (maksājumu datne): which lines it holds, and its bytes by their hash.

    It is stored before it is sent and never changes; `state` follows its steps. Its lines are all that go to the bank
    of one programme, from `first` to `last`.
    """

    class State(models.TextChoices):
        """Datnes stāvoklis."""

        STORED = "stored", "saglabāta"
        SENDING = "sending", "tiek sūtīta"
        RECEIVED = "received", "banka saņēmusi"
        ACCEPTED = "accepted", "banka pieņēmusi"
        IN_PART = "in_part", "banka pieņēmusi daļēji"
        REFUSED = "refused", "banka nepieņem"

    run = models.ForeignKey("payments.Run", models.PROTECT, related_name="files", db_index=False)
    number = models.PositiveIntegerField(help_text="in the run")
    programme = models.CharField(max_length=12)
    account = models.ForeignKey(PayerAccount, models.PROTECT, related_name="+")
    first = models.PositiveIntegerField(help_text="number of its first line")
    last = models.PositiveIntegerField(help_text="number of its last line")
    transfers = models.PositiveIntegerField()
    cents = models.BigIntegerField()
    name = models.CharField(max_length=35, unique=True, help_text="of its message, by which the bank knows it (MsgId)")
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField(help_text="in bytes")
    state = models.CharField(max_length=8, choices=State.choices, default=State.STORED, editable=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(name="file_has_its_number_in_the_run", fields=["run", "number"]),
            models.CheckConstraint(
                name="file_holds_something", condition=Q(transfers__gt=0, cents__gt=0, last__gte=F("first"))
            ),
            ExclusionConstraint(
                name="line_is_in_one_file",
                expressions=[
                    ("run", RangeOperators.EQUAL),
                    ("programme", RangeOperators.EQUAL),
                    (Func(F("first"), F("last"), Value("[]"), function="int4range"), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class FileStep(models.Model):
    """One step of a file (solis): that it was stored, is being sent, was received, what the bank said of it whole."""

    file = models.ForeignKey(BankFile, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=8, choices=BankFile.State.choices)
    at = models.DateTimeField(auto_now_add=True)
    detail = models.CharField(max_length=300, blank=True, help_text="the bank's receipt, or why it refuses")


class BankMessage(models.Model):
    """A file from the bank (bankas ziņa), by its hash: once, however often it comes.

    It is applied whole, or set aside whole with what is wrong.
    """

    class State(models.TextChoices):
        """Ziņas stāvoklis."""

        NEW = "new", "saņemta"
        APPLIED = "applied", "ierakstīta"
        ASIDE = "aside", "atlikta malā"

    sha256 = models.CharField(max_length=64, unique=True)
    bank = models.CharField(max_length=200, help_text="who gave it last (`bank.line.BankLine.name`)")
    number = models.BigIntegerField(help_text="its last place in the order in which that bank gives messages")
    name = models.CharField(max_length=200, help_text="as the bank names it")
    size = models.BigIntegerField(help_text="in bytes")
    received_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.NEW)
    kind = models.CharField(max_length=16, blank=True, help_text="statement, notification or report")
    payer = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    account = models.CharField(max_length=34, blank=True, help_text="IBAN it is of")
    reference = models.CharField(max_length=70, blank=True, help_text="what the bank calls the statement or report")
    opening = models.BigIntegerField(null=True, help_text="cents")
    closing = models.BigIntegerField(null=True, help_text="cents")
    lines = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=1000, blank=True, help_text="why it was set aside")
    settled_at = models.DateTimeField(null=True, help_text="when it was applied or set aside")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                name="statement_is_applied_once", fields=["kind", "account", "reference"], condition=Q(state="applied")
            ),
            models.CheckConstraint(
                name="message_is_set_aside_for_a_reason", condition=Q(state="aside") ^ Q(problem="")
            ),
        ]  # fmt: skip


class Event(models.Model):
    """What the bank says of one line of a run (bankas ziņa par rindu): its money went out, came back, or never went.

    Each once, whichever message says it first. `number` is the line's. Of a line by post or in cash, a member of staff
    says it, and by what receipt: the hash of the answer of the post, or the number of a cash receipt.
    """

    class Kind(models.TextChoices):
        """Ziņas veids."""

        BOOKED = "booked", "izmaksāts"
        RETURNED = "returned", "atgriezts"
        REJECTED = "rejected", "noraidīts"

    run = models.ForeignKey("payments.Run", models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    message = models.ForeignKey(
        BankMessage, models.PROTECT, null=True, related_name="+", db_index=False,
        help_text="empty: the whole file was refused when it was sent",
    )  # fmt: skip
    entry = models.PositiveIntegerField(help_text="in the message")
    place = models.PositiveIntegerField(help_text="in the entry")
    cents = models.BigIntegerField()
    reason = models.CharField(max_length=35, blank=True, help_text="code, or the bank's own word")
    action = models.CharField(max_length=24, blank=True, help_text="what follows (`iso20022.return_codes.Action`)")
    on = models.DateField(null=True, help_text="booked on")
    at = models.DateTimeField(auto_now_add=True)
    by_staff = models.UUIDField(null=True)
    receipt = models.CharField(max_length=70, blank=True, db_default="")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(name="event_happens_once", fields=["run", "number", "kind"]),
            models.CheckConstraint(
                name="event_of_staff_has_a_receipt",
                condition=Q(by_staff__isnull=True, receipt="")
                | Q(by_staff__isnull=False, message__isnull=True) & ~Q(receipt=""),
            ),
            models.UniqueConstraint(
                name="line_comes_back_once", fields=["run", "number"], condition=~Q(kind="booked")
            ),
            models.CheckConstraint(name="event_is_of_money", condition=Q(cents__gt=0)),
            models.CheckConstraint(
                name="what_comes_back_has_an_action",
                condition=Q(kind="booked", action="") | ~Q(action="") & ~Q(kind="booked"),
            ),
        ]  # fmt: skip


class Matter(models.Model):
    """What a person must settle (noskaidrojams jautājums): a line that came back, a message that cannot be used."""

    class Kind(models.TextChoices):
        """Jautājuma veids."""

        BACK = "back", "maksājums atgriezts vai noraidīts"
        UNKNOWN = "unknown", "bankas ieraksts, kam nav mūsu maksājuma"
        AMOUNT = "amount", "cita summa, nekā maksājām"
        MESSAGE = "message", "bankas ziņa, ko nevar lietot"
        FILE = "file", "banka nepieņem datni"
        GAP = "gap", "starp izrakstiem trūkst cita izraksta"

    payer = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    event = models.OneToOneField(Event, models.PROTECT, null=True, related_name="matter")
    file = models.ForeignKey(BankFile, models.PROTECT, null=True, related_name="matters")
    message = models.ForeignKey(BankMessage, models.PROTECT, null=True, related_name="matters")
    entry = models.PositiveIntegerField(null=True)
    place = models.PositiveIntegerField(null=True)
    run = models.ForeignKey("payments.Run", models.PROTECT, null=True, related_name="+")
    number = models.PositiveIntegerField(null=True, help_text="of the line it is about")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", help_text="the payee")
    iban = models.CharField(max_length=34, blank=True)
    action = models.CharField(max_length=24, blank=True)
    detail = models.CharField(max_length=1000, blank=True, help_text="what the bank says")
    opened_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.UUIDField(null=True)
    note = models.CharField(max_length=1000, blank=True, help_text="how it was settled")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="matter_is_settled_by_somebody",
                condition=Q(settled_at=None, settled_by=None, note="")
                | Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(note=""),
            ),
            models.UniqueConstraint(
                name="matter_is_opened_once", fields=["message", "entry", "place"], condition=Q(entry__isnull=False)
            ),
        ]  # fmt: skip
        indexes: ClassVar[list[Any]] = [
            models.Index(name="open_matters", fields=["payer", "opened_at"], condition=Q(settled_at=None)),
            models.Index(name="matters_of_account", fields=["iban"], condition=Q(settled_at=None) & ~Q(iban="")),
        ]  # fmt: skip


class CaseMoved(models.Model):
    """That a case went from one payer to another (lietas pārņemšana); written by the database when it does."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    from_payer = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
