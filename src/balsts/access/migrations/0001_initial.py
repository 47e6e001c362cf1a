"""Municipalities, institutions, accounts, appointments, access records."""

import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        BtreeGistExtension(),  # equality in exclusion constraints
        migrations.CreateModel(
            name="StaffAccount",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("username", models.CharField(max_length=60, unique=True)),
                ("full_name", models.CharField(max_length=120)),
                ("email", models.EmailField(max_length=254)),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AccessRecord",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("staff", models.UUIDField(help_text="empty when the platform itself or the person looked", null=True)),
                ("institution", models.UUIDField(null=True)),
                ("role", models.CharField(max_length=24)),
                ("purpose", models.CharField(max_length=24)),
                ("subject", models.UUIDField(db_index=True, help_text="the person whose data it was")),
                ("action", models.CharField(max_length=16)),
                ("detail", models.CharField(help_text="which data, by name; never the data", max_length=200)),
                ("previous_hash", models.BinaryField(max_length=32)),
                ("hash", models.BinaryField(max_length=32)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("action__in", ["read", "search_hit", "record", "export", "merge", "break_glass"])
                        ),
                        name="access_action_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Municipality",
            fields=[
                ("code", models.CharField(max_length=7, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60)),
                ("kind", models.CharField(choices=[("city", "valstspilsēta"), ("county", "novads")], max_length=6)),
                (
                    "classification",
                    models.PositiveSmallIntegerField(help_text="the year of the classification: 2009 or 2021"),
                ),
                (
                    "period",
                    django.contrib.postgres.fields.ranges.DateRangeField(help_text="[first day, first day after)"),
                ),
                ("question", models.CharField(blank=True, help_text="what is not confirmed about it", max_length=200)),
                (
                    "present",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.municipality",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.municipality",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Institution",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name_lv", models.CharField(max_length=120, unique=True)),
                ("name_en", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("social_service", "sociālais dienests"),
                            ("orphans_court", "bāriņtiesa"),
                            ("agency", "valsts iestāde"),
                            ("ministry", "ministrija"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="access.municipality"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("social_worker", "sociālā darba speciālists"),
                            ("social_service_head", "sociālā dienesta vadītājs"),
                            ("orphans_court_member", "bāriņtiesas loceklis"),
                            ("benefits_officer", "pabalstu piešķīrējs (VSAA)"),
                            ("disability_expert", "invaliditātes eksperts (VDEĀVK)"),
                            ("appeals_officer", "apstrīdēšanas lietu izskatītājs"),
                            ("data_protection_officer", "datu aizsardzības speciālists"),
                            ("auditor", "piekļuves auditors"),
                            ("account_manager", "kontu pārvaldnieks"),
                            ("register_intake", "reģistru ziņu saņēmējs"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "period",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="[first day, first day after); open-ended without an end"
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "appointed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="access.institution"),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("staff", "="), ("institution", "="), ("role", "="), ("period", "&&")],
                        name="appointments_do_not_overlap",
                        violation_error_message="This person already has this role there in that period.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role", "register_intake"), _negated=True),
                        name="nobody_is_appointed_to_be_the_platform",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("staff", models.F("appointed_by")), _negated=True),
                        name="nobody_appoints_themselves",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="municipality",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^\\d{7}$")), name="municipality_code_is_seven_digits"
            ),
        ),
        migrations.AddConstraint(
            model_name="institution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ["social_service", "orphans_court"]), ("municipality__isnull", False)),
                    models.Q(("kind__in", ["agency", "ministry"]), ("municipality__isnull", True)),
                    _connector="OR",
                ),
                name="institution_of_a_municipality_names_it",
            ),
        ),
    ]
