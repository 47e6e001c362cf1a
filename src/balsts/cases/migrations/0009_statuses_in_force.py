"""Statuses are told to other systems when a decision is in force."""

from pathlib import Path

from django.db import migrations, models

_SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_what_many_cases_keep"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="statusnews",
            index=models.Index(fields=["award"], name="status_news_of_award"),
        ),
        migrations.RunSQL(
            (_SQL / "0009_statuses_in_force.sql").read_text(encoding="utf-8"),
            (_SQL / "0009_statuses_in_force_reverse.sql").read_text(encoding="utf-8"),
        ),
    ]
