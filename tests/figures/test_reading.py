"""Bad files are refused whole, each fault at its cell; good ones keep every cell as it is printed."""

from __future__ import annotations

import re
import string
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balsts.figures import reading
from balsts.figures.columns import COLUMNS
from balsts.figures.datasets import DATASETS, Dataset
from balsts.figures.faults import FileRefused, fault
from balsts.figures.reading import read, table_named
from balsts.figures.wording import WORDING
from balsts.law.engine.errors import InputError
from tests.figures.files import (
    HEADING,
    OTHER,
    ROW,
    SERVICES,
    as_csv,
    as_xlsx,
    at,
    one_cell,
    places,
    printed,
    refused,
    services,
    taken,
)  # fmt: skip

TABLES = list(DATASETS.values())
BUDGET, FRAME = DATASETS["budget-execution"], DATASETS["budget-frame"]
INDICATORS, AMOUNTS = DATASETS["indicators"], DATASETS["amounts"]

# -- good files --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES, ids=lambda one: one.code)
def test_xlsx_and_csv_of_the_same_cells_give_the_same_rows(table: Dataset) -> None:
    rows = taken(table, as_xlsx(printed(table)))
    assert rows == read(table, table.path) == taken(table, as_csv(printed(table)))
    assert [list(row.cells.values()) for row in rows] == printed(table)[1:]


def test_spaces_around_and_empty_rows_at_the_end_do_not_matter() -> None:
    plain = taken(SERVICES, services(ROW, OTHER))
    spaced = services([f" {one} " for one in ROW], OTHER, [""] * 10) + b"\n\n"
    assert taken(SERVICES, spaced) == plain
    assert taken(SERVICES, b"\xef\xbb\xbf" + services(ROW, OTHER).replace(b"\n", b"\r\n")) == plain


def test_a_letter_in_two_pieces_is_the_letter() -> None:
    split = services([unicodedata.normalize("NFD", one) for one in ROW])
    assert split != services(ROW)
    assert taken(SERVICES, split) == taken(SERVICES, services(ROW))


# -- the heading -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("heading", "expected"), [
    ([*HEADING[:4], "chanel", *HEADING[5:]], [("unknown-column", "E1"), ("missing-column", "E1")]),
    (HEADING[:-1], [("missing-column", "J1")]),
    ([*HEADING, "comment"], [("unknown-column", "K1")]),
    ([*HEADING, "value"], [("column-twice", "K1")]),
    ([*HEADING, ""], [("unnamed-column", "K1")]),
    ([*HEADING[:3], HEADING[4], HEADING[3], *HEADING[5:]], [("out-of-order", "D1")]),
    ([one.title() for one in HEADING], [*(("unknown-column", f"{one}1") for one in "ABCDEFGHIJ"),
                                        *(("missing-column", f"{one}1") for one in "ABCDEFGHIJ")]),
], ids=["wrong", "missing", "extra", "twice", "unnamed", "reordered", "capitals"])  # fmt: skip
@pytest.mark.parametrize("make", [as_csv, as_xlsx], ids=["csv", "xlsx"])
def test_a_wrong_heading_is_refused_at_its_cell(make: Any, heading: list[str], expected: list[tuple[str, str]]) -> None:
    row = [*ROW, "a"][: len(heading)]
    if make is as_xlsx and heading[-1] == "":
        heading = [*heading[:-1], " "]
    assert places(refused(SERVICES, make([heading, row]))) == expected


def test_the_nearest_name_of_a_column_is_told() -> None:
    [wrong, _] = refused(SERVICES, as_csv([[*HEADING[:4], "chanel", *HEADING[5:]], ROW]))
    assert wrong.en.endswith("Nearest known name: channel.")
    assert wrong.lv.endswith("Tuvākais zināmais: channel.")


def test_a_file_without_rows_is_refused() -> None:
    assert places(refused(SERVICES, services())) == [("no-rows", "A2")]
    assert places(refused(SERVICES, b"")) == [("empty-file", "")]
    assert places(refused(SERVICES, as_xlsx([HEADING]))) == [("no-rows", "A2")]


# -- rows --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("row", "place"), [
    (ROW[:-1], "J3"), (ROW[1:], "J3"), ([*ROW, ""], "K3"), ([*ROW[:5], "", *ROW[5:]], "K3"), ([], "A3"),
])  # fmt: skip
def test_a_cell_missing_or_too_many_is_refused_where_the_row_ends(row: list[str], place: str) -> None:
    assert places(refused(SERVICES, services(OTHER, row, ROW))) == [("shifted", place)]


@pytest.mark.parametrize("table", TABLES, ids=lambda one: one.code)
@pytest.mark.parametrize("make", [as_csv, as_xlsx], ids=["csv", "xlsx"])
def test_cells_that_moved_within_their_row_are_refused(make: Any, table: Dataset) -> None:
    cells = printed(table, 3)
    for moved in ([*cells[2][1:], ""], ["", *cells[2][:-1]]):
        faults = refused(table, make([*cells[:2], moved, cells[3]]))
        assert {re.sub("[A-Z]+", "", one.address) for one in faults} == {"3"}


def test_a_row_that_stands_twice_is_refused() -> None:
    [wrong] = refused(SERVICES, services(ROW, OTHER, [*ROW[:5], "7", *ROW[6:]]))
    assert (wrong.code, wrong.address) == ("row-twice", at(SERVICES, "channel", 4))
    assert "row 2" in wrong.en
    assert "2. rinda" in wrong.lv


def test_a_code_of_a_row_that_stands_twice_is_refused() -> None:
    cells = printed(INDICATORS, 3)
    cells[3][0] = cells[1][0]
    assert places(refused(INDICATORS, as_csv(cells))) == [("row-twice", "A4")]


def test_another_year_is_refused() -> None:
    later = ["2023", *OTHER[1:]]
    [wrong] = refused(SERVICES, services(ROW, later), 2024)
    assert (wrong.code, wrong.address, wrong.column) == ("wrong-year", "A3", "year")
    assert "2024" in wrong.en
    assert taken(SERVICES, services(ROW, later)) != []


def test_the_years_that_a_table_prints_beside_its_own_are_taken() -> None:
    cells = [row for row in printed(BUDGET) if "SIVA" not in row]
    assert {row["year"] for row in taken(BUDGET, as_csv(cells), 2023)} == {"2021", "2022", "2023"}
    place = BUDGET.columns.index("year")
    for year in ("2020", "2024"):
        cells[1][place] = year
        assert places(refused(BUDGET, as_csv(cells), 2023)) == [("wrong-years", "C2")]


def test_a_day_of_another_year_is_refused() -> None:
    funds = DATASETS["eu-funds"]
    assert places(refused(funds, one_cell(funds, "as_of", "2021-12-31"), 2020)) == [
        ("wrong-year", at(funds, "as_of", 2))
    ]


# -- cells -------------------------------------------------------------------------------------------------------

NO_NUMBERS = ["1 234", "1\u00a0234", "1,234", "1,234.5", "12,5", "1'234", "12.", ".5", "1e5", "0x1F", "--5", "- 5",
              "5-", "+5", "12 EUR", "50%", "×", "-", "n/a", "nan", "inf", "०", "1٢", "²", "007", "1.1234567", "1" * 16,
              "=1+1", "−5", "(5)"]  # fmt: skip


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number_is_refused_where_a_number_belongs(text: str) -> None:
    [wrong] = refused(SERVICES, one_cell(SERVICES, "value", text))
    assert (wrong.code, wrong.address, wrong.column) == ("not-a-number", at(SERVICES, "value", 2), "value")
    assert f"«{text}»" in wrong.en


@pytest.mark.parametrize("text", ["0", "-5", "12.50", "1234567.123456", "0.0", "999999999999999"])
def test_a_number_keeps_the_digits_it_is_printed_with(text: str) -> None:
    row = taken(SERVICES, one_cell(SERVICES, "value", text))[0]
    assert (row["value"], row.values["value"]) == (text, Decimal(text))


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://a.example")', "+371", "@SUM(A1)", "-2+3", "\t=1+1",
                                  " =1", "＝1+1"])  # fmt: skip
@pytest.mark.parametrize("column", ["service", "unit", "source_note"])
def test_a_text_that_a_spreadsheet_would_run_is_refused(column: str, text: str) -> None:
    wrong = refused(SERVICES, one_cell(SERVICES, column, text))
    assert places(wrong) == [("formula-text", at(SERVICES, column, 2))]


@pytest.mark.parametrize("table", TABLES, ids=lambda one: one.code)
def test_every_column_that_must_be_filled_is_asked_for(table: Dataset) -> None:
    for column in table.required:
        place = at(table, column, 2)
        assert ("empty", place) in places(refused(table, one_cell(table, column, "")))


def test_an_unknown_choice_is_refused_with_the_nearest_one() -> None:
    [wrong] = refused(SERVICES, one_cell(SERVICES, "channel", "electronik"))
    assert (wrong.code, wrong.address) == ("not-a-choice", at(SERVICES, "channel", 2))
    assert "total, in_person, remote_total, post, electronic, phone" in wrong.en
    assert wrong.en.endswith("Nearest known name: electronic.")
    assert places(refused(FRAME, one_cell(FRAME, "unit", ""))) == [("empty", at(FRAME, "unit", 2))]


def test_a_choice_of_another_table_is_refused() -> None:
    strategy = DATASETS["strategy"]
    row = next(number for number, one in enumerate(printed(strategy), 1) if "kpi" in one)
    place = at(strategy, "row_type", row)
    assert ("not-a-choice", place) in places(refused(strategy, one_cell(strategy, "row_type", "criterion", row)))


@pytest.mark.parametrize(("table", "column", "text", "code"), [
    (SERVICES, "year", "24", "not-a-year"), (SERVICES, "year", "2024.0", "not-a-year"),
    (SERVICES, "year", "２０２４", "not-a-year"), (SERVICES, "year", "2023-2024", "not-a-year"),
    (FRAME, "year", "2026–2030", "not-a-span"),
    (AMOUNTS, "valid_from", "31.12.2024", "not-a-day"), (AMOUNTS, "valid_from", "2024-02-30", "not-a-day"),
    (AMOUNTS, "valid_from", "2024-12", "not-a-day"), (SERVICES, "source_line", "12.5", "not-a-line"),
    (SERVICES, "source_line", "0", "not-a-line"), (SERVICES, "source_line", "l. 12", "not-a-line"),
    (SERVICES, "source_file", "report.pdf", "not-a-document"), (SERVICES, "service", "1234", "number-for-words"),
    (SERVICES, "service", "a" * 2001, "too-long"),
], ids=str)  # fmt: skip
def test_a_cell_that_is_not_what_its_column_holds_is_refused(table: Dataset, column: str, text: str, code: str) -> None:
    assert (code, at(table, column, 2)) in places(refused(table, one_cell(table, column, text)))


UNSEEN = ["\x00", "\x07", "\x1b", "\n", "\x7f", "\x85", "\u00ad", "\u200b", "\u202e", "\u2028", "\ufeff", "\ue000"]


@pytest.mark.parametrize("sign", UNSEEN, ids=ascii)
def test_a_sign_that_nobody_sees_is_refused_and_shown(sign: str) -> None:
    [wrong] = refused(SERVICES, one_cell(SERVICES, "service", f"Pakal{sign}pojums"))
    assert (wrong.code, wrong.address) == ("unseen", at(SERVICES, "service", 2))
    assert "«Pakal\ufffdpojums»" in wrong.en


def test_all_wrong_cells_are_told_at_once_and_only_so_many() -> None:
    cells = printed(SERVICES, 3)
    for row, column in ((1, "value"), (2, "channel"), (3, "year")):
        cells[row][SERVICES.columns.index(column)] = "x"
    assert [one.column for one in refused(SERVICES, as_csv(cells))] == ["value", "channel", "year"]
    many = [[*ROW[:1], f"Pakalpojums {one}", *ROW[2:5], "x", *ROW[6:]] for one in range(60)]
    with pytest.raises(FileRefused) as caught:
        taken(SERVICES, services(*many))
    assert (len(caught.value.messages), caught.value.messages[-1]) == (51, "… and 10 more.")
    assert caught.value.sentences("lv")[-1] == "… un vēl 10."


# -- any file ----------------------------------------------------------------------------------------------------

signs = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
anything = st.text(st.one_of(st.sampled_from(string.digits + ".,-+eE %×"), signs), min_size=1, max_size=12)
numbers = st.from_regex(reading._NUMBER, fullmatch=True)
words = st.text(signs, min_size=1, max_size=20).map(lambda one: unicodedata.normalize("NFC", f"a{one}").strip())


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_any_single_figure_that_is_corrupted_is_refused_at_its_cell(data: st.DataObject) -> None:
    table = data.draw(st.sampled_from([one for one in TABLES if one.has_figures]))
    cells = printed(table, 12)
    row = data.draw(st.integers(1, len(cells) - 1))
    column = data.draw(st.sampled_from([one for one in table.columns if COLUMNS[one].kind == "number"]))
    text = data.draw(anything.filter(lambda one: one.strip() and not reading._NUMBER.fullmatch(
        unicodedata.normalize("NFC", one.strip()))))  # fmt: skip
    cells[row][table.columns.index(column)] = text
    assert places(refused(table, as_csv(cells))) == [("not-a-number", at(table, column, row + 1))]


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_any_file_that_is_taken_keeps_every_cell_as_printed(data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(TABLES))
    kinds = {"number": numbers, "text": words, "code": words, "year": st.just("2024"), "date": st.just("2024-02-29"),
             "line": st.integers(1, 9999).map(str)}  # fmt: skip
    rows = []
    for _ in range(data.draw(st.integers(1, 4))):
        row = []
        for name in table.columns:
            column = COLUMNS[name]
            choices = table.choices.get(name) or tuple(column.choices or {})
            strategy = (
                st.sampled_from(choices) if choices else st.just("") if name == "source_file" else kinds[column.kind]
            )
            row.append(data.draw(strategy if name in table.required else st.one_of(st.just(""), strategy)))
        rows.append(row)
    content = as_csv([list(table.columns), *rows])
    names = [(row[0],) if table.row_code else tuple(row[table.columns.index(one)] for one in table.key) for row in rows]
    if len(set(names)) < len(names):
        assert {one.code for one in refused(table, content)} == {"row-twice"}
        return
    found = taken(table, content)
    assert [list(row.cells.values()) for row in found] == rows
    assert taken(table, as_xlsx([list(table.columns), *rows])) == found


# -- wording -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", WORDING)
def test_each_fault_says_what_is_wrong_what_was_expected_and_what_to_do(code: str) -> None:
    values = dict.fromkeys(("given", "wanted", "most", "line", "why", "columns", "row", "what", "year", "first"), "x")
    made = fault(code, "N12", "value", **values)
    assert made.sentence("a.csv", "en").startswith("a.csv, cell N12 (value): ")
    assert made.sentence("a.csv", "lv").startswith("a.csv, šūna N12 (value): ")
    assert "expected" in made.en
    assert re.search("jābūt|drīkst būt", made.lv)
    for text in (made.en, made.lv):
        assert re.search(r"[.:;] ?[A-ZĀČĒĢĪĶĻŅŠŪŽa-z][^.]*\.$", text)
        assert text.count(".") >= 2
        assert "{" not in text


def test_every_fault_is_told_in_some_test_of_a_file() -> None:
    here = Path(__file__)
    text = "".join(one.read_text(encoding="utf-8").partition("# -- wording")[0]
                   for one in (here, here.with_name("test_grid.py")))  # fmt: skip
    assert [code for code in WORDING if f'"{code}"' not in text] == []


def test_an_unknown_table_is_told_with_the_nearest_one() -> None:
    with pytest.raises(InputError, match=r"Nearest known name: indicators\."):
        table_named("indicator")
