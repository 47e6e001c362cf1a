"""Drafts of law, runs over many cases, and what nobody has claimed."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import balsts.registry.uuids

_SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [
        ("procrastinate", "0041_post_retry_failed_job"),
        ("cases", "0005_office"),
        ("registry", "0013_news"),
    ]

    operations = [
        migrations.CreateModel(
            name="LawDraft",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=balsts.registry.uuids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("text", models.TextField(help_text="a reform file (YAML)")),
                (
                    "rules",
                    models.TextField(
                        blank=True, help_text="the Python file that the reform names; loaded by command alone"
                    ),
                ),
                ("sha256", models.CharField(help_text="of both", max_length=64, unique=True)),
                ("loaded_at", models.DateTimeField(auto_now_add=True)),
                ("loaded_by", models.UUIDField(help_text="empty: a command on the server", null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "projekts"), ("enacted", "pieņemts")], default="draft", max_length=8
                    ),
                ),
                (
                    "since",
                    models.DateField(help_text="the day from which it is part of the law that decides", null=True),
                ),
                ("enacted_at", models.DateTimeField(null=True)),
                ("enacted_by", models.UUIDField(help_text="empty: a command on the server", null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("enacted_at__isnull", True), ("since__isnull", True), ("status", "draft")),
                            models.Q(("enacted_at__isnull", False), ("since__isnull", False), ("status", "enacted")),
                            _connector="OR",
                        ),
                        name="draft_is_enacted_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=balsts.registry.uuids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("law", "likuma izmaiņas lietās"),
                            ("cases", "lietu pārskatīšana"),
                            ("rehearsal", "likumprojekta izmēģinājums"),
                            ("take_up", "nepieprasītās tiesības"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "asked",
                    models.JSONField(
                        default=dict, help_text="what the parts need to know: laws by their hashes, months, cause"
                    ),
                ),
                ("total", models.PositiveIntegerField(help_text="cases or households")),
                ("by_staff", models.UUIDField(help_text="empty: the platform", null=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("result", models.JSONField(default=dict, help_text="sums over all parts; names nobody")),
                (
                    "draft",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="runs", to="cases.lawdraft"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RunPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                (
                    "subjects",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), help_text="cases or households", size=None
                    ),
                ),
                ("done_at", models.DateTimeField(null=True)),
                ("worker", models.CharField(blank=True, help_text="the process that did it", max_length=80)),
                ("result", models.JSONField(default=dict, help_text="sums of this part; names nobody")),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="cases.run"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Unclaimed",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=balsts.registry.uuids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(help_text="the right", max_length=48)),
                ("type", models.CharField(help_text="the case type to apply by", max_length=40)),
                (
                    "purpose",
                    models.CharField(help_text="for which staff may see it; that of the case type", max_length=24),
                ),
                (
                    "municipality",
                    models.CharField(blank=True, help_text="where the person is declared; by code", max_length=10),
                ),
                ("month", models.DateField(help_text="the month it was last worked out for, by its first day")),
                ("amount", models.BigIntegerField(help_text="cents, or pieces, in that month")),
                ("found_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("found", "atrasts"),
                            ("offered", "piedāvāts"),
                            ("declined", "atteicās"),
                            ("claimed", "pieprasīts"),
                            ("over", "vairs nepienākas"),
                        ],
                        default="found",
                        max_length=8,
                    ),
                ),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "settled_by",
                    models.UUIDField(help_text="the member of staff; empty: the person, or the platform", null=True),
                ),
                (
                    "person",
                    models.ForeignKey(
                        help_text="who would apply for it",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.person",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="run",
            index=models.Index(fields=["kind", "made_at"], name="runs_by_time"),
        ),
        migrations.AddIndex(
            model_name="runpart",
            index=models.Index(
                condition=models.Q(("done_at__isnull", True)), fields=["run", "number"], name="parts_to_do"
            ),
        ),
        migrations.AddConstraint(
            model_name="runpart",
            constraint=models.UniqueConstraint(fields=("run", "number"), name="part_of_a_run_stands_once"),
        ),
        migrations.AddIndex(
            model_name="unclaimed",
            index=models.Index(
                models.F("purpose"),
                models.F("municipality"),
                models.OrderBy(models.F("amount"), descending=True),
                condition=models.Q(("state__in", ["found", "offered"])),
                name="unclaimed_by_office",
            ),
        ),
        migrations.AddConstraint(
            model_name="unclaimed",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["found", "offered", "declined"])),
                fields=("person", "code"),
                name="unclaimed_right_stands_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="unclaimed",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="unclaimed_is_something"),
        ),
        migrations.AddConstraint(
            model_name="unclaimed",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at__isnull", True), ("state", "found")),
                    models.Q(models.Q(("state", "found"), _negated=True), ("settled_at__isnull", False)),
                    _connector="OR",
                ),
                name="unclaimed_is_settled_whole",
            ),
        ),
        migrations.RunSQL(
            (_SQL / "0006_reassessment.sql").read_text(encoding="utf-8"),
            (_SQL / "0006_reassessment_reverse.sql").read_text(encoding="utf-8"),
        ),
    ]
