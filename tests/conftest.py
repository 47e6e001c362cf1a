"""Settings of all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.command import Command

# No deadline: machines that build are shared. On them the examples are the same in every run, so that a change is
# judged by itself; elsewhere each run looks at new ones.
settings.register_profile("here", deadline=None, print_blob=True)
settings.register_profile("build", deadline=None, print_blob=True, derandomize=True)
settings.load_profile("build" if os.environ.get("CI") else "here")


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    """Runs `balsts` in this process."""
    return Command(capsys, tmp_path)
