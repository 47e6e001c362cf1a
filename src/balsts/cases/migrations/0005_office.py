"""Indexes of worklists and of figures; nobody is away twice at a time."""

import django.contrib.postgres.constraints
from django.conf import settings
from django.db import migrations, models

import balsts.cases.case_models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_offices_and_roles_of_cases"),
        ("cases", "0004_services"),
        ("registry", "0011_seals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="case",
            name="case_worklist",
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("stage", "closed"), _negated=True),
                fields=["institution", "stage", "due_on", "id"],
                name="case_worklist",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(models.Q(("stage", "closed"), _negated=True), ("assigned_to__isnull", True)),
                fields=["institution", "stage", "due_on", "id"],
                name="case_of_nobody",
            ),
        ),
        migrations.AddIndex(
            model_name="decisionstep",
            index=models.Index(condition=models.Q(("step", "signed")), fields=["at"], name="signed_in_a_month"),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("staff", "="),
                    ("institution", "="),
                    (balsts.cases.case_models.Days("since", "until"), "&&"),
                ],
                name="nobody_is_away_twice",
            ),
        ),
    ]
