"""Annual reports of HTML as a browser meets them: accessible in both languages, on a telephone, without a network."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Request

from balsts.statistics.report.kept import made
from tests.portal.browsing import NARROW, WITH_CHROMIUM, assert_is_accessible
from tests.statistics.report_reading import written

pytestmark = [WITH_CHROMIUM, pytest.mark.xdist_group("public_browser")]


@pytest.mark.parametrize(("institution", "year", "lang"), [("lm", 2023, "lv"), ("siva", 2021, "en")])
def test_a_report_is_accessible_and_fetches_nothing(
    browser: Browser, tmp_path: Path, institution: str, year: int, lang: str
) -> None:
    report = written(institution, year, lang)
    file = tmp_path / "report.html"
    file.write_bytes(made(report, "html", base=""))
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    with browser.new_context(viewport=NARROW) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.on("request", note)
        page.goto(file.as_uri())
        first = next(one for one in report.cells() if one.sources)
        page.click(f"#c{first.sources[0]}")
        assert page.url.endswith(f"#s{first.sources[0]}")
        page.click(f"#s{first.sources[0]} td a")
        assert page.url.endswith(f"#c{first.sources[0]}")
        # The rows of the list of sources are alike: some of them stand for all, or looking would take half a minute.
        page.evaluate("document.querySelectorAll('.sources tr:nth-child(n+40)').forEach(one => one.remove())")
        assert_is_accessible(page, institution, lang)
        assert page.evaluate("document.fonts.check('16px \"Source Sans 3 Variable\"', 'ā')")
    assert [one for one in asked if not one.startswith(("file:", "data:"))] == []
