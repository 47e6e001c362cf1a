"""Published tables: what was loaded, its rows and figures, contradictions found in them."""

import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import balsts.registry.uuids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LoadedFigure",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("column", models.CharField(max_length=32)),
                ("printed", models.CharField(max_length=32)),
                ("value", models.DecimalField(decimal_places=6, max_digits=24)),
            ],
        ),
        migrations.CreateModel(
            name="Contradiction",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("relation", models.CharField(max_length=48)),
                ("printed", models.DecimalField(decimal_places=6, max_digits=24)),
                ("computed", models.DecimalField(decimal_places=6, max_digits=24)),
                ("lv", models.TextField()),
                ("en", models.TextField()),
                ("found_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn_at", models.DateTimeField(help_text="since when it no longer stands", null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("printed", models.F("computed")), _negated=True),
                        name="contradiction_differs",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("lv", ""), _negated=True), models.Q(("en", ""), _negated=True)),
                        name="contradiction_is_told",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Load",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("table_code", models.CharField(max_length=32)),
                ("year", models.PositiveSmallIntegerField(null=True)),
                ("file_name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("row_count", models.PositiveIntegerField()),
                ("figure_count", models.PositiveIntegerField()),
                ("loaded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "loaded_by",
                    models.ForeignKey(
                        help_text="empty: part of the product",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ContradictionFigure",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("place", models.PositiveSmallIntegerField()),
                (
                    "contradiction",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="figures.contradiction"),
                ),
                ("figure", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="figures.loadedfigure")),
            ],
        ),
        migrations.CreateModel(
            name="LoadedRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField(help_text="in the file; the heading is 1")),
                ("key", models.CharField(max_length=10)),
                ("series", models.CharField(max_length=10)),
                ("cells", models.JSONField()),
                ("load", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="figures.load")),
            ],
        ),
        migrations.AddField(
            model_name="loadedfigure",
            name="row",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="figures.loadedrow"),
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.UUIDField(default=balsts.registry.uuids.uuid7, primary_key=True, serialize=False)),
                ("table_code", models.CharField(max_length=32)),
                ("year", models.PositiveSmallIntegerField()),
                ("file_name", models.CharField(max_length=200)),
                ("content", models.BinaryField()),
                ("offered_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "offered_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="load",
            constraint=models.CheckConstraint(
                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="digest_of_a_file"
            ),
        ),
        migrations.AddConstraint(
            model_name="load",
            constraint=models.CheckConstraint(condition=models.Q(("row_count__gt", 0)), name="load_has_rows"),
        ),
        migrations.AddConstraint(
            model_name="load",
            constraint=models.CheckConstraint(
                condition=models.Q(("loaded_by", None), models.Q(("year", None), _negated=True), _connector="OR"),
                name="whoever_loads_says_the_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="contradictionfigure",
            constraint=models.UniqueConstraint(fields=("contradiction", "place"), name="place_in_a_contradiction"),
        ),
        migrations.AddConstraint(
            model_name="loadedrow",
            constraint=models.UniqueConstraint(fields=("load", "number"), name="row_stands_once"),
        ),
        migrations.AddConstraint(
            model_name="loadedrow",
            constraint=models.UniqueConstraint(fields=("load", "key"), name="key_stands_once"),
        ),
        migrations.AddConstraint(
            model_name="loadedrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("key__regex", "^[0-9a-f]{10}$"), ("series__regex", "^[0-9a-f]{10}$")),
                name="key_of_a_row",
            ),
        ),
        migrations.AddConstraint(
            model_name="loadedfigure",
            constraint=models.UniqueConstraint(fields=("row", "column"), name="figure_stands_once"),
        ),
        migrations.AddConstraint(
            model_name="loadedfigure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "value",
                        django.db.models.functions.comparison.Cast(
                            models.F("printed"), models.DecimalField(decimal_places=6, max_digits=24)
                        ),
                    )
                ),
                name="figure_is_what_is_printed",
            ),
        ),
    ]
