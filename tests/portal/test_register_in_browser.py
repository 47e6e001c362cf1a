"""The register of providers as a browser meets it: every page and state, on a telephone, in both languages."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from balsts.database import server
from balsts.portal.demonstration.codes import one_time_code
from tests.database.clusters import migrated_cluster, throw_away
from tests.portal.browsing import IDENTITY, NARROW, WITH_CHROMIUM, assert_is_accessible, follow, stop, wait_for
from tests.portal.register_states import application_states, office_states, public_states, resident_states

pytestmark = [WITH_CHROMIUM, pytest.mark.xdist_group("register_browser")]


@dataclass(frozen=True)
class Register:
    """A register of providers that is being served."""

    address: str
    keeper: dict[str, str]
    resident_door: str


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    cluster = migrated_cluster()
    server.start(cluster)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("register") / "log"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "BALSTS_"))}
    environment = kept | IDENTITY | {"BALSTS_DATA": str(cluster.folder)}
    prepared = [sys.executable, "-m", "tests.portal.register_prepared"]
    told = subprocess.run(prepared, env=environment, check=True, capture_output=True, text=True).stdout
    notes = json.loads(told.splitlines()[-1])
    with log.open("w", encoding="utf-8") as out, subprocess.Popen(
        [sys.executable, "-m", "balsts.cli", "serve", "--port", str(port)],
        env=environment, stdout=out, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        try:
            address = f"http://localhost:{port}"
            wait_for(f"{address}/sign-in/", process, log)
            yield Register(address, notes, f"{address}{notes['door']}")
        finally:
            stop(process)
            throw_away(cluster)


@pytest.fixture(scope="module")
def keeper(browser: Browser, register: Register) -> list[Any]:
    """The cookies of the keeper of the register, who signed in."""
    with browser.new_context(base_url=register.address) as context:
        page = context.new_page()
        page.goto("/sign-in/")
        page.fill("[name=login]", register.keeper["username"])
        page.fill("[name=password]", register.keeper["password"])
        follow(page, "main button")
        page.fill("[name=code]", one_time_code(register.keeper["secret"]))
        follow(page, "main button")
        page.wait_for_selector("nav a[href='/register/']")
        return list(context.cookies())


def visit(
    browser: Browser, register: Register, lang: str, states_of: Callable[[Page], Iterator[str]], cookies: list[Any]
) -> list[str]:
    """Walk through states, each accessible and no wider than a telephone; which they were."""
    with browser.new_context(base_url=register.address, viewport=NARROW) as context:  # type: ignore[arg-type]
        context.add_cookies([*cookies, {"name": "django_language", "value": lang, "url": register.address}])
        page, seen = context.new_page(), []
        refused: list[str] = []
        page.on("console", lambda one: refused.append(one.text) if "Content Security" in one.text else None)
        for state in states_of(page):
            assert_is_accessible(page, state, lang)
            seen.append(state)
        assert not refused
        return seen


@pytest.mark.parametrize("lang", ["lv", "en"])
def test_everybody_reads_the_register_and_complains(browser: Browser, register: Register, lang: str) -> None:
    assert visit(browser, register, lang, public_states, [])[-1] == "a complaint that was received"


@pytest.mark.parametrize("lang", ["lv", "en"])
def test_a_representative_applies(browser: Browser, register: Register, lang: str) -> None:
    def signed_in(page: Page) -> Iterator[str]:
        page.goto(register.resident_door)
        follow(page, "main button")
        page.wait_for_url("**/me/")
        yield from resident_states(page)

    assert "an application that was received" in visit(browser, register, lang, signed_in, [])


@pytest.mark.parametrize("lang", ["lv", "en"])
def test_the_office_keeps_the_register(browser: Browser, register: Register, keeper: list[Any], lang: str) -> None:
    def at_work(page: Page) -> Iterator[str]:
        yield from application_states(page)
        yield from office_states(page)

    assert len(visit(browser, register, lang, at_work, keeper)) >= 15
