"""Tables of published figures: what was loaded, its rows and figures as printed, contradictions found in them.

What was loaded is added to and never changed; of a contradiction it is noted once that it no longer stands.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast
from django.utils import timezone

from balsts.access.models import StaffAccount
from balsts.registry.uuids import uuid7


def _hexadecimal(column: str, digits: int) -> Q:
    return Q(**{f"{column}__regex": rf"^[0-9a-f]{{{digits}}}$"})


class Load(models.Model):
    """A file of a table that was taken in whole (ielāde). A later one of the same table and year stands in its place.

    `year` is the one that it was said to report; empty for the files that are part of the product.
    """

    id = models.BigAutoField(primary_key=True)
    table_code = models.CharField(max_length=32)
    year = models.PositiveSmallIntegerField(null=True)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    row_count = models.PositiveIntegerField()
    figure_count = models.PositiveIntegerField()
    loaded_at = models.DateTimeField(default=timezone.now)
    loaded_by = models.ForeignKey(StaffAccount, models.PROTECT, null=True, help_text="empty: part of the product")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(name="digest_of_a_file", condition=_hexadecimal("sha256", 64)),
            models.CheckConstraint(name="load_has_rows", condition=Q(row_count__gt=0)),
            models.CheckConstraint(name="whoever_loads_says_the_year", condition=Q(loaded_by=None) | ~Q(year=None)),
        ]


class Offer(models.Model):
    """A file that was looked through and waits for whoever offered it to take it in; kept for a day at most."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    table_code = models.CharField(max_length=32)
    year = models.PositiveSmallIntegerField()
    file_name = models.CharField(max_length=200)
    content = models.BinaryField()
    offered_at = models.DateTimeField(default=timezone.now)
    offered_by = models.ForeignKey(StaffAccount, models.PROTECT)


class LoadedRow(models.Model):
    """A row of a file: the text of each cell as it was printed."""

    id = models.BigAutoField(primary_key=True)
    load = models.ForeignKey(Load, models.PROTECT)
    number = models.PositiveIntegerField(help_text="in the file; the heading is 1")
    key = models.CharField(max_length=10)
    series = models.CharField(max_length=10)
    cells = models.JSONField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(name="row_stands_once", fields=["load", "number"]),
            models.UniqueConstraint(name="key_stands_once", fields=["load", "key"]),
            models.CheckConstraint(name="key_of_a_row", condition=_hexadecimal("key", 10) & _hexadecimal("series", 10)),
        ]


class LoadedFigure(models.Model):
    """A published figure (publicēts skaitlis): a cell, as it was printed and as a number."""

    id = models.BigAutoField(primary_key=True)
    row = models.ForeignKey(LoadedRow, models.PROTECT)
    column = models.CharField(max_length=32)
    printed = models.CharField(max_length=32)
    value = models.DecimalField(max_digits=24, decimal_places=6)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(name="figure_stands_once", fields=["row", "column"]),
            models.CheckConstraint(
                name="figure_is_what_is_printed",
                condition=Q(value=Cast(F("printed"), models.DecimalField(max_digits=24, decimal_places=6))),
            ),
        ]


class Contradiction(models.Model):
    """A contradiction found in published figures (pretruna): a stated relation between them that does not hold."""

    id = models.BigAutoField(primary_key=True)
    relation = models.CharField(max_length=48)
    printed = models.DecimalField(max_digits=24, decimal_places=6)
    computed = models.DecimalField(max_digits=24, decimal_places=6)
    lv = models.TextField()
    en = models.TextField()
    found_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, help_text="since when it no longer stands")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(name="contradiction_differs", condition=~Q(printed=F("computed"))),
            models.CheckConstraint(
                name="contradiction_is_told",
                condition=Q(~Q(lv=""), ~Q(en="")),
            ),
        ]


class ContradictionFigure(models.Model):
    """A figure that a contradiction is about: the one that the relation gives a value for is at place 0."""

    id = models.BigAutoField(primary_key=True)
    contradiction = models.ForeignKey(Contradiction, models.PROTECT)
    figure = models.ForeignKey(LoadedFigure, models.PROTECT)
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(name="place_in_a_contradiction", fields=["contradiction", "place"]),
        ]
