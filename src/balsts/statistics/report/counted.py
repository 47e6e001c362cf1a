"""Live figures for a municipality's report: the points that anybody may see, with their definitions and words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from balsts.access.models import Municipality
from balsts.documents.letter import Language
from balsts.statistics import live
from balsts.statistics.definitions.declared import Definition
from balsts.statistics.definitions.indicators import FAMILIES, INDICATORS
from balsts.statistics.parts import UNITS, of_words
from balsts.statistics.report.live import LiveIndicator, LivePoint, Part

_PARTS: dict[str, Part] = {
    "applied": "applications", "decided": "decisions", "days": "decisions", "overdue": "decisions", "paid": "support",
    "contested": "appeals", "heard": "appeals", "claimed": "overpayments", "registered": "providers",
    "places": "providers", "complained": "providers",
}  # fmt: skip
"""Chapters of families of indicators."""
_TERRITORY, _COUNTRY = "territory", "country"
_DIMENSIONS = {
    "right": ("Pabalsts", "Benefit"), "case_type": ("Lietas veids", "Case type"), "register": ("Reģistrs", "Register"),
    _TERRITORY: ("Kur", "Where"),
}  # fmt: skip
_WHOLE_COUNTRY = ("visā valstī", "the whole country")
_YEARS = """
    SELECT DISTINCT m.code, m.name, left(b.period, 4)::int FROM statistics_block b
    JOIN statistics_point p ON p.block_id = b.id JOIN access_municipality m ON m.code = p.part
    WHERE p.split = ANY (%(places)s) AND (%(code)s = '' OR m.code = %(code)s) ORDER BY 2, 3 DESC
"""


@dataclass(frozen=True)
class Placed:
    """A live figure without the place it is of, which the report is about; what is of the whole country says so."""

    indicator: str
    period: str
    dimensions: tuple[tuple[str, str], ...]
    value: Decimal | None
    is_suppressed: bool


class CountedFigures:
    """The live figures of the database."""

    def name(self, municipality: str, lang: Language) -> str | None:
        """What a municipality is called, in either language."""
        return Municipality.objects.filter(code=municipality).values_list("name", flat=True).first()

    def years(self, municipality: str) -> Sequence[int]:
        """The years of which something was counted of its residents or its office, the last first."""
        return [year for _, _, year in _counted(municipality)]

    def indicators(self) -> Sequence[LiveIndicator]:
        """All indicators by their definitions."""
        return [_told(one) for one in INDICATORS.values()]

    def points(self, municipality: str, year: int) -> Iterable[LivePoint]:
        """Its figures; of what is counted for the whole country alone, those."""
        for one in live.points(year, municipality):
            yield _placed(one, ())
        for one in live.points(year):
            if not _has_places(one.indicator) and one.part == ("", ""):
                yield _placed(one, ((_TERRITORY, _COUNTRY),))

    def dimension(self, name: str, lang: Language) -> str:
        """What a dimension is called."""
        return _DIMENSIONS[name][0 if lang == "lv" else 1]

    def word(self, name: str, value: str, lang: Language) -> str:
        """What a value of a dimension is called."""
        return _WHOLE_COUNTRY[0 if lang == "lv" else 1] if name == _TERRITORY else of_words(name, value, lang)


def municipalities() -> list[tuple[str, str, list[int]]]:
    """Municipalities of which something was counted: code, name, years, the last first."""
    found: dict[tuple[str, str], list[int]] = {}
    for code, name, year in _counted(""):
        found.setdefault((code, name), []).append(year)
    return [(code, name, years) for (code, name), years in found.items()]


def _counted(municipality: str) -> list[tuple[str, str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(_YEARS, {"places": list(live.PLACES), "code": municipality})
        found: list[tuple[str, str, int]] = cursor.fetchall()
    return found


def _told(one: Definition) -> LiveIndicator:
    version, unit = one.versions[-1], UNITS[one.unit]
    return LiveIndicator(
        one.code, one.name.lv, one.name.en, unit.lv, unit.en, _PARTS[one.family],
        f"{one.code}, {version.number}. redakcija", f"{one.code}, version {version.number}", version.text.lv,
        version.text.en, f"/statistics/live/{one.code}/",
    )  # fmt: skip


def _has_places(indicator: str) -> bool:
    """Whether an indicator is counted by place."""
    return any(split.code in live.PLACES for split in FAMILIES[INDICATORS[indicator].family].splits)


def _placed(one: live.LivePoint, more: tuple[tuple[str, str], ...]) -> Placed:
    kept = tuple((name, value) for name, value in one.dimensions if name not in live.PLACES)
    return Placed(one.indicator, one.period, (*kept, *more), one.value, one.is_suppressed)
