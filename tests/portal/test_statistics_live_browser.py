"""Live figures as a browser meets them: accessible, in both languages, on a telephone, with what is suppressed in words."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Browser

from balsts.statistics.refresh import refresh
from tests.database.apart import Connections
from tests.portal.browsing import (
    NARROW,
    WITH_CHROMIUM,
    assert_fits_twice_as_large,
    assert_is_accessible,
    opened,
    served_here,
)
from tests.statistics.conftest import _kept_here  # noqa: F401 - for these tests too
from tests.statistics.paid import a_small_country, paid_months

pytestmark = [WITH_CHROMIUM, pytest.mark.xdist_group("public_browser")]
PAGES = ("/statistics/live/", "/statistics/live/recipients/?period=2026-01", "/statistics/live/decisions/",
         "/law/rules/gmi_benefit/")  # fmt: skip


def test_pages_of_live_figures_are_accessible_and_fit_a_telephone_and_large_text(
    browser: Browser, apart: Connections
) -> None:
    a_small_country()
    paid_months()
    refresh(2026, until=date(2026, 3, 1))
    for lang, scheme, words in (("lv", "light", "nerāda"), ("en", "dark", "not shown")):
        with served_here() as address, browser.new_context(
            base_url=address, viewport=NARROW, color_scheme=scheme  # type: ignore[arg-type]
        ) as context:  # fmt: skip
            context.add_cookies([{"name": "django_language", "value": lang, "url": address}])
            page = context.new_page()
            for path in PAGES:
                page.goto(path)
                opened(page)
                assert_is_accessible(page, path, lang)
                if lang == "lv":  # the longer words
                    assert_fits_twice_as_large(page, path)
                assert page.locator("script").count() == 0
            page.goto(PAGES[1])
            assert page.get_by_text(words, exact=True).count() == 4
            page.select_option("#period", "2026-02")
            page.click("main form button")
            assert page.url.endswith("of=gmi_benefit&period=2026-02")
