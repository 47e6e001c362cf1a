"""Published tables as files: read back by other programs, every cell is that of the source; filters hold for files."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from django.http import QueryDict
from django.test import Client
from openpyxl import load_workbook

from balsts.figures.book import Book, packaged
from balsts.figures.datasets import DATASETS
from balsts.figures.findings import Finding
from balsts.figures.reading import checked, grid_of
from balsts.figures.rows import row_of
from balsts.portal.statistics.downloads import ADDED, FORMS, written
from tests.portal.test_statistics_pages import printed

pytestmark = pytest.mark.django_db
Cells = list[dict[str, Any]]


def read_csv(content: bytes) -> Cells:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read_xlsx(content: bytes) -> Cells:
    head, *rows = load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    return [{str(name): "" if cell is None else cell for name, cell in zip(head, row, strict=True)} for row in rows]


def read_parquet(content: bytes) -> Cells:
    rows = parquet.read_table(io.BytesIO(content)).to_pylist()
    return [{name: "" if cell is None else cell for name, cell in row.items()} for row in rows]


READ: dict[str, Callable[[bytes], Cells]] = {"csv": read_csv, "xlsx": read_xlsx, "parquet": read_parquet}


def file_of(table: str, form: str, query: str = "", book: Book | None = None) -> bytes:
    return written(book or packaged(), table, form, QueryDict(query), "en")


@pytest.mark.parametrize("form", READ)
def test_every_cell_of_every_file_is_read_back_as_it_is_in_the_source(form: str) -> None:
    for table, declared in DATASETS.items():
        content = file_of(table, form)
        assert content == file_of(table, form)
        found = READ[form](content)
        assert [row["row_key"] for row in found] == [row.key for row in packaged().rows(table)]
        for cells, read in zip(printed(table), found, strict=True):
            assert list(read) == [*cells, *ADDED]
            for name, text in cells.items():
                if name in declared.units and text:
                    assert Decimal(str(read[name])) == Decimal(text), (table, name)
                else:
                    assert str(read[name]) == text, (table, name)


def test_figures_in_csv_have_the_digits_that_were_printed_and_in_parquet_are_exact_decimals() -> None:
    found = read_csv(file_of("budget-execution", "csv"))
    assert [row["actual"] for row in found] == [row["actual"] for row in printed("budget-execution")]
    table = parquet.read_table(io.BytesIO(file_of("budget-execution", "parquet")))
    assert table.schema.field("actual").type == pa.decimal128(38, 1)
    assert table.schema.field("source_line").type == pa.int32()
    assert table.schema.metadata[b"table"] == b"budget-execution"


@pytest.mark.parametrize("form", READ)
def test_a_file_holds_the_rows_that_the_page_shows(form: str) -> None:
    found = READ[form](file_of("budget-execution", form, "budget=basic&period=2022&page=2"))
    wanted = [row for row in printed("budget-execution") if row["budget"] == "basic" and row["year"] == "2022"]
    assert [row["line"] for row in found] == [row["line"] for row in wanted]
    assert READ[form](file_of("budget-execution", form, "budget=none")) == []
    series = packaged().rows("care-models")[0].series
    assert len(READ[form](file_of("care-models", form, f"series={series}"))) == 4


def test_a_type_of_parquet_does_not_change_with_what_is_asked() -> None:
    schemas = {parquet.read_schema(io.BytesIO(file_of("siva", "parquet", query)))
               for query in ("", "period=2020", "section=none")}  # fmt: skip
    assert len(schemas) == 1


def test_a_file_that_was_taken_can_be_loaded_again_once_the_two_columns_are_off() -> None:
    content = file_of("siva", "csv").decode("utf-8-sig")
    rows = [row[: -len(ADDED)] for row in csv.reader(io.StringIO(content, newline=""))]
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    again = checked(DATASETS["siva"], grid_of("siva.csv", out.getvalue().encode()))
    assert [row.key for row in again] == [row.key for row in packaged().rows("siva")]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_cell_is_a_formula_and_what_contradicts_stands_in_its_row(form: str) -> None:
    table = DATASETS["report-figures"]
    cells = dict.fromkeys(table.columns, "") | {"section": "personals", "indicator": "=1+1", "group": "@SUM(A1)",
                                                "year": "2023", "value": "-5", "unit": "skaits"}  # fmt: skip
    row = row_of(table, 2, cells, 0)
    code = f"{table.code}/{row.key}/value"
    finding = Finding("whole", code, (code,), Decimal(-5), Decimal(5), "=lv", "=en")
    content = file_of(table.code, form, book=Book({table.code: [row]}, [finding]))
    (read,) = READ[form](content)
    assert Decimal(str(read["value"])) == -5
    if form == "csv":
        assert (read["indicator"], read["group"], read["contradictions"]) == ("'=1+1", "'@SUM(A1)", "'=en")
    else:
        sheet = load_workbook(io.BytesIO(content)).worksheets[0]
        assert not [cell for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]
        assert (read["indicator"], read["contradictions"]) == ("=1+1", "=en")


def test_files_are_for_everybody_and_are_not_sent_twice() -> None:
    for form in FORMS:
        first = Client().get(f"/statistics/tables/siva.{form}?period=2020")
        assert first.status_code == 200
        assert first.headers["Content-Disposition"] == f'attachment; filename="siva.{form}"'
        assert first.headers["Content-Type"] == FORMS[form].media_type
        assert len(READ[form](first.content)) == sum(row["year"] == "2020" for row in printed("siva"))
        again = Client().get(f"/statistics/tables/siva.{form}?period=2020",
                             headers={"if-none-match": first.headers["ETag"]})  # fmt: skip
        assert again.status_code == 304
        assert not first.cookies
