"""Work over many cases: runs in parts that any number of workers take, drafts of law, and what nobody has claimed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from balsts.registry.models import Person
from balsts.registry.uuids import uuid7


class LawDraft(models.Model):
    """A draft amendment (likumprojekts): values of parameters, and new wordings of rules where a command loaded them.

    Its text never changes. Enacted, it is part of the law from a day on, and stays so.
    """

    class Status(models.TextChoices):
        """Projekta stāvoklis."""

        DRAFT = "draft", "projekts"
        ENACTED = "enacted", "pieņemts"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200)
    text = models.TextField(help_text="a reform file (YAML)")
    rules = models.TextField(blank=True, help_text="the Python file that the reform names; loaded by command alone")
    sha256 = models.CharField(max_length=64, unique=True, help_text="of both")
    loaded_at = models.DateTimeField(auto_now_add=True)
    loaded_by = models.UUIDField(null=True, help_text="empty: a command on the server")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.DRAFT)
    since = models.DateField(null=True, help_text="the day from which it is part of the law that decides")
    enacted_at = models.DateTimeField(null=True)
    enacted_by = models.UUIDField(null=True, help_text="empty: a command on the server")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="draft_is_enacted_whole",
                condition=Q(status="draft", since__isnull=True, enacted_at__isnull=True)
                | Q(status="enacted", since__isnull=False, enacted_at__isnull=False),
            )
        ]


class Run(models.Model):
    """Work over many cases or households (apstrāde): cut into parts, each done whole and once, by whichever worker."""

    class Kind(models.TextChoices):
        """Apstrādes veids."""

        LAW = "law", "likuma izmaiņas lietās"
        CASES = "cases", "lietu pārskatīšana"
        REHEARSAL = "rehearsal", "likumprojekta izmēģinājums"
        TAKE_UP = "take_up", "nepieprasītās tiesības"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=9, choices=Kind.choices)
    asked = models.JSONField(default=dict, help_text="what the parts need to know: laws by their hashes, months, cause")
    draft = models.ForeignKey(LawDraft, models.PROTECT, null=True, related_name="runs")
    total = models.PositiveIntegerField(help_text="cases or households")
    by_staff = models.UUIDField(null=True, help_text="empty: the platform")
    made_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict, help_text="sums over all parts; names nobody")

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(name="runs_by_time", fields=["kind", "made_at"])]


class RunPart(models.Model):
    """A part of a run (apstrādes daļa). Its results and `done_at` are written together, so it is done once or not."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="parts")
    number = models.PositiveIntegerField()
    subjects = ArrayField(models.UUIDField(), help_text="cases or households")
    done_at = models.DateTimeField(null=True)
    worker = models.CharField(max_length=80, blank=True, help_text="the process that did it")
    result = models.JSONField(default=dict, help_text="sums of this part; names nobody")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(name="part_of_a_run_stands_once", fields=["run", "number"])
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(name="parts_to_do", fields=["run", "number"], condition=Q(done_at__isnull=True))
        ]


class Unclaimed(models.Model):
    """A right that somebody seems to have and has not claimed (nepieprasītas tiesības), found by a run."""

    class State(models.TextChoices):
        """Kas ar to noticis."""

        FOUND = "found", "atrasts"
        OFFERED = "offered", "piedāvāts"
        DECLINED = "declined", "atteicās"
        CLAIMED = "claimed", "pieprasīts"
        OVER = "over", "vairs nepienākas"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", help_text="who would apply for it")
    code = models.CharField(max_length=48, help_text="the right")
    type = models.CharField(max_length=40, help_text="the case type to apply by")
    purpose = models.CharField(max_length=24, help_text="for which staff may see it; that of the case type")
    municipality = models.CharField(max_length=10, blank=True, help_text="where the person is declared; by code")
    month = models.DateField(help_text="the month it was last worked out for, by its first day")
    amount = models.BigIntegerField(help_text="cents, or pieces, in that month")
    found_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.FOUND)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.UUIDField(null=True, help_text="the member of staff; empty: the person, or the platform")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                name="unclaimed_right_stands_once",
                fields=["person", "code"],
                condition=Q(state__in=["found", "offered", "declined"]),
            ),
            models.CheckConstraint(name="unclaimed_is_something", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="unclaimed_is_settled_whole",
                condition=Q(state="found", settled_at__isnull=True) | (~Q(state="found") & Q(settled_at__isnull=False)),
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(
                F("purpose"),
                F("municipality"),
                F("amount").desc(),
                name="unclaimed_by_office",
                condition=Q(state__in=["found", "offered"]),
            )
        ]
