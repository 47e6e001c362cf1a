"""What tests of reports read beside the program: the files as they lie, and reports with all their numbers."""

from __future__ import annotations

import csv
from decimal import Decimal
from functools import cache
from html.parser import HTMLParser

from balsts.figures.book import packaged
from balsts.figures.datasets import DATASETS
from balsts.statistics.report.form import Cell, Chart, Report
from balsts.statistics.report.whole import report_of

REPORTS = (("lm", 2023), ("siva", 2021), ("lm", 2020))
LANGUAGES = ("lv", "en")


@cache
def written(institution: str, year: int, lang: str) -> Report:
    """A report of the product's own files."""
    return report_of(packaged(), institution, year, "lv" if lang == "lv" else "en")


@cache
def printed(table: str) -> list[dict[str, str]]:
    """A file as it lies in the product, read without the product's own reading."""
    with DATASETS[table].path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text: str, lang: str) -> Decimal:
    """A number as a report writes it."""
    plain = text.replace("\u2212", "-").replace("\u00a0", "" if lang == "lv" else "\u00a0")
    return Decimal(plain.replace(",", ".") if lang == "lv" else plain.replace(",", ""))


def source_cell(code: str) -> str:
    """What the file has for the code of a figure."""
    table, key, column = code.split("/")
    row = packaged().row(table, key)
    assert row is not None, code
    return printed(table)[row.number - 2][column]


def shown_numbers(report: Report) -> list[Cell]:
    """Every cell with a source."""
    return [one for one in report.cells() if one.sources]


def charts(report: Report) -> list[Chart]:
    """Every chart."""
    return [one for one in report.blocks() if isinstance(one, Chart)]


class Tags(HTMLParser):
    """The tags of a page with their attributes, in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it."""
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def named(self, tag: str) -> list[dict[str, str]]:
        """The attributes of all of a kind."""
        return [attributes for name, attributes in self.tags if name == tag]
