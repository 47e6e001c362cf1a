"""Parents and guardians see for their children; a representation in no matter says that they may not."""

from pathlib import Path

import django.contrib.postgres.fields
from django.db import migrations, models

_WALLS = (Path(__file__).with_name("sql") / "0008_representation.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0007_retention"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="representation",
            name="representation_is_in_some_matter",
        ),
        migrations.AlterField(
            model_name="representation",
            name="matters",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("see", "skatīt datus"),
                        ("apply", "iesniegt un saņemt dokumentus"),
                        ("appeal", "apstrīdēt lēmumus"),
                        ("payee", "saņemt izmaksas"),
                    ],
                    max_length=8,
                ),
                blank=True,
                size=None,
            ),
        ),
        migrations.RunSQL(_WALLS, migrations.RunSQL.noop),
    ]
