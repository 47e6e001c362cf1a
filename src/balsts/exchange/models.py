"""What is kept of the exchange: every question, every message as it came, and how far each feed is read.

Questions and messages are added to and never changed; the database sees to it. What a message says is kept apart from
that it came: staff and the person see the second, the intake alone the first.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q


class RegisterQuestion(models.Model):
    """A question to a register (jautājums reģistram), kept before it is sent.

    It points to nobody by a foreign key: it outlives what it tells of.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    register = models.CharField(max_length=32)
    person = models.UUIDField(null=True, db_index=True, help_text="whom it is about; empty before the person is known")
    personal_code = models.CharField(max_length=11)
    days = DateRangeField(help_text="the days asked about: [first day, first day after)")
    purpose = models.CharField(max_length=24)
    role = models.CharField(max_length=24)
    staff = models.UUIDField(null=True, help_text="empty when the platform itself asks")
    institution = models.UUIDField(null=True)
    asked_at = models.DateTimeField(auto_now_add=True)


class RegisterMessage(models.Model):
    """That a message came (reģistra ziņa), or that none did, and what it was: never what it says.

    `sha256` is of what the message says; of the bytes as they came where it cannot be read.
    """

    class Kind(models.TextChoices):
        """Ziņas veids."""

        ANSWER = "answer", "atbilde"
        CHANGE = "change", "izmaiņa"
        CORRECTION = "correction", "labojums"
        SNAPSHOT = "snapshot", "momentuzņēmuma lapa"
        UNREADABLE = "unreadable", "nav nolasāma"
        NO_ANSWER = "no_answer", "atbildes nav"

    register = models.CharField(max_length=32)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    message_id = models.CharField(max_length=100, null=True)
    question = models.ForeignKey(RegisterQuestion, models.PROTECT, null=True, related_name="messages")
    received_at = models.DateTimeField()
    sha256 = models.BinaryField(max_length=32)
    purpose = models.CharField(max_length=24)
    problem = models.CharField(max_length=300, blank=True, help_text="why it cannot be used; without personal data")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                name="a_register_uses_a_message_id_once",
                fields=["register", "message_id"],
                condition=Q(message_id__isnull=False),
            ),
            models.CheckConstraint(
                name="a_message_without_an_id_has_a_problem",
                condition=Q(message_id__isnull=False) | ~Q(problem=""),
            ),
        ]


class MessageBody(models.Model):
    """A message as it came, signature and all."""

    message = models.OneToOneField(RegisterMessage, models.PROTECT, primary_key=True, related_name="body")
    content = models.BinaryField()


class LastTold(models.Model):
    """When a register signed the newest message about a person that stands in the registry.

    An older one that comes later, again or by another way, brings nothing back.
    """

    register = models.CharField(max_length=32)
    person = models.UUIDField()
    issued_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                name="one_newest_message_of_a_register_about_a_person", fields=["register", "person"]
            )
        ]


class MergeTold(models.Model):
    """That the population register told that two entries are one person (apvienoti ieraksti).

    It is told, not yet decided: staff who may merge decide in the registry.
    """

    merged = models.UUIDField(help_text="the person whose entry was merged")
    into = models.UUIDField(help_text="the person whose entry stands for both")
    told_at = models.DateTimeField()
    message_id = models.CharField(max_length=100)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(name="a_merge_is_told_once", fields=["merged", "into"]),
            models.CheckConstraint(name="nobody_is_merged_into_themselves", condition=~Q(merged=models.F("into"))),
        ]


class FeedPosition(models.Model):
    """How far the feed of a register is read: its last position that was taken in."""

    register = models.CharField(primary_key=True, max_length=32)
    position = models.PositiveBigIntegerField(default=0)
    snapshot_at = models.DateTimeField(
        null=True, help_text="messages signed before this moment are in the snapshot read"
    )
    read_at = models.DateTimeField(auto_now=True)
