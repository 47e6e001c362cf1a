"""Loads: files taken into the registry in bulk, with how far each has come."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from balsts.registry.statements import Source
from balsts.registry.uuids import uuid7


class Load(models.Model):
    """One file loaded in bulk (datu ielāde). Its progress is written with the rows it tells of, in one transaction."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=250, help_text="the file's name")
    digest = models.CharField(max_length=64, help_text="sha256 of the file")
    month = models.DateField(help_text="the first day of the month that it describes")
    of = models.ForeignKey("self", models.PROTECT, null=True, help_text="of further facts: the load of their persons")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    rows = models.BigIntegerField()
    rows_done = models.BigIntegerField(default=0)
    started_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                name="file_is_loaded_once", fields=["digest", "month", "of"], nulls_distinct=False
            ),
            models.CheckConstraint(name="no_more_rows_done_than_there_are", condition=Q(rows_done__lte=F("rows"))),
        ]  # fmt: skip


class LoadPart(models.Model):
    """A part of a load that is written: parts go side by side, so the file is not always done up to a row."""

    load = models.ForeignKey(Load, models.PROTECT, related_name="parts")
    number = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(name="part_is_written_once", fields=["load", "number"])
        ]


class LiftedConstraint(models.Model):
    """A constraint that is lifted while much is loaded, as it is to be put back; until then nobody else may write."""

    table = models.CharField(max_length=63)
    name = models.CharField(max_length=63, unique=True)
    definition = models.TextField()
