"""A case and what comes into it: applications, documents, tasks, notes, messages, and everything that happened."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q

from balsts.access.models import Institution, StaffAccount
from balsts.registry.models import Household, Person
from balsts.registry.uuids import uuid7


class Days(Func):
    """The days from one to the one before another, as a range."""

    function = "daterange"
    output_field = DateRangeField()


class Organisation(models.Model):
    """A body that is party to a case (organizācija), by its number in the enterprise register."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    registration_number = models.CharField(max_length=11, unique=True)
    name = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="registration_number_is_eleven_digits", condition=Q(registration_number__regex=r"^[0-9]{11}$")
            )
        ]


class Case(models.Model):
    """One matter of somebody with an office (lieta), of a declared type.

    What is decided stands in decisions; `stage`, `due_on` and `review_on` say for worklists where the case is.
    """

    class Stage(models.TextChoices):
        """Lietas posms."""

        RECEIVED = "received", "saņemta"
        WAITING = "waiting", "gaida ziņas"
        ASSESSED = "assessed", "izvērtēta"
        DECIDING = "deciding", "lēmums tiek gatavots"
        RUNNING = "running", "lēmums ir spēkā"
        CONTESTED = "contested", "lēmums ir apstrīdēts"
        CLOSED = "closed", "slēgta"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=20, unique=True, help_text="series, year and running number: SP-2026-000417")
    type = models.CharField(max_length=40, help_text="the declared case type")
    purpose = models.CharField(max_length=24, help_text="for which staff may see it; that of its type")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="cases")
    subject = models.ForeignKey(Person, models.PROTECT, null=True, related_name="cases", help_text="whose matter it is")
    household = models.ForeignKey(Household, models.PROTECT, null=True, related_name="cases")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="cases")
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.RECEIVED)
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)
    assigned_to = models.ForeignKey(StaffAccount, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True, help_text="the last day of the nearest term that runs")
    review_on = models.DateField(null=True, help_text="the first month in which time alone changes what is due")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="case_is_about_a_person_or_an_organisation",
                condition=Q(subject__isnull=False, organisation__isnull=True)
                | Q(subject__isnull=True, organisation__isnull=False),
            ),
            models.CheckConstraint(
                name="case_is_closed_at_a_moment",
                condition=Q(stage="closed", closed_at__isnull=False) | (~Q(stage="closed") & Q(closed_at__isnull=True)),
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(
                name="case_worklist", fields=["institution", "stage", "due_on", "id"], condition=~Q(stage="closed")
            ),
            models.Index(
                name="case_of_nobody",
                fields=["institution", "stage", "due_on", "id"],
                condition=~Q(stage="closed") & Q(assigned_to__isnull=True),
            ),
            models.Index(
                name="case_of_staff", fields=["assigned_to", "stage", "due_on", "id"], condition=~Q(stage="closed")
            ),
            models.Index(name="case_review", fields=["review_on"], condition=Q(review_on__isnull=False)),
            models.Index(name="case_by_type", fields=["type", "stage"]),
        ]


class Party(models.Model):
    """That a person has to do with a case (lietas dalībnieks); by it a change of a fact finds the cases it touches."""

    class Part(models.TextChoices):
        """Loma lietā."""

        APPLICANT = "applicant", "iesniedzējs"
        MEMBER = "member", "mājsaimniecības loceklis"
        BENEFICIARY = "beneficiary", "par kuru pienākas"
        REPRESENTATIVE = "representative", "pārstāvis"
        PAYEE = "payee", "saņēmējs"

    case = models.ForeignKey(Case, models.PROTECT, related_name="parties")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    part = models.CharField(max_length=14, choices=Part.choices)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(name="person_has_a_part_in_a_case_once", fields=["case", "person", "part"])
        ]
        indexes: ClassVar[list[Any]] = [models.Index(name="cases_of_person", fields=["person", "case"])]


class Draft(models.Model):
    """An application that is being written (melnraksts): saved, come back to, thrown away or sent."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    type = models.CharField(max_length=40)
    subject = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    by_person = models.UUIDField(null=True, help_text="the resident who writes it")
    by_staff = models.UUIDField(null=True, help_text="the member of staff who writes it for somebody")
    institution = models.UUIDField(null=True, help_text="the office of that member of staff")
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0, help_text="grows with each save, so that two tabs cannot mix")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="draft_is_of_a_resident_or_of_staff",
                condition=Q(by_person__isnull=False, by_staff__isnull=True)
                | Q(by_person__isnull=True, by_staff__isnull=False, institution__isnull=False),
            )
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(name="drafts_of_person", fields=["by_person"], condition=Q(by_person__isnull=False)),
            models.Index(name="drafts_of_staff", fields=["by_staff"], condition=Q(by_staff__isnull=False)),
        ]


class Application(models.Model):
    """What was asked for (iesniegums), as it was sent; never changed. `key` makes a second sending harmless."""

    class Channel(models.TextChoices):
        """Iesniegšanas kanāls."""

        PORTAL = "portal", "portālā"
        IN_PERSON = "in_person", "klātienē"
        POST = "post", "pa pastu"
        PHONE = "phone", "pa tālruni"
        API = "api", "no citas sistēmas"
        PROACTIVE = "proactive", "pēc iestādes ierosmes"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="applications")
    key = models.UUIDField(unique=True, help_text="made when the draft was begun; the same sending twice is one")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    by_person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", help_text="who sent it")
    by_staff = models.UUIDField(null=True, help_text="the member of staff who entered it")
    authority = models.CharField(max_length=16, blank=True, help_text="on what ground somebody acts for another")
    received_on = models.DateField()
    since = models.DateField(help_text="the first month asked for")
    answers = models.JSONField()
    submitted_at = models.DateTimeField(auto_now_add=True)


class StoredFile(models.Model):
    """The bytes of a document or notice (datne), by their hash: once in the database, with it in its backups."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    size = models.PositiveIntegerField()
    content = models.BinaryField()
    stored_at = models.DateTimeField(auto_now_add=True)


class Attachment(models.Model):
    """A document handed in (pievienots dokuments): which evidence it is, what its content is, who handed it in."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="attachments")
    draft = models.ForeignKey(Draft, models.SET_NULL, null=True, related_name="attachments")
    kind = models.CharField(max_length=40, help_text="the evidence of the case type")
    name = models.CharField(max_length=120, help_text="as it was called; shown, never used as a path")
    media_type = models.CharField(max_length=60, help_text="told by the content, not by the name")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    by_person = models.UUIDField(null=True)
    by_staff = models.UUIDField(null=True)
    received_at = models.DateTimeField(auto_now_add=True)


class Event(models.Model):
    """Something that happened in a case (notikums): the timeline. `about` is the record it made, if it made one."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(max_length=32)
    by_person = models.UUIDField(null=True)
    by_staff = models.UUIDField(null=True)
    about = models.UUIDField(null=True)
    detail = models.CharField(max_length=200, blank=True, help_text="names nobody")

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(name="events_of_case", fields=["case", "at"])]


class Task(models.Model):
    """Something that somebody has to do in a case (uzdevums), by a day; done once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks")
    kind = models.CharField(max_length=32)
    about = models.UUIDField(null=True)
    detail = models.CharField(max_length=200, blank=True, help_text="names nobody")
    due_on = models.DateField(null=True)
    assigned_to = models.ForeignKey(StaffAccount, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                name="task_is_open_once",
                fields=["case", "kind", "about"],
                condition=Q(done_at__isnull=True),
                nulls_distinct=False,
            )
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(name="open_tasks", fields=["due_on"], condition=Q(done_at__isnull=True))
        ]


class Note(models.Model):
    """What a member of staff notes for colleagues (piezīme)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    at = models.DateTimeField(auto_now_add=True)
    by_staff = models.UUIDField()
    text = models.CharField(max_length=2000)


class Message(models.Model):
    """What an office and a person write each other in a case (ziņojums)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="messages")
    at = models.DateTimeField(auto_now_add=True)
    by_person = models.UUIDField(null=True)
    by_staff = models.UUIDField(null=True)
    text = models.CharField(max_length=4000)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="message_is_of_a_person_or_of_staff",
                condition=Q(by_person__isnull=False, by_staff__isnull=True)
                | Q(by_person__isnull=True, by_staff__isnull=False),
            )
        ]
        indexes: ClassVar[list[Any]] = [models.Index(name="messages_of_case", fields=["case", "at"])]


class Absence(models.Model):
    """That a member of staff is away (prombūtne), and who does their work meanwhile."""

    staff = models.ForeignKey(StaffAccount, models.PROTECT, related_name="absences")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(help_text="the first day back")
    substitute = models.ForeignKey(StaffAccount, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(name="absence_has_days", condition=Q(until__gt=models.F("since"))),
            ExclusionConstraint(
                name="nobody_is_away_twice",
                expressions=[
                    ("staff", RangeOperators.EQUAL),
                    ("institution", RangeOperators.EQUAL),
                    (Days("since", "until"), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="nobody_stands_in_for_themselves",
                condition=Q(substitute__isnull=True) | ~Q(substitute=models.F("staff")),
            ),
        ]
