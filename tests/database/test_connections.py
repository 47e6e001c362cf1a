"""How connections are set."""

from __future__ import annotations

import pytest
from django.db import connection
from django.utils import timezone

from balsts.registry.models import Person


@pytest.mark.django_db
def test_a_query_that_comes_again_and_again_is_planned_once() -> None:
    for _ in range(6):
        list(Person.objects.filter(created_at__lt=timezone.now()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT generic_plans + custom_plans FROM pg_prepared_statements WHERE statement LIKE %s",
                       ['%"registry_person"%"created_at" <%'])  # fmt: skip
        [(times,)] = cursor.fetchall()
    assert times >= 3
