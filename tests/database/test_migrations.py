"""Migrations: current, and made by the owner alone."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connections

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


def test_models_and_migrations_agree() -> None:
    out = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=out)
    assert "No changes detected" in out.getvalue()


def test_every_table_belongs_to_the_owner() -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner <> 'balsts_owner'")
        assert cursor.fetchall() == []


def test_the_settings_are_fit_for_production() -> None:
    out = StringIO()
    call_command("check", fail_level="ERROR", stdout=out, stderr=out)
    assert "no issues" in out.getvalue()
