"""Codes for the documents' words: one text always has one code, whatever else is loaded."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from balsts.figures.columns import Column
from balsts.figures.english import english, has_english, latvian, word

Names = Mapping[str, str]
"""A name by language; a language may be missing where nobody translated a document's words."""

NONE, TOTAL = "_Z", "_T"
"""Codes as SDMX has them: not applicable, total."""

_ID = re.compile(r"[A-Za-z0-9_@$-]{1,40}")
_NUMBERED = re.compile(r"\d+(\.\d+)+")
_READABLE, _DIGITS = 32, 6


@dataclass(frozen=True)
class Code:
    """A code with its names."""

    id: str
    names: Names


@dataclass(frozen=True)
class Codelist:
    """A list of codes, in the order of their codes."""

    id: str
    names: Names
    codes: tuple[Code, ...]


def code_of(text: str) -> str:
    """The code of a cell: the text itself where it can be one, else its letters and a few digits of its hash.

    Numbers such as 04.01.00 have their dots written as low lines; a text that looks like that already gets a hash.
    """
    if not text:
        return NONE
    if _NUMBERED.fullmatch(text):
        return text.replace(".", "_")
    if _ID.fullmatch(text) and not _NUMBERED.fullmatch(text.replace("_", ".")):
        return text
    plain = unicodedata.normalize("NFKD", text.replace("%", " PCT ")).encode("ascii", "ignore").decode().upper()
    letters = re.sub(r"[^A-Z0-9]+", "_", plain).strip("_")[:_READABLE].strip("_")
    digits = hashlib.sha256(text.encode()).hexdigest()[:_DIGITS].upper()
    return f"{letters or 'X'}_{digits}"


def names_of(column: Column, text: str) -> Names:
    """The names of a cell's text: of a choice in both languages; of a document's words, English where there is one."""
    if not text:
        return {"lv": "nav attiecināms vai nav publicēts", "en": "not applicable or not published"}
    if column.choices is not None:
        return {"lv": column.word(text, "lv"), "en": column.word(text, "en")}
    if not column.is_wording:
        return {"lv": word(text, "lv"), "en": word(text, "en")}
    known = {"en": english(text)} if has_english(text) else {}
    return {"lv": latvian(text)} | known


def listed(column: Column, texts: Iterable[str], with_none: bool) -> tuple[Code, ...]:
    """The codes of a column's texts, and the one of an empty cell where a dimension may have it."""
    wanted = {one for one in (*texts, *(column.choices or ())) if one} | ({""} if with_none else set())
    return tuple(sorted((Code(code_of(one), names_of(column, one)) for one in wanted), key=lambda one: one.id))
