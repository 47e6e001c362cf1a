"""The budget programmes of rights, as `programmes.py` has them."""

from django.db import migrations

from balsts.payments.programmes import PROGRAMMES


def fill(apps, schema_editor):
    """Written over what there is: a later migration does the same when `programmes.py` has changed."""
    programme = apps.get_model("payments", "Programme")
    fields = ("programme", "is_money", "basis", "question")
    found = [programme(code=one.code, **{name: getattr(one, name) for name in fields}) for one in PROGRAMMES]
    rows = programme.objects.using(schema_editor.connection.alias)
    rows.bulk_create(found, update_conflicts=True, unique_fields=["code"], update_fields=fields)


class Migration(migrations.Migration):
    dependencies = [("payments", "0002_books")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
