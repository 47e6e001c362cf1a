"""One simulated state for all tests of a process; each test begins without faults and uses persons of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from balsts.exchange.simulation.identities import personal_code
from balsts.population.parquet import write_population
from balsts.population.synthesis import synthesise
from tests.exchange.running_state import RunningState, running_state

PERSONS = 3000


@pytest.fixture(scope="session")
def people() -> pa.Table:
    return synthesise(PERSONS, seed=5, on="2026-01")


@pytest.fixture(scope="session")
def _running(people: pa.Table, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningState]:
    population: Path = tmp_path_factory.mktemp("state") / "people.parquet"
    write_population(people, population)
    with running_state(population) as found:
        yield found


@pytest.fixture
def state(_running: RunningState) -> RunningState:
    _running.no_faults()
    return _running


@pytest.fixture(scope="session")
def _fresh_numbers() -> Iterator[int]:
    return iter(range(100, PERSONS))


@pytest.fixture
def code(_fresh_numbers: Iterator[int]) -> str:
    """The personal code of a person that no other test changes."""
    return personal_code(next(_fresh_numbers))


@pytest.fixture
def another_code(_fresh_numbers: Iterator[int]) -> str:
    return personal_code(next(_fresh_numbers))
