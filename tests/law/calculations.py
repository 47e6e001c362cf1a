"""Reads the calculation of an explanation as a person would, in Latvian, and works it out again."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import Any

_WORDS = {
    "jā": "True", "nē": "False", "un": "and", "vai": "or", "nav:": "not", "mazākais no": "min", "lielākais no": "max",
    ", ja": "if", ", citādi": "else", ";": ",", "=": "==", "≠": "!=", "≤": "<=", "≥": ">=", "×": "*", "÷": "//",
    "mod": "%", "−": "-", "nav zināms": "0",
}  # fmt: skip
_TOKEN = re.compile(
    r"\s*(?:(?P<day>\d\d\.\d\d\.\d{4}\.)|(?P<month>\d{4}\. gada \w+)|(?P<number>-?\d+(?:,\d+)?)(?P<percent> %)?"
    r"|(?P<word>nav zināms|nav:|mazākais no|lielākais no|, ja\b|, citādi\b|mod\b|jā\b|nē\b|un\b|vai\b|[;=≠≤≥×÷−])"
    r"|(?P<sign>[()+<>])|(?P<choice>[^\W\d_][\w ]*?)(?=\s+(?:[=≠]|un\b|vai\b)|\)|,|$))"
)

_MONTHS = (
    "janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris decembris"
).split()


@cache
def worked_out(text: str) -> Any:
    """The value of a calculation: a fraction, yes or no, or a word; a month counts as its number, a day as digits."""
    names: dict[str, Any] = {"min": min, "max": max}
    parts: list[str] = []
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise ValueError(f"cannot be read: {text[at:]!r} in {text!r}")
        at = found.end()
        parts.append(_WORDS.get(found["word"]) or found["sign"] or _named(found, names))
    return eval(" ".join(parts), {"__builtins__": {}}, names)


def _named(found: re.Match[str], names: dict[str, Any]) -> str:
    name = f"v{len(names)}"
    if found["day"]:
        names[name] = int("".join(reversed(found["day"].split("."))))
    elif found["month"]:
        year, word = found["month"].split(". gada ")
        names[name] = int(year) * 12 + _MONTHS.index(word)
    elif found["number"]:
        names[name] = Fraction(found["number"].replace(",", ".")) / (100 if found["percent"] else 1)
    else:
        names[name] = found["choice"]
    return name


def rounded(value: Fraction, rounding: dict[str, Any]) -> Fraction:
    """An amount in euros rounded as a rule declares."""
    steps = value * 100 / rounding["to_cents"]
    whole = (2 * steps.numerator + steps.denominator) // (2 * steps.denominator)
    if rounding["mode"] == "down":
        whole = steps.numerator // steps.denominator
    return Fraction(whole * rounding["to_cents"], 100)
