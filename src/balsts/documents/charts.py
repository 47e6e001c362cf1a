"""Charts: Altair in, SVG out, drawn without a browser and the same for the same data.

Nothing in the SVG is a script or a style, so it may stand in a page, in a letter or in a file of its own. It shows what
a table beside it says in words; that table is the caller's.
"""

from __future__ import annotations

import hashlib
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import altair
import vl_convert

from balsts.documents.letter import Language

Tone = Literal["paper", "page", "dark"]
"""`paper`: dark on white, for letters and files; `page`: colours of the page it stands in, by its tokens, so that it
changes with day and night; `dark`: light on dark, for a file shown at night."""

_SVG = "http://www.w3.org/2000/svg"
_FONTS = Path(__file__).parent / "fonts"
_FAMILY = "'Source Sans 3', 'Source Sans 3 Variable', system-ui, sans-serif"
_INK = {  # token: by day (as vl-convert draws), by night
    "text": ("#14191c", "#eef1f0"),
    "muted": ("#414a50", "#c3ccd0"),
    "surface": ("#ffffff", "#14191c"),
    "line": ("#7d878d", "#8b969c"),
}
SERIES = ("#0f7d6d", "#2b74b8", "#b05a1a", "#8a5bb0", "#86680a", "#b84a6e")
"""Colours of series: each 4.5:1 and more on white, and 3:1 and more on the dark surface, so one set does for both."""
_DASHES = ((1, 0), (8, 4), (2, 3), (10, 3, 2, 3), (5, 5), (14, 4))
_LONGEST_LABEL = 400
"""Pixels of a label beside a bar, as the converter measures them; a longer one is cut."""
_KEPT = frozenset(
    "clip-path cx cy d dx dy fill fill-opacity font-family font-size font-weight height id opacity r rx stroke "
    "stroke-dasharray stroke-linecap stroke-miterlimit stroke-opacity stroke-width text-anchor transform viewBox width "
    "x x1 x2 y y1 y2".split()
)
_NUMBERS = {
    "lv": {"decimal": ",", "thousands": "\u00a0", "grouping": [3], "currency": ["", "\u00a0€"]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", "\u00a0€"]},
}


@dataclass(frozen=True)
class Series:
    """One line or area: a label, and a value at each place on the horizontal axis (a number or a day)."""

    label: str
    points: tuple[tuple[float | date, float], ...]


@dataclass(frozen=True)
class Frame:
    """What stands around a chart.

    Args:
        title: what the picture shows; said to those who do not see it, not drawn (a heading or caption says it).
        description: the main thing to be seen, in a sentence.
        across: what the horizontal axis tells, with its unit.
        upwards: what the vertical axis tells, with its unit.
    """

    title: str
    description: str
    across: str
    upwards: str
    language: Language = "lv"
    tone: Tone = "page"
    width: int = 560
    height: int = 260


def bars(values: Sequence[tuple[str, float]], frame: Frame, texts: Sequence[str] = ()) -> str:
    """A bar for each label, in the order given, with its value at its end.

    Args:
        texts: what stands at the ends of bars instead of their values with two decimals.
    """
    shown = texts or [""] * len(values)
    rows = [{"label": label, "value": value, "text": text}
            for (label, value), text in zip(values, shown, strict=True)]  # fmt: skip
    base = altair.Chart(altair.InlineData(values=rows)).encode(
        x=_along(rows, frame),
        y=altair.Y(
            "label:N",
            sort=None,
            title=frame.across,
            axis=altair.Axis(grid=False, ticks=False, labelLimit=_LONGEST_LABEL),
        ),
    )
    return draw(base.mark_bar(color=SERIES[0], height={"band": 0.62}) + _at_ends(base, bool(texts)), frame)


def pairs(
    values: Sequence[tuple[str, float | None, float | None]], named: tuple[str, str], frame: Frame,
    texts: Sequence[tuple[str, str]] = (),
) -> str:  # fmt: skip
    """Two bars for each label, in the order given: a first value and a second, named in the legend, each at its end.

    The second is an outline, so that they are told apart without colours. Where a value is None there is no bar.

    Args:
        texts: what stands at the ends of both bars of a label instead of their values with two decimals.
    """
    shown = texts or [("", "")] * len(values)
    rows = [{"label": label, "which": which, "value": value, "text": text}
            for (label, *both), ends in zip(values, shown, strict=True)
            for which, value, text in zip(named, both, ends, strict=True) if value is not None]  # fmt: skip
    base = altair.Chart(altair.InlineData(values=rows)).encode(
        x=_along(rows, frame),
        y=altair.Y(
            "label:N",
            sort=None,
            title=frame.across,
            axis=altair.Axis(grid=False, ticks=False, labelLimit=_LONGEST_LABEL),
        ),
        yOffset=altair.YOffset("which:N", sort=list(named)),
    )
    fills = altair.Scale(domain=list(named), range=[SERIES[0], _INK["surface"][0]])
    legend = altair.Legend(title=None, symbolType="square", symbolStrokeColor=SERIES[0], symbolStrokeWidth=2)
    bar = base.mark_bar(stroke=SERIES[0], strokeWidth=2).encode(
        fill=altair.Fill("which:N", scale=fills, sort=None, legend=legend)
    )
    return draw(bar + _at_ends(base, bool(texts)), frame)


def _along(rows: Sequence[dict[str, Any]], frame: Frame) -> altair.X:
    """The axis along bars; where some go below nothing there is room for their texts."""
    goes_below = any(one["value"] < 0 for one in rows)
    return altair.X("value:Q", title=frame.upwards, scale=altair.Scale(padding=60) if goes_below else altair.Undefined)


def _at_ends(base: altair.Chart, has_texts: bool) -> altair.Chart:
    """Texts at the ends of bars: right of what is above nothing, left of what is below it."""
    below = "datum.value < 0"
    mark: altair.Chart = base.mark_text(
        align=altair.ExprRef(f"{below} ? 'right' : 'left'"), dx=altair.ExprRef(f"{below} ? -5 : 5"), fontWeight=600,
    )  # fmt: skip
    text = altair.Text("text:N") if has_texts else altair.Text("value:Q", format=",.2f")
    found: altair.Chart = mark.encode(text=text)
    return found


def lines(series: Sequence[Series], frame: Frame) -> str:
    """A line for each series; lines differ by their dashes as well as by their colours."""
    labels, colours = _labels(series)
    legend = altair.Legend(title=None, symbolStrokeWidth=2.5, symbolSize=500) if len(series) > 1 else None
    chart = altair.Chart(altair.InlineData(values=_rows(series))).mark_line(strokeWidth=2.5)
    dashes = altair.Scale(domain=labels, range=[list(one) for one in _DASHES[: len(labels)]])
    return draw(
        chart.encode(
            x=_across(series, frame),
            y=altair.Y("value:Q", title=frame.upwards),
            color=altair.Color("label:N", scale=altair.Scale(domain=labels, range=colours), sort=None, legend=legend),
            strokeDash=altair.StrokeDash("label:N", scale=dashes, sort=None, legend=legend),
        ),
        frame,
    )


def areas(series: Sequence[Series], frame: Frame) -> str:
    """Areas on top of each other, the first at the bottom; each bears its number of the legend where it is widest."""
    numbered = [Series(f"{number}  {one.label}", one.points) for number, one in enumerate(series, 1)]
    labels, colours = _labels(numbered)
    scale = altair.Scale(domain=labels, range=colours)
    order = list(reversed(labels))
    area = altair.Chart(altair.InlineData(values=_rows(numbered))).mark_area(stroke=_INK["surface"][0], strokeWidth=1)
    stacked = area.encode(
        x=_across(series, frame),
        y=altair.Y("value:Q", stack="zero", title=frame.upwards),
        order=altair.Order("number:Q"),
        color=altair.Color("label:N", scale=scale, legend=altair.Legend(title=None, values=order, symbolType="square")),
    )
    marks = altair.Chart(altair.InlineData(values=_numbers(series))).mark_text(color="#fefefe", fontWeight=700)
    return draw(stacked + marks.encode(x=_across(series, frame), y="value:Q", text="number:N"), frame)


def draw(chart: altair.Chart | altair.LayerChart, frame: Frame) -> str:
    """Any chart of Altair as SVG in our look. Data must be in it: nothing is fetched."""
    sized = chart.properties(width=frame.width, height=frame.height, background=_INK["surface"][0])
    svg = _converter().vegalite_to_svg(
        sized.to_dict(), config=_config(), allowed_base_urls=[], format_locale=_NUMBERS[frame.language],
    )  # fmt: skip
    return _cleaned(svg, frame)


def _config() -> dict[str, Any]:
    text, muted, line = (_INK[name][0] for name in ("text", "muted", "line"))
    axis = {"labelColor": text, "titleColor": text, "labelFontSize": 13, "titleFontSize": 13, "titleFontWeight": 600,
            "titlePadding": 8, "gridColor": line, "gridOpacity": 0.35, "domainColor": muted,
            "tickColor": muted}  # fmt: skip
    legend = {"labelColor": text, "labelFontSize": 13, "labelLimit": 0, "orient": "bottom", "direction": "vertical",
              "symbolOpacity": 1, "rowPadding": 4}  # fmt: skip
    return {"font": _FAMILY, "axis": axis, "legend": legend, "view": {"stroke": None},
            "text": {"fontSize": 13, "color": text}}  # fmt: skip


def _across(series: Sequence[Series], frame: Frame) -> altair.X:
    is_time = any(isinstance(x, date) for one in series for x, _ in one.points)
    axis = altair.Axis(format="%d.%m.%Y" if is_time else ",~f", labelOverlap=True)
    scale = altair.Undefined if is_time else altair.Scale(nice=False, zero=False)
    return altair.X("x:T" if is_time else "x:Q", title=frame.across, axis=axis, scale=scale)


def _rows(series: Sequence[Series]) -> list[dict[str, Any]]:
    return [
        {"label": one.label, "number": number, "x": x.isoformat() if isinstance(x, date) else x, "value": value}
        for number, one in enumerate(series, 1)
        for x, value in one.points
    ]


def _labels(series: Sequence[Series]) -> tuple[list[str], list[str]]:
    if len(series) > len(SERIES):
        raise ValueError(f"a chart tells at most {len(SERIES)} series apart; it was given {len(series)}")
    return [one.label for one in series], list(SERIES[: len(series)])


def _numbers(series: Sequence[Series]) -> list[dict[str, Any]]:
    """Where each area bears its number: the middle of the place at which it is widest."""
    found = []
    for number, one in enumerate(series):
        inside = range(1, len(one.points) - 1) or range(len(one.points))  # at an edge it would be cut off
        widest = max(one.points[place][1] for place in inside)
        at = next(place for place in inside if one.points[place][1] == widest)
        x, wide = one.points[at]
        below = sum(other.points[at][1] for other in series[:number])
        if wide > 0:
            found.append({"x": x.isoformat() if isinstance(x, date) else x, "value": below + wide / 2,
                          "number": str(number + 1)})  # fmt: skip
    return found


def _cleaned(svg: str, frame: Frame) -> str:
    """The drawing alone, named in words, its identifiers its own, its colours those of the tone."""
    ET.register_namespace("", _SVG)
    root = ET.fromstring(svg)
    mark = hashlib.sha256((svg + frame.title).encode()).hexdigest()[:8]
    ink = {token: _toned(name, frame.tone) for name, (token, _) in _INK.items()}
    for parent in root.iter():
        for gone in [one for one in parent if one.get("opacity") == "0" or one.get("display") == "none"]:
            parent.remove(gone)
        for name, value in list(parent.attrib.items()):
            if name not in _KEPT:
                del parent.attrib[name]
            elif name == "id":
                parent.set(name, f"{value}-{mark}")
            elif value.startswith("url(#"):
                parent.set(name, f"{value[:-1]}-{mark})")
            else:
                parent.set(name, ink.get(value, value))
    root.set("role", "img")
    root.set("aria-labelledby", f"title-{mark} about-{mark}")
    for place, (tag, text) in enumerate((("title", frame.title), ("desc", frame.description))):
        told = ET.Element(f"{{{_SVG}}}{tag}", {"id": f"{'title' if tag == 'title' else 'about'}-{mark}"})
        told.text = text
        root.insert(place, told)
    return ET.tostring(root, encoding="unicode")


def _toned(token: str, tone: Tone) -> str:
    by_day, by_night = _INK[token]
    return {"paper": by_day, "dark": by_night, "page": f"var(--{token}, {by_day})"}[tone]


@cache
def _converter() -> Any:
    """The converter, which knows our font: it must measure what will be shown."""
    vl_convert.register_font_directory(str(_FONTS))
    return vl_convert
