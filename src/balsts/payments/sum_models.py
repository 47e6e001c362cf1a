"""Sums of a run (izmaksu saraksta kopsummas): kept with it, so that to show a run is not to read its lines."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q


class RunSum(models.Model):
    """How many lines, or overpayments, of a run there are of one right and month, and their cents.

    Written with them, by the database alone; both never change. Overpayments have neither `kind` nor `held`.
    """

    class What(models.TextChoices):
        """Kas saskaitīts."""

        LINE = "line", "izmaksas rindas"
        OVERPAID = "overpaid", "pārmaksas"

    run = models.ForeignKey("payments.Run", models.PROTECT, related_name="sums", db_index=False)
    what = models.CharField(max_length=8, choices=What.choices)
    programme = models.CharField(max_length=12, blank=True)
    code = models.CharField(max_length=48, help_text="of the right")
    month = models.DateField(help_text="the month of the right")
    kind = models.CharField(max_length=8, blank=True, help_text="of a line: current or arrears")
    held = models.CharField(max_length=12, blank=True, help_text="of a line: why it is held")
    many = models.PositiveIntegerField()
    cents = models.BigIntegerField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                name="run_has_one_sum_of_a_kind",
                fields=["run", "what", "programme", "code", "month", "kind", "held"],
            ),
            models.CheckConstraint(name="run_sum_is_of_something", condition=Q(many__gt=0, cents__gt=0)),
        ]
