"""What keeps the chain of decisions as it was made; the order of steps; row-level security."""

from pathlib import Path

from django.db import migrations

_SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_initial"),
        ("registry", "0011_seals"),
        ("access", "0004_offices_and_roles_of_cases"),
    ]
    operations = [
        migrations.RunSQL(
            (_SQL / "0002_walls.sql").read_text(encoding="utf-8"),
            (_SQL / "0002_walls_reverse.sql").read_text(encoding="utf-8"),
        ),
    ]
