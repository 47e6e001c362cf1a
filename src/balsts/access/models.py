"""Who works where and as what, and the record of who looked."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from balsts.access.roles import CLIENT_ABILITIES, CLIENT_ROLES, ROLES, SYSTEM_ROLE

OFFICES = {
    "vsaa": ("Valsts sociālās apdrošināšanas aģentūra", "State Social Insurance Agency"),
    "siva": ("Sociālās integrācijas valsts aģentūra", "Social Integration State Agency"),
    "vdeavk": ("Veselības un darbspēju ekspertīzes ārstu valsts komisija", "State Medical Commission for Disability"),
    "nva": ("Nodarbinātības valsts aģentūra", "State Employment Agency"),
    "bac": ("Bērnu aizsardzības centrs", "Children's Protection Centre"),
    "lm": ("Labklājības ministrija", "Ministry of Welfare"),
}
"""National offices by code, with their names."""


class Municipality(models.Model):
    """A municipality (pašvaldība) by its ATVK code, with the days on which it existed.

    Two classifications follow each other: 119 units until 2021-06-30, 43 since. `successor` is the unit it became part
    of; `present` the one that has its territory today. Both are empty where a territory was split.
    """

    code = models.CharField(primary_key=True, max_length=7)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=6, choices=[("city", "valstspilsēta"), ("county", "novads")])
    classification = models.PositiveSmallIntegerField(help_text="the year of the classification: 2009 or 2021")
    period = DateRangeField(help_text="[first day, first day after)")
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    present = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    question = models.CharField(max_length=200, blank=True, help_text="what is not confirmed about it")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(name="municipality_code_is_seven_digits", condition=Q(code__regex=r"^\d{7}$"))
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class Institution(models.Model):
    """An office with staff (iestāde): a municipality's social service office, an agency, a ministry."""

    class Kind(models.TextChoices):
        """Iestādes veids."""

        SOCIAL_SERVICE = "social_service", "sociālais dienests"
        ORPHANS_COURT = "orphans_court", "bāriņtiesa"
        AGENCY = "agency", "valsts iestāde"
        MINISTRY = "ministry", "ministrija"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name_lv = models.CharField(max_length=120, unique=True)
    name_en = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True)
    address = models.CharField(max_length=200, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    code = models.CharField(
        max_length=12, null=True, blank=True, unique=True, choices=[(code, lv) for code, (lv, _) in OFFICES.items()],
        help_text="of a national one: by it case types name the office that decides",
    )  # fmt: skip

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="institution_with_a_code_is_national",
                condition=Q(code__isnull=True) | Q(kind__in=["agency", "ministry"]),
            ),
            models.CheckConstraint(
                name="institution_of_a_municipality_names_it",
                condition=Q(kind__in=["social_service", "orphans_court"], municipality__isnull=False)
                | Q(kind__in=["agency", "ministry"], municipality__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name_lv


class StaffAccounts(BaseUserManager["StaffAccount"]):
    """Accounts by user name."""


class StaffAccount(AbstractBaseUser):
    """The account of a member of staff (darbinieka konts). What its holder may do stands in appointments."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=60, unique=True)
    full_name = models.CharField(max_length=120)
    email = models.EmailField()
    is_active = models.BooleanField(default=True)

    objects = StaffAccounts()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name", "email"]

    def get_full_name(self) -> str:
        """The name to show."""
        return self.full_name


class Appointment(models.Model):
    """That somebody works in an institution in a role, from a day until another (pilnvarojums)."""

    staff = models.ForeignKey(StaffAccount, models.PROTECT, related_name="appointments")
    institution = models.ForeignKey(Institution, models.PROTECT)
    role = models.CharField(max_length=24, choices=[(code, role.lv) for code, role in ROLES.items()])
    period = DateRangeField(help_text="[first day, first day after); open-ended without an end")
    appointed_by = models.ForeignKey(StaffAccount, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            ExclusionConstraint(
                name="appointments_do_not_overlap",
                expressions=[
                    ("staff", RangeOperators.EQUAL),
                    ("institution", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                violation_error_message="This person already has this role there in that period.",
            ),
            models.CheckConstraint(name="nobody_is_appointed_to_be_the_platform", condition=~Q(role=SYSTEM_ROLE)),
            models.CheckConstraint(
                name="nobody_is_appointed_to_be_a_system", condition=~Q(role__in=sorted(CLIENT_ROLES.values()))
            ),
            models.CheckConstraint(name="nobody_appoints_themselves", condition=~Q(staff=models.F("appointed_by"))),
        ]


class AccessRecord(models.Model):
    """That somebody looked at a person's data: who, as what, why, when, at what (piekļuves ieraksts).

    Written by `balsts.access.log` alone, never changed. The database numbers and dates it, and chains it to the record
    before it by a hash. It points to nobody by a foreign key: it outlives what it tells of.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    staff = models.UUIDField(null=True, help_text="empty when the platform itself or the person looked")
    institution = models.UUIDField(null=True)
    role = models.CharField(max_length=24)
    purpose = models.CharField(max_length=24)
    subject = models.UUIDField(db_index=True, help_text="the person whose data it was")
    action = models.CharField(max_length=16)
    detail = models.CharField(max_length=200, help_text="which data, by name; never the data")
    previous_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="access_action_is_known",
                condition=Q(action__in=["read", "search_hit", "record", "export", "merge", "break_glass"]),
            )
        ]


class SystemClient(models.Model):
    """Another institution's system that calls ours (cita sistēma): whose it is, what it may do, from when until when.

    Of the secret only a hash is kept. It is 256 random bits, so a slow hash would protect nothing more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=60, unique=True)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    abilities = ArrayField(models.CharField(max_length=20))
    secret_sha256 = models.CharField(max_length=64)
    period = DateRangeField(help_text="[first day, first day after); open-ended without an end")
    opened_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="client_may_do_something_that_systems_may",
                condition=Q(abilities__len__gt=0, abilities__contained_by=sorted(CLIENT_ABILITIES)),
            )
        ]


class ClientUse(models.Model):
    """How often a system called in a minute; kept for an hour, for the limit alone."""

    client = models.ForeignKey(SystemClient, models.CASCADE, related_name="+")
    minute = models.DateTimeField()
    calls = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(name="a_minute_of_a_client_is_counted_once", fields=["client", "minute"])
        ]


class Sending(models.Model):
    """A request that changes something, by its sender's key (pieprasījuma atslēga): sent again, it is not done again.

    Of what was sent only a hash is kept, and of what it made the identifier.
    """

    key = models.UUIDField(primary_key=True, editable=False)
    sender = models.UUIDField(help_text="the account or the resident")
    sha256 = models.CharField(max_length=64, help_text="of the operation and what was sent")
    made = models.UUIDField(null=True)
    at = models.DateTimeField(auto_now_add=True)
