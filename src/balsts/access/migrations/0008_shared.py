"""What all processes of a server share for a while: counts of attempts, and codes that were used once."""

from django.db import migrations

_TABLE = """
CREATE UNLOGGED TABLE access_shared (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX access_shared_expires ON access_shared (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0007_sendings")]

    operations = [migrations.RunSQL(_TABLE, "DROP TABLE access_shared")]
