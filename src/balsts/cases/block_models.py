"""Building blocks that a decision can give besides money: an entry in a register, a card; and complaints."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from balsts.access.models import Institution
from balsts.cases.case_models import Case, Organisation
from balsts.cases.decision_models import Decision
from balsts.registry.models import Person
from balsts.registry.uuids import uuid7


class RegisterEntry(models.Model):
    """An entry of a public register (ieraksts reģistrā) that a decision made, valid for days, believed for moments."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    register = models.CharField(max_length=40)
    key = models.CharField(max_length=120, help_text="what there is one entry of, such as a service at an address")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="entries")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="entries")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="entries")
    content = models.JSONField(help_text="the fields that the register's declaration makes public")
    valid = DateRangeField()
    recorded = DateTimeRangeField()
    ended_by = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    ground = models.CharField(max_length=120, blank=True, help_text="why it was removed, where it was")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            ExclusionConstraint(
                name="one_entry_of_a_key_at_a_time",
                expressions=[
                    ("register", RangeOperators.EQUAL),
                    ("key", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=Q(recorded__upper_inf=True),
            ),
            ExclusionConstraint(
                name="one_persons_entry_of_a_key_at_a_time",
                expressions=[
                    ("register", RangeOperators.EQUAL),
                    ("key", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=Q(recorded__upper_inf=True),
            ),
            models.CheckConstraint(name="entry_has_days", condition=Q(valid__isempty=False, valid__lower_inf=False)),
            models.CheckConstraint(
                name="entry_is_of_an_organisation_or_a_person",
                condition=Q(organisation__isnull=False, person__isnull=True)
                | Q(organisation__isnull=True, person__isnull=False),
            ),
            models.CheckConstraint(
                name="entry_is_ended_by_a_decision",
                condition=(Q(recorded__upper_inf=True) | Q(ended_by__isnull=False))
                & (Q(ground="") | Q(ended_by__isnull=False)),
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(name="entries_of_register", fields=["register", "key"])]


class EntryDetail(models.Model):
    """What an entry says that is not public (ieraksta nepubliskās ziņas): seen by the office that keeps it."""

    entry = models.OneToOneField(RegisterEntry, models.PROTECT, primary_key=True, related_name="detail")
    content = models.JSONField()


class Card(models.Model):
    """A certificate or card that a decision gave (apliecība): its number, its days, whether it was taken back."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=24)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="cards")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="cards")
    valid = DateRangeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_because = models.CharField(max_length=200, blank=True, help_text="names nobody")
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(name="card_number_is_used_once", fields=["kind", "number"]),
            ExclusionConstraint(
                name="one_card_of_a_kind_at_a_time",
                expressions=[
                    ("kind", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=Q(revoked_at__isnull=True),
            ),
            models.CheckConstraint(name="card_has_days", condition=Q(valid__isempty=False, valid__lower_inf=False)),
            models.CheckConstraint(
                name="card_is_taken_back_for_a_reason",
                condition=Q(revoked_at__isnull=True, revoked_because="", replaced_by__isnull=True)
                | (Q(revoked_at__isnull=False) & ~Q(revoked_because="")),
            ),
        ]


class Complaint(models.Model):
    """A complaint or signal (sūdzība): about whom, from whom or anonymous, handed to whom, by when answered."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=24, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="complaints")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="complaints")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+", help_text="who answers it")
    by_person = models.UUIDField(null=True, help_text="empty: nobody gave a name, or it is no registered person")
    by_staff = models.UUIDField(null=True, help_text="the member of staff who entered it")
    channel = models.CharField(max_length=10)
    text = models.CharField(max_length=4000)
    received_on = models.DateField()
    due_on = models.DateField()
    result = models.CharField(max_length=4000, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="complaint_is_answered_whole",
                condition=Q(answered_at__isnull=True, result="") | (Q(answered_at__isnull=False) & ~Q(result="")),
            )
        ]


class Handover(models.Model):
    """That a complaint was handed to another institution (nodošana); the database moves the complaint with it."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="handovers")
    from_institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    to_institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    by_staff = models.UUIDField()
    reason = models.CharField(max_length=500)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="complaint_goes_to_another_institution", condition=~Q(from_institution=models.F("to_institution"))
            ),
            models.CheckConstraint(name="complaint_is_handed_over_for_a_reason", condition=~Q(reason="")),
        ]
