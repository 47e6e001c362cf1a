"""Tables of withholding: rules, overpayments claimed back, orders, and what was kept back from which line.

Nothing is overwritten. What takes two people begins to hold when the second one agrees, and its belief ends once; the
database says who and when, and holds to both (`migrations/sql/0004_withholding.sql`).
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q

from balsts.access.models import Institution
from balsts.payments.withholding import Kind
from balsts.payments.withholding_law import Answer
from balsts.registry.models import Person
from balsts.registry.uuids import uuid7


class WithholdingRule(models.Model):
    """What may be withheld from a right by a kind of order from a day on: `withholding_law.py`, for the database."""

    code = models.CharField(max_length=48, help_text="of the right")
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Kind])
    answer = models.CharField(max_length=5, choices=[(one.value, one.value) for one in Answer])
    since = models.DateField(help_text="the first payment day it is for, until the next rule")
    percent = models.PositiveSmallIntegerField(default=0)
    of_excess = models.BooleanField(default=False, help_text="of what exceeds the floor, not of the whole payment")
    floor = models.BigIntegerField(default=0, help_text="cents that are kept in any case")
    floor_child = models.BigIntegerField(default=0)
    floor_children_most = models.BigIntegerField(default=0)
    basis = models.CharField(max_length=300, blank=True, help_text="where it was read")
    question = models.CharField(max_length=500, blank=True)
    reason_lv = models.CharField(
        max_length=200, blank=True, help_text="what a person is told where nothing is withheld"
    )
    reason_en = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(name="one_withholding_rule_a_day", fields=["code", "kind", "since"]),
            models.CheckConstraint(
                name="withholding_rule_is_a_share",
                condition=Q(percent__lte=100, floor__gte=0, floor_child__gte=0, floor_children_most__gte=0)
                & (Q(percent__gt=0) | ~Q(answer="may")),
            ),
            models.CheckConstraint(name="withholding_rule_says_why_not", condition=Q(answer="may") | ~Q(reason_lv="")),
        ]


class Agreed(models.Model):
    """What one member of staff states and another agrees to: believed from then on, until somebody ends it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    by_staff = models.UUIDField()
    at = models.DateTimeField(auto_now_add=True)
    agreed_by = models.UUIDField(null=True)
    agreed_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="%(class)s_takes_two_people",
                condition=Q(agreed_by__isnull=True, agreed_at__isnull=True)
                | (Q(agreed_by__isnull=False, agreed_at__isnull=False) & ~Q(agreed_by=F("by_staff"))),
            )
        ]

    @property
    def is_believed(self) -> bool:
        """Whether both agreed to it and nobody ended it."""
        return self.agreed_by is not None and self.ended_by is None


class Claim(Agreed):
    """A decision that overpayments are claimed back from whoever got them (prasījums par pārmaksu)."""

    payer = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    debtor = models.ForeignKey(Person, models.PROTECT, related_name="+", help_text="parādnieks")
    amount = models.BigIntegerField(help_text="cents, of all its parts")
    reason = models.CharField(max_length=300, help_text="why, with the article; names nobody")

    class Meta(Agreed.Meta):
        constraints: ClassVar[list[Any]] = [
            *Agreed.Meta.constraints,
            models.CheckConstraint(name="claim_is_positive", condition=Q(amount__gt=0)),
        ]


class ClaimPart(models.Model):
    """How much of one overpayment found is claimed; each stands in one claim at most."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="parts")
    overpaid = models.ForeignKey("payments.Overpaid", models.PROTECT, related_name="+", db_index=False)
    cents = models.BigIntegerField()
    stands = models.BooleanField(default=True, help_text="false: the claim was withdrawn before anybody agreed")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(name="overpaid_is_claimed_once", fields=["overpaid"], condition=Q(stands=True)),
            models.CheckConstraint(name="claim_part_is_positive", condition=Q(cents__gt=0)),
        ]


class Plan(Agreed):
    """By which monthly parts a claim is paid back (atmaksas grafiks), withheld from payments or paid by the debtor."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="plans")
    since = models.DateField(help_text="the first month, by its first day")
    months = models.PositiveSmallIntegerField()
    monthly = models.BigIntegerField(help_text="cents, of the first month; later ones may be a cent less")
    is_withheld = models.BooleanField(help_text="kept back from payments; else the debtor pays")

    class Meta(Agreed.Meta):
        constraints: ClassVar[list[Any]] = [
            *Agreed.Meta.constraints,
            models.CheckConstraint(
                name="plan_is_by_months", condition=Q(since__day=1, months__gt=0, monthly__gt=0)
            )
        ]  # fmt: skip


class WithholdingOrder(Agreed):
    """By what something is kept back (ieturējuma pamats): a bailiff's order, maintenance, the plan of a claim.

    A change of an order is a new one of the same `matter`, so that what was taken before still counts.
    """

    payer = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    debtor = models.ForeignKey(Person, models.PROTECT, related_name="+")
    matter = models.UUIDField(default=uuid7)
    kind = models.CharField(max_length=12, choices=WithholdingRule._meta.get_field("kind").choices)
    rank = models.PositiveSmallIntegerField(help_text="the order of satisfaction (kārta): 1 first")
    valid = DateRangeField(help_text="payment days it is for: [first day, first day after)")
    total = models.BigIntegerField(null=True, help_text="cents in all; empty: as long as it is in force")
    monthly = models.BigIntegerField(null=True, help_text="cents a month at most")
    children = models.PositiveSmallIntegerField(
        default=0, help_text="minors in the debtor's care, as the document says"
    )
    creditor = models.CharField(max_length=140, blank=True)
    iban = models.CharField(max_length=34, blank=True)
    reference = models.CharField(max_length=70, blank=True, help_text="the number of the document")
    plan = models.OneToOneField(Plan, models.PROTECT, null=True, related_name="order")

    class Meta(Agreed.Meta):
        constraints: ClassVar[list[Any]] = [
            *Agreed.Meta.constraints,
            models.CheckConstraint(
                name="order_names_a_creditor_or_a_plan",
                condition=Q(kind="recovery", plan__isnull=False, creditor="", iban="", total__isnull=True)
                | (~Q(kind="recovery") & Q(plan__isnull=True) & ~Q(creditor="") & ~Q(iban="") & ~Q(reference="")),
            ),
            models.CheckConstraint(
                name="order_has_an_end",
                condition=(Q(total__isnull=False) | Q(monthly__isnull=False))
                & (Q(total__isnull=True) | Q(total__gt=0)) & (Q(monthly__isnull=True) | Q(monthly__gt=0)),
            ),
            models.UniqueConstraint(
                name="one_order_of_a_matter_is_believed", fields=["matter"],
                condition=Q(agreed_by__isnull=False, ended_by__isnull=True),
            ),
            models.CheckConstraint(name="order_has_days", condition=Q(valid__isempty=False, rank__gte=1, rank__lte=9)),
        ]  # fmt: skip
        indexes: ClassVar[list[Any]] = [models.Index(name="orders_of_matter", fields=["matter"])]

    @property
    def claim_id(self) -> uuid.UUID | None:
        """The claim that is recovered by it, if one is."""
        return None if self.plan is None else self.plan.claim_id


class WriteOff(Agreed):
    """That a sum of a claim is given up (norakstīšana), by whoever may agree to it."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="write_offs")
    cents = models.BigIntegerField()
    reason = models.CharField(max_length=300)

    class Meta(Agreed.Meta):
        constraints: ClassVar[list[Any]] = [
            *Agreed.Meta.constraints,
            models.CheckConstraint(name="write_off_is_positive", condition=Q(cents__gt=0)),
        ]


class Repayment(models.Model):
    """Money of a claim that its debtor paid back (atmaksa); one reference counts once."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="repayments")
    cents = models.BigIntegerField()
    received_on = models.DateField()
    reference = models.CharField(max_length=70, help_text="of the bank's entry")
    by_staff = models.UUIDField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(name="repayment_counts_once", fields=["claim", "reference"]),
            models.CheckConstraint(name="repayment_is_positive", condition=Q(cents__gt=0) & ~Q(reference="")),
        ]


class Deduction(models.Model):
    """What a run keeps back from one line for one order (ieturējums).

    What goes to a creditor is a transfer of its own, with a number in the run after those of the lines.
    """

    run = models.ForeignKey("payments.Run", models.PROTECT, related_name="+", db_index=False)
    line = models.ForeignKey("payments.Line", models.PROTECT, related_name="deductions", db_index=False)
    order = models.ForeignKey(WithholdingOrder, models.PROTECT, related_name="deductions")
    cents = models.BigIntegerField()
    number = models.PositiveIntegerField(null=True, help_text="in the run, where it is transferred")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(name="order_takes_from_a_line_once", fields=["line", "order"]),
            models.UniqueConstraint(name="deduction_has_its_number_in_the_run", fields=["run", "number"]),
            models.CheckConstraint(name="deduction_is_positive", condition=Q(cents__gt=0)),
        ]
