"""Other institutions' systems: their way in, what they may do, and how often they call."""

import uuid
from pathlib import Path

import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

_SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_offices_and_roles_of_cases"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClientUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("minute", models.DateTimeField()),
                ("calls", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="SystemClient",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60, unique=True)),
                (
                    "abilities",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None),
                ),
                ("secret_sha256", models.CharField(max_length=64)),
                (
                    "period",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="[first day, first day after); open-ended without an end"
                    ),
                ),
                ("opened_at", models.DateTimeField(auto_now_add=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.AlterField(
            model_name="appointment",
            name="role",
            field=models.CharField(
                choices=[
                    ("social_worker", "sociālā darba speciālists"),
                    ("social_service_head", "sociālā dienesta vadītājs"),
                    ("orphans_court_member", "bāriņtiesas loceklis"),
                    ("benefits_officer", "pabalstu piešķīrējs (VSAA)"),
                    ("benefits_head", "pabalstu nodaļas vadītājs (VSAA)"),
                    ("register_officer", "reģistra uzturētājs"),
                    ("register_head", "reģistra nodaļas vadītājs"),
                    ("policy_analyst", "politikas analītiķis"),
                    ("disability_expert", "invaliditātes eksperts (VDEĀVK)"),
                    ("appeals_officer", "apstrīdēšanas lietu izskatītājs"),
                    ("data_protection_officer", "datu aizsardzības speciālists"),
                    ("auditor", "piekļuves auditors"),
                    ("account_manager", "kontu pārvaldnieks"),
                    ("status_subscriber", "sistēma, kas saņem statusus"),
                    ("status_verifier", "sistēma, kas pārbauda statusus"),
                    ("register_intake", "reģistru ziņu saņēmējs"),
                ],
                max_length=24,
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["status_subscriber", "status_verifier"]), _negated=True),
                name="nobody_is_appointed_to_be_a_system",
            ),
        ),
        migrations.AddField(
            model_name="systemclient",
            name="institution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.institution"
            ),
        ),
        migrations.AddField(
            model_name="clientuse",
            name="client",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="access.systemclient"
            ),
        ),
        migrations.AddConstraint(
            model_name="systemclient",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("abilities__contained_by", ["status_feed", "status_verify"]), ("abilities__len__gt", 0)
                ),
                name="client_may_do_something_that_systems_may",
            ),
        ),
        migrations.AddConstraint(
            model_name="clientuse",
            constraint=models.UniqueConstraint(
                fields=("client", "minute"), name="a_minute_of_a_client_is_counted_once"
            ),
        ),
        migrations.RunSQL(
            (_SQL / "0005_system_clients.sql").read_text(encoding="utf-8"),
            (_SQL / "0005_system_clients_reverse.sql").read_text(encoding="utf-8"),
        ),
    ]
