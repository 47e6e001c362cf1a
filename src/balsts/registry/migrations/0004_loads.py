"""Bulk loads: their progress, and identifiers that the database gives to the rows it copies."""

import django.db.models.deletion
from django.db import migrations, models

import balsts.registry.uuids

_TABLES = "identifier personname address jurisdiction contact bankaccount membership relation representation fact"
_MAY_RECORD = """
    CREATE OR REPLACE FUNCTION registry_may_record() RETURNS boolean LANGUAGE sql STABLE
    RETURN access_setting('scope') IN ('national', 'municipality')"""
_FOR_LOADS = [
    *(f"ALTER TABLE registry_{name} ALTER COLUMN id SET DEFAULT uuidv7()" for name in _TABLES.split()),
    "REVOKE INSERT, UPDATE, DELETE ON registry_load, registry_liftedconstraint FROM balsts_app",
    # While constraints are lifted for a load, the application may not write.
    f"{_MAY_RECORD} AND NOT EXISTS (SELECT FROM registry_liftedconstraint)",
]
_NOT_FOR_LOADS = [
    _MAY_RECORD,
    *(f"ALTER TABLE registry_{name} ALTER COLUMN id DROP DEFAULT" for name in _TABLES.split()),
]


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0003_origins"),
    ]

    operations = [
        migrations.CreateModel(
            name="LiftedConstraint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table", models.CharField(max_length=63)),
                ("name", models.CharField(max_length=63, unique=True)),
                ("definition", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Load",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=balsts.registry.uuids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(help_text="the file's name", max_length=250)),
                ("digest", models.CharField(help_text="sha256 of the file", max_length=64)),
                ("month", models.DateField(help_text="the first day of the month that it describes")),
                ("rows", models.BigIntegerField()),
                ("rows_done", models.BigIntegerField(default=0)),
                ("started_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.AlterField(
            model_name="fact",
            name="household",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="facts",
                to="registry.household",
            ),
        ),
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(
                condition=models.Q(("household__isnull", False)), fields=["household"], name="fact_of_household"
            ),
        ),
        migrations.AddField(
            model_name="load",
            name="of",
            field=models.ForeignKey(
                help_text="of further facts: the load of their persons",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="registry.load",
            ),
        ),
        migrations.AddField(
            model_name="load",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.source"
            ),
        ),
        migrations.AddConstraint(
            model_name="load",
            constraint=models.UniqueConstraint(
                fields=("digest", "month", "of"), name="file_is_loaded_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="load",
            constraint=models.CheckConstraint(
                condition=models.Q(("rows_done__lte", models.F("rows"))), name="no_more_rows_done_than_there_are"
            ),
        ),
        migrations.RunSQL(_FOR_LOADS, _NOT_FOR_LOADS),
    ]
