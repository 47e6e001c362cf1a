"""News of what was stated, which triggers write."""

from pathlib import Path

import django.contrib.postgres.fields.ranges
from django.db import migrations, models

_SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0012_one_at_a_time"),
    ]

    operations = [
        migrations.CreateModel(
            name="News",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.UUIDField(null=True)),
                ("household", models.UUIDField(null=True)),
                (
                    "type",
                    models.PositiveSmallIntegerField(
                        help_text="the number of the type of fact; 0: ties and memberships"
                    ),
                ),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField(help_text="the days that it is about")),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("person__isnull", False), ("household__isnull", False), _connector="OR"),
                        name="news_is_of_somebody",
                    )
                ],
            },
        ),
        migrations.RunSQL(
            (_SQL / "0013_news.sql").read_text(encoding="utf-8"),
            (_SQL / "0013_news_reverse.sql").read_text(encoding="utf-8"),
        ),
    ]
