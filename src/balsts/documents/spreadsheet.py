"""Tables as files for spreadsheets: CSV, and XLSX (ECMA-376) written with the standard library. No cell is a formula.

The same table gives the same bytes. Amounts are written from whole cents, and exact decimals with the digits they have:
no float is near them.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula."""
_WRITTEN_AT = (1980, 1, 1, 0, 0, 0)
_LONGEST_NAME = 31
_HEAD, _PLAIN, _MONEY = 1, 0, 2
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XLSX = f"{_TYPE}.sheet"
"""The media type of the file."""
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="'
    'application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
    'ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/><Override PartName='
    f'"/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" '
    f'ContentType="{_TYPE}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{_OFFICE}/styles" '
    'Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="#,##0.00"/>'
    '</numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/>'
    '<name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill>'
    '<patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1">'
    '<xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/><xf xfId="0" '
    'numFmtId="164" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" '
    'builtinId="0"/></cellStyles></styleSheet>',
}


@dataclass(frozen=True)
class Euros:
    """An amount in whole cents, to stand in a cell as euros."""

    cents: int

    def __str__(self) -> str:
        sign, cents = ("-", -self.cents) if self.cents < 0 else ("", self.cents)
        return f"{sign}{cents // 100}.{cents % 100:02}"


Cell = str | int | Euros | Decimal
"""An exact decimal is written with the digits it has; an empty text is an empty cell."""


def plain(text: str) -> str:
    """Text that no spreadsheet takes for a formula: what begins like one gets an apostrophe before it."""
    return f"'{text}" if text.startswith(FORMULA) else text


def as_csv(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A table as CSV in UTF-8 with its mark, so that spreadsheets know it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([_written(one) for one in row] for row in rows)
    return ("\ufeff" + out.getvalue()).encode()


def _written(one: Cell) -> str:
    if isinstance(one, str):
        return plain(one)
    return f"{one:f}" if isinstance(one, Decimal) else str(one)


def as_xlsx(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A table as a workbook with one sheet: texts as texts, numbers as numbers, amounts with two decimals.

    Args:
        name: of the sheet; what a sheet's name may not have is left out.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for part, content in (_PARTS | {"xl/workbook.xml": _workbook(name), "xl/worksheets/sheet1.xml":
                                        _sheet(head, rows)}).items():  # fmt: skip
            packed.writestr(zipfile.ZipInfo(part, _WRITTEN_AT), _XML + content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _workbook(name: str) -> str:
    kept = "".join(one for one in name if one not in "[]:*?/\\'" and one.isprintable())[:_LONGEST_NAME] or "1"
    return (f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name={quoteattr(kept)} sheetId="1" '
            'r:id="rId1"/></sheets></workbook>')  # fmt: skip


def _sheet(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    widths = "".join(f'<col min="{at}" max="{at}" width="{max(len(one) + 2, 14)}" customWidth="1"/>'
                     for at, one in enumerate(head, 1))  # fmt: skip
    body = [_row(1, head, _HEAD), *(_row(at, row, _PLAIN) for at, row in enumerate(rows, 2))]
    return (f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
            f'state="frozen"/></sheetView></sheetViews><cols>{widths}</cols><sheetData>{"".join(body)}</sheetData>'
            '</worksheet>')  # fmt: skip


def _row(at: int, cells: Sequence[Cell], style: int) -> str:
    return f'<row r="{at}">{"".join(_cell(one, style) for one in cells)}</row>'


def _cell(one: Cell, style: int) -> str:
    if isinstance(one, Euros):
        return f'<c s="{_MONEY}"><v>{one}</v></c>'
    if isinstance(one, int):
        return f'<c s="{style}"><v>{one}</v></c>'
    if isinstance(one, Decimal):
        return f'<c s="{style}"><v>{one:f}</v></c>'
    kept = "".join(char for char in one if char >= " " or char in "\t\n")
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(kept)}</t></is></c>'
