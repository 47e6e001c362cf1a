"""What tests of payments share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from balsts.database.server import Cluster
from balsts.payments import use_cases
from balsts.registry.recording import clock
from tests.payments.withholding_situations import touched_database


@pytest.fixture(autouse=True)
def _nobody_else_writes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests within one transaction keep others open for as long, which no run would wait for; they write nothing."""
    if "apart" not in request.fixturenames:
        monkeypatch.setattr(use_cases, "known_for_good", clock)


@pytest.fixture(autouse=True)
def _kept_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files for banks and from them are kept in a folder of the test's own."""
    monkeypatch.setattr(settings, "PAYMENT_FILES", tmp_path / "kept" / "payments")


@pytest.fixture(scope="module")
def touched(django_db_setup: None, django_db_blocker: DjangoDbBlocker, cluster: Cluster) -> Iterator[None]:
    """For the tests of one file: something may be kept back, which no rule that was read lets be."""
    yield from touched_database(django_db_blocker, cluster)
