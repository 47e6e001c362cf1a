"""Statuses for other systems, in the order in which they were granted and ended."""

from pathlib import Path

import django.contrib.postgres.fields.ranges
from django.db import migrations, models

_SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_reassessment"),
    ]

    operations = [
        migrations.CreateModel(
            name="StatusNews",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("award", models.UUIDField()),
                ("person", models.UUIDField()),
                ("code", models.CharField(max_length=48)),
                (
                    "months",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        help_text="months by their first days: [first month, first month after); open-ended while nothing ends it"
                    ),
                ),
                ("is_ended", models.BooleanField(help_text="whether the status no longer holds in these months")),
            ],
        ),
        migrations.RunSQL(
            (_SQL / "0007_statuses.sql").read_text(encoding="utf-8"),
            (_SQL / "0007_statuses_reverse.sql").read_text(encoding="utf-8"),
        ),
    ]
