"""One statement of a key and day is believed at most: kept by triggers, which bulk loads can afford."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from balsts.registry.one_at_a_time import OneAtATime

_SQL = Path(__file__).with_name("sql")
_FUNCTIONS = (_SQL / "0012_one_at_a_time.sql").read_text(encoding="utf-8")
_WITHOUT_FUNCTIONS = (
    "DROP FUNCTION registry_one_at_a_time(); DROP FUNCTION registry_lock_of(text); DROP FUNCTION registry_lock_of(uuid)"
)
_KEYS = (
    ("address", "one_address_of_a_kind_at_a_time", ("person", "kind"), 1),
    ("bankaccount", "one_account_for_payments_at_a_time", ("person",), 1),
    ("contact", "one_contact_of_a_kind_at_a_time", ("person", "kind"), 1),
    ("duplicate", "same_as_one_person_at_a_time", ("person",), 1),
    ("fact", "one_fact_of_a_person_at_a_time", ("person", "type", "origin"), 2),
    ("fact", "one_fact_of_a_household_at_a_time", ("household", "type", "origin"), 1),
    ("identifier", "identifier_one_of_a_scheme_at_a_time", ("person", "scheme"), 1),
    ("identifier", "identifier_belongs_to_one_person_at_a_time", ("value", "scheme"), 1),
    ("jurisdiction", "one_ground_of_jurisdiction_at_a_time", ("person", "municipality"), 1),
    ("legalhold", "one_hold_on_a_ground_at_a_time", ("person", "ground"), 1),
    ("membership", "member_of_one_household_at_a_time", ("person",), 1),
    ("personname", "one_name_at_a_time", ("person",), 1),
    ("relation", "one_relation_in_a_place_at_a_time", ("person", "kind", "place"), 1),
    ("relation", "one_relation_of_a_kind_with_somebody_at_a_time", ("person", "kind", "other"), 1),
    ("representation", "one_ground_of_representation_at_a_time", ("person", "representative"), 1),
)


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_municipalities"),
        ("registry", "0011_seals"),
    ]

    operations = [
        migrations.RunSQL(_FUNCTIONS, _WITHOUT_FUNCTIONS),
        *(migrations.RemoveConstraint(model_name=model, name=name) for model, name, _, _ in _KEYS),
        migrations.RemoveIndex(model_name="address", name="address_believed"),
        migrations.AlterField(
            model_name="fact",
            name="person",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="facts",
                to="registry.person",
            ),
        ),
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(fields=["person", "type"], name="fact_of_person"),
        ),
        *(
            migrations.AddConstraint(model_name=model, constraint=OneAtATime(name=name, key=key, indexed=indexed))
            for model, name, key, indexed in _KEYS
        ),
    ]
