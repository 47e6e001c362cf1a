"""What the ledger says was spent in months, by programme and right."""

from pathlib import Path

from django.db import migrations

_SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [("payments", "0006_payouts")]
    operations = [
        migrations.RunSQL(
            (_SQL / "0007_executed.sql").read_text(encoding="utf-8"), "DROP FUNCTION payments_executed(date, date);"
        )
    ]
