"""What several tests of the registry begin with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connections


@pytest.fixture
def by_the_owner() -> Iterator[None]:
    """Work on the owner's connection, whom neither policies nor missing rights bind.

    Tests roll back, so what the owner wrote can be read on no other connection.
    """
    kept = connections["default"]
    connections["default"] = connections["owner"]
    yield
    connections["default"] = kept
