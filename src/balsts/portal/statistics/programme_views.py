"""Pages of programmes: from a policy area to a programme, its results, indicators and money."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from balsts.budget import execution, programmes
from balsts.budget.programmes import Branch, Indicator, Named, Programme, Result
from balsts.figures.book import Book
from balsts.figures.columns import COLUMNS
from balsts.portal.statistics import plan_pictures
from balsts.portal.statistics.execution_tables import line_tables, programme_link
from balsts.portal.statistics.kept import Page, page, shown, way_to
from balsts.portal.statistics.plan_tables import Cell, both, first_upper, heading, of, row_linked, small, table, words
from balsts.portal.statistics.words import KINDS, Said, page_lang


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Policy areas with their programmes, and all programmes by code."""
    return shown(request, _index)


@require_GET
def one(request: HttpRequest, code: str) -> HttpResponse:
    """A programme or subprogramme."""
    return shown(request, _one, code)


def _index(book: Book) -> Page:
    areas = [
        {"name": first_upper(words(area.name, "policy_area")) if area.name else Said(_("Area not stated")),
         "known": _known(area.known), "number": area.number,
         "cards": [_card(book, card.name, card.branches) for card in area.cards]}
        for area in programmes.areas(book)
    ]  # fmt: skip
    return page(_("Policy areas and programmes"), way_to(), "plans/programmes", {
        "areas": areas, "kinds": _kinds(book), "number": sum(area["number"] for area in areas),
        "codes": _codes(book, programmes.programmes(book)),
        "money": plan_pictures.by_programme(book),
        "money_table": table(book, _("Expenditure of the basic budget by programme"), (
            _("Programme"), _("Sum of subprogrammes, worked out, EUR")), (
            (programme_link(group.code, _title((group.name,) if group.name else ())), group.total)
            for group in execution.by_programme(book))),
        "year": execution.reported_year(book, execution.GROSS),
    })  # fmt: skip


def _one(book: Book, code: str) -> Page:
    found = programmes.programme(book, code)
    if found is None:
        raise Http404
    results = programmes.results(book, code)
    title = f"{code} {_title(found.titles).text}".strip()
    return page(Said(title, _title(found.titles).lang),
                way_to((reverse("statistics_programmes"), _("Policy areas and programmes"))), "plans/programme", {
        "programme": found, "names": _names(book, found.names),
        "parent": programme_link(found.parent, _title(_of(book, found.parent))) if found.parent else "",
        "parts": _codes(book, (found,)) if found.parts else "",
        "areas": [(first_upper(words(area, "policy_area")) if area else Said(_("Area not stated")), _known(known))
                  for area, known in programmes.areas_of(book, code)],
        "money": line_tables(book, execution.of_programme(book, code)),
        "results": [{"name": (name := first_upper(words(one.name, "result"))),
                     "table": indicators(book, name.text, one.indicators)} for one in results],
        "picture": plan_pictures.women_and_men(results),
    })  # fmt: skip


def indicators(book: Book, of_what: str, several: Iterable[Indicator]) -> SafeString:
    """A table of indicators with their kinds, units, values, women and men, as printed.

    Args:
        of_what: whose indicators they are, for those who hear the caption.
    """
    found = list(several)
    headings = (heading("indicator"), heading("year"), heading("indicator_kind"), heading("unit"), heading("value"),
                heading("female"), heading("male"), heading("value_text"))  # fmt: skip
    caption = _("Indicators: %(of_what)s") % {"of_what": of_what} if of_what else _("Indicators")
    return table(book, caption, headings, (_indicator(one) for one in found))


def _indicator(one: Indicator) -> tuple[Cell, ...]:
    row = one.row
    name = first_upper(of(row, "indicator_name")) if one.name else Said(_("Spending on the results above"))
    beside = [small(first_upper(of(row, "indicator_parent")))]
    if row["priority_measure_no"]:
        number = row["priority_measure_no"]
        beside.append(format_html('<span class="balsts-small">{}: {} {}</span>', heading("priority_measure_name"),
                                  number, of(row, "priority_measure_name").html))  # fmt: skip
    beside += [small(of(spent, "indicator_name")) for spent in one.spending]
    if one.are_sexes_rates:
        beside.append(small(_("Women and men are rates of their own group, not parts of the value.")))
    if not one.figures and not row["value_text"]:
        beside.append(small(_("printed as ×")))
    parts = [figure for figure in (one.first, one.second) if figure is not None]
    text = row_linked(row, row["value_text"]) if parts else of(row, "value_text")
    return (both(row_linked(row, name), *beside), row["year"], kind_words(one.kind), of(row, "unit"), one.value,
            one.female, one.male, text)  # fmt: skip


def kind_words(kind: str) -> SafeString:
    """A kind of indicator: its abbreviation with its words."""
    return format_html('<abbr title="{}">{}</abbr>', COLUMNS["indicator_kind"].word(kind, page_lang()), kind)


def _kinds(book: Book) -> SafeString:
    rows = ((kind, COLUMNS["indicator_kind"].word(kind, page_lang()), str(KINDS.get(kind, "")), number)
            for kind, number in programmes.kinds(book))  # fmt: skip
    return table(book, _("Kinds of indicators"), (_("Abbreviation"), _("Words"), _("What it shows"), _("How many")),
                 rows)  # fmt: skip


def _card(book: Book, name: str, branches: Iterable[Branch]) -> dict[str, object]:
    found = list(branches)
    outcomes = [one for branch in found if not branch.code for result in branch.results for one in result.indicators]
    return {
        "name": first_upper(words(name, "policy_card")) if name else None,
        "outcomes": indicators(book, words(name, "policy_card").text, outcomes) if outcomes else "",
        "branches": [(programme_link(branch.code, words(branch.name, "programme_name")), _counted(branch.results))
                     for branch in found if branch.code],
    }  # fmt: skip


def _counted(results: Iterable[Result]) -> str:
    number = sum(len(result.indicators) for result in results)
    return ngettext("%(number)s indicator", "%(number)s indicators", number) % {"number": number}


def _known(known: Iterable[tuple[str, int]]) -> str:
    column = COLUMNS["policy_area_source"]
    told = (f"{column.word(how, page_lang()) if how else _('not known')}: {number}" for how, number in known)
    return ", ".join(told)


def _codes(book: Book, several: Iterable[Programme]) -> SafeString:
    rows = [(programme_link(one.code, Said("")), _names_of(one)) for found in several for one in (found, *found.parts)]
    return table(book, _("Programmes and subprogrammes"), (heading("programme_code"), heading("programme_name")), rows)


def _names_of(one: Programme) -> Cell:
    if not one.is_printed:
        return _("not printed in any document; known by the codes of its subprogrammes")
    told = {named.name: None for named in one.names}
    return both(*(words(name, "programme_name") for name in told))


def _names(book: Book, several: Iterable[Named]) -> SafeString:
    rows = ((row_linked(one.row, words(one.name, "programme_name")), of(one.row, "budget"), _years(one.years),
             one.document.title(page_lang()) if one.document else "", str(one.row.line or ""))
            for one in several)  # fmt: skip
    return table(book, _("Names and where they are printed"), (
        heading("programme_name"), heading("budget"), _("Years"), _("Document"), _("First line")), rows)  # fmt: skip


def _years(years: Iterable[int]) -> str:
    return ", ".join(str(one) for one in years)


def _of(book: Book, code: str | None) -> tuple[str, ...]:
    found = programmes.programme(book, code) if code else None
    return found.titles if found else ()


def _title(titles: Iterable[str]) -> Said:
    several = [words(one, "programme_name") for one in titles]
    return Said(" / ".join(one.text for one in several), several[0].lang if several else "")
