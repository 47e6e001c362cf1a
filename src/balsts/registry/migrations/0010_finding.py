"""Finding by name asks every scope's question of all that are found, and with a date of birth of those born then."""

from pathlib import Path

from django.db import migrations

_SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0009_load_parts"),
    ]

    operations = [
        migrations.RunSQL(
            (_SQL / "0010_finding.sql").read_text(encoding="utf-8"),
            (_SQL / "0010_finding_reverse.sql").read_text(encoding="utf-8"),
        ),
    ]
