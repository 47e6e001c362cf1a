"""What tests of pages in a browser share: one demonstration that is served, one browser, one member of staff."""

from __future__ import annotations

from tests.portal.browsing import browser, context, served, signed_in

__all__ = ["browser", "context", "served", "signed_in"]
