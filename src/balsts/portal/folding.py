"""Texts as they are looked for: without case and diacritics."""

from __future__ import annotations

import unicodedata

MOST_LETTERS = 100
"""So many letters of what is looked for are read."""


def folded(text: str) -> str:
    """Text without case and diacritics: `Ģimenes` → `gimenes`."""
    return "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one))


def looked_for(words: str) -> list[str]:
    """The words that somebody looks for, folded."""
    return folded(words[:MOST_LETTERS]).split()
