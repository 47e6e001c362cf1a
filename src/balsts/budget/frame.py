"""The budget of the years to come: areas, changes, measures, laws, what benefits become, models of financing care."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from balsts.budget.picked import figure, grouped, percent
from balsts.figures.book import Book
from balsts.figures.rows import Figure, Row

TABLE = "budget-frame"
AREAS, CHANGES, MEASURES = "konsolidetais_kopbudzets", "izmainas_pret_2025", "prioritarie_pasakumi"
HEADINGS, LAWS, HOSPICE = "prioritarie_virsraksti", "likumu_grozijumi_izmaksas", "hospiss"
REHABILITATION, INSURED, PARENTS = "sociala_rehabilitacija_paka", "vsaoi_personas", "vecaku_pabalsts"
PROJECTS = "projekti"
BASIC, SPECIAL, WHOLE, TOTAL = "Pamatbudžets", "Speciālais budžets", "Labklājības nozares konsolidētā", "Kopā"


@dataclass(frozen=True)
class Item:
    """A line of the frame: its figures by year, in one unit.

    Attributes:
        shares: its share of the whole by year, percent, where printed.
        changes: its change against 2025 by year, where printed beside the value.
    """

    name: str
    unit: str
    values: dict[str, Figure]
    shares: dict[str, Figure]
    changes: dict[str, Figure]

    @property
    def is_total(self) -> bool:
        """Whether it is the sum of the other lines of its section."""
        return self.name.endswith(f" {TOTAL.lower()}") or self.name.startswith(TOTAL)


@dataclass(frozen=True)
class Section:
    """A part of the frame with the years it tells of."""

    code: str
    years: tuple[str, ...]
    items: tuple[Item, ...]

    @property
    def total(self) -> Item | None:
        """The line that sums the others up, where one is printed."""
        return next((one for one in self.items if one.is_total), None)

    def summed(self, year: str) -> Decimal | None:
        """The sum of its lines in a year, without the total; None where they are of several units."""
        parts = [one for one in self.items if not one.is_total]
        if len({one.unit for one in parts}) != 1:
            return None
        return sum((one.values[year].value for one in parts if year in one.values), Decimal(0))


@dataclass(frozen=True)
class Reform:
    """A benefit before and after, for whom, and how many receive it."""

    row: Row
    old: Figure | None
    new: Figure | None
    recipients: Figure | None

    @property
    def difference(self) -> Decimal | None:
        """New less old."""
        return self.new.value - self.old.value if self.new and self.old else None

    @property
    def percent(self) -> Decimal | None:
        """The difference in percent of the old amount."""
        return percent(self.difference, self.old.value) if self.old and self.difference is not None else None


@dataclass(frozen=True)
class LawCost:
    """A law with the reforms of benefits that it holds, and what they cost together; not printed by benefit."""

    law: str
    reforms: tuple[Reform, ...]
    costs: tuple[tuple[int, Figure | None], ...]


@dataclass(frozen=True)
class CareModel:
    """A variant of a model of financing long-term care: percent by source of finance and period.

    The document does not say what the percent is of.
    """

    family: str
    variant: str
    periods: tuple[str, ...]
    sources: tuple[tuple[str, dict[str, Figure]], ...]


@dataclass(frozen=True)
class Criterion:
    """A criterion with the points of each model."""

    number: str
    name: str
    points: dict[str, Figure]


@dataclass(frozen=True)
class Criteria:
    """How the models of financing care were assessed.

    Attributes:
        totals: points of each model together, as printed.
    """

    models: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    totals: dict[str, Figure]

    def summed(self, model: str) -> Decimal:
        """The points of a model, added up."""
        return sum((one.points[model].value for one in self.criteria if model in one.points), Decimal(0))


def section(book: Book, code: str) -> Section:
    """A part of the frame; without lines where nothing of it was loaded."""
    rows = [row for row in book.rows(TABLE) if row["section"] == code]
    items = []
    for (name, unit), several in grouped(rows, lambda row: (row["item"], row["unit"])).items():
        by_column = [{row["year"]: one for row in several if (one := figure(row, column)) is not None}
                     for column in ("value", "share_percent", "change_vs_2025")]  # fmt: skip
        items.append(Item(name, unit, *by_column))
    return Section(code, tuple(sorted({row["year"] for row in rows})), tuple(items))


def eliminated(book: Book) -> tuple[tuple[str, Decimal], ...]:
    """By year: the changes of the basic and the special budget together, less the consolidated change, million EUR.

    It is how much more the budgets pay each other than in 2025; the document does not print it.
    """
    items = {one.name: one for one in section(book, CHANGES).items}
    basic, special = items.get(BASIC), items.get(SPECIAL)
    whole = next((one for name, one in items.items() if name.startswith(WHOLE)), None)
    if not (basic and special and whole):
        return ()
    return tuple((year, basic.values[year].value + special.values[year].value - whole.values[year].value)
                 for year in whole.values if year in basic.values and year in special.values)  # fmt: skip


def laws(book: Book) -> tuple[LawCost, ...]:
    """Laws with their reforms of benefits and costs."""
    found = []
    for law, rows in grouped(book.rows("benefit-reforms"), lambda row: row["law"]).items():
        columns = ("old_amount", "new_amount", "recipients_published")
        reforms = tuple(Reform(row, *(figure(row, one) for one in columns)) for row in rows
                        if row["row_type"] == "benefit")  # fmt: skip
        cost = next((row for row in rows if row["row_type"] == "law_cost"), None)
        years = tuple((year, figure(cost, f"cost_{year}_million_eur")) for year in (2026, 2027, 2028))
        found.append(LawCost(law, reforms, years))
    return tuple(found)


def care_models(book: Book) -> tuple[CareModel, ...]:
    """The models of financing long-term care, by variant."""
    found = []
    rows = grouped(book.rows("care-models"), lambda row: (row["model_family"], row["model_variant"]))
    for (family, variant), several in rows.items():
        by_source = grouped(several, lambda row: row["finance_source"])
        sources = tuple((source, {row["period"]: one for row in of_it if (one := figure(row, "percent"))})
                        for source, of_it in by_source.items())  # fmt: skip
        found.append(CareModel(family, variant, tuple(sorted({row["period"] for row in several})), sources))
    return tuple(found)


def care_criteria(book: Book) -> Criteria:
    """How the models were assessed, by criterion."""
    rows = book.rows("care-criteria")
    by_number = grouped([row for row in rows if row["row_type"] == "criterion"],
                        lambda row: (row["criterion_no"], row["criterion"]))  # fmt: skip
    criteria = tuple(Criterion(number, name, _points(several)) for (number, name), several in by_number.items())
    models = tuple(dict.fromkeys(row["model"] for row in rows))
    return Criteria(models, criteria, _points([row for row in rows if row["row_type"] == "total"]))


def _points(rows: list[Row]) -> dict[str, Figure]:
    return {row["model"]: one for row in rows if (one := figure(row, "score")) is not None}
