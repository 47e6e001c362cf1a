"""Relations that labels themselves state: «kopā» and the rows beside it, «X: y» below X, «t.sk.», women and men."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from balsts.figures.relations.shelf import Shelf, figures, grouped, matching, only
from balsts.figures.relations.trying import Tried, share, total, within
from balsts.figures.rows import Figure, Row

WHOLE = "kopā"
_OF_WHICH = re.compile(r"(?P<whole>.*?)(?:^|, )t\.sk\. ")
CHANNELS = ("attālināti", "klātienē")
"""A second way to divide all the cases that other groups divide too."""
PEOPLE = ("personas", "audzēkņi", "studenti", "absolventi", "izglītojamie", "darbinieki", "klienti")
"""Units that all are persons: pupils and students add up to those who left the agency's schools."""
BELOW = {
    "ČAES avārijas seku likvidēšanas dalībnieki un cietušie": (
        "ČAES avārijas seku likvidēšanas dalībnieki", "ČAES seku rezultātā cietušie līdz 18 gadiem",
    ),
}  # fmt: skip
"""Groups that are divided into others, where the label does not say so by a colon."""


def tried(shelf: Shelf, table: str) -> Iterator[Tried]:
    """Every relation that the labels of a table state, tried."""
    rows = shelf.rows(table)
    has_sex = "sex" in rows[0].cells if rows else False
    for beside in grouped(rows, *(("sex",) if has_sex else ()), "section", "indicator", "year"):
        for alike in _by_unit(beside):
            yield from _whole(alike)
            yield from _below(alike)
            yield from _of_which(alike)
    if has_sex:
        for sexes in grouped(rows, "section", "indicator", "group", "year", "unit"):
            yield from _sexes(sexes)


def _by_unit(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows by what they count, people of whatever name being one."""
    yield from grouped((row for row in rows if row["unit"] not in PEOPLE), "unit")
    yield [row for row in rows if row["unit"] in PEOPLE]


def is_part(row: Row) -> bool:
    """Whether a row is one of the groups beside «kopā»: not below another one, not one of the channels."""
    group = row["group"]
    is_below = ": " in group or any(group in below for below in BELOW.values())
    return group not in (WHOLE, *CHANNELS) and not is_below and not _OF_WHICH.match(group)


def _whole(rows: Sequence[Row]) -> Iterator[Tried]:
    whole = only(matching(rows, group=WHOLE))
    if whole is None:
        return
    groups = [row for row in rows if is_part(row)]
    for kind, parts in (("parts-and-whole", figures(groups)),
                        ("channels", figures(row for row in rows if row["group"] in CHANNELS))):  # fmt: skip
        if len(parts) > 1:
            yield total(kind, whole, parts)
    for row in groups:
        if {"value", "percent_published"} <= row.values.keys():
            one = share("percent-of-whole", Figure(row, "percent_published"), [Figure(row, "value")], [whole])
            if one:
                yield one


def _below(rows: Sequence[Row]) -> Iterator[Tried]:
    """«X: y» is a part of «X»; where only one part is named it is some of it."""
    for row in rows:
        name = row["group"]
        named = BELOW.get(name, ())
        parts = figures(one for one in rows if name and (one["group"].startswith(f"{name}: ") or one["group"] in named))
        if "value" not in row.values or not parts:
            continue
        if len(parts) > 1:
            yield total("parts-and-whole", Figure(row, "value"), parts)
        else:
            yield within("part-within-whole", Figure(row, "value"), parts)


def _of_which(rows: Sequence[Row]) -> Iterator[Tried]:
    """«X, t.sk. y» is some of «X», «t.sk. y» some of what has no group."""
    for row in rows:
        found = _OF_WHICH.match(row["group"])
        whole = only(matching(rows, group=found["whole"])) if found else None
        if whole and "value" in row.values:
            yield within("part-within-whole", whole, [Figure(row, "value")])


def _sexes(rows: Sequence[Row]) -> Iterator[Tried]:
    all_, women, men = (only(matching(rows, sex=one)) for one in ("", "female", "male"))
    if all_ and women and men:
        yield total("women-and-men", all_, [women, men])
