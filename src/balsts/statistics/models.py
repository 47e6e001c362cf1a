"""Tables of live series: refreshes, what they counted, what is shown rests on, and points that anybody may see.

What was counted is for the platform alone (row-level security in `migrations/sql/0002_live.sql`); of all tables only
rows are added, never changed.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q


class DefinitionUsed(models.Model):
    """A version of a definition that counted something: the hash of what it said, so that it cannot change unseen."""

    indicator = models.CharField(max_length=48)
    version = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    first_used_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(name="definition_version_says_one_thing", fields=["indicator", "version"])
        ]


class Refresh(models.Model):
    """That months were counted (pārrēķins), whole or not at all: what of it changes what is shown are its blocks."""

    at = models.DateTimeField(auto_now_add=True)
    since = models.DateField(help_text="the first month, by its first day")
    until = models.DateField(help_text="the first month after")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="refresh_is_of_months", condition=Q(since__day=1, until__day=1, until__gt=models.F("since"))
            )
        ]


class Counted(models.Model):
    """What one refresh counted in one cell, exactly; nobody is shown it."""

    refresh = models.ForeignKey(Refresh, models.PROTECT, related_name="+")
    family = models.CharField(max_length=24)
    of = models.CharField(max_length=48, help_text="the right, case type or service")
    period = models.CharField(max_length=7, help_text="a year or a month")
    split = models.CharField(max_length=16, blank=True, help_text="by what it is a part; empty: the whole")
    part = models.CharField(max_length=24, blank=True)
    persons = models.PositiveBigIntegerField()
    number = models.PositiveBigIntegerField()
    cents = models.BigIntegerField(default=0)
    largest = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                name="cell_is_counted_once", fields=["refresh", "family", "of", "period", "split", "part"]
            )
        ]


class Block(models.Model):
    """What is shown of a period together (publicējamais kopums): the newest one of its name is the one that stands."""

    refresh = models.ForeignKey(Refresh, models.PROTECT, related_name="blocks")
    family = models.CharField(max_length=24)
    of = models.CharField(max_length=48)
    period = models.CharField(max_length=7)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(name="block_is_made_once", fields=["family", "of", "period", "refresh"])
        ]


class Rest(models.Model):
    """What a shown or suppressed cell rests on; nobody is shown it."""

    block = models.ForeignKey(Block, models.PROTECT, related_name="rests")
    split = models.CharField(max_length=16, blank=True)
    part = models.CharField(max_length=24, blank=True)
    persons = models.PositiveBigIntegerField()
    number = models.PositiveBigIntegerField()
    cents = models.BigIntegerField(default=0)
    largest = models.BigIntegerField(default=0)
    is_hidden = models.BooleanField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(name="cell_rests_on_one_thing", fields=["block", "split", "part"])
        ]


class Point(models.Model):
    """A live figure as anybody may see it (publicējams rādītājs): rounded, or suppressed."""

    block = models.ForeignKey(Block, models.PROTECT, related_name="points")
    indicator = models.CharField(max_length=48)
    version = models.PositiveSmallIntegerField(help_text="of its definition")
    split = models.CharField(max_length=16, blank=True)
    part = models.CharField(max_length=24, blank=True)
    value = models.DecimalField(max_digits=18, decimal_places=2, null=True, help_text="empty: suppressed")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(name="point_is_shown_once", fields=["block", "indicator", "split", "part"])
        ]
        indexes: ClassVar[list[Any]] = [models.Index(name="points_of_indicator", fields=["indicator"])]
