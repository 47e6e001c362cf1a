"""Finding by name in a municipality of few persons reads their names, and asks more of several words."""

from pathlib import Path

from django.db import migrations

_SQL = Path(__file__).with_name("sql")
_EARLIER = (_SQL / "0010_finding.sql").read_text(encoding="utf-8").split("DROP FUNCTION registry_find_by_name", 1)[1]


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0013_news"),
    ]

    operations = [
        migrations.RunSQL(
            (_SQL / "0014_nearby.sql").read_text(encoding="utf-8"),
            _EARLIER.split(";", 1)[1].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1),
        ),
    ]
