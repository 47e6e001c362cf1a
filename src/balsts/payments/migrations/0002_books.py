"""What writes runs, lines and the ledger, and keeps them; row-level security."""

from pathlib import Path

from django.db import migrations

_SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]
    operations = [
        migrations.RunSQL(
            (_SQL / "0002_books.sql").read_text(encoding="utf-8"),
            (_SQL / "0002_books_reverse.sql").read_text(encoding="utf-8"),
        ),
        migrations.RunSQL((_SQL / "0002_walls.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
