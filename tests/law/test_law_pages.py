"""The law pages: current, the same every time, with links that lead somewhere and charts that say what they show."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from balsts.law.engine.errors import InputError
from balsts.law.engine.pages.charts import Series, Step, step_chart
from balsts.law.engine.pages.flowchart import flowchart
from balsts.law.engine.pages.markdown import plain, slug
from balsts.law.engine.pages.pages import pages, stale, write
from balsts.law.latvia import latvia
from tests.law.small_country import small_country
from tests.law.tiny_law import tiny_law

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def latvian() -> dict[str, str]:
    return pages(latvia())


@pytest.fixture(scope="module")
def small() -> dict[str, str]:
    return pages(small_country())


def test_the_pages_in_docs_are_current(latvian: dict[str, str]) -> None:
    changed = stale(ROOT / "docs" / "law", latvian)
    assert not changed, f"write them again with make lawpages: {', '.join(changed)}"


def test_the_pages_are_the_same_every_time(small: dict[str, str]) -> None:
    assert pages(small_country()) == small


def test_every_folder_has_a_page_that_the_index_leads_to(small: dict[str, str]) -> None:
    assert {"family_grant.md", "persons.md", "rent_help.md", "state_pension.md", "index.md", "changes.md"} <= set(small)
    for page in small:
        assert page == "index.md" or page.startswith("charts/") or f"({page}" in small["index.md"]


@pytest.mark.parametrize("which", ["small", "latvian"])
def test_links_within_the_pages_lead_to_a_heading(which: str, request: pytest.FixtureRequest) -> None:
    files: dict[str, str] = request.getfixturevalue(which)
    headings = {
        page: {slug(line.lstrip("# ").replace("`", "")) for line in text.splitlines() if line.startswith("#")}
        for page, text in files.items()
    }
    wrong = []
    for page, text in files.items():
        for address in re.findall(r"\]\(([^)\s]+)[^)]*\)", text):
            if re.match(r"[a-z]+:", address):
                continue
            target, _, anchor = address.partition("#")
            target = target or page
            if target not in files or (anchor and anchor not in headings[target]):
                wrong.append(f"{page}: {address}")
    assert not wrong, "\n".join(wrong)


def test_a_page_tells_a_rule_with_its_wordings_terms_and_tests(small: dict[str, str]) -> None:
    page = small["family_grant.md"]
    assert "# Family grant\n\n*Ģimenes grants*\n" in page
    assert "### From 2019-01-01 until 2022-01-01\n" in page
    assert '[GA 3](https://law.example/grants "Grantu likums")' in page
    assert "A right of a family, paid by state, a month, in the month it is for" in page
    assert "    return children_paid * family_grant_per_child.at(children_paid)\n```" in page
    assert "| 2021-06 | 45.00 | two children under the first wording | worked by hand, 2 x 22.50 |" in page
    assert "How many members of the family fulfil [`is_grant_child`](#is_grant_child)." in page
    assert "Needed by: [`children_paid`](#children_paid)" in page


def test_a_page_tells_a_parameter_with_its_values_and_questions(small: dict[str, str]) -> None:
    page = small["family_grant.md"]
    act = "Act of 20 April 2022<br>*2022. gada 20. aprīļa likums*"
    assert f"| 2022-03-01 | 1: 12.00<br>2: 24.00<br>3: 48.00 | {act} (known from 2022-04-20) |" in page
    source = '[GA](https://law.example/grants/print "the Grants Act as printed")'
    assert f"| 2023-01-01 | unknown | none found<br>*nav atrasts* | **unknown** | {source} |" in page
    assert "> **Open, from 2023-01-01:** What is the amount in 2023?\n>\n> Kāda ir summa 2023. gadā?" in page
    assert "(charts/family_grant.per_child.svg)" in page


def test_what_changes_when_is_told_the_last_first(small: dict[str, str]) -> None:
    page = small["changes.md"]
    days = re.findall(r"^## (.*)$", page, flags=re.MULTILINE)
    assert days == sorted(days, reverse=True)
    assert "## 2024-01-01\n\n- [`family_grant.ward`](family_grant.md#family_grantward): 60.00\n" in page


# ------------------------------------------------------------------------------------------- graph and charts


def test_a_graph_shows_what_a_right_needs() -> None:
    lines = "\n".join(flowchart(small_country(), "family_grant"))
    ids = {name: one for one, name in re.findall(r"^  (n\d+)\W+\"[^\"]*<br/>([\w.]+)\"", lines, flags=re.MULTILINE)}
    assert f"  {ids['children_paid']} --> {ids['family_grant']}\n" in lines
    assert f"  {ids['is_grant_child']} --> {ids['children_paid']}\n" in lines
    assert f"  {ids['family_grant.per_child']} --> {ids['family_grant']}\n" in lines
    assert f"class {ids['age']} outside" in lines


def test_a_graph_names_counted_rights_as_one() -> None:
    assert "all rights that count as income" in "\n".join(flowchart(small_country(), "rent_help"))


@pytest.mark.parametrize("which", ["small", "latvian"])
def test_charts_are_svg_that_says_in_words_what_it_shows(which: str, request: pytest.FixtureRequest) -> None:
    files: dict[str, str] = request.getfixturevalue(which)
    charts = {page: ElementTree.fromstring(text) for page, text in files.items() if page.endswith(".svg")}
    assert charts
    for page, root in charts.items():
        assert root.get("role") == "img", page
        assert root.find(f"{SVG}title") is not None, page
        description = root.find(f"{SVG}desc")
        assert description is not None, page
        assert "from 20" in (description.text or "") or "from 19" in (description.text or ""), page
        assert root.findall(f"{SVG}path"), page


def test_a_line_breaks_where_there_is_no_value(small: dict[str, str]) -> None:
    root = ElementTree.fromstring(small["charts/family_grant.ward.svg"])
    line = root.findall(f"{SVG}path")[0].get("d") or ""
    assert line.count("M") == 2, line
    description = root.find(f"{SVG}desc")
    assert description is not None
    assert description.text == "from 2021-01-01 50.00, from 2023-01-01 unknown, from 2024-01-01 60.00."


def test_lines_are_told_apart_without_colour() -> None:
    first, last = date(2020, 1, 1), date(2024, 1, 1)
    series = [Series(f"row {n}", (Step(first, 100 * n, f"{n}.00"),)) for n in range(8)]
    root = ElementTree.fromstring(step_chart("Rows", series, first, last, 100))
    looks = {(path.get("class"), path.get("stroke-dasharray")) for path in root.findall(f"{SVG}path")}
    assert len(looks) == 8
    labels = [text for text in root.findall(f"{SVG}text") if (text.get("class") or "").startswith("t")]
    places = sorted(float(text.get("y") or 0) for text in labels)
    assert all(lower - upper >= 13 for upper, lower in pairwise(places))


def test_a_value_that_never_changed_needs_no_chart(small: dict[str, str]) -> None:
    assert "charts/rent_help.limit.svg" not in small


def test_markup_in_a_text_stays_text() -> None:
    assert plain("a | b *c* <d> [e]\n f_g") == r"a \| b \*c\* \<d\> \[e\] f\_g"


# ------------------------------------------------------------------------------------------- writing and checking


def test_pages_are_written_checked_and_tidied(tmp_path: Path) -> None:
    expected = pages(tiny_law(tmp_path))
    out = tmp_path / "pages"
    assert stale(out, expected) == sorted(expected)
    write(out, expected)
    assert stale(out, expected) == []
    (out / "tiny.md").write_text("changed", encoding="utf-8")
    (out / "old.md").write_text((out / "index.md").read_text(encoding="utf-8"), encoding="utf-8")
    (out / "own.md").write_text("# A page of somebody's own\n", encoding="utf-8")
    assert stale(out, expected) == ["old.md", "tiny.md"]
    write(out, expected)
    assert stale(out, expected) == []
    assert not (out / "old.md").exists()
    assert (out / "own.md").exists()


def test_pages_that_cannot_be_written_are_an_error_of_the_user(tmp_path: Path) -> None:
    (tmp_path / "pages").write_text("a file", encoding="utf-8")
    with pytest.raises(InputError, match="the pages cannot be written"):
        write(tmp_path / "pages", {"index.md": "text"})
