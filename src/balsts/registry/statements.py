"""A statement: something believed about a person or household, true on some days, believed from one moment to another.

Every dated table of the registry has this form. The database sees to it that nothing ever changes in the past: a
statement is written once; all that may happen to it later is that its belief ends, now, because of a named source.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar

from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField
from django.db import models
from django.db.models import Q

from balsts.registry.uuids import uuid7

FOREVER = datetime(9999, 12, 31, tzinfo=UTC)
"""A moment at which only what is believed now will be believed: what is known now is asked as of any other moment."""


class Visibility(models.IntegerChoices):
    """Which kind of data a statement is: who may see it follows from the role (redzamība)."""

    ORDINARY = 0, "parasti dati"
    HEALTH = 1, "veselības dati"
    SEALED = 2, "aizsargāti dati"


class Origin(models.Model):
    """Where statements come from: a register, a declaration, a member of staff (izcelsme).

    `rank` is the order in which they are believed where they differ and nothing else decides; the lowest first.
    """

    id = models.SmallAutoField(primary_key=True)
    code = models.CharField(max_length=32, unique=True)
    name_lv = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    rank = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return self.code


class Source(models.Model):
    """One occasion on which something was learnt: a message, a declaration, a document, a worker's finding (avots).

    It holds no personal data: `reference` points to the message or document, `reason` says why something was corrected
    in words that name nobody.
    """

    origin = models.ForeignKey(Origin, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=120, help_text="the message, declaration or document; with its hash")
    reason = models.CharField(max_length=300, blank=True, help_text="why, where it corrects something")
    staff = models.UUIDField(null=True, blank=True, help_text="the account that recorded it, if one did")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.origin_id}: {self.reference}"


class Statement(models.Model):
    """The form of every dated table: valid days, believed moments, source.

    `KEY` names the fields that say what a statement is about: of one key, at most one statement is believed for a day.
    `VALUES` names those that say it.
    """

    KEY: ClassVar[tuple[str, ...]] = ()
    VALUES: ClassVar[tuple[str, ...]] = ()

    # Made here and not by the database, so that writing a statement needs no right to see it.
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    valid = DateRangeField(help_text="the days it is true of: [first day, first day after)")
    recorded = DateTimeRangeField(help_text="the moments it was believed: open-ended while it is")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", db_index=False)
    ended_by = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        help_text="why it is no longer believed",
    )
    visibility = models.PositiveSmallIntegerField(choices=Visibility.choices, default=Visibility.ORDINARY)

    class Meta:
        abstract = True

    def key(self) -> dict[str, Any]:
        """What the statement is about, by identifiers: nothing is read for it."""
        names = [field.attname for field in self._meta.concrete_fields if field.name in self.KEY]
        return {name: getattr(self, name) for name in names}

    def says(self) -> tuple[Any, ...]:
        """What it says."""
        return tuple(getattr(self, name) for name in (*self.VALUES, "visibility"))


def has_days(model: str) -> models.CheckConstraint:
    """A statement is true of at least one day."""
    return models.CheckConstraint(name=f"{model}_has_days", condition=Q(valid__isempty=False))
