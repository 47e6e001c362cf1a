"""What tests of statistics share."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from balsts.payments import use_cases
from balsts.registry.recording import clock


@pytest.fixture(autouse=True)
def _nobody_else_writes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests within one transaction keep others open for as long, which no run would wait for; they write nothing."""
    if "apart" not in request.fixturenames:
        monkeypatch.setattr(use_cases, "known_for_good", clock)


@pytest.fixture(autouse=True)
def _kept_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files for banks and from them are kept in a folder of the test's own."""
    monkeypatch.setattr(settings, "PAYMENT_FILES", tmp_path / "kept" / "payments")
