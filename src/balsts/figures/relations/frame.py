"""Relations in the medium-term budget frame: areas and their total, changes, priority measures, costs of laws."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from balsts.figures.relations.shelf import Shelf, figures, matching, only
from balsts.figures.relations.trying import Tried, hundred, less, same, share, total
from balsts.figures.rows import Figure, Row

TABLE = "budget-frame"
_AREAS, _CHANGES, _MEASURES = "konsolidetais_kopbudzets", "izmainas_pret_2025", "prioritarie_pasakumi"
_HEADINGS, _LAWS, _HOSPICE = "prioritarie_virsraksti", "likumu_grozijumi_izmaksas", "hospiss"
_REHABILITATION = "sociala_rehabilitacija_paka"
_ALL, _GROWTH = "Kopā", "Kopā: pieaugums"
_CHANGE = "change_vs_2025"
_BASE_YEAR = _CHANGE.removeprefix("change_vs_")
_ALL_CHANGE = "Labklājības nozares konsolidētā budžeta izmaiņas"
"""The change of the sector. It is not the sum of the budgets above it, which are not consolidated; and what stands
above the basic and the special budget is only what grew most."""
_ALL_MEASURES = "MK atbalstītie prioritārie pasākumi kopā"
_PARENTS = "Vecāku pabalsta saglabāšana"

HEADINGS = {
    "Atbalsts ģimenēm ar bērniem": ("Materiālā atbalsta (pabalstu) pilnveidošana ģimenēm ar bērniem", _PARENTS),
    "Atbalsts ārpusģimenes aprūpē esošiem bērniem": (
        "Materiālā atbalsta pilnveidošana ārpusģimenes aprūpē esošiem bērniem",
    ),
    "Paliatīvās aprūpes pakalpojuma nodrošināšana": ("Paliatīvās aprūpes pakalpojuma nodrošināšana",),
    "Sociālās rehabilitācijas pakalpojumu nodrošināšana": ("Sociālās rehabilitācijas pakalpojumu nodrošināšana",),
}
"""Headings of slides, and the priority measures that each is about."""


def tried(shelf: Shelf) -> Iterator[Tried]:
    """Every relation in the budget frame, tried."""
    rows = shelf.rows(TABLE)
    for year in shelf.years(TABLE):
        of_year = matching(rows, year=year)
        yield from _areas(matching(of_year, section=_AREAS))
        yield from _changes(rows, of_year)
        yield from _measures(of_year)
        yield from _hospice(rows, of_year)
        yield from _laws(shelf, of_year)


def _areas(rows: Sequence[Row]) -> Iterator[Tried]:
    all_ = only(matching(rows, item=_ALL))
    areas = [row for row in rows if row["item"] not in (_ALL, _GROWTH)]
    if not all_ or not areas:
        return
    yield total("parts-and-whole", all_, figures(areas))
    shares = figures(areas, "share_percent")
    for printed in shares:
        if one := share("percent-of-whole", printed, [Figure(printed.row, "value")], [all_]):
            yield one
    if len(shares) == len(areas):
        yield hundred("shares-of-whole", shares)
    change = only([all_.row], _CHANGE)
    if change and figures(areas, _CHANGE):
        yield total("parts-and-whole", change, figures(areas, _CHANGE))


def _changes(rows: Sequence[Row], of_year: Sequence[Row]) -> Iterator[Tried]:
    """The change is the new amount less that of the base year; in percent of that; and the same wherever it stands."""
    base = matching(rows, section=_AREAS, year=_BASE_YEAR)
    for change in figures(matching(of_year, section=_AREAS), _CHANGE):
        old = only(matching(base, item=change.row["item"]))
        if old:
            yield total("change", change, [Figure(change.row, "value"), less(old)])
    all_, growth = (only(matching(of_year, section=_AREAS, item=_ALL), _CHANGE),
                    only(matching(of_year, section=_AREAS, item=_GROWTH)))  # fmt: skip
    old = only(matching(base, item=_ALL))
    if all_ and growth and old and (one := share("percent-of-whole", growth, [all_], [old])):
        yield one
    again = only(matching(of_year, section=_CHANGES, item=_ALL_CHANGE))
    if all_ and again:
        yield same("printed-twice", again, all_)
    for row in matching(of_year, section=_CHANGES):
        if _CHANGE in row.values and "value" in row.values:
            yield same("read-twice", Figure(row, _CHANGE), Figure(row, "value"))


def _measures(rows: Sequence[Row]) -> Iterator[Tried]:
    all_ = only(matching(rows, section=_MEASURES, item=_ALL_MEASURES))
    measures = [row for row in matching(rows, section=_MEASURES) if row["item"] != _ALL_MEASURES]
    if all_ and measures:
        yield total("parts-and-whole", all_, figures(measures))
    headings = matching(rows, section=_HEADINGS)
    for row in headings:
        parts = [_beginning(measures, one) for one in HEADINGS.get(row["item"], ())]
        if parts and all(parts):
            yield total("printed-twice", Figure(row, "value"), [one for one in parts if one])
    if all_ and headings:
        yield total("parts-and-whole", all_, figures(headings))
    package = figures(matching(rows, section=_REHABILITATION, unit="million EUR"))
    whole = _beginning(measures, "Sociālās rehabilitācijas pakalpojumu nodrošināšana")
    if package and whole:
        yield total("parts-and-whole", whole, package)


def _hospice(rows: Sequence[Row], of_year: Sequence[Row]) -> Iterator[Tried]:
    """The base finance grows by the priority measure; how many persons it is for stands twice."""
    hospice = matching(of_year, section=_HOSPICE)
    new = only(matching(hospice, item="pakalpojuma bāzes finansējums"))
    added = _beginning(matching(of_year, section=_MEASURES), "Paliatīvās aprūpes pakalpojuma nodrošināšana")
    if new and added:
        before = matching(rows, section=_HOSPICE, year=str(int(new.row["year"]) - 1))
        old = only(row for row in before if row["item"].startswith("pakalpojuma bāzes finansējums (līdz"))
        if old:
            yield total("change", added, [new, less(old)])
    available = only(matching(hospice, item="pieejamība gadā"))
    unique = only(row for row in hospice if "(unikālais skaits) — plāns (LM pieejamie resursi)" in row["item"])
    if available and unique:
        yield same("printed-twice", available, unique)


def _laws(shelf: Shelf, rows: Sequence[Row]) -> Iterator[Tried]:
    """What a law costs: as a priority measure too, and in the table of reforms, read from the same place."""
    laws = matching(rows, section=_LAWS)
    parents, measure = only(row for row in laws if "(vecāku pabalsts" in row["item"]), _beginning(rows, _PARENTS)
    if parents and measure:
        yield same("printed-twice", measure, parents)
    for row in laws:
        column = f"cost_{row['year']}_million_eur"
        costs = shelf.rows("benefit-reforms", row_type="law_cost")
        if other := only((one for one in costs if row["item"].startswith(one["law"])), column):
            yield same("read-twice", other, Figure(row, "value"))
    reforms = [one for one in shelf.rows("benefit-reforms", row_type="benefit") if one["recipients_source_line"]]
    for row in rows:
        if row["section"] in ("vsaoi_personas", "vecaku_pabalsts"):
            there = [one for one in reforms if one["recipients_source_line"] == row["source_line"]
                     and one["source_file"] == row["source_file"]]  # fmt: skip
            if other := only(there, "recipients_published"):
                yield same("read-twice", Figure(row, "value"), other)


def _beginning(rows: Sequence[Row], begin: str) -> Figure | None:
    return only(row for row in rows if row["section"] == _MEASURES and row["item"].startswith(begin))
