"""The value of a fact as text: one way to write each value, checked by the law's own readers."""

from __future__ import annotations

from datetime import date

from balsts.law.engine.errors import DomainError, nearest
from balsts.law.engine.inputs import Input
from balsts.law.engine.quantities import calendar_day, cents_from, euros, month_from, month_text

Given = str | int | bool | date | list[str] | tuple[str, ...]


class NotAValue(DomainError):
    """A value that the type of fact cannot have."""


def written(one: Input, value: Given) -> str:
    """The value as it is stored and as a household file writes it.

    Args:
        value: as a household file writes it; money may also be whole cents, a day a date, a flag a boolean.

    Returns:
        `171.00`, `2026-02-01`, `2026-02`, `true`, `12`, a word, or codes with commas in the order of the alphabet.

    Raises:
        NotAValue: what was expected; the message does not repeat the value, which may be personal.
    """
    try:
        return _written(one, value)
    except (ValueError, TypeError):
        raise NotAValue(f"{one.key}: expected {_EXPECTED[one.kind]}.") from None


def _written(one: Input, value: Given) -> str:
    if one.kind == "codes":
        codes = value.split(",") if isinstance(value, str) else value
        if not isinstance(codes, list | tuple):
            raise TypeError
        return ",".join(sorted(codes))
    if one.kind == "flag":
        return _flag(value)
    if isinstance(value, bool | list | tuple):
        raise TypeError
    if one.kind == "money":
        cents = value if isinstance(value, int) else cents_from(str(value))
        if cents < 0:
            raise ValueError
        return euros(cents)
    if one.kind == "day":
        return calendar_day(str(value)).isoformat()
    if one.kind == "month":
        return month_text(month_from(str(value)))
    if one.kind == "number":
        number = int(value)  # type: ignore[arg-type]
        if not 0 <= number <= one.at_most:
            raise ValueError
        return str(number)
    if one.kind == "choice":
        return _choice(one, str(value))
    return str(value)


def _flag(value: Given) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value).lower()
    if text not in ("true", "false"):
        raise ValueError
    return text


def _choice(one: Input, word: str) -> str:
    if word not in one.choice_names:
        raise NotAValue(f"{one.key}: expected one of {', '.join(one.choice_names)}.{nearest(word, one.choice_names)}")
    return word


_EXPECTED = {
    "money": "an amount such as 171.00, not below zero, with two decimals at most",
    "day": "a day such as 2026-02-01",
    "month": "a month such as 2026-02",
    "flag": "true or false",
    "number": "a whole number within its bounds",
    "choice": "one of its words",
    "text": "text",
    "codes": "codes of rights",
    "link": "a person",
}
