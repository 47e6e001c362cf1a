"""English names beside the documents' own Latvian ones."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "english.csv"


@cache
def _names() -> dict[str, str]:
    if not _FILE.exists():
        return {}
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {row["lv"]: row["en"] for row in csv.DictReader(file)}


def english(text: str) -> str:
    """The English name of a Latvian text of a document, or the text itself where nobody translated it."""
    return _names().get(text, text)


def worded(text: str, lang: str) -> str:
    """A text of a document in a language."""
    return text if lang == "lv" else english(text)
