"""Bars drawn on the server, with their numbers; a table beside them tells the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_LABEL, _PLOT, _NUMBER, _ROW = 230, 300, 70, 30
_LONGEST_LABEL = 30


@dataclass(frozen=True)
class Bar:
    """A number with its label; `part` of it stands out, hatched by its outline and said in the table."""

    label: str
    number: int
    part: int = 0


def bars(rows: Sequence[Bar], code: str, title: str) -> SafeString:
    """Horizontal bars, one a row, all on one scale that begins at nothing."""
    most = max((one.number for one in rows), default=0) or 1
    height = _ROW * len(rows) + 4
    drawn = format_html_join("", "{}", ((_row(one, number, most),) for number, one in enumerate(rows)))
    return format_html(
        '<svg class="balsts-picture balsts-bars" role="img" aria-labelledby="{}-title" viewBox="0 0 {} {}" width="{}" '
        'height="{}"><title id="{}-title">{}</title>{}</svg>',
        code, _LABEL + _PLOT + _NUMBER, height, _LABEL + _PLOT + _NUMBER, height, code, title, drawn,
    )  # fmt: skip


def _row(one: Bar, number: int, most: int) -> SafeString:
    top, width = number * _ROW + 4, round(_PLOT * one.number / most)
    label = one.label if len(one.label) <= _LONGEST_LABEL else f"{one.label[: _LONGEST_LABEL - 1]}…"
    part = format_html('<rect class="part" x="{}" y="{}" width="{}" height="20"/>', _LABEL, top,
                       round(_PLOT * one.part / most)) if one.part else ""  # fmt: skip
    return format_html(
        '<text x="0" y="{}">{}</text><rect x="{}" y="{}" width="{}" height="20"/>{}<text x="{}" y="{}">{}</text>',
        top + 15, label, _LABEL, top, max(width, 1), part, _LABEL + width + 8, top + 15, one.number,
    )  # fmt: skip
