"""Annual reports: every number is the one in the files, has its source, and none is left out, in both languages."""

from __future__ import annotations

import csv
import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from balsts.figures.book import Book, packaged
from balsts.figures.datasets import DATASETS
from balsts.figures.english import worded
from balsts.figures.reading import read
from balsts.law.engine.errors import InputError
from balsts.statistics.report.form import Table, cells_of
from balsts.statistics.report.institutions import available
from balsts.statistics.report.numbers import shown
from balsts.statistics.report.whole import identity, report_of
from tests.statistics.report_reading import (
    LANGUAGES,
    REPORTS,
    charts,
    number,
    printed,
    shown_numbers,
    source_cell,
    written,
)

EACH = [(institution, year, lang) for institution, year in REPORTS for lang in LANGUAGES]
_FIGURES = {table: tuple(DATASETS[table].units) for table in DATASETS}


def filled(table: str, row: dict[str, str]) -> int:
    """How many figures a row of a file has."""
    return sum(1 for column in _FIGURES[table] if row[column])


# ------------------------------------------------------------------------------------------- numbers


@pytest.mark.parametrize(("institution", "year", "lang"), EACH)
def test_every_number_is_the_one_in_the_file(institution: str, year: int, lang: str) -> None:
    report = written(institution, year, lang)
    for cell in shown_numbers(report):
        if not cell.is_computed:
            (at,) = cell.sources
            source = report.sources[at - 1]
            assert cell.text == source.value
            assert number(cell.text, lang) == Decimal(source_cell(source.code)), source


@pytest.mark.parametrize(("institution", "year", "lang"), EACH)
def test_every_source_names_the_line_of_the_file(institution: str, year: int, lang: str) -> None:
    report = written(institution, year, lang)
    assert [one.number for one in report.sources] == list(range(1, len(report.sources) + 1))
    documents = dict(report.documents)
    for one in report.sources:
        table, key, column = one.code.split("/")
        row = packaged().row(table, key)
        assert row is not None
        cells = printed(table)[row.number - 2]
        side = "planned" if column == "planned" else "achieved"
        line = cells["source_line"] if "source_line" in cells else cells[f"source_line_{side}"]
        assert one.place == (f"{line}. rinda" if lang == "lv" else f"line {line}")
        assert cells["source_file"].startswith(f"{one.document}_")
        assert one.document in documents
        assert one.address == f"/statistics/tables/{table}/{key}/"


@pytest.mark.parametrize(("institution", "year", "lang"), EACH)
def test_no_number_stands_in_a_column_of_numbers_without_a_source(institution: str, year: int, lang: str) -> None:
    for table in written(institution, year, lang).tables():
        for row in (one for one in table.rows if one.kind != "group"):
            for column, pieces in zip(table.columns, row.cells, strict=True):
                if column.is_number:
                    bare = "".join(one.text for one in pieces if not one.sources)
                    # A composite value of a document, such as 12/0, has signs and words around its numbers.
                    assert not re.search(r"\d", bare), (table.caption, bare)


def test_the_ministrys_report_of_2023_leaves_no_figure_out() -> None:
    expected = sum(
        filled("budget-execution", one) for one in printed("budget-execution") if one["institution"] == "LM"
    )  # the years before are printed beside
    for table in ("priority-measures", "public-services", "strategy", "report-figures"):
        expected += sum(filled(table, one) for one in printed(table))
    plan = [one for one in printed("recovery-plan") if one["source_file"].startswith("001")]
    expected += sum(filled("recovery-plan", one) for one in plan)
    expected += sum(filled("amounts", one) for one in printed("amounts") if one["source_file"].startswith("001"))
    assert len(written("lm", 2023, "lv").sources) == expected


def test_the_agencys_report_of_2021_leaves_no_figure_out() -> None:
    expected = sum(filled("siva", one) for one in printed("siva"))
    expected += sum(
        filled("budget-execution", one) for one in printed("budget-execution") if one["institution"] == "SIVA"
    )
    assert len(written("siva", 2021, "lv").sources) == expected


def test_the_ministrys_report_of_2020_leaves_no_indicator_and_no_fund_out() -> None:
    expected = sum(
        filled(table, one) for table in ("indicators", "eu-funds", "eu-funds-targets") for one in printed(table)
    )
    assert len(written("lm", 2020, "lv").sources) == expected


@pytest.mark.parametrize(("institution", "year", "document"), [("lm", 2023, "001"), ("siva", 2021, "003")])
def test_what_the_documents_say_in_words_is_told_with_its_line(institution: str, year: int, document: str) -> None:
    said = "".join(one.text for one in written(institution, year, "lv").cells())
    named = {"audits": "audit", "research": "research", "eu-projects": "project", "strategy-evidence": "evidence"}
    for table, column in named.items():
        for row in (one for one in printed(table) if one["source_file"].startswith(document)):
            if row.get("institution", "LM") == institution.upper():
                assert f"{worded(row[column], 'lv')} ({document}, {row['source_line']}. rinda)" in said


def test_what_is_computed_is_computed_of_its_two_sources() -> None:
    report = written("lm", 2023, "lv")
    computed = [one for one in report.cells() if one.is_computed]
    assert len(computed) > 20
    for cell in computed:
        part, whole = (Decimal(source_cell(report.sources[at - 1].code)) for at in cell.sources)
        share = (part * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
        assert number(cell.text, "lv") == share


@pytest.mark.parametrize(("institution", "year"), REPORTS)
def test_charts_draw_numbers_of_the_table_they_name(institution: str, year: int) -> None:
    report = written(institution, year, "lv")
    tables = {one.number: one for one in report.tables()}
    assert charts(report)
    for chart in charts(report):
        there = numbers_of(tables[chart.table])
        units = {1, 1_000, 1_000_000}
        for _, values in chart.series:
            for value in (one for one in values if one is not None):
                # Some charts add up a row or a column; the rest are numbers of the table, in thousands or millions.
                assert any(value * unit in there for unit in units) or is_a_sum(value, there, units), (
                    chart.caption,
                    value,
                )


def numbers_of(table: Table) -> set[Decimal]:
    return {number(one.text, "lv") for one in cells_of(table) if one.sources}


def is_a_sum(value: Decimal, there: set[Decimal], units: set[int]) -> bool:
    """Whether it is two numbers of a table added up, as measures of both budgets; or cases by channel, all services."""
    return any(value * unit - one in there for unit in units for one in there) or value in channel_sums()


def channel_sums() -> set[Decimal]:
    rows = [one for one in printed("public-services") if (one["measure"], one["stage"]) == ("applications", "finished")]
    return {
        sum((Decimal(one["value"]) for one in rows if one["channel"] == channel), Decimal(0))
        for channel in ("in_person", "post", "electronic", "phone")
    }


@pytest.mark.parametrize(("text", "lv", "en"), [
    ("-1234.50", "−1\u00a0234,50", "−1,234.50"), ("0", "0", "0"), ("239.30", "239,30", "239.30"),
    ("1153310820", "1\u00a0153\u00a0310\u00a0820", "1,153,310,820"),
])  # fmt: skip
def test_numbers_keep_the_digits_they_were_printed_with(text: str, lv: str, en: str) -> None:
    assert (shown(text, "lv"), shown(text, "en")) == (lv, en)


def test_what_a_document_says_before_a_number_goes_with_it() -> None:
    report = written("lm", 2023, "en")
    table = next(one for one in report.tables() if "Communication" in one.caption)
    said = ["".join(one.text for one in row.cells[1]) for row in table.rows]
    assert "more than\u00a0150" in said
    assert "about\u00a018,900" in said


# ------------------------------------------------------------------------------------------- contradictions


@pytest.mark.parametrize(("institution", "year"), REPORTS)
def test_contradictions_stand_beside_each_of_their_figures(institution: str, year: int) -> None:
    report, book = written(institution, year, "lv"), packaged()
    expected = {
        one.lv
        for one in book.findings
        if any(code in {s.code for s in report.sources} for code in (one.figure, *one.others))
    }
    assert {one.text for one in report.remarks} == expected
    for cell in shown_numbers(report):
        if not cell.is_computed:
            figure = book.figure(report.sources[cell.sources[0] - 1].code)
            assert figure is not None
            assert {report.remarks[at - 1].text for at in cell.remarks} == {one.lv for one in book.findings_of(figure)}
    assert not expected or "Pretrunas" in report.chapters[-1].heading


# ------------------------------------------------------------------------------------------- languages


@pytest.mark.parametrize(("institution", "year"), REPORTS)
def test_both_languages_say_the_same(institution: str, year: int) -> None:
    lv, en = written(institution, year, "lv"), written(institution, year, "en")
    assert [one.code for one in lv.sources] == [one.code for one in en.sources]
    assert [len(one.sections) for one in lv.chapters] == [len(one.sections) for one in en.chapters]
    assert [(one.number, len(one.rows)) for one in lv.tables()] == [(one.number, len(one.rows)) for one in en.tables()]
    assert all(one.heading != other.heading for one, other in zip(lv.chapters, en.chapters, strict=True))


@pytest.mark.parametrize(("institution", "year"), REPORTS)
def test_nothing_of_the_english_report_is_left_in_latvian(institution: str, year: int) -> None:
    assert [one.text for one in written(institution, year, "en").cells() if one.lang] == []


# ------------------------------------------------------------------------------------------- what there is


def test_reports_can_be_had_of_years_with_figures_and_of_no_others() -> None:
    assert [(one.code, years) for one, years in available(packaged())] == [("lm", [2023, 2020]), ("siva", [2021])]


@pytest.mark.parametrize(("institution", "year", "said"), [
    ("lm", 2022, "lm 2022: no published figures of that year; reports can be had of lm: 2023, 2020; siva: 2021."),
    ("siva", 1999, "siva 1999: no published figures of that year; reports can be had of lm: 2023, 2020; siva: 2021."),
    ("sivas", 2021, ("sivas: no such institution; reports can be had of lm: 2023, 2020; siva: 2021. "
                     "Nearest known name: siva.")),
])  # fmt: skip
def test_another_year_or_institution_is_told_what_there_is(institution: str, year: int, said: str) -> None:
    with pytest.raises(InputError) as refused:
        report_of(packaged(), institution, year, "lv")
    assert refused.value.messages == [said]


def with_more(table: str, file: Path, row: dict[str, str]) -> Book:
    """The product's tables with a row of a file of a new year."""
    declared = DATASETS[table]
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, declared.columns, restval="")
        writer.writeheader()
        writer.writerow(row)
    more = read(declared, file)
    return Book({code: [*packaged().rows(code), *(more if code == table else [])] for code in DATASETS}, ())


def test_a_new_year_of_a_table_is_a_new_report(tmp_path: Path) -> None:
    row = {"year": "2024", "service": "Jauns pakalpojums", "stage": "finished", "measure": "applications",
           "channel": "electronic", "value": "7", "unit": "gadījumi"}  # fmt: skip
    book = with_more("public-services", tmp_path / "new.csv", row)
    assert available(book)[0][1] == [2024, 2023, 2020]
    report = report_of(book, "lm", 2024, "lv")
    assert [one.heading for one in report.chapters] == ["8. pielikums. Publisko pakalpojumu rezultāti"]
    assert [(one.value, one.document, one.place) for one in report.sources] == [
        ("7", "public_services_2023.csv", "datnes 2. rinda")
    ]
    assert identity(book) != identity(packaged())


def test_a_section_that_no_chapter_knows_is_not_left_out(tmp_path: Path) -> None:
    row = {"section": "jauna_sadala", "indicator": "jauns rādītājs", "year": "2021", "unit": "personas", "value": "12"}
    report = report_of(with_more("siva", tmp_path / "new.csv", row), "siva", 2021, "lv")
    assert "Citi rādītāji" in report.chapters[-1].heading
    assert "jauns rādītājs" in "".join(one.text for block in report.chapters[-1].blocks for one in cells_of(block))
    assert len(report.sources) == len(written("siva", 2021, "lv").sources) + 1
