"""Pages of published figures: every figure is on a page as its file has it, and contradictions stand with it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from balsts.figures import current
from balsts.figures.book import Book, packaged
from balsts.figures.datasets import DATASETS
from balsts.figures.findings import Finding
from balsts.figures.rows import Row
from balsts.portal.statistics import pictures
from balsts.portal.statistics.comparing import compared
from balsts.portal.statistics.dashboard import _dashboard
from balsts.portal.statistics.row_page import row_page
from balsts.portal.statistics.search import Asked, rows_found
from balsts.portal.statistics.words import figure_text, printed_name

pytestmark = pytest.mark.django_db
_TILE = re.compile(r'<div id="figure-(\w+)"><dt>[^<]*</dt><dd>([^<]*) <span')


def women_and_men() -> Finding:
    """The contradiction in the recipients of the family state benefit."""
    row = a_row("indicators", source_line="237")
    (found,) = packaged().findings_of_row(row)
    return found


def text(address: str, lang: str = "en", status: int = 200) -> str:
    response = Client().get(address, headers={"accept-language": lang})
    assert response.status_code == status, address
    return response.content.decode()


def printed(table: str) -> list[dict[str, str]]:
    """A file as it lies in the product, read without the product's own reading."""
    with DATASETS[table].path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def as_printed(shown: str, lang: str) -> str:
    """A figure of a page as the file has it."""
    grouping, point = ("\xa0", ",") if lang == "lv" else (",", ".")
    return shown.replace(grouping, "").replace(point, ".").replace("−", "-")


def row_address(row: Row) -> str:
    return f"/statistics/tables/{row.dataset}/{row.key}/"


def a_row(_table: str, **cells: str) -> Row:
    key = cells.pop("_key", "")
    return next(one for one in packaged().rows(_table) if key in ("", one.key)
                and all(one[name] == text for name, text in cells.items()))  # fmt: skip


def test_every_row_of_every_file_is_linked_from_the_pages_of_its_table() -> None:
    for table in DATASETS:
        linked: list[str] = []
        for page in range(1, (len(printed(table)) - 1) // 50 + 2):
            linked += re.findall(rf'href="/statistics/tables/{table}/([0-9a-f]{{10}})/"',
                                 text(f"/statistics/tables/{table}/?page={page}"))  # fmt: skip
        assert linked == [row.key for row in packaged().rows(table)]
        assert len(linked) == len(printed(table))


def test_every_figure_of_every_file_stands_on_its_page_as_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "_bars", lambda *_: "")  # that they are drawn is looked at below
    seen = 0
    for table, declared in DATASETS.items():
        for place, cells in enumerate(printed(table)):
            row, lang = packaged().rows(table)[place], ("lv", "en")[place % 2]
            page = content(row, lang)
            shown = {column: as_printed(unescape(found), lang) for column, found in _TILE.findall(page)}
            assert shown == {one: cells[one] for one in declared.units if cells[one]}, (table, place)
            if cells.get("value_text") and lang == "lv":
                assert cells["value_text"] in unescape(page)
            if cells.get("source_line"):
                assert f">{cells['source_line']}</dd>" in page
            if place % 50 == 0:
                assert page in text(row_address(row), lang)
            seen += len(shown)
    assert seen == sum(1 for table, declared in DATASETS.items() for cells in printed(table)
                       for one in declared.units if cells[one])  # fmt: skip


def content(row: Row, lang: str) -> str:
    """What the page of a row says, without what stands around it."""
    with translation.override(lang):
        return row_page(packaged(), row.dataset, row.key, ("", ""), "http://testserver/").content


def test_what_a_row_is_about_stands_on_its_page_in_full() -> None:
    for table in DATASETS:
        row = packaged().rows(table)[len(packaged().rows(table)) // 2]
        page = unescape(text(row_address(row), "lv"))
        for column in row.table.dimensions:
            if column.kind == "text" and row[column.name] not in ("", "income", "expenditure"):
                assert row[column.name] in page or column.name == "unit", (table, column.name)


@pytest.mark.parametrize(("printed", "lv", "en"), [
    ("0", "0", "0"), ("1067474955", "1\xa0067\xa0474\xa0955", "1,067,474,955"), ("-228462", "−228\xa0462", "−228,462"),
    ("85.0", "85,0", "85.0"), ("-0.30", "−0,30", "−0.30"), ("1234.567890", "1\xa0234,567890", "1,234.567890"),
])  # fmt: skip
def test_a_figure_keeps_its_digits_and_is_written_as_the_language_writes(printed: str, lv: str, en: str) -> None:
    assert (figure_text(printed, "lv"), figure_text(printed, "en")) == (lv, en)


def test_contradictions_stand_on_the_page_of_each_figure_and_wherever_it_is_listed() -> None:
    row, finding = a_row("indicators", source_line="237"), women_and_men()
    page = text(row_address(row))
    assert page.count("≠ </span>contradiction</strong>") == 3
    for told in ("344,899", "344,908", "−9", finding.en, "(000:237)"):
        assert told in page
    for address in ("/statistics/find/?q=gimenes+valsts+pabalsta+sanemeji", "/statistics/tables/indicators/",
                    f"/statistics/embed/indicators/{row.key}/"):  # fmt: skip
        assert "contradiction</strong>" in text(address), address


def test_tables_tell_how_many_contradictions_are_in_them_and_show_their_rows() -> None:
    page = text("/statistics/tables/")
    for table in DATASETS:
        rows = [row for row in packaged().rows(table) if packaged().findings_of_row(row)]
        found = {one for row in rows for one in packaged().findings_of_row(row)}
        linked = f'/statistics/tables/{table}/?contradictions=1"><span aria-hidden="true">≠ </span>{len(found)}</a>'
        assert (linked in page) is bool(found), table
        if rows:
            listed = text(f"/statistics/tables/{table}/?contradictions=1")
            assert len(rows) == listed.count('<th scope="row"')
            assert listed.count("contradiction</strong>") >= len(rows)


@pytest.mark.parametrize("day", range(1, 31, 7))
def test_the_first_page_shows_a_contradiction_of_the_day_with_both_values_and_its_place(day: int) -> None:
    today = date(2026, 11, day)
    with translation.override("en"):
        page = unescape(_dashboard(packaged(), today).content)
    finding = packaged().findings[today.toordinal() % len(packaged().findings)]
    figure = packaged().figure(finding.figure)
    assert figure is not None
    assert finding.en in page
    for told in (figure_text(f"{finding.printed:f}", "en"), figure_text(f"{finding.computed:f}", "en")):
        assert f'<span class="balsts-amount">{told}</span>' in page
    assert row_address(figure.row) in page
    assert figure.row.document is not None
    assert f"({figure.row.document.code}:{figure.row.line})" in page


def test_the_first_page_counts_what_there_is() -> None:
    page = text("/statistics/")
    figures = sum(bool(cells[one]) for table, declared in DATASETS.items() for cells in printed(table)
                  for one in declared.units)  # fmt: skip
    for number in (len(DATASETS), figures, len(packaged().tried), len(packaged().findings)):
        assert f"<dd>{number:,}</dd>" in page
    assert page.count("balsts-chart") == 5


def test_contradictions_are_listed_by_relation_and_document() -> None:
    number, document = len(packaged().findings), a_row("indicators", source_line="237")["source_file"]
    assert f"{number} contradictions<" in text("/statistics/findings/")
    some = text(f"/statistics/findings/?relation=women-and-men&document={document}")
    assert women_and_men().en in unescape(some)
    assert f"{sum(one.relation == 'women-and-men' for one in packaged().findings)} contradictions of {number}" in some
    for asked in ("relation=none", "document=none.txt"):
        page = text(f"/statistics/findings/?{asked}")
        assert f"0 contradictions of {number}" in page
        assert "No contradiction fits." in page


def test_every_contradiction_is_listed_and_stands_on_the_pages_of_all_its_figures() -> None:
    listed = "".join(unescape(text(f"/statistics/findings/?page={page}", "lv")) for page in (1, 2, 3))
    assert packaged().findings
    for finding in packaged().findings:
        assert finding.lv in listed
        for code in (finding.figure, *finding.others):
            table, key, _column = code.split("/")
            assert finding.lv in unescape(content(a_row(table, _key=key), "lv")), code


def test_a_row_shows_women_and_men_plan_and_execution_and_its_history_as_charts_with_tables() -> None:
    page = text(row_address(a_row("indicators", source_line="237")))
    assert page.count("<svg") == page.count("balsts-chart") + 1 == 2  # and the mark of the header
    page = text(row_address(a_row("budget-execution", table="001_annex1", line_code="2", year="2023")), "lv")
    assert page.count("balsts-chart") == 2
    assert "Plāns un izpilde" in page
    assert "1\xa0153\xa0193\xa0886" in page.split("<h2", 3)[3].split("</table>")[0]
    assert "balsts-chart" not in text(row_address(packaged().rows("amounts")[0]))


def test_sums_of_many_digits_are_drawn_in_millions_with_the_figures_as_printed() -> None:
    row = a_row("budget-execution", table="001_annex1", line_code="2", year="2023")
    with translation.override("en"):
        svg = pictures.plan_and_execution(row)
    assert "1,067,474,955" in svg
    assert "millions, EUR" in svg


def test_two_periods_are_compared_exactly() -> None:
    row = a_row("budget-execution", table="001_annex1", line_code="2", year="2023")
    page = text(f"{row_address(row)}?from=2022&to=2023")
    assert "−85,718,931" in page  # 1 067 474 955 − 1 153 193 886
    assert "−7.4%" in page
    assert "+85,718,931" in text(f"{row_address(row)}?from=2023&to=2022")
    series = packaged().series("budget-execution", row.series)
    assert compared(series, "2022", "2022", "en") is None
    assert 'id="compared"' not in text(f"{row_address(row)}?from=1999&to=<b>")


def test_changes_of_percents_have_no_percent_of_their_own() -> None:
    series = packaged().series("budget-execution", a_row("budget-execution", table="001_summary", year="2023",
                                                         line="expenditure", budget="basic").series)  # fmt: skip
    found = compared(series, "2021", "2023", "lv")
    assert found is not None
    assert {one.heading: (one.difference, one.percent) for one in found.differences} == {
        "Izpilde": ("−121,8", "−10,2 %"), "Procenti, kā publicēts": ("+0,3", ""),
    }  # fmt: skip


@pytest.mark.parametrize("words", ["Ģimenes valsts pabalsta saņēmēji", "gimenes valsts pabalsta sanemeji",
                                   "SANEMEJI  gimenes"])  # fmt: skip
def test_words_are_found_with_and_without_diacritics(words: str) -> None:
    found = rows_found(packaged(), Asked(words))
    assert a_row("indicators", source_line="237") in found


def test_codes_and_titles_of_tables_are_found_too_and_names_come_first() -> None:
    assert all(row["programme_code"] == "04.05.00" for row in rows_found(packaged(), Asked("04.05.00")))
    assert {row.dataset for row in rows_found(packaged(), Asked("medium-term"))} == {"budget-frame"}
    first = rows_found(packaged(), Asked("pamatbudžets"))[0]
    assert "pamatbudžets" in printed_name(first).casefold()
    assert rows_found(packaged(), Asked("nekas tāds")) == []


@pytest.mark.parametrize("column", ["indicator_kind", "policy_area", "programme_code", "year", "unit"])
def test_filters_leave_exactly_the_rows_of_the_file_that_fit(column: str) -> None:
    for wanted in {row[column] for row in printed("indicators")} - {""}:
        found = rows_found(packaged(), Asked(table="indicators", where=((column, wanted),)))
        assert [row["row_id"] for row in found] == [row["row_id"] for row in printed("indicators")
                                                   if row[column] == wanted]  # fmt: skip


def test_a_page_says_how_many_rows_fit_and_lists_them_in_pages() -> None:
    number = sum(row["indicator_kind"] == "DRR" for row in printed("indicators"))
    first = text("/statistics/tables/indicators/?indicator_kind=DRR")
    assert f"{number} rows of 287" in first
    assert "?indicator_kind=DRR&amp;page=2" in first
    last = text(f"/statistics/tables/indicators/?indicator_kind=DRR&page={number // 50 + 1}")
    assert last.count('<tr class="govuk-table__row">') == number % 50
    assert "0 rows of 287" in text("/statistics/tables/indicators/?indicator_kind=none")
    found = text("/statistics/find/?table=siva&period=2020&q=a")
    assert f"{len(rows_found(packaged(), Asked('a', 'siva', (('period', '2020'),))))} rows found" in found
    assert "<h2" not in text("/statistics/find/").split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 40, "²"])
def test_a_page_that_there_is_not_is_the_nearest_that_there_is(page: str) -> None:
    assert "Page " in text(f"/statistics/tables/indicators/?page={page}")


def test_what_is_typed_is_shown_and_never_taken_for_a_page() -> None:
    for address in ("/statistics/find/?q=<script>alert(1)</script>", "/statistics/tables/siva/?section=<script>",
                    "/statistics/findings/?relation=<script>"):  # fmt: skip
        assert "<script" not in text(address)


@pytest.mark.parametrize("lang", ["lv", "en"])
def test_pages_are_of_one_language_and_mark_what_the_documents_say_in_latvian(lang: str) -> None:
    for address in pages():
        page = text(address, lang)
        assert f'<html class="govuk-template" lang="{lang}">' in page
        marked = set(re.findall(r'<(?:span|option)[^>]* lang="(\w+)"', page))
        assert marked <= ({"lv"} if lang == "en" else {"en", "lv"}), address


def pages() -> Iterator[str]:
    yield from ("/statistics/", "/statistics/find/?q=a", "/statistics/findings/", "/statistics/tables/")
    for table in DATASETS:
        yield f"/statistics/tables/{table}/"
        yield row_address(packaged().rows(table)[0])
    yield f"/statistics/embed/siva/{packaged().rows('siva')[0].key}/"


def test_links_of_pages_lead_somewhere() -> None:
    tried: set[str] = set()
    for address in pages():
        for link in re.findall(r'href="(/statistics/[^"#]*)"', text(address)):
            tried.add(unescape(link))
    sample = sorted(tried)[:: max(1, len(tried) // 40)]
    for link in sample:
        assert Client().get(link).status_code == 200, link


@pytest.mark.parametrize("address", ["/statistics/tables/none/", "/statistics/tables/none/0123456789/",
                                     "/statistics/tables/siva/0123456789/", "/statistics/embed/siva/0123456789/",
                                     "/statistics/tables/none.csv", "/statistics/tables/siva.ods"])  # fmt: skip
def test_what_is_not_published_has_no_page(address: str) -> None:
    assert Client().get(address).status_code == 404


def test_only_what_is_made_for_it_may_stand_in_a_frame_of_others() -> None:
    row = packaged().rows("siva")[0]
    embedded = Client().get(f"/statistics/embed/siva/{row.key}/?lang=en", headers={"accept-language": "lv"})
    assert "frame-ancestors *" in embedded.headers["Content-Security-Policy"]
    assert "script-src" not in embedded.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in embedded.headers
    assert 'lang="en"' in embedded.content.decode()
    assert not embedded.cookies
    page = Client().get(row_address(row))
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"
    assert f"/statistics/embed/siva/{row.key}/" in page.content.decode()


def test_what_is_kept_of_a_page_holds_nothing_of_a_visitor() -> None:
    tokens = {re.findall(r'csrfmiddlewaretoken" value="(\w+)"', text("/statistics/"))[0] for _ in range(2)}
    assert len(tokens) == 2


def test_a_new_book_makes_new_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    before = text("/statistics/findings/")
    without = Book({table: packaged().rows(table) for table in DATASETS}, [])
    monkeypatch.setattr(current, "book", lambda: without)
    assert f"{len(packaged().findings)} contradictions<" in before
    assert "0 contradictions<" in text("/statistics/findings/")


def test_an_empty_book_has_pages_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(current, "book", lambda: Book({}, ()))
    for address in ("/statistics/", "/statistics/tables/", "/statistics/tables/siva/", "/statistics/find/?q=a",
                    "/statistics/findings/", "/statistics/tables/siva.parquet"):  # fmt: skip
        assert Client().get(address).status_code == 200


def test_the_way_to_the_figures_stands_on_the_first_page_and_below_every_page() -> None:
    assert text("/").count(f'href="{reverse("statistics")}"') == 3
    assert f'href="{reverse("statistics")}"' in text("/law/")
