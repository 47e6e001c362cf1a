"""Where statements come from: the household and the worker. Registers are added by the folder that speaks to them."""

from django.db import migrations

ORIGINS = (
    ("worker", "darbinieka konstatējums", "established by a member of staff", 10),
    ("declaration", "mājsaimniecības deklarācija", "declared by the household", 80),
    ("load", "datu ielāde", "loaded from a file", 90),
)


def load(apps, schema_editor):
    model = apps.get_model("registry", "Origin")
    for code, lv, en, rank in ORIGINS:
        model.objects.using(schema_editor.connection.alias).create(code=code, name_lv=lv, name_en=en, rank=rank)


def unload(apps, schema_editor):
    apps.get_model("registry", "Origin").objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_walls")]
    operations = [migrations.RunPython(load, unload)]
