"""Indexes by which somebody's own drafts are found."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_statuses_in_force")]

    operations = [
        migrations.AddIndex(
            model_name="draft",
            index=models.Index(
                condition=models.Q(("by_person__isnull", False)), fields=["by_person"], name="drafts_of_person"
            ),
        ),
        migrations.AddIndex(
            model_name="draft",
            index=models.Index(
                condition=models.Q(("by_staff__isnull", False)), fields=["by_staff"], name="drafts_of_staff"
            ),
        ),
    ]
