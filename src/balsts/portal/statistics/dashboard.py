"""The first page of the published figures: what there is, a few of them drawn, and a contradiction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from balsts.figures.book import Book
from balsts.figures.datasets import DATASETS
from balsts.figures.rows import Figure, Row
from balsts.portal.statistics import pictures
from balsts.portal.statistics.kept import Page, page, shown
from balsts.portal.statistics.places import places
from balsts.portal.statistics.shown import FigureShown, figure_shown, finding_shown
from balsts.portal.statistics.words import Said, name_of, page_lang, period_words, said, unit_words

_MOST = 6


@dataclass(frozen=True)
class Headline:
    """A few figures that belong together: their title, the drawing, and the figures in words, of one unit."""

    title: str
    svg: str
    named: tuple[str, str]
    unit: str
    rows: tuple[tuple[Said, FigureShown | None, FigureShown | None], ...]


@require_GET
def dashboard(request: HttpRequest) -> HttpResponse:
    """The first page; the contradiction that it shows changes from day to day."""
    return shown(request, _dashboard, timezone.localdate())


def _dashboard(book: Book, today: date) -> Page:
    lang = page_lang()
    finding = book.findings[today.toordinal() % len(book.findings)] if book.findings else None
    files = {row.get("source_file") for code in DATASETS for row in book.rows(code)} - {""}
    return page(_("Published figures"), (), "dashboard", {
        "tables": len(DATASETS), "documents": len(files), "rows": sum(len(book.rows(code)) for code in DATASETS),
        "figures": sum(1 for _one in book.figures()), "findings": len(book.findings),
        "tried": len(book.tried), "hold": sum(one.holds for one in book.tried),
        "finding": finding_shown(book, finding, lang) if finding else None, "places": places(),
        "headlines": [one for one in (_basic(book, lang), _special(book, lang), _funds(book, lang),
                                      _frame(book, lang), _outcomes(book, lang)) if one is not None],
    })  # fmt: skip


def _basic(book: Book, lang: str) -> Headline | None:
    rows = [row for row in _execution(book, "basic") if row["programme_name"] == "Valsts pamatbudžets"
            and row["line_code"] == "2"]  # fmt: skip
    told = [(Said(period_words(row.period)), _of(row, "plan"), _of(row, "actual")) for row in _by_period(rows)]
    return _headline(book, _("Basic budget: expenditure, plan and execution"), (_("plan"), _("execution")), told, lang)


def _special(book: Book, lang: str) -> Headline | None:
    rows = [row for row in _execution(book, "special") if row["programme_code"] == "04.00.00"]
    spent = {row.period: row for row in rows if row["line_code"] == "2"}
    told = [(Said(period_words(row.period)), _of(row, "actual"), _of(spent.get(row.period), "actual"))
            for row in _by_period(rows) if row["line_code"] == "1"]  # fmt: skip
    return _headline(book, _("Special budget of social insurance"), (_("income"), _("expenditure")), told, lang)


def _execution(book: Book, budget: str) -> list[Row]:
    """Rows of the ministry's budget in whole euros, which is how annexes print it."""
    return [row for row in book.rows("budget-execution") if row["budget"] == budget and row["institution"] == "LM"
            and row["unit"] == "EUR"]  # fmt: skip


def _funds(book: Book, lang: str) -> Headline | None:
    rows = [row for row in book.rows("eu-funds") if row["row_type"] == "fund_total"]
    latest = [row for row in rows if row.period == max(one.period for one in rows)]
    told = [(said("fund", row["fund"], lang), _of(row, "total_eur"), _of(row, "invested_eur")) for row in latest]
    day = period_words(latest[0].period) if latest else ""
    title = _("EU funds: finance and what is invested, on %(day)s") % {"day": day}
    return _headline(book, title, (_("finance"), _("invested")), told, lang)


def _frame(book: Book, lang: str) -> Headline | None:
    rows = [row for row in book.rows("budget-frame") if row["section"] == "konsolidetais_kopbudzets"
            and row["unit"] == "million EUR" and row["item"] != "Kopā"]  # fmt: skip
    years = sorted({row.period for row in rows})[:2]
    if len(years) < len(("first", "second")):
        return None
    by_place = {(row["item"], row.period): row for row in rows}

    def of(item: str, year: str) -> Figure | None:
        return _of(by_place.get((item, year)), "value")

    told = [(name_of(row, lang), of(row["item"], years[0]), of(row["item"], years[1]))
            for row in rows if row.period == years[0]]  # fmt: skip
    return _headline(book, _("Consolidated budget by policy area"), (years[0], years[1]), told, lang)


def _outcomes(book: Book, lang: str) -> Headline | None:
    rows = [row for row in book.rows("indicators") if row["indicator_kind"] == "POLRR" and row["unit"] == "%"
            and {"female", "male"} <= row.values.keys()]  # fmt: skip
    told = [(name_of(row, lang), _of(row, "female"), _of(row, "male")) for row in rows[:_MOST]]
    return _headline(book, _("Policy outcomes, women and men"), (_("women"), _("men")), told, lang)


def _of(row: Row | None, column: str) -> Figure | None:
    return Figure(row, column) if row is not None and column in row.values else None


def _by_period(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row.period)


def _headline(book: Book, title: str, named: tuple[str, str],
              told: list[tuple[Said, Figure | None, Figure | None]], lang: str) -> Headline | None:  # fmt: skip
    figures = [one for _name, *both in told for one in both if one is not None]
    if not figures:
        return None
    svg = pictures.drawn_pairs(title, named, [(name.text, first, second) for name, first, second in told])

    def of(figure: Figure | None) -> FigureShown | None:
        return figure_shown(book, figure, lang) if figure else None

    unit = unit_words(figures[0].unit, lang).text
    return Headline(title, svg, named, unit, tuple((name, of(first), of(second)) for name, first, second in told))
