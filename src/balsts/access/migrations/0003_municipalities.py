"""Municipalities: the 119 units of 2009 and the 43 of 2021, each with the unit that has its territory today."""

import csv
from datetime import date
from pathlib import Path

from django.db import migrations
from psycopg.types.range import DateRange

_FILE = Path(__file__).parents[1] / "data" / "municipalities.csv"


def load(apps, schema_editor):
    model = apps.get_model("access", "Municipality")
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = {row["code"]: row for row in csv.DictReader(file)}
    # Later units first, so that a successor exists before what points to it.
    for code in sorted(rows, key=lambda code: rows[code]["until"] or "9999", reverse=True):
        row = rows[code]
        until = date.fromisoformat(row["until"]) if row["until"] else None
        model.objects.using(schema_editor.connection.alias).create(
            code=code,
            name=row["name"],
            kind=row["kind"],
            classification=int(row["classification"]),
            period=DateRange(date.fromisoformat(row["since"]), until),
            successor_id=row["successor"] or None,
            present_id=present(rows, code),
            question=row["question"],
        )


def present(rows, code):
    while code and rows[code]["until"]:
        code = rows[code]["successor"]
    return code or None


def unload(apps, schema_editor):
    apps.get_model("access", "Municipality").objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("access", "0002_walls")]
    operations = [migrations.RunPython(load, unload)]
