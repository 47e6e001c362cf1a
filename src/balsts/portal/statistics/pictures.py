"""Charts of published figures; each says what a table beside it says in words. Drawn once, and then kept."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from django.utils.translation import gettext as _

from balsts.documents.charts import Frame, bars, pairs
from balsts.documents.letter import Language
from balsts.figures.rows import Figure, Row
from balsts.portal.statistics.words import figure_text, name_of, page_lang, period_words, unit_words

_MILLION, _MANY = Decimal(1_000_000), Decimal(10_000_000)
_LONGEST = 44
_PLANS = {"plan": "actual", "planned": "achieved", "total_eur": "invested_eur", "old_amount": "new_amount"}
"""Columns of what was planned or there before, with the column of what came of it."""
_PLANS_OF = {"siva": {"plan": "value"}}
Bar = tuple[str, Figure]
Pair = tuple[str, Figure | None, Figure | None]


def planned_and_reached(row: Row) -> tuple[str, str] | None:
    """The columns of plan and execution in the table of a row, if it has them."""
    known = _PLANS_OF.get(row.dataset, _PLANS)
    return next(((plan, known[plan]) for plan in row.table.units if plan in known), None)


def women_and_men(row: Row) -> str:
    """Women and men of a row; nothing where they are not both there."""
    if not {"female", "male"} <= row.values.keys():
        return ""
    return drawn_bars(_("Women and men"), [(Figure(row, one).heading(page_lang()), Figure(row, one))
                                           for one in ("female", "male")])  # fmt: skip


def plan_and_execution(row: Row) -> str:
    """What was planned and what came of it in a row; nothing where they are not both there."""
    both = planned_and_reached(row)
    if both is None or not {*both} <= row.values.keys():
        return ""
    told = [(Figure(row, one).heading(page_lang()), Figure(row, one)) for one in both]
    return drawn_bars(_("%(first)s and %(second)s") % {"first": told[0][0], "second": told[1][0]}, told)


def history(rows: Sequence[Row], column: str) -> str:
    """A figure in each period of its series; nothing where there are fewer than two."""
    told = [(period_words(row.period), Figure(row, column)) for row in rows if column in row.values]
    title = _("%(figure)s by period") % {"figure": told[0][1].heading(page_lang())} if told else ""
    return drawn_bars(title, told) if len(told) > 1 else ""


def drawn_bars(title: str, values: Sequence[Bar]) -> str:
    """A bar for each figure, with the figure as it was printed at its end."""
    divisor = _divisor([figure for _label, figure in values])
    drawn = tuple((_short(label), float(figure.value / divisor)) for label, figure in values)
    texts = tuple(figure_text(figure.text, page_lang()) for _label, figure in values)
    return _bars(title, _about(values[0][1]), _unit(values[0][1], divisor), drawn, texts, _language())


def drawn_pairs(title: str, named: tuple[str, str], values: Sequence[Pair]) -> str:
    """Two bars for each label, with the figures as they were printed at their ends."""
    figures = [one for _label, *both in values for one in both if one is not None]
    divisor = _divisor(figures)
    drawn = tuple((_short(label), _scaled(first, divisor), _scaled(second, divisor)) for label, first, second in values)
    texts = tuple((_text(first), _text(second)) for _label, first, second in values)
    return _pairs(title, _about(figures[0]), _unit(figures[0], divisor), named, drawn, texts, _language())


@lru_cache(maxsize=1500)
def _bars(title: str, about: str, unit: str, values: tuple[tuple[str, float], ...], texts: tuple[str, ...],
          language: Language) -> str:  # fmt: skip
    return bars(values, Frame(title, about, "", unit, language, width=380, height=20 + 34 * len(values)), texts)


@lru_cache(maxsize=500)
def _pairs(title: str, about: str, unit: str, named: tuple[str, str],
           values: tuple[tuple[str, float | None, float | None], ...], texts: tuple[tuple[str, str], ...],
           language: Language) -> str:  # fmt: skip
    return pairs(values, named, Frame(title, about, "", unit, language, width=340, height=20 + 56 * len(values)), texts)


def _about(figure: Figure) -> str:
    return _("%(name)s; the same stands in the table.") % {"name": name_of(figure.row, page_lang()).text}


def _divisor(figures: Sequence[Figure]) -> Decimal:
    """Sums of many digits are drawn in millions, so that the axis can be read."""
    return _MILLION if max(abs(one.value) for one in figures) >= _MANY else Decimal(1)


def _unit(figure: Figure, divisor: Decimal) -> str:
    unit = unit_words(figure.unit, page_lang()).text
    return _("millions, %(unit)s") % {"unit": unit} if divisor == _MILLION else unit


def _scaled(figure: Figure | None, divisor: Decimal) -> float | None:
    return float(figure.value / divisor) if figure else None


def _text(figure: Figure | None) -> str:
    return figure_text(figure.text, page_lang()) if figure else ""


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1]}…"


def _language() -> Language:
    return "lv" if page_lang() == "lv" else "en"
