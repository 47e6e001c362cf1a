"""Which chart a parameter gets: its values over time, a line for each row of a table; or its rows by day of event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from balsts.law.engine.errors import Unknown
from balsts.law.engine.law import Law
from balsts.law.engine.pages.charts import MOST_SERIES, Series, Step, step_chart
from balsts.law.engine.parameters import DatedValue, Parameter
from balsts.law.engine.quantities import date_of, money_words
from balsts.law.engine.vocabulary import RATE_ONE, Day, Lookup

_UNITS = {"money": 100, "rate": RATE_ONE, "whole_number": 1}
_LONG_AGO = 1950
_WORDS = {
    "lv": {"repealed": "atcelts", "unknown": "nav zināms", "law": "likums no", "by_event": "pēc notikuma dienas"},
    "en": {"repealed": "repealed", "unknown": "unknown", "law": "law of", "by_event": "by day of the event"},
}  # fmt: skip


@dataclass(frozen=True)
class Drawn:
    """What the chart of a parameter shows, in one language; `unit` is how many of its parts make a whole."""

    title: str
    series: tuple[Series, ...]
    first: date
    last: date
    unit: int


def chart(law: Law, parameter: Parameter) -> str | None:
    """The chart of a parameter as a file; None where a line would say no more than the table does."""
    found = drawn(law, parameter, "en")
    if found is None:
        return None
    return step_chart(found.title, found.series, found.first, found.last, found.unit)


def drawn(law: Law, parameter: Parameter, lang: str) -> Drawn | None:
    """What the chart of a parameter shows; None where a line would say no more than the table does."""
    if parameter.type in ("money", "rate", "whole_number", "table"):
        return _over_time(law, parameter, lang)
    return _by_event(parameter, lang) if parameter.type == "steps" else None


def _over_time(law: Law, parameter: Parameter, lang: str) -> Drawn | None:
    rows = sorted({key for dated in parameter.values if isinstance(dated.value, Lookup) for key in dated.value.keys})
    keys: list[int | None] = [*rows] if parameter.type == "table" else [None]
    series = [
        Series("" if key is None else f"{parameter.by} {key}:", tuple(_step(parameter, dated, key, lang)
               for dated in parameter.values)) for key in keys
    ]  # fmt: skip
    if len(parameter.values) < 2 or not 0 < len(series) <= MOST_SERIES:
        return None
    if all(step.value is None for one in series for step in one.steps):
        return None
    last = date(law.days_of_change[-1].year + 1, 1, 1)
    return Drawn(_title(parameter, lang), tuple(series), law.first_day, last, _UNITS[parameter.of])


def _title(parameter: Parameter, lang: str) -> str:
    title = parameter.lv if lang == "lv" else parameter.en
    return f"{title[:1].upper()}{title[1:]}, {parameter.unit}"


def _step(parameter: Parameter, dated: DatedValue, key: int | None, lang: str) -> Step:
    if dated.repealed:
        return Step(dated.since, None, _WORDS[lang]["repealed"])
    if isinstance(dated.value, Unknown) or dated.value is None:
        return Step(dated.since, None, _WORDS[lang]["unknown"])
    value = dated.value.at(key or 0) if isinstance(dated.value, Lookup) else dated.value
    return Step(dated.since, value, words(parameter.of, value, lang))


def _by_event(parameter: Parameter, lang: str) -> Drawn | None:
    """The rows of each dated value, by the day of the event that chooses among them."""
    found = [dated for dated in parameter.values if isinstance(dated.value, Lookup)]
    series = []
    for dated in found[-MOST_SERIES:]:
        assert isinstance(dated.value, Lookup)
        steps = tuple(
            Step(date_of(Day(key)), value, words(parameter.of, value, lang))
            for key, value in zip(dated.value.keys, dated.value.values, strict=True)
        )
        series.append(Series(f"{_WORDS[lang]['law']} {dated.since}:" if len(found) > 1 else "", steps))
    days = sorted({step.since for one in series for step in one.steps})
    recent = [day for day in days if day.year >= _LONG_AGO]
    if len(days) < 2 or not recent:
        return None
    first, last = date(recent[0].year - 1, 1, 1), date(days[-1].year + 2, 1, 1)
    title = f"{_title(parameter, lang)}, {_WORDS[lang]['by_event']}"
    return Drawn(title, tuple(series), first, last, _UNITS[parameter.of])


def words(of: str, value: int, lang: str = "en") -> str:
    """A value of a parameter for a reader."""
    if of == "money":
        return money_words(value, lang)
    if of == "rate":
        whole, rest = divmod(value, RATE_ONE)
        point = "," if lang == "lv" else "."
        return f"{whole}{point}{rest:06d}".rstrip("0").rstrip(point)
    return str(value)
