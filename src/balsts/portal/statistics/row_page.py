"""The page of one row of a table: what an indicator is, its figures, its history, where they were read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from balsts.figures.book import Book
from balsts.figures.rows import Row
from balsts.portal.statistics import pictures
from balsts.portal.statistics.comparing import compared, periods_of
from balsts.portal.statistics.downloads import FORMS
from balsts.portal.statistics.kept import Page, page, way_to_tables
from balsts.portal.statistics.shown import (
    columns_in,
    figures_shown,
    findings_shown,
    heading_of,
    line_shown,
    source_of,
)
from balsts.portal.statistics.words import (
    KINDS,
    Said,
    beside_html,
    dimensions,
    name_of,
    page_lang,
    period_words,
    printed_name,
    said,
)
from balsts.portal.words import upper_first


@dataclass(frozen=True)
class Picture:
    """A drawing with its heading."""

    title: str
    svg: str


def row_page(book: Book, dataset: str, key: str, periods: tuple[str, str], root: str) -> Page:
    """The page of a row that there is.

    Args:
        periods: two periods to be compared, or empty texts.
        root: the address of the portal, for what others copy into their pages.
    """
    lang, row = page_lang(), _row(book, dataset, key)
    series = book.series(dataset, row.series)
    embed = f"{root.rstrip('/')}{reverse('statistics_embed', args=(dataset, key))}?lang={lang}"
    way = way_to_tables((reverse("statistics_table", args=(dataset,)), row.table.title(lang)))
    return page(name_of(row, lang), way, "row", {
        **_told(book, row, lang), "series": _series(book, series, lang) if len(series) > 1 else None,
        "periods": periods_of(series), "chosen": periods if all(periods) else _first_and_last(series),
        "comparison": compared(series, *periods, lang), "embed": embed, "forms": list(FORMS.values()),
        "has_figures": row.table.has_figures,
        "query": f"series={row.series}",
        "dimensions": [(upper_first(heading), one) for heading, one in dimensions(row, lang)],
        "kind": KINDS.get(row.get("indicator_kind")),
    })  # fmt: skip


def embedded_page(book: Book, dataset: str, key: str, root: str) -> Page:
    """A row for pages of others: its charts, its figures, its source."""
    lang, row = page_lang(), _row(book, dataset, key)
    address = f"{root.rstrip('/')}{reverse('statistics_row', args=(dataset, key))}"
    return page(name_of(row, lang), (), "embedded", {**_told(book, row, lang), "address": address})


def _told(book: Book, row: Row, lang: str) -> dict[str, Any]:
    """What both pages say."""
    printed = printed_name(row)
    name = name_of(row, lang)
    return {
        "row": row, "table": row.table.title(lang), "beside": beside_html(row, lang),
        "period": period_words(row.period), "figures": figures_shown(book, row, lang),
        "printed": printed if printed and printed.casefold() != name.text.casefold() else "",
        "text": said("value_text", row["value_text"], lang) if row.get("value_text") else Said(""),
        "findings": findings_shown(book, book.findings_of_row(row), lang),
        "pictures": _pictures(book.series(row.dataset, row.series), row, lang), "source": source_of(row, lang),
    }  # fmt: skip


def _pictures(series: list[Row], row: Row, lang: str) -> list[Picture]:
    both = pictures.planned_and_reached(row)
    main = both[1] if both and both[1] in row.values else next(iter(row.values), "")
    found = []
    if svg := pictures.women_and_men(row):
        found.append(Picture(_("Women and men"), svg))
    if both and (svg := pictures.plan_and_execution(row)):
        names = {"first": heading_of(both[0], lang), "second": heading_of(both[1], lang).lower()}
        found.append(Picture(_("%(first)s and %(second)s") % names, svg))
    if main and (svg := pictures.history(series, main)):
        found.append(Picture(_("%(figure)s by period") % {"figure": heading_of(main, lang)}, svg))
    return found


def _series(book: Book, series: list[Row], lang: str) -> dict[str, Any]:
    columns = columns_in(series)
    return {"headings": [heading_of(one, lang) for one in columns],
            "lines": [line_shown(book, one, columns, lang) for one in series]}  # fmt: skip


def _first_and_last(series: list[Row]) -> tuple[str, str]:
    return series[0].period, series[-1].period


def _row(book: Book, dataset: str, key: str) -> Row:
    found = book.row(dataset, key)
    assert found is not None, "whoever asks has looked whether there is one"
    return found
