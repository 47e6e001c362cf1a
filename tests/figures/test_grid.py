"""Files as texts: workbooks keep what they show, and what is no table is refused before anything of it is used."""

from __future__ import annotations

import contextlib
import io
import re
import struct
import zipfile
from datetime import datetime, time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from balsts.figures import grid
from balsts.figures.datasets import DATASETS
from balsts.figures.faults import FileRefused
from balsts.figures.reading import read
from tests.figures.files import (
    HEADING,
    OTHER,
    ROW,
    SERVICES,
    as_csv,
    as_xlsx,
    at,
    places,
    printed,
    refused,
    services,
    taken,
)

BUDGET = DATASETS["budget-execution"]

# -- workbooks -------------------------------------------------------------------------------------------------


def test_a_workbook_keeps_the_decimals_that_its_cells_show() -> None:
    cells = printed(BUDGET, 1)
    place = at(BUDGET, "actual", 2)
    cells[1][BUDGET.columns.index("actual")] = "12.5"
    for shown, text in {"General": "12.5", "0.00": "12.50", "#,##0.00": "12.50", "0": "12.5", "0.0": "12.5",
                        '#,##0.000" EUR"': "12.500", "0.00;[Red]-0.00": "12.50", '_-* #,##0.00_-;-* "0.0"': "12.50",
                        "0.0##": "12.5", "0.000000000": "12.500000"}.items():  # fmt: skip
        [row] = taken(BUDGET, as_xlsx(cells, {place: shown}))
        assert row["actual"] == text
        assert row.values["actual"] == Decimal(text)


def test_a_whole_number_that_is_shown_with_decimals_keeps_them() -> None:
    cells = printed(BUDGET, 1)
    cells[1][BUDGET.columns.index("actual")] = "12"
    [row] = taken(BUDGET, as_xlsx(cells, {at(BUDGET, "actual", 2): "0.0"}))
    assert row["actual"] == "12.0"


def test_a_sum_in_a_workbook_reads_as_it_is_shown_and_not_as_it_is_stored() -> None:
    cells: list[list[object]] = [list(one) for one in printed(BUDGET, 1)]
    cells[1][BUDGET.columns.index("actual")] = 0.1 + 0.2
    [row] = taken(BUDGET, as_xlsx(cells))
    assert row["actual"] == "0.3"


def test_a_day_of_a_workbook_is_a_day() -> None:
    cells: list[list[object]] = [list(one) for one in printed(DATASETS["eu-funds"], 1)]
    column = DATASETS["eu-funds"].columns.index("end_date")
    cells[1][column] = datetime(2023, 12, 31)  # noqa: DTZ001 — a spreadsheet's days have no zone
    [row] = taken(DATASETS["eu-funds"], as_xlsx(cells))
    assert row["end_date"] == "2023-12-31"


def test_a_workbook_that_tells_a_wrong_size_of_itself_is_read_whole() -> None:
    content = as_xlsx(printed(SERVICES))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(out, "w") as anew:
        for name in packed.namelist():
            anew.writestr(name, re.sub(rb'<dimension ref="[^"]+"', b'<dimension ref="A1:C3"', packed.read(name)))
    assert taken(SERVICES, out.getvalue()) == read(SERVICES, SERVICES.path)


def test_a_formula_in_a_workbook_is_refused_whatever_it_comes_to() -> None:
    cells = printed(SERVICES, 3)
    cells[2][SERVICES.columns.index("value")] = "=1+1"
    cells[3][SERVICES.columns.index("service")] = '=HYPERLINK("http://a.example")'
    expected = [("formula-cell", at(SERVICES, "value", 3)), ("formula-cell", at(SERVICES, "service", 4))]
    assert places(refused(SERVICES, as_xlsx(cells))) == expected


@pytest.mark.parametrize(("value", "shown", "code"), [
    (True, "General", "yes-no-cell"), ("#DIV/0!", "General", "error-cell"), (time(12, 30), "hh:mm", "time-cell"),
    (datetime(2024, 1, 2, 3, 4), "yyyy-mm-dd hh:mm", "time-cell"),  # noqa: DTZ001
    (0.125, "0.0%", "scaled-cell"), (12500, "#,##0,", "scaled-cell"), (12500, '0.0,"tūkst."', "scaled-cell"),
    (datetime(2024, 1, 2), "yyyy-mm-dd", "not-a-number"),  # noqa: DTZ001
])  # fmt: skip
def test_a_cell_of_a_workbook_that_is_not_what_it_shows_is_refused(value: object, shown: str, code: str) -> None:
    cells: list[list[object]] = [list(one) for one in printed(SERVICES, 2)]
    cells[2][SERVICES.columns.index("value")] = value
    place = at(SERVICES, "value", 3)
    assert places(refused(SERVICES, as_xlsx(cells, {place: shown}))) == [(code, place)]


def test_a_code_that_a_spreadsheet_made_a_day_is_refused() -> None:
    cells: list[list[object]] = [list(one) for one in printed(BUDGET, 1)]
    cells[1][BUDGET.columns.index("programme_code")] = datetime(2000, 1, 4)  # noqa: DTZ001 — typed as 04.01.00
    assert places(refused(BUDGET, as_xlsx(cells))) == [("day-for-code", at(BUDGET, "programme_code", 2))]


# -- the file ----------------------------------------------------------------------------------------------------


def test_a_file_that_is_not_utf8_is_refused_at_its_line() -> None:
    [wrong] = refused(SERVICES, services(ROW, OTHER).decode().encode("cp1257"))
    assert wrong.code == "not-utf8"
    assert "line 2" in wrong.en
    assert [one.code for one in refused(SERVICES, services(ROW).decode().encode("utf-16"))] == ["not-utf8"]


@pytest.mark.parametrize("sign", [";", "\t"])
def test_a_file_divided_otherwise_is_refused_with_what_to_do(sign: str) -> None:
    [wrong] = refused(SERVICES, services(ROW).replace(b",", sign.encode()))
    assert (wrong.code, wrong.address) == ("divided-otherwise", "A1")
    assert "XLSX" in wrong.en


def test_quotation_marks_that_do_not_close_are_refused_at_their_line() -> None:
    for broken in (b'2024,"Jauns "pakalpojums",started\n', b'2024,"Jauns pakalpojums\n'):
        [wrong] = refused(SERVICES, services() + broken)
        assert wrong.code == "not-csv"
        assert "line 2" in wrong.en


def broken_workbooks() -> dict[str, bytes]:
    good = as_xlsx(printed(SERVICES, 2))
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as packed:
        packed.writestr("letter.txt", "text")
    flagged = bytearray(good)
    for start in (one.start() for one in re.finditer(rb"PK\x03\x04|PK\x01\x02", good)):
        at = start + (6 if good[start + 2] == 3 else 8)
        flagged[at : at + 2] = struct.pack("<H", struct.unpack("<H", good[at : at + 2])[0] | 1)
    return {"cut off": good[: len(good) // 2], "no workbook inside": inner.getvalue(), "locked": bytes(flagged),
            "damaged": good[:900] + b"\x00" * 200 + good[1100:], "two letters": b"PK"}  # fmt: skip


@pytest.mark.parametrize("what", broken_workbooks())
def test_what_is_no_workbook_is_refused(what: str) -> None:
    assert [one.code for one in refused(SERVICES, broken_workbooks()[what])] == ["not-a-workbook"]


GOOD = as_xlsx([HEADING, ROW])


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_a_damaged_workbook_is_refused_or_read_and_nothing_else(data: st.DataObject) -> None:
    content = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(2, len(content) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(FileRefused):
        assert taken(SERVICES, bytes(content))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", bytes(grid._MOST_UNPACKED + 1))
    assert len(out.getvalue()) < grid.MOST_BYTES
    assert [one.code for one in refused(SERVICES, out.getvalue())] == ["bomb"]


def test_a_workbook_whose_texts_unfold_without_end_is_refused() -> None:
    content, out = as_xlsx(printed(SERVICES, 1)), io.BytesIO()
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 20}">' for n in range(1, 9))
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "{"a" * 100}">{entities}]>'.encode()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(out, "w") as anew:
        for name in packed.namelist():
            text = packed.read(name)
            anew.writestr(name, head + text.replace(b"started", b"&a8;") if b"started" in text else text)
    assert [one.code for one in refused(SERVICES, out.getvalue())] == ["not-a-workbook"]


def test_a_file_that_is_too_large_is_refused() -> None:
    assert [one.code for one in refused(SERVICES, b"a" * (grid.MOST_BYTES + 1))] == ["too-large"]
    rows = [*ROW[:1], "P", *ROW[2:]]
    many = as_csv([HEADING]) + as_csv([rows]) * (grid.MOST_ROWS + 1)
    assert [one.code for one in refused(SERVICES, many)] == ["too-many-rows"]


def test_a_cell_of_a_workbook_far_from_its_table_is_not_left_out_in_silence() -> None:
    for place, code in (("A30000", "too-many-rows"), ("KZ2", "beside"), ("M2", "unnamed-column")):
        book = load_workbook(io.BytesIO(as_xlsx([HEADING, ROW])))
        assert isinstance(book, Workbook)
        book.active[place] = "x"  # type: ignore[index]
        out = io.BytesIO()
        book.save(out)
        assert code in {one.code for one in refused(SERVICES, out.getvalue())}
