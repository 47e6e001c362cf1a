"""Settings of all tests."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as settings_of_the_portal
from django.db import connections
from hypothesis import settings
from pytest_django import DjangoDbBlocker

from balsts.database import server
from balsts.database.server import APPLICATION, OWNER, Cluster
from tests.command import Command
from tests.database.apart import Connections, copied
from tests.database.clusters import migrated_cluster, throw_away, throw_away_what_the_run_made

# No deadline: machines that build are shared. On them the examples are the same in every run, so that a change is
# judged by itself; elsewhere each run looks at new ones.
settings.register_profile("here", deadline=None, print_blob=True)
settings.register_profile("build", deadline=None, print_blob=True, derandomize=True)
settings.load_profile("build" if os.environ.get("CI") else "here")

# The browser of some tests leaves its loop in the thread of their process, where tests of the database go on.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


# What tests are made of stays to the end, so it is not searched for garbage again and again: a sixth of their time.
gc.set_threshold(50_000)


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    throw_away_what_the_run_made()


settings_of_the_portal.PASSWORD_HASHERS = ["tests.passwords.QuickArgon2"]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    """Runs `balsts` in this process."""
    return Command(capsys, tmp_path)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A server of this test process alone, whose tables are up to date and all but empty."""
    found = migrated_cluster()
    try:
        server.start(found)
        yield found
    finally:
        throw_away(found)


@pytest.fixture(scope="session")
def django_db_setup(cluster: Cluster, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Tests sign in as the application, to tables that the owner made by the migrations."""
    for alias, role in (("default", APPLICATION), ("log", APPLICATION), ("owner", OWNER)):
        here = {"HOST": str(cluster.socket), "PORT": str(server.PORT), "USER": role,
                "PASSWORD": cluster.password(role), "NAME": server.DATABASE}  # fmt: skip
        connections[alias].settings_dict.update(here)
    with django_db_blocker.unblock():
        yield
        connections.close_all()


@pytest.fixture
def apart(django_db_setup: None, django_db_blocker: DjangoDbBlocker, cluster: Cluster) -> Iterator[Connections]:
    """Connections that commit, to a database that is there for this test alone."""
    with django_db_blocker.unblock(), copied(cluster) as found:
        yield found
