"""Opening what is sealed: who did, why, how long, and who is told; what row-level security shows then."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import balsts.registry.uuids

_SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0010_finding"),
    ]

    operations = [
        migrations.CreateModel(
            name="SealOpening",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=balsts.registry.uuids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subject", models.UUIDField(help_text="the person whose data it was")),
                ("staff", models.UUIDField()),
                ("institution", models.UUIDField()),
                ("role", models.CharField(max_length=24)),
                ("purpose", models.CharField(max_length=24)),
                ("reason", models.CharField(max_length=150)),
                ("minutes", models.PositiveSmallIntegerField()),
                ("opened_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("record", models.BigIntegerField(help_text="its number in the access log", unique=True)),
                (
                    "is_kept_from_person",
                    models.BooleanField(
                        help_text="the seal protects somebody else too, so the person is not shown that it was opened"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["subject", "until"], name="seal_opening_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gte", 1), ("minutes__lte", 60)),
                        name="seal_is_opened_for_a_short_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason__regex", "^.{10,}$")), name="seal_is_opened_for_a_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SealNotice",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=balsts.registry.uuids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "institution",
                    models.UUIDField(
                        help_text="whose overseers are told; empty: those of every institution", null=True
                    ),
                ),
                ("role", models.CharField(max_length=24)),
                ("seen_at", models.DateTimeField(null=True)),
                ("seen_by", models.UUIDField(null=True)),
                (
                    "opening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="registry.sealopening"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("seen_at__isnull", True), ("seen_by__isnull", True)),
                            models.Q(("seen_at__isnull", False), ("seen_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="seal_notice_is_seen_by_somebody",
                    )
                ],
            },
        ),
        migrations.RunSQL(
            (_SQL / "0011_seals.sql").read_text(encoding="utf-8"),
            (_SQL / "0011_seals_reverse.sql").read_text(encoding="utf-8"),
        ),
    ]
