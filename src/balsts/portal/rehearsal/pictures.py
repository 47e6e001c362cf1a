"""The pictures of a rehearsal; each says what a table beside it says in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from balsts.cases.rehearsal import STEPS_CENTS, Shown
from balsts.documents.charts import Frame, bars
from balsts.law.engine.quantities import euro_words

_MOST = 12
"""So many municipalities are drawn; the table has all."""


@dataclass(frozen=True)
class Pictures:
    """A drawing of the cost by municipality; by right, how many persons are in each group of monthly differences."""

    cost: str
    by_right: tuple[tuple[str, tuple[tuple[str, int | None], ...]], ...]


def pictures(shown: Shown, lang: str) -> Pictures:
    """Draw what may be shown; nothing is drawn where too little may."""
    names = {row.code: row.name for row in shown.by_right}
    largest = sorted((row for row in shown.by_place if row.cost_cents_year),
                     key=lambda row: -abs(row.cost_cents_year or 0))[:_MOST]  # fmt: skip
    cost = ""
    if largest:
        title = _("What the draft costs in twelve months, by municipality")
        frame = Frame(
            title, _("The largest difference is in %(name)s.") % {"name": largest[0].name}, _("Municipality"),
            _("euros in twelve months"), "lv" if lang == "lv" else "en", height=40 + 26 * len(largest),
        )  # fmt: skip
        cost = bars([(row.name, (row.cost_cents_year or 0) / 100) for row in largest], frame)
    named = groups(lang)
    by_right = tuple((names.get(code, code), tuple(zip(named, counts, strict=True)))
                     for code, counts in shown.steps.items())  # fmt: skip
    return Pictures(cost, by_right)


def groups(lang: str) -> list[str]:
    """The groups of monthly differences, in words."""
    steps = [euro_words(one, lang) if one >= 0 else f"−{euro_words(-one, lang)}" for one in STEPS_CENTS]
    first, last = _("%(amount)s or less") % {"amount": steps[0]}, _("more than %(amount)s") % {"amount": steps[-1]}
    between = [_("to %(amount)s") % {"amount": one} for one in steps[1:]]
    return [first, *between, last]
