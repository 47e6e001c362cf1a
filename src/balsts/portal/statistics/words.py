"""Published figures in the language of a page: names, units, periods, and figures as they were printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from balsts.figures.columns import COLUMNS
from balsts.figures.english import latvian, word, worded
from balsts.figures.rows import Row

KINDS = {
    "POLRR": _("Shows whether a policy reaches its aim: how people live, not what an office does."),
    "RDRR/DRR": _("Shows what an institution used (staff, places) and what it did with that."),
    "KV/DRR": _("Shows how well something was done, not how much of it."),
    "DRR": _("Shows what was done: persons served, decisions made, benefits paid."),
    "PPDRR": _("Shows what a priority measure, decided by the government for the year, brought."),
    "PPDRR/DRR": _("Shows what a priority measure brought, and counts as a result of the programme too."),
    "PPIzd": _("What was spent on a priority measure."),
}
"""What the kinds of indicators in the documents mean."""
_SPAN = re.compile(r"(\d{4})-(\d{4})")
_LETTER = re.compile(r"[^\W\d_]")
_ALIKE = ("EUR", "euro", "MWh")
"""Words that are the same in both languages."""
_NAMES = {
    "indicators": ("indicator_name", "priority_measure_name", "result"),
    "budget-execution": ("line",),
    "budget-frame": ("item",),
    "priority-measures": ("measure_name",),
    "public-services": ("service",),
    "strategy": ("metric", "indicator", "result", "goal"),
    "report-figures": ("indicator",),
    "siva": ("indicator",),
    "eu-funds": ("measure_name",),
    "eu-funds-targets": ("target",),
    "amounts": ("name",),
    "benefit-reforms": ("benefit", "law"),
    "care-models": ("finance_source",),
    "care-criteria": ("criterion",),
    "programme-headings": ("programme_name",),
    "eu-projects": ("project",),
    "recovery-plan": ("element_name",),
    "audits": ("audit",),
    "research": ("research",),
    "strategy-evidence": ("evidence",),
}
"""Columns that name a row; the first that is filled in does."""
_BESIDE = {
    "indicators": ("indicator_parent", "programme_code", "programme_name", "indicator_kind"),
    "budget-execution": ("line_code", "programme_code", "programme_name", "table"),
    "budget-frame": ("section",),
    "priority-measures": ("measure_no", "row_type"),
    "public-services": ("stage", "measure", "channel"),
    "strategy": ("row_type", "goal_no", "goal", "status"),
    "report-figures": ("section", "group"),
    "siva": ("section", "group", "sex"),
    "eu-funds": ("measure_code", "row_type", "fund", "status"),
    "eu-funds-targets": ("measure_code",),
    "amounts": ("group", "kind", "valid_from", "valid_to"),
    "benefit-reforms": ("row_type", "condition", "law"),
    "care-models": ("model_family", "model_variant"),
    "care-criteria": ("row_type", "model"),
    "programme-headings": ("programme_code", "budget"),
    "eu-projects": ("project_no", "fund", "status"),
    "recovery-plan": ("element", "element_code", "status"),
    "audits": ("institution", "auditor", "follow_up"),
    "research": ("status",),
    "strategy-evidence": ("result",),
}
"""Columns that tell rows of one name apart."""


class Said(NamedTuple):
    """A text, and its language where that is not the page's."""

    text: str
    lang: str = ""

    @property
    def html(self) -> SafeString:
        """The text with its language marked."""
        if self.lang:
            return format_html('<span lang="{}">{}</span>', self.lang, self.text)
        return format_html("{}", self.text)


def page_lang() -> str:
    """The language of the page: lv or en."""
    return "lv" if get_language() == "lv" else "en"


def said(column: str, text: str, lang: str) -> Said:
    """A cell that is no figure, in words. A document's own words that nobody translated stay Latvian, and say so."""
    declared = COLUMNS[column]
    if declared.kind == "choice":
        return Said(declared.word(text, lang))
    if declared.kind == "code":
        return Said(word(text, lang))
    if declared.kind == "date":
        return Said(_day(text))
    if declared.kind == "year":
        return Said(period_words(worded(text, lang)))
    found = worded(text, lang)
    is_translated = found != text or latvian(text) != text or text in _ALIKE or not _LETTER.search(text)
    return Said(found, "" if lang == "lv" or is_translated or column == "source_note" else "lv")


def name_of(row: Row, lang: str) -> Said:
    """What a row is called."""
    for column in _NAMES[row.dataset]:
        if row.get(column):
            found = said(column, row[column], lang)
            return Said(found.text[:1].upper() + found.text[1:], found.lang)
    return Said(row.table.title(lang))


def printed_name(row: Row) -> str:
    """What a row is called in its document."""
    return latvian(next((row[one] for one in _NAMES[row.dataset] if row.get(one)), ""))


def beside(row: Row, lang: str) -> list[Said]:
    """What tells a row from others of its name."""
    own = next((one for one in _NAMES[row.dataset] if row.get(one)), "")
    return [_told_beside(one, row[one], lang) for one in _BESIDE[row.dataset] if row.get(one) and one != own]


def _told_beside(column: str, text: str, lang: str) -> Said:
    if column == "valid_from":
        return Said(str(_("from %(day)s") % {"day": _day(text)}))
    if column == "valid_to":
        return Said(str(_("until %(day)s") % {"day": _day(text)}))
    return said(column, text, lang)


def beside_html(row: Row, lang: str) -> SafeString:
    """The same, in one line."""
    return mark_safe(" · ".join(one.html for one in beside(row, lang)))  # each part is escaped where it is made


def dimensions(row: Row, lang: str) -> Iterator[tuple[str, Said]]:
    """Everything that says what a row is about: headings and words of the columns that are filled in."""
    for column in row.table.dimensions:
        if row.get(column.name):
            yield column.heading(lang), said(column.name, row[column.name], lang)


def figure_text(printed: str, lang: str) -> str:
    """A figure with the digits it was printed with, in the way of writing of a language: 1 067 474,5 or 1,067,474.5."""
    sign, digits = ("−", printed[1:]) if printed.startswith("-") else ("", printed)
    whole, point, rest = digits.partition(".")
    grouped = f"{int(whole):,}"
    if lang == "lv":
        return f"{sign}{grouped.replace(',', chr(0xA0))}{',' if point else ''}{rest}"
    return f"{sign}{grouped}{point}{rest}"


def exact_text(value: Decimal, lang: str) -> str:
    """An exact value, with the digits it has."""
    return figure_text(f"{value:f}", lang)


def unit_words(unit: str, lang: str) -> Said:
    """What a figure is measured in."""
    return said("unit", unit, lang)


def period_words(period: str) -> str:
    """A year, a span of years, a day."""
    if found := _SPAN.fullmatch(period):
        return f"{found[1]}–{found[2]}"
    return _day(period)


def _day(text: str) -> str:
    try:
        return f"{date.fromisoformat(text):%d.%m.%Y}"
    except ValueError:  # a year alone, or words
        return text
