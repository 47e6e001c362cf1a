"""The portal in Debian's Chromium, for tests: the demonstration served once, and what pages are held to."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from wsgiref.types import WSGIApplication

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.wsgi import get_wsgi_application
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from balsts.database import server
from balsts.portal.demonstration.codes import one_time_code
from tests.database.clusters import migrated_cluster, throw_away

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
         "resultTypes": ["violations"]}  # fmt: skip
"""All rules; what keeps to them is not described, which would take as long as looking."""
WITH_CHROMIUM = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
IN_A_BROWSER = [WITH_CHROMIUM, pytest.mark.xdist_group("browser")]
"""Marks of tests in a browser: those of one group share a process, and so the demonstration it serves."""
NARROW = {"width": 320, "height": 640}
FOR_LARGE_TEXT = {"width": 640, "height": 900}
MOST_STOPS = 120
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
        self.accounts = {one["username"]: one for one in notes["accounts"]}
        self.resident_door = self.decided_door = self.unclaimed_door = ""
        self.kept: dict[str, list[Any]] = {}


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("served") / "log") as found:
        yield found


@contextmanager
def serving(log: Path) -> Iterator[Served]:
    """Serve a new demonstration for a block; what the server says goes into a file."""
    cluster = migrated_cluster()
    folder = cluster.folder
    server.start(cluster)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "BALSTS_"))}
    with log.open("w", encoding="utf-8") as out, subprocess.Popen(
        [sys.executable, "-m", "balsts.cli", "serve", "--demonstration", "--port", str(port)],
        env=environment | IDENTITY | {"BALSTS_DATA": str(folder)}, stdout=out, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        try:
            wait_for(f"http://localhost:{port}/sign-in/", process, log)
            found = Served(f"http://localhost:{port}", folder)
            doors = re.findall(r"http://\S+/me/sign-in/\S+", log.read_text(encoding="utf-8"))
            found.resident_door, found.decided_door, found.unclaimed_door = doors if len(doors) == 3 else ("", "", "")
            yield found
        finally:
            stop(process)
            throw_away(cluster)


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer in a thread, which ends with its connections to the database closed."""
        super().process_request_thread(request, client_address)
        connections.close_all()


class _Silent(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Tests read no log of requests."""


@contextmanager
def served_here(application: WSGIApplication | None = None) -> Iterator[str]:
    """The portal, or something else, served by this process for a block: its address."""
    with make_server("127.0.0.1", 0, application or get_wsgi_application(), _Server, _Silent) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stop a server, however it has to be: one that still prepares may not listen to the gentler ways."""
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        process.send_signal(one)
        try:
            process.wait(30)
            return
        except subprocess.TimeoutExpired:
            continue


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    ends_at = time.monotonic() + 600
    while time.monotonic() < ends_at and process.poll() is None:
        try:
            if httpx.get(address).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.3)
    raise AssertionError(f"The portal did not start:\n{log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for the tests of one file; it is gone afterwards, with its loop in the thread of all tests."""
    # Connections opened while no loop runs are found by nobody while one does, and the other way round.
    connections.close_all()
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        connections.close_all()
        found.close()


@pytest.fixture(scope="module")
def signed_in(browser: Browser, served: Served) -> dict[str, Any]:
    """The cookies of the social worker, who signed in with the keyboard alone and looked for somebody."""
    with browser.new_context(locale="lv-LV", base_url=served.address) as context:
        page = context.new_page()
        page.goto("/find/")
        type_into(page, "login", served.account["username"])
        type_into(page, "password", served.account["password"])
        page.keyboard.press("Enter")
        page.wait_for_url("**/sign-in/code/")
        type_into(page, "code", one_time_code(served.account["secret"]))
        page.keyboard.press("Enter")
        page.wait_for_url("**/role/")
        tab_to(page, "work")
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        page.wait_for_url("**/desk/")
        page.goto("/find/")
        find(page, served)
        return {"cookies": context.cookies()}


def at_work(browser: Browser, served: Served, username: str, purpose: str, **options: Any) -> BrowserContext:
    """A browser in which a member of staff is signed in and has said as what they work; signed in once in all tests."""
    if username not in served.kept:
        with browser.new_context(base_url=served.address, locale="lv-LV") as context:
            _sign_in(context.new_page(), served.accounts[username], purpose)
            served.kept[username] = context.cookies()
    kept: Any = {"cookies": served.kept[username], "origins": []}
    return browser.new_context(base_url=served.address, locale="lv-LV", storage_state=kept, **options)


def _sign_in(page: Page, account: dict[str, str], purpose: str) -> None:
    page.goto("/sign-in/")
    page.fill("[name=login]", account["username"])
    page.fill("[name=password]", account["password"])
    follow(page, "main button")
    page.wait_for_url("**/sign-in/code/")
    page.fill("[name=code]", one_time_code(account["secret"]))
    follow(page, "main button")
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    if "/role/" in page.url:
        page.check(f"[value$=':{purpose}']")
        follow(page, "main button")
        page.wait_for_url(lambda address: "/role/" not in address)


def press(page: Page, text: str) -> None:
    """Go to a link or button by the Tab key alone, and press it; each stop on the way can be seen."""
    page.evaluate("document.activeElement.blur()")
    for _ in range(MOST_STOPS):
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


def find(page: Page, served: Served) -> None:
    type_into(page, "code", served.look_for)
    tab_to(page, "reason")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("main table a")


def tab_to(page: Page, name: str) -> None:
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


def type_into(page: Page, name: str, text: str) -> None:
    tab_to(page, name)
    page.keyboard.type(text)


@pytest.fixture
def context(browser: Browser, served: Served, signed_in: dict[str, Any]) -> Iterator[BrowserContext]:
    with browser.new_context(base_url=served.address, storage_state={"cookies": signed_in["cookies"], "origins": []},
                             viewport=NARROW) as found:  # fmt: skip
        yield found


def language(context: BrowserContext, served: Served, lang: str) -> None:
    context.add_cookies([{"name": "django_language", "value": lang, "url": served.address}])


def follow(page: Page, selector: str) -> None:
    """Click what leads to another page, and wait for that page: one that is left has no content to be looked at."""
    with page.expect_navigation():
        page.click(selector)


def opened(page: Page) -> None:
    """Open everything that can be opened on a page that has come."""
    page.wait_for_load_state()
    page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")


def wide(page: Page) -> int:
    """How wide the content of a page is that has come, in pixels."""
    page.wait_for_load_state()
    found: int = page.locator("html").evaluate("root => root.scrollWidth")
    return found


def assert_fits_twice_as_large(page: Page, state: str) -> None:
    """Text of twice the size scrolls nothing sideways 640 px wide; the page is left as it was."""
    page.set_viewport_size(FOR_LARGE_TEXT)  # type: ignore[arg-type]
    root = page.locator("html")
    root.evaluate("root => { root.style.fontSize = '200%' }")
    found = wide(page)
    assert found <= FOR_LARGE_TEXT["width"], f"{state}: {found} px wide"
    root.evaluate("root => { root.style.fontSize = '' }")
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]


def assert_is_accessible(page: Page, state: str, lang: str) -> None:
    page.wait_for_load_state()
    assert page.get_attribute("html", "lang") == lang, state
    found = Axe().run(page, options=RULES).response["violations"]
    assert not found, (state, [(one["id"], one["nodes"][0]["html"][:200]) for one in found])
    assert wide(page) <= NARROW["width"], f"{state}: {wide(page)} px wide"
