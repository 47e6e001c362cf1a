"""Tables as files for spreadsheets: exact, the same each time, and never a formula."""

from __future__ import annotations

import csv
import io
import zipfile
from decimal import Decimal

import pytest
from lxml import etree

from balsts.documents.spreadsheet import Euros, as_csv, as_xlsx

_NAMESPACES = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
FORMULAS = ("=1+1", "+A1", "-A1", "@SUM(A1)", "\tx", "\rx", "\nx")


def cells(content: bytes) -> list[list[tuple[str | None, str]]]:
    """The kind and text of each cell of the only sheet."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert packed.testzip() is None
        for name in packed.namelist():
            etree.fromstring(packed.read(name))
        sheet = etree.fromstring(packed.read("xl/worksheets/sheet1.xml"))
    return [[(cell.get("t"), "".join(cell.itertext())) for cell in row.findall("m:c", _NAMESPACES)]
            for row in sheet.iterfind(".//m:row", _NAMESPACES)]  # fmt: skip


@pytest.mark.parametrize(
    ("cents", "said"), [(0, "0.00"), (5, "0.05"), (12_501, "125.01"), (-7, "-0.07"), (10**17 + 1, f"{10**15}.01")]
)
def test_an_amount_is_written_to_the_cent_however_large(cents: int, said: str) -> None:
    assert cells(as_xlsx("x", ["sum"], [[Euros(cents)]]))[1] == [(None, said)]
    assert as_csv(["sum"], [[Euros(cents)]]).decode().splitlines()[1] == said


@pytest.mark.parametrize("said", ["0", "-0.10", "1067474955", "12345678901234567890.000001"])
def test_an_exact_decimal_keeps_its_digits(said: str) -> None:
    assert cells(as_xlsx("x", ["number"], [[Decimal(said)]]))[1] == [(None, said)]
    assert as_csv(["number"], [[Decimal(said)]]).decode().splitlines()[1] == said


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula(text: str) -> None:
    content = as_xlsx("x", [text], [[text]])
    assert all(kind == "inlineStr" for row in cells(content) for kind, _ in row)
    rows = list(csv.reader(io.StringIO(as_csv(["head"], [[text]]).decode(), newline="")))
    assert rows[1][0] == f"'{text}"


def test_texts_with_marks_of_xml_and_letters_of_latvian_come_back_as_they_were() -> None:
    said = 'Ģimenes <pabalsts> & "ķēde"'
    assert cells(as_xlsx("Saraksts [1]: a/b", ["Nosaukums"], [[said], ["a\x00\x07b"]])) == [
        [("inlineStr", "Nosaukums")], [("inlineStr", said)], [("inlineStr", "ab")],
    ]  # fmt: skip


def test_the_same_table_gives_the_same_bytes() -> None:
    rows = [["a", 1, Euros(2)]]
    assert as_xlsx("x", ["a", "b", "c"], rows) == as_xlsx("x", ["a", "b", "c"], rows)
