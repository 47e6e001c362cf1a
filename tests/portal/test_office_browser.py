"""Cases as a browser meets them: from an application to a decision by keyboard alone, and every page and state."""

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
)  # fmt: skip

pytestmark = IN_A_BROWSER

WORKER, CHIEF, HEARER = "lasma", "haralds", "austra"


@pytest.fixture(scope="module")
def worker(browser: Browser, served: Served) -> Iterator[BrowserContext]:
    with at_work(browser, served, WORKER, "social_assistance", viewport=NARROW) as found:
        yield found


@pytest.fixture(scope="module")
def chief(browser: Browser, served: Served) -> Iterator[BrowserContext]:
    with at_work(browser, served, CHIEF, "social_assistance", viewport=NARROW) as found:
        yield found


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
    follow(page, "main button")
    yield "finding a case with errors"
    for path in ("/desk/away/", *(["/desk/figures/"] if is_chief else [])):
        page.goto(path)
        opened(page)
        yield path
    for stage in ("received", "deciding", "running", "contested"):
        page.goto(f"/desk/?list=all&stage={stage}")
        if page.locator("tbody th a").count():
            follow(page, "tbody th a >> nth=0")
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
        opened(page)
        yield f"{path}: {stage}"
    follow(page, "main form button >> nth=-1")
    yield f"a task with errors: {stage}"
    for path in [one for one in (decision, appeal) if one]:
        page.goto(path)
        opened(page)
        yield path
    for step in ("check", "sign", "notify", "discard"):
        if decision:
            page.goto(f"{decision}{step}/")
            yield f"{step}: {stage}"


@pytest.mark.parametrize(("lang", "scheme"), [("lv", "light"), ("en", "dark")])
def test_every_page_of_cases_is_accessible_and_fits_a_telephone_and_large_text(
    worker: BrowserContext, chief: BrowserContext, served: Served, lang: str, scheme: str
) -> None:
    for context, is_chief in ((worker, False), (chief, True)):
        language(context, served, lang)
        page = context.new_page()
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        seen = []
        for state in office_states(page, is_chief=is_chief):
            assert_is_accessible(page, state, lang)
            if lang == "lv":  # the longer words
                assert_fits_twice_as_large(page, state)
            seen.append(state)
        assert len(seen) >= 30
        assert {one.partition(":")[0] for one in seen} >= {"the list all", "a case", "assessment/", "decide/"}
        assert any("/decisions/" in one for one in seen)
        page.close()


def test_a_printed_decision_has_no_buttons_and_no_navigation(worker: BrowserContext, served: Served) -> None:
    language(worker, served, "lv")
    page = worker.new_page()
    page.goto("/desk/?list=all&stage=running")
    follow(page, "tbody th a >> nth=0")
    page.goto(page.locator("main a[href*='/decisions/']").first.get_attribute("href") or "")
    page.emulate_media(media="print")
    for kind in ("button", ".govuk-button", "nav", "form", "footer", ".govuk-skip-link", ".balsts-header__who"):
        shown = [one for one in page.locator(kind).all() if one.is_visible()]
        assert not shown, (kind, [one.inner_text() for one in shown])
    assert page.locator("h1").is_visible()
    assert page.locator("main table").first.is_visible()
    page.emulate_media(media="screen")
    assert page.locator("nav").first.is_visible()
    page.close()


@pytest.mark.parametrize("lang", ["lv", "en"])
def test_a_residents_pages_of_cases_are_accessible(browser: Browser, served: Served, lang: str) -> None:
    with browser.new_context(base_url=served.address, viewport=NARROW) as context:  # type: ignore[arg-type]
        language(context, served, lang)
        page = context.new_page()
        page.goto(served.decided_door)
        follow(page, "main button")
        page.goto("/me/cases/")
        assert_is_accessible(page, "my cases", lang)
        follow(page, "main h2 a >> nth=0")
        assert_is_accessible(page, "my case", lang)
        follow(page, "main form button")
        assert_is_accessible(page, "my case with errors", lang)
        follow(page, "main a[href*='/decisions/'] >> nth=0")
        opened(page)
        assert_is_accessible(page, "my decision", lang)
        page.goto(f"{page.url}contest/")
        assert_is_accessible(page, "contesting", lang)
        page.goto("/me/payments/")
        assert_is_accessible(page, "my payments", lang)
        assert page.locator("tbody tr").count() >= 1
