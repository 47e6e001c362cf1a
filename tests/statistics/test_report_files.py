"""Annual reports as PDF and HTML: accessible, with all numbers linked, nothing from elsewhere, the same every time."""

from __future__ import annotations

import base64
import hashlib
import re
import threading
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from balsts.figures.book import packaged
from balsts.statistics.report.form import Report
from balsts.statistics.report.html import html_of, policy
from balsts.statistics.report.kept import made, made_once
from balsts.statistics.report.whole import report_of
from tests.documents import reading
from tests.statistics.report_reading import Tags, charts, written

BOTH = (("lm", 2023, "lv"), ("siva", 2021, "en"))


class Typeset:
    """A report and its PDF, which Typst made by the standards it was asked for, or would have refused to make."""

    def __init__(self, report: Report) -> None:
        self.report, self.pdf = report, made(report, "pdf")

    @cached_property
    def tags(self) -> list[reading.Tag]:
        """Its tags, as they are read aloud."""
        return reading.tags(self.pdf)

    @cached_property
    def pages(self) -> list[str]:
        """The words of its pages."""
        return [page.extract_text() for page in reading.read(self.pdf).pages]


@pytest.fixture(scope="module", params=BOTH, ids=lambda one: f"{one[0]}-{one[2]}")
def typeset(request: pytest.FixtureRequest) -> Typeset:
    return Typeset(written(*request.param))


@pytest.fixture(scope="module", params=BOTH, ids=lambda one: f"{one[0]}-{one[2]}")
def page(request: pytest.FixtureRequest) -> tuple[Report, str]:
    """A report and its HTML, as the portal hands it out."""
    report = written(*request.param)
    return report, made(report, "html", base="").decode()


# ------------------------------------------------------------------------------------------- PDF


def test_the_file_claims_to_be_accessible_and_to_be_archived(typeset: Typeset) -> None:
    report, pdf = typeset.report, typeset.pdf
    assert reading.claims(pdf) == {"pdfaid:part": "2", "pdfaid:conformance": "A", "pdfuaid:part": "1"}
    read = reading.read(pdf)
    assert str(read.root_object["/Lang"]) == report.language
    assert read.root_object["/MarkInfo"]["/Marked"]
    assert read.root_object["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read.metadata is not None
    assert (read.metadata.title, read.metadata.author) == (report.title, report.name)


def test_headings_come_in_order_without_a_jump_and_all_are_bookmarks(typeset: Typeset) -> None:
    report = typeset.report
    tags = [tag for tag in typeset.tags if re.fullmatch(r"H\d", tag.kind)]
    levels = [int(tag.kind[1]) for tag in tags]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    named = [tag.element.get("/T") for tag in tags]
    for chapter in report.chapters:
        assert chapter.heading in named
        assert all(section.heading in named for section in chapter.sections)
    assert [one["/Title"] for one in flat(reading.read(typeset.pdf).outline)] == named


def flat(outline: Sequence[Any]) -> list[dict[str, str]]:
    """The entries of an outline, as they are read."""
    found: list[dict[str, str]] = []
    for one in outline:
        found += flat(one) if isinstance(one, list) else [one]
    return found


def test_tables_have_captions_headers_of_columns_and_cells(typeset: Typeset) -> None:
    report, tags = typeset.report, typeset.tags
    kinds = Counter(tag.kind for tag in tags)
    tables = list(report.tables())
    assert kinds["Table"] == kinds["THead"] == len(tables) + 1  # and the list of sources
    assert kinds["TH"] == sum(len(one.columns) for one in tables) + 4
    assert {str(tag.attribute("/Scope")) for tag in tags if tag.kind == "TH"} == {"/Column"}
    cells = sum(len(row.cells) for table in tables for row in table.rows) + 4 * len(report.sources)
    assert kinds["TD"] == cells


def test_every_picture_says_what_it_shows(typeset: Typeset) -> None:
    report = typeset.report
    told = [tag.element.get("/Alt") for tag in typeset.tags if tag.kind == "Figure"]
    assert told == ["Balsts", *(f"{one.caption}. {one.about}" for one in charts(report))]


def test_every_number_leads_to_its_source(typeset: Typeset) -> None:
    report = typeset.report
    links = Counter(place_of(one) for page in reading.read(typeset.pdf).pages for one in page.get("/Annots", ()))
    expected = sum(len(one.sources) if one.is_computed else 1 for one in report.cells() if one.sources)
    # Besides, the contents lead to chapters; a number that is broken over two lines is two links.
    assert sum(links.values()) >= expected
    assert len(links) >= len({at for one in report.cells() for at in one.sources})
    # A hyphen and the sign of a divided word are one drawing in the font, and read alike.
    words = re.sub(r"[\s\u00ad-]", "", "".join(typeset.pages))
    assert all(source.code.replace("-", "") in words for source in report.sources)


def place_of(annotation: Any) -> str:
    """Where a link leads."""
    found = annotation.get_object()
    return str(found.get("/Dest") or found["/A"].get_object().get("/D"))


def test_pages_are_numbered_and_the_numbers_are_not_read_aloud(typeset: Typeset) -> None:
    report, pages = typeset.report, typeset.pages
    said = "{page}. lapa no {pages}" if report.language == "lv" else "Page {page} of {pages}"
    for number, one in enumerate(pages, 1):
        assert (said.format(page=number, pages=len(pages)) in one) == (number > 1)
    contents = reading.read(typeset.pdf).pages[1].get_contents()
    assert contents is not None
    assert b"/Subtype/Footer" in contents.get_data()


def test_the_same_figures_give_the_same_bytes(typeset: Typeset) -> None:
    if typeset.report.institution == "siva":  # the shorter one is enough
        assert made(report_of(packaged(), "siva", 2021, "en"), "pdf") == typeset.pdf


# ------------------------------------------------------------------------------------------- HTML


def test_the_same_figures_give_the_same_page(page: tuple[Report, str]) -> None:
    report, html = page
    again = report_of(packaged(), report.institution, report.year, report.language)
    assert made(again, "html", base="").decode() == html


def test_nothing_is_fetched_and_nothing_runs(page: tuple[Report, str]) -> None:
    _, html = page
    tags = Tags(html)
    assert {name for name, _ in tags.tags} & {"script", "link", "img", "iframe", "object", "embed", "form"} == set()
    assert not [name for _, attributes in tags.tags for name in attributes if name.startswith("on") or name == "style"]
    assert set(re.findall(r"url\(\W?(\w+:|#|//)", html)) <= {"data:", "#"}
    assert {one["href"][0] for one in tags.named("a")} <= {"#", "/"}
    (inside,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    assert base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode() in policy()
    assert "script-src" not in policy()
    assert policy().startswith("default-src 'none'")


def test_every_link_inside_leads_somewhere_and_names_are_given_once(page: tuple[Report, str]) -> None:
    report, html = page
    tags = Tags(html)
    names = [attributes["id"] for _, attributes in tags.tags if "id" in attributes]
    assert len(names) == len(set(names))
    inside = [one["href"][1:] for one in tags.named("a") if one["href"].startswith("#")]
    assert set(inside) <= set(names)
    assert {f"s{one.number}" for one in report.sources} <= set(inside)
    rows = {one["href"] for one in tags.named("a") if one["href"].startswith("/")}
    assert rows == {one.address for one in report.sources}


def test_headings_and_tables_of_the_page_are_those_of_the_report(page: tuple[Report, str]) -> None:
    report, html = page
    levels = [int(name[1]) for name, _ in Tags(html).tags if re.fullmatch(r"h\d", name)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    captions = [unescape(one) for one in re.findall(r"<caption[^>]*>([^<]*)</caption>", html)]
    assert len(captions) == len(list(report.tables())) + 1
    for caption, table in zip(captions, report.tables(), strict=False):
        assert table.caption in caption
    assert html.count("<figure>") == len(charts(report))
    assert f'<html lang="{report.language}">' in html


def test_without_a_portal_rows_are_named_and_not_linked() -> None:
    report = written("siva", 2021, "lv")
    drawings = {one.number: "<svg/>" for one in charts(report)}
    alone, linked = html_of(report, drawings), html_of(report, drawings, "https://portal.example")
    assert "/statistics/tables/siva/" not in "".join(one.get("href", "") for one in Tags(alone).named("a"))
    assert report.sources[0].code in alone
    assert f'href="https://portal.example{report.sources[0].address}"' in linked


# ------------------------------------------------------------------------------------------- kept


def test_twenty_who_ask_at_once_make_it_once(tmp_path: Path) -> None:
    began, made_by = threading.Barrier(20), []

    def make() -> bytes:
        made_by.append(threading.get_ident())
        return b"report"

    def ask() -> None:
        began.wait()
        got.append(made_once(tmp_path / "reports", "lm-2023-lv.pdf", "mark", make))

    got: list[bytes] = []
    threads = [threading.Thread(target=ask) for _ in range(20)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert got == [b"report"] * 20
    assert len(made_by) == 1


def test_other_figures_make_it_anew_and_the_old_file_goes(tmp_path: Path) -> None:
    assert made_once(tmp_path, "lm-2023-lv.pdf", "a", lambda: b"old") == b"old"
    assert made_once(tmp_path, "lm-2023-en.pdf", "a", lambda: b"other") == b"other"
    assert made_once(tmp_path, "lm-2023-lv.pdf", "b", lambda: b"new") == b"new"
    assert sorted(one.name for one in tmp_path.glob("*.pdf")) == ["lm-2023-en-a.pdf", "lm-2023-lv-b.pdf"]


def test_a_report_that_cannot_be_made_leaves_no_file(tmp_path: Path) -> None:
    def fail() -> bytes:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        made_once(tmp_path, "lm-2023-lv.pdf", "a", fail)
    assert list(tmp_path.glob("*.pdf")) == []
    assert made_once(tmp_path, "lm-2023-lv.pdf", "a", lambda: b"now") == b"now"
