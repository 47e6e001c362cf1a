"""What keeps choices of where money goes, lists of payouts by post and in cash, and what is said of them."""

from pathlib import Path

from django.db import migrations

_SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [("payments", "0005_looking")]
    operations = [
        migrations.RunSQL(
            (_SQL / "0006_payouts.sql").read_text(encoding="utf-8"),
            (_SQL / "0006_payouts_reverse.sql").read_text(encoding="utf-8"),
        )
    ]
