"""Who sees which message was the newest."""

from pathlib import Path

from django.db import migrations

_SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [("exchange", "0005_the_newest_message_stands")]
    operations = [
        migrations.RunSQL(
            (_SQL / "0006_walls.sql").read_text(encoding="utf-8"),
            (_SQL / "0006_walls_reverse.sql").read_text(encoding="utf-8"),
        ),
    ]
