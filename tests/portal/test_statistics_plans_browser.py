"""Pages of programmes, budget, funds, strategy and services in a browser: accessible, 320 pixels wide, by keyboard."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, Page

from balsts.figures import current
from balsts.figures.book import packaged
from tests.portal.browsing import NARROW, WITH_CHROMIUM, assert_is_accessible, press

pytestmark = [WITH_CHROMIUM, pytest.mark.xdist_group("public_browser")]  # beside those without the demonstration
PAGES = {
    "lv": ("/statistics/programmes/20.01.00/", "/statistics/budget/", "/statistics/eu-funds/9221/"),
    "en": ("/statistics/budget/measures/", "/statistics/strategy/", "/statistics/services/"),
}
"""One of each sort: pages are the same in both languages but for their words."""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Tests read no log of requests."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The portal, served by this process: the figures of the product, without a database."""
    with pytest.MonkeyPatch.context() as patch, make_server(
        "127.0.0.1", 0, get_wsgi_application(), _Server, _Silent) as server:  # fmt: skip
        patch.setattr(current, "book", packaged)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with browser.new_context(base_url=address, viewport=NARROW) as context:  # type: ignore[arg-type]
        yield context.new_page()


@pytest.mark.parametrize("lang", ["lv", "en"])
def test_pages_are_accessible_and_fit_a_narrow_telephone(page: Page, address: str, lang: str) -> None:
    page.context.add_cookies([{"name": "django_language", "value": lang, "url": address}])
    for one in PAGES[lang]:
        page.goto(one)
        assert_is_accessible(page, one, lang)


def test_one_goes_by_keyboard_from_the_budget_to_its_parts(page: Page, address: str) -> None:
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": address}])
    page.goto("/statistics/budget/")
    press(page, "Consolidated and gross")
    assert page.url.endswith("/statistics/budget/consolidated/")
    press(page, "Priority measures")
    assert page.url.endswith("/statistics/budget/measures/")
