"""All monthly rights of a household over the net wage of one adult: worked out in steps, and drawn as a stack.

Drawn here rather than by `documents.charts`: that takes a fifth of a second of a processor for one picture, as long as
the whole page may take.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from balsts.law.engine.answer import answered
from balsts.law.engine.one import evaluate_again
from balsts.law.engine.quantities import money_words
from balsts.law.engine.vocabulary import Month
from balsts.portal.public.answers import Answers
from balsts.portal.public.result import answer_of, in_hand

STEP_EUR, MOST_EUR = 50, 2000
MOST_BANDS = 6
_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 720, 380, 64, 12, 16, 54
_STRIDES_CENTS = (10_00, 20_00, 50_00, 100_00, 200_00, 500_00, 1000_00, 2000_00, 5000_00)
_MOST_LINES = 6
_LABEL_HIGH = 22


@dataclass(frozen=True)
class Band:
    """One right over all steps, in cents a month; the last band may be several small ones together."""

    title: str
    number: int
    cents: tuple[int, ...]


@dataclass(frozen=True)
class OverWage:
    """The stack: bands from below, a value for each step of the wage.

    Attributes:
        now_eur: the wage stated, where it lies within the steps.
    """

    wages_eur: tuple[int, ...]
    bands: tuple[Band, ...]
    now_eur: int | None

    @property
    def totals(self) -> tuple[int, ...]:
        """All rights together, at each step."""
        return tuple(sum(band.cents[place] for band in self.bands) for place in range(len(self.wages_eur)))


def over_wage(answers: Answers, adult: str, month: Month, lang: str) -> OverWage:
    """Work a household out for each wage of one adult; a wage above zero is work, none is no work.

    Raises:
        DomainError: the answers do not fit together.
    """
    base = answer_of(answers, month)
    place = base.results.facts.ids.index(adult)
    wages = tuple(range(0, MOST_EUR + 1, STEP_EUR))
    by_code: dict[str, list[int]] = {}
    titles = {}
    for step, wage in enumerate(wages):
        columns = {name: [*base.results.facts.persons[name]] for name in ("wage_net", "is_employed")}
        columns["wage_net"][place], columns["is_employed"][place] = wage * 100, int(wage > 0)
        for code, cents in in_hand(answered(evaluate_again(base.results, columns))):
            by_code.setdefault(code, [0] * len(wages))[step] += cents
            version = base.results.wiring.version(code)
            titles[code] = version.lv if lang == "lv" else version.en
    now, rest = divmod(base.results.facts.persons["wage_net"][place], 100)
    is_within = now + bool(rest) <= MOST_EUR
    return OverWage(wages, _bands(by_code, titles), now if is_within else None)


def _bands(by_code: dict[str, list[int]], titles: dict[str, str]) -> tuple[Band, ...]:
    """What changes least lies lowest, so that the steps above it can be read; small ones are one band if many."""
    order = sorted(by_code, key=lambda code: (len(set(by_code[code])), code))
    if len(order) > MOST_BANDS:
        small = sorted(order, key=lambda code: max(by_code[code]))[: len(order) - MOST_BANDS + 1]
        together = [sum(values) for values in zip(*(by_code[code] for code in small), strict=True)]
        kept = [code for code in order if code not in small]
        rows = [(titles[code], by_code[code]) for code in kept] + [(_("Other rights together"), together)]
    else:
        rows = [(titles[code], by_code[code]) for code in order]
    return tuple(Band(title[:1].upper() + title[1:], number, tuple(cents))
                 for number, (title, cents) in enumerate(rows, start=1))  # fmt: skip


# -- the picture ---------------------------------------------------------------------------------------------------


def picture(found: OverWage, lang: str) -> SafeString:
    """The stack as SVG: bands with their numbers, which the list below it names; the wage of now as a line."""
    top, stride = _range(max(found.totals, default=0))
    parts = [*_lines(top, stride, lang), *_wages(found.wages_eur)]
    base = [0] * len(found.wages_eur)
    labels = []
    for band in found.bands:
        upper = [low + cents for low, cents in zip(base, band.cents, strict=True)]
        parts.append(format_html('<path class="band band-{}" d="{}"/>', band.number, _area(base, upper, top)))
        labels += _label(band, base, upper, top)
        base = upper
    if found.now_eur is not None:
        parts.append(_now(found.now_eur))
    return format_html(
        '<svg class="balsts-picture balsts-stack" role="img" aria-labelledby="stack-title" viewBox="0 0 {} {}" '
        'width="{}" height="{}"><title id="stack-title">{}</title>{}</svg>',
        _WIDTH, _HEIGHT, _WIDTH, _HEIGHT, _("Support a month by net wage; the same is told in the table below."),
        format_html_join("", "{}", ((part,) for part in [*parts, *labels])),
    )  # fmt: skip


def _range(highest: int) -> tuple[int, int]:
    """A round height that holds everything, and the distance of its lines."""
    stride = next((one for one in _STRIDES_CENTS if one * _MOST_LINES >= highest), _STRIDES_CENTS[-1])
    return max(-(-highest // stride), 1) * stride, stride


def _x(wage_eur: int) -> int:
    return _LEFT + round(wage_eur / MOST_EUR * (_WIDTH - _LEFT - _RIGHT))


def _y(cents: int, top: int) -> int:
    return _HEIGHT - _BOTTOM - round(cents / top * (_HEIGHT - _TOP - _BOTTOM))


def _area(lower: Sequence[int], upper: Sequence[int], top: int) -> str:
    """Steps there and back: a value holds from its wage to the next step."""
    edges = [_x(place * STEP_EUR) for place in range(len(upper))] + [_WIDTH - _RIGHT]
    there = "".join(f"V{_y(cents, top)}H{edges[place + 1]}" for place, cents in enumerate(upper[:-1]))
    back = "".join(f"V{_y(lower[place], top)}H{edges[place]}" for place in reversed(range(len(lower) - 1)))
    return f"M{edges[0]} {_y(lower[0], top)}{there}{back}Z"


def _lines(top: int, stride: int, lang: str) -> list[SafeString]:
    parts = []
    for cents in range(0, top + 1, stride):
        y = _y(cents, top)
        parts.append(format_html('<path class="axis" d="M{} {}H{}"/><text class="unit" x="{}" y="{}" '
                                 'text-anchor="end">{} €</text>', _LEFT, y, _WIDTH - _RIGHT, _LEFT - 6, y + 5,
                                 money_words(cents, lang)[:-3]))  # fmt: skip
    return parts


def _wages(wages: Sequence[int]) -> list[SafeString]:
    base = _HEIGHT - _BOTTOM
    parts = [
        format_html('<path class="axis" d="M{} {}v5"/><text class="unit" x="{}" y="{}" text-anchor="{}">{} €</text>',
                    _x(wage), base, _x(wage), base + 21, "end" if wage == MOST_EUR else "middle", wage)
        for wage in wages if wage % 500 == 0
    ]  # fmt: skip
    title = format_html('<text class="unit" x="{}" y="{}" text-anchor="middle">{}</text>',
                        (_LEFT + _WIDTH - _RIGHT) // 2, base + 45, _("Net wage a month"))  # fmt: skip
    return [*parts, title]


def _label(band: Band, lower: Sequence[int], upper: Sequence[int], top: int) -> list[SafeString]:
    """The band's number where it is highest, if it is high enough for one."""
    steps = len(upper) - 1
    heights = [_y(lower[place], top) - _y(upper[place], top) for place in range(steps)]
    highest = max(heights, default=0)
    if highest < _LABEL_HIGH:
        return []
    places = [place for place, height in enumerate(heights) if height >= highest - 2]
    place = places[len(places) // 2]
    x = max((_x(place * STEP_EUR) + _x((place + 1) * STEP_EUR)) // 2, _LEFT + 14)
    y = (_y(lower[place], top) + _y(upper[place], top)) // 2
    drawn = '<circle class="tag" cx="{}" cy="{}" r="10"/><text x="{}" y="{}" text-anchor="middle">{}</text>'
    return [format_html(drawn, x, y, x, y + 5, band.number)]


def _now(wage_eur: int) -> SafeString:
    return format_html('<path class="now" d="M{} {}V{}"/>', _x(wage_eur), _TOP, _HEIGHT - _BOTTOM)
