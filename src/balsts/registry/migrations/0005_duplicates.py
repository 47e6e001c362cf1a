"""Entries found to be of one person."""

from pathlib import Path

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

import balsts.registry.uuids

_WALLS = (Path(__file__).with_name("sql") / "0005_duplicates.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0004_loads"),
    ]

    operations = [
        migrations.CreateModel(
            name="Duplicate",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="found_to_be", to="registry.person"
                    ),
                ),
                (
                    "same_as",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="duplicates", to="registry.person"
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
                    models.CheckConstraint(condition=models.Q(("valid__isempty", False)), name="duplicate_has_days"),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("recorded__upper_inf", True)),
                        expressions=[("person", "="), ("valid", "&&")],
                        name="same_as_one_person_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("same_as")), _negated=True),
                        name="nobody_is_their_own_duplicate",
                    ),
                ],
            },
        ),
        # Reversing drops the table, and all this with it.
        migrations.RunSQL(_WALLS, migrations.RunSQL.noop),
    ]
