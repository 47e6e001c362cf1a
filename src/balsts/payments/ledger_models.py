"""The ledger (virsgrāmata): entries and their postings, added to and never changed; every entry sums to zero."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Func, Q
from django.db.models.lookups import Exact

from balsts.registry.models import Person

_OF_NOBODY = ["expense", "bank", "post", "cash"]


class LedgerEntry(models.Model):
    """One event of the books (grāmatojums).

    A line was released for payment, an overpayment found with it, or the bank, the post or the cash desk said something
    of it; an overpayment was claimed back, or the claim repaid or written off.
    """

    # Its line, overpayment or event is of that run; asking of it once more would cost posting a tenth.
    run = models.ForeignKey(
        "payments.Run", models.PROTECT, null=True, related_name="entries", db_index=False, db_constraint=False
    )
    line = models.ForeignKey("payments.Line", models.PROTECT, null=True, related_name="+", db_index=False)
    overpaid = models.ForeignKey("payments.Overpaid", models.PROTECT, null=True, related_name="+", db_index=False)
    # Of these there are few, and the database itself writes them; each of the many entries of lines would be asked.
    claim = models.ForeignKey(
        "payments.Claim", models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    repayment = models.ForeignKey(
        "payments.Repayment", models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    write_off = models.ForeignKey(
        "payments.WriteOff", models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    event = models.ForeignKey("payments.Event", models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="entry_is_of_one_thing",
                condition=Exact(
                    Func("line", "overpaid", "event", "claim", "repayment", "write_off", function="num_nonnulls",
                         output_field=models.IntegerField()),
                    1,
                ),
            ),
            models.CheckConstraint(
                name="entry_of_a_run_names_it",
                condition=Q(run__isnull=False, claim__isnull=True, repayment__isnull=True, write_off__isnull=True)
                | Q(run__isnull=True, line__isnull=True, overpaid__isnull=True, event__isnull=True),
            ),
            # Each index holds what it is of, and nothing of the many entries that are of something else.
            *(
                models.UniqueConstraint(
                    name=f"{one}_has_one_entry", fields=[one], condition=Q(**{f"{one}__isnull": False})
                )
                for one in ("line", "overpaid", "event", "claim", "repayment", "write_off")
            ),
        ]  # fmt: skip
        indexes: ClassVar[list[Any]] = [models.Index(name="entries_of_run", fields=["run"])]


class Posting(models.Model):
    """One side of an entry: an account, named by programme, right, period and person, and cents; debit above zero."""

    class Account(models.TextChoices):
        """Konts."""

        EXPENSE = "expense", "pabalstu izdevumi"
        PAYABLE = "payable", "saistības pret saņēmēju"
        OVERPAID = "overpaid", "pārmaksa, par kuru vēl nav lemts"
        BANK = "bank", "norēķinu konts bankā"
        CLAIM = "claim", "prasījums pret parādnieku"
        CREDITOR = "creditor", "saistības pret piedzinēju"
        REPAID = "repaid", "saņemtās atmaksas"
        WRITE_OFF = "write_off", "norakstītie prasījumi"
        POST = "post", "norēķini ar pastu"
        CASH = "cash", "kase"

    class Of(models.TextChoices):
        """What a posting of a run is of (par ko)."""

        LINE = "line", "izmaksas rinda"
        OVERPAID = "overpaid", "pārmaksa"
        BOOKED = "booked", "bankas ziņa: izmaksāts"
        RETURNED = "returned", "bankas ziņa: atgriezts"
        REJECTED = "rejected", "bankas ziņa: noraidīts"

    entry = models.ForeignKey(LedgerEntry, models.PROTECT, related_name="postings")
    # What its entry is of is named here once more, so that the books of a year are added up by reading them through,
    # without finding the entry of each posting, and then its line.
    run = models.ForeignKey(
        "payments.Run", models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False,
        help_text="empty: of a claim",
    )  # fmt: skip
    number = models.PositiveIntegerField(null=True, help_text="in the run: of the line, overpayment or transfer")
    of = models.CharField(max_length=8, choices=Of.choices, blank=True, db_default="")
    account = models.CharField(max_length=10, choices=Account.choices)
    programme = models.CharField(max_length=12)
    code = models.CharField(max_length=48, help_text="of the right")
    month = models.DateField(help_text="the month of the right")
    # The line names the person too, and is held to the registry; asking twice more would cost a third of posting.
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False,
        help_text="creditor or debtor",
    )  # fmt: skip
    cents = models.BigIntegerField(help_text="debit above zero, credit below")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(name="posting_is_not_zero", condition=~Q(cents=0)),
            models.CheckConstraint(
                name="posting_to_a_person_names_them",
                condition=Q(account__in=_OF_NOBODY, person__isnull=True)
                | (~Q(account__in=_OF_NOBODY) & Q(person__isnull=False)),
            ),
            models.CheckConstraint(
                name="posting_of_a_run_says_of_what",
                condition=Q(run__isnull=True, number__isnull=True, of="")
                | Q(run__isnull=False, number__isnull=False) & ~Q(of=""),
            ),
        ]  # fmt: skip
        indexes: ClassVar[list[Any]] = [BrinIndex(name="postings_of_run", fields=["run"])]  # written a run at a time
