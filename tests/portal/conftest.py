"""What tests of pages share: one demonstration that is served, one browser, one member of staff; open connections."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from tests.portal.browsing import browser, context, served, signed_in

__all__ = ["browser", "context", "open_connections", "served", "signed_in"]


@pytest.fixture
def open_connections() -> Iterator[None]:
    """Tests roll back, so connections stay open from request to request, as in Django's own client of tests."""
    for one in (request_started, request_finished):
        one.disconnect(close_old_connections)
    yield
    for one in (request_started, request_finished):
        one.connect(close_old_connections)
