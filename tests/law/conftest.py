"""What tests of law share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.law.made_up import Maker, maker


@pytest.fixture
def made_up(tmp_path: Path) -> Maker:
    """Makes laws from text for this test."""
    return maker(tmp_path)
