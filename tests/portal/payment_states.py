"""Every page and state of claims, orders, choices and payouts that staff meet in a browser; nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page

from tests.portal.browsing import follow

LISTS = ("claims", "orders", "choices")


def agreed_states(page: Page, *, is_head: bool) -> Iterator[str]:
    """Lists, each thing on them, each step that is open, and forms with errors."""
    for name in LISTS:
        page.goto(f"/payments/{name}/?state=over" if name != "claims" else "/payments/claims/?state=withdrawn")
        yield f"{name}, none"
        page.goto(f"/payments/{name}/")
        yield name
        for address in [one.get_attribute("href") or "" for one in page.locator("tbody th a").all()]:
            page.goto(address)
            yield f"one of {name}"
            for step in [one.get_attribute("href") or "" for one in page.locator("main .balsts-actions a").all()]:
                page.goto(step)
                yield f"a step of {name}"
                if page.locator("main .govuk-form-group").count():
                    follow(page, "main form button.govuk-button")
                    yield f"a step of {name} with errors"
    page.goto("/payments/claims/unclaimed/")
    yield "overpayments that are not claimed"
    if not is_head:
        follow(page, "main a[href*='/unclaimed/'] >> nth=0")
        yield "claiming"
        follow(page, "main form button.govuk-button")
        yield "claiming with errors"
        for path in ("orders/new/", "choices/new/", "choices/answer/"):
            page.goto(f"/payments/{path}")
            yield path
            follow(page, "main form button.govuk-button")
            yield f"{path} with errors"


def payout_states(page: Page, run: str, *, is_head: bool) -> Iterator[str]:
    """What a run pays by post and in cash."""
    for channel in ("post", "cash"):
        page.goto(f"{run}payouts/?channel={channel}")
        yield f"payouts, {channel}"
    if not is_head and page.locator("main tbody td a").count():
        follow(page, "main tbody td a >> nth=0")
        yield "cash"
        follow(page, "main form button.govuk-button")
        yield "cash with errors"
