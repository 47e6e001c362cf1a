"""Tables of payments: which budget programme pays, runs and their steps, lines, overpayments found.

What goes to the bank and comes from it stands in `bank_models.py`, where else money goes in `payout_models.py`, the
books in `ledger_models.py`.

All of them are written by functions of the database alone (`migrations/sql`): the application can only take steps.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from balsts.access.models import Institution
from balsts.cases.models import Award, Case
from balsts.payments.bank_models import BankFile, BankMessage, Event, FileStep, Matter, PayerAccount
from balsts.payments.ledger_models import LedgerEntry, Posting
from balsts.payments.payout_models import PayoutChoice, PayoutList
from balsts.payments.sum_models import RunSum
from balsts.payments.withholding_models import (
    Claim,
    ClaimPart,
    Deduction,
    Plan,
    Repayment,
    WithholdingOrder,
    WithholdingRule,
    WriteOff,
)
from balsts.registry.models import Person
from balsts.registry.uuids import uuid7

__all__ = [
    "BankFile", "BankMessage", "Claim", "ClaimPart", "Deduction", "Event", "FileStep", "LedgerEntry", "Line", "Matter",
    "Overpaid", "PayerAccount", "PayoutChoice", "PayoutList", "Plan", "Posting", "Programme", "Repayment", "Run",
    "RunStep", "RunSum", "WithholdingOrder", "WithholdingRule", "WriteOff",
]  # fmt: skip


class Programme(models.Model):
    """Out of which budget programme a right is paid (budžeta programma), by the code of the right.

    Empty: nobody has confirmed which; such a right is prepared and held, and `question` says what is not known.
    """

    code = models.CharField(primary_key=True, max_length=48, help_text="of the right")
    programme = models.CharField(max_length=12, blank=True, help_text="own: the municipality's own account")
    is_money = models.BooleanField(help_text="false: given in pieces, never paid")
    basis = models.CharField(max_length=200, blank=True, help_text="where the programme was read")
    question = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="programme_is_known_or_asked_for",
                condition=Q(is_money=False, programme="") | ~Q(programme="") | ~Q(question=""),
            )
        ]


class Run(models.Model):
    """One payment run of a payer for a month (izmaksu saraksts): what was owed, as believed at one moment.

    What it says never changes; `state` follows its steps, `is_filed` its files.
    """

    class Kind(models.TextChoices):
        """Saraksta veids."""

        MONTHLY = "monthly", "mēneša izmaksa"
        EXTRA = "extra", "ārpuskārtas izmaksa"

    class State(models.TextChoices):
        """Saraksta stāvoklis."""

        PREPARED = "prepared", "sagatavots"
        ACKNOWLEDGED = "acknowledged", "atšķirības izskatītas"
        APPROVED = "approved", "apstiprināts"
        RELEASED = "released", "nodots izmaksai"
        CANCELLED = "cancelled", "atcelts"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.BigIntegerField(unique=True, editable=False, help_text="by it the bank is told which run it is")
    payer = models.ForeignKey(Institution, models.PROTECT, related_name="+", help_text="maksātājs")
    month = models.DateField(help_text="the month in which it pays, by its first day")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.MONTHLY)
    snapshot_at = models.DateTimeField(help_text="awards and accounts as they were believed at this moment")
    last_event = models.BigIntegerField(default=0, help_text="of the bank, that was known when it was prepared")
    last_move = models.BigIntegerField(default=0, help_text="of a case to another payer, that was known then")
    pay_on = models.DateField(help_text="the payment day (izmaksas diena), a working day")
    state = models.CharField(max_length=12, choices=State.choices, default=State.PREPARED, editable=False)
    is_filed = models.BooleanField(default=False, editable=False, help_text="every line that is paid is in a file")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                name="one_run_of_a_payer_month_and_kind", fields=["payer", "month", "kind"],
                condition=~Q(state="cancelled"),
            ),
            models.CheckConstraint(
                name="run_is_filed_once_released", condition=Q(is_filed=False) | Q(state="released")
            ),
            models.CheckConstraint(name="run_is_of_a_month", condition=Q(month__day=1)),
        ]  # fmt: skip


class RunStep(models.Model):
    """One step of a run (solis): which, when, by whom. The database holds to the order, and to different persons."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=12, choices=Run.State.choices)
    at = models.DateTimeField(auto_now_add=True)
    by_staff = models.UUIDField()
    detail = models.CharField(max_length=300, blank=True, help_text="of an acknowledgement: the hash of what was seen")

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(name="steps_of_run", fields=["run", "at"])]


class Owed(models.Model):
    """What a line and an overpayment have in common: the key of what is owed, and by how much it differs from it.

    A case is part of the key, since two cases may give one payee the same right (a guardian of two children). `part`
    counts what was ever written of a key; two runs that would pay the same at once write the same part, and the
    database lets only one of them.
    """

    run = models.ForeignKey(Run, models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveIntegerField(help_text="in the run")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    payee = models.ForeignKey(Person, models.PROTECT, related_name="+", help_text="to whom it is owed (saņēmējs)")
    code = models.CharField(max_length=48, help_text="of the right")
    month = models.DateField(help_text="the month it is for (tiesību mēnesis)")
    due = models.DateField(help_text="the month in which the act has it paid (izmaksas mēnesis)")
    part = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField(help_text="cents")
    programme = models.CharField(max_length=12, blank=True)

    class Meta:
        abstract = True


class Line(Owed):
    """An amount that a run pays to one payee for one right and month (izmaksas rinda), or holds, and why."""

    class Kind(models.TextChoices):
        """Rindas veids."""

        CURRENT = "current", "kārtējā izmaksa"
        ARREARS = "arrears", "pārrēķins vai nokavēta izmaksa"
        AGAIN = "again", "atkārtota izmaksa pēc bankas atmaksas"

    class Held(models.TextChoices):
        """Aiztures iemesls."""

        NO = "", "nav aizturēts"
        DEAD = "dead", "saņēmējs miris"
        NO_PROGRAMME = "no_programme", "nav zināma budžeta programma"
        RECEIVERS = "receivers", "izmaksas drīkst saņemt vairāki pārstāvji"
        NO_ACCOUNT = "no_account", "nav konta, kas derīgs izmaksas dienā"
        ACCOUNT_BACK = "account_back", "banka uz šo kontu nemaksā"
        ASKED = "asked", "noskaidro, kāpēc banka maksājumu atgrieza"

    class Channel(models.TextChoices):
        """Izmaksas ceļš."""

        BANK = "bank", "bankas pārskaitījums"
        POST = "post", "piegāde mājās pa pastu"
        CASH = "cash", "skaidrā naudā maksātāja kasē"

    award = models.ForeignKey(
        Award, models.PROTECT, related_name="payment_lines", db_index=False,
        help_text="the first of those that give it: each child of a payee may have one",
    )  # fmt: skip
    kind = models.CharField(max_length=8, choices=Kind.choices)
    receiver = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False,
        help_text="who gets it for the payee: the payee, or a representative; nobody where it goes to others' account",
    )  # fmt: skip
    iban = models.CharField(max_length=34, blank=True, help_text="as it was valid on the payment day")
    withheld = models.BigIntegerField(default=0, help_text="cents of the amount that do not go to the receiver")
    held = models.CharField(max_length=12, choices=Held.choices, blank=True, help_text="why it is not paid yet")
    channel = models.CharField(max_length=4, choices=Channel.choices, default=Channel.BANK)
    choice = models.ForeignKey(
        PayoutChoice, models.PROTECT, null=True, related_name="lines", db_index=False,
        help_text="by which it does not go to the account of the receiver",
    )  # fmt: skip

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="line_keeps_back_no_more_than_it_pays",
                condition=Q(withheld=0) | Q(withheld__gt=0, withheld__lte=F("amount"), held=""),
            ),
            models.UniqueConstraint(name="line_has_its_number_in_the_run", fields=["run", "number"]),
            models.UniqueConstraint(
                name="line_pays_a_part_once", fields=["case", "code", "payee", "month", "part"]
            ),
            models.CheckConstraint(name="line_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="line_can_be_paid_or_is_held",
                condition=~Q(held="")
                | ~Q(programme="")
                & (~Q(iban="") & Q(channel="bank") | ~Q(channel="bank") & Q(receiver__isnull=False))
                & (Q(receiver__isnull=False) | Q(choice__isnull=False)),
            ),
            models.CheckConstraint(
                name="line_leaves_the_bank_by_a_choice",
                condition=Q(channel="bank") | Q(channel__in=["post", "cash"], choice__isnull=False, iban=""),
            ),
        ]  # fmt: skip
        indexes: ClassVar[list[Any]] = [
            models.Index(name="lines_that_keep_back", fields=["run"], condition=Q(withheld__gt=0)),
            models.Index(name="lines_not_by_bank", fields=["run", "number"], condition=~Q(channel="bank")),
            models.Index(name="lines_of_choice", fields=["choice"], condition=Q(choice__isnull=False)),
        ]  # fmt: skip


class Overpaid(Owed):
    """That more was paid of a key than is owed now (pārmaksa): a claim only once somebody decides so."""

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(name="overpaid_has_its_number_in_the_run", fields=["run", "number"]),
            models.UniqueConstraint(
                name="overpaid_is_found_once", fields=["case", "code", "payee", "month", "part"]
            ),
            models.CheckConstraint(name="overpaid_is_positive", condition=Q(amount__gt=0)),
        ]  # fmt: skip
