"""Pictures of the law: a value over time, and what a rule reads and who reads it. The same stands beside in words."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from balsts.law.engine.pages.charts import HEIGHT, WIDTH, step_parts
from balsts.law.engine.pages.page_charts import drawn
from balsts.law.engine.parameters import Parameter
from balsts.law.latvia import latvia
from balsts.portal.law_pages.book import Named

_BOX, _HIGH, _GAP, _ROW, _LETTERS = 240, 34, 70, 44, 32
_MOST_BOXES = 14


def over_time(parameter: Parameter, lang: str) -> SafeString | None:
    """The values of a parameter as steps; None where they are too few or of a kind that has no line."""
    found = drawn(latvia(), parameter, lang)
    if found is None:
        return None
    parts = step_parts(found.series, found.first, found.last, found.unit, "," if lang == "lv" else ".")
    # The parts are made of our own law's text, escaped where they are made.
    inside = mark_safe("".join(parts))
    return format_html(
        '<svg class="balsts-picture balsts-steps" role="img" aria-labelledby="steps-title" viewBox="0 0 {} {}" '
        'width="{}" height="{}"><title id="steps-title">{}</title>{}</svg>',
        WIDTH, HEIGHT, WIDTH, HEIGHT,
        _("%(title)s; the same is told in the table below.") % {"title": found.title}, inside,
    )  # fmt: skip


def graph(title: str, read: Sequence[Named], users: Sequence[Named]) -> SafeString:
    """What a rule reads on the left, the rule in the middle, who reads it on the right."""
    left, right = _shown(read), _shown(users)
    rows = max(len(left), len(right), 1)
    height = rows * _ROW + 10
    middle = height // 2
    width = 3 * _BOX + 2 * _GAP + 4
    parts = [_box(title, 1, middle, "is-subject")]
    for column, several in ((0, left), (2, right)):
        for number, one in enumerate(several):
            y = round((number + 0.5) * height / len(several))
            parts += [_line(column, y, middle), _box(one, column, y, "")]
    return format_html(
        '<svg class="balsts-picture balsts-graph" role="img" aria-labelledby="graph-title" viewBox="0 0 {} {}" '
        'width="{}" height="{}"><title id="graph-title">{}</title>{}</svg>',
        width, height, width, height, _("What the rule reads and who reads it; the same is told in the lists below."),
        format_html_join("", "{}", ((part,) for part in parts)),
    )  # fmt: skip


def _shown(several: Sequence[Named]) -> list[str]:
    titles = [one.title for one in several]
    if len(titles) <= _MOST_BOXES:
        return titles
    more = len(titles) - _MOST_BOXES + 1
    return [*titles[: _MOST_BOXES - 1], _("and %(number)s more") % {"number": more}]


def _left(column: int) -> int:
    return 2 + column * (_BOX + _GAP)


def _box(title: str, column: int, y: int, css: str) -> SafeString:
    shown = title if len(title) <= _LETTERS else f"{title[: _LETTERS - 1]}…"
    return format_html(
        '<g class="{}"><rect x="{}" y="{}" width="{}" height="{}" rx="4"/><text x="{}" y="{}" text-anchor="middle">{}'
        "</text></g>",
        css, _left(column), y - _HIGH // 2, _BOX, _HIGH, _left(column) + _BOX // 2, y + 5, shown,
    )  # fmt: skip


def _line(column: int, y: int, middle: int) -> SafeString:
    start, end = (_left(0) + _BOX, _left(1)) if column == 0 else (_left(2), _left(1) + _BOX)
    half = (start + end) // 2
    return format_html('<path d="M{} {}H{}V{}H{}"/>', start, y, half, middle, end)
