"""What a run pays beside the run before, drawn; the same stands in a table beside each picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from balsts.documents.charts import Frame, bars, pairs
from balsts.payments.models import Run
from balsts.payments.sums import Compared, compared, run_before
from balsts.portal.office.words import lang, right_words
from balsts.portal.payments.words import programme_words, run_title
from balsts.portal.words import upper_first

_MOST = 12
"""So many are drawn, the largest first; the table has all."""


@dataclass(frozen=True)
class Picture:
    """A drawing with its heading, what each row is of, its rows, and the names of both columns."""

    title: str
    of: str
    rows: tuple[tuple[str, Compared], ...]
    now: str
    before: str
    svg: str


def pictures_of(run: Run) -> list[Picture]:
    """A run by right and by programme, against the run before; to be called in scope."""
    earlier = run_before(run)
    columns = run_title(run), run_title(earlier) if earlier else _("no run before")
    by_right = [(right_words(one.name), one) for one in compared(run, "code")]
    by_programme = [(upper_first(programme_words(one.name)), one) for one in compared(run, "programme")]
    return [_picture(_("What is paid, by right"), _("Right"), by_right, columns),
            _picture(_("What is paid, by budget programme"), _("Programme"), by_programme, columns)]  # fmt: skip


def _picture(title: str, of: str, rows: Sequence[tuple[str, Compared]], columns: tuple[str, str]) -> Picture:
    drawn = tuple((name, one.cents, one.before) for name, one in rows[:_MOST])
    svg = _drawn(title, of, drawn, columns, lang()) if drawn else ""
    return Picture(title, of, tuple(rows), *columns, svg)


@lru_cache(maxsize=64)
def _drawn(title: str, of: str, rows: tuple[tuple[str, int, int], ...], columns: tuple[str, str], language: str) -> str:
    """The drawing of some sums in cents; what a run comes to never changes, so it is drawn once."""
    frame = Frame(
        title, _("The largest: %(name)s.") % {"name": rows[0][0]}, of, _("euros"),
        "lv" if language == "lv" else "en", width=420, height=50 + 52 * len(rows),
    )  # fmt: skip
    if not any(before for _name, _now, before in rows):
        return bars([(name, now / 100) for name, now, _before in rows], frame)
    return pairs([(name, now / 100, before / 100) for name, now, before in rows], columns, frame)
