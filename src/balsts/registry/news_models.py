"""News: that something was stated, for those who must look again; whoever reads it takes it away."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import DateRangeField
from django.db import models

TIES = 0
"""In place of a type of fact: a tie, a membership, or that two entries are of one person."""


class News(models.Model):
    """That something was stated of a person or household, or is no longer believed (jaunums). Triggers write it.

    A bulk load writes none: it is told by its source.
    """

    person = models.UUIDField(null=True)
    household = models.UUIDField(null=True)
    type = models.PositiveSmallIntegerField(help_text="the number of the type of fact; 0: ties and memberships")
    valid = DateRangeField(help_text="the days that it is about")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                name="news_is_of_somebody",
                condition=models.Q(person__isnull=False) | models.Q(household__isnull=False),
            )
        ]
