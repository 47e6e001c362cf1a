"""Documents that were sent stay; those taken back go, bytes and all."""

from pathlib import Path

from django.db import migrations

_SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_walls")]
    operations = [
        migrations.RunSQL(
            (_SQL / "0003_intake.sql").read_text(encoding="utf-8"),
            (_SQL / "0003_intake_reverse.sql").read_text(encoding="utf-8"),
        ),
    ]
