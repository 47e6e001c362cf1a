"""Finding by the words of a name before finding by likeness."""

from pathlib import Path

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

_SEARCH = (Path(__file__).with_name("sql") / "0006_search.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_municipalities"),
        ("registry", "0005_duplicates"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="address",
            index=models.Index(
                condition=models.Q(("recorded__upper_inf", True)), fields=["person"], name="address_believed"
            ),
        ),
        migrations.AddIndex(
            model_name="personname",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(
                    models.F("search_key"),
                    models.Value(" "),
                    function="string_to_array",
                    output_field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                name="name_by_words",
            ),
        ),
        migrations.RunSQL(_SEARCH, migrations.RunSQL.noop),
    ]
