"""Published tables are added to and never changed; a file is there whole; the rows as they stand."""

from pathlib import Path

from django.db import migrations

_SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [("figures", "0001_initial"), ("access", "0002_walls")]
    operations = [
        migrations.RunSQL(
            (_SQL / "0002_walls.sql").read_text(encoding="utf-8"),
            (_SQL / "0002_walls_reverse.sql").read_text(encoding="utf-8"),
        )
    ]
