"""Empty files of a table, to be filled with a new year: the heading in CSV; in XLSX also what each column takes."""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from balsts.documents import spreadsheet
from balsts.figures.columns import COLUMNS, Column
from balsts.figures.datasets import OF_ROW, Dataset

_ROWS = 2_000
"""So many rows of an empty table know what their cells take."""
_TEXT = "@"
_HOLDS = {
    "text": ("vārdi", "words"), "code": ("kods", "a code"), "number": ("skaitlis, piemēram, 1234.5",
    "a number such as 1234.5"), "year": ("gads, piemēram, 2021", "a year such as 2021"),
    "date": ("diena, piemēram, 2021-12-31", "a day such as 2021-12-31"), "line": ("vesels skaitlis", "a whole number"),
}  # fmt: skip
_HEADINGS = {
    "lv": ("kolonna", "nosaukums", "kas jāraksta", "obligāta", "mērvienība"),
    "en": ("column", "name", "what it holds", "must be filled", "unit"),
}
_NAMES = {"lv": ("dati", "kolonnas"), "en": ("data", "columns")}


def as_csv(table: Dataset) -> bytes:
    """The heading alone, in UTF-8 with its mark, so that spreadsheets know it."""
    return spreadsheet.as_csv(table.columns, ())


def as_xlsx(table: Dataset, lang: str) -> bytes:
    """A workbook with two sheets: one to be filled, whose cells keep what is typed, and one that tells each column."""
    book = Workbook()
    data, told = book.active, book.create_sheet(_NAMES[lang][1])
    assert isinstance(data, Worksheet)
    data.title = _NAMES[lang][0]
    data.append(list(table.columns))
    data.freeze_panes = "A2"
    for at, name in enumerate(table.columns, 1):
        _prepare(data, at, table, COLUMNS[name])
    told.append([*_HEADINGS[lang]])
    for name in table.columns:
        told.append(_told(table, COLUMNS[name], lang))
    for at, width in enumerate((24, 40, 60, 16, 24), 1):
        told.column_dimensions[get_column_letter(at)].width = width
    for sheet in (data, told):
        for cell in sheet[1]:
            cell.font = Font(bold=True)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _prepare(sheet: Worksheet, at: int, table: Dataset, column: Column) -> None:
    """Cells of a column as text, so that no spreadsheet turns a code or a day into something else; choices to pick."""
    letter = get_column_letter(at)
    sheet.column_dimensions[letter].width = max(len(column.name) + 4, 14)
    if column.kind != "number":
        sheet.column_dimensions[letter].number_format = _TEXT
    known = table.choices.get(column.name) or tuple(column.choices or {})
    if known:
        listed = DataValidation(type="list", formula1='"' + ",".join(known) + '"', allow_blank=True)
        sheet.add_data_validation(listed)
        listed.add(f"{letter}2:{letter}{_ROWS}")


def _told(table: Dataset, column: Column, lang: str) -> list[str]:
    at = 0 if lang == "lv" else 1
    known = table.choices.get(column.name) or tuple(column.choices or {})
    holds = "; ".join(f"{code}: {column.word(code, lang)}" for code in known) if known else _HOLDS[column.kind][at]
    must = (("jā", "yes") if column.name in table.required else ("nē", "no"))[at]
    unit = table.units.get(column.name, "")
    of_row = ("kā kolonnā unit", "as in the column unit")[at]
    return [column.name, column.heading(lang), holds, must, of_row if unit == OF_ROW else unit]
