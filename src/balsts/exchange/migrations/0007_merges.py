"""Merges that the population register told of, and who sees them."""

from pathlib import Path

from django.db import migrations, models

_SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0006_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="MergeTold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("merged", models.UUIDField(help_text="the person whose entry was merged")),
                ("into", models.UUIDField(help_text="the person whose entry stands for both")),
                ("told_at", models.DateTimeField()),
                ("message_id", models.CharField(max_length=100)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("merged", "into"), name="a_merge_is_told_once"),
                    models.CheckConstraint(
                        condition=models.Q(("merged", models.F("into")), _negated=True),
                        name="nobody_is_merged_into_themselves",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            (_SQL / "0007_merges.sql").read_text(encoding="utf-8"),
            (_SQL / "0007_merges_reverse.sql").read_text(encoding="utf-8"),
        ),
    ]
