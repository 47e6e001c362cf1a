"""Charts of a report as SVG: numbers in, a picture out, in the look of all our charts."""

from __future__ import annotations

import textwrap
from decimal import Decimal
from typing import Any

import altair

from balsts.documents.charts import SERIES, Frame, Tone, draw
from balsts.documents.letter import Language
from balsts.statistics.report.form import Chart

_WIDE, _NARROW = 560, 330
_LABELS_WIDE = 42
_LINE, _GAP = 16, 12
_TALL = 260
_FEW = 10
_WHITE = "#ffffff"  # the token of the surface, as `charts` draws it
_BROKEN = "split(datum.label, '\\n')"
"""How Vega breaks a label into lines."""


def drawn(chart: Chart, language: Language, tone: Tone) -> str:
    """A chart as SVG."""
    makers = {"bars": _bars, "columns": _columns, "lines": _lines}
    made, height = makers[chart.kind](chart)
    wide = _NARROW if chart.kind == "bars" else _WIDE
    frame = Frame(chart.caption, chart.about, chart.across, chart.measured, language, tone, width=wide, height=height)
    return draw(made, frame)


def _rows(chart: Chart) -> list[dict[str, Any]]:
    short = {one: "\n".join(textwrap.wrap(one, _LABELS_WIDE, max_lines=2, placeholder=" …")) for one in chart.labels}
    # The table has the whole names; but two names that begin alike must not become one bar.
    alike = len(set(short.values())) < len(short)
    wrapped = {one: "\n".join(textwrap.wrap(one, _LABELS_WIDE)) for one in chart.labels} if alike else short
    return [{"label": wrapped[label], "which": name, "value": float(value)}
            for name, values in chart.series for label, value in zip(chart.labels, values, strict=True)
            if value is not None]  # fmt: skip


def _format(chart: Chart) -> str:
    """How values are written: as many decimals as tell them apart, two at most."""
    values = [value for _, some in chart.series for value in some if value is not None]
    if all(value == value.to_integral_value() for value in values):
        return ",.0f"
    return ",.2f" if max(values, key=abs) < Decimal(_FEW) else ",.1f"


def _bars(chart: Chart) -> tuple[altair.LayerChart, int]:
    """From left to right, in the order given; of two, the second is an outline, told apart without colours."""
    rows, names = _rows(chart), [name for name, _ in chart.series]
    lines = {row["label"]: row["label"].count("\n") + 1 for row in rows}
    each = len(names) * (_LINE + 4)
    height = sum(max(one * _LINE, each) + _GAP for one in lines.values())
    tallest = max(max(one * _LINE, each) + _GAP for one in lines.values())
    base = altair.Chart(altair.InlineData(values=rows)).encode(
        x=altair.X("value:Q", title=chart.measured, axis=altair.Axis(format=",~f", tickCount=5)),
        y=altair.Y("label:N", sort=None, title=None, axis=altair.Axis(
            grid=False, ticks=False, labelLimit=1000, labelExpr=_BROKEN, labelLineHeight=_LINE, labelPadding=6)),
    )  # fmt: skip
    if len(names) > 1:
        base = base.encode(yOffset=altair.YOffset("which:N", sort=names))
    shown = base.mark_text(align="left", dx=5, fontWeight=600).encode(
        text=altair.Text("value:Q", format=_format(chart))
    )
    return _filled(base, names) + shown, max(height, tallest * len(lines))


def _filled(base: Any, names: list[str]) -> Any:
    if len(names) == 1:
        return base.mark_bar(color=SERIES[0], height={"band": 0.62})
    fills = altair.Scale(domain=names, range=[_WHITE, SERIES[0]])
    legend = altair.Legend(
        title=None, symbolType="square", symbolStrokeColor=SERIES[0], symbolStrokeWidth=2, orient="top"
    )
    return base.mark_bar(stroke=SERIES[0], strokeWidth=1.5).encode(
        fill=altair.Fill("which:N", scale=fills, sort=None, legend=legend)
    )


def _columns(chart: Chart) -> tuple[altair.LayerChart, int]:
    """Upwards, beside each other for each label, in the order of the legend."""
    names = [name for name, _ in chart.series]
    colours = altair.Scale(domain=names, range=list(SERIES[: len(names)]))
    base = altair.Chart(altair.InlineData(values=_rows(chart))).encode(
        x=altair.X("label:N", sort=None, title=chart.across, axis=altair.Axis(grid=False, labelAngle=0)),
        xOffset=altair.XOffset("which:N", sort=names),
        y=altair.Y("value:Q", title=chart.measured),
    )
    legend = altair.Legend(title=None, symbolType="square", orient="top", direction="vertical", labelLimit=600)
    bar = base.mark_bar().encode(color=altair.Color("which:N", scale=colours, sort=None, legend=legend))
    shown = base.mark_text(dy=-7, fontSize=10, fontWeight=600).encode(
        text=altair.Text("value:Q", format=_format(chart))
    )
    return bar + shown, _TALL


def _lines(chart: Chart) -> tuple[altair.LayerChart, int]:
    """A line over years, each number at its point."""
    base = altair.Chart(altair.InlineData(values=_rows(chart))).encode(
        x=altair.X("label:O", sort=None, title=chart.across, axis=altair.Axis(labelAngle=0)),
        y=altair.Y("value:Q", title=chart.measured),
    )
    line = base.mark_line(color=SERIES[0], strokeWidth=2.5) + base.mark_point(color=SERIES[0], filled=True, size=60)
    shown = base.mark_text(dy=-12, fontWeight=600).encode(text=altair.Text("value:Q", format=_format(chart)))
    return line + shown, _TALL // 2
