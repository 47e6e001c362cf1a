"""A test seal for the tests, made once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from balsts.documents.pdf import letter_pdf
from balsts.documents.seal import Sealer, sealer_from_environment
from tests.documents.letters import AT, letter


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """An environment that names a data folder and nothing else."""
    return {"BALSTS_DATA": str(tmp_path_factory.mktemp("data"))}


@pytest.fixture(scope="session")
def sealer(environment: Mapping[str, str]) -> Sealer:
    """The test seal of that folder."""
    return sealer_from_environment(environment)


@pytest.fixture(scope="session")
def pdf() -> bytes:
    """A letter that has no seal."""
    return letter_pdf(letter(), at=AT)


@pytest.fixture(scope="session")
def sealed(pdf: bytes, sealer: Sealer) -> bytes:
    """The same letter, sealed."""
    return sealer.seal(pdf, reason="Lēmums")


@pytest.fixture
def data_folder(environment: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder with the test seal, as the process sees it."""
    for name in ("BALSTS_SEAL_FILE", "BALSTS_SEAL_PASSWORD_FILE", "BALSTS_SEAL_ROOTS", "BALSTS_TIMESTAMP_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BALSTS_DATA", environment["BALSTS_DATA"])
    return Path(environment["BALSTS_DATA"])
