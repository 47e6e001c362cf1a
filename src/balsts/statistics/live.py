"""Live figures as anybody may see them: points that `publishing.py` wrote, and what is worked out of them alone.

What is worked out of shown values tells no more than they do, so programmes, functions and years are summed here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from balsts.payments.programmes import PROGRAMMES
from balsts.statistics.definitions.indicators import FAMILIES, INDICATORS
from balsts.statistics.esspros import ESSPROS

PLACES = ("municipality", "office")
"""Splits whose parts are municipalities: where payees live, whose office a case is with."""
_NEWEST = """
SELECT p.indicator, b.period, b.of, p.split, p.part, p.value, p.version FROM statistics_point p
JOIN (SELECT DISTINCT ON (family, "of", period) id, "of", period FROM statistics_block
      WHERE period LIKE %(period)s AND (%(of)s = '' OR "of" = %(of)s)
      ORDER BY family, "of", period, refresh_id DESC) b ON b.id = p.block_id
WHERE (%(indicator)s = '' OR p.indicator = %(indicator)s) AND (NOT %(wholes)s OR p.split = '')
  AND (%(place)s = '' OR p.split = ANY (%(places)s) AND p.part = %(place)s)
ORDER BY p.indicator, b.of, b.period, p.split, p.part
"""
_PROGRAMME_OF = {one.code: one.programme for one in PROGRAMMES}


@dataclass(frozen=True)
class LivePoint:
    """A live figure.

    Attributes:
        indicator: the code of its definition, of which `version` counted it.
        period: a month (2026-01) or a year (2026).
        dimensions: names and values: what it is of (right, case_type, register), and of what split which part.
        value: as it may be shown; None: suppressed.
    """

    indicator: str
    period: str
    dimensions: tuple[tuple[str, str], ...]
    value: Decimal | None
    version: int = 1

    @property
    def is_suppressed(self) -> bool:
        """Whether it is kept back, since few are behind it or what is behind others would follow."""
        return self.value is None

    @property
    def of(self) -> str:
        """The right, case type or register."""
        return self.dimensions[0][1] if self.dimensions and self.dimensions[0][0] in _OF else ""

    @property
    def part(self) -> tuple[str, str]:
        """Of what split which part; empty for a whole."""
        last = self.dimensions[-1] if self.dimensions else ("", "")
        return ("", "") if last[0] in _OF else last


_OF = ("right", "case_type", "register")


def points(year: int, municipality: str | None = None) -> list[LivePoint]:
    """The figures of a year and its months that stand.

    Args:
        municipality: by its code: only those of its residents or of its office.
    """
    return _points(period=f"{year}%", place=municipality or "")


def points_of(indicator: str, of: str = "", period: str = "") -> list[LivePoint]:
    """Figures of an indicator that stand, by what they are of, period, split and part.

    Args:
        of, period: only of a right, case type or register; only of a month or year. Left out, of all.
    """
    return _points(indicator=indicator, of=of, period=period or "%")


def wholes(year: int) -> list[LivePoint]:
    """The figures of a year and its months that are no parts."""
    return _points(period=f"{year}%", wholes=True)


def ofs_of(indicator: str) -> list[str]:
    """The rights, case types or registers that an indicator was counted of."""
    with connection.cursor() as cursor:
        cursor.execute('SELECT DISTINCT "of" FROM statistics_block WHERE family = %s ORDER BY 1',
                       [INDICATORS[indicator].family])  # fmt: skip
        return [of for (of,) in cursor.fetchall()]


def years() -> list[int]:
    """The years of which something was counted, in order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT substr(period, 1, 4) FROM statistics_block ORDER BY 1")
        return [int(year) for (year,) in cursor.fetchall()]


def _points(**asked: str | bool) -> list[LivePoint]:
    values: dict[str, Any] = {"period": "%", "of": "", "indicator": "", "wholes": False, "place": "", "places": list(PLACES)} | asked
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, values)
        return [_point(*row) for row in cursor.fetchall()]


def _point(indicator: str, period: str, of: str, split: str, part: str, value: Decimal | None,
           version: int) -> LivePoint:  # fmt: skip
    what = FAMILIES[INDICATORS[indicator].family].of
    dimensions = (((what, of),) if what else ()) + (((split, part),) if split else ())
    return LivePoint(indicator, period, dimensions, None if value is None else value.normalize() + 0, version)


def refreshed_on() -> str:
    """The day of the newest refresh, such as 2026-11-30; empty where there was none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(at AT TIME ZONE 'Europe/Riga')::date::text FROM statistics_refresh")
        row = cursor.fetchone()
    return (row and row[0]) or ""


# -- worked out of what is shown -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sum:
    """Values that are shown, added up; of `suppressed` of them nothing is known, so it is no less than this."""

    name: str
    value: Decimal
    suppressed: int


def by_function(found: Iterable[LivePoint]) -> list[Sum]:
    """Amounts paid by function of ESSPROS: whole months of rights, added up."""
    return _summed(found, lambda right: ESSPROS[right].function if right in ESSPROS else "")


def by_programme(found: Iterable[LivePoint]) -> list[Sum]:
    """Amounts paid by budget programme; a right whose programme is not known has none."""
    return _summed(found, lambda right: _PROGRAMME_OF.get(right, ""))


def _summed(found: Iterable[LivePoint], named: Callable[[str], str]) -> list[Sum]:
    groups: dict[str, list[LivePoint]] = defaultdict(list)
    for one in found:
        if one.indicator == "paid_amount" and one.part == ("", "") and len(one.period) > len("2026"):
            groups[named(one.of)].append(one)
    return [Sum(name, sum((one.value for one in several if one.value is not None), Decimal(0)),
                sum(one.is_suppressed for one in several)) for name, several in sorted(groups.items())]  # fmt: skip


def mean_of_months(found: Sequence[LivePoint]) -> Decimal | None:
    """The mean of the months that are shown, to a unit; None where none is."""
    shown = [one.value for one in found if one.value is not None and len(one.period) > len("2026")]
    return (sum(shown, Decimal(0)) / len(shown)).quantize(Decimal(1)) if shown else None
