"""Words that the documents put before a number: about, more than. They are part of what is said and go with it."""

from __future__ import annotations

from balsts.figures.rows import Row
from balsts.statistics.report.numbers import shown

_BEFORE = {
    "aptuveni": ("aptuveni\u00a0", "about\u00a0"),
    "ap": ("ap\u00a0", "about\u00a0"),
    "vairāk nekā": ("vairāk nekā\u00a0", "more than\u00a0"),
    "vairāk kā": ("vairāk nekā\u00a0", "more than\u00a0"),
    "nepārsniedz": ("ne vairāk kā\u00a0", "not more than\u00a0"),
    "vidēji": ("vidēji\u00a0", "on average\u00a0"),
}


def qualified(row: Row, column: str, lang: str) -> tuple[str, str]:
    """What stands before a number, if anything, and the number."""
    number = shown(row.cells[column], lang)
    note = row.get("source_note").removeprefix("printed: ")
    # The longest first: "vairāk nekā 20" begins neither with "vai" nor with "ap".
    for word in sorted(_BEFORE, key=len, reverse=True):
        if note == word or note.startswith(f"{word} "):
            return _BEFORE[word][0 if lang == "lv" else 1], number
    return "", number
