"""Parts of a load, written side by side."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0008_representation"),
    ]

    operations = [
        migrations.CreateModel(
            name="LoadPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                (
                    "load",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="registry.load"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("load", "number"), name="part_is_written_once")],
            },
        ),
        migrations.RunSQL("REVOKE INSERT, UPDATE, DELETE ON registry_loadpart FROM balsts_app", migrations.RunSQL.noop),
    ]
