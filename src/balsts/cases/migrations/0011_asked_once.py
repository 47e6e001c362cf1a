"""The walls of cases, asked so that the database need not work them out anew for each query."""

from pathlib import Path

from django.db import migrations

_SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_drafts_found")]

    operations = [
        migrations.RunSQL(
            (_SQL / "0011_asked_once.sql").read_text(encoding="utf-8"),
            (_SQL / "0011_asked_once_reverse.sql").read_text(encoding="utf-8"),
        ),
    ]
