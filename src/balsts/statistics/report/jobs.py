"""What `balsts report` does, once the database is ready."""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from balsts.documents.letter import Language
from balsts.figures.current import book
from balsts.figures.ready import bring_up_to_date
from balsts.law.engine.errors import InputError
from balsts.statistics.report import form
from balsts.statistics.report.counted import CountedFigures
from balsts.statistics.report.kept import FORMS, made
from balsts.statistics.report.live import live_report
from balsts.statistics.report.plain import plain_of
from balsts.statistics.report.whole import report_of

_DONE = 0


def annual(arguments: argparse.Namespace) -> int:
    """Write the annual report asked for."""
    started = time.monotonic()
    files = _files(arguments)
    bring_up_to_date()
    report = _report(arguments)
    if arguments.json:
        print(json.dumps(plain_of(report), ensure_ascii=False, indent=1))
    for file in files:
        content = made(report, file.suffix[1:], arguments.portal)
        file.write_bytes(content)
        if not arguments.json:
            print(f"{file}: {len(content):,} bytes")
    if not arguments.json:
        tables = sum(1 for _ in report.tables())
        print(
            f"{report.name}: {report.title}. {len(report.chapters)} chapters, {tables} tables, {len(report.sources)} "
            f"numbers with their sources, {len(report.remarks)} contradictions; {time.monotonic() - started:.1f} s"
        )
    return _DONE


def _report(arguments: argparse.Namespace) -> form.Report:
    lang: Language = arguments.lang
    if arguments.municipality:
        return live_report(CountedFigures(), arguments.municipality, arguments.year, lang)
    return report_of(book(), arguments.institution, arguments.year, lang)


def _files(arguments: argparse.Namespace) -> list[Path]:
    """The files to write: one of the form that its name ends in, or both in a folder.

    Raises:
        InputError: the name ends in something else.
    """
    if arguments.json and arguments.out is None:
        return []
    out: Path = arguments.out or Path()
    if out.suffix[1:] in FORMS and not out.is_dir():
        return [out]
    if out.suffix and not out.is_dir():
        raise InputError(f"{out}: a report ends in .pdf or .html; expected one of these, or a folder for both.")
    out.mkdir(parents=True, exist_ok=True)
    named = f"{arguments.municipality or arguments.institution}-{arguments.year}-{arguments.lang}"
    return [out / f"{named}.{kind}" for kind in FORMS]
