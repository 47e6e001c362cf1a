"""Row-level security, and the chain of access records."""

from pathlib import Path

from django.db import migrations

_SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [
        migrations.RunSQL(
            (_SQL / "0002_walls.sql").read_text(encoding="utf-8"),
            (_SQL / "0002_walls_reverse.sql").read_text(encoding="utf-8"),
        ),
    ]
