"""The ledger (virsgrāmata): entries and their postings, added to and never changed; every entry sums to zero."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from balsts.registry.models import Person


class LedgerEntry(models.Model):
    """One event of the books (grāmatojums): a line released for payment, an overpayment found, a word of the bank."""

    run = models.ForeignKey("payments.Run", models.PROTECT, related_name="entries", db_index=False)
    line = models.OneToOneField("payments.Line", models.PROTECT, null=True, related_name="entry")
    overpaid = models.OneToOneField("payments.Overpaid", models.PROTECT, null=True, related_name="entry")
    event = models.OneToOneField("payments.Event", models.PROTECT, null=True, related_name="posted")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="entry_is_of_one_thing",
                condition=Q(line__isnull=False, overpaid__isnull=True, event__isnull=True)
                | Q(line__isnull=True, overpaid__isnull=False, event__isnull=True)
                | Q(line__isnull=True, overpaid__isnull=True, event__isnull=False),
            )
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

    entry = models.ForeignKey(LedgerEntry, models.PROTECT, related_name="postings")
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
                condition=Q(account__in=["expense", "bank"], person__isnull=True)
                | (~Q(account__in=["expense", "bank"]) & Q(person__isnull=False)),
            ),
        ]  # fmt: skip
