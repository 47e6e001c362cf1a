"""What keeps live series, who sees them, and what is counted."""

from pathlib import Path

from django.db import migrations

_SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [
        ("statistics", "0001_initial"),
        ("payments", "0007_executed"),
        ("cases", "0012_staff_by_stage"),
        ("registry", "0015_words"),
    ]
    operations = [
        migrations.RunSQL(
            (_SQL / "0002_live.sql").read_text(encoding="utf-8"),
            (_SQL / "0002_live_reverse.sql").read_text(encoding="utf-8"),
        )
    ]
