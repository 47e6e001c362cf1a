"""Live figures: indicators with their definitions, and protected points. Open to everybody."""

from __future__ import annotations

from typing import Annotated

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field, StringConstraints

from balsts.statistics.definitions.declared import Definition
from balsts.statistics.definitions.indicators import FAMILIES, INDICATORS
from balsts.statistics.live import LivePoint, points_of

router = Router()
_TAG = ["live figures"]
Indicator = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,48}$")]
Of = Annotated[str, Query(pattern=r"^[a-z_]{0,48}$", description="only of this right, case type or register")]
Period = Annotated[str, Query(pattern=r"^([0-9]{4}(-[0-9]{2})?)?$", description="only of this month or year")]


class VersionOut(Schema):
    """A wording of a definition, for months in [since, until); until is empty while it holds."""

    number: int
    since: str
    until: str
    text_lv: str
    text_en: str
    changed_lv: str
    changed_en: str


class LiveIndicatorOut(Schema):
    """An indicator. Its points are of rights, case types or registers (`of`), and fall into parts by its splits."""

    code: str
    name_lv: str
    name_en: str
    unit: str
    source: str
    of: str
    splits: list[str]
    versions: list[VersionOut]


class PointOut(Schema):
    """A live figure as anybody may see it. A suppressed one has no value: few are behind it, or behind what it would
    tell.
    """

    period: str
    of: str
    split: str = Field(description="by what it is a part; empty: the whole")
    part: str
    version: int
    value: str | None = Field(description="a decimal number; rounded")
    is_suppressed: bool


class IndicatorPointsOut(Schema):
    """An indicator and its points."""

    indicator: LiveIndicatorOut
    points: list[PointOut]


@router.get("/statistics/live", auth=None, response=list[LiveIndicatorOut], tags=_TAG, summary="Live indicators")
def list_indicators(request: HttpRequest) -> list[LiveIndicatorOut]:
    """All indicators with every version of their definitions. Open to everybody."""
    return [_indicator(one) for one in INDICATORS.values()]


@router.get("/statistics/live/{indicator}", auth=None, response=IndicatorPointsOut, tags=_TAG,
            summary="Live figures of an indicator")  # fmt: skip
def read_indicator(request: HttpRequest, indicator: Indicator, of: Of = "", period: Period = "") -> IndicatorPointsOut:
    """Its points: counted, protected, rounded. Open to everybody."""
    if indicator not in INDICATORS:
        raise Http404
    found = points_of(indicator, of, period)
    return IndicatorPointsOut(indicator=_indicator(INDICATORS[indicator]), points=[_point(one) for one in found])


def _indicator(one: Definition) -> LiveIndicatorOut:
    family = FAMILIES[one.family]
    versions = [
        VersionOut(number=version.number, since=version.since, until=version.until, text_lv=version.text.lv,
                   text_en=version.text.en, changed_lv=version.changed.lv if version.changed else "",
                   changed_en=version.changed.en if version.changed else "")
        for version in one.versions
    ]  # fmt: skip
    return LiveIndicatorOut(
        code=one.code, name_lv=one.name.lv, name_en=one.name.en, unit=one.unit, source=family.source, of=family.of,
        splits=[] if one.measure == "share" else [split.code for split in family.splits], versions=versions,
    )  # fmt: skip


def _point(one: LivePoint) -> PointOut:
    split, part = one.part
    return PointOut(period=one.period, of=one.of, split=split, part=part, version=one.version,
                    value=None if one.value is None else str(one.value), is_suppressed=one.is_suppressed)  # fmt: skip
