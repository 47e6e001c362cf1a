"""Sums kept with runs; what pages look at: lines of a finding, what a line rests on."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

_SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [("payments", "0004_withholding")]
    operations = [
        migrations.CreateModel(
            name="RunSum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(choices=[("line", "izmaksas rindas"), ("overpaid", "pārmaksas")], max_length=8),
                ),
                ("programme", models.CharField(blank=True, max_length=12)),
                ("code", models.CharField(help_text="of the right", max_length=48)),
                ("month", models.DateField(help_text="the month of the right")),
                ("kind", models.CharField(blank=True, help_text="of a line: current or arrears", max_length=8)),
                ("held", models.CharField(blank=True, help_text="of a line: why it is held", max_length=12)),
                ("many", models.PositiveIntegerField()),
                ("cents", models.BigIntegerField()),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sums",
                        to="payments.run",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="runsum",
            constraint=models.UniqueConstraint(
                fields=("run", "what", "programme", "code", "month", "kind", "held"), name="run_has_one_sum_of_a_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="runsum",
            constraint=models.CheckConstraint(
                condition=models.Q(("cents__gt", 0), ("many__gt", 0)), name="run_sum_is_of_something"
            ),
        ),
        migrations.RunSQL(
            (_SQL / "0005_looking.sql").read_text(encoding="utf-8"),
            (_SQL / "0005_looking_reverse.sql").read_text(encoding="utf-8"),
        ),
    ]
