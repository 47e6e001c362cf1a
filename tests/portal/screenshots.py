"""Pictures of the thirteen walks of the README, taken of a demonstration that is served for it.

Run as a module, it writes docs/walks; named numbers alone are taken anew: `python -m tests.portal.screenshots 4 10`.
"""

from __future__ import annotations

import base64
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.portal.browsing import CHROMIUM, Served, at_work, follow, language, serving

FOLDER = Path(__file__).parents[2] / "docs" / "walks"
DESK, TELEPHONE = {"width": 1000, "height": 900}, {"width": 390, "height": 760}
MOST_BYTES = 120_000
DRAFT = """name: More for families with several children
parameters:
  family_state_benefit.per_child:
    from: 2026-01-01
    value: {1: "30.00", 2: "60.00", 3: "90.00", 4: "120.00"}
    reference: proposal
"""
NEXT = "form.balsts-questions button.govuk-button"
_QUALITIES = (90, 80, 70, 60)


@dataclass(frozen=True)
class Walk:
    """A walk: its name, who walks and for what purpose (nobody: a guest; `door`: a resident), and the way there.

    `look` leads a page to what the picture shows, and returns the selector of what stands at its top; empty: the top.
    """

    name: str
    who: str
    purpose: str
    look: Callable[[Page], str]


def what_support(page: Page) -> str:
    page.goto("/support/")
    follow(page, "main form button")
    for given in _a_family():
        for name, value in given.items():
            for one in value if isinstance(value, list) else [value]:
                _answer(page, name, str(one))
        follow(page, NEXT)
    follow(page, "main button[value=result]")
    follow(page, "main button[value='what-if']")
    follow(page, "[aria-labelledby=over-wage] button >> nth=1")
    return "#over-wage"


def _a_family() -> list[dict[str, Any]]:
    """A couple with a baby and a child at school; one of them works. Page by page, as a browser sends it."""
    today = datetime.now(tz=UTC).date()
    baby = f"{today.month:02}.{today.year - 1}"
    return [
        {"adults": "2", "children": "2"},
        {"born": f"05.{today.year - 36}", "sex": "f"},
        {"born": f"03.{today.year - 38}", "sex": "m", "relation": "married"},
        {"born": baby, "tie": "own", "of": ["adult-01", "adult-02"]},
        {"born": f"09.{today.year - 12}", "tie": "own", "of": ["adult-01", "adult-02"]},
        {"disabled": []},
        {"employed": "no"},
        {"employed": "yes", "wage": "600"},
        {"costs": "250"},
        {"savings": "100", "within": "yes"},
        {"what": []},
    ]


def _answer(page: Page, name: str, value: str) -> None:
    field = page.locator(f"[name='{name}']")
    if field.first.get_attribute("type") not in ("radio", "checkbox"):
        field.fill(value)
        return
    known = page.locator(f"[name='{name}'][value='{value}']")
    (known if known.count() else field.first).check()


def the_law(page: Page) -> str:
    page.goto("/law/rules/gmi_benefit/")
    return ""


def apply(page: Page) -> str:
    page.goto("/applications/?type=assistance")
    follow(page, "main a[href*='/apply/'] >> nth=0")
    follow(page, "main form button")
    tasks = page.url
    for number in range(page.locator("main ol a").count()):
        page.goto(tasks)
        follow(page, f"main ol a >> nth={number}")
        if page.locator("[name$='-is-right']").count():
            return "fieldset:has(.balsts-claim)"
    raise AssertionError("No page of the form shows what a register knows.")


def assess(page: Page) -> str:
    for address in [*_cases(page, "received"), *_cases(page, "assessed")]:
        page.goto(f"{address}assessment/")
        if page.locator("#declaration ~ p .govuk-tag--warn").count():
            if not page.locator("main a[href$='/decide/']").count():
                follow(page, "main form button.govuk-button")
            return "#declaration"
    raise AssertionError("There is no case with a declaration that differs.")


def check_and_sign(page: Page) -> str:
    for address in _cases(page, "deciding"):
        page.goto(address)
        page.goto(page.get_attribute("main a[href*='/decisions/']", "href") or "")
        if page.locator("a[href$='/check/']").count():
            return ""
    raise AssertionError("No decision waits to be checked.")


def read_a_decision(page: Page) -> str:
    page.goto("/me/cases/")
    follow(page, "main h2 a >> nth=0")
    follow(page, "main a[href*='/decisions/'] >> nth=0")
    page.locator("main details").first.evaluate("one => { one.open = true }")
    return ""


def hear(page: Page) -> str:
    page.goto("/desk/?list=contested")
    follow(page, "tbody th a >> nth=0")
    follow(page, "main a[href*='/appeals/'] >> nth=0")
    return ""


def without_a_person(page: Page) -> str:
    for address in _cases(page, "running"):
        page.goto(address)
        page.goto(page.get_attribute("main a[href*='/decisions/']", "href") or "")
        return ""
    raise AssertionError("Nothing was decided automatically.")


def register(page: Page) -> str:
    page.goto("/providers/")
    return "main h2"


def rehearse(page: Page) -> str:
    page.goto("/drafts/")
    page.fill("[name=text]", DRAFT)
    follow(page, "main form button")
    draft = page.url
    page.fill("[name=month]", "2026-11")
    follow(page, "main form[action$='/rehearse/'] button")
    while not page.locator("main dl").count():
        page.wait_for_timeout(1000)
        page.goto(draft)
    return "main dl"


def pay_a_month(page: Page) -> str:
    page.goto("/payments/")
    follow(page, "tbody th a >> nth=0")
    return "main h1"


def published_figures(page: Page) -> str:
    page.goto("/statistics/")
    return "main h1"


def annual_report(page: Page) -> str:
    page.goto("/statistics/report/lm/2023.html?lang=en")
    return "figure >> nth=0"


WALKS = (
    Walk("01-what-support", "", "", what_support),
    Walk("02-the-law", "", "", the_law),
    Walk("03-apply", "door", "", apply),
    Walk("04-assess", "lasma", "social_assistance", assess),
    Walk("05-check-and-sign", "haralds", "social_assistance", check_and_sign),
    Walk("06-read-a-decision", "decided", "", read_a_decision),
    Walk("07-hear", "austra", "appeal", hear),
    Walk("08-without-a-person", "valdis", "state_benefits", without_a_person),
    Walk("09-register", "", "", register),
    Walk("10-rehearse", "anda", "policy", rehearse),
    Walk("11-pay-a-month", "ilmars", "payments", pay_a_month),
    Walk("12-published-figures", "", "", published_figures),
    Walk("13-annual-report", "", "", annual_report),
)
"""The thirteen, in the order of the README."""


def _cases(page: Page, stage: str) -> list[str]:
    """The addresses of an office's cases in a stage."""
    page.goto(f"/desk/?list=all&stage={stage}")
    return [one.get_attribute("href") or "" for one in page.locator("tbody th a").all()]


def entered(browser: Browser, served: Served, walk: Walk) -> BrowserContext:
    """A browser in which whoever walks is signed in."""
    door = {"door": served.resident_door, "decided": served.decided_door}.get(walk.who)
    if walk.who and door is None:
        return at_work(browser, served, walk.who, walk.purpose, viewport=DESK)
    context = browser.new_context(base_url=served.address, viewport=TELEPHONE if door else DESK,
                                  device_scale_factor=1.5 if door else 1)  # type: ignore[arg-type]  # fmt: skip
    if door:
        page = context.new_page()
        page.goto(door)
        follow(page, "main button")
        page.close()
    return context


def taken(page: Page, top: str) -> bytes:
    """A picture of a page from something on it down, as small as it must be."""
    begins_at = 0.0
    if top:
        box = page.locator(top).first.bounding_box()
        assert box is not None, top
        begins_at = max(box["y"] - 20, 0)
    size = page.viewport_size
    assert size is not None
    whole = page.locator("html").evaluate("root => root.scrollHeight")
    height = min(size["height"], whole - begins_at)
    clip = {"x": 0, "y": begins_at, "width": size["width"], "height": height, "scale": 1}
    session = page.context.new_cdp_session(page)
    for quality in _QUALITIES:
        found = session.send("Page.captureScreenshot", {"format": "webp", "quality": quality, "clip": clip,
                                                        "captureBeyondViewport": True})  # fmt: skip
        content = base64.b64decode(found["data"])
        if len(content) <= MOST_BYTES:
            return content
    raise AssertionError(f"The picture has {len(content)} bytes; at most {MOST_BYTES} are kept in a repository.")


def write(numbers: list[int]) -> None:
    """Take the pictures of walks by their numbers; of all, where none is named."""
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "log") as served,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for number, walk in enumerate(WALKS, 1):
            if numbers and number not in numbers:
                continue
            with entered(browser, served, walk) as context:
                language(context, served, "en")
                page = context.new_page()
                top = walk.look(page)
                page.wait_for_load_state("networkidle")
                content = taken(page, top)
            (FOLDER / f"{walk.name}.webp").write_bytes(content)
            print(f"docs/walks/{walk.name}.webp: {len(content)} bytes")
        browser.close()


if __name__ == "__main__":
    write([int(one) for one in sys.argv[1:]])
