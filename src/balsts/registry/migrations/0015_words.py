"""Names are found by their words, and in a municipality by the words of those who are near."""

from pathlib import Path

from django.db import migrations

_SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0014_nearby"),
    ]

    operations = [
        migrations.RunSQL(
            (_SQL / "0015_words.sql").read_text(encoding="utf-8"),
            (_SQL / "0015_words_reverse.sql").read_text(encoding="utf-8")
            + (_SQL / "0014_nearby.sql").read_text(encoding="utf-8")
            + "DROP FUNCTION registry_words(text);",
        ),
        migrations.RemoveIndex(
            model_name="personname",
            name="name_by_likeness",
        ),
    ]
