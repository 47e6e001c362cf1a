"""What is sealed, opened: by whom, for which reason and how long; and who is told of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from balsts.registry.uuids import uuid7

MOST_MINUTES = 60
LEAST_REASON = 10


class SealOpening(models.Model):
    """That a member of staff opened what is sealed about a person (aizsargātu datu atvēršana), for a short time.

    Written once, never changed. The database dates it and writes its record in the access log. It points to nobody by a
    foreign key: it outlives what it tells of.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.UUIDField(help_text="the person whose data it was")
    staff = models.UUIDField()
    institution = models.UUIDField()
    role = models.CharField(max_length=24)
    purpose = models.CharField(max_length=24)
    reason = models.CharField(max_length=150)
    minutes = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    record = models.BigIntegerField(unique=True, help_text="its number in the access log")
    is_kept_from_person = models.BooleanField(
        help_text="the seal protects somebody else too, so the person is not shown that it was opened"
    )

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="seal_is_opened_for_a_short_time", condition=Q(minutes__gte=1, minutes__lte=MOST_MINUTES)
            ),
            models.CheckConstraint(
                name="seal_is_opened_for_a_reason", condition=Q(reason__regex=f"^.{{{LEAST_REASON},}}$")
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(name="seal_opening_of_person", fields=["subject", "until"])]


class SealNotice(models.Model):
    """That those who oversee are to look at an opening (paziņojums par atvēršanu), and who did."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    opening = models.ForeignKey(SealOpening, models.PROTECT, related_name="notices")
    institution = models.UUIDField(null=True, help_text="whose overseers are told; empty: those of every institution")
    role = models.CharField(max_length=24)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="seal_notice_is_seen_by_somebody",
                condition=Q(seen_at__isnull=True, seen_by__isnull=True)
                | Q(seen_at__isnull=False, seen_by__isnull=False),
            ),
        ]
