"""Texts as they may stand in a document, and the few words that every document has around them."""

from __future__ import annotations

import unicodedata
from datetime import date
from functools import cache
from pathlib import Path

from balsts.documents.letter import Language
from balsts.law.engine.quantities import calendar_words, in_month_words
from balsts.law.engine.vocabulary import month_number

_LETTERS = Path(__file__).parent / "fonts" / "letters.txt"
_KEPT = {"\n", "\u00ad"}  # a new line; a place where a word may be divided
_WORDS: dict[str, dict[Language, str]] = {
    "draft": {"lv": "Projekts", "en": "Draft"},
    "draft_note": {"lv": "Projekts: dokuments vēl nav spēkā.", "en": "Draft: this document is not in force."},
    "number": {"lv": "Nr.", "en": "No."},
    "summary": {"lv": "Īsumā", "en": "In short"},
    "page": {"lv": "{page}. lapa no {pages}", "en": "Page {page} of {pages}"},
}


def shown(text: str) -> str:
    """A text of letters that the font has; any other character by its number, as in "[U+0000]".

    Characters that cannot be seen are among those others: a text that turns its direction round, or hides a part of
    itself, would be read differently from what it is.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " "))
    return "".join(one if one in _KEPT or ord(one) in _letters() else f"[U+{ord(one):04X}]" for one in composed)


def words(language: Language) -> dict[str, str]:
    """The words around the texts of a document."""
    return {name: text[language] for name, text in _WORDS.items()}


def day_in_words(day: date, language: Language) -> str:
    """`2026. gada 3. martā`, `3 March 2026`: as at the head of a letter."""
    if language == "en":
        return calendar_words(day, language)
    year, month = in_month_words(month_number(day.year, day.month), language).rsplit(" ", 1)
    return f"{year} {day.day}. {month}"


@cache
def _letters() -> frozenset[int]:
    """Numbers of the characters that the font has, from ranges such as `0020-007E`."""
    found: set[int] = set()
    for line in _LETTERS.read_text(encoding="ascii").splitlines():
        if line and not line.startswith("#"):
            first, last = (int(number, 16) for number in line.split("-"))
            found |= set(range(first, last + 1))
    return frozenset(found)
