"""Tables of payouts: where the money of a payee goes when it is not their own account, and lists of such lines.

A choice takes two people, as orders do; the database keeps it, and one of a payee and right in force
(`migrations/sql/0006_payouts.sql`).
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from balsts.access.models import Institution
from balsts.payments.withholding_models import Agreed
from balsts.registry.models import Person


class PayoutChoice(Agreed):
    """How a payee's money is paid out (izmaksas kārtība): to an account of somebody else, by post, or in cash.

    It is of one right, or of all that have no choice of their own. A new one that is agreed to takes the place of the
    one before on the days that both name; what is left of its days, the database writes anew.
    """

    class Channel(models.TextChoices):
        """Izmaksas veids."""

        ACCOUNT = "account", "iestādes vai piegādātāja konts"
        POST = "post", "piegāde mājās pa pastu"
        CASH = "cash", "skaidrā naudā maksātāja kasē"

    payer = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    payee = models.ForeignKey(Person, models.PROTECT, related_name="+", help_text="saņēmējs")
    code = models.CharField(max_length=48, blank=True, help_text="of the right; empty: every right without its own")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    valid = DateRangeField(help_text="payment days it is for: [first day, first day after)")
    name = models.CharField(max_length=70, blank=True, help_text="whose the account is")
    iban = models.CharField(max_length=34, blank=True)
    reference = models.CharField(max_length=35, blank=True, help_text="what they know the payment by: a contract")
    address = models.CharField(max_length=200, blank=True, help_text="where the post delivers it")
    basis = models.CharField(max_length=300, help_text="why: the application, the decision; names nobody")

    class Meta(Agreed.Meta):
        constraints: ClassVar[list[Any]] = [
            *Agreed.Meta.constraints,
            models.CheckConstraint(
                name="choice_says_where",
                condition=(Q(channel="account") & ~Q(name="") & ~Q(iban="") & ~Q(reference="") & Q(address=""))
                | (Q(channel="post", name="", iban="", reference="") & ~Q(address=""))
                | Q(channel="cash", name="", iban="", reference="", address=""),
            ),
            models.CheckConstraint(
                name="choice_has_days_and_a_basis", condition=Q(valid__isempty=False) & ~Q(basis="")
            ),
            ExclusionConstraint(
                name="one_choice_of_a_payee_and_right_in_force",
                expressions=[
                    ("payer", RangeOperators.EQUAL),
                    ("payee", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=Q(agreed_by__isnull=False, ended_by__isnull=True),
            ),
        ]  # fmt: skip


class PayoutList(models.Model):
    """A list of what a released run pays by post or in cash (izmaksu saraksts pastam vai kasei): its bytes by hash."""

    run = models.ForeignKey("payments.Run", models.PROTECT, related_name="payout_lists", db_index=False)
    channel = models.CharField(max_length=8, choices=PayoutChoice.Channel.choices)
    payouts = models.PositiveIntegerField()
    cents = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField(help_text="in bytes")
    by_staff = models.UUIDField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(name="one_list_of_a_run_and_channel", fields=["run", "channel"]),
            models.CheckConstraint(
                name="list_holds_payouts", condition=Q(payouts__gt=0, cents__gt=0, channel__in=["post", "cash"])
            ),
        ]
