"""Values over time as a step chart: SVG written by hand, the same for the same law on every machine.

Readable without colour (dashes, and a label at the end of each line) and in the dark; described in words inside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

MOST_SERIES = 8

WIDTH, HEIGHT = 760, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 150, 24, 34
_ROOM = 14
_COLOURS = (("#0072b2", "#56b4e9"), ("#d55e00", "#ff9d57"), ("#007a5a", "#3fd6a5"), ("#a8437f", "#eba6cf"))
_DASHES = ("", "7 4", "2 3")
_STEPS = (1, 2, 5)
_STYLE = """
.paper{{fill:#fff}} .ink{{fill:#24292f}} .rule{{stroke:#d0d7de}} text{{font:12px system-ui,sans-serif}}
{light}
@media (prefers-color-scheme:dark){{.paper{{fill:#0d1117}} .ink{{fill:#e6edf3}} .rule{{stroke:#3d444d}}
{dark}}}"""


@dataclass(frozen=True)
class Step:
    """A value from a day on; None where there is none."""

    since: date
    value: int | None
    shown: str


@dataclass(frozen=True)
class Series:
    """One line of a chart."""

    label: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class _Scale:
    """Where days and values stand on the paper."""

    first: date
    last: date
    low: int
    high: int

    def x(self, day: date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return _LEFT + share * (WIDTH - _LEFT - _RIGHT)

    def y(self, value: int) -> float:
        share = (value - self.low) / (self.high - self.low)
        return HEIGHT - _BOTTOM - share * (HEIGHT - _TOP - _BOTTOM)


def step_chart(title: str, series: Sequence[Series], first: date, last: date, unit: int) -> str:
    """A chart of at most `MOST_SERIES` lines from one day to another; values are in parts of a `unit`.

    It is a whole file with its own colours; `step_parts` is the same for a page that has a style sheet.
    """
    return _document(title, _description(series), step_parts(series, first, last, unit))


def step_parts(series: Sequence[Series], first: date, last: date, unit: int, point: str = ".") -> list[str]:
    """What a chart is drawn of, with the classes `rule` (axes), `ink` (texts), `l0` to `l3` (lines), `t0` to `t3`."""
    values = [step.value for one in series for step in one.steps if step.value is not None]
    low, high, stride = _range(min(values), max(values), unit)
    scale = _Scale(first, last, low, high)
    parts = [*_axes(scale, stride, unit, point)]
    ends = []
    for number, one in enumerate(series):
        parts += _line(number, one, scale)
        known = [step.value for step in one.steps if step.value is not None]
        if known:
            ends.append((scale.y(known[-1]), number, f"{one.label} {one.steps[-1].shown}".strip()))
    parts += _labels(ends)
    if len(series) == 1:
        parts += _values(series[0], scale)
    return parts


def _range(lowest: int, highest: int, unit: int) -> tuple[int, int, int]:
    """A round range that holds all values, from 0 unless they lie close together, and the distance of its lines."""
    low = 0 if lowest <= highest // 2 else lowest
    span = max(highest - low, 1)
    stride = unit
    while stride * 5 < span:
        stride *= 10
    while stride > 1 and stride * 2 > span:
        stride = max(stride // 10, 1)
    stride = next((stride * step for step in _STEPS if stride * step * 5 >= span), stride * 10)
    bottom = low // stride * stride
    top = -(-highest // stride) * stride
    return bottom, top if top > bottom else bottom + stride, stride


def _axes(scale: _Scale, stride: int, unit: int, point: str) -> list[str]:
    parts = []
    decimals = len(str(unit)) - 1
    for value in range(scale.low, scale.high + 1, stride):
        y = scale.y(value)
        whole, rest = divmod(value, unit)
        text = f"{whole}{point}{rest:0{decimals}d}".rstrip("0") if rest else f"{whole}"
        parts.append(f'<line class="rule" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text class="ink" x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{text}</text>')
    years = range(scale.first.year, scale.last.year + 1)
    every = -(-len(years) // 12)
    for year in years:
        day = date(year, 1, 1)
        if scale.first <= day <= scale.last and (year - scale.first.year) % every == 0:
            x = scale.x(day)
            base = HEIGHT - _BOTTOM
            parts.append(f'<line class="rule" x1="{x:.1f}" x2="{x:.1f}" y1="{base}" y2="{base + 5}"/>')
            parts.append(f'<text class="ink" x="{x:.1f}" y="{base + 20}" text-anchor="middle">{year}</text>')
    return parts


def _line(number: int, series: Series, scale: _Scale) -> list[str]:
    """The steps of one series; a break where there is no value."""
    path: list[str] = []
    is_drawn = False
    ends = [*(step.since for step in series.steps[1:]), scale.last]
    for step, end in zip(series.steps, ends, strict=True):
        since, until = max(step.since, scale.first), min(max(end, scale.first), scale.last)
        if step.value is None or until <= since:
            is_drawn = is_drawn and until <= since
            continue
        y = scale.y(step.value)
        path.append(f"V{y:.1f}" if is_drawn else f"M{scale.x(since):.1f} {y:.1f}")
        path.append(f"H{scale.x(until):.1f}")
        is_drawn = True
    dash = _DASHES[number // len(_COLOURS) % len(_DASHES)]
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return [f'<path class="l{number % len(_COLOURS)}" d="{"".join(path)}" fill="none" stroke-width="2.5"{dashed}/>']


def _labels(ends: list[tuple[float, int, str]]) -> list[str]:
    """Labels at the ends of the lines, moved apart where they would cover each other."""
    parts = []
    lowest = _TOP - _ROOM
    room_below = len(ends)
    for y, number, text in sorted(ends):
        room_below -= 1
        at = min(max(y, lowest + _ROOM), HEIGHT - _BOTTOM - room_below * _ROOM)
        lowest = int(at)
        parts.append(f'<text class="t{number % len(_COLOURS)}" x="{WIDTH - _RIGHT + 8}" y="{at + 4:.1f}">'
                     f"{escape(text)}</text>")  # fmt: skip
    return parts


def _values(series: Series, scale: _Scale) -> list[str]:
    """The value at the beginning of each step of a single line, where it covers no other."""
    parts = []
    taken: list[tuple[float, float, float]] = []
    for step in series.steps[:-1]:
        x, width = scale.x(max(step.since, scale.first)) + 3, 7 * len(step.shown)
        if step.value is None or x > WIDTH - _RIGHT - width:
            continue
        y = scale.y(step.value) - 6
        if all(x > right or x + width < left or abs(y - at) > _ROOM for left, right, at in taken):
            parts.append(f'<text class="ink" x="{x:.1f}" y="{y:.1f}">{escape(step.shown)}</text>')
            taken.append((x, x + width, y))
    return parts


def _description(series: Sequence[Series]) -> str:
    told = []
    for one in series:
        steps = ", ".join(f"from {step.since} {step.shown}" for step in one.steps)
        told.append(f"{one.label}: {steps}" if one.label else steps)
    return "; ".join(told) + "."


def _document(title: str, description: str, parts: list[str]) -> str:
    light = " ".join(f".l{n}{{stroke:{one[0]}}} .t{n}{{fill:{one[0]}}}" for n, one in enumerate(_COLOURS))
    dark = " ".join(f".l{n}{{stroke:{one[1]}}} .t{n}{{fill:{one[1]}}}" for n, one in enumerate(_COLOURS))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" role="img" aria-labelledby="title desc">'
    )
    lines = [
        head,
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="desc">{escape(description)}</desc>',
        f"<style>{_STYLE.format(light=light, dark=dark)}</style>",
        f'<rect class="paper" width="{WIDTH}" height="{HEIGHT}"/>',
        *parts,
        "</svg>",
    ]
    return "\n".join(lines) + "\n"
