"""Requests that change something, by their sender's key."""

from pathlib import Path

from django.db import migrations, models

_SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [("access", "0006_registry_search")]

    operations = [
        migrations.CreateModel(
            name="Sending",
            fields=[
                ("key", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("sender", models.UUIDField(help_text="the account or the resident")),
                ("sha256", models.CharField(help_text="of the operation and what was sent", max_length=64)),
                ("made", models.UUIDField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.RunSQL(
            (_SQL / "0007_sendings.sql").read_text(encoding="utf-8"),
            (_SQL / "0007_sendings_reverse.sql").read_text(encoding="utf-8"),
        ),
    ]
