"""Numbers as a report shows them: with the digits they were printed with, written as the language writes them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_NO_BREAK = "\u00a0"
_MINUS = "\u2212"
_TENTH = Decimal("0.1")


def shown(printed: str, lang: str) -> str:
    """A number as printed in a table ("-1234.50") in a language: `−1 234,50`, `−1,234.50`."""
    sign, digits = (_MINUS, printed[1:]) if printed.startswith("-") else ("", printed)
    whole, _, part = digits.partition(".")
    grouped = f"{int(whole):,}".replace(",", _NO_BREAK if lang == "lv" else ",")
    return f"{sign}{grouped}{',' if lang == 'lv' else '.'}{part}" if part else f"{sign}{grouped}"


def percent_of(part: Decimal, whole: Decimal) -> str | None:
    """How much of a whole a part is, in percent with one decimal, half up; None where they are not part and whole."""
    return str((part * 100 / whole).quantize(_TENTH, ROUND_HALF_UP)) if whole > 0 and part >= 0 else None


def plain(value: Decimal) -> str:
    """A number without an exponent, as a table would print it."""
    return format(value, "f")
