"""Documents typeset: a template and plain data in, one PDF out that is PDF/A-2a and PDF/UA-1 at once.

Data reach a template as JSON and are shown as text. A text can therefore do nothing to a template, whatever it holds.
The same data and moment give the same bytes.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from balsts.documents.letter import Calculation, Language, Letter, Step
from balsts.documents.text import day_in_words, shown, words
from balsts.law.engine.quantities import calendar_words

_HERE = Path(__file__).parent
_TEMPLATES, _FONTS = _HERE / "templates", _HERE / "fonts"
_STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]
_DOTS_PER_INCH = 110
_ours = threading.local()


def letter_pdf(letter: Letter, *, at: datetime) -> bytes:
    """A letter as PDF.

    Args:
        at: when it was made, with a zone; it stands in the file's properties and makes no difference to what is seen.
    """
    return document_pdf("letter", letter_data(letter), at=at)


def letter_pages(letter: Letter) -> list[bytes]:
    """The pages of a letter as pictures (PNG), to look at."""
    return document_pages("letter", letter_data(letter))


def document_pdf(template: str, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """A document from `templates/<template>.typ` and its data (what JSON can hold) as PDF."""
    if at.tzinfo is None:
        raise ValueError("the moment a document was made needs a zone")
    made = _compiler().compile(
        _TEMPLATES / f"{template}.typ",
        format="pdf",
        pdf_standards=_STANDARDS,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=int(at.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError(f"{template}: a PDF is one file, not {type(made).__name__}")
    return made


def letter_data(letter: Letter) -> dict[str, Any]:
    """What the template of letters reads: the letter's own fields, each text as shown, and the words around them."""
    data: dict[str, Any] = _plain(letter, letter.language)
    data["date_words"] = day_in_words(letter.on, letter.language)
    data["words"] = words(letter.language)
    return data


def _plain(value: Any, language: Language) -> Any:
    """Dataclasses as dictionaries with their `kind`; days as people write them; texts as they are shown."""
    if isinstance(value, Calculation):
        return {"kind": "calculation", "steps": _in_order(value.steps, language)}
    if is_dataclass(value):
        found = {one.name: getattr(value, one.name) for one in fields(value)}
        svg = {"svg": found.pop("svg")} if "svg" in found else {}  # a drawing is read by its own rules
        return (
            {"kind": type(value).__name__.lower()} | {name: _plain(one, language) for name, one in found.items()} | svg
        )
    if isinstance(value, tuple):
        return [_plain(one, language) for one in value]
    if isinstance(value, date):
        return calendar_words(value, language)
    return shown(value) if isinstance(value, str) else value


def _in_order(steps: Sequence[Step], language: Language, above: str = "", depth: int = 0) -> list[dict[str, Any]]:
    """The steps of a tree as they are read, each with its number (1.2: the second below the first) and depth."""
    found = []
    for place, step in enumerate(steps, 1):
        number = f"{above}{place}"
        alone = replace(step, steps=())
        found.append(_plain(alone, language) | {"number": number if depth or step.steps else "", "depth": depth})
        found += _in_order(step.steps, language, f"{number}.", depth + 1)
    return found


def document_pages(template: str, data: Mapping[str, Any]) -> list[bytes]:
    """The pages of a document as pictures (PNG), to look at."""
    made = _compiler().compile(
        _TEMPLATES / f"{template}.typ", format="png", ppi=_DOTS_PER_INCH,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )  # fmt: skip
    return made if isinstance(made, list) else [made or b""]


def _compiler() -> typst.Compiler:
    """The thread's own compiler: one serves one document at a time."""
    if not hasattr(_ours, "compiler"):
        _ours.compiler = typst.Compiler(root=_TEMPLATES, font_paths=_fonts(), ignore_system_fonts=True)
    found: typst.Compiler = _ours.compiler
    return found


@cache
def _fonts() -> typst.Fonts:
    """Our fonts alone: a document looks the same on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_FONTS])
