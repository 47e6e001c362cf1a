"""Payments as a browser meets them: a run approved by keyboard alone, and every page accessible on a telephone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.portal.browsing import (
    IDENTITY,
    IN_A_BROWSER,
    NARROW,
    Served,
    assert_fits_twice_as_large,
    assert_is_accessible,
    at_work,
    follow,
    language,
    press,
)  # fmt: skip
from tests.portal.payment_states import agreed_states, payout_states

pytestmark = IN_A_BROWSER
OFFICER, HEAD = "inga", "ilmars"


@pytest.fixture(scope="module")
def agreed(served: Served) -> None:
    """Claims, orders and choices in the demonstration, beside its runs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "BALSTS_"))}
    subprocess.run([sys.executable, "-m", "tests.portal.payments_prepared"], check=True,
                   env=kept | IDENTITY | {"BALSTS_DATA": str(served.folder)})  # fmt: skip


@pytest.fixture(scope="module")
def officer(browser: Browser, served: Served, agreed: None) -> Iterator[BrowserContext]:
    with at_work(browser, served, OFFICER, "payments", viewport=NARROW) as found:
        yield found


@pytest.fixture(scope="module")
def head(browser: Browser, served: Served, agreed: None) -> Iterator[BrowserContext]:
    with at_work(browser, served, HEAD, "payments", viewport=NARROW) as found:
        yield found


def payment_states(page: Page, *, is_head: bool) -> Iterator[str]:
    """Every page and state of payments that an officer, or a head, meets; nothing is changed."""
    for path in ("/payments/", "/payments/waiting/", "/payments/matters/"):
        page.goto(path)
        yield path
    if not is_head:
        page.goto("/payments/prepare/")
        yield "preparing"
        page.fill("[name=month]", "soon")
        follow(page, "main form button")
        yield "preparing with errors"
    page.goto("/payments/")
    runs = [one.get_attribute("href") or "" for one in page.locator("tbody th a").all()]
    prepared, extra, before = runs[:3]
    for run in (prepared, before):
        yield from _run_states(page, run)
    yield from payout_states(page, extra, is_head=is_head)
    yield from agreed_states(page, is_head=is_head)


def _run_states(page: Page, run: str) -> Iterator[str]:
    for part in ("", "differences/", "lines/", "lines/?finding=new", "lines/?finding=ended", "lines/?held=no_account",
                 "lines/?finding=overpaid", "lines/find/", "lines/find/?number=", "lines/find/?number=999999",
                 "lines/1/", "left-out/", "files/", "returns/", "proof/"):  # fmt: skip
        page.goto(f"{run}{part}")
        yield part or "a run"
    page.goto(f"{run}lines/?held=no_account")
    if page.locator("tbody th a").count():
        follow(page, "tbody th a >> nth=0")
        yield "a held line"
    page.goto(f"{run}steps/cancel/")
    if "/steps/" in page.url:
        yield "cancelling"
        follow(page, "main form button")
        yield "cancelling with errors"


@pytest.mark.parametrize(("lang", "scheme"), [("lv", "light"), ("en", "dark")])
def test_every_page_of_payments_is_accessible_and_fits_a_telephone_and_large_text(
    officer: BrowserContext, head: BrowserContext, served: Served, lang: str, scheme: str
) -> None:
    for context, is_head in ((officer, False), (head, True)):
        language(context, served, lang)
        page = context.new_page()
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        refused: list[str] = []
        page.on("console", lambda message, said=refused: said.append(message.text) if "Content Sec" in message.text
                else None)  # fmt: skip
        seen = 0
        for state in payment_states(page, is_head=is_head):
            assert_is_accessible(page, f"{state} {page.url}", lang)
            if is_head and lang == "lv":  # who has every page; the longer words
                assert_fits_twice_as_large(page, state)
            seen += 1
        assert seen >= 55
        assert not refused
        page.close()


def test_a_printed_run_has_its_sums_and_neither_buttons_nor_navigation(head: BrowserContext) -> None:
    page = head.new_page()
    page.goto("/payments/")
    follow(page, "tbody th a >> nth=0")
    page.emulate_media(media="print")
    for kind in ("button", ".govuk-button", "nav", "form", "footer"):
        assert not [one for one in page.locator(kind).all() if one.is_visible()], kind
    assert page.locator("main table").first.is_visible()
    assert page.locator("main svg").first.is_visible()
    page.close()


def test_a_head_looks_through_and_approves_a_run_by_keyboard_alone(head: BrowserContext, served: Served) -> None:
    language(head, served, "lv")
    page = head.new_page()
    page.goto("/payments/")
    press(page, page.locator("tbody th a").first.inner_text())
    press(page, "Izskatīt atšķirības")
    press(page, "Esmu tās izskatījis(-usi)")
    press(page, "Apstiprināt sarakstu")
    press(page, "Apstiprināt")
    assert "apstiprināts" in page.locator("h1").inner_text().lower()
    assert "tāpēc izmaksai to nodod kāds cits" in page.locator("main").inner_text()
    page.close()


@pytest.mark.parametrize(("lang", "scheme"), [("lv", "dark"), ("en", "light")])
def test_a_residents_page_of_payments_is_accessible(browser: Browser, served: Served, lang: str, scheme: str) -> None:
    with browser.new_context(base_url=served.address, viewport=NARROW, color_scheme=scheme) as context:  # type: ignore[arg-type]
        language(context, served, lang)
        page = context.new_page()
        page.goto(served.decided_door)
        follow(page, "main button")
        page.goto("/me/payments/")
        assert page.locator("h3").count() >= 1
        assert_is_accessible(page, "my payments", lang)
