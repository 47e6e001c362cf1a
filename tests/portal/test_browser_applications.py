"""Applying as a browser meets it: by keyboard on a telephone, for a child, and at the counter; every page and state."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.cases import documents
from tests.portal.browsing import IN_A_BROWSER, NARROW, Served, assert_is_accessible, follow, language, tab_to

pytestmark = IN_A_BROWSER

MOST_PAGES = 20
ACCOUNT = "LV80 BANK 0000 4351 9500 1"


@pytest.fixture
def at_home(browser: Browser, served: Served) -> Iterator[BrowserContext]:
    """A resident's browser, as narrow as a telephone."""
    with browser.new_context(base_url=served.address, viewport=NARROW, locale="lv-LV") as found:  # type: ignore[arg-type]
        page = found.new_page()
        page.goto(served.resident_door)
        follow(page, "main button")
        page.close()
        yield found


def begin(page: Page, whom: int, type_code: str) -> None:
    """Begin an application for the person of a line of the list."""
    page.goto("/applications/")
    follow(page, f"main a[href$='/apply/'] >> nth={whom}")
    page.check(f"[value={type_code}]")
    follow(page, "main form button")
    page.wait_for_url("**/applications/*-*-*-*-*/")


def fill_all(page: Page, **answers: str) -> None:
    """Fill every page of the form that is still to do, with the first answer of each choice unless another is given."""
    tasks = page.url
    for _ in range(MOST_PAGES):
        page.goto(tasks)
        waiting = page.locator("ol a[href*='/pages/']:has(+ span strong)")
        if not waiting.count():
            return
        with page.expect_navigation():
            waiting.first.click()
        fill_page(page, answers)
        follow(page, "main form button")
        assert not page.locator(".govuk-error-summary").count(), page.locator(".govuk-error-summary").inner_text()
    raise AssertionError(f"the form is not done after {MOST_PAGES} pages: {page.text_content('main')}")


def fill_page(page: Page, answers: dict[str, str]) -> None:
    right = page.locator("input[value=true][name$='-is-right']")
    for number in range(right.count()):
        right.nth(number).check()
    names = page.eval_on_selector_all("main form [name]", "all => [...new Set(all.map(e => e.name))]")
    known = {one.removesuffix("-is-right") for one in names if one.endswith("-is-right")}
    for name in names:
        if name in ("csrfmiddlewaretoken", "version") or name.endswith("-is-right") or name in known:
            continue
        field = page.locator(f"[name='{name}']")
        if field.first.get_attribute("type") == "radio":
            field.first.check()
        else:
            code = name.split("-")[0]
            field.fill(answers.get(code, ACCOUNT if code == "account" else "0"))


def test_a_resident_applies_by_keyboard_alone_on_a_telephone_in_latvian(at_home: BrowserContext) -> None:
    page = at_home.new_page()
    page.goto("/applications/")
    _press_link(page, "Iesniegt par sevi")
    page.wait_for_url("**/apply/")
    tab_to(page, "type")
    while page.evaluate("document.activeElement.value") != "crisis":
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/applications/*-*-*-*-*/")
    _press_link(page, "Kas notika")
    page.wait_for_url("**/pages/event/")
    _type(page, "what_happened", "Izdega virtuve.")
    _type(page, "happened_on", "01.10.2026")
    page.keyboard.press("Enter")
    page.wait_for_url("**/pages/crisis/")
    tab_to(page, "crisis")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/pages/account/")
    account = page.get_attribute("main input[name^=account]", "name") or ""
    _type(page, account, ACCOUNT)
    page.keyboard.press("Enter")
    page.wait_for_url("**/applications/*-*-*-*-*/")
    _press_link(page, "Pārbaudīt atbildes un nosūtīt")
    page.wait_for_url("**/check/")
    tab_to(page, "is_true")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/applications/sent/*/")
    expect(page.locator("h1")).to_have_text("Iesniegums ir nosūtīts")
    assert (page.locator("dl strong").first.text_content() or "").startswith("KP-")
    page.go_back()
    page.reload()
    assert "404" in page.content() or page.locator("h1").count() == 1  # the draft is gone; nothing is sent again
    page.goto("/applications/")
    assert page.locator("main li:has-text('KP-')").count() == 1


def _press_link(page: Page, words: str) -> None:
    """Go to a link by the Tab key and follow it."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == words:
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"«{words}» cannot be reached with the keyboard")


def _type(page: Page, name: str, text: str) -> None:
    tab_to(page, name)
    page.keyboard.type(text)


def test_a_parent_applies_for_a_child_and_hands_in_a_document(at_home: BrowserContext, tmp_path: Path) -> None:
    page = at_home.new_page()
    begin(page, 1, "celiac")
    tasks = page.url
    fill_all(page, since="2026-11")
    paper = tmp_path / "izziņa.pdf"
    paper.write_bytes(documents.pdf())
    page.goto(f"{tasks}documents/")
    page.set_input_files("[name=document]", paper)
    page.check("[name=kind]")
    follow(page, "form[enctype] button")
    expect(page.locator("main li a", has_text="izziņa.pdf")).to_have_count(1)
    page.goto(f"{tasks}check/")
    page.check("[name=is_true]")
    follow(page, "main form button")
    page.wait_for_url("**/applications/sent/*/")
    assert (page.locator("dl strong").first.text_content() or "").startswith("VP-")


def test_a_worker_enters_an_application_at_the_counter(context: BrowserContext, served: Served) -> None:
    language(context, served, "lv")
    page = context.new_page()
    _open_person(page, served)
    follow(page, "main nav a[href$='/apply/']")
    page.check("[value=assistance]")
    follow(page, "main form button")
    page.wait_for_url("**/applications/*-*-*-*-*/")
    tasks = page.url
    fill_all(page, housing_costs_eur_month="180,50")
    page.goto(f"{tasks}check/")
    assert "180,50 €" in (page.text_content("main") or "")
    page.check("[name=is_true]")
    follow(page, "main form button")
    page.wait_for_url("**/applications/sent/*/")


def _open_person(page: Page, served: Served) -> None:
    page.goto("/find/")
    page.fill("[name=code]", served.look_for)
    page.select_option("[name=reason]", index=1)
    follow(page, "main form button")
    follow(page, "main table a")


def states(page: Page, tmp_path: Path) -> Iterator[str]:
    """Every page and state of an application that a resident meets."""
    page.goto("/applications/")
    yield "the list"
    follow(page, "main a[href$='/apply/'] >> nth=0")
    page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
    yield "what to apply for"
    follow(page, "main form button")
    yield "nothing chosen"
    begin(page, 0, "assistance")
    tasks = page.url
    yield "the list of tasks"
    links: list[Any] = page.eval_on_selector_all("ol a[href*='/pages/']", "all => all.map(e => e.href)")
    for link in links:
        page.goto(link)
        yield link
        follow(page, "main form button")
        if page.url == link:
            yield f"{link} with errors"
    page.goto(f"{tasks}check/")
    yield "checking before all is done"
    page.goto(tasks)
    fill_all(page)
    page.goto(f"{tasks}documents/")
    yield "documents"
    wrong = tmp_path / "x.pdf"
    wrong.write_bytes(documents.archive())
    page.set_input_files("[name=document]", wrong)
    page.locator("[name=kind]").first.check()
    follow(page, "form[enctype] button")
    yield "a document that is refused"
    wrong.write_bytes(documents.pdf())
    page.set_input_files("[name=document]", wrong)
    page.locator("[name=kind]").first.check()
    follow(page, "form[enctype] button")
    yield "a document that is handed in"
    page.goto(f"{tasks}check/")
    yield "checking"
    follow(page, "main form button")
    yield "not declared true"
    page.goto(f"{tasks}discard/")
    yield "throwing away"
    page.goto(f"{tasks}pages/savings/")
    page.evaluate("document.querySelector('[name=version]').value = '0'")
    follow(page, "main form button")
    yield "saved elsewhere"
    page.goto(f"{tasks}discard/")
    follow(page, "main form button")
    yield "thrown away"


@pytest.mark.parametrize(("lang", "scheme"), [("lv", "light"), ("en", "dark")])
def test_every_page_and_state_of_an_application_is_accessible_and_fits_a_telephone(
    at_home: BrowserContext,
    served: Served,
    lang: str,
    scheme: str,
    tmp_path: Path,
) -> None:
    language(at_home, served, lang)
    page = at_home.new_page()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    seen = 0
    for state in states(page, tmp_path):
        assert_is_accessible(page, state, lang)
        assert not page.locator("script").count(), state
        seen += 1
    assert seen >= 20


def test_two_tabs_of_one_application_do_not_mix(at_home: BrowserContext) -> None:
    first = at_home.new_page()
    begin(first, 0, "crisis")
    second = at_home.new_page()
    for page in (first, second):
        page.goto(f"{first.url.split('/pages/')[0].rstrip('/')}/pages/event/")
        page.fill("[name=what_happened]", f"cilne {page is first}")
        page.fill("[name=happened_on]", "01.10.2026")
    first.click("main form button")
    second.click("main form button")
    expect(second.locator("h1")).to_contain_text("saglabāts citur")
    second.click("main a.govuk-button")
    second.click("text=Kas notika")
    assert second.input_value("[name=what_happened]") == "cilne True"
