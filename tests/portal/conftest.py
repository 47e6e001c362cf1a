"""What tests of pages share: one demonstration that is served, one browser, one member of staff; open connections."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from tests.portal.browsing import IN_A_BROWSER, browser, context, served, signed_in

__all__ = ["browser", "context", "open_connections", "served", "signed_in"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What must run in one process, in a browser, begins before the rest of the folder: nobody waits for its end."""
    here = [place for place, item in enumerate(items) if item.path.parent == Path(__file__).parent]
    ordered = sorted((items[place] for place in here), key=lambda item: not _is_of_the_demonstration(item))
    for place, item in zip(here, ordered, strict=True):
        items[place] = item


def _is_of_the_demonstration(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("xdist_group")
    return mark is not None and mark.args == IN_A_BROWSER[1].args


@pytest.fixture
def open_connections() -> Iterator[None]:
    """Tests roll back, so connections stay open from request to request, as in Django's own client of tests."""
    for one in (request_started, request_finished):
        one.disconnect(close_old_connections)
    yield
    for one in (request_started, request_finished):
        one.connect(close_old_connections)
