"""What keeps claims, plans, orders, write-offs and deductions; who sees them; and the rules."""

from pathlib import Path

from django.db import migrations

from balsts.payments.withholding_law import LIMITS

_SQL = Path(__file__).with_name("sql")


def fill(apps, schema_editor):
    """The rules as `withholding_law.py` has them; a later migration does the same when it has changed."""
    rule = apps.get_model("payments", "WithholdingRule")
    same = (
        "code",
        "kind",
        "answer",
        "since",
        "basis",
        "question",
        "percent",
        "of_excess",
        "floor",
        "floor_child",
        "floor_children_most",
    )
    found = [
        rule(**{name: getattr(one, name) for name in same}, reason_lv=one.reason.lv, reason_en=one.reason.en)
        for one in LIMITS
    ]
    fields = [name for name in (*same, "reason_lv", "reason_en") if name not in ("code", "kind", "since")]
    rows = rule.objects.using(schema_editor.connection.alias)
    rows.bulk_create(found, update_conflicts=True, unique_fields=["code", "kind", "since"], update_fields=fields)


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0009_payment_roles"),
        ("cases", "0011_asked_once"),
        ("payments", "0003_programmes"),
        ("registry", "0015_words"),
    ]

    operations = [
        migrations.RunSQL(
            (_SQL / "0004_withholding.sql").read_text(encoding="utf-8"),
            (_SQL / "0004_withholding_reverse.sql").read_text(encoding="utf-8"),
        ),
        migrations.RunSQL((_SQL / "0004_deductions.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
        migrations.RunSQL((_SQL / "0004_withholding_walls.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
