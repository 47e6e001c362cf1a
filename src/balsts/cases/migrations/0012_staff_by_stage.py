"""The list of one's own cases is read, and counted, along one index: by stage too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_asked_once")]

    operations = [
        migrations.RemoveIndex(model_name="case", name="case_of_staff"),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                name="case_of_staff",
                fields=["assigned_to", "stage", "due_on", "id"],
                condition=models.Q(("stage", "closed"), _negated=True),
            ),
        ),
    ]
