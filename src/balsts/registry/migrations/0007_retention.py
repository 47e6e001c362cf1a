"""Legal holds, and the record of what was erased."""

from pathlib import Path

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

import balsts.registry.uuids

_WALLS = (Path(__file__).with_name("sql") / "0007_retention.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0006_search"),
    ]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("kind", models.CharField(max_length=32)),
                ("rule", models.CharField(max_length=120)),
                ("statements", models.PositiveBigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="LegalHold",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=balsts.registry.uuids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "valid",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="the days it is true of: [first day, first day after)"
                    ),
                ),
                (
                    "recorded",
                    django.contrib.postgres.fields.ranges.DateTimeRangeField(
                        help_text="the moments it was believed: open-ended while it is"
                    ),
                ),
                (
                    "visibility",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "parasti dati"), (1, "veselības dati"), (2, "aizsargāti dati")], default=0
                    ),
                ),
                ("ground", models.CharField(help_text="the case or order, by its number", max_length=120)),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="why it is no longer believed",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.source",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="legal_holds", to="registry.person"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.source",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("valid__isempty", False)), name="legal_hold_has_days"),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("recorded__upper_inf", True)),
                        expressions=[("person", "="), ("ground", "="), ("valid", "&&")],
                        name="one_hold_on_a_ground_at_a_time",
                    ),
                ],
            },
        ),
        # Reversing drops the tables, and all this with them.
        migrations.RunSQL(_WALLS, migrations.RunSQL.noop),
    ]
