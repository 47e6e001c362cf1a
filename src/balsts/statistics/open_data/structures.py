"""How each published table is described in SDMX: dimensions, the measure, attributes, and lists of their codes.

A dimension says what a figure is about, an attribute tells something of it. The columns that make a row its own are
dimensions; which of its figures is meant, is the dimension FIGURE. Where a table's columns leave rows alike, or only
their place in the source tells them apart, the code of the series does it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from balsts.figures.book import Book
from balsts.figures.columns import COLUMNS, Column
from balsts.figures.datasets import DATASETS, TOLD_BESIDE, Dataset
from balsts.figures.documents import DOCUMENTS, Document
from balsts.statistics.open_data.codes import TOTAL, Code, Codelist, Names, listed

AGENCY, VERSION, SCHEME = "BALSTS", "1.0", "CS_FIGURES"
"""Who keeps the structures; their version, which says that lists of codes grow with each year that is loaded."""
SCHEME_NAMES = {"lv": "Publicēto skaitļu jēdzieni", "en": "Concepts of published figures"}
SEX_COLUMNS = {"female": "F", "male": "M"}
"""Columns of figures that are the same figure for women and for men."""

REMARK = "source_note"
"""The column of remarks, which are put into both languages."""

Kind = Literal["String", "Decimal", "Integer", "GregorianTimePeriod", "ObservationalTimePeriod"]


@dataclass(frozen=True)
class Component:
    """A dimension, measure or attribute.

    Attributes:
        codelist: the list its values are codes of; none: its values are of a kind.
        column: the column of the table it comes from, if it is one.
        lang: the language of a text that is there in each of them.
    """

    id: str
    names: Names
    codelist: str = ""
    kind: Kind = "String"
    column: str = ""
    lang: str = ""
    is_required: bool = False


@dataclass(frozen=True)
class Structure:
    """The description of one table."""

    table: Dataset
    dimensions: tuple[Component, ...]
    attributes: tuple[Component, ...]
    time: Component
    measure: Component

    @property
    def id(self) -> str:
        """Its code in identifiers: BUDGET_EXECUTION."""
        return self.table.code.upper().replace("-", "_")

    @property
    def names(self) -> Names:
        """The titles of the table."""
        return {"lv": self.table.lv, "en": self.table.en}

    @property
    def key(self) -> tuple[Component, ...]:
        """All dimensions, time last."""
        return (*self.dimensions, self.time)

    @property
    def components(self) -> tuple[Component, ...]:
        """Dimensions, the measure, attributes: the order of columns in SDMX-CSV."""
        return (*self.key, self.measure, *self.attributes)


@dataclass(frozen=True)
class Structures:
    """The descriptions of all tables with the lists of codes they use."""

    tables: tuple[Structure, ...]
    codelists: tuple[Codelist, ...]

    @property
    def concepts(self) -> tuple[Component, ...]:
        """What components mean, once each."""
        found = {one.id: one for table in self.tables for one in table.components}
        return tuple(found[name] for name in sorted(found))

    def codelist(self, name: str) -> Codelist:
        """The list of a name."""
        return next(one for one in self.codelists if one.id == name)


def concept_id(column: str) -> str:
    """The identifier of a column's concept."""
    return column.upper()


def document_code(document: Document) -> str:
    """The code of a document; no program takes it for a number."""
    return f"DOC_{document.code}"


def structures(book: Book, others: Iterable[Codelist] = ()) -> Structures:
    """The descriptions of all tables of figures, with codes for all that stands in them.

    Args:
        others: lists of codes that no table uses and that are published beside those they do.
    """
    tables = tuple(_structure(table) for table in DATASETS.values() if table.has_figures)
    used = {one.codelist for table in tables for one in table.components if one.codelist}
    made = {one.id: one for one in (*_fixed_lists(), *_column_lists(book, tables))}
    listed_too = {one.id: one for one in others}
    assert not used & listed_too.keys(), "a list of others has a name of its own"
    kept = {name: made[name] for name in used} | listed_too
    return Structures(tables, tuple(kept[name] for name in sorted(kept)))


# -- one table -----------------------------------------------------------------------------------------------------


def _structure(table: Dataset) -> Structure:
    keyed = [COLUMNS[one] for one in table.key if one != table.period and _is_about(COLUMNS[one])]
    dimensions = [_coded(one) for one in keyed if one.name != "sex"]
    if needs_series(table):
        dimensions.append(_SERIES)
    dimensions.append(_FIGURE)
    if by_sex(table):
        dimensions.append(_SEX)
    if table.spans:
        dimensions.append(_TIME_BASIS)
    taken = {one.column for one in dimensions} | {"sex", table.period, *table.units}
    told = [part for one in table.columns if one not in taken for part in _attributes(COLUMNS[one])]
    around = [_UNIT, _STATUS, *([] if table.spans else [_TIME_BASIS]), _PRINTED, _CODE, *_CONTRADICTION]
    return Structure(table, tuple(dimensions), (*around, *told), _TIME, _VALUE)


def needs_series(table: Dataset) -> bool:
    """Whether columns that are no dimensions tell its rows apart."""
    return bool(table.row_code) or any(not _is_about(COLUMNS[one]) for one in table.key if one != table.period)


def by_sex(table: Dataset) -> bool:
    """Whether its figures are given for women and men."""
    return "sex" in table.columns or any(one in table.units for one in SEX_COLUMNS)


def _is_about(column: Column) -> bool:
    return column.kind not in ("date", "line") and column.name not in TOLD_BESIDE


def _is_coded(column: Column) -> bool:
    return column.kind == "choice" or (column.kind == "text" and column.name not in TOLD_BESIDE)


def _coded(column: Column) -> Component:
    return Component(concept_id(column.name), _headings(column), _list_id(column), column=column.name)


def _attributes(column: Column) -> Iterable[Component]:
    if column.name == REMARK:
        return tuple(
            Component(f"{concept_id(column.name)}_{lang.upper()}",
                      {"lv": f"{column.lv}, {said['lv']}", "en": f"{column.en}, {said['en']}"},
                      column=column.name, lang=lang)
            for lang, said in _IN_LANGUAGE.items()
        )  # fmt: skip
    return (_attribute(column),)


def _attribute(column: Column) -> Component:
    if column.name == "source_file":
        return Component(concept_id(column.name), _headings(column), "CL_DOCUMENT", column=column.name)
    if _is_coded(column):
        return _coded(column)
    kind: Kind = {"line": "Integer", "date": "GregorianTimePeriod"}.get(column.kind, "String")  # type: ignore[assignment]
    return Component(concept_id(column.name), _headings(column), kind=kind, column=column.name)


def _headings(column: Column) -> Names:
    return {"lv": column.lv, "en": column.en}


def _list_id(column: Column) -> str:
    return f"CL_{concept_id(column.name)}"


# -- what every table has ------------------------------------------------------------------------------------------

_TIME = Component("TIME_PERIOD", {"lv": "periods", "en": "period"}, kind="ObservationalTimePeriod", is_required=True)
_VALUE = Component("OBS_VALUE", {"lv": "vērtība", "en": "value"}, kind="Decimal", is_required=True)
_FIGURE = Component("FIGURE", {"lv": "kurš rindas skaitlis", "en": "which figure of the row"}, "CL_FIGURE")
_SEX = Component("SEX", {"lv": "dzimums", "en": "sex"}, "CL_SEX")
_SERIES = Component("SERIES", {"lv": "datu rindas kods", "en": "code of the series"})
_TIME_BASIS = Component("TIME_BASIS", {"lv": "kā periods zināms", "en": "how the period is known"}, "CL_TIME_BASIS",
                        is_required=True)  # fmt: skip
_UNIT = Component("UNIT_MEASURE", {"lv": "skaitļa mērvienība", "en": "unit of the figure"}, "CL_UNIT", is_required=True)
_STATUS = Component("OBS_STATUS", {"lv": "skaitļa statuss", "en": "status of the figure"}, "CL_OBS_STATUS",
                    is_required=True)  # fmt: skip
_PRINTED = Component("PERIOD_PRINTED", {"lv": "periods, kā publicēts", "en": "period as printed"})
_CODE = Component("FIGURE_CODE", {"lv": "skaitļa kods", "en": "code of the figure"}, is_required=True)
_IN_LANGUAGE: dict[str, Names] = {
    "lv": {"lv": "latviski", "en": "in Latvian"},
    "en": {"lv": "angliski", "en": "in English"},
}
_CONTRADICTION = tuple(
    Component(f"CONTRADICTION_{lang.upper()}", {"lv": f"pretruna, {said['lv']}", "en": f"contradiction, {said['en']}"})
    for lang, said in _IN_LANGUAGE.items()
)


def _fixed_lists() -> Iterable[Codelist]:
    figures = sorted({one for table in DATASETS.values() for one in table.units} - set(SEX_COLUMNS))
    yield Codelist("CL_FIGURE", _FIGURE.names,
                   tuple(Code(concept_id(one), _headings(COLUMNS[one])) for one in figures))  # fmt: skip
    yield Codelist("CL_SEX", _SEX.names, (
        Code("F", {"lv": "sievietes", "en": "women"}), Code("M", {"lv": "vīrieši", "en": "men"}),
        Code(TOTAL, {"lv": "kopā vai nav dalīts pēc dzimuma", "en": "total, or not by sex"}),
    ))  # fmt: skip
    yield Codelist("CL_TIME_BASIS", _TIME_BASIS.names, (
        Code("ASSUMED", {"lv": "rinda gadu nenosauc: dokumenta gads, bez dokumenta – tabulas jaunākais gads",
                         "en": "the row prints no year: that of its document or, without one, the table's latest"}),
        Code("PRINTED", {"lv": "publicēts rindā", "en": "printed in the row"}),
        Code("TABLE", {"lv": "visa tabula ir par to", "en": "the whole table is about it"}),
        Code("UNTIL", {"lv": "līdz šim gadam", "en": "until this year"}),
    ))  # fmt: skip
    # Codes and meaning of the cross-domain list SDMX:CL_OBS_STATUS, as far as they are used.
    yield Codelist("CL_OBS_STATUS", _STATUS.names, (
        Code("A", {"lv": "bez piezīmēm", "en": "normal value"}),
        Code("U", {"lv": "ir pretrunā ar citu publicētu skaitli", "en": "contradicts another published figure"}),
    ))  # fmt: skip
    yield Codelist("CL_DOCUMENT", _headings(COLUMNS["source_file"]), tuple(
        Code(document_code(one), {"lv": one.lv, "en": one.en})
        for one in sorted(DOCUMENTS.values(), key=lambda one: one.code)
    ))  # fmt: skip


def _column_lists(book: Book, tables: Iterable[Structure]) -> Iterable[Codelist]:
    """The lists of columns: every text that stands in a table where the column has codes."""
    texts: dict[str, set[str]] = {"unit": set()}
    as_dimension: set[str] = {"unit"}  # a figure may have no unit, as a dimension may have no value
    for table in tables:
        for one in table.components:
            if one.column and one.codelist and one.codelist != "CL_DOCUMENT":
                texts.setdefault(one.column, set()).update(row[one.column] for row in book.rows(table.table.code))
        as_dimension |= {one.column for one in table.dimensions}
        texts["unit"] |= {row.unit(column) for row in book.rows(table.table.code) for column in row.values}
    for name, found in texts.items():
        column = COLUMNS[name]
        yield Codelist(_list_id(column), _headings(column), listed(column, found, name in as_dimension))
