"""The portal as a browser meets it: the demonstration served by its command, walked through in Debian's Chromium."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from balsts.database import server
from balsts.database.server import Cluster
from balsts.portal.demonstration.codes import one_time_code
from tests.database.clusters import folder_for_a_cluster, throw_away

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
    pytest.mark.xdist_group("browser"),
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
NARROW = {"width": 320, "height": 640}
IDENTITY = {
    "BALSTS_RESIDENTS_ISSUER": "http://127.0.0.1:9",
    "BALSTS_RESIDENTS_CLIENT": "balsts",
    "BALSTS_RESIDENTS_SECRET": "of-the-tests-alone",
    "BALSTS_RESIDENTS_CODE_CLAIM": "personal_code",
}
"""A provider of identity that does not answer."""


class Served:
    """A demonstration that is being served."""

    def __init__(self, address: str, folder: Path) -> None:
        self.address = address
        notes = json.loads((folder / "demonstration.json").read_text(encoding="utf-8"))
        self.look_for, self.account, self.folder = notes["look_for"], notes["accounts"][0], folder
        self.resident_door = self.decided_door = ""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = folder_for_a_cluster()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("served") / "log"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "BALSTS_"))}
    with log.open("w", encoding="utf-8") as out, subprocess.Popen(
        [sys.executable, "-m", "balsts.cli", "serve", "--demonstration", "--port", str(port)],
        env=environment | IDENTITY | {"BALSTS_DATA": str(folder)}, stdout=out, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        try:
            _wait_for(f"http://localhost:{port}/sign-in/", process, log)
            found = Served(f"http://localhost:{port}", folder)
            doors = re.findall(r"http://\S+/me/sign-in/\S+", log.read_text(encoding="utf-8"))
            found.resident_door, found.decided_door = doors if len(doors) == 2 else ("", "")
            yield found
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)
            server.stop(Cluster(folder))
            throw_away(Cluster(folder))


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    ends_at = time.monotonic() + 240
    while time.monotonic() < ends_at and process.poll() is None:
        try:
            if httpx.get(address).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.3)
    raise AssertionError(f"The portal did not start:\n{log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="module")
def signed_in(browser: Browser, served: Served) -> dict[str, Any]:
    """The cookies of the social worker, who signed in with the keyboard alone and looked for somebody."""
    with browser.new_context(locale="lv-LV", base_url=served.address) as context:
        page = context.new_page()
        page.goto("/find/")
        _type_into(page, "login", served.account["username"])
        _type_into(page, "password", served.account["password"])
        page.keyboard.press("Enter")
        page.wait_for_url("**/sign-in/code/")
        _type_into(page, "code", one_time_code(served.account["secret"]))
        page.keyboard.press("Enter")
        page.wait_for_url("**/role/")
        _tab_to(page, "work")
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        page.wait_for_url("**/work/")
        page.goto("/find/")
        _find(page, served)
        return {"cookies": context.cookies()}


def _find(page: Page, served: Served) -> None:
    _type_into(page, "code", served.look_for)
    _tab_to(page, "reason")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("main table a")


def _tab_to(page: Page, name: str) -> None:
    """Go to a field by the Tab key; each stop on the way can be seen."""
    for _ in range(40):
        page.keyboard.press("Tab")
        there = page.evaluate(
            "(() => { const e = document.activeElement, s = getComputedStyle(e);"
            " return [e.name, s.outlineStyle + s.boxShadow + s.backgroundColor, e.getBoundingClientRect().height]; })()"
        )
        assert there[1] != "nonenonergba(0, 0, 0, 0)", "where one stands cannot be seen"
        if there[0] == name:
            return
    raise AssertionError(f"{name} cannot be reached with the keyboard")


def _type_into(page: Page, name: str, text: str) -> None:
    _tab_to(page, name)
    page.keyboard.type(text)


@pytest.fixture
def context(browser: Browser, served: Served, signed_in: dict[str, Any]) -> Iterator[BrowserContext]:
    with browser.new_context(base_url=served.address, storage_state={"cookies": signed_in["cookies"], "origins": []},
                             viewport=NARROW) as found:  # fmt: skip
        yield found


def states(page: Page, served: Served) -> Iterator[str]:
    """Every page and state of it that a social worker meets, one after another."""
    for path in ("/find/", "/reason/", "/role/", "/account/", "/no-such-page/"):
        page.goto(path)
        yield path
    page.goto("/find/")
    page.click("main button")
    yield "the search with errors"
    page.fill("[name=name]", "Nav Tāda")
    page.click("main button")
    yield "nobody found"
    page.fill("[name=name]", "")
    _find(page, served)
    yield "somebody found"
    page.click("main table a")
    person = page.url
    page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
    yield "the case, all open"
    for path in (f"{person}?on=40.40.2026", f"{person}?on=01.10.2026&known=01.01.2025", f"{person}facts/",
                 f"{person}registers/"):  # fmt: skip
        page.goto(path)
        yield path
    household = page.get_attribute("nav a[href^='/households/']", "href")
    page.goto(f"{household}rights/?month=2026-02")
    page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
    yield "rights, explained"
    for path in (f"{household}", f"{household}rights/?month=1850-02", f"{household}registers/ask/"):
        page.goto(path)
        yield path
    page.click("main button")
    yield "asking with errors"


def guest_states(page: Page, served: Served) -> Iterator[str]:
    """What a guest and then a resident meet."""
    page.goto("/sign-in/")
    yield "sign-in"
    page.click("main a")
    yield "a provider of identity that is away"
    page.goto("/sign-in/")
    page.click("main button")
    yield "sign-in with errors"
    page.fill("[name=login]", served.account["username"])
    page.fill("[name=password]", served.account["password"])
    page.click("main button")
    yield "the code"
    page.goto(served.resident_door)
    yield "the resident's door"
    page.click("main button")
    yield "who looked"
    page.click("nav >> nth=0 >> a >> nth=1")
    yield "one's own data"


def _language(context: BrowserContext, served: Served, lang: str) -> None:
    context.add_cookies([{"name": "django_language", "value": lang, "url": served.address}])


def _assert_is_accessible(page: Page, state: str, lang: str) -> None:
    assert page.get_attribute("html", "lang") == lang, state
    found = Axe().run(page, options=RULES).response["violations"]
    assert not found, (state, [(one["id"], one["nodes"][0]["html"][:200]) for one in found])
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= NARROW["width"], f"{state}: {wide} px wide"


@pytest.mark.parametrize(("lang", "scheme"), [("lv", "light"), ("en", "dark")])
def test_every_page_and_state_is_accessible_and_fits_a_telephone(
    context: BrowserContext, served: Served, lang: str, scheme: str
) -> None:
    _language(context, served, lang)
    page = context.new_page()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    seen = 0
    for state in states(page, served):
        _assert_is_accessible(page, state, lang)
        seen += 1
    assert seen >= 17
    assert not refused


@pytest.mark.parametrize("lang", ["lv", "en"])
def test_pages_of_guests_and_residents_are_accessible(browser: Browser, served: Served, lang: str) -> None:
    with browser.new_context(base_url=served.address, viewport=NARROW) as context:  # type: ignore[arg-type]
        _language(context, served, lang)
        page = context.new_page()
        for state in guest_states(page, served):
            _assert_is_accessible(page, state, lang)


def test_the_check_of_accessibility_finds_what_is_wrong(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<html lang=lv><title>x</title><main><h1>x</h1><img src=x><input></main></html>")
    with pytest.raises(AssertionError, match="image-alt"):
        _assert_is_accessible(page, "a page with faults", "lv")


def test_pages_work_with_scripts_switched_off_and_bring_none(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/find/")
    assert page.locator("script").count() == 0


def test_text_twice_as_large_still_fits(context: BrowserContext, served: Served) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 640, "height": 900})
    for state in states(page, served):
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, state


def test_asking_registers_leaves_questions_on_the_persons_page(context: BrowserContext, served: Served) -> None:
    page = context.new_page()
    page.goto("/find/")
    _find(page, served)
    page.click("main table a")
    person = page.url
    page.goto(f"{person}registers/")
    before = page.locator("main tbody tr").count()
    page.click("main a[href$='/registers/ask/']")
    page.check("[value=tax_authority]")
    page.click("main button")
    page.wait_for_url("**/registers/")
    page.goto(f"{person}registers/")
    assert page.locator("main tbody tr").count() == before + 1
