"""Pages of published figures as a browser meets them: accessible, in both languages, on a telephone, in a frame."""

from __future__ import annotations

from collections.abc import Iterator
from wsgiref.types import StartResponse

import pytest
from playwright.sync_api import Browser, Page
from pytest_django import DjangoDbBlocker

from tests.portal.browsing import (
    NARROW,
    WITH_CHROMIUM,
    assert_fits_twice_as_large,
    assert_is_accessible,
    opened,
    served_here,
)
from tests.portal.test_statistics_pages import a_row, row_address

pytestmark = [WITH_CHROMIUM, pytest.mark.xdist_group("public_browser")]


@pytest.fixture
def address(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The portal, served by this process, with the tables that are part of the product."""
    with django_db_blocker.unblock(), served_here() as found:
        yield found


def states(page: Page) -> Iterator[str]:
    """Every page of published figures, and every state of it."""
    execution = row_address(a_row("budget-execution", table="001_annex1", line_code="3.1", year="2023"))
    benefit = row_address(a_row("indicators", source_line="237"))
    composite = row_address(a_row("indicators", unit="skaits", value=""))
    for path in ("/statistics/", "/statistics/find/", "/statistics/find/?q=gimenes", "/statistics/find/?q=zzzz",
                 "/statistics/findings/", "/statistics/findings/?relation=none", "/statistics/tables/",
                 "/statistics/tables/indicators/", "/statistics/tables/budget-execution/?budget=basic&page=2",
                 "/statistics/tables/siva/?section=none", benefit, composite, f"{execution}?from=2022&to=2023",
                 execution.replace("/tables/", "/embed/"), benefit.replace("/tables/", "/embed/"),
                 "/statistics/tables/none/"):  # fmt: skip
        page.goto(path)
        opened(page)
        yield path


@pytest.mark.parametrize(("lang", "scheme"), [("lv", "light"), ("en", "dark")])
def test_every_page_is_accessible_and_fits_a_telephone_and_large_text(
    browser: Browser, address: str, lang: str, scheme: str
) -> None:
    with browser.new_context(base_url=address, viewport=NARROW, color_scheme=scheme) as context:  # type: ignore[arg-type]
        context.add_cookies([{"name": "django_language", "value": lang, "url": address}])
        page = context.new_page()
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
        seen = 0
        for state in states(page):
            assert_is_accessible(page, state, lang)
            if lang == "lv":  # the longer words
                assert_fits_twice_as_large(page, state)
            assert page.locator("script").count() == 0, state
            seen += 1
        assert seen == 16
        assert not refused


@pytest.mark.parametrize(("kind", "is_shown"), [("embed", True), ("tables", False)])
def test_a_page_of_others_shows_a_figure_in_a_frame_and_no_other_page(
    browser: Browser, address: str, kind: str, is_shown: bool
) -> None:
    path = row_address(a_row("indicators", source_line="237")).replace("/tables/", f"/{kind}/")

    def others(_environ: object, start: StartResponse) -> list[bytes]:
        start("200 OK", [("Content-Type", "text/html")])
        return [f'<iframe src="{address}{path}" title="figure"></iframe>'.encode()]

    with served_here(others) as elsewhere, browser.new_context() as context:
        page = context.new_page()
        page.goto(elsewhere)
        page.wait_for_load_state("networkidle")
        assert (page.frames[1].locator("svg").count() > 0) is is_shown
