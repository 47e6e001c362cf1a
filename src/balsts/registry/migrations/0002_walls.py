"""What keeps statements as they were written; row-level security; finding by name."""

from pathlib import Path

from django.db import migrations

_SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial"), ("access", "0003_municipalities")]
    operations = [
        migrations.RunSQL(
            (_SQL / "0002_walls.sql").read_text(encoding="utf-8"),
            (_SQL / "0002_walls_reverse.sql").read_text(encoding="utf-8"),
        ),
    ]
