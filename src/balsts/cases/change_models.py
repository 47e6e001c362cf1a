"""What changed after a decision: which cause, which months, how much more or less; proposed, then confirmed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from balsts.cases.case_models import Case
from balsts.cases.decision_models import Decision, Determination
from balsts.registry.models import Person
from balsts.registry.uuids import uuid7


class Change(models.Model):
    """The statement of what changed between two determinations of a case (izmaiņu izklāsts).

    Nothing follows from it until somebody confirms it by a decision.
    """

    class State(models.TextChoices):
        """Izmaiņu izklāsta stāvoklis."""

        PROPOSED = "proposed", "ierosināts"
        CONFIRMED = "confirmed", "apstiprināts"
        DISMISSED = "dismissed", "noraidīts"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="changes")
    before = models.ForeignKey(Determination, models.PROTECT, related_name="+")
    after = models.ForeignKey(Determination, models.PROTECT, related_name="+")
    cause = models.CharField(max_length=12, choices=Determination.Cause.choices)
    because = models.JSONField(default=list, help_text="what differs: facts by key, source and days; rules; values")
    found_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PROPOSED)
    settled_by = models.UUIDField(null=True)
    settled_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=1000, blank=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                name="one_change_is_proposed_in_a_case", fields=["case"], condition=Q(state="proposed")
            ),
            models.CheckConstraint(
                name="change_is_settled_whole",
                condition=Q(state="proposed", settled_at__isnull=True)
                | (~Q(state="proposed") & Q(settled_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="change_is_dismissed_for_a_reason", condition=~Q(state="dismissed") | ~Q(reason="")
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(name="changes_of_case", fields=["case", "found_at"])]


class ChangeLine(models.Model):
    """One month of one right of one payee: what it was and what it is, in cents (or pieces)."""

    change = models.ForeignKey(Change, models.PROTECT, related_name="lines")
    month = models.DateField(help_text="its first day")
    code = models.CharField(max_length=48)
    payee = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", help_text="empty: the household")
    before = models.BigIntegerField()
    after = models.BigIntegerField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                name="change_has_a_month_once", fields=["change", "month", "code", "payee"], nulls_distinct=False
            ),
            models.CheckConstraint(name="change_line_changes", condition=~Q(before=F("after"))),
        ]
