"""Other institutions' systems may be opened for searching the registry."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0005_system_clients"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="systemclient",
            name="client_may_do_something_that_systems_may",
        ),
        migrations.AddConstraint(
            model_name="systemclient",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("abilities__contained_by", ["registry_search", "status_feed", "status_verify"]),
                    ("abilities__len__gt", 0),
                ),
                name="client_may_do_something_that_systems_may",
            ),
        ),
    ]
