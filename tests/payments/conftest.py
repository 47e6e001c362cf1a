"""What tests of payments share."""

from __future__ import annotations

import pytest

from balsts.payments import use_cases
from balsts.registry.recording import clock


@pytest.fixture(autouse=True)
def _nobody_else_writes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests within one transaction keep others open for as long, which no run would wait for; they write nothing."""
    if "apart" not in request.fixturenames:
        monkeypatch.setattr(use_cases, "known_for_good", clock)
