"""What writes runs, lines, files and the ledger, and keeps them; row-level security."""

from pathlib import Path

from django.db import migrations

_SQL = Path(__file__).with_name("sql")


def _read(name: str) -> str:
    return (_SQL / name).read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]
    operations = [
        migrations.RunSQL(_read("0002_books.sql"), _read("0002_books_reverse.sql")),
        migrations.RunSQL(_read("0002_bank.sql"), migrations.RunSQL.noop),
        migrations.RunSQL(_read("0002_walls.sql"), migrations.RunSQL.noop),
    ]
