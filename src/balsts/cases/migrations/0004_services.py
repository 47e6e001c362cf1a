"""Entries, cards and complaints: what is not public, who hands over to whom, and what keeps them."""

from pathlib import Path

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models

_SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_offices_and_roles_of_cases"),
        ("cases", "0003_intake"),
        ("registry", "0011_seals"),
    ]

    operations = [
        migrations.CreateModel(
            name="EntryDetail",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="detail",
                        serialize=False,
                        to="cases.registerentry",
                    ),
                ),
                ("content", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("by_staff", models.UUIDField()),
                ("reason", models.CharField(max_length=500)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="registerentry",
            name="entry_has_days",
        ),
        migrations.AddField(
            model_name="card",
            name="revoked_because",
            field=models.CharField(blank=True, help_text="names nobody", max_length=200),
        ),
        migrations.AlterField(
            model_name="registerentry",
            name="content",
            field=models.JSONField(help_text="the fields that the register's declaration makes public"),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid__isempty", False), ("valid__lower_inf", False)), name="card_has_days"
            ),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("replaced_by__isnull", True), ("revoked_at__isnull", True), ("revoked_because", "")),
                    models.Q(("revoked_at__isnull", False), models.Q(("revoked_because", ""), _negated=True)),
                    _connector="OR",
                ),
                name="card_is_taken_back_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="registerentry",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("recorded__upper_inf", True)),
                expressions=[("register", "="), ("key", "="), ("person", "="), ("valid", "&&")],
                name="one_persons_entry_of_a_key_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="registerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid__isempty", False), ("valid__lower_inf", False)), name="entry_has_days"
            ),
        ),
        migrations.AddConstraint(
            model_name="registerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("organisation__isnull", False), ("person__isnull", True)),
                    models.Q(("organisation__isnull", True), ("person__isnull", False)),
                    _connector="OR",
                ),
                name="entry_is_of_an_organisation_or_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="registerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("recorded__upper_inf", True), ("ended_by__isnull", False), _connector="OR"),
                    models.Q(("ground", ""), ("ended_by__isnull", False), _connector="OR"),
                ),
                name="entry_is_ended_by_a_decision",
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="complaint",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="handovers", to="cases.complaint"
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="from_institution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.institution"
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="to_institution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.institution"
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_institution", models.F("to_institution")), _negated=True),
                name="complaint_goes_to_another_institution",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="complaint_is_handed_over_for_a_reason"
            ),
        ),
        migrations.RunSQL(
            (_SQL / "0004_services.sql").read_text(encoding="utf-8"),
            (_SQL / "0004_services_reverse.sql").read_text(encoding="utf-8"),
        ),
    ]
