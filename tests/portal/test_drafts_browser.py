"""Drafts of law and rights not claimed as a browser meets them: by keyboard, on a telephone, in both languages."""

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
    at_work,
    follow,
    language,
    opened,
    press,
    tab_to,
)  # fmt: skip

pytestmark = IN_A_BROWSER

DRAFT = """name: Lielāks garantētais minimālais ienākums
parameters:
  thresholds.gmi_first: {from: 2026-01-01, value: "210.00", reference: priekšlikums}
"""
UNKNOWN = """name: x
parameters:
  thresholds.gmi_frist: {from: 2026-01-01, value: "210.00", reference: priekšlikums}
"""
LONGEST_SECONDS = 120


@pytest.fixture(scope="module")
def analyst(browser: Browser, served: Served) -> Iterator[BrowserContext]:
    with at_work(browser, served, "anda", "policy", viewport=NARROW) as found:
        yield found


@pytest.fixture(scope="module")
def other(browser: Browser, served: Served) -> Iterator[BrowserContext]:
    with at_work(browser, served, "andris", "policy", viewport=NARROW) as found:
        yield found


@pytest.fixture(scope="module")
def officer(browser: Browser, served: Served) -> Iterator[BrowserContext]:
    with at_work(browser, served, "valdis", "state_benefits", viewport=NARROW) as found:
        yield found


def is_well_in_both(page: Page, served: Served, state: str) -> None:
    """The same state in English and then in Latvian: sent again where it came of sending a form."""
    for lang in ("en", "lv"):
        language(page.context, served, lang)
        page.reload()
        opened(page)
        assert_is_accessible(page, f"{state}, {lang}", lang)
        assert_fits_twice_as_large(page, state)


def write(page: Page, field: str, text: str) -> None:
    """Go to a field by the keyboard, and put a text in the place of what stands there."""
    page.locator("body").evaluate("() => document.activeElement.blur()")
    tab_to(page, field)
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def test_a_draft_is_loaded_rehearsed_and_enacted_by_keyboard_alone(
    analyst: BrowserContext, other: BrowserContext, served: Served
) -> None:
    for context in (analyst, other):
        language(context, served, "lv")
    page = analyst.new_page()
    page.goto("/drafts/")
    is_well_in_both(page, served, "drafts")
    press(page, "Ielādēt")
    is_well_in_both(page, served, "loading nothing")
    write(page, "text", UNKNOWN)
    press(page, "Ielādēt")
    assert "nav likuma parametrs. Līdzīgākais zināmais nosaukums: thresholds.gmi_first." in page.inner_text("main")
    is_well_in_both(page, served, "loading what the law does not know")
    write(page, "text", DRAFT)
    press(page, "Ielādēt")
    is_well_in_both(page, served, "a draft that was not rehearsed")
    draft = page.url
    write(page, "month", "kādreiz")
    press(page, "Izmēģināt")
    is_well_in_both(page, served, "a month that is none")
    page.goto(draft)
    write(page, "month", "2026-11")
    press(page, "Izmēģināt")
    is_well_in_both(page, served, "a rehearsal under way or done")
    has_come(page, draft)
    is_well_in_both(page, served, "what a rehearsal came to")
    assert "saņems vairāk" in page.inner_text("main")
    assert not page.locator("[name=since]").count(), "whoever loaded a draft is offered to enact it"
    enacted_by(other, served, draft)
    page.goto("/drafts/")
    is_well_in_both(page, served, "a list with an enacted draft")
    assert "01.01.2100" in page.inner_text("main")


def enacted_by(context: BrowserContext, served: Served, draft: str) -> None:
    """Somebody else enacts a draft, after all that can be wrong."""
    page = context.new_page()
    page.goto(draft)
    is_well_in_both(page, served, "a draft that may be enacted")
    press(page, "Pieņemt")
    is_well_in_both(page, served, "enacting from no day")
    write(page, "since", "01.01.2020")
    press(page, "Pieņemt")
    assert "2020-01-01 jau ir pagājis" in page.inner_text("main")
    is_well_in_both(page, served, "enacting from a day that is past")
    page.goto(draft)
    write(page, "since", "01.01.2100")
    press(page, "Pieņemt")
    is_well_in_both(page, served, "an enacted draft")
    assert not page.locator("[name=since]").count()


def has_come(page: Page, draft: str) -> None:
    """Look again until the rehearsal is done: it is worked on in the background."""
    for _ in range(LONGEST_SECONDS * 2):
        page.goto(draft)
        if page.locator("main dl").count():
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"the rehearsal was not done in {LONGEST_SECONDS} seconds: {page.inner_text('main')}")


def test_an_office_offers_what_nobody_claimed_by_keyboard_alone(officer: BrowserContext, served: Served) -> None:
    language(officer, served, "lv")
    page = officer.new_page()
    page.goto("/unclaimed/")
    assert "/reason/" in page.url
    page.select_option("[name=reason]", "check")
    follow(page, "main button")
    is_well_in_both(page, served, "what nobody claimed")
    rows = page.locator("tbody tr").count()
    assert rows >= 2
    offered = page.locator("button[value=offered]")
    before = offered.count()
    press(page, (offered.first.text_content() or "").strip())
    assert offered.count() == before - 1
    is_well_in_both(page, served, "one was offered")
    press(page, (page.locator("button[value=declined]").last.text_content() or "").strip())
    assert page.locator("tbody tr").count() == rows - 1
    follow(page, "tbody a[href*='/apply/?type='] >> nth=0")
    assert page.locator("[name=type]:checked").count() == 1
    is_well_in_both(page, served, "applying for somebody, the type chosen already")


def test_an_office_that_has_nobody_to_offer_anything_to_is_told_so(browser: Browser, served: Served) -> None:
    with at_work(browser, served, "nora", "social_assistance", viewport=NARROW) as context:
        page = context.new_page()
        page.goto("/unclaimed/")
        page.select_option("[name=reason]", "check")
        follow(page, "main button")
        assert not page.locator("tbody tr").count()
        is_well_in_both(page, served, "nobody to offer anything to")


def test_a_resident_applies_for_or_declines_what_was_not_claimed(browser: Browser, served: Served) -> None:
    with browser.new_context(base_url=served.address, viewport=NARROW) as context:  # type: ignore[arg-type]
        language(context, served, "lv")
        page = context.new_page()
        page.goto(served.unclaimed_door)
        follow(page, "main button")
        is_well_in_both(page, served, "my support")
        page.goto("/me/unclaimed/")
        is_well_in_both(page, served, "what I have not claimed")
        follow(page, "main a[href*='/apply/?type='] >> nth=0")
        assert page.locator("[name=type]:checked").count() == 1
        page.goto("/me/unclaimed/")
        while page.locator("button[value=declined]").count():
            press(page, (page.locator("button[value=declined]").first.text_content() or "").strip())
        is_well_in_both(page, served, "nothing is left that was not claimed")
