"""The portal as a browser meets it: the demonstration served by its command, walked through in Debian's Chromium."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.portal.browsing import (
    IN_A_BROWSER,
    NARROW,
    Served,
    assert_fits_twice_as_large,
    assert_is_accessible,
    find,
    follow,
    language,
    opened,
)  # fmt: skip

pytestmark = IN_A_BROWSER


def states(page: Page, served: Served) -> Iterator[str]:
    """Every page and state of it that a social worker meets, one after another."""
    for path in ("/find/", "/reason/", "/role/", "/account/", "/no-such-page/"):
        page.goto(path)
        yield path
    page.goto("/find/")
    follow(page, "main button")
    yield "the search with errors"
    page.fill("[name=name]", "Nav Tāda")
    follow(page, "main button")
    yield "nobody found"
    page.fill("[name=name]", "")
    find(page, served)
    yield "somebody found"
    follow(page, "main table a")
    person = page.url
    opened(page)
    yield "the case, all open"
    for path in (f"{person}?on=40.40.2026", f"{person}?on=01.10.2026&known=01.01.2025", f"{person}facts/",
                 f"{person}registers/"):  # fmt: skip
        page.goto(path)
        yield path
    household = page.get_attribute("nav a[href^='/households/']", "href")
    page.goto(f"{household}rights/?month=2026-02")
    opened(page)
    yield "rights, explained"
    for path in (f"{household}", f"{household}rights/?month=1850-02", f"{household}registers/ask/"):
        page.goto(path)
        yield path
    follow(page, "main button")
    yield "asking with errors"


def guest_states(page: Page, served: Served) -> Iterator[str]:
    """What a guest and then a resident meet."""
    page.goto("/api/v1/docs")
    yield "the API"
    page.goto("/sign-in/")
    yield "sign-in"
    follow(page, "main a")
    yield "a provider of identity that is away"
    page.goto("/sign-in/")
    follow(page, "main button")
    yield "sign-in with errors"
    page.fill("[name=login]", served.account["username"])
    page.fill("[name=password]", served.account["password"])
    follow(page, "main button")
    yield "the code"
    page.goto(served.resident_door)
    yield "the resident's door"
    follow(page, "main button")
    assert page.url.endswith("/me/")
    yield "my support"
    for part in ("who-looked", "persons"):
        follow(page, f"nav a[href*='/{part}/']")
        yield part


@pytest.mark.parametrize(("lang", "scheme"), [("lv", "light"), ("en", "dark")])
def test_every_page_and_state_is_accessible_and_fits_a_telephone_and_large_text(
    context: BrowserContext, served: Served, lang: str, scheme: str
) -> None:
    language(context, served, lang)
    page = context.new_page()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    seen = 0
    for state in states(page, served):
        assert_is_accessible(page, state, lang)
        if lang == "lv":  # the longer words
            assert_fits_twice_as_large(page, state)
        seen += 1
    assert seen >= 17
    assert not refused


@pytest.mark.parametrize("lang", ["lv", "en"])
def test_pages_of_guests_and_residents_are_accessible(browser: Browser, served: Served, lang: str) -> None:
    with browser.new_context(base_url=served.address, viewport=NARROW) as context:  # type: ignore[arg-type]
        language(context, served, lang)
        page = context.new_page()
        for state in guest_states(page, served):
            assert_is_accessible(page, state, lang)


def test_the_check_of_accessibility_finds_what_is_wrong(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<html lang=lv><title>x</title><main><h1>x</h1><img src=x><input></main></html>")
    with pytest.raises(AssertionError, match="image-alt"):
        assert_is_accessible(page, "a page with faults", "lv")


def test_pages_work_with_scripts_switched_off_and_bring_none(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/find/")
    assert page.locator("script").count() == 0


def test_asking_registers_leaves_questions_on_the_persons_page(context: BrowserContext, served: Served) -> None:
    page = context.new_page()
    page.goto("/find/")
    find(page, served)
    follow(page, "main table a")
    person = page.url
    page.goto(f"{person}registers/")
    before = page.locator("main tbody tr").count()
    follow(page, "main a[href$='/registers/ask/']")
    page.check("[value=tax_authority]")
    follow(page, "main button")
    assert page.url.endswith("/registers/")
    page.goto(f"{person}registers/")
    assert page.locator("main tbody tr").count() == before + 1
