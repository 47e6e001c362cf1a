"""Tables of the frame of the years to come: areas, changes, measures, laws, reforms, models of financing care."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from balsts.budget import frame
from balsts.budget.frame import Criteria, Item, LawCost, Section
from balsts.figures.book import Book
from balsts.portal.statistics import plan_pictures as pictures
from balsts.portal.statistics.plan_tables import (
    Cell,
    both,
    first_upper,
    heading,
    of,
    percent_words,
    row_linked,
    signed,
    small,
    table,
    words,
)
from balsts.portal.statistics.words import Said, page_lang, period_words, unit_words

_OTHER = (frame.HEADINGS, frame.HOSPICE, frame.REHABILITATION, frame.INSURED, frame.PARENTS, frame.PROJECTS)


def frame_content(book: Book) -> dict[str, Any]:
    """What the page of the frame shows."""
    areas, changes, measures, laws = (frame.section(book, one) for one in (frame.AREAS, frame.CHANGES, frame.MEASURES,
                                                                           frame.LAWS))  # fmt: skip
    names = {frame.AREAS: _("Consolidated budget by policy area"), frame.CHANGES: _("Changes against 2025"),
             frame.MEASURES: _("Priority measures"), frame.LAWS: _("Cost of amendments to laws")}  # fmt: skip
    last = areas.years[-1] if areas.years else ""
    return {
        "areas": _areas(book, names[frame.AREAS], areas),
        "areas_picture": pictures.section_of(names[frame.AREAS], areas, last),
        "changes": _section(book, names[frame.CHANGES], changes),
        "changes_picture": pictures.section_of(names[frame.CHANGES], changes, last),
        "eliminated": table(book, _("Transfers between budgets"), (_("Year"), _("Million EUR, worked out")),
                            frame.eliminated(book)),
        "measures": _section(book, names[frame.MEASURES], measures),
        "laws": _section(book, names[frame.LAWS], laws),
        "reforms": [_law(book, one) for one in frame.laws(book)],
        "others": [(name, _section(book, name, frame.section(book, one)))
                   for one in _OTHER if (name := first_upper(words(one, "section")).text)],
        "models": [(name, _model(book, name, one)) for one in frame.care_models(book)
                   if (name := _model_name(one.family, one.variant))],
        "criteria": _criteria(book, frame.care_criteria(book)),
    }  # fmt: skip


def _areas(book: Book, caption: str, several: Section) -> SafeString:
    rows: list[tuple[Cell, ...]] = []
    for one in several.items:
        name = words(one.name)
        unit = "" if one.unit == "million EUR" else f", {unit_words(one.unit, page_lang()).text}"
        cells: list[Cell] = [first_upper(Said(f"{name.text}{unit}", name.lang))]
        for year in several.years:
            cells += [one.values.get(year), one.shares.get(year), one.changes.get(year)]
        rows.append(tuple(cells))
    rows.append((_("Sum of the areas, worked out"), *(cell for year in several.years
                                                      for cell in (several.summed(year), None, None))))  # fmt: skip
    headings = [_("Policy area")]
    for year in several.years:
        headings += [year, _("%(year)s, share, %%") % {"year": year}, _("%(year)s, change") % {"year": year}]
    return table(book, caption, headings, rows)


def _section(book: Book, caption: str, several: Section) -> SafeString:
    rows: list[tuple[Cell, ...]] = []
    for one in several.items:
        rows.append((_name(one), unit_words(one.unit, page_lang()), *(one.values.get(year) for year in several.years)))
        if one.shares:
            share = both(_name(one), small(_("share of the whole")))
            rows.append((share, "%", *(one.shares.get(year) for year in several.years)))
    if several.total and all(several.summed(year) is not None for year in several.years):
        rows.append((_("Sum of the lines, worked out"), "", *(several.summed(year) for year in several.years)))
    return table(book, caption, (_("Line"), heading("unit"), *(period_words(year) for year in several.years)), rows)


def _law(book: Book, one: LawCost) -> dict[str, Any]:
    rows = [
        (both(row_linked(reform.row, first_upper(of(reform.row, "benefit"))), small(of(reform.row, "condition"))),
         of(reform.row, "unit"), reform.old, reform.new, signed(reform.difference), percent_words(reform.percent),
         reform.recipients)
        for reform in one.reforms
    ]  # fmt: skip
    headings = (heading("benefit"), heading("unit"), heading("old_amount"), heading("new_amount"),
                _("Difference, worked out"), _("In percent, worked out"), heading("recipients_published"))  # fmt: skip
    costs = [(str(year), cost) for year, cost in one.costs]
    law = first_upper(words(one.law, "law"))
    return {
        "law": law,
        "table": table(book, _("Benefits: %(law)s") % {"law": law.text}, headings, rows),
        "costs": table(book, _("What it costs: %(law)s") % {"law": law.text}, (_("Year"), _("Million EUR")), costs),
    }


def _model(book: Book, name: str, one: frame.CareModel) -> SafeString:
    rows = [(first_upper(words(source, "finance_source")), *(values.get(period) for period in one.periods))
            for source, values in one.sources]  # fmt: skip
    return table(book, name, (heading("finance_source"), *(period_words(period) for period in one.periods)), rows)


def _model_name(family: str, variant: str) -> str:
    name = words(family, "model_family").text
    return f"{name}, {_('variant')} {variant}" if variant else name


def _criteria(book: Book, found: Criteria) -> SafeString:
    rows: list[tuple[Cell, ...]] = [
        (f"{one.number}. {words(one.name, 'criterion').text}", *(one.points.get(model) for model in found.models))
        for one in found.criteria
    ]  # fmt: skip
    rows.append((_("Total as printed"), *(found.totals.get(model) for model in found.models)))
    rows.append((_("Sum of the points, worked out"), *(found.summed(model) for model in found.models)))
    return table(book, _("How models were assessed, points"), (
        heading("criterion"), *(words(model, "model").text for model in found.models)), rows)  # fmt: skip


def _name(one: Item) -> Cell:
    return first_upper(words(one.name))
