"""Pictures drawn on the server: a person's ties, and facts over time. Their words stand beside them as text."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from balsts.portal.persons.case import FactLine, Tie
from balsts.portal.words import day_words, origin_words
from balsts.registry.models import Fact

_WIDTH, _HEIGHT, _GAP, _ROW = 200, 56, 20, 116
_LABEL, _PLOT, _BAR = 280, 620, 24


@dataclass(frozen=True)
class Box:
    """A person in the picture: the middle of their box."""

    name: str
    born: str
    x: int
    y: int
    css: str = ""


def ties_picture(name: str, born: date | None, ties: Sequence[Tie], births: dict[uuid.UUID, date]) -> SafeString:
    """Those who raise somebody above, partners beside, children below; lines are ties."""
    above = [one for one in ties if one.relation.kind != "partner" and one.is_upward]
    below = [one for one in ties if one.relation.kind != "partner" and not one.is_upward]
    beside = [one for one in ties if one.relation.kind == "partner"]
    widest = max(len(above), len(below), 1 + len(beside))
    width = widest * (_WIDTH + _GAP) + _GAP
    rows: list[list[Tie | None]] = [[*above], [None, *beside], [*below]]
    levels = [index for index, row in enumerate(rows) if row]
    place = {level: 10 + _HEIGHT // 2 + number * _ROW for number, level in enumerate(levels)}
    subject = Box(name, _born(born), _middle(0, 1 + len(beside), width), place[1], "is-subject")
    boxes, lines = [subject], []
    for level, row in enumerate(rows):
        for number, tie in enumerate(row):
            if tie is None:
                continue
            box = Box(
                tie.name,
                _born(births.get(tie.other) if tie.other else None),
                _middle(number, len(row), width),
                place[level],
            )
            boxes.append(box)
            lines.append(_line(subject, box, tie))
    height = 20 + _HEIGHT + (len(levels) - 1) * _ROW
    drawn = format_html_join("", "{}", ((one,) for one in [*lines, *map(_box, boxes)]))
    return format_html(
        '<svg class="balsts-picture" role="img" aria-labelledby="ties-title" viewBox="0 0 {} {}" width="{}" '
        'height="{}"><title id="ties-title">{}</title>{}</svg>',
        width, height, width, height, _("Relations of the person; the same is told in the table below."), drawn,
    )  # fmt: skip


def _middle(number: int, of: int, width: int) -> int:
    used = of * _WIDTH + (of - 1) * _GAP
    return (width - used) // 2 + number * (_WIDTH + _GAP) + _WIDTH // 2


def _born(day: date | None) -> str:
    return _("born %(day)s") % {"day": day_words(day)} if day else ""


def _box(one: Box) -> SafeString:
    left, top = one.x - _WIDTH // 2, one.y - _HEIGHT // 2
    shown = one.name if len(one.name) <= 26 else f"{one.name[:25]}…"
    return format_html(
        '<g class="{}"><rect x="{}" y="{}" width="{}" height="{}" rx="4"/>'
        '<text x="{}" y="{}" text-anchor="middle">{}</text>'
        '<text class="born" x="{}" y="{}" text-anchor="middle">{}</text></g>',
        one.css, left, top, _WIDTH, _HEIGHT, one.x, one.y - 3, shown, one.x, one.y + 18, one.born,
    )  # fmt: skip


def _line(subject: Box, box: Box, tie: Tie) -> SafeString:
    css = {"partner": "partner", "parent": "parent"}.get(tie.relation.kind, "other")
    if subject.y == box.y:
        path = f"M {subject.x} {subject.y} H {box.x}"
    else:
        half = (subject.y + box.y) // 2
        path = f"M {subject.x} {subject.y} V {half} H {box.x} V {box.y}"
    return format_html('<path class="{}" d="{}"/>', css, path)


def timeline(lines: Sequence[FactLine], since: date, until: date) -> SafeString:
    """Believed facts as bars over the days they are true of; one row for each fact and origin."""
    believed = [one for one in lines if one.fact.recorded.upper is None]
    rows: dict[tuple[str, str], list[FactLine]] = {}
    for one in believed:
        rows.setdefault((one.title, one.fact.origin.code), []).append(one)
    height = 30 + len(rows) * _BAR
    parts: list[SafeString] = []
    for day, label in _months(since, until):
        x = _x(day, since, until)
        parts.append(format_html('<path class="axis" d="M {} 22 V {}"/><text x="{}" y="15">{}</text>',
                                 x, height, x, label))  # fmt: skip
    named = ""
    for number, ((title, _origin), claims) in enumerate(rows.items()):
        top = 28 + number * _BAR
        words = title if title != named else f"– {origin_words(claims[0].fact.origin)}"
        named, shown = title, words if len(words) <= 40 else f"{words[:39]}…"
        parts.append(format_html('<text x="0" y="{}">{}</text>', top + 13, shown))
        parts += [_bar(one.fact, top, since, until) for one in claims]
    return format_html(
        '<svg class="balsts-picture balsts-timeline" role="img" aria-labelledby="timeline-title" '
        'viewBox="0 0 {} {}" width="{}" height="{}"><title id="timeline-title">{}</title>{}</svg>',
        _LABEL + _PLOT, height, _LABEL + _PLOT, height,
        _("Facts over time; the same is told in the table below."), format_html_join("", "{}", ((p,) for p in parts)),
    )  # fmt: skip


def _bar(fact: Fact, top: int, since: date, until: date) -> SafeString:
    left = _x(fact.valid.lower or since, since, until)
    right = _x(fact.valid.upper or until, since, until)
    css = "" if fact.status == Fact.Status.KNOWN else "unsure"
    return format_html('<rect class="{}" x="{}" y="{}" width="{}" height="15" rx="2"/>',
                       css, left + 1, top, max(right - left - 2, 3))  # fmt: skip


def _x(day: date, since: date, until: date) -> int:
    share = (min(max(day, since), until) - since) / (until - since)
    return _LABEL + round(share * _PLOT)


def _months(since: date, until: date) -> list[tuple[date, str]]:
    """Every third month that begins in the period, with its name in figures."""
    found = []
    day = since.replace(day=1)
    while day < until:
        if day >= since and day.month % 3 == 1:
            found.append((day, f"{day:%m.%Y}"))
        day = (day + timedelta(days=32)).replace(day=1)
    return found
