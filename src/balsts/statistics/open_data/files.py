"""All files of the open data: their places, their kinds, their bytes. The same figures always give the same bytes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from balsts.figures.book import Book
from balsts.figures.columns import COLUMNS
from balsts.figures.datasets import DATASETS, Dataset
from balsts.statistics.open_data.codes import Names
from balsts.statistics.open_data.esspros_lists import esspros_lists
from balsts.statistics.open_data.message import Heading
from balsts.statistics.open_data.observations import Keep, observations
from balsts.statistics.open_data.sdmx_csv import data_csv
from balsts.statistics.open_data.sdmx_json import data_json, structure_json
from balsts.statistics.open_data.sdmx_xml import structure_xml
from balsts.statistics.open_data.structures import Structure, structures

PACKAGED_ON = datetime(2026, 11, 30, tzinfo=UTC)
"""When the tables that are part of the product last changed; a test holds their bytes."""
ROOT = "statistics/"
"""Where all of it lies, under the portal's address."""


@dataclass(frozen=True)
class Form:
    """A form that a table, or the structures, can be had in.

    Attributes:
        ending: the end of the file's name.
        media_type: what a server says that it is.
        iana: the registered kind of file it is.
        file_type: its code in the European list `file-type`, where that has it.
        standard: the standard it follows, with its address.
        is_made_here: whether this folder writes it; the others come from the pages of tables.
    """

    ending: str
    media_type: str
    names: Names
    iana: str
    file_type: str = ""
    standard: tuple[str, str] | None = None
    is_made_here: bool = True


_CSV, _JSON, _XML = "text/csv", "application/json", "application/xml"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PARQUET = "application/vnd.apache.parquet"
_SDMX = "application/vnd.sdmx"
_STANDARDS = "https://sdmx.org/standards-2/"
TABLE_FORMS = (
    Form("csv", f"{_CSV}; charset=utf-8", {"lv": "CSV", "en": "CSV"}, _CSV, "CSV", is_made_here=False),
    Form("xlsx", _SHEET, {"lv": "Excel (XLSX)", "en": "Excel (XLSX)"}, _SHEET, "XLSX", is_made_here=False),
    Form("parquet", _PARQUET, {"lv": "Parquet", "en": "Parquet"}, _PARQUET, is_made_here=False),
    Form("loaded.csv", f"{_CSV}; charset=utf-8", {"lv": "CSV, kā ielādēts", "en": "CSV as loaded"}, _CSV, "CSV"),
    Form("sdmx.csv", f"{_SDMX}.data+csv;version=2.0.0", {"lv": "SDMX-CSV 2.0", "en": "SDMX-CSV 2.0"}, _CSV, "CSV",
         ("SDMX-CSV 2.0", _STANDARDS)),
    Form("sdmx.json", f"{_SDMX}.data+json;version=2.0.0", {"lv": "SDMX-JSON 2.0", "en": "SDMX-JSON 2.0"}, _JSON, "JSON",
         ("SDMX-JSON 2.0", _STANDARDS)),
)  # fmt: skip
STRUCTURE_FORMS = (
    Form("xml", f"{_SDMX}.structure+xml;version=3.0.0",
         {"lv": "SDMX struktūras (SDMX-ML 3.0)", "en": "SDMX structures (SDMX-ML 3.0)"}, _XML, "XML",
         ("SDMX-ML 3.0", _STANDARDS)),
    Form("json", f"{_SDMX}.structure+json;version=2.0.0",
         {"lv": "SDMX struktūras (SDMX-JSON 2.0)", "en": "SDMX structures (SDMX-JSON 2.0)"}, _JSON, "JSON",
         ("SDMX-JSON 2.0", _STANDARDS)),
)  # fmt: skip
COLUMNS_ENDING = "loaded.csv-metadata.json"
"""What the columns of a table as it was loaded mean, by CSV on the Web."""


def forms_of(table: Dataset) -> tuple[Form, ...]:
    """The forms that a table can be had in: SDMX is of figures, and some tables are of words alone."""
    return tuple(one for one in TABLE_FORMS if table.has_figures or not one.ending.startswith("sdmx."))


def table_place(table: Dataset, ending: str) -> str:
    """Where a form of a table lies, below `ROOT`."""
    return f"tables/{table.code}.{ending}"


def structure_place(ending: str) -> str:
    """Where a form of the structures lies, below `ROOT`."""
    return f"sdmx/structure.{ending}"


class Files:
    """The files of a book; each is written when it is asked for, and kept.

    Args:
        changed_at: when the figures last changed.
    """

    def __init__(self, book: Book, changed_at: datetime = PACKAGED_ON) -> None:
        self.book, self.changed_at = book, changed_at
        self.structures = structures(book, esspros_lists())
        self._tables = {one.table.code: one for one in self.structures.tables}
        self._kept: dict[str, bytes] = {}

    def places(self) -> Iterator[str]:
        """The places of all files that are written here."""
        for one in STRUCTURE_FORMS:
            yield structure_place(one.ending)
        for table in DATASETS.values():
            for form in forms_of(table):
                if form.is_made_here:
                    yield table_place(table, form.ending)
            yield table_place(table, COLUMNS_ENDING)

    def content(self, place: str) -> bytes:
        """The bytes of a file.

        Raises:
            KeyError: there is none at this place.
        """
        if place not in self._kept:
            folder, _, name = place.partition("/")
            code, _, ending = name.partition(".")
            if folder == "sdmx" and code == "structure":
                self._kept[place] = self._structure(ending)
            elif folder == "tables":
                self._kept[place] = self.table(code, ending)
            else:
                raise KeyError(place)
        return self._kept[place]

    def structure(self, code: str) -> Structure:
        """How the figures of a table are described.

        Raises:
            KeyError: there is no such table, or it has no figures.
        """
        return self._tables[code]

    def table(self, code: str, ending: str, keep: Keep | None = None) -> bytes:
        """A table in one of its forms.

        Args:
            keep: of the forms of SDMX, which figures to take.

        Raises:
            KeyError: there is no such table, or no such form.
        """
        if ending == "loaded.csv":
            return table_csv(self.book, DATASETS[code])
        if ending == COLUMNS_ENDING:
            return columns_json(DATASETS[code])
        structure = self._tables[code]
        heading = Heading(structure.id, self.changed_at)
        taken = observations(self.book, structure, keep)
        match ending:
            case "sdmx.csv":
                return data_csv(structure, taken)
            case "sdmx.json":
                return data_json(structure, self.structures, taken, heading)
        raise KeyError(ending)

    def _structure(self, ending: str) -> bytes:
        heading = Heading("STRUCTURE", self.changed_at)
        writers = {"xml": structure_xml, "json": structure_json}
        return writers[ending](self.structures, heading)


@lru_cache(maxsize=2)
def files_of(book: Book, changed_at: datetime = PACKAGED_ON) -> Files:
    """The files of a book, kept as long as it is the book that stands."""
    return Files(book, changed_at)


def table_csv(book: Book, table: Dataset) -> bytes:
    """A table as it was loaded: every column, every row, each cell as printed."""
    written = io.StringIO(newline="")
    lines = csv.writer(written, lineterminator="\n")
    lines.writerow(table.columns)
    for row in book.rows(table.code):
        lines.writerow([row[one] for one in table.columns])
    return written.getvalue().encode()


def columns_json(table: Dataset) -> bytes:
    """What the columns of a table as it was loaded mean (CSV on the Web)."""
    kinds = {"number": "decimal", "line": "integer"}
    columns: list[dict[str, Any]] = [
        {"name": one, "titles": one, "datatype": kinds.get(COLUMNS[one].kind, "string"),
         "required": one in table.required, "dc:title": _by_language(COLUMNS[one].lv, COLUMNS[one].en)}
        for one in table.columns
    ]  # fmt: skip
    described = {
        "@context": "http://www.w3.org/ns/csvw", "url": f"{table.code}.loaded.csv",
        "dc:title": _by_language(table.lv, table.en), "dialect": {"lineTerminators": ["\n"]},
        "tableSchema": {"columns": columns},
    }  # fmt: skip
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()


def _by_language(lv: str, en: str) -> list[dict[str, str]]:
    return [{"@value": lv, "@language": "lv"}, {"@value": en, "@language": "en"}]
