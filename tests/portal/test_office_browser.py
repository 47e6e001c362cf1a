"""Cases as a browser meets them: from an application to a decision by keyboard alone, and every page and state."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from balsts.portal.demonstration.codes import one_time_code
from tests.portal.browsing import CHROMIUM, NARROW, Served, assert_is_accessible, language

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
    pytest.mark.xdist_group("browser"),
]

WORKER, CHIEF, HEARER = "lasma", "haralds", "austra"
_MOST_STOPS = 120


def at_work(browser: Browser, served: Served, username: str, purpose: str, **options: Any) -> BrowserContext:
    """A browser in which a member of staff has signed in and said as what they work."""
    notes = json.loads((Path(served.folder) / "demonstration.json").read_text(encoding="utf-8"))
    account = next(one for one in notes["accounts"] if one["username"] == username)
    context = browser.new_context(base_url=served.address, locale="lv-LV", **options)
    page = context.new_page()
    page.goto("/sign-in/")
    page.fill("[name=login]", account["username"])
    page.fill("[name=password]", account["password"])
    page.click("main button")
    page.fill("[name=code]", one_time_code(account["secret"]))
    page.click("main button")
    if "/role/" in page.url:
        page.check(f"[value$=':{purpose}']")
        page.click("main button")
    page.close()
    return context


@pytest.fixture(scope="module")
def worker(browser: Browser, served: Served) -> Iterator[BrowserContext]:
    with at_work(browser, served, WORKER, "social_assistance", viewport=NARROW) as found:
        yield found


@pytest.fixture(scope="module")
def chief(browser: Browser, served: Served) -> Iterator[BrowserContext]:
    with at_work(browser, served, CHIEF, "social_assistance", viewport=NARROW) as found:
        yield found


def press(page: Page, text: str) -> None:
    """Go to a link or button by the Tab key alone, and press it; each stop on the way can be seen."""
    page.evaluate("document.activeElement.blur()")
    for _ in range(_MOST_STOPS):
        page.keyboard.press("Tab")
        said, seen = page.evaluate(
            "(() => { const e = document.activeElement, s = getComputedStyle(e);"
            " return [e.textContent.trim(), s.outlineStyle + s.boxShadow + s.backgroundColor]; })()"
        )
        assert seen != "nonenonergba(0, 0, 0, 0)", "where one stands cannot be seen"
        if said == text:
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"«{text}» cannot be reached with the keyboard on {page.url}")


def test_a_worker_and_a_head_go_from_application_to_a_decision_made_known_by_keyboard(
    worker: BrowserContext, chief: BrowserContext, served: Served
) -> None:
    for context in (worker, chief):
        language(context, served, "lv")
    page = worker.new_page()
    page.goto("/desk/?list=unassigned&stage=received")
    number = page.locator("tbody th a").last.inner_text()
    press(page, number)
    press(page, "Ņemt lietu")
    press(page, "Sākt izvērtēšanu")
    press(page, "Aprēķināt")
    press(page, "Sagatavot lēmumu")
    press(page, "Sagatavot lēmumu")
    assert "/decisions/" in page.url
    other = chief.new_page()
    other.goto("/desk/?list=second")
    press(other, number)
    other.goto(page.url)
    for opens, does in (("Pārbaudīt lēmumu", "Esmu pārbaudījis(-usi)"), ("Parakstīt lēmumu", "Parakstīt")):
        press(other, opens)
        press(other, does)
    page.reload()
    press(page, "Paziņot lēmumu")
    page.keyboard.press("Tab")
    page.locator("[name=how]").first.focus()
    page.keyboard.press("Space")
    press(page, "Atzīmēt, ka paziņots")
    assert page.locator(".balsts-path").first.inner_text().count("→") == 0
    assert "spēkā" in page.locator("h1").inner_text().lower()


def office_states(page: Page, *, is_chief: bool) -> Iterator[str]:
    """Every page and state of cases that a worker, or a head, meets."""
    for name in ("mine", "unassigned", "second", "unsent", "contested", "changes", "all"):
        page.goto(f"/desk/?list={name}")
        yield f"the list {name}"
    page.goto("/desk/?list=all&names=1&stage=deciding")
    yield "names"
    page.goto("/desk/find/")
    yield "finding a case"
    page.click("main button")
    yield "finding a case with errors"
    for path in ("/desk/away/", *(["/desk/figures/"] if is_chief else [])):
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
        yield path
    for stage in ("received", "deciding", "running", "contested"):
        page.goto(f"/desk/?list=all&stage={stage}")
        if page.locator("tbody th a").count():
            page.locator("tbody th a").first.click()
            yield from case_states(page, stage)


def case_states(page: Page, stage: str) -> Iterator[str]:
    """A case, its assessment, its decision and its forms."""
    case = page.url
    yield f"a case: {stage}"
    decision = page.locator("main a[href*='/decisions/']")
    decision = decision.first.get_attribute("href") if decision.count() else None
    appeal = page.locator("main a[href*='/appeals/']")
    appeal = appeal.first.get_attribute("href") if appeal.count() else None
    for path in ("assessment/", "decide/", "messages/", "notes/", "tasks/new/"):
        page.goto(f"{case}{path}")
        page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
        yield f"{path}: {stage}"
    page.click("main form button >> nth=-1")
    yield f"a task with errors: {stage}"
    for path in [one for one in (decision, appeal) if one]:
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
        yield path
    for step in ("check", "sign", "notify", "discard"):
        if decision:
            page.goto(f"{decision}{step}/")
            yield f"{step}: {stage}"


@pytest.mark.parametrize(("lang", "scheme"), [("lv", "light"), ("en", "dark")])
def test_every_page_of_cases_is_accessible_and_fits_a_telephone(
    worker: BrowserContext, chief: BrowserContext, served: Served, lang: str, scheme: str
) -> None:
    for context, is_chief in ((worker, False), (chief, True)):
        language(context, served, lang)
        page = context.new_page()
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        seen = 0
        for state in office_states(page, is_chief=is_chief):
            assert_is_accessible(page, state, lang)
            seen += 1
        assert seen >= 30
        page.close()


@pytest.mark.parametrize("lang", ["lv", "en"])
def test_a_residents_pages_of_cases_are_accessible(browser: Browser, served: Served, lang: str) -> None:
    with browser.new_context(base_url=served.address, viewport=NARROW) as context:  # type: ignore[arg-type]
        language(context, served, lang)
        page = context.new_page()
        page.goto(served.decided_door)
        page.click("main button")
        page.goto("/me/cases/")
        assert_is_accessible(page, "my cases", lang)
        page.locator("main h2 a").first.click()
        assert_is_accessible(page, "my case", lang)
        page.click("main form button")
        assert_is_accessible(page, "my case with errors", lang)
        page.locator("main a[href*='/decisions/']").first.click()
        page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
        assert_is_accessible(page, "my decision", lang)
        page.goto(f"{page.url}contest/")
        assert_is_accessible(page, "contesting", lang)
        page.goto("/me/payments/")
        assert_is_accessible(page, "my payments", lang)
        assert page.locator("tbody tr").count() >= 1
