"""Reports made once: files in the folder `reports` of the data folder, of one name for the same figures and program.

To typeset a report takes seconds. Whoever asks first makes it; all who ask meanwhile, in whatever process, wait for it.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import balsts.documents
from balsts.documents.certificates import data_folder
from balsts.documents.letter import Language
from balsts.figures.book import Book
from balsts.law.engine.errors import InputError
from balsts.statistics.report import form
from balsts.statistics.report.counted import CountedFigures
from balsts.statistics.report.institutions import wanted
from balsts.statistics.report.live import live_report
from balsts.statistics.report.plain import plain_of
from balsts.statistics.report.whole import identity, report_of

FORMS = {"pdf": "application/pdf", "html": "text/html; charset=utf-8"}
"""Forms of a report, with their media types."""
_LETTERS = 16
_log = logging.getLogger(__name__)


def report_file(book: Book, institution: str, year: int, lang: Language, kind: str) -> bytes:
    """A report of published figures in a form, made where it was not made yet.

    Raises:
        InputError: there is no such institution, no report of that year, or no such form.
    """
    whose = wanted(book, institution, year)
    if kind not in FORMS:
        raise InputError(f"{kind}: no such form of a report; expected one of {', '.join(FORMS)}.")
    name = f"{whose.code}-{year}-{lang}"
    return made_once(
        data_folder() / "reports", f"{name}.{kind}", file_mark(book),
        lambda: made(report_of(book, whose.code, year, lang), kind, base=""),
    )  # fmt: skip


def file_mark(book: Book) -> str:
    """What a kept report is told apart by: the figures, and the program that made it."""
    return hashlib.sha256(f"{identity(book)}{_program()}".encode()).hexdigest()[:_LETTERS]


def made(report: form.Report, kind: str, base: str | None = None) -> bytes:
    """A report in a form.

    Args:
        base: the address of the portal that links of HTML to pages of rows begin with; left out, there are none.
    """
    # Drawing and typesetting are loaded when they are used: that takes a second.
    from balsts.statistics.report.drawing import drawn
    from balsts.statistics.report.html import html_of
    from balsts.statistics.report.pdf import pdf_of

    drawings = {one.number: drawn(one, report.language, "paper" if kind == "pdf" else "page")
                for one in report.blocks() if isinstance(one, form.Chart)}  # fmt: skip
    return pdf_of(report, drawings) if kind == "pdf" else html_of(report, drawings, base).encode()


def live_file(municipality: str, year: int, lang: Language, kind: str) -> bytes:
    """A municipality's report out of live figures in a form; made anew when what is shown of it changed.

    Raises:
        InputError: there is no such municipality, nothing was counted of that year, or there is no such form.
    """
    if kind not in FORMS:
        raise InputError(f"{kind}: no such form of a report; expected one of {', '.join(FORMS)}.")
    report = live_report(CountedFigures(), municipality, year, lang)
    told = json.dumps(plain_of(report), ensure_ascii=False)
    mark = hashlib.sha256(f"{told}{_program()}".encode()).hexdigest()[:_LETTERS]
    name = f"{municipality}-{year}-{lang}.{kind}"
    return made_once(data_folder() / "reports", name, mark, lambda: made(report, kind, base=""))


def made_once(folder: Path, name: str, mark: str, make: Callable[[], bytes]) -> bytes:
    """A file of the folder, or made now by one of all who ask, in whatever thread or process.

    Args:
        name: with its ending; files of this name with another mark are of the past and are removed.
        mark: what the content depends on.
    """
    stem, _, kind = name.rpartition(".")
    wanted_file = folder / f"{stem}-{mark}.{kind}"
    if wanted_file.exists():
        return wanted_file.read_bytes()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / f"{name}.lock").open("w")
    except PermissionError as error:
        _log.warning("%s cannot be written to: reports are made anew for each who asks", error.filename)
        return make()
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if wanted_file.exists():
            return wanted_file.read_bytes()
        content = make()
        _write(wanted_file, content)
        for old in folder.glob(f"{stem}-*.{kind}"):
            if old != wanted_file:
                old.unlink(missing_ok=True)
        return content


def _write(file: Path, content: bytes) -> None:
    """The file appears whole."""
    handle, name = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
    Path(name).replace(file)


@cache
def _program() -> str:
    """What of the program makes a report: another program, another file."""
    documents = Path(balsts.documents.__file__).parent
    digest = hashlib.sha256()
    for folder in (Path(__file__).parent, documents / "templates", documents.parent / "figures"):
        for file in sorted(one for one in folder.iterdir() if one.suffix in (".py", ".yaml", ".typ", ".css")):
            digest.update(file.read_bytes())
    digest.update((documents / "charts.py").read_bytes())
    english = documents.parent / "figures" / "data" / "english.csv"
    digest.update(english.read_bytes() if english.exists() else b"")
    return digest.hexdigest()
