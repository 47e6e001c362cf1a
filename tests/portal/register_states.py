"""Every page and state of the register of providers that somebody meets in a browser, one after another."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page

from tests.portal.browsing import follow

NUMBER = "49999000014"
REGISTERED_NUMBER = "49999000071"


def public_states(page: Page) -> Iterator[str]:
    """What everybody meets."""
    for path in ("/providers/", f"/providers/{NUMBER}/", "/providers/49999000048/", "/providers/?service=mentor",
                 "/providers/?service=unknown", "/providers/?name=nav+t%C4%81da", "/providers/00000000000/",
                 f"/providers/complaint/?number={NUMBER}"):  # fmt: skip
        page.goto(path)
        yield path
    follow(page, "main button")
    yield "a complaint with errors"
    page.fill("[name=text]", "Neviens neatbild.")
    follow(page, "main button")
    yield "a complaint that was received"


def application_states(page: Page) -> Iterator[str]:
    """What whoever applies meets."""
    page.goto("/providers/apply/")
    yield "applying"
    follow(page, "main button")
    yield "applying, with errors"
    page.fill("[name=provider]", "Biedrība «Pārlūks»")
    page.fill("[name=number]", REGISTERED_NUMBER)
    page.select_option("[name=legal_form]", "association")
    page.fill("[name=contact_name]", "Vija Kontakte")
    page.fill("[name=contact_email]", "vija@sniedzejs.example")
    page.fill("[name=since]", "01.12.2026")
    follow(page, "main button")
    yield "a draft without services"
    follow(page, "main a[href$='/place/']")
    yield "services at an address"
    follow(page, "main button")
    yield "services at an address, with errors"
    page.fill("[name=address]", "Parauga iela 9")
    page.select_option("[name=municipality]", index=1)
    page.check("[value=day_centre]")
    page.check("[value=home_care]")
    page.fill("[name=capacity]", "10")
    follow(page, "main button")
    yield "a draft with entries"
    follow(page, "main a[href*='/entries/0/']")
    yield "an entry"
    page.fill("[name=capacity]", "many")
    follow(page, "main button >> nth=0")
    yield "an entry with errors"
    follow(page, ".govuk-back-link")
    follow(page, "main a[href$='/documents/']")
    yield "documents of an application"
    follow(page, "main button")
    yield "documents of an application, with errors"
    follow(page, ".govuk-back-link")
    follow(page, "main button")
    yield "an application that was received"


def office_states(page: Page) -> Iterator[str]:
    """What the office that keeps the register meets."""
    page.goto("/register/")
    yield "work on the register"
    follow(page, "main a[href^='/register/complaints/']")
    yield "a complaint"
    follow(page, "main button >> nth=0")
    yield "a complaint answered with errors"
    follow(page, "main button >> nth=1")
    yield "a complaint handed over with errors"
    page.goto("/register/")
    follow(page, "main a[href^='/register/cases/'] >> nth=-1")
    case = page.url
    yield "a case"
    for part in ("register/", "refuse/"):
        page.goto(f"{case}{part}")
        yield part
        if part == "register/":
            for box in page.locator("[name=entries]").all():
                box.uncheck()
        follow(page, "main button")
        yield f"{part} with errors"


def resident_states(page: Page) -> Iterator[str]:
    """What a representative meets who signed in; then the office, whom their case waits for, in `office_states`."""
    yield from application_states(page)
    page.goto("/providers/")
    yield "the register, signed in"
