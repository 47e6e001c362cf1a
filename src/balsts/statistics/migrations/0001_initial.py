"""Tables of live series: refreshes, what they counted, and points that may be shown."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="DefinitionUsed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("indicator", models.CharField(max_length=48)),
                ("version", models.PositiveSmallIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("first_used_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("indicator", "version"), name="definition_version_says_one_thing")
                ],
            },
        ),
        migrations.CreateModel(
            name="Refresh",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("since", models.DateField(help_text="the first month, by its first day")),
                ("until", models.DateField(help_text="the first month after")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("since__day", 1), ("until__day", 1), ("until__gt", models.F("since"))),
                        name="refresh_is_of_months",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Block",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("family", models.CharField(max_length=24)),
                ("of", models.CharField(max_length=48)),
                ("period", models.CharField(max_length=7)),
                (
                    "refresh",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="blocks", to="statistics.refresh"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Rest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("split", models.CharField(blank=True, max_length=16)),
                ("part", models.CharField(blank=True, max_length=24)),
                ("persons", models.PositiveBigIntegerField()),
                ("number", models.PositiveBigIntegerField()),
                ("cents", models.BigIntegerField(default=0)),
                ("largest", models.BigIntegerField(default=0)),
                ("is_hidden", models.BooleanField()),
                (
                    "block",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rests", to="statistics.block"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Point",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("indicator", models.CharField(max_length=48)),
                ("version", models.PositiveSmallIntegerField(help_text="of its definition")),
                ("split", models.CharField(blank=True, max_length=16)),
                ("part", models.CharField(blank=True, max_length=24)),
                (
                    "value",
                    models.DecimalField(decimal_places=2, help_text="empty: suppressed", max_digits=18, null=True),
                ),
                (
                    "block",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="points", to="statistics.block"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["indicator"], name="points_of_indicator")],
                "constraints": [
                    models.UniqueConstraint(fields=("block", "indicator", "split", "part"), name="point_is_shown_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Counted",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("family", models.CharField(max_length=24)),
                ("of", models.CharField(help_text="the right, case type or service", max_length=48)),
                ("period", models.CharField(help_text="a year or a month", max_length=7)),
                (
                    "split",
                    models.CharField(blank=True, help_text="by what it is a part; empty: the whole", max_length=16),
                ),
                ("part", models.CharField(blank=True, max_length=24)),
                ("persons", models.PositiveBigIntegerField()),
                ("number", models.PositiveBigIntegerField()),
                ("cents", models.BigIntegerField(default=0)),
                ("largest", models.BigIntegerField(default=0)),
                (
                    "refresh",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="statistics.refresh"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("refresh", "family", "of", "period", "split", "part"), name="cell_is_counted_once"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="block",
            constraint=models.UniqueConstraint(fields=("family", "of", "period", "refresh"), name="block_is_made_once"),
        ),
        migrations.AddConstraint(
            model_name="rest",
            constraint=models.UniqueConstraint(fields=("block", "split", "part"), name="cell_rests_on_one_thing"),
        ),
    ]
