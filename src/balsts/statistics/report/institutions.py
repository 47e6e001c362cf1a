"""Whose reports there are, and of which years: as many as the data hold."""

from __future__ import annotations

from dataclasses import dataclass

from balsts.documents.letter import Language
from balsts.figures.book import Book
from balsts.law.engine.errors import InputError, nearest


@dataclass(frozen=True)
class Institution:
    """An institution that publishes reports.

    Attributes:
        code: its name in addresses and commands.
        in_tables: its name in published tables.
        reported_in: tables without a column of the institution that report a year of it, by code.
    """

    code: str
    in_tables: str
    lv: str
    en: str
    reported_in: tuple[str, ...]

    def name(self, lang: Language) -> str:
        """What it is called."""
        return self.lv if lang == "lv" else self.en


def title(year: int, lang: Language) -> str:
    """The title of a report of a year."""
    return f"Publiskais gada pārskats par {year}. gadu" if lang == "lv" else f"Public annual report for {year}"


INSTITUTIONS = {
    one.code: one
    for one in (
        Institution("lm", "LM", "Labklājības ministrija", "Ministry of Welfare",
                    ("indicators", "priority-measures", "public-services", "eu-funds")),
        Institution("siva", "SIVA", "Sociālās integrācijas valsts aģentūra", "State Social Integration Agency", ()),
    )
}  # fmt: skip
"""Institutions by code."""


def years(book: Book, institution: Institution) -> list[int]:
    """The years of which an institution's report can be made, the last first.

    A year is reported where its budget stands with a plan (years printed for comparison alone have none), or where a
    table of the institution is about it.
    """
    found = {
        row.year for row in book.rows("budget-execution")
        if row["institution"] == institution.in_tables and "plan" in row.values
    } | {row.year for code in institution.reported_in for row in book.rows(code)}  # fmt: skip
    return sorted((year for year in found if year is not None), reverse=True)


def available(book: Book) -> list[tuple[Institution, list[int]]]:
    """Every institution with the years of its reports."""
    return [(one, years(book, one)) for one in INSTITUTIONS.values()]


def wanted(book: Book, institution: str, year: int) -> Institution:
    """The institution of a code, whose report of a year can be made.

    Raises:
        InputError: there is no such institution, or no report of that year; it lists what there is.
    """
    there = "; ".join(f"{one.code}: {', '.join(map(str, found))}" for one, found in available(book) if found)
    known = INSTITUTIONS.get(institution)
    if known is None:
        raise InputError(f"{institution}: no such institution; reports can be had of {there}."
                         f"{nearest(institution, INSTITUTIONS)}")  # fmt: skip
    if year not in years(book, known):
        raise InputError(f"{known.code} {year}: no published figures of that year; reports can be had of {there}.")
    return known
