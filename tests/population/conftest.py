"""One synthetic population for all tests that only look at it."""

from __future__ import annotations

import pyarrow as pa
import pytest

from balsts.population.synthesis import synthesise

PERSONS = 200_000


@pytest.fixture(scope="session")
def nation() -> pa.Table:
    return synthesise(PERSONS, seed=2026)
