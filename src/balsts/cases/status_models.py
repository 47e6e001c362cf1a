"""Statuses as they are passed to other systems: what was granted and what no longer holds, in one order."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from balsts.cases.decision_models import MONTHS_HELP


class StatusNews(models.Model):
    """That somebody was granted a status for months, or that this no longer holds (statusa ziņa).

    The database writes it when the transaction commits that brings a decision into force, one transaction after
    another: positions have no gaps, and whoever has read to one misses none before it. Nothing points elsewhere by a
    foreign key, so that writing waits for nobody.
    """

    position = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    award = models.UUIDField()
    person = models.UUIDField()
    code = models.CharField(max_length=48)
    months = DateRangeField(help_text=MONTHS_HELP)
    is_ended = models.BooleanField(help_text="whether the status no longer holds in these months")

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(name="status_news_of_award", fields=["award"])]
