"""The texts of published tables in both languages: the documents' own words are Latvian, remarks on them mixed.

Three tables lie beside the figures: `english.csv` has English for what is written in Latvian, `latvian.csv` has Latvian
for remarks that are written in English (a remark that quotes the document stands in both), and `words.csv` has both for
codes that are words, such as sections. A text of a new year that nobody translated yet is shown as it is written.
"""

from __future__ import annotations

import csv
import re
from functools import cache

from balsts.figures.datasets import DATA

_UNTIL = re.compile(r"līdz ((?:19|20)\d\d)")


@cache
def _texts(file: str, key: str, value: str) -> dict[str, str]:
    with (DATA / file).open(encoding="utf-8", newline="") as opened:
        return {row[key]: row[value] for row in csv.DictReader(opened)}


def english(text: str) -> str:
    """The English of a text of a table, or the text itself where nobody translated it."""
    until = _UNTIL.fullmatch(text)
    return f"until {until[1]}" if until else _texts("english.csv", "lv", "en").get(text, text)


def has_english(text: str) -> bool:
    """Whether the English of a text of a table is known: it was translated, or is written in English itself."""
    known = text in _texts("english.csv", "lv", "en") or text in _texts("latvian.csv", "en", "lv")
    return known or bool(_UNTIL.fullmatch(text))


def latvian(text: str) -> str:
    """The Latvian of a text of a table: the text itself, but for remarks that are written in English."""
    return _texts("latvian.csv", "en", "lv").get(text, text)


def worded(text: str, lang: str) -> str:
    """A text of a table in a language, `lv` or `en`."""
    return latvian(text) if lang == "lv" else english(text)


def word(code: str, lang: str) -> str:
    """How a code is called that is a word: a section, a part of a report, an institution, a fund. Else the code."""
    return _texts("words.csv", "code", lang).get(code, code)
