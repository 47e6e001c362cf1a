"""What pages look at: sums kept with runs, lines of a finding, what a line rests on; proof."""

from pathlib import Path

from django.db import migrations

_SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [("payments", "0004_withholding")]
    operations = [
        migrations.RunSQL(
            (_SQL / "0005_looking.sql").read_text(encoding="utf-8"),
            (_SQL / "0005_looking_reverse.sql").read_text(encoding="utf-8"),
        ),
        migrations.RunSQL((_SQL / "0005_proof.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
        migrations.RunSQL((_SQL / "0005_sums.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
